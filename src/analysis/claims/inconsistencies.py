"""The tests by which the entries of `data/inconsistencies.csv` are confirmed.

Belongs here: one function for each way in which numbers can fail to fit. Not here: filling in the entries
(`edition.claims.inconsistencies`), or verdicts on claims (`checks`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from analysis.claims import tolerances
from analysis.claims.evidence import Evidence
from analysis.computing import stocks
from analysis.tables import Tables
from edition.claims.inconsistencies import Confirmed
from edition.claims.inconsistencies import confirmed as filled
from edition.numbers.bounds import Span, add, close, overlap
from edition.numbers.wording import NBSP, in_words, listing, number, percent, span

Test = Callable[[Evidence, list[str]], Confirmed]


def differ(evidence: Evidence, ids: list[str]) -> Confirmed:
    """Some two of the numbers share no value."""
    spans_ = [evidence.span(row_id) for row_id in ids]
    lows, highs = [s.low for s in spans_ if not math.isnan(s.low)], [s.high for s in spans_ if not math.isnan(s.high)]
    apart = any(not overlap(one, other) for n, one in enumerate(spans_) for other in spans_[n + 1 :])
    return apart, {
        "difference": number(max(lows) - min(highs)),
        "up": percent(max(lows) - min(highs), min(highs)),
        "down": percent(max(lows) - min(highs), max(lows)),
        "ratio": f"{max(lows) / min(highs):.2f}",
        "lowest": number(min(highs)),
        "highest": number(max(lows)),
        "count": in_words(len(ids)),
    }


def same(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The numbers are one and the same, though they stand for different things."""
    return len({tuple(evidence.numbers.loc[row_id, ["low", "high"]].fillna(-1)) for row_id in ids}) == 1, {}


