"""Every estimate of the present day, host by host, whoever gives it and wherever it stands in the paper."""

from __future__ import annotations

import pandas as pd

from analysis import stocks
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.parameters import Estimates
from analysis.wording import listing, number, quantity, small, source_line

GIVEN_BY = {
    "mendikulova": "Mendikulova 2001",
    "tatimov": "Tatimov 2003",
    "yermekbay_official": "official data",
    "yermekbay_field": "field study",
    "prose": "in the prose",
}


def rows(tables: Tables, chosen: Estimates) -> pd.DataFrame:
    """The estimates of hosts with enough of them, the largest host first."""
    rivals = stocks.rivals(tables)
    size = rivals.groupby("place_id")["id"].transform("size")
    kept = rivals[size >= chosen.at_least]
    order = kept.groupby("place_id")["high"].max().sort_values(ascending=False, kind="stable").index
    return kept.set_index("place_id").loc[order].reset_index()


@exhibit
def side_by_side(tables: Tables, chosen: Estimates) -> Picture:
    """All of them on one axis."""
    cells = rows(tables, chosen)
    data = cells.rename(columns={"name": "place"}).assign(series=cells["given_by"])
    widest = _widest(cells)
    return Picture(
        id="fig-estimates",
        caption="Every present-day number of Kazakhs that the paper prints for a host, by who gives it. The dates they speak of differ; "
        "a bar is a printed range, and the axis is logarithmic.",
        alt=f"Dot plot of {len(cells)} numbers for {cells['place_id'].nunique()} hosts. In proportion they lie furthest apart for "
        f"{widest['name']}, from {number(widest['low'])} to {number(widest['high'])}.",
        source=source_line(cells, tables.sources),
        chart="charts.estimates",
        data=data[
            [
                "id",
                "place",
                "series",
                "as_of",
                "value_text",
                "low",
                "high",
                "qualifier",
                "source_id",
                "locator",
                "caveats",
            ]
        ],
        options={"series": list(map(list, GIVEN_BY.items())), "unit": "Kazakhs"},
    )


@exhibit
def one_by_one(tables: Tables, chosen: Estimates) -> Table:
    """The same numbers as a table, with date and credit."""
    cells = rows(tables, chosen)
    credit = tables.sources.set_index("source_id")["label"]
    where = cells["exhibit"].where(cells["exhibit"] != "text", cells["locator"])
    shown = pd.DataFrame(
        {
            "Host": cells["name"],
            "Kazakhs": [quantity(row.low, row.high, row.qualifier) for row in cells.itertuples()],
            "speaks of": cells["as_of"].str.replace("/", "–").replace("", "not stated"),
            "credited to": cells["source_id"].map(credit).where(cells["source_id"] != "askhat", "nobody"),
            "where": where,
        }
    )
    return Table(
        id="tbl-estimates",
        caption="Every present-day number for a host, with the date it speaks of and its credit.",
        source=source_line(cells, tables.sources),
        data=cells,
        shown=shown,
        numeric=("Kazakhs",),
    )


def _widest(cells: pd.DataFrame) -> pd.Series:
    ends = stocks.extremes(cells)
    return ends.loc[(ends["high"] / ends["low"]).idxmax()]


def findings(tables: Tables, chosen: Estimates) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    cells = rows(tables, chosen)
    ends = stocks.extremes(cells)
    most, widest = ends.loc[ends["count"].idxmax()], _widest(cells)
    apart = ends.loc[(ends["high"] - ends["low"]).idxmax()]
    return {
        "numbers": number(len(cells)),
        "hosts": number(len(ends)),
        "most": most["name"],
        "most-count": small(int(most["count"])),
        "widest": widest["name"],
        "widest-low": number(widest["low"]),
        "widest-high": number(widest["high"]),
        "apart": apart["name"],
        "apart-gap": number(apart["high"] - apart["low"]),
        "undated": number(int((cells["as_of"] == "").sum())),
        "uncited": small(int(cells["source_id"].isin(["askhat", "the_study"]).sum())),
        "single": listing(ends.loc[ends["count"] == 1, "name"]) or "none",
    }
