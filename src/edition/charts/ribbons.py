"""Moves in time and place: a row for each, on the left its years, on the right from where to where, as wide as its number."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from edition.charts.chart import Chart, Description
from edition.charts.marks import beside, letters
from edition.charts.sentences import one_line, sentences
from edition.charts.style import SMALL, Scheme, drawing, new_figure
from edition.numbers.wording import listing, number, with_noun

LINE = 15.4  # points: height of a line of text
APART = 9.0  # points: between the rows of two moves
LANE = 7.0  # points: between ways that meet at one end and would hide each other
NAMES, TIME, NARROW = 190.0, 96.0, 84.0  # points: room for the names, for the years, and for these on a phone
HEAD = 100.0  # points: room for the names of the places
EARLIER = 14.0  # points: of the years, for what begins before the axis
BAR = 5.0  # points: height of a bar of years
OPEN = 15.0  # points: of the dots that stand for an end that is not stated
DOTTED = (0, (0.45, 0.55))
THREAD = 1.1  # points: width of a line without a number, and of the narrowest with one
DASHED, UNCLEAR = (0, (3, 2)), (0, (1, 2.4))
HEAVIER = 4.5  # points: by which the head of an arrow is broader than its shaft
STEM = 0.7  # of a column: length of a number that is for several ways together


class Ribbons(Chart):
    """A row for each move, in the order of their years. A ribbon with a number is as wide as it; a dashed thread has none.

    Rows, one per way of a move: `move` (its id), `label` (what is written for it, the same in all its rows), `start` and `end`
    (years; `end` blank: not stated, and drawn so), `origin` and `destination` (two of `places`), `low` (persons; blank: no number),
    `part` ("stem": a number for all ways of the move together, standing in its destination; "" otherwise), `doubt` (bool: in words
    that are unclear), `meaning`.

    Attributes:
        places: from left to right.
        unstated: one of them that stands for no place, where an end is not stated.
        home: one of them that is set off; "" for none.
        since, until: the years of the axis; a move that begins before it has an arrow to there.
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
        """The moves, each named left of its row or, where that is too narrow, above it; below them the key."""
        ways_of = data[data["part"] != "stem"].groupby("move", sort=False)
        data = data.join(pd.concat([_lanes(ways, self.places) for _, ways in ways_of]))
        moves = list(dict.fromkeys(data.sort_values(["start", "end"], kind="stable", na_position="last")["move"]))
        with drawing(scheme):
            figure = new_figure(1)
            wide, width = not scheme.narrow, 72 * figure.get_figwidth()
            rows = []
            for move in moves:
                ways = data[data["move"] == move]
                lines = textwrap.wrap(
                    one_line(ways["label"].iloc[0]), int(NAMES / 4.9) if wide else letters(scheme) - 6
                )
                broad = max(ways["low"].max() / self.per_point, 0) if ways["low"].notna().any() else 0
                deep = max(LANE * (ways["lane"].max() - ways["lane"].min()) + 10, broad + 4)
                rows.append((ways, lines, (max(deep, LINE * len(lines)) if wide else deep + LINE * len(lines)) + APART))
            entries = self._entries(data, scheme)
            columns = 2 if wide else 1
            key = (LINE + 1.5) * math.ceil(len(entries) / columns) + 14
            height = HEAD + sum(deep for _, _, deep in rows) + key
            figure.set_figheight(height / 72)
            figure.set_layout_engine("none")
            axes = figure.add_axes((0, 0, 1, 1))
            axes.set_axis_off()
            axes.set(xlim=(0, width), ylim=(height, 0))
            first = NAMES if wide else 0.0
            left = first + (TIME if wide else NARROW)
            across = (width - left) / len(self.places)
            x = {place: left + across * (n + 0.5) for n, place in enumerate(self.places)}
            self._heads(axes, x, first, left, scheme)
            top = HEAD
            for ways, lines, deep in rows:
                axes.plot([0, width], [top, top], color=scheme.grid, lw=0.8, zorder=0)
                below = top + deep
                begins = top + 1 if wide else top + LINE * len(lines) + 3
                middle = (top + below) / 2 if wide else begins + (below - begins) / 2
                counted = bool(ways["low"].notna().any())
                for n, line in enumerate(lines):
                    at = middle + LINE * (n - (len(lines) - 1) / 2) if wide else top + 3 + LINE * (n + 0.5)
                    beside(axes, line, 0, at, gap=0, weight=600 if counted else 400)
                for place, at in x.items():
                    self._column(axes, place, at, across, begins, below, scheme)
                self._years(axes, ways.iloc[0], middle, (begins, below), first, left, scheme)
                self._move(axes, ways, x, middle, across, scheme)
                top = below
            figure.legend(handles=entries, loc="lower left", bbox_to_anchor=(0, 0), ncols=columns, frameon=False, borderaxespad=0.1,
                          handlelength=2.4, handletextpad=0.7, columnspacing=1.6, labelspacing=0.28)  # fmt: skip
        return figure

    def _at(self, year: float, first: float, left: float) -> float:
        """Where a year stands; one before the axis, at its left end."""
        start, end = first + EARLIER, left - 14
        return (
            start + (end - start) * (year - self.since) / (self.until - self.since) if year >= self.since else first + 5
        )

    def _heads(self, axes: Axes, x: dict[str, float], first: float, left: float, scheme: Scheme) -> None:
        """The names of the places, and the years."""
        for place, at in x.items():
            open_ = place == self.unstated
            axes.annotate(place, (at, HEAD - 5), ha="center", va="bottom", rotation=90, weight=600 if place == self.home else 400,
                          style="italic" if open_ else "normal", color=scheme.soft if open_ else scheme.ink)  # fmt: skip
        for year in self._ticks():
            axes.annotate(str(year), (self._at(year, first, left), HEAD - 5), ha="center", va="bottom", rotation=90, size=SMALL,
                          color=scheme.soft)  # fmt: skip

    def _ticks(self) -> range:
        return range(self.since, self.until + 1, 40)

    def _column(
        self, axes: Axes, place: str, at: float, across: float, top: float, below: float, scheme: Scheme
    ) -> None:
        """A place in one row."""
        mine = place == self.home
        if mine or place == self.unstated:
            axes.add_patch(Rectangle((at - across / 2, top), across, below - top, color=scheme.home if mine else scheme.grid,
                                     alpha=0.3 if mine else 0.4, lw=0, zorder=0))  # fmt: skip
        axes.plot([at, at], [top, below], color=scheme.grid, lw=0.8, zorder=0)

    def _years(
        self, axes: Axes, way: Any, y: float, ends: tuple[float, float], first: float, left: float, scheme: Scheme
    ) -> None:
        """When a move was: a bar from its first year to its last, dots where none is stated."""
        for year in self._ticks():
            axes.plot([self._at(year, first, left)] * 2, ends, color=scheme.grid, lw=0.8, zorder=0)
        colour = scheme.of(way.meaning)
        begins = self._at(way.start, first, left)
        if way.start < self.since:
            axes.plot(begins, y, "<", ms=BAR, mew=0, color=colour)
        last = way.start if math.isnan(way.end) else way.end
        if last >= self.since:
            until = max(self._at(last + 1, first, left), begins + 2.5)
            axes.add_patch(Rectangle((begins, y - BAR / 2), until - begins, BAR, color=colour, lw=0, zorder=3))
            if math.isnan(way.end):
                axes.plot([until + 2, until + OPEN], [y, y], lw=BAR, ls=DOTTED, color=colour)

    def _move(
        self, axes: Axes, ways: pd.DataFrame, x: dict[str, float], y: float, across: float, scheme: Scheme
    ) -> None:
        """All ways of one move, in its row."""
        for stem in ways[ways["part"] == "stem"].itertuples():
            broad, long = max(stem.low / self.per_point, THREAD), STEM * across
            axes.add_patch(Rectangle((x[stem.destination] - long / 2, y - broad / 2), long, broad, color=scheme.of(stem.meaning),
                                     lw=0, alpha=0.85, zorder=3))  # fmt: skip
        stems = set(ways.loc[ways["part"] == "stem", "destination"])
        for way in ways[ways["part"] != "stem"].itertuples():
            colour, known = scheme.of(way.meaning), not math.isnan(way.low)
            broad = max(way.low / self.per_point, THREAD) if known else THREAD
            at, to = x[way.origin], x[way.destination]
            if way.origin == way.destination:
                at -= across / 2
            side = math.copysign(1, to - at)
            to -= side * (2.0 + (broad + HEAVIER) / 2 + (STEM * across / 2 if way.destination in stems else 0))
            starts, ends = (y + way.lane * LANE if lane else y for lane in (not way.fans, way.fans))
            middle = (at + to) / 2
            curve = _curve((at, starts), (middle, starts), (middle, ends), (to, ends))
            look: dict[str, Any] = {"color": colour, "alpha": 0.85, "zorder": 4}
            if known and broad > THREAD:
                axes.add_patch(Polygon(_ribbon(curve, broad), lw=0, **look))
            else:
                axes.plot(*curve.T, lw=THREAD, ls=UNCLEAR if way.doubt else "-" if known else DASHED, **look)
            axes.add_patch(Polygon(_tip(curve, broad + HEAVIER), lw=0, **look))
            axes.plot(at, starts, "o", ms=3.4, mew=0, color=colour, zorder=6)

    def _entries(self, data: pd.DataFrame, scheme: Scheme) -> list[Artist]:
        """What the marks mean, of those that occur."""
        colour = scheme.of(data["meaning"].iloc[0])
        whole = data["part"] != "stem"
        told: list[tuple[bool, Artist]] = [
            ((data["low"].notna() & whole).any(), Line2D([], [], color=colour, lw=6, alpha=0.85, solid_capstyle="butt",
                                                         label="move, as wide as its number")),
            ((data["low"].isna() & whole).any(), Line2D([], [], color=colour, lw=THREAD, ls=DASHED, label="move, number not stated")),
            (~whole.all(), Line2D([], [], color=colour, alpha=0.85, marker="s", ms=10, mew=0, ls="", label="a number for several ways together")),
            (data["doubt"].any(), Line2D([], [], color=colour, lw=THREAD, ls=UNCLEAR, label="told in unclear words")),
            (data["end"].isna().any(), Line2D([], [], color=colour, lw=BAR, ls=DOTTED, label="end not stated")),
            ((data["start"] < self.since).any(), Line2D([], [], color=colour, marker="<", ms=BAR + 1, mew=0, ls="",
                                                        label=f"begins before {self.since}")),
        ]  # fmt: skip
        return [artist for occurs, artist in told if occurs]

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every move with its ways; in brief those with a number, and how many have none."""
        what = sentences(
            [
                f"A row for each of {with_noun(data['move'].nunique(), 'move')}, in the order of their years",
                f"Its years stand on the left, on an axis from {self.since} to {self.until}; dots end what has no stated end",
                f"On the right {with_noun(len(self.places), 'place')} stand side by side: {listing(self.places)}",
                f"{with_noun(int((data['part'] != 'stem').sum()), 'way')} lead from one to another: a ribbon is as wide as its "
                f"number of {self.unit}, a dashed thread has no number",
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


def _lanes(ways: pd.DataFrame, places: tuple[str, ...]) -> pd.DataFrame:
    """For each way of a move, beside how many others on its side it keeps clear where they part or before they meet.

    Returns:
        `fans` (bool: they part, so that the far ends stand in lanes; otherwise they meet, and the near ends do), `lane` (from the
        middle of the row, in lanes; 0 for a way alone).
    """
    one, other = (ways[end].map({place: n for n, place in enumerate(places)}) for end in ("origin", "destination"))
    side = np.sign(other - one).rename("side")
    fans = (one.groupby([one, side]).transform("size") >= one.groupby([other, side]).transform("size")).rename("fans")
    together = (other - one).abs().groupby([fans, one.where(fans, other).rename("hub"), side])
    return pd.DataFrame({"fans": fans, "lane": together.rank("first") - (together.transform("size") + 1) / 2})


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
