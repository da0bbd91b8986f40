"""Checks: each takes the evidence and the ids of the rows a claim names, and returns verdict and reason.

A check is named in the column `check` of `data/claims.csv`; the ids are those of the column `value_ids`, in
its order. Belongs here: what numbers decide about a claim. Not here: what the claims are (`data/`).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from analysis.claims import headlines, tolerances
from analysis.claims.evidence import Evidence
from analysis.computing import stocks
from analysis.computing.outside import relied_on, years
from edition.claims.verdicts import BY_ITSELF, BY_OTHERS, IN_PART, OPEN, REPRODUCED, Finding
from edition.maps import geography
from edition.numbers.bounds import Span, add, overlap
from edition.numbers.sentences import Sentences
from edition.numbers.wording import date_in_words, number, percent, span

Check = Callable[[Evidence, list[str]], Finding]
CHECKS: dict[str, Check] = {}

SAY = Sentences(__name__)


def check(function: Check) -> Check:
    """Make a function known under its name."""
    CHECKS[function.__name__] = function
    return function


def _graded(agree: list[bool], against: str = BY_ITSELF) -> str:
    """All agree, some, or none."""
    return REPRODUCED if all(agree) else IN_PART if any(agree) else against


def _of_all(agree: list[bool]) -> str:
    """How many of the numbers told after it agree: all three, two of three, none of three."""
    return SAY.say("of-all", count=sum(agree), size=len(agree))


# ---- numbers against other numbers of the paper


@check
def sum_of_parts(evidence: Evidence, ids: list[str]) -> Finding:
    """First the total, then its parts."""
    total, parts = ids[0], evidence.numbers.loc[ids[1:]]
    added = add(parts)
    agree = overlap(evidence.span(total), added)
    return Finding(
        REPRODUCED if agree else BY_ITSELF,
        SAY.say("sum-of-parts", parts=len(parts), added=span(*added), total=evidence.said(total)),
    )


@check
def sum_of_column(evidence: Evidence, ids: list[str]) -> Finding:
    """The printed total of a column of Table 1 against its host rows."""
    row = evidence.tables.row("stocks", ids[0])
    mine = stocks.exhibit(evidence.tables, str(row["exhibit"])).query("source_id == @row.source_id")
    added = stocks.total(mine, str(row["source_id"]))
    with_home = stocks.total(mine, str(row["source_id"]), home=True)
    home = span(*with_home) if with_home != added else ""
    return Finding(
        REPRODUCED if overlap(evidence.span(ids[0]), added) else BY_ITSELF,
        SAY.say("sum-of-column", added=span(*added), with_home=home),
    )


@check
def adds_to_hundred(evidence: Evidence, ids: list[str]) -> Finding:
    """Percentages that should make a whole."""
    added = add(evidence.numbers.loc[ids])
    return Finding(
        REPRODUCED if overlap(added, Span(100, 100), tolerances.TENTH_POINTS.allows) else BY_ITSELF,
        SAY.say("adds-to-hundred", parts=list(map(evidence.said, ids)), added=f"{added.low:.4g}"),
    )


@check
def besides_hosts(evidence: Evidence, ids: list[str]) -> Finding:
    """First the countries in all, then those besides the hosts that the rest of the ids name: the two must differ by these."""
    whole, others, hosts = evidence.span(ids[0]), evidence.span(ids[1]), len(ids) - 2
    together = others.low + hosts
    return Finding(
        REPRODUCED if overlap(whole, Span(together, together)) else BY_ITSELF,
        SAY.say(
            "besides-hosts", others=evidence.said(ids[1]), named=hosts, together=together, whole=evidence.said(ids[0])
        ),
    )


@check
def part_within_whole(evidence: Evidence, ids: list[str]) -> Finding:
    """First the part, then every number for the whole; `counted`, then counts of the whole, may follow."""
    cut = ids.index("counted") if "counted" in ids else len(ids)
    part, wholes, counts = evidence.span(ids[0]), ids[1:cut], ids[cut + 1 :]
    smaller = [other for other in wholes if evidence.span(other).high < part.low]
    if not smaller:
        return Finding(REPRODUCED, SAY.say("no-whole-smaller", part=evidence.said(ids[0])))
    verdict = BY_ITSELF if len(smaller) > len(wholes) / 2 else IN_PART
    counted = list(map(evidence.said_by, counts))
    return Finding(verdict, SAY.say("wholes-smaller", smaller=len(smaller), wholes=len(wholes), counted=counted))


@check
def more_than_its_part(evidence: Evidence, ids: list[str]) -> Finding:
    """First the whole, then a part beside which the paper has others, then counts of the whole."""
    whole, part = evidence.span(ids[0]), evidence.span(ids[1])
    beside = list(map(evidence.said_by, ids[2:]))
    if whole.low > part.high:
        return Finding(REPRODUCED, SAY.say("above-its-part", part=evidence.said(ids[1]), counted=beside))
    return Finding(BY_ITSELF, SAY.say("not-above-its-part", part=evidence.said(ids[1]), counted=beside))


@check
def older_than(evidence: Evidence, ids: list[str]) -> Finding:
    """First a work, then the event it is to attest."""
    work = int(evidence.tables.sources.set_index("source_id").loc[ids[0], "year"])
    event = evidence.tables.events.set_index("id").loc[ids[1]]
    last = int((event["end"] or event["start"])[:4])
    return Finding(BY_ITSELF if work < last else OPEN, SAY.say("attests", work=work, event=last))


@check
def differ(evidence: Evidence, ids: list[str]) -> Finding:
    """Numbers for the same that are said to disagree."""
    spans = [evidence.span(row_id) for row_id in ids]
    apart = any(not overlap(one, other) for n, one in enumerate(spans) for other in spans[n + 1 :])
    return Finding(REPRODUCED if apart else BY_ITSELF, SAY.say("prints", numbers=list(map(evidence.said, ids))))


@check
def larger_than(evidence: Evidence, ids: list[str]) -> Finding:
    """First the number, then those that it should exceed."""
    own = evidence.span(ids[0])
    agree = [evidence.span(other).high < own.low for other in ids[1:]]
    others = list(dict.fromkeys(map(evidence.said, ids[1:])))
    told = SAY.say("larger", own=evidence.said(ids[0]), agree=agree, how_many=_of_all(agree), others=others)
    return Finding(_graded(agree), told)


@check
def each_at_least(evidence: Evidence, ids: list[str]) -> Finding:
    """First the bound, then the numbers that should reach it."""
    least = evidence.span(ids[0])
    agree = [overlap(Span(least.low, math.nan), evidence.span(other)) for other in ids[1:]]
    told = list(map(evidence.said_by, ids[1:]))
    return Finding(_graded(agree), SAY.say("reached", how_many=_of_all(agree), others=told))


@check
def each_below(evidence: Evidence, ids: list[str]) -> Finding:
    """First the bound, then the numbers that should stay below it."""
    bound = evidence.span(ids[0]).high
    agree = [evidence.span(other).high < bound for other in ids[1:]]
    told = list(map(evidence.said_by, ids[1:]))
    return Finding(_graded(agree), SAY.say("below", bound=bound, how_many=_of_all(agree), others=told))


@check
def minority(evidence: Evidence, ids: list[str]) -> Finding:
    """Shares of a host's people, which should each be less than half; what is no number says where the claim stands."""
    shares = [row_id for row_id in ids if row_id in evidence.numbers.index]
    agree = [evidence.span(share).high < 50 for share in shares]
    return Finding(_graded(agree, BY_OTHERS), SAY.say("minority", shares=list(map(evidence.said_by, shares))))


