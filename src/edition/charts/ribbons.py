"""Moves through time and place: years run down, places stand side by side, a ribbon from one to another is as wide as its number."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from edition.charts.chart import Chart, Description
from edition.charts.marks import beside
from edition.charts.sentences import one_line, sentences
from edition.charts.spread import spread
from edition.charts.style import SMALL, TEXT, Scheme, drawing, new_figure
from edition.numbers.wording import listing, number, sentence_case, with_noun

YEAR = 4.4  # points
EARLY = 24.0  # points: height of a row before the even axis begins
LINE = 15.4  # points: height of a line of text
APART = 7.0  # points: between the names of two moves
AXIS, NAMES, HEAD = 32.0, 176.0, 98.0  # points: room for the years, for the names of the moves, for those of the places
THREAD = 1.1  # points: width of a line without a number, and of the narrowest with one
OPEN = 5  # years that a move without a stated end takes in the picture
DASHED = (0, (3, 2))
DISC = 16.0  # points: of a number in a disc
LETTERS = 34  # of a line of a name
NEXT = "\n "  # a line that is empty
End = tuple[tuple[float, float], int]  # a point, and on which side of it there is room: 1 right, −1 left


class Ribbons(Chart):
    """Moves on an even axis of years. A ribbon with a number is as wide as it; a dashed thread has none.

    Rows, one per way of a move: `move` (its id), `label` (what is written for it, the same in all its rows), `start` and `end`
    (years; `end` blank: open), `origin` and `destination` (two of `places`), `low` (persons; blank: no number), `part`
    ("stem": a number for all ways of the move together, standing in its destination; "" otherwise), `doubt` (bool: in words that
    are unclear), `meaning`.

    Attributes:
        places: from left to right.
        unstated: one of them that stands for no place, where an end is not stated.
        home: one of them that is set off; "" for none.
        since, until: the years of the even axis; moves that begin before it stand above it in the order of their years.
        per_point: persons for a point of width.
        unit: of the numbers.
    """

    places: tuple[str, ...]
    unstated: str
    home: str = ""
    since: int
    until: int
    per_point: float
    unit: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The moves, named at the right or, where that is too narrow, in a numbered list below."""
        early = list(dict.fromkeys(data.loc[data["start"] < self.since, "move"]))
        moves = list(dict.fromkeys(data.sort_values(["start", "end"], kind="stable", na_position="last")["move"]))
        with drawing(scheme):
            figure = new_figure(1)
            width = 72 * figure.get_figwidth()
            wide = not scheme.narrow
            head = HEAD
            top = max(EARLY * len(early), 30) + 12 if early else 0.0
            deep = head + top + YEAR * (self.until - self.since) + 12
            labels = {row.move: one_line(row.label) for row in data.itertuples()}
            counted = set(data.loc[data["low"].notna(), "move"])
            listed = (
                []
                if wide
                else [
                    (shown, line, move)
                    for n, move in enumerate(moves, start=1)
                    for shown, line in _numbered(n, labels[move], width)
                ]
            )
            height = deep + (LINE * len(listed) + 14 if listed else 0)
            figure.set_figheight(height / 72)
            figure.set_layout_engine("none")
            axes = figure.add_axes((0, 0, 1, 1))
            axes.set_axis_off()
            axes.set(xlim=(0, width), ylim=(height, 0))
            left, right = (AXIS, width - NAMES) if wide else (AXIS + DISC / 2, width - 0.7 * DISC)
            across = (right - left) / len(self.places)
            x = {place: left + across * (n + 0.5) for n, place in enumerate(self.places)}
            rows = {move: head + EARLY * (n + 0.5) for n, move in enumerate(early)}

            def y(move: str, year: float) -> float:
                return (
                    rows[move]
                    if move in rows
                    else head + top + YEAR * (min(max(year, self.since), self.until) - self.since)
                )

            self._ground(axes, x, across, right, head, top, deep, scheme)
            ends = {}
            for move in moves:
                ways = data[data["move"] == move]
                ends[move] = self._move(axes, ways, x, y, scheme)
            if wide:
                begins = [y(move, start) for move, start in data.groupby("move")["start"].min()[moves].items()]
                self._names(axes, moves, labels, counted, begins, right, head, deep)
            self._numbers(axes, ends, scheme)
            if not wide:
                for n, (number_, line, name) in enumerate(listed):
                    at_y = deep + 8 + LINE * (n + 0.5)
                    if number_:
                        beside(axes, str(number_), 16, at_y, gap=0, ha="right", weight=600)
                    beside(axes, line, 22, at_y, gap=0, weight=600 if name in counted else 400)
        return figure

    def _ground(
        self,
        axes: Axes,
        x: dict[str, float],
        across: float,
        right: float,
        head: float,
        top: float,
        deep: float,
        scheme: Scheme,
    ) -> None:
        """Years and places."""
        for place, at in x.items():
            mine = place == self.home
            if mine or place == self.unstated:
                axes.add_patch(Rectangle((at - across / 2, head), across, deep - head - 10, color=scheme.home if mine else scheme.grid,
                                         alpha=0.3 if mine else 0.4, lw=0, zorder=0))  # fmt: skip
            axes.plot([at, at], [head, deep - 10], color=scheme.grid, lw=0.8, zorder=0)
            look: dict[str, Any] = {"size": TEXT, "weight": 600 if mine else 400, "color": scheme.soft if place == self.unstated else scheme.ink,
                                    "style": "italic" if place == self.unstated else "normal", "linespacing": 1.0}  # fmt: skip
            axes.annotate(place, (at, head - 3), ha="center", va="bottom", rotation=90, **look)
        for year in range(math.ceil(self.since / 10) * 10, self.until + 1, 10):
            at = head + top + YEAR * (year - self.since)
            axes.plot([AXIS - 3, right], [at, at], color=scheme.grid, lw=0.6 if year % 20 else 0.9, zorder=0)
            if year % 20 == 0:
                beside(axes, str(year), AXIS - 6, at, gap=0, ha="right", color=scheme.soft)
        if top:
            axes.annotate(
                f"before\n{self.since}",
                (AXIS - 6, head + (top - 16) / 2),
                ha="right",
                va="center",
                size=SMALL,
                color=scheme.soft,
                linespacing=1.0,
            )
            axes.plot([0, right], [head + top - 6] * 2, color=scheme.soft, lw=0.9, ls=(0, (1, 2)), zorder=1)

    def _move(self, axes: Axes, ways: pd.DataFrame, x: dict[str, float], y: Any, scheme: Scheme) -> list[End]:
        """All ways of one move; the points beside which it can be named, those where it arrives first."""
        stems = ways[ways["part"] == "stem"]
        corners: list[End] = []
        left: list[End] = []
        for stem in stems.itertuples():
            colour, at = scheme.of(stem.meaning), x[stem.destination]
            first, last = y(stem.move, stem.start), y(stem.move, self.until if math.isnan(stem.end) else stem.end)
            broad = max(stem.low / self.per_point, THREAD)
            axes.add_patch(
                Rectangle((at - broad / 2, first), broad, last - first, color=colour, lw=0, alpha=0.85, zorder=3)
            )
            corners.append(((at + broad / 2, first + 0.15 * (last - first)), 1))
        for way in ways[ways["part"] != "stem"].itertuples():
            colour = scheme.of(way.meaning)
            known = not math.isnan(way.low)
            broad = max(way.low / self.per_point, THREAD) if known else THREAD
            end = way.start + OPEN if math.isnan(way.end) or len(stems) else max(way.end, way.start + 1)
            one, other = (x[way.origin], y(way.move, way.start)), (x[way.destination], y(way.move, end))
            if way.origin == way.destination:
                one = (one[0] - 14, one[1])
            middle = (one[0] + other[0]) / 2
            curve = _curve(one, (middle, one[1]), (middle, other[1]), other)
            look: dict[str, Any] = {"color": colour, "alpha": 0.4 if way.doubt else 0.85, "zorder": 4 if known else 5}
            if known and broad > THREAD:
                axes.add_patch(Polygon(_ribbon(curve, broad), lw=0, **look))
            else:
                axes.plot(*curve.T, lw=THREAD, ls="-" if known else DASHED, **look)
            axes.add_patch(Polygon(_tip(curve, broad + 4.5), lw=0, **look))
            axes.plot(*one, "o", ms=3, color=colour, zorder=6)
            side = 1 if other[0] > one[0] else -1
            corners.append((other, side))
            left.append((one, -side))
        return corners + left

    def _numbers(self, axes: Axes, ends: dict[str, list[End]], scheme: Scheme) -> None:
        """The number of each move in a disc beyond one of its ends, the first at which none stands; moves as they are listed."""
        taken: list[tuple[float, float]] = []

        def room(at: tuple[float, float]) -> float:
            return min((math.dist(at, other) for other in taken), default=math.inf)

        for n, found in enumerate(ends.values(), start=1):
            beyond = [(x + side * DISC * 0.7, y) for (x, y), side in found]
            at = next((one for one in beyond if room(one) >= DISC), max(beyond, key=room))
            taken.append(at)
            disc = {"boxstyle": "circle,pad=0.12", "fc": scheme.land, "ec": scheme.soft, "lw": 0.6}
            axes.annotate(str(n), at, ha="center", va="center", size=SMALL, weight=600, bbox=disc, zorder=9)

    def _names(self, axes: Axes, moves: list[str], labels: dict[str, str], counted: set[str], begins: list[float],
               right: float, head: float, deep: float) -> None:  # fmt: skip
        """Each move named at the right, near where it begins, after the number in its disc; those with a number of people stand out."""
        texts = [textwrap.wrap(labels[move], LETTERS) for move in moves]
        at = spread(begins, [LINE * len(lines) + APART for lines in texts], head - 8, deep)
        for n, (y, move, lines) in enumerate(zip(at, moves, texts, strict=True), start=1):
            level = f"{n}{NEXT * (len(lines) - 1)}"  # with the first of the name's lines
            beside(axes, level, right + 13, y, gap=0, ha="right", linespacing=1.08, weight=600)
            beside(
                axes, "\n".join(lines), right + 18, y, gap=0, linespacing=1.08, weight=600 if move in counted else 400
            )

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every move with its ways; in brief those with a number, and how many have none."""
        what = sentences(
            [
                f"Years run down from {self.since} to {self.until}; {with_noun(len(self.places), 'place')} stand side by side: {listing(self.places)}",
                f"A ribbon from one to another is as wide as its number of {self.unit}; a dashed thread has no number",
            ]
        )
        full, brief, silent = [], [], []
        for _, ways in data.groupby("move", sort=False):
            first = ways.iloc[0]
            pairs = ways[ways["part"] != "stem"]
            led = "; ".join(
                f"{origin} to {listing(dict.fromkeys(some['destination']))}"
                for origin, some in pairs.groupby("origin", sort=False)
            )
            full.append(f"{one_line(first['label'])}: {led}")
            if ways["low"].notna().any():
                brief.append(f"{one_line(first['label'])}: {led}")
            else:
                silent.append(one_line(first["label"]))
        known = data.dropna(subset=["low"])
        ends = ""
        if len(known):
            least, most = known.loc[known["low"].idxmin()], known.loc[known["low"].idxmax()]
            ends = sentences([f"narrowest: {number(least['low'])}; widest: {number(most['low'])}"])
        return Description(
            [what, sentences(full), ends],
            [what, sentences([*brief, f"threads without a number: {'; '.join(silent)}" if silent else ""]), ends],
        )


Points = npt.NDArray[np.float64]  # rows of x and y


def _curve(*corners: tuple[float, float]) -> Points:
    """A cubic curve through its first and last corner."""
    t = np.linspace(0, 1, 60)[:, None]
    one, two, three, four = (np.array(corner) for corner in corners)
    return np.asarray((1 - t) ** 3 * one + 3 * (1 - t) ** 2 * t * two + 3 * (1 - t) * t**2 * three + t**3 * four)


def _ribbon(curve: Points, broad: float) -> Points:
    """The outline of a ribbon along a curve, as broad everywhere."""
    ahead = np.gradient(curve, axis=0)
    across = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / np.hypot(*ahead.T)[:, None] * broad / 2
    return np.concatenate([curve + across, (curve - across)[::-1]])


def _tip(curve: Points, broad: float) -> Points:
    """A triangle at the end of a curve."""
    ahead = curve[-1] - curve[-3]
    ahead = ahead / (np.hypot(*ahead) or 1.0)
    across = np.array([-ahead[1], ahead[0]]) * broad / 2
    return np.array([curve[-1] + across, curve[-1] - across, curve[-1] + ahead * (2 + broad / 2)])


def _numbered(n: int, label: str, width: float) -> list[tuple[int, str]]:
    """The lines of a label in the list, the first with its number."""
    lines = textwrap.wrap(sentence_case(label), math.floor((width - 24) / 4.9))
    return [(n if first == 0 else 0, line) for first, line in enumerate(lines)]
