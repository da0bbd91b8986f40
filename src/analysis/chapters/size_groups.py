"""Three sizes of community: the paper's categories against each column of its own tables."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.chapters.estimates import GIVEN_BY, added_sources
from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.claims.verdicts import BY_ITSELF, IN_PART, REPRODUCED
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    NBSP,
    Cited,
    cited_if_few,
    in_words,
    listing,
    number,
    quantity,
    source_line,
    span,
)


class SizeGroups(Chapter):
    """Three sizes of community."""

    edges: Literal["included", "excluded"] = one_of(
        "whether a number that equals a bound of a category lies inside it",
        {"included": "it lies inside", "excluded": "it lies outside"},
    )


SAY = Sentences(__name__)


@exhibit
def members_table(tables: Tables, chosen: SizeGroups) -> Table:
    """Host by host and column by column."""
    rows = stocks.size_audit(tables, edges=chosen.edges, added=True)
    shown = rows.assign(text=_placed(rows)).pivot_table(
        index=["category", "name"], columns="given_by", values="text", aggfunc="; ".join, sort=False
    )
    columns = [name for name in GIVEN_BY if name in set(rows["given_by"])]
    shown = (
        shown.reindex(columns=columns)
        .astype("object")
        .where(lambda cells: cells.notna(), "–")
        .rename(columns=GIVEN_BY)
        .reset_index()
    )
    shown.insert(0, "Country", shown.pop("name"))
    shown["category"] = shown["category"].map({name: _bounds(tables, name) for name in stocks.SIZE_BOUNDS})
    inside = stocks.printed(rows)["inside"]
    return Table(
        **SAY.exhibit(
            "tbl-size-groups",
            outside=int((~inside).sum()),
            numbers=len(inside),
            undecided=_undecided(rows).any(),
            added=added_sources(tables, rows),
        ),
        source=source_line(rows, tables),
        data=rows,
        shown=shown.rename_axis(columns=None),
        numeric=tuple(GIVEN_BY[name] for name in columns),
        verdict=REPRODUCED if inside.all() else IN_PART if inside.any() else BY_ITSELF,
    )


def _bounds(tables: Tables, category: str) -> str:
    """The size of a category as the paper bounds it."""
    row = tables.number(stocks.SIZE_BOUNDS[category])
    return quantity(row["low"], row["high"], row["qualifier"])


def _undecided(rows: pd.DataFrame) -> pd.Series:
    """Which numbers are open at an end that decides whether they lie in their category."""
    return rows["inside"] & (rows["high"].isna() | (rows["low"].isna() & rows["floor"].notna()))


def _placed(rows: pd.DataFrame) -> list[str]:
    """Each number, and where it does not lie in its category, or can not be told to, that."""
    where = pd.Series("", index=rows.index).mask(~rows["inside"], " outside").mask(_undecided(rows), " undecided")
    return [f"{span(low, high)}{said}" for low, high, said in zip(rows["low"], rows["high"], where, strict=True)]


RESULTS = {
    "checked": Result("count", "numbers checked against a size category"),
    "outside": Result("count", "numbers that lie outside their category"),
}


def results(tables: Tables, chosen: SizeGroups) -> dict[str, float]:
    """What `RESULTS` declares."""
    rows = stocks.size_audit(tables, edges=chosen.edges)
    return {"checked": len(rows), "outside": int((~rows["inside"]).sum())}


def findings(tables: Tables, chosen: SizeGroups) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = stocks.size_audit(tables, edges=chosen.edges)
    outside = rows[~rows["inside"]]
    told = [
        f"{tables.the(row.name)} in the {_column(row.given_by)} ({number(row.low)})" for row in outside.itertuples()
    ]
    fits = ["the " + _column(column) for column, mine in rows.groupby("given_by", sort=False)["inside"] if mine.all()]
    silent = tables.lists[
        tables.lists["list"].isin(stocks.SIZE_BOUNDS) & ~tables.lists["place_id"].isin(rows["place_id"])
    ]
    cis = stocks.rivals(tables).query("place_id == 'cis_other'")
    second, third = stocks.SIZE_BOUNDS.values()
    ceiling = tables.number(second)["high"]
    return {
        "categories": Cited.of(in_words(int(tables.low("q-size-groups"))), "q-size-groups"),
        "floor": Cited.of(number(tables.low(second)), second),
        "ceiling": Cited.of(number(ceiling), second),
        "third": Cited.of(number(tables.number(third)["high"]), third),
        "checked": number(len(rows)),
        "outside-count": in_words(len(outside)),
        "silent": listing(silent["place_id"].map(tables.name).map(tables.the)) or "none",
        "cis": cited_if_few(listing(map(number, cis["low"])), cis["id"]),
        "first-share": Cited.of(f"{tables.low('s-three-countries'):g}{NBSP}%", "s-three-countries"),
        "turkmenistan": Cited.of(number(tables.low("p-mongolia-turkmenistan")), "p-mongolia-turkmenistan"),
        **SAY.all(outside=told, fits=fits, cis_above=(cis["low"] > ceiling).all(), edges=chosen.edges),
    }


def _column(given_by: str) -> str:
    """A printed column in a sentence."""
    name = GIVEN_BY[given_by]
    return f"column headed {name}" if name[-4:].isdigit() else f"column of {name}"