@check
def each_larger(evidence: Evidence, ids: list[str]) -> Finding:
    """The numbers before `than` against those after it."""
    cut = ids.index("than")
    most = max(evidence.span(other).high for other in ids[cut + 1 :])
    agree = [evidence.span(row_id).low > most for row_id in ids[:cut]]
    return Finding(
        _graded(agree, BY_OTHERS),
        SAY.say(
            "each-larger",
            counted=list(map(evidence.said_by, ids[:cut])),
            others=list(map(evidence.said_by, ids[cut + 1 :])),
        ),
    )


@check
def grew_where_counted(evidence: Evidence, ids: list[str]) -> Finding:
    """Pairs of counts of one host, the earlier first; hosts that were not counted leave it in part."""
    pairs = list(zip(ids[::2], ids[1::2], strict=True))
    agree = [evidence.span(late).low > evidence.span(early).high for early, late in pairs]
    told = [f"{evidence.said(early)} to {evidence.said_by(late)}" for early, late in pairs]
    return Finding(IN_PART if any(agree) else BY_OTHERS, SAY.say("grew", steps=told))


@check
def each_near(evidence: Evidence, ids: list[str]) -> Finding:
    """First a loose number, then those it stands for."""
    own = evidence.span(ids[0])
    agree = [overlap(own, evidence.span(other), tolerances.ABOUT.allows / 100 * own.low) for other in ids[1:]]
    told = {
        "within": f"{tolerances.ABOUT.allows:g}",
        "how_many": _of_all(agree),
        "others": list(map(evidence.said_by, ids[1:])),
    }
    return Finding(_graded(agree), SAY.say("each-near", **told))


