"""Opening and return: what growth would have to be for five million to stay five million."""

from __future__ import annotations

import pandas as pd
from pydantic import Field

from analysis.chapters import stage
from analysis.computing import movements
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.asking.results import Result
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers import bounds, growth
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Cited, cite, in_words, listing, number, source_line


class After1991(Chapter):
    """Opening and return."""

    years: int = Field(ge=10, le=30, description="years between the two claims of five million")
    returned_before_percent: int = Field(
        ge=0, le=100, description="share of the returned who came before the first of the two claims, in per cent"
    )


OPENING, RETURN = ["professionals_1990s"], ["repatriation"]
WORK = "yermagambetov_1997"  # its bracket ends the paragraph of the first claim, which names the association
CLAIMS = ["p-abroad-wak-five-million", "p-abroad-wak-over-five-million"]
YEARS = (10, 15, 20, 25)

SAY = Sentences(__name__)


def needed(tables: Tables, years: float, returned_before_percent: float) -> float:
    """Growth in per cent a year that the two claims and the return need together."""
    stock = tables.low(CLAIMS[0])
    returned = tables.low("m-repatriation")
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
        grid.rename(columns=lambda share: f"{share} % moved before" if share else "none moved before")
        .rename_axis("Years apart")
        .rename_axis(columns=None)
        .reset_index()
    )
    shown["Years apart"] = shown["Years apart"].astype("str")
    rows = pd.concat(
        [tables.stocks[tables.stocks["id"].isin(CLAIMS)], tables.movements[tables.movements["id"] == "m-repatriation"]]
    )
    return Table(
        **SAY.exhibit(
            "tbl-return-growth",
            before_percent=chosen.returned_before_percent,
            years=chosen.years,
            rate=needed(tables, chosen.years, chosen.returned_before_percent),
        ),
        source=source_line(rows, tables),
        data=data,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
    )


def returned_early(tables: Tables) -> pd.Series:
    """The last count of repatriates from outside the paper that is no later than the work with which the paragraph of the first claim ends.

    Returns:
        The row of `movements.return_counts` with `percent` (of the paper's number of repatriates) and `label`.
    """
    year = float(tables.row("sources", WORK)["year"])
    counts = movements.return_counts(tables)
    row = counts[counts["moment"] <= year].iloc[-1]
    returned = bounds.of_row(tables.movements, movements.RETURN).low
    label = tables.label[row["source_id"]]
    return pd.concat([row, pd.Series({"percent": 100 * row["low"] / returned, "label": label})])


RESULTS = {
    "needed": Result("per cent a year", "growth that makes up for those who moved to Kazakhstan"),
    "needed-if-none": Result("per cent a year", "the growth needed if none of the returned had come before"),
    "needed-if-counted": Result("per cent a year", "the growth needed if as many had come before as a count has it"),
    "early-percent": Result("per cent", "share of the returned who had come before, by that count"),
}


def results(tables: Tables, chosen: After1991) -> dict[str, float]:
    """What `RESULTS` declares."""
    early = float(returned_early(tables)["percent"])
    return {
        "needed": needed(tables, chosen.years, chosen.returned_before_percent),
        "needed-if-none": needed(tables, chosen.years, 0),
        "needed-if-counted": needed(tables, chosen.years, early),
        "early-percent": early,
    }


def findings(tables: Tables, chosen: After1991) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    origins = tables.listed("repatriate_origins")
    early = returned_early(tables)
    before = chosen.returned_before_percent
    return {
        **stage.findings(tables, [*OPENING, *RETURN]),
        "first-claim": cite(tables.numbers, CLAIMS[0]),
        "second-claim": cite(tables.numbers, CLAIMS[1]),
        "first-year": tables.row("sources", WORK)["year"],
        "years": number(chosen.years),
        **SAY.all(before_percent=before, rate=f"{needed(tables, chosen.years, before):.2f}".removesuffix(".00")),
        "highest": f"{needed(tables, chosen.years, 0):.2f}",
        "origins-count": in_words(len(origins)),
        "origins": listing(origins),
        "since": tables.date("e-independence"),
        "early": Cited.of(f"{number(early['low'])} by {early['as_of']} ({early['label']})", early["id"]),
        "early-share": f"{early['percent']:.1f}",
        "early-rate": f"{needed(tables, chosen.years, early['percent']):.3f}",
    }
