"""Checks: each takes the evidence and the ids of the rows a claim names, and returns verdict and reason.

A check is named in the column `check` of `data/claims.csv`; the ids are those of the column `value_ids`, in
its order. Belongs here: what numbers decide about a claim. Not here: what the claims are (`data/`).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from analysis.claims import headlines
from analysis.claims.evidence import Evidence
from analysis.computing import stocks
from edition.claims.multiverse import Universe
from edition.claims.verdicts import BY_ITSELF, BY_OTHERS, IN_PART, OPEN, REPRODUCED, Finding
from edition.maps import geography
from edition.numbers.bounds import Span, add, overlap
from edition.numbers.wording import in_words, listing, number, percent, span

Check = Callable[[Evidence, list[str]], Finding]
CHECKS: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Make a function known under its name."""
    CHECKS[function.__name__] = function
    return function


def _graded(agree: list[bool], against: str = BY_ITSELF) -> str:
    """All agree, some, or none."""
    return REPRODUCED if all(agree) else IN_PART if any(agree) else against


def _of_all(agree: list[bool]) -> str:
    """How many of the numbers told after it agree: all three, two of three, none of three."""
    count, size = sum(agree), in_words(len(agree))
    if count == len(agree):
        return {1: "the number", 2: "both numbers"}.get(count, f"all {size} numbers")
    return f"{in_words(count) if count else 'none'} of {size} numbers"


# ---- numbers against other numbers of the paper


@check
def sum_of_parts(evidence: Evidence, ids: list[str]) -> Finding:
    """First the total, then its parts."""
    total, parts = ids[0], evidence.numbers.loc[ids[1:]]
    added = add(parts)
    agree = overlap(evidence.span(total), added)
    return Finding(
        REPRODUCED if agree else BY_ITSELF,
        f"The {in_words(len(parts))} numbers add up to {span(*added)}; the total is given as {evidence.said(total)}.",
    )


@check
def sum_of_column(evidence: Evidence, ids: list[str]) -> Finding:
    """The printed total of a column of Table 1 against its host rows."""
    row = evidence.tables.row("stocks", ids[0])
    mine = stocks.exhibit(evidence.tables, str(row["exhibit"])).query("source_id == @row.source_id")
    added = stocks.total(mine, str(row["source_id"]))
    with_home = stocks.total(mine, str(row["source_id"]), home=True)
    home = f"; with the number for Kazakhstan it would be {span(*with_home)}" if with_home != added else ""
    return Finding(
        REPRODUCED if overlap(evidence.span(ids[0]), added) else BY_ITSELF,
        f"The host rows of the column add up to {span(*added)}{home}.",
    )


@check
def adds_to_hundred(evidence: Evidence, ids: list[str]) -> Finding:
    """Percentages that should make a whole."""
    added = add(evidence.numbers.loc[ids])
    return Finding(
        REPRODUCED if overlap(added, Span(100, 100), 0.1) else BY_ITSELF,
        f"{listing(map(evidence.said, ids))} add up to {added.low:.4g} %.",
    )


@check
def same_number(evidence: Evidence, ids: list[str]) -> Finding:
    """The claim's own number first, then the others that the paper prints for the same thing."""
    own = evidence.span(ids[0])
    agree = [overlap(own, evidence.span(other)) for other in ids[1:]]
    verdict = REPRODUCED if all(agree) else BY_ITSELF
    return Finding(verdict, f"Elsewhere the paper prints {listing(map(evidence.said, ids[1:]))} for the same.")


@check
def rivals(evidence: Evidence, ids: list[str]) -> Finding:
    """An estimate beside the paper's other numbers for the same place, when no count can decide."""
    row = evidence.rivals.set_index("id").loc[ids[0]]
    others = evidence.rivals[(evidence.rivals["place_id"] == row["place_id"]) & (evidence.rivals["id"] != ids[0])]
    if others.empty:
        return Finding(OPEN, "No other number is printed for it, and no count is at hand.")
    ends = stocks.extremes(others).iloc[0]
    return Finding(
        OPEN,
        f"No count is at hand. The paper's {in_words(len(others))} other number{'s' if len(others) > 1 else ''} "
        f"for {row['name']}: {span(ends['low'], ends['high'])}.",
    )


