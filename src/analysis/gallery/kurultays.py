"""The World Kurultays: dates, places, delegates, and what the paper leaves out."""

from __future__ import annotations

import pandas as pd

from analysis.data import Tables
from analysis.exhibits import Table, exhibit
from analysis.parameters import Kurultays
from analysis.wording import listing, number, small, source_line


def meetings(tables: Tables) -> pd.DataFrame:
    """One row per meeting: `event`, `value_text`, `start`, `place`, `missing` (what the paper does not give)."""
    rows = tables.events[tables.events["id"].str.match(r"e-kurultay-\d")]
    rows = rows.merge(tables.places[["place_id", "name"]], on="place_id", how="left").rename(columns={"name": "place"})
    gaps = [
        [word for word, blank in (("date", not row.value_text), ("place", pd.isna(row.place))) if blank]
        for row in rows.itertuples()
    ]
    return rows.assign(place=rows["place"].fillna(""), missing=[listing(gap) or "nothing" for gap in gaps])


@exhibit
def table(tables: Tables) -> Table:
    """The meetings."""
    rows = meetings(tables)
    shown = pd.DataFrame(
        {
            "Meeting": rows["event"].str.removesuffix(" World Kurultay of Kazakhs"),
            "date": rows["value_text"].replace("", "not stated"),
            "place": rows["place"].replace("", "not stated"),
            "not given": rows["missing"],
        }
    )
    return Table(
        id="tbl-kurultays",
        caption="The World Kurultays of Kazakhs, as the paper dates and places them.",
        source=source_line(rows, tables.sources),
        data=rows,
        shown=shown,
    )


def average_gap(tables: Tables, chosen: Kurultays) -> float:
    """Years between meetings on average, from the first to the last that is dated."""
    rows = meetings(tables)
    dates = pd.to_datetime(rows.loc[rows["start"] != "", "start"])
    count = len(rows) if chosen.undated_counts else len(dates)
    return (dates.max() - dates.min()).days / 365.25 / (count - 1)


def findings(tables: Tables, chosen: Kurultays) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = meetings(tables)
    quantities = tables.quantities.set_index("id")
    young = tables.shares.set_index("id").loc["s-youth-delegates"]
    held = int(quantities.loc["q-kurultays", "low"])
    credit = tables.sources.set_index("source_id").loc[quantities.loc["q-kurultays", "source_id"]]
    period = tables.events.set_index("id").loc["e-kurultays-period"]
    undated = rows.loc[rows["value_text"] == "", "event"]
    return {
        "count": small(len(rows)),
        "held": small(held),
        "held-verdict": "as many as it describes" if held == len(rows) else "not as many as it describes",
        "period": period["value_text"],
        "credit": credit["label"],
        "credit-year": credit["year"],
        "last-year": period["end"],
        "countries": number(quantities.loc["q-kurultay-1-countries", "low"]),
        "young": f"{young['low']:g}",
        "undated": listing(undated.str.removesuffix(" World Kurultay of Kazakhs").str.lower()),
        "unplaced-count": small(int((rows["place"] == "").sum())),
        "gap": f"{average_gap(tables, chosen):.1f}",
        "gap-counts": "counting the undated one" if chosen.undated_counts else "leaving the undated one out",
    }
