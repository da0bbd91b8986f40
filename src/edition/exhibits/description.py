"""A figure in words, for those who cannot see it: its axes, every series with its values, extremes, what is missing.

    describe(record)        # paragraphs, built from the rows that are drawn

One function for each chart of `plots`, which says what that chart shows in the order in which it is read. A text
too long to listen to gives groups and their extremes in place of single values; the data are in the CSV file.
Belongs here: telling a picture in words. Not here: the short alternative text (`gallery`), where the words stand
(`book.card`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from edition.charts.charts import BEND, DENSER
from edition.exhibits.downloads import data
from edition.numbers.wording import listing, number, sentence_case, span, with_noun

WORDS = 250  # the longest description
Options = dict[str, Any]
Paragraphs = list[str]


def describe(record: dict[str, Any]) -> Paragraphs:
    """The description of a figure, a paragraph each for what it is, what it shows, and what stands out.

    Raises:
        KeyError: nothing here says how the chart of the record is told.
    """
    drawn = data(record)
    told, shorter = CHARTS[record["chart"]](drawn, record["options"])
    return told if _words(told) <= WORDS or not shorter else shorter


def _words(paragraphs: Paragraphs) -> int:
    return sum(len(text.split()) for text in paragraphs)


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(f"{sentence_case(part).rstrip('.')}." for part in parts if part)


def _flat(text: object) -> str:
    """A label as one line; "" for a blank cell."""
    return "" if text is None or text != text else " ".join(str(text).split())


def _open(value: Any) -> float:
    return math.nan if value is None or value != value else float(value)


def _bounds(row: Any) -> str:
    return span(_open(row.low), _open(row.high))


def _ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The rows with the lowest and the highest value."""
    low = rows["low"].astype("float64").fillna(rows["high"].astype("float64"))
    high = rows["high"].astype("float64").fillna(rows["low"].astype("float64"))
    return rows.loc[low.idxmin()], rows.loc[high.idxmax()]


def _lowest(row: pd.Series) -> str:
    return number(_open(row["high"]) if math.isnan(_open(row["low"])) else _open(row["low"]))


def _highest(row: pd.Series) -> str:
    return number(_open(row["low"]) if math.isnan(_open(row["high"])) else _open(row["high"]))


def _extremes(rows: pd.DataFrame, name: Callable[[pd.Series], str], unit: str) -> str:
    """Which value is the lowest and which the highest."""
    known = rows.dropna(subset=["low", "high"], how="all")
    if known.empty:
        return ""
    least, most = _ends(known)
    if len(known) == 1:
        return f"One value: {_bounds(least)} {unit} ({name(least)})."
    if _lowest(least) == _highest(most):
        return f"All values are {_lowest(least)} {unit}."
    return f"Lowest: {_lowest(least)} {unit} ({name(least)}). Highest: {_highest(most)} ({name(most)})."


