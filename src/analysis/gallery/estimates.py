"""Every estimate of the present day, host by host, whoever gives it and wherever it stands in the paper."""

from __future__ import annotations

import pandas as pd

from analysis import stocks
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.parameters import Estimates, ParameterError
from analysis.wording import listing, number, quantity, small, source_line

GIVEN_BY = {
    "mendikulova": "Mendikulova 2001",
    "tatimov": "Tatimov 2003",
    "yermekbay_official": "official data",
    "yermekbay_field": "field study",
    "prose": "in the prose",
}
WHOSE = {
    "scholars": "scholars of Table 1",
    "official": "official data of Table 2",
    "field": "field study of Table 2",
    "prose": "prose",
}


def rows(tables: Tables, chosen: Estimates) -> pd.DataFrame:
    """The estimates asked for, of hosts with enough of them, the largest host first.

    Raises:
        ParameterError: no host has as many of them.
    """
    rivals = stocks.select(
        stocks.rivals(tables), sources=chosen.sources, uncertain=chosen.uncertain, bound=chosen.bound
    )
    size = rivals.groupby("place_id")["id"].transform("size")
    kept = rivals[size >= chosen.at_least]
    if kept.empty:
        raise ParameterError(
            f"parameter 'at_least' is {chosen.at_least}; allowed: at most {size.max()} where sources is {chosen.sources!r} "
            f"and uncertain is {chosen.uncertain!r}"
        )
    order = kept.groupby("place_id")["high"].max().sort_values(ascending=False, kind="stable").index
    return kept.set_index("place_id").loc[order].reset_index()


@exhibit
def side_by_side(tables: Tables, chosen: Estimates) -> Picture:
    """All of them on one axis."""
    cells = rows(tables, chosen)
    data = cells.rename(columns={"name": "place"}).assign(series=cells["given_by"])
    widest = _widest(cells)
    spread = f" In proportion they lie furthest apart for {widest['name']}, from {number(widest['low'])} to {number(widest['high'])}."
    return Picture(
        id="fig-estimates",
        caption=f"{_which(chosen)} by who gives it. The dates they speak of differ; "
        + ("a bar is a printed range, and the axis" if (cells["low"] < cells["high"]).any() else "the axis")
        + " is logarithmic.",
        alt=f"Dot plot of {len(cells)} numbers for {cells['place_id'].nunique()} hosts."
        + (spread if widest["high"] > widest["low"] else " No host has two different numbers."),
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
        options={
            "series": [[name, label] for name, label in GIVEN_BY.items() if name in set(cells["given_by"])],
            "unit": "Kazakhs",
        },
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
        caption=f"{_which(chosen)} with the date it speaks of and its credit.",
        source=source_line(cells, tables.sources),
        data=cells,
        shown=shown,
        numeric=("Kazakhs",),
    )


def _which(chosen: Estimates) -> str:
    """What is shown, as the start of a caption."""
    words = ["Every present-day number of Kazakhs that the paper prints for a host"]
    if chosen.sources != "all":
        words.append(f"of the {WHOSE[chosen.sources]}")
    if chosen.uncertain == "leave out":
        words.append("whose column is clear and that no stray mark stands beside")
    if chosen.bound != "both":
        words.append(f"a range at its {chosen.bound} value")
    return ", ".join(words) + ","


def _widest(cells: pd.DataFrame) -> pd.Series:
    ends = stocks.extremes(cells)
    return ends.loc[(ends["high"] / ends["low"]).idxmax()]


def findings(tables: Tables, chosen: Estimates) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    cells = rows(tables, chosen)
    ends = stocks.extremes(cells)
    widest, differ = _widest(cells), bool((ends["high"] > ends["low"]).any())
    apart = ends.loc[(ends["high"] - ends["low"]).idxmax()]
    printed = len(stocks.rivals(tables))
    return {
        "printed": number(printed),
        "shown": "All of them are shown here"
        if len(cells) == printed
        else f"Shown here are {number(len(cells))} of them",
        "numbers": number(len(cells)),
        "hosts": number(len(ends)),
        "most": listing(ends.loc[ends["count"] == ends["count"].max(), "name"]),
        "most-count": small(int(ends["count"].max())),
        "widest": f"In proportion they lie furthest apart for {widest['name']}, from {number(widest['low'])} to {number(widest['high'])}"
        if differ
        else "No host has two different numbers among them",
        "apart": f"In persons the numbers differ most over {apart['name']}, by {number(apart['high'] - apart['low'])}"
        if differ
        else "In persons no two of them for one host differ",
        "undated": number(int((cells["as_of"] == "").sum())),
        "uncited": small(int(cells["source_id"].isin(["askhat", "the_study"]).sum())),
        "single": listing(ends.loc[ends["count"] == 1, "name"]) or "none",
    }