@check
def ranked_by_size(evidence: Evidence, ids: list[str]) -> Finding:
    """A place's rank in Table 2 against both columns of numbers, and against hosts that its last row must hold."""
    place = evidence.tables.row("quantities", ids[0])["place_id"]
    rows = stocks.exhibit(evidence.tables, "Table 2")
    ranked, rows = set(rows["place_id"]), rows.dropna(subset=["low"])
    left = evidence.rivals[~evidence.rivals["place_id"].isin(ranked | {"xinjiang", "cis_other"})]
    left = left.groupby(["place_id", "name"])["low"].min().sort_values().reset_index()
    mine = rows[rows["place_id"] == place]
    limit = float(mine["high"].max()) if len(mine) else float(rows["high"].min())
    above = left[left["low"] > limit]
    if len(above):
        host = above.iloc[-1]
        before = "" if len(mine) else evidence.tables.name[rows.loc[rows["high"].idxmin(), "place_id"]]
        return Finding(
            BY_ITSELF, SAY.say("last-row", place=host["name"], least=host["low"], before=before, before_has=limit)
        )
    agree, told = [], []
    for column, cells in rows.groupby("source_id", sort=False):
        cells = cells.set_index("place_id")
        if place not in cells.index:
            continue
        best = 1 + int((cells["low"] > cells.loc[place, "high"]).sum())
        worst = int((cells["high"] >= cells.loc[place, "low"]).sum())
        agree.append(best == worst and overlap(evidence.span(ids[0]), Span(best, worst)))
        told.append(SAY.say("rank", best=best, worst=worst, official="official" in str(column)))
    return Finding(_graded(agree), SAY.say("by-size", ranks=told))


@check
def size_category(evidence: Evidence, ids: list[str]) -> Finding:
    """Members of a size category, in every printed column that has a number for them."""
    rows = stocks.size_audit(evidence.tables, edges="included").query("category in @ids")
    outside_ = rows[~rows["inside"]]
    of = list(map(evidence.tables.the, dict.fromkeys(outside_["name"])))
    told = SAY.say("size-category", outside=len(outside_), every=len(rows), of=of)
    return Finding(REPRODUCED if outside_.empty else IN_PART, told)


@check
def share_of_counted(evidence: Evidence, ids: list[str]) -> Finding:
    """First a percentage, then the number it is of a whole that is not printed, then counts of what that whole may be.

    A share among the counts makes the count before it the whole of all inhabitants.
    """
    stated, part = evidence.span(ids[0]), evidence.span(ids[1])
    bases: dict[str, float] = {}
    for row_id in ids[2:]:
        if evidence.numbers.loc[row_id, "unit"] == "percent":
            base = 100 * list(bases.values())[-1] / evidence.span(row_id).low
            bases[SAY.say("all-inhabitants", base=base, share=evidence.said_by(row_id))] = base
        else:
            bases[evidence.said_by(row_id)] = evidence.span(row_id).low
    shares = {name: 100 * part.low / base for name, base in bases.items()}
    agree = [tolerances.near(share, stated.low, tolerances.ABOUT) for share in shares.values()]
    told = [f"{share:.1f} % of {name}" for name, share in shares.items()]
    part_ = evidence.said(ids[1])
    return Finding(_graded(agree, BY_OTHERS), SAY.say("shares", part=part_, shares=told))


