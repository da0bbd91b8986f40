"""Mongolia, and Turkmenistan, which one sentence puts beside it."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.chapters import host
from analysis.chapters.estimates import GIVEN_BY
from analysis.chapters.mapping import HOME
from analysis.computing import outside, stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import bounded
from edition.exhibits.exhibit import Table, exhibit
from edition.maps import geography
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    listing,
    number,
    signed,
    source_line,
    span,
    stated_or_taken,
)


class Mongolia(Chapter):
    """Mongolia, and Turkmenistan."""

    lone_number: Literal["official", "field", "neither"] = one_of(
        "to which column of Table 2 the lone number for Mongolia is taken to belong",
        {"official": "to the official data", "field": "to the field study", "neither": "to neither"},
    )
    sentence: Literal["each", "together"] = one_of(
        "whether the sentence on Mongolia and Turkmenistan is about each or about both together",
        {"each": "about each", "together": "about both together"},
    )
    about_percent: int = Field(ge=0, le=25, description="width given to 'more or less', in per cent either way")


PLACE, BESIDE = "mongolia", "turkmenistan"
SENTENCE = "p-mongolia-turkmenistan"
LONE = "t2-mongolia-official"
ABOUT = "more or less"  # the word of that sentence, where others have about
COLUMNS = {"official": "yermekbay_official", "field": "yermekbay_field", "neither": None}
SCHOLARS = ("mendikulova", "tatimov")

SAY = Sentences(__name__)


def sentence(tables: Tables, chosen: Mongolia) -> pd.Series:
    """The number of the sentence on both countries, with its width."""
    rows = tables.stocks[tables.stocks["id"] == SENTENCE]
    return bounds.widen(rows, chosen.about_percent).iloc[0]


def numbers(tables: Tables, chosen: Mongolia) -> pd.DataFrame:
    """The numbers for all hosts, as the parameters read them, with `text`.

    The number of the sentence counts for each of the two countries, or, taken for both together, for neither.
    """
    rows = host.with_text(stocks.rivals(tables, {PLACE: COLUMNS[chosen.lone_number]}))
    mine = host.with_text(stocks.with_added(tables, rows.head(0)))
    rows = pd.concat([rows, bounds.widen(mine, chosen.about_percent)], ignore_index=True) if len(mine) else rows
    if chosen.sentence == "together":
        return rows
    said = bounds.widen(host.with_text(tables.stocks[tables.stocks["id"] == SENTENCE]), chosen.about_percent)
    said = said.assign(text=said["text"].str.replace("about", ABOUT))
    each = [said.assign(place_id=name, name=tables.name[name], given_by="prose") for name in (PLACE, BESIDE)]
    return pd.concat([rows, *each], ignore_index=True)


def remainder(tables: Tables, chosen: Mongolia) -> pd.DataFrame:
    """What the sentence leaves, scholar by scholar.

    Returns:
        `given_by`, `mongolia`, `cis` (persons, Table 1), `low`, `high` (persons): of the row for the CIS without
        Turkmenistan if the sentence speaks of each country, of Turkmenistan if it speaks of both together.
    """
    said = sentence(tables, chosen)
    table = stocks.rivals(tables).query("given_by in @SCHOLARS")
    wide = table.pivot(index="given_by", columns="place_id", values="low")[[PLACE, "cis_other"]].reset_index()
    wide = wide.rename(columns={"cis_other": "cis"}).rename_axis(columns=None)
    if chosen.sentence == "each":
        return wide.assign(low=wide["cis"] - said["high"], high=wide["cis"] - said["low"])
    return wide.assign(low=said["low"] - wide[PLACE], high=said["high"] - wide[PLACE])


@exhibit
def left_over(tables: Tables, chosen: Mongolia) -> Table:
    """The sentence against Table 1."""
    rows = remainder(tables, chosen)
    left = "left for the other CIS states" if chosen.sentence == "each" else "left for Turkmenistan"
    taken = ("row for other CIS states", "cis") if chosen.sentence == "each" else (tables.name[PLACE], PLACE)
    said = sentence(tables, chosen)
    shown = pd.DataFrame(
        {
            "Table 1": [GIVEN_BY[row.given_by] for row in rows.itertuples()],
            taken[0]: rows[taken[1]].map(number),
            left: [_signed(row.low, row.high) for row in rows.itertuples()],
        }
    )
    used = tables.stocks[
        tables.stocks["id"].eq(SENTENCE)
        | (tables.stocks["exhibit"].eq("Table 1") & tables.stocks["place_id"].isin([PLACE, "cis_other"]))
    ]
    fits = rows["high"] >= 0
    return Table(
        **SAY.exhibit(
            "tbl-mongolia-turkmenistan",
            sentence=chosen.sentence,
            left=_signed(rows["low"].min(), rows["high"].max()),
            said=span(said["low"], said["high"]),
            negative=bool((rows["low"] < 0).any()),
        ),
        source=source_line(used, tables),
        data=rows,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
        verdict="contradicted by the paper itself"
        if not fits.any()
        else "not determinable from what is printed"
        if fits.all()
        else "reproduced in part",
    )


def _signed(low: float, high: float) -> str:
    if low >= 0:
        return span(low, high)
    return signed(low) if low == high else f"{signed(low)} to {signed(high)}"


RESULTS = {
    **host.RESULTS,
    **bounded("said", "persons", "the number that the paper's sentence gives"),
    **bounded("mendikulova-left", "persons", "what the number of that sentence leaves of Mendikulova's number"),
    **bounded("tatimov-left", "persons", "what the number of that sentence leaves of Tatimov's number"),
}


def results(tables: Tables, chosen: Mongolia) -> dict[str, float]:
    """What `RESULTS` declares."""
    left = remainder(tables, chosen)
    ends_of = {f"{row.given_by}-left": bounds.Span(row.low, row.high) for row in left.itertuples()}
    said = sentence(tables, chosen)
    return {
        **host.results(numbers(tables, chosen), PLACE),
        **bounds.by_name({"said": bounds.Span(float(said["low"]), float(said["high"])), **ends_of}),
    }


def findings(tables: Tables, chosen: Mongolia) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = stocks.printed(numbers(tables, chosen))
    said, left = sentence(tables, chosen), remainder(tables, chosen)
    mine, known = host.of_place(rows, PLACE), host.counts(tables, PLACE)
    floor, ceiling = host.category_bounds(tables, PLACE) or (float("nan"), float("nan"))
    above = mine[mine["low"] > ceiling]
    across = mine[(mine["low"] <= ceiling) & (mine["high"] > ceiling)]
    scholars = stocks.rivals(tables).query("place_id == @PLACE and given_by in @SCHOLARS")["low"]
    within = known["low"].between(scholars.min(), scholars.max())
    last = outside.counts(tables).query("place_id == @BESIDE").sort_values("year").iloc[-1]
    neighbours = tables.listed("neighbours")
    km = geography.distance_km(tables.folder, HOME)
    own_rows = tables.stocks.query("place_id == @BESIDE and exhibit != 'text'")
    printed, ends_of = tables.numbers, (said["low"], said["high"])
    return {
        **host.findings(tables, rows, PLACE),
        "lone": Cited.of(number(printed.loc[LONE, "low"]), LONE),
        "said": stated_or_taken(
            f"{'' if chosen.about_percent else f'{ABOUT} '}{span(*ends_of)}", printed, SENTENCE, *ends_of
        ),
        "floor": Cited.of(number(floor), stocks.SIZE_BOUNDS[host.CATEGORIES]),
        "ceiling": Cited.of(number(ceiling), stocks.SIZE_BOUNDS[host.CATEGORIES]),
        **SAY.all(
            **chosen.model_dump(),
            rates=len(stocks.steps(mine)),
            rows=len(own_rows),
            above=list(above["text"]),
            across=list(across["text"]),
            numbers=len(mine),
            counts=len(known),
            counts_above=int((known["low"] > ceiling).sum()),
            between=within.all(),
            left=[f"{_signed(row.low, row.high)} by {GIVEN_BY[row.given_by]}" for row in left.itertuples()],
            below=[GIVEN_BY[row.given_by] for row in left.itertuples() if row.high < 0],
            number=number(last["low"]),
            year=f"{last['year']:.0f}",
            worked_out="computed_from_share" in last["caveats"],
        ),
        "borders": listing(tables.name[name] for name in (BESIDE, PLACE) if tables.name[name] in neighbours)
        or "neither",
        "borders-not": listing(tables.name[name] for name in (BESIDE, PLACE) if tables.name[name] not in neighbours)
        or "neither",
        "km": f"{km[tables.name[PLACE]]:.0f}",
    }