@check
def part_within_whole(evidence: Evidence, ids: list[str]) -> Finding:
    """First the part, then every number for the whole."""
    part = evidence.span(ids[0])
    smaller = [other for other in ids[1:] if evidence.span(other).high < part.low]
    if not smaller:
        return Finding(REPRODUCED, f"No number for the whole is smaller than {evidence.said(ids[0])}.")
    verdict = BY_ITSELF if len(smaller) > len(ids[1:]) / 2 else IN_PART
    return Finding(
        verdict,
        f"{in_words(len(smaller)).capitalize()} of the paper's {in_words(len(ids) - 1)} numbers for the whole "
        f"{'is' if len(smaller) == 1 else 'are'} smaller than this number for a part.",
    )


@check
def as_many_as_named(evidence: Evidence, ids: list[str]) -> Finding:
    """First how many there are said to be, then the rows that name them; or the name of one list."""
    named = evidence.named(ids[1:])
    return Finding(
        REPRODUCED if overlap(evidence.span(ids[0]), Span(len(named), len(named))) else BY_ITSELF,
        f"The paper says {evidence.said(ids[0])} and names {number(len(named))}.",
    )


@check
def differ(evidence: Evidence, ids: list[str]) -> Finding:
    """Numbers for the same that are said to disagree."""
    spans = [evidence.span(row_id) for row_id in ids]
    apart = any(not overlap(one, other) for n, one in enumerate(spans) for other in spans[n + 1 :])
    return Finding(REPRODUCED if apart else BY_ITSELF, f"The paper prints {listing(map(evidence.said, ids))}.")


@check
def larger_than(evidence: Evidence, ids: list[str]) -> Finding:
    """First the number, then those that it should exceed."""
    own = evidence.span(ids[0])
    agree = [evidence.span(other).high < own.low for other in ids[1:]]
    others = listing(dict.fromkeys(map(evidence.said, ids[1:])))
    if len(agree) == 1:
        return Finding(
            _graded(agree), f"{evidence.said(ids[0])} is {'larger' if agree[0] else 'not larger'} than {others}."
        )
    return Finding(_graded(agree), f"It is larger than {_of_all(agree)}: {others}.")


@check
def each_at_least(evidence: Evidence, ids: list[str]) -> Finding:
    """First the bound, then the numbers that should reach it."""
    least = evidence.span(ids[0])
    agree = [overlap(Span(least.low, math.nan), evidence.span(other)) for other in ids[1:]]
    told = listing(map(evidence.said_by, ids[1:]))
    return Finding(_graded(agree), f"It is reached by {_of_all(agree)}: {told}.")


@check
def each_near(evidence: Evidence, ids: list[str]) -> Finding:
    """First a loose number, then those it stands for; near is within a fifth."""
    own = evidence.span(ids[0])
    agree = [overlap(own, evidence.span(other), 0.2 * own.low) for other in ids[1:]]
    others = listing(map(evidence.said_by, ids[1:]))
    return Finding(
        _graded(agree),
        f"To within a fifth it agrees with {_of_all(agree)}: {others}.",
    )


@check
def ranked_by_size(evidence: Evidence, ids: list[str]) -> Finding:
    """A place's rank in Table 2 against both columns of numbers."""
    place = evidence.tables.row("quantities", ids[0])["place_id"]
    rows = stocks.exhibit(evidence.tables, "Table 2").dropna(subset=["low"])
    agree, told = [], []
    for column, mine in rows.groupby("source_id", sort=False):
        cells = mine.set_index("place_id")
        if place not in cells.index:
            continue
        best = 1 + int((cells["low"] > cells.loc[place, "high"]).sum())
        worst = int((cells["high"] >= cells.loc[place, "low"]).sum())
        agree.append(overlap(evidence.span(ids[0]), Span(best, worst)))
        place_of = f"{best}" if best == worst else f"{best} to {worst}"
        told.append(f"{place_of} in the {'official' if 'official' in str(column) else 'field'} column")
    if not agree:
        return Finding(OPEN, "The row has no number to rank it by.")
    return Finding(_graded(agree), f"By size it is number {listing(told)}.")