@check
def doubled_unit(evidence: Evidence, ids: list[str]) -> Finding:
    """A population whose digits are followed by a word that multiplies them, against an outside number of inhabitants."""
    own, other = evidence.span(ids[0]).low, evidence.span(ids[1]).high
    return Finding(
        BY_OTHERS if own > 1000 * other else OPEN,
        SAY.say("doubled-unit", times=own / other, people=evidence.said_by(ids[1])),
    )


@check
def of_all_kazakhs(evidence: Evidence, ids: list[str]) -> Finding:
    """A number for all Kazakhs against every number at home with every number abroad."""
    away, home = headlines.abroad(evidence.tables), headlines.at_home(evidence.tables)
    sums = [one + other for one in away.values() for other in home.values()]
    agree = [overlap(evidence.span(ids[0]), Span(value, value)) for value in sums]
    return Finding(
        _graded(agree),
        SAY.say("of-all-kazakhs", least=min(sums), most=max(sums), fit=sum(agree), sums=len(sums)),
    )


@check
def under_every_choice(evidence: Evidence, ids: list[str]) -> Finding:
    """A headline claim taken at its word, in every combination of choices; the id is its name in the multiverse."""
    universe = headlines.HEADLINES[ids[0]](evidence.tables).strictest()
    moves = universe.influence()
    told = SAY.say(
        "under-every-choice",
        count=universe.count,
        size=universe.size,
        share=percent(universe.count, universe.size),
        moves_it=moves.index[0] if moves.iloc[0] > 0 else "",
        claim=ids[0],
        **headlines.beside(evidence.tables, ids[0]),
    )
    return Finding(headlines.verdict(evidence.tables, ids[0]), told)


# ---- numbers, dates and places against what is known from outside the paper


@check
def counted(evidence: Evidence, ids: list[str]) -> Finding:
    """An estimate beside the nearest count; without one, beside what bounds it and beside the paper's other estimates."""
    row = evidence.benchmark.loc[ids[0]]
    if not row["count_id"]:
        return _bounded_by_a_share(evidence, row) or _beside_others(evidence, ids[0])
    told = SAY.say(
        "counted",
        counted=row["counted"],
        count=row["count"],
        joined=bool(row["other_id"]),
        dated=bool(row["dated"]),
        off=row["off"],
        single=row["low"] == row["high"],
    )
    return Finding(REPRODUCED if row["fits"] else BY_OTHERS, told)


def _bounded_by_a_share(evidence: Evidence, row: pd.Series) -> Finding | None:
    """A dated estimate above what a share of about its date allows, even of the most inhabitants known for the place."""
    known = relied_on(evidence.tables).query("place_id == @row.place_id")
    shares = known[known["kind"] == "share"].assign(year=lambda rows: years(rows["as_of"]))
    shares = shares[(shares["year"] - float(str(row["as_of"])[:4] or "nan")).abs() <= evidence.years_apart]
    people = known[known["kind"] == "inhabitants"]
    if shares.empty or people.empty:
        return None
    best, most = shares.loc[shares["high"].idxmax()], people.loc[people["high"].idxmax()]
    unrounded = best["high"] + tolerances.points(best["value_text"])
    top = unrounded / 100 * most["high"]
    if row["low"] <= top * (1 + evidence.tolerance_percent / 100):
        return None
    return Finding(
        BY_OTHERS,
        SAY.say(
            "at-most",
            share=evidence.said_by(best["id"]),
            unrounded=f"{unrounded:g}",
            top=top,
            people=evidence.said_by(most["id"]),
        ),
    )


def _beside_others(evidence: Evidence, row_id: str) -> Finding:
    """An estimate beside the paper's others for the same place and time: near all of them, some, or none."""
    row = evidence.benchmark.loc[row_id]
    if row["place_id"] == stocks.HOME:
        return Finding(OPEN, SAY.say("no-count"))
    others = evidence.benchmark[
        (evidence.benchmark["place_id"] == row["place_id"]) & (evidence.benchmark["source_id"] != row["source_id"])
    ]
    apart = (years(others["as_of"]) - years(pd.Series([row["as_of"]])).iloc[0]).abs()
    others = others[~(apart > evidence.years_apart)]  # an undated one may be of any time
    if others.empty:
        return Finding(OPEN, SAY.say("nothing-near"))
    slack = evidence.tolerance_percent / 100
    own = evidence.span(row_id)
    agree = [
        overlap(own, evidence.span(other), slack * min(own.low, evidence.span(other).low)) for other in others.index
    ]
    told = list(map(evidence.said, others.index))
    verdict = REPRODUCED if all(agree) else IN_PART if any(agree) else OPEN
    place, near = evidence.tables.the(row["name"]), "" if verdict == OPEN else _of_all(agree)
    within = f"{evidence.tolerance_percent:g}"
    return Finding(verdict, SAY.say("beside-others", others=told, place=place, near=near, within=within))


