"""Opening and return: what growth would have to be for five million to stay five million."""

from __future__ import annotations

import pandas as pd

from analysis import growth
from analysis.data import Tables
from analysis.exhibits import Table, exhibit
from analysis.gallery import stage
from analysis.parameters import After1991
from analysis.wording import listing, number, quantity, small, source_line

OPENING, RETURN = ["professionals_1990s"], ["repatriation"]
CLAIMS = ["p-abroad-wak-five-million", "p-abroad-wak-over-five-million"]
YEARS = (10, 15, 20, 25)


def needed(tables: Tables, years: float, returned_before_percent: float) -> float:
    """Growth in per cent a year that the two claims and the return need together."""
    stock = tables.stocks.set_index("id").loc[CLAIMS[0], "low"]
    returned = tables.movements.set_index("id").loc["m-repatriation", "low"]
    return growth.holding(stock, returned * (1 - returned_before_percent / 100), years)


@exhibit
def growth_needed(tables: Tables, chosen: After1991) -> Table:
    """The growth needed, for several lengths of time and shares already returned."""
    before = sorted({0, 25, 50, chosen.returned_before_percent})
    spans = sorted({*YEARS, chosen.years})
    data = pd.DataFrame(
        [
            {"years": years, "before": share, "percent": needed(tables, years, share)}
            for years in spans
            for share in before
        ]
    )
    grid = data.pivot_table(index="years", columns="before", values="percent").map("{:.2f}".format)
    shown = (
        grid.rename(columns=lambda share: f"{share} % back before")
        .rename_axis("Years apart")
        .rename_axis(columns=None)
        .reset_index()
    )
    shown["Years apart"] = shown["Years apart"].astype("str")
    rows = pd.concat(
        [tables.stocks[tables.stocks["id"].isin(CLAIMS)], tables.movements[tables.movements["id"] == "m-repatriation"]]
    )
    return Table(
        id="tbl-return-growth",
        caption="Growth in per cent a year that keeps the number abroad level while the returned leave it evenly, "
        "by years between the two claims and by the share who had come back before the first.",
        source=source_line(rows, tables.sources),
        data=data,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
    )


def findings(tables: Tables, chosen: After1991) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    claims = tables.stocks.set_index("id").loc[CLAIMS]
    work = tables.sources.set_index("source_id").loc[claims.iloc[0]["source_id"]]
    origins = tables.lists.query("list == 'repatriate_origins'")["place_id"].map(
        tables.places.set_index("place_id")["name"]
    )
    return {
        **stage.findings(tables, [*OPENING, *RETURN]),
        "first-claim": quantity(*claims.iloc[0][["low", "high", "qualifier"]]),
        "second-claim": quantity(*claims.iloc[1][["low", "high", "qualifier"]]),
        "first-year": work["year"],
        "years": number(chosen.years),
        "before": f"{chosen.returned_before_percent}",
        "rate": f"{needed(tables, chosen.years, chosen.returned_before_percent):.2f}",
        "origins-count": small(len(origins)),
        "origins": listing(origins),
        "since": tables.events.set_index("id").loc["e-independence", "value_text"],
    }