@check
def size_category(evidence: Evidence, ids: list[str]) -> Finding:
    """Members of a size category, in every printed column that has a number for them."""
    rows = stocks.size_audit(evidence.tables, edges="included").query("category in @ids")
    outside_ = rows[~rows["inside"]]
    told = listing(dict.fromkeys(outside_["name"]))
    return Finding(
        REPRODUCED if outside_.empty else IN_PART,
        f"{in_words(len(outside_)).capitalize()} of the {number(len(rows))} printed numbers for its members "
        f"{'lies' if len(outside_) == 1 else 'lie'} outside its bounds" + (f" (for {told})." if told else "."),
    )


@check
def implied_base(evidence: Evidence, ids: list[str]) -> Finding:
    """First a percentage, then the number it is of a whole that is not printed; outside counts may follow."""
    share, part = evidence.span(ids[0]), evidence.span(ids[1])
    base = Span(100 * part.low / share.high, 100 * part.high / share.low)
    told = f"Together the two imply a whole of {span(*base)}, which the paper does not print"
    others = map(evidence.said_by, ids[2:])
    return Finding(OPEN, told + (f"; set beside it: {listing(others)}." if ids[2:] else "."))


@check
def doubled_unit(evidence: Evidence, ids: list[str]) -> Finding:
    """A population whose digits are followed by a word that multiplies them, against the area printed."""
    crowd = evidence.span(ids[0]).low / evidence.span(ids[1]).low
    return Finding(
        BY_ITSELF if crowd > 1e5 else OPEN,
        f"Digits and word together would put {number(crowd)} people on each square kilometre of the area the paper "
        f"gives; the digits alone put {number(crowd / 1e6)} there.",
    )


@check
def of_all_kazakhs(evidence: Evidence, ids: list[str]) -> Finding:
    """A number for all Kazakhs against every number at home with every number abroad."""
    away, home = headlines.abroad(evidence.tables), headlines.at_home(evidence.tables)
    sums = [one + other for one in away.values() for other in home.values()]
    agree = [overlap(evidence.span(ids[0]), Span(value, value)) for value in sums]
    return Finding(
        _graded(agree),
        f"Numbers at home and abroad add up to between {number(min(sums))} and {number(max(sums))}; "
        f"{number(sum(agree))} of {number(len(agree))} sums fit.",
    )


@check
def under_every_choice(evidence: Evidence, ids: list[str]) -> Finding:
    """A headline claim in every combination of choices; the id is the claim's name in the multiverse."""
    return _in_combinations(headlines.HEADLINES[ids[0]](evidence.tables))


@check
def a_third_of_five_million(evidence: Evidence, ids: list[str]) -> Finding:
    """The share abroad if the association's number is right, in every combination of the other choices."""
    universe = headlines.one_third(evidence.tables).only("Kazakhs abroad", headlines.ASSOCIATION)
    return _in_combinations(universe)


def _in_combinations(universe: Universe) -> Finding:
    return Finding(
        REPRODUCED if universe.share == 1 else BY_ITSELF if universe.count == 0 else IN_PART,
        f"It holds in {number(universe.count)} of {number(universe.size)} combinations of choices "
        f"({percent(universe.count, universe.size)}); the choice that moves it most: {universe.influence().index[0]}.",
    )


# ---- numbers, dates and places against what is known from outside the paper


@check
def counted(evidence: Evidence, ids: list[str]) -> Finding:
    """An estimate beside the nearest count; without one, beside the paper's rivals."""
    row = evidence.benchmark.loc[ids[0]]
    if not row["count_id"]:
        if row["place_id"] == stocks.HOME:
            return Finding(OPEN, "No count is near enough in time.")
        beside = rivals(evidence, ids)
        return (
            beside._replace(reason=beside.reason.replace("is at hand", "is near enough in time"))
            if row["counts"]
            else beside
        )
    how = "nearest in time" if row["dated"] else "nearest in size, the number being undated"
    if row["off"] == 0:
        told = "the same" if row["low"] == row["high"] else "within the bounds given"
    else:
        off = "less than 0.1 %" if abs(row["off"]) < 0.05 else f"{abs(row['off']):.1f} %"
        told = f"the number is {off} {'above' if row['off'] > 0 else 'below'} it"
    return Finding(
        REPRODUCED if row["fits"] else BY_OTHERS,
        f"{row['counted']}: {number(row['count'])} ({how}); {told}.",
    )