@check
def near_outside(evidence: Evidence, ids: list[str]) -> Finding:
    """First the paper's number, then outside numbers for the same."""
    own = evidence.corrected(ids[0])
    printed = evidence.numbers.loc[ids[0]]
    agree = [
        overlap(
            own,
            evidence.span(o),
            tolerances.points(printed["value_text"])
            if printed["unit"] == "percent"
            else evidence.tolerance_percent / 100 * evidence.span(o).low,
        )
        for o in ids[1:]
    ]
    return Finding(_graded(agree, BY_OTHERS), SAY.say("outside", facts=list(map(evidence.said_by, ids[1:]))))


@check
def share_counted(evidence: Evidence, ids: list[str]) -> Finding:
    """First a percentage, then outside: the share as printed there, the count, and all inhabitants, who may be rounded."""
    own, slack = evidence.span(ids[0]), tolerances.points(evidence.numbers.loc[ids[0], "value_text"])
    count, people = evidence.span(ids[2]).low, evidence.span(ids[3])
    found = Span(100 * count / people.high, 100 * count / people.low)
    agree = [overlap(own, evidence.span(ids[1]), slack), overlap(own, found, slack)]
    return Finding(
        _graded(agree, BY_OTHERS),
        SAY.say(
            "share-counted",
            share=evidence.said_by(ids[1]),
            count=evidence.said_by(ids[2]),
            people=evidence.said_by(ids[3]),
            found=span(round(found.low, 1), round(found.high, 1), 1),
        ),
    )


@check
def part_larger_than(evidence: Evidence, ids: list[str]) -> Finding:
    """First the share of a part in a whole, then the count of the whole, then numbers that the part should exceed."""
    part = evidence.span(ids[0]).low / 100 * evidence.span(ids[1]).low
    agree = [evidence.span(other).high < part for other in ids[2:]]
    told = SAY.say(
        "part-larger",
        share=evidence.said(ids[0]),
        whole=evidence.said_by(ids[1]),
        part=part,
        how_many=_of_all(agree),
        others=list(dict.fromkeys(map(evidence.said, ids[2:]))),
    )
    return Finding(_graded(agree), told)


@check
def rounds_to(evidence: Evidence, ids: list[str]) -> Finding:
    """First the paper's rounded number, then outside numbers that it may be the rounding of."""
    own = evidence.span(ids[0]).low
    last = 10 ** (math.floor(math.log10(own)) - 2)  # three figures
    agree = [round(evidence.span(other).low / last) * last == own for other in ids[1:]]
    said = {other: evidence.said_by(other) for other in ids[1:]}
    fits, misses = (
        [told for told, fit in zip(said.values(), agree, strict=True) if fit is one] for one in (True, False)
    )
    return Finding(_graded(agree, BY_OTHERS), SAY.say("rounds-to", fits=fits, misses=misses))


@check
def met(evidence: Evidence, ids: list[str]) -> Finding:
    """First an event of the paper, then what is known of it from outside: that it began when the paper says, as far as both go."""
    event = evidence.tables.row("events", ids[0])
    rows = evidence.tables.rows("outside", ids[1:])
    agree, told = [], []
    for row in rows.itertuples():
        begins = row.as_of.partition("/")[0]
        known = min(len(begins), len(event["start"]))  # a date is compared at the precision that both have
        agree.append(bool(event["start"]) and begins[:known] == event["start"][:known])
        ends = " to ".join(date_in_words(end) for end in row.as_of.split("/") if end)
        days = f"from {ends}" if row.as_of.endswith("/") else ends
        told.append(f"{days} in {evidence.tables.name[row.place_id]} ({evidence.counted_by(row.id)})")
    if not event["start"]:
        return Finding(REPRODUCED, SAY.say("undated-met", facts=told))
    only_year = all(len(row.as_of) == 4 for row in rows.itertuples()) and len(event["start"]) > 4
    verdict = _graded(agree, BY_OTHERS)
    return Finding(IN_PART if verdict == REPRODUCED and only_year else verdict, SAY.say("outside", facts=told))


