"""Russia: official data and a field study far apart, and a number that nobody is credited with."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.chapters import host
from analysis.computing import outside, stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import bounded
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Cited, number


class Russia(Chapter):
    """Russia."""

    about_covers: Literal["first cell", "both cells"] = one_of(
        "whether the word 'about' in the row for Russia covers the cell it stands in or both cells",
        {"first cell": "the cell it stands in", "both cells": "both cells"},
    )
    about_percent: int = Field(
        ge=0, le=25, description="width given to a number printed with 'about', in per cent either way"
    )
    uncredited: Literal["keep", "leave out"] = one_of(
        "whether numbers for which the paper credits nobody are used",
        {"keep": "used", "leave out": "not used"},
    )


PLACE = "russia"
UNCREDITED, OFFICIAL, FIELD = "p-russia-present", "t2-russia-official", "t2-russia-field"

SAY = Sentences(__name__)


def numbers(tables: Tables, chosen: Russia) -> pd.DataFrame:
    """The numbers for all hosts, as the parameters read them, with `text`."""
    rows = stocks.with_added(tables, stocks.rivals(tables))
    if chosen.about_covers == "both cells":
        open_cells = rows["caveats"].str.contains("qualifier_scope_unclear")
        rows = rows.assign(qualifier=rows["qualifier"].mask(open_cells, "about"))
    if chosen.uncredited == "leave out":
        rows = rows[rows["source_id"] != tables.author]
    return bounds.widen(host.with_text(rows), chosen.about_percent)


RESULTS = {**host.RESULTS, **bounded("gap", "persons", "Russia: field study less official number")}


def results(tables: Tables, chosen: Russia) -> dict[str, float]:
    """What `RESULTS` declares."""
    rows = numbers(tables, chosen)
    gap = bounds.of_row(rows, FIELD) - bounds.of_row(rows, OFFICIAL)
    return {**host.results(rows, PLACE), **bounds.by_name({"gap": gap})}


def findings(tables: Tables, chosen: Russia) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = numbers(tables, chosen)
    printed = stocks.rivals(tables).set_index("id")
    gap, share = host.difference_in_words(printed.loc[OFFICIAL], printed.loc[FIELD])
    scholars = printed.loc[["t1-russia-mendikulova", "t1-russia-tatimov"]]
    alone = printed.loc[UNCREDITED]
    credited = printed[(printed["place_id"] == PLACE) & (printed.index != UNCREDITED)]
    counted = host.counts(tables, PLACE)
    first = outside.counts(tables).query("place_id == @PLACE")["year"].min()
    same = counted[counted["low"].eq(alone["low"]) & counted["high"].eq(alone["low"])]
    return {
        **host.findings(tables, rows, PLACE),
        "official": Cited.of(number(printed.loc[OFFICIAL, "low"]), OFFICIAL),
        "field": Cited.of(number(printed.loc[FIELD, "low"]), FIELD),
        "gap": gap,
        "gap-percent": share,
        "first-count": f"{first:.0f}",
        "scholars-gap": number(scholars["low"].max() - scholars["low"].min()),
        "uncredited": Cited.of(number(alone["low"]), UNCREDITED),
        **SAY.all(
            **chosen.model_dump(),
            below=alone["low"] < credited["low"].min(),
            same=list(same["label"]),
            numbers=len(host.of_place(stocks.printed(rows), PLACE)),
        ),
    }