def _estimates(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    names = dict(options["series"])
    beside = dict(options.get("beside") or [])
    linear = options.get("linear") or []
    known = drawn.dropna(subset=["low", "high"], how="all")
    places = list(dict.fromkeys(drawn["place"]))
    across = f"Horizontal axis: {options['unit']}, logarithmic, so that each step is ten times the last"
    if linear:
        across = f"Two horizontal axes of {options['unit']}: from zero for {listing(linear)}" + (
            ", logarithmic for the rest" if len(linear) < len(places) else ""
        )
    lines = [f"{label} at {value:,.0f}" for value, label in options.get("limits") or []]
    what = _sentences(
        [
            f"Dot plot with a row for each of {with_noun(len(places), 'place')} and a mark for each of {with_noun(len(names), 'series', 'series')}: {listing(names.values())}",
            across,
            "A bar is a range" if (known["low"] < known["high"]).any() else "",
            f"Dotted lines: {listing(map(_flat, lines))}" if lines else "",
        ]
    )
    short = {key: label.split(",")[0] for key, label in names.items()}
    one = len(names) == 1

    def row(place: str) -> str:
        mine = known[known["place"] == place]
        told = "; ".join(f"{'' if one else short[r.series] + ' '}{_bounds(r)}" for r in mine.itertuples())
        end = f" ({_flat(beside[place])} at the end of the row)" if place in beside else ""
        return f"{place}: {told or 'no number printed'}{end}"

    def brief(place: str) -> str:
        mine = known[known["place"] == place]
        if mine.empty:
            return f"{place}: no number printed"
        least, most = _ends(mine)
        if _lowest(least) == _highest(most):
            return f"{place}: {_lowest(least)}"
        return f"{place}: {with_noun(len(mine), 'number')}, {_lowest(least)} ({short[least['series']]}) to {_highest(most)} ({short[most['series']]})"

    extremes = _extremes(known, lambda r: f"{short[r['series']]} for {r['place']}", options["unit"])
    return [what, _sentences(map(row, places)), extremes], [what, _sentences(map(brief, places)), extremes]


def _host(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    own, outside = (drawn[(drawn["meaning"] == "outside") == out] for out in (False, True))
    band = options.get("band")
    what = _sentences(
        [
            f"Dot plot with a row for each of {with_noun(len(drawn), 'number')}",
            f"Horizontal axis: {options['unit']}, from zero",
            f"Shaded behind all rows: {_flat(band[2])}, from {number(band[0])} to {number(band[1])}" if band else "",
        ]
    )

    def rows(some: pd.DataFrame) -> str:
        return "; ".join(f"{_flat(r.label)}: {_flat(r.text)}" for r in some.itertuples())

    told = [what, _sentences([f"From the paper: {rows(own)}"])]
    if len(outside):
        told.append(
            _sentences(
                [f"Hollow marks below, {options['outside'][:1].lower()}{options['outside'][1:]}: {rows(outside)}"]
            )
        )
    extremes = _extremes(drawn, lambda r: _flat(r["label"]), options["unit"])
    return [*told, extremes], [what, _per_group(drawn, "meaning"), extremes]


def _per_group(drawn: pd.DataFrame, column: str) -> str:
    """Each group with its count and extremes."""
    parts = []
    for name, group in drawn.groupby(column, sort=False):
        known = group.dropna(subset=["low", "high"], how="all")
        if known.empty:
            parts.append(f"{name}: {with_noun(len(group), 'row')} without a number")
            continue
        least, most = _ends(known)
        parts.append(f"{name}: {with_noun(len(group), 'row')}, {_lowest(least)} to {_highest(most)}")
    return _sentences(parts)


def _balance(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    unsure = (drawn["low"] < drawn["high"]).any()
    hatched = drawn["hatched"].eq(True) if "hatched" in drawn else pd.Series(False, index=drawn.index)
    what = _sentences(
        [
            f"Bar chart of {with_noun(len(drawn), 'quantity', 'quantities')}, from top to bottom",
            f"Horizontal axis: {options['unit']}, from zero",
            "The solid part of a bar ends at the lower bound, the hatched part at the upper" if unsure else "",
            "An arrow at the end of a bar means that there is no upper bound" if drawn["high"].isna().any() else "",
        ]
    )
    rows = [
        f"{_flat(row.label)}: {_flat(row.text)}{', hatched whole' if hatched[row.Index] else ''}"
        for row in drawn.itertuples()
    ]
    return [what, _sentences(rows), _extremes(drawn, lambda r: _flat(r["label"]), options["unit"])], []


def _answers(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    computed = drawn["meaning"] == "computed"
    what = _sentences(
        [
            f"Bar chart of {with_noun(len(drawn), 'answer')}, each a bar below the words of who gives it",
            f"Horizontal axis: {options['unit']}, from zero",
            f"Below a line, under the heading “{options['computed']}”, the bars are hollow, and hatched where they are open",
        ]
    )
    stated = [f"{_flat(row.label)}: {_flat(row.text)}" for row in drawn[~computed].itertuples()]
    found = [f"{_flat(row.label)}: {_bounds(row)}" for row in drawn[computed].itertuples()]
    return [
        what,
        _sentences(stated),
        _sentences(found),
        _extremes(drawn, lambda r: _flat(r["label"]), options["unit"]),
    ], []


def _timeline(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    kinds = dict(options["kinds"])

    def when(row: Any) -> str:
        if math.isnan(_open(row.start)):
            return "not dated"
        began = f"{'before ' if row.start_open else ''}{row.start:.0f}"
        if math.isnan(_open(row.end)):
            return f"{began} on, end not stated"
        return began if row.end == row.start else f"{began}–{row.end:.0f}"

    counted = drawn.dropna(subset=["low", "high"], how="all")
    silent = drawn.drop(counted.index)
    dated = drawn["start"].dropna()
    what = _sentences(
        [
            f"Chart of {with_noun(len(drawn), 'row')} in two halves: on the left when, on the right how many persons",
            f"The years run to {options['until']}, those before {BEND} drawn {DENSER} times denser; the earliest bar begins in {dated.min():.0f}",
            f"Colours: {listing(kinds.values())}",
        ]
    )
    full = [
        f"{_flat(row.label)} ({kinds.get(row.meaning, row.meaning)}), {when(row)}: {_flat(row.text)}"
        for row in drawn.itertuples()
    ]
    numbered = [f"{_flat(row.label)}, {when(row)}: {_flat(row.text)}" for row in counted.itertuples()]
    rest = f"Without a number: {'; '.join(f'{_flat(row.label)}, {when(row)}' for row in silent.itertuples())}"
    events = [
        f"{label}, marked by ticks: {listing(f'{year:.0f}' for year in years)}{f'; {_flat(text)}' if text else ''}"
        for label, years, text in options["events"]
    ]
    ends = _extremes(counted, lambda r: _flat(r["label"]), "persons")
    return [what, _sentences(full), _sentences(events), ends], [
        what,
        _sentences(numbered),
        _sentences([rest] if len(silent) else []),
        _sentences(events),
        ends,
    ]


def _shares(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    what = _sentences(
        [
            "Dot plot in rows",
            "Horizontal axis: Kazakhs abroad, per cent of all Kazakhs",
            "A row for each number at home, a dot for each number abroad",
        ]
    )
    rows = []
    for label, group in drawn.groupby("row", sort=False):
        pairs = dict.fromkeys(f"{row.percent:.1f} % with {_flat(row.text)} abroad" for row in group.itertuples())
        rows.append(f"{_flat(label)}: {listing(pairs)}")
    claims = [
        f"{_flat(claim['label'])}: {span(claim['low'], claim['high'], 0 if claim['low'] == round(claim['low']) else 1)} %"
        for claim in options["claims"]
    ]
    least, most = drawn.loc[drawn["percent"].idxmin()], drawn.loc[drawn["percent"].idxmax()]
    ends = (
        f"Lowest: {least['percent']:.1f} % ({_flat(least['text'])} abroad, {_flat(least['row'])}). "
        f"Highest: {most['percent']:.1f} % ({_flat(most['text'])} abroad, {_flat(most['row'])})."
    )
    return [what, _sentences(rows), f"Bands below: {'; '.join(claims)}." if claims else "", ends], []


def _matrix(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    columns = {key: _flat(label) for key, label in options["columns"]}
    what = _sentences(
        [
            f"Matrix with a row for each of {with_noun(len(drawn), 'host')}, and the columns {listing(columns.values())}",
            "A full disc: the host is named; a ring: it is meant as a CIS country; a question mark: nothing is said",
        ]
    )
    parts, counts = [], {}
    for key, label in columns.items():
        mine = drawn[drawn["script"] == key]
        counts[label] = len(mine)
        names = [f"{row.name}{' (ring)' if key and row.how != 'named' else ''}" for row in mine.itertuples(index=False)]
        parts.append(f"{label}, {with_noun(len(mine), 'host')}: {listing(names)}" if names else f"{label}: no host")
    least, most = min(counts, key=counts.__getitem__), max(counts, key=counts.__getitem__)
    ends = f"Fewest: {counts[least]} ({least}). Most: {counts[most]} ({most})."
    return [what, _sentences(parts), ends], []


def _counts(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    low, high = options["band"]
    what = _sentences(
        [
            f"Time chart of {with_noun(len(drawn), 'count')}, as hollow squares joined by a broken line",
            f"Horizontal axis: years, from {options['since']:.0f} to {options['until']:.0f}; vertical axis: {options['unit']}, from zero",
            f"A band across all years, from {number(low)} to {number(high)}: {_flat(options['named'])}",
        ]
    )
    rows = [f"{row.as_of}: {_bounds(row)}" for row in drawn.itertuples()]
    return [what, _sentences(rows), _extremes(drawn, lambda r: str(r["as_of"]), "persons")], []


def _tally(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    unit = options["unit"]
    whole = drawn["solid"] + drawn["open"]
    split = drawn["open"].gt(0).any()
    what = _sentences(
        [
            f"Bar chart of {with_noun(len(drawn), 'bar')}, from top to bottom, {number(whole.sum())} {unit} in all",
            f"Horizontal axis: {unit}, from zero",
            "Each bar has a solid and a hatched part; the caption says what they mean" if split else "",
        ]
    )
    rows = [
        f"{_flat(row.label)}: {row.solid + row.open:,}"
        + (f" ({row.solid:,} solid, {row.open:,} hatched)" if split else "")
        for row in drawn.itertuples()
    ]
    least, most = drawn.loc[whole.idxmin()], drawn.loc[whole.idxmax()]
    ends = f"Lowest: {whole.min():,} ({_flat(least['label'])}). Highest: {whole.max():,} ({_flat(most['label'])})."
    return [what, _sentences(rows), ends], [what, _sentences([f"the first bars are {rows[0]}", *rows[1:6]]), ends]


def _curve(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    unit, places = options["unit"], 0 if drawn["value"].mod(1).eq(0).all() else 2
    target = [number(end, 0 if float(end).is_integer() else 1) for end in options["target"] if end is not None]
    claimed = (
        f"Claimed, as a {'band' if len(set(target)) == 2 else 'line'}: {listing(dict.fromkeys(target))}"
        if target
        else ""
    )
    quartiles = drawn.sort_values("rank")["value"].quantile([0.25, 0.5, 0.75], interpolation="nearest")
    holds = int(drawn["holds"].sum())
    what = _sentences(
        [
            f"Above, a rising curve of {with_noun(len(drawn), 'dot')}, each a combination of choices, sorted by value",
            f"Vertical axis: {unit}",
            claimed,
        ]
    )
    value = _sentences(
        [
            f"lowest: {number(drawn['value'].min(), places)}; a quarter of the dots lie at or below {number(quartiles[0.25], places)}, "
            f"half at or below {number(quartiles[0.5], places)}, three quarters at or below {number(quartiles[0.75], places)}; "
            f"highest: {number(drawn['value'].max(), places)}",
            f"the claim holds in {number(holds)} of the dots drawn, coloured so",
        ]
    )
    groups: dict[str, list[tuple[str, float]]] = {}
    for choice, option, percent in options["choices"]:
        if option:
            groups.setdefault(str(choice), []).append((str(option), float(percent)))
    lower = "Below, a row for each option, with a tick under every dot that takes it and, at its end, in how many of all combinations with it the claim holds."

    def held(percent: float) -> str:
        return f"{percent:.0f} %" if percent == 0 or percent >= 1 else "under 1 %"

    rows = [
        f"{choice}: " + "; ".join(f"{option} {held(percent)}" for option, percent in some)
        for choice, some in groups.items()
    ]
    brief = []
    for choice, some in groups.items():
        least, most = min(some, key=lambda pair: pair[1]), max(some, key=lambda pair: pair[1])
        brief.append(
            f"{choice}, {with_noun(len(some), 'option')}: from {held(least[1])} ({least[0]}) to {held(most[1])} ({most[0]})"
        )
    return [what, value, f"{lower} {_sentences(rows)}"], [what, value, f"{lower} {_sentences(brief)}"]


def _against_counts(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    def off(low: Any, high: Any) -> str:
        if math.isnan(_open(high)):
            return f"{_percent(low)} or more"
        return _percent(low) if low == high else f"{_percent(low)} to {_percent(high)}"

    what = _sentences(
        [
            f"Dot plot of {with_noun(len(drawn), 'estimate')} in {with_noun(drawn['group'].nunique(), 'group')} by place",
            "Horizontal axis: per cent above or below the nearest count, zero being the count",
            f"Shaded: within {options['tolerance']:g} per cent of it, {with_noun(int(drawn['fits'].sum()), 'estimate')}; beside each mark the year of the estimate and of the count",
        ]
    )
    full, brief = [], []
    for group, rows in drawn.groupby("group", sort=False):
        told = "; ".join(f"{_flat(row.label)} {off(row.off_low, row.off_high)}" for row in rows.itertuples())
        full.append(f"{group}: {told}")
        least, most = rows["off_low"].min(), rows["off_high"].fillna(rows["off_low"]).max()
        brief.append(f"{group}, {with_noun(len(rows), 'estimate')}: {off(least, most)}")
    top = drawn["off_high"].fillna(drawn["off_low"])
    low, high = drawn.loc[drawn["off_low"].idxmin()], drawn.loc[top.idxmax()]
    ends = (
        f"Lowest: {_percent(low['off_low'])} ({_flat(low['label'])}, {low['group']}). "
        f"Highest: {_percent(top.max())} ({_flat(high['label'])}, {high['group']})."
    )
    return [what, _sentences(full), ends], [what, _sentences(brief), ends]


def _percent(value: float) -> str:
    text = f"{value:+.1f}".replace("-", "−")
    return f"{'0.0' if text in ('+0.0', '−0.0') else text} %"


def _lines(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    full, brief = [], []
    for (panel, line), group in drawn.groupby(["panel", "line"], sort=False):
        name = f"{panel}, {line}" if panel else str(line)
        points = [f"at {row.at:g} {_bounds(row)}" for row in group.itertuples()]
        full.append(f"{name}: {listing(points)}")
        brief.append(f"{name}: {points[0]}, {points[-1]}")
    level = f", with a line at {number(options['level'][0])}: {options['level'][1]}" if options.get("level") else ""
    panels = drawn["panel"].nunique()
    parted = f" in {with_noun(panels, 'panel')}" if panels > 1 else ""
    what = _sentences(
        [
            f"Line chart{parted}: {options['unit']} along {options['across']}{level}",
            f"{sentence_case(with_noun(len(full), 'line'))}, each with a mark for {with_noun(drawn['at'].nunique(), 'setting')}",
            "Each step of the upright axis is twice the last" if options.get("doubling") else "",
        ]
    )
    ends = _sentences([_extremes(drawn, lambda row: _flat(f"{row['line']} at {row['at']:g}"), options["unit"])])
    return [what, _sentences(full), ends], [what, _sentences(brief), ends]


MARKS = {
    "town": "towns, as dots",
    "region": "regions without stated bounds, as soft patches",
    "number": "numbers, as discs by size",
    "country": "countries, filled",
    "note": "notes",
}


def _map(drawn: pd.DataFrame, options: Options) -> tuple[Paragraphs, Paragraphs]:
    drawn = drawn.reindex(columns=list(dict.fromkeys([*drawn.columns, *MAP_COLUMNS])))
    panels = [title for title, *_ in options.get("panels", [["", None, None]])]
    named = [label for _, label in options.get("named", [])] or [
        label for *_, pairs in options.get("panels", []) for _, label in pairs
    ]
    others = [name for name in dict.fromkeys(map(_flat, named)) if name != options["home"]]
    key = {str(mark): _flat(text) for mark, text in options["key"]}
    what = _sentences(
        [
            f"{'Map' if len(panels) == 1 else with_noun(len(panels), 'map') + ', one above the other'}, north at the top",
            f"Titles: {listing(map(_flat, panels))}" if any(panels) else "",
            f"{options['home']} is filled as the homeland" if options["home"] else "",
            f"Named for orientation: {listing(others)}" if others else "",
        ]
    )
    arrows = drawn[drawn["mark"] == "arrow"]
    sites = drawn[drawn["mark"].isin(MARKS) & ((drawn["label"].map(_flat) != "") | (drawn["detail"].map(_flat) != ""))]
    places = []
    for (mark, role), group in sites.assign(role=sites["role"].map(_flat)).groupby(["mark", "role"], sort=False):
        texts = dict.fromkeys(_site(row) for row in group.itertuples())
        as_role = f" ({key.get(str(role), role)})" if role else ""
        places.append(f"{MARKS[str(mark)]}{as_role}: {listing(texts)}")
    stems = arrows["part"].map(_flat) == "stem"
    forks = [f"{_flat(row.begins)}, {number(float(row.low))} persons" for row in arrows[stems].itertuples()]
    ways = dict.fromkeys(_way(row) for row in arrows[~stems].itertuples())
    forked = f"forks, as wide as their number, begin in {'; '.join(forks)}" if forks else ""
    moves = with_noun(len(ways), "arrow") + f": {'; '.join(ways)}" if ways else "no arrow is drawn"
    brief = []
    for start, group in arrows[~stems].groupby("begins", sort=False, dropna=False):
        brief.append(f"from {_flat(start)} to {listing(dict.fromkeys(group['ends'].map(_flat)))}")
    badges = [text for mark, text in key.items() if mark.startswith("badge:")]
    numbered = f"Numbers in discs on the arrows, as the key has them: {'; '.join(badges)}" if badges else ""
    silent = drawn.loc[drawn["silent"].eq(True), "label"].map(_flat)
    missing = (
        f"Ringed question marks, for a number of people not stated: {listing(dict.fromkeys(filter(None, silent)))}"
    )
    ends = _sentences([missing if silent.any() else "", _largest(drawn)])
    return [what, _sentences([*places, numbered, forked, moves]), ends], [
        what,
        _sentences([*places, numbered, forked, f"arrows {'; '.join(brief)}" if brief else "no arrow is drawn"]),
        ends,
    ]


MAP_COLUMNS = ("mark", "role", "label", "detail", "begins", "ends", "low", "high", "silent", "by", "part")


def _site(row: Any) -> str:
    label, detail = _flat(row.label), _flat(row.detail)
    return f"{label} ({detail})" if label and detail else label or detail


def _way(row: Any) -> str:
    counted = "" if math.isnan(_open(row.low)) else f", {number(float(row.low))} persons"
    by = f", {_flat(row.by)}" if _flat(row.by) else ""
    return f"{_flat(row.begins)} to {_flat(row.ends)}{by}{counted}"


def _largest(drawn: pd.DataFrame) -> str:
    """The lowest and the highest number on a map, where it draws any."""
    sized = drawn[drawn["mark"].isin(["number", "arrow"])]
    sized = sized[sized["low"].notna() | sized["high"].notna()]
    sized = sized.assign(high=sized["high"].where(sized["mark"] != "arrow", sized["low"]))  # an arrow has one width
    if sized.empty:
        return "No mark is drawn by size"

    def name(row: pd.Series) -> str:
        return _flat(row["label"]) or f"from {_flat(row['begins'])}"

    return _extremes(sized, name, "persons")


CHARTS: dict[str, Callable[[pd.DataFrame, Options], tuple[Paragraphs, Paragraphs]]] = {
    "charts.estimates": _estimates,
    "charts.host": _host,
    "charts.balance": _balance,
    "charts.timeline": _timeline,
    "charts.shares": _shares,
    "charts.matrix": _matrix,
    "charts.counts": _counts,
    "verdicts.tally": _tally,
    "verdicts.curve": _curve,
    "verdicts.against_counts": _against_counts,
    "sweeps.lines": _lines,
    "totals.answers": _answers,
    "maps.stage": _map,
    "maps.sheet": _map,
}