@check
def as_many_met(evidence: Evidence, ids: list[str]) -> Finding:
    """First how many meetings there are said to be, then those known from outside; one of a year counts once."""
    met_in = sorted(set(evidence.tables.rows("outside", ids[1:])["as_of"].str[:4]))
    return Finding(
        REPRODUCED if overlap(evidence.span(ids[0]), Span(len(met_in), len(met_in))) else BY_OTHERS,
        SAY.say("meetings", years=met_in),
    )


@check
def each_counted(evidence: Evidence, ids: list[str]) -> Finding:
    """Numbers said to be official, each against the counts of its place."""
    rows = evidence.benchmark.loc[ids]
    rows = rows[rows["count_id"] != ""]
    told = [
        f"{evidence.said(row.Index)} ({row.name_}: {number(row.count_)})"
        for row in rows.rename(columns={"name": "name_", "count": "count_"}).itertuples()
    ]
    fits = rows["fits"].to_list()
    return Finding(_graded(fits, BY_OTHERS), SAY.say("each-counted", numbers=told, agree=sum(fits)))


@check
def around(evidence: Evidence, ids: list[str]) -> Finding:
    """First a centre, then pairs of a direction (`north`, `south`, `west`, `east`) and a place that should lie there."""
    points = evidence.tables.located([ids[0], *ids[2::2]]).set_index("place_id")
    centre = points.loc[ids[0]]
    lies = {"north": ("latitude", 1), "south": ("latitude", -1), "east": ("longitude", 1), "west": ("longitude", -1)}
    agree = []
    for direction, place in zip(ids[1::2], ids[2::2], strict=True):
        axis, sign = lies[direction]
        agree.append(sign * (points.loc[place, axis] - centre[axis]) > 0)
    placed = points["geonames_name"] + [
        f" at {row.latitude:.1f}° N and {row.longitude:.1f}° E" for row in points.itertuples()
    ]
    told = SAY.say("around", places=[placed[place] for place in ids[2::2]], centre=placed[ids[0]])
    return Finding(_graded(agree, BY_OTHERS), told)


@check
def borders_on_the_map(evidence: Evidence, ids: list[str]) -> Finding:
    """A list of the homeland's neighbours against the map; the id is the list's name."""
    known = set(geography.neighbours(evidence.tables.folder, "Kazakhstan"))
    named = set(evidence.tables.listed(ids[0]))
    return Finding(
        REPRODUCED if known == named else BY_OTHERS,
        SAY.say("neighbours", known=sorted(known)),
    )


@check
def rank_on_the_map(evidence: Evidence, ids: list[str]) -> Finding:
    """A rank by area, and the list of larger countries, against the map."""
    ranked = geography.areas(evidence.tables.folder, without=["Antarctica"]).set_index("name")
    rank = int(ranked.loc["Kazakhstan", "rank"])
    larger = set(ranked.index[: rank - 1])
    agree = []
    for row_id in ids:
        if row_id in set(evidence.tables.lists["list"]):
            agree.append({evidence.tables.map_name[place] for place in evidence.tables.members(row_id)} == larger)
        else:
            agree.append(overlap(evidence.span(row_id), Span(rank, rank)))
    return Finding(
        _graded(agree, BY_OTHERS),
        SAY.say("rank-on-the-map", rank=rank, larger=sorted(larger)),
    )


@check
def borders_homeland(evidence: Evidence, ids: list[str]) -> Finding:
    """Countries that should border Kazakhstan or not: first `touch` or `apart`, then places; rows of lists may follow."""
    wanted = ids[0] == "touch"
    near = set(geography.neighbours(evidence.tables.folder, "Kazakhstan"))
    places = [name for name in ids[1:] if name in evidence.tables.map_name.index]
    agree = [(evidence.tables.map_name[place] in near) == wanted for place in places]
    told = [
        SAY.say("touches", place=evidence.tables.name[place], touches=evidence.tables.map_name[place] in near)
        for place in places
    ]
    return Finding(_graded(agree), SAY.say("on-the-map", told=told))
