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
from edition.asking.parameters import Chapter
from edition.asking.results import bounded
from edition.exhibits.exhibit import Table, exhibit
from edition.maps import geography
from edition.numbers import bounds
from edition.numbers.wording import (
    Cited,
    in_words,
    listing,
    none_or_count,
    number,
    signed,
    source_line,
    span,
    stated_or_taken,
    with_noun,
)


class Mongolia(Chapter):
    """Mongolia, and Turkmenistan."""

    lone_number: Literal["official", "field", "neither"] = Field(
        description="to which column of Table 2 the lone number for Mongolia is taken to belong"
    )
    sentence: Literal["each", "together"] = Field(
        description="whether the sentence on Mongolia and Turkmenistan speaks of each or of both together"
    )
    about_percent: int = Field(ge=0, le=25, description="width given to 'more or less', in per cent either way")


PLACE, BESIDE = "mongolia", "turkmenistan"
SENTENCE = "p-mongolia-turkmenistan"
LONE = "t2-mongolia-official"
COLUMNS = {"official": "yermekbay_official", "field": "yermekbay_field", "neither": None}
SCHOLARS = ("mendikulova", "tatimov")


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
    each = chosen.sentence == "each"
    left = "left for the rest of the CIS row" if each else "left for Turkmenistan"
    shown = pd.DataFrame(
        {
            "Table 1": [GIVEN_BY[row.given_by] for row in rows.itertuples()],
            "Mongolia": rows[PLACE].map(number),
            "row for the CIS": rows["cis"].map(number),
            left: [_signed(row.low, row.high) for row in rows.itertuples()],
        }
    )
    used = tables.stocks[
        tables.stocks["id"].eq(SENTENCE)
        | (tables.stocks["exhibit"].eq("Table 1") & tables.stocks["place_id"].isin([PLACE, "cis_other"]))
    ]
    fits = rows["high"] >= 0
    return Table(
        id="tbl-mongolia-turkmenistan",
        title=f"The sentence leaves {_signed(rows['low'].min(), rows['high'].max())} Kazakhs for {'the others' if each else 'Turkmenistan'}",
        subtitle=f"Kazakhs, Table 1 less a sentence taken as a number for {'each of two countries' if each else 'two countries together'}",
        caption="A number below zero means that the reading cannot stand beside that column.",
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
    **bounded("mendikulova-left", "persons", "what that leaves of Mendikulova's number"),
    **bounded("tatimov-left", "persons", "what that leaves of Tatimov's number"),
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
    worked_out = (
        " (apparently worked out from a rounded percentage)" if "computed_from_share" in last["caveats"] else ""
    )
    neighbours = tables.listed("neighbours")
    km = geography.distance_km(tables.folder, HOME)
    column = {
        "official": "belong to the official data",
        "field": "belong to the field study",
        "neither": "belong to neither",
    }
    own_rows = tables.stocks.query("place_id == @BESIDE and exhibit != 'text'")
    printed, ends_of = tables.numbers, (said["low"], said["high"])
    return {
        **host.findings(tables, rows, PLACE),
        "first-rate": "such a rate" if len(stocks.steps(mine)) == 1 else "the first of these rates",
        "lone": Cited.of(number(printed.loc[LONE, "low"]), LONE),
        "lone-column": f"Here it is taken to {column[chosen.lone_number]}",
        "said": stated_or_taken(
            f"{'' if chosen.about_percent else 'more or less '}{span(*ends_of)}", printed, SENTENCE, *ends_of
        ),
        "rows": "no row" if own_rows.empty else with_noun(len(own_rows), "row"),
        "floor": Cited.of(number(floor), stocks.SIZE_BOUNDS[host.CATEGORIES]),
        "ceiling": Cited.of(number(ceiling), stocks.SIZE_BOUNDS[host.CATEGORIES]),
        "above": f"{none_or_count(len(above))} of the {in_words(len(mine))} numbers {'lies' if len(above) == 1 else 'lie'} above its upper bound"
        + (f": {listing(above['text'])}" if len(above) else "")
        + (f"; {listing(across['text'])}, with the width it has here, may lie on either side" if len(across) else ""),
        "counts-above": _of_all(int((known["low"] > ceiling).sum()), len(known)),
        "counts-between": "Each of them lies between the numbers of the two scholars"
        if within.all()
        else "Not all of them lie between the numbers of the two scholars",
        "reading": "each country" if chosen.sentence == "each" else "both together",
        "left": _told(left, chosen),
        "beside-count": Cited.of(f"{number(last['low'])} for {last['year']:.0f}{worked_out}", last["id"]),
        "borders": listing(tables.name[name] for name in (BESIDE, PLACE) if tables.name[name] in neighbours)
        or "neither",
        "borders-not": listing(tables.name[name] for name in (BESIDE, PLACE) if tables.name[name] not in neighbours)
        or "neither",
        "km": f"{km[tables.name[PLACE]]:.0f}",
    }


def _of_all(some: int, every: int) -> str:
    """How many of all lie somewhere.

    >>> _of_all(2, 2), _of_all(1, 3)
    ('both of them lie', 'one of them lies')
    """
    if some == every > 1:
        return f"{'both' if every == 2 else 'all'} of them lie"
    return f"{none_or_count(some)} of them {'lies' if some < 2 else 'lie'}"


def _told(left: pd.DataFrame, chosen: Mongolia) -> str:
    parts = [f"{_signed(row.low, row.high)} in the column {GIVEN_BY[row.given_by]}" for row in left.itertuples()]
    if chosen.sentence == "each":
        return f"If Turkmenistan is one of the states of the row for the CIS, its number leaves for all the others {listing(parts)}"
    below = [GIVEN_BY[row.given_by] for row in left.itertuples() if row.high < 0]
    verdict = (
        f"; beside {listing(below)} the reading cannot stand"
        if below
        else "; beside both columns the reading can stand"
    )
    return f"Less the number for Mongolia itself, Turkmenistan is left {listing(parts)}{verdict}"
