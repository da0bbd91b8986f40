"""Every number of the paper, a row each, with an address of its own."""

from __future__ import annotations

import pandas as pd

from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Source, number, source_line

SAY = Sentences(__name__)
PEOPLE = "number of people"


class EveryNumber(Chapter):
    """Every number."""

    blanks: bool = one_of(
        "whether cells in which the paper prints nothing are listed too",
        {True: "listed too", False: "left out"},
    )


def numbers(tables: Tables, chosen: EveryNumber) -> pd.DataFrame:
    """The numbers in the order of the tables: `id`, `what`, `place`, and the columns of the data rows.

    Returns:
        `id`, `table`, `what`, `place` (name), `as_of`, `value_text`, `unit`, `source_id`, `exhibit`, `locator`, `caveats`.
    """
    kept = [
        "id",
        "table",
        "what",
        "place",
        "as_of",
        "value_text",
        "low",
        "high",
        "qualifier",
        "unit",
        "source_id",
        "exhibit",
        "locator",
        "caveats",
    ]
    moves = tables.movements.assign(
        what=tables.movements["kind"],
        place=tables.routes(tables.movements),
    )
    shares = tables.shares.assign(what=tables.shares["part"] + ", of " + tables.shares["whole"])
    frames = {
        "stocks": tables.stocks.assign(what=PEOPLE),
        "movements": moves,
        "shares": shares,
        "quantities": tables.quantities,
        "added": tables.added.assign(what=PEOPLE),
    }
    found = [
        frame.assign(table=name, place=frame["place"] if "place" in frame else frame["place_id"].map(tables.name))
        for name, frame in frames.items()
        if len(frame)
    ]
    every = pd.concat(found, ignore_index=True)[kept]
    return every if chosen.blanks else every[every["value_text"] != ""]


@exhibit
def numbers_table(tables: Tables, chosen: EveryNumber) -> Table:
    """All of them, to be searched and filtered."""
    found = numbers(tables, chosen)
    extra = found["table"] == "added"
    own = found[~extra & found["value_text"].ne("")]  # a blank cell is no number
    shown = pd.DataFrame(
        {
            "As printed": found["value_text"].where(found["value_text"] != "", "blank"),
            "what, and when": [
                SAY.say("counted", people=what == PEOPLE, what=what, unit=unit, date=date.replace("/", "–"))
                for what, unit, date in zip(found["what"], tables.units(found), found["as_of"], strict=True)
            ],
            "where in the world": found["place"],
            "caveats": found["caveats"].map(
                lambda cell: " ".join(tables.meaning[name] for name in cell.split()) or "none"
            ),
            "credited to": tables.credit(found["source_id"]),
            "printed in": found["locator"].where(
                found["exhibit"] == "text", found["exhibit"] + ", " + found["locator"]
            ),
        }
    )
    more = source_line(found[extra], tables) if extra.any() else ""
    credited = found.loc[~extra & ~found["source_id"].isin(tables.own), "source_id"].map(tables.label)
    return Table(
        **SAY.exhibit(
            "tbl-every-number", numbers=len(own), with_caveat=int((own["caveats"] != "").sum()), added=extra.any()
        ),
        source=Source.of(SAY.say("source"), credited) + (Source(" ") + more if more else ""),
        data=found,
        shown=shown,
        stacked=True,
        anchors=tuple(found["id"]),
        filters=("where in the world", "credited to"),
    )


RESULTS = {
    "numbers": Result("count", "numbers listed"),
    "prose": Result("count", "numbers of the paper's prose"),
    "caveats": Result("count", "numbers with a caveat"),
    "undated": Result("count", "numbers without a date"),
}


def results(tables: Tables, chosen: EveryNumber) -> dict[str, float]:
    """What `RESULTS` declares."""
    found = numbers(tables, chosen).query("table != 'added'")
    return {
        "numbers": len(found),
        "prose": int((found["exhibit"] == "text").sum()),
        "caveats": int((found["caveats"] != "").sum()),
        "undated": int((found["as_of"] == "").sum()),
    }


def findings(tables: Tables, chosen: EveryNumber) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    found = numbers(tables, chosen).query("table != 'added' and value_text != ''")  # a blank cell is no number
    return {
        "numbers": number(len(found)),
        "tables": number(len(Tables.NUMBERED)),
        "prose": number(int((found["exhibit"] == "text").sum())),
        "cells": number(int((found["exhibit"] != "text").sum())),
        "caveats": number(int((found["caveats"] != "").sum())),
        "undated": number(int((found["as_of"] == "").sum())),
    }
