"""Uzbekistan: the host on which the sources differ most."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.chapters import host
from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result, bounded
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Cited, cite, in_words, none_or_count, number, ordinal, percent, span


class Uzbekistan(Chapter):
    """Uzbekistan."""

    bound: Literal["both", "lowest", "highest"] = one_of(
        "whether the range of the field study is used whole or at one of its ends",
        {"both": "whole", "lowest": "at its lowest", "highest": "at its highest"},
    )
    difference: Literal["net", "gross"] = one_of(
        "whether the scholars' difference is that of their totals, or the sum of the differences of all rows",
        {"net": "that of their totals", "gross": "the sum of the differences of all rows"},
    )


PLACE = "uzbekistan"
OFFICIAL, FIELD, LATEST = "t2-uzbekistan-official", "t2-uzbekistan-field", "p-uzbekistan-2017"
RETURNED = "m-repatriation"

SAY = Sentences(__name__)


def numbers(tables: Tables, chosen: Uzbekistan) -> pd.DataFrame:
    """The numbers for all hosts, as the parameters read them, with `text`."""
    return host.with_text(bounds.take(stocks.with_added(tables, stocks.rivals(tables)), chosen.bound))


def weight(tables: Tables, chosen: Uzbekistan) -> tuple[float, float]:
    """The scholars' difference over Uzbekistan, and over all hosts of Table 1 (persons, both without sign).

    The net difference is that of the totals; the gross one adds the differences of all rows, whichever
    scholar is higher.
    """
    rows = stocks.hosts(stocks.exhibit(tables, "Table 1"))
    gap = stocks.side_by_side(rows, "mendikulova_2001", "tatimov_2003").set_index("place_id")["difference_low"]
    whole = gap.abs().sum() if chosen.difference == "gross" else abs(gap.sum())
    return abs(float(gap[PLACE])), float(whole)


RESULTS = {
    **host.RESULTS,
    **bounded("gap", "persons", "Uzbekistan: field study less official number"),
    "scholars-gap": Result("persons", "difference between the two scholars over Uzbekistan"),
    "scholars-whole": Result("persons", "difference between the two scholars over all countries"),
    "scholars-percent": Result("per cent", "Uzbekistan's part of the difference between the two scholars"),
}


def results(tables: Tables, chosen: Uzbekistan) -> dict[str, float]:
    """What `RESULTS` declares."""
    rows = numbers(tables, chosen)
    mine, whole = weight(tables, chosen)
    return {
        **host.results(rows, PLACE),
        **bounds.by_name({"gap": bounds.of_row(rows, FIELD) - bounds.of_row(rows, OFFICIAL)}),
        "scholars-gap": mine,
        "scholars-whole": whole,
        "scholars-percent": 100 * mine / whole,
    }


def findings(tables: Tables, chosen: Uzbekistan) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = stocks.printed(numbers(tables, chosen))
    known = rows.set_index("id")
    gap, share = host.difference_in_words(known.loc[OFFICIAL], known.loc[FIELD])
    mine, whole = weight(tables, chosen)
    steps = stocks.steps(host.of_place(rows, PLACE)).set_index("to_id")
    fall = steps.loc[LATEST]
    returned = tables.number(RETURNED)
    parts = [f"{100 * -value / returned['low']:.0f}" for value in (fall["change_high"], fall["change_low"])]
    gone = span(-fall["change_high"], -fall["change_low"])
    low = known.loc[[OFFICIAL, LATEST, "t1-uzbekistan-tatimov"]]
    high = known.loc[["t1-uzbekistan-mendikulova", FIELD]]
    counted = host.counts(tables, PLACE)
    counted = counted.assign(worked_out=counted["caveats"].str.contains("computed_from_share"))
    inside = counted[counted["low"].le(known.loc[LATEST, "low"]) & counted["high"].ge(known.loc[LATEST, "low"])]
    spans_ = [ordinal(n) for n, derived in enumerate(counted["worked_out"], 1) if derived]
    common = host.findings(tables, rows, PLACE)
    return {
        **common,
        "official": Cited.of(known.loc[OFFICIAL, "text"], OFFICIAL),
        "field": Cited.of(known.loc[FIELD, "text"], FIELD),
        "official-gap": number(tables.low("t2-uzbekistan-official") - tables.low("p-uzbekistan-2017")),
        "gap": gap,
        "gap-percent": share,
        "scholars-gap": number(mine),
        "scholars-share": percent(mine, whole),
        "low-group": in_words(len(low)),
        "low-span": _reach(low),
        "high-group": in_words(len(high)),
        "high-span": _reach(high),
        "between": none_or_count(
            int(rows[rows["place_id"] == PLACE]["low"].between(low["high"].max() + 1, high["low"].min() - 1).sum())
        ),
        "latest": Cited.of(number(known.loc[LATEST, "low"]), LATEST),
        "latest-year": known.loc[LATEST, "as_of"],
        "fall": gone,
        "returned": cite(tables.numbers, RETURNED),
        "fall-share": "–".join(dict.fromkeys(parts)),
        **SAY.all(
            counted=common["counted"],
            spans=spans_,
            difference=chosen.difference,
            whole=number(whole),
            year=known.loc[LATEST, "as_of"],
            years=list(inside["year"].map("{:.0f}".format)),
            span_alone=len(spans_) == len(inside) == 1 and inside["worked_out"].all(),
        ),
    }


def _reach(rows: pd.DataFrame) -> Cited:
    """From the least to the largest of some numbers, by id."""
    text = span(rows["low"].min(), rows["high"].max())
    return Cited.of(text, *dict.fromkeys([rows["low"].idxmin(), rows["high"].idxmax()]))