def exceeds(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The first is above every other."""
    first = evidence.span(ids[0]).low
    others = [evidence.span(row_id).high for row_id in ids[1:]]
    return all(first > other for other in others), {
        "difference": number(first - min(others)),
        "ratio": f"{first / min(others):.2f}",
        "count": in_words(len(others)),
    }


def not_the_sum(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The first is not the sum of the others."""
    added = add(evidence.numbers.loc[ids[1:]])
    total = evidence.span(ids[0])
    short = abs(total.low - added.high) if not math.isnan(added.high) else abs(total.low - added.low)
    return not overlap(total, added), {"sum": span(*added), "difference": number(short)}


def older_than(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The work credited (first: a source) is older than the date of the row it attests (second)."""
    work = int(evidence.tables.row("sources", ids[0])["year"])
    events = evidence.tables.by_id("events")
    date = events.loc[ids[1], "end"] if ids[1] in events.index else evidence.numbers.loc[ids[1], "as_of"][-4:]
    return work < int(date[:4]), {"work": str(work), "date": str(date)[:4]}


def carried(evidence: Evidence, ids: list[str]) -> Confirmed:
    """Rows carry a caveat (the first id): each of those named after it, or some of all; how many, of how many."""
    rows = pd.concat([evidence.tables.by_id(name)["caveats"] for name in Tables.CREDITED])
    having = (rows.loc[ids[1:]] if ids[1:] else rows).str.split().map(lambda words: ids[0] in words)
    holds = having.all() if ids[1:] else having.any()
    return bool(holds), {"count": in_words(int(having.sum())), "size": number(len(having))}


def numbers_without_credit(evidence: Evidence, ids: list[str]) -> Confirmed:
    """Numbers, shares and moves for which the paper credits nobody."""
    rows = evidence.numbers[evidence.numbers["table"].isin(Tables.NUMBERED)]
    rows = rows[rows["value_text"] != ""]
    bare = int((rows["source_id"] == evidence.tables.author).sum())
    return bare > 0, {"count": number(bare), "size": number(len(rows))}


def outside_category(evidence: Evidence, ids: list[str]) -> Confirmed:
    """Some printed numbers for members of a size category (the ids) lie outside its bounds."""
    rows = stocks.size_audit(evidence.tables, edges="included").query("category in @ids")
    fits = [column for column, inside in rows.groupby("given_by")["inside"] if inside.all()]
    beyond = rows[~rows["inside"]]
    told = "; ".join(f"{row.name} with {span(row.low, row.high)}" for row in beyond.itertuples())
    return len(beyond) > 0, {
        "count": in_words(len(beyond)),
        "size": in_words(len(rows)),
        "outside": told,
        "fits": in_words(len(fits)),
    }


def short_of(evidence: Evidence, ids: list[str]) -> Confirmed:
    """No choice of one number for each host reaches the first."""
    low, high = stocks.sum_range(evidence.tables)
    claimed = evidence.span(ids[0]).low
    return high < claimed, {"lowest": number(low), "highest": number(high), "difference": number(claimed - high)}


def not_as_many(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The first says how many; the rows after it, or the places of one list, are another number."""
    named = evidence.named(ids[1:])
    return evidence.span(ids[0]).low != len(named), {
        "named": in_words(len(named)),
        "together": number(evidence.span(ids[0]).low + len(named)),
    }


def blank(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The rows hold nothing, where something is to be expected."""
    rows = pd.concat([getattr(evidence.tables, name)[["id", "value_text"]] for name in (*Tables.CREDITED[:5],)])
    texts = rows.set_index("id")["value_text"].reindex(ids)
    if texts.isna().any():
        raise KeyError(", ".join(texts.index[texts.isna()]))
    return bool((texts == "").all()), {"count": in_words(len(ids))}


def reaches(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The upper end of the first is not below that of any other."""
    first, others = evidence.span(ids[0]).high, [evidence.span(row_id).high for row_id in ids[1:]]
    return all(first >= other for other in others), {"difference": number(first - max(others))}


def sum_open(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The first agrees with the sum of the others only because that sum is a range, or open."""
    added = add(evidence.numbers.loc[ids[1:]])
    return overlap(evidence.span(ids[0]), added) and added.low != added.high, {"sum": span(*added)}


def share_differs(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The share (first) is not, to the nearest per cent, what the numbers before `of` are of the sum of those after it.

    Several such pairs stand one after the other, with `or` between them; none may be the share. Open bounds are taken at the
    bound that is printed, and a corrected number as corrected.
    """
    rows = evidence.numbers.copy()
    rows.update(evidence.tables.corrected("stocks").set_index("id")[["low", "high"]])
    stated, pairs = evidence.span(ids[0]), [pair.split(" of ") for pair in " ".join(ids[1:]).split(" or ")]
    sums = [[add(close(rows.loc[names.split()])) for names in pair] for pair in pairs]
    shares = [Span(*sorted(100 * one / all_ for one, all_ in zip(part, whole, strict=True))) for part, whole in sums]
    told = [f"{span(round(share.low, 1), round(share.high, 1), 1)}{NBSP}%" for share in shares]
    part, whole = sums[-1]
    differs = not any(overlap(stated, share, tolerances.WHOLE_POINTS.allows) for share in shares)
    return differs, {"share": listing(told), "sum": span(*part), "whole": span(*whole)}


def own_shares(evidence: Evidence, ids: list[str]) -> Confirmed:
    """Some share abroad that a set of numbers makes with its own number for Kazakhstan lies in none of those stated (the ids)."""
    found = stocks.own_shares(evidence.tables)
    stated = [evidence.span(row_id) for row_id in ids]
    out = [not any(overlap(one, share, tolerances.WHOLE_POINTS.allows) for one in stated) for share in found.values()]
    told = listing(
        f"{span(round(share.low, 1), round(share.high, 1), 1)}{NBSP}% ({name})" for name, share in found.items()
    )
    return any(out), {"own": told}


def _places(evidence: Evidence, names: list[str]) -> list[str]:
    """Places of lists and of rows; the beginning of an id stands for all rows with it (`t1`: Table 1)."""
    tables = evidence.tables
    credited = ("stocks", "quantities", "events", "scripts", "answers", "challenges")
    rows = pd.concat([getattr(tables, name)[["id", "place_id"]] for name in credited])
    rows = pd.concat([rows, tables.lists[["list", "place_id"]].rename(columns={"list": "id"})])
    found: list[str] = []
    for name in names:
        named = rows.loc[rows["id"].eq(name) | rows["id"].str.startswith(f"{name}-"), "place_id"]
        if named.empty:
            raise KeyError(name)
        found += named.to_list()
    return list(dict.fromkeys(found))


def _missing(evidence: Evidence, ids: list[str]) -> tuple[int, list[str]]:
    cut = ids.index("in")
    first, second = (_places(evidence, names) for names in (ids[:cut], ids[cut + 1 :]))
    return len(first), [str(evidence.tables.name[place]) for place in first if place not in second]


def unlisted(evidence: Evidence, ids: list[str]) -> Confirmed:
    """Some of the places named before `in` are not among those named after it."""
    size, missing = _missing(evidence, ids)
    return bool(missing), {"missing": listing(missing), "count": in_words(len(missing)), "size": in_words(size)}


def listed(evidence: Evidence, ids: list[str]) -> Confirmed:
    """All the places named before `in` are among those named after it."""
    size, missing = _missing(evidence, ids)
    return not missing, {"count": in_words(size)}


def later(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The first event begins after every other has ended, or, if it has no end, begun."""
    events = evidence.tables.by_id("events")
    start = int(events.loc[ids[0], "start"][:4])
    ends = [int((events.loc[row_id, "end"] or events.loc[row_id, "start"])[:4]) for row_id in ids[1:]]
    return all(start > end for end in ends), {"years": in_words(start - max(ends))}


def alike(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The questions (the ids) have one and the same answer for every country."""
    rows = evidence.tables.answers.query("question in @ids")
    if set(rows["question"]) != set(ids):
        raise KeyError(", ".join(set(ids) - set(rows["question"])))
    return len(set(rows["answer"])) == 1, {
        "count": in_words(len(rows)),
        "countries": in_words(rows["place_id"].nunique()),
    }


def unanswered(evidence: Evidence, ids: list[str]) -> Confirmed:
    """Some of what the paper sets out to ask (the ids) has no answer in its table."""
    rows = evidence.tables.rows("questions", ids)
    none = int((rows["answered"] == "not in the table").sum())
    return none > 0, {"count": in_words(none), "size": in_words(len(rows))}


def opposed(evidence: Evidence, ids: list[str]) -> Confirmed:
    """The first statement tells of a strength and each of the others of a difficulty, or the reverse."""
    tones = evidence.tables.rows("challenges", ids)["tone"]
    other = {"strength": "difficulty", "difficulty": "strength"}.get(tones.iloc[0])
    return bool((tones.iloc[1:] == other).all()), {"count": in_words(len(ids) - 1)}


TESTS: dict[str, Test] = {
    test.__name__: test
    for test in (
        differ, same, exceeds, not_the_sum, older_than, carried, numbers_without_credit,
        outside_category, short_of, not_as_many, blank, reaches, sum_open, share_differs, unlisted, listed,
        later, alike, unanswered, opposed, own_shares,
    )
}  # fmt: skip


@lru_cache(maxsize=2)
def confirmed(tables: Tables) -> pd.DataFrame:
    """Every inconsistency with its numbers filled in, see `edition.claims.inconsistencies.confirmed`."""
    return filled(tables.inconsistencies, TESTS, Evidence(tables, tolerances.APART.allows, tolerances.COUNT.allows))