@check
def near_outside(evidence: Evidence, ids: list[str]) -> Finding:
    """First the paper's number, then outside numbers for the same; percentages agree within half a point."""
    own = evidence.span(ids[0])
    points = evidence.numbers.loc[ids[0], "unit"] == "percent"
    agree = [
        overlap(own, evidence.span(o), 0.5 if points else evidence.tolerance_percent / 100 * evidence.span(o).low)
        for o in ids[1:]
    ]
    others = listing(map(evidence.said_by, ids[1:]))
    return Finding(_graded(agree, BY_OTHERS), f"Outside the paper: {others}.")


@check
def rounds_to(evidence: Evidence, ids: list[str]) -> Finding:
    """First the paper's rounded number, then outside numbers that it may be the rounding of."""
    own = evidence.span(ids[0]).low
    last = 10 ** (math.floor(math.log10(own)) - 2)  # three figures
    agree = [round(evidence.span(other).low / last) * last == own for other in ids[1:]]
    said = {other: evidence.said_by(other) for other in ids[1:]}
    fits = listing(told for told, fit in zip(said.values(), agree, strict=True) if fit)
    misses = listing((told for told, fit in zip(said.values(), agree, strict=True) if not fit), "or")
    told = f"It is the rounding of {fits}" if fits else f"It is not the rounding of {misses}"
    return Finding(_graded(agree, BY_OTHERS), told + (f", not of {misses}." if fits and misses else "."))


@check
def between_outside(evidence: Evidence, ids: list[str]) -> Finding:
    """First the paper's number, then outside counts of the same, growing in time."""
    own = evidence.span(ids[0])
    counts = evidence.numbers.loc[ids[1:], "low"]
    inside = overlap(own, Span(float(counts.min()), float(counts.max())))
    first, last = counts.idxmin(), counts.idxmax()
    return Finding(
        REPRODUCED if inside else BY_OTHERS,
        f"It {'lies between' if inside else 'does not lie between'} {evidence.said_by(first)} and {evidence.said_by(last)}.",
    )


@check
def met(evidence: Evidence, ids: list[str]) -> Finding:
    """First an event of the paper, then what is known of it from outside: the date, as far as both go."""
    event = evidence.tables.row("events", ids[0])
    rows = evidence.tables.rows("outside", ids[1:])
    agree, told = [], []
    for row in rows.itertuples():
        begins, _, ends = row.as_of.partition("/")
        known = len(begins)
        ends = ends or ("9" if "/" in row.as_of else begins)  # an open end
        agree.append(bool(event["start"]) and begins <= event["start"][:known] <= ends[:known])
        days = f"from {row.as_of[:-1]}" if row.as_of.endswith("/") else row.as_of.replace("/", " to ")
        told.append(f"{days} in {evidence.tables.name[row.place_id]} ({evidence.counted_by(row.id)})")
    if not event["start"]:
        return Finding(OPEN, f"The paper gives no date. Outside it: {listing(told)}.")
    only_year = all(len(row.as_of) == 4 for row in rows.itertuples())
    verdict = _graded(agree, BY_OTHERS)
    return Finding(IN_PART if verdict == REPRODUCED and only_year else verdict, f"Outside the paper: {listing(told)}.")


@check
def borders_on_the_map(evidence: Evidence, ids: list[str]) -> Finding:
    """A list of the homeland's neighbours against the map; the id is the list's name."""
    known = set(geography.neighbours(evidence.tables.folder, "Kazakhstan"))
    named = set(evidence.tables.listed(ids[0]))
    return Finding(
        REPRODUCED if known == named else BY_OTHERS,
        f"On the map of Natural Earth Kazakhstan touches {listing(sorted(known))}.",
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
        f"By area on the map of Natural Earth it is number {rank}, after {listing(sorted(larger))}.",
    )


@check
def borders_homeland(evidence: Evidence, ids: list[str]) -> Finding:
    """Countries that should border Kazakhstan or not: first `touch` or `apart`, then places; rows of lists may follow."""
    wanted = ids[0] == "touch"
    near = set(geography.neighbours(evidence.tables.folder, "Kazakhstan"))
    places = [name for name in ids[1:] if name in evidence.tables.map_name.index]
    agree = [(evidence.tables.map_name[place] in near) == wanted for place in places]
    told = listing(
        f"{evidence.tables.name[place]} {'touches' if evidence.tables.map_name[place] in near else 'does not touch'} Kazakhstan"
        for place in places
    )
    return Finding(_graded(agree), f"On the map {told}.")
