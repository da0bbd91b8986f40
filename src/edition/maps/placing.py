"""Where a text finds room on a map: beside what it names, on no other country, over nothing else.

Belongs here: choosing a place among all there are. Not here: drawing (`maps`).
All lengths are points of the printed page.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Point = tuple[float, float]
Grid = npt.NDArray[np.float64]
CELL = 2.0  # of the grid on which room is looked for
EDGE = 3.0  # kept free along the frame
CLOSE, NEAR = (
    5.0,
    9.0,
)  # a text farther than the second from what it names gets a line to it; one nearer than the first cannot be mistaken
WATER = -1  # owner of a cell that is no country's
FOREIGN, OTHER, SEA, LINES = 90.0, 16.0, 2.0, 60.0  # what a text costs that lies wholly on it
BORDER = 8.0  # what the name of a country costs besides that has a mark in it and does not lie in it with it
MISTAKEN = 4.0  # what a text costs, besides the line it gets, that stands nearer to another mark than to its own
CROWD = 100.0  # what a mark costs that stands wholly among the names of others
APART = 1.5  # what a text costs for each point that it stands nearer than `CLOSE` to another mark
CROSSING = 12.0  # what it costs besides to touch a line at all
# Points kept free on either side of a text, or the next one on its line would seem to go on with it; and from the name of a country
BESIDE, AWAY = 4.0, 10.0
CLEAR = 14.0  # points: between a name without a mark of its own and the mark of another, whose name it would seem
EASY = 9.0  # a text that costs no more stands well
LEADER = 10.0  # what a line to the thing named costs
LONG = 30.0  # a longer line to a country costs a point for each more: the eye loses it among arrows and borders
OVER = 40.0  # what the part of a country's name costs that lies on another, when more of it lies in its own
DEEP = 10.0  # a line to a country ends so far inside it, or in its middle
SHIFT = 0.1  # what it costs for each point from the middle
SPOTS = 24  # about as many points of a country are tried
CANDIDATES = 400  # of the cheapest places, looked at for what their line crosses


@dataclass(frozen=True)
class Place:
    """The middle of a text, and the end of the line from it to what it names, if it needs one."""

    x: float
    y: float
    line: tuple[Point, Point] | None
    cost: float


class Room:
    """The free room of one map.

    Args:
        owner: for each cell, row by row from the south, the number of the country it lies in, or `WATER`.
        marked: numbers of the countries that mean something on this map.
    """

    def __init__(self, owner: npt.NDArray[np.int64], marked: Iterable[int]) -> None:
        self.owner = owner
        self.marked = np.isin(owner, list(marked))
        free = np.zeros(owner.shape, dtype=bool)
        self.taken = free.copy()  # by texts and marks: never written over
        self.texts = free.copy()  # by texts with `AWAY` on either side: no country's name is written there
        self.patches = free.copy()  # by regions: no country's name is written over them if it can be helped
        self.discs: list[tuple[Point, float]] = []  # the middles of marks, and how far they reach
        self.lines = free.copy()  # by arrows and lines: written over only when nothing else is left

    def copy(self) -> Room:
        """The same room, to try in."""
        other = copy.copy(self)
        other.taken, other.texts, other.lines = self.taken.copy(), self.texts.copy(), self.lines.copy()
        other.discs = list(self.discs)
        return other

    def take(self, place: Place, width: float, height: float) -> None:
        """A text stands here, and its line."""
        for taken, free in ((self.taken, BESIDE), (self.texts, AWAY)):
            half = width / 2 + free
            taken[self._box(place.x - half, place.y - height / 2, place.x + half, place.y + height / 2)] = True
        if place.line:
            self.cross(np.linspace(*place.line, 30), 2)

    def take_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Nothing may be written here."""
        self.taken[self._box(x0, y0, x1, y1)] = True

    @staticmethod
    def _box(x0: float, y0: float, x1: float, y1: float) -> tuple[slice, slice]:
        rows, columns = (
            slice(max(math.floor(low / CELL), 0), max(math.ceil(high / CELL), 0)) for low, high in ((y0, y1), (x0, x1))
        )
        return rows, columns

    def take_disc(self, x: float, y: float, radius: float) -> None:
        """Nothing may be written on this disc."""
        across, up = self._cells()
        self.taken[np.hypot(across - x, up - y) <= radius] = True
        self.discs.append(((x, y), radius))

    def shade(self, inside: Callable[[Grid, Grid], npt.NDArray[np.bool_]], at: Point) -> Point:
        """A region lies where a function of x and y says so; the point of it that is nearest to its middle, or else `at`."""
        x, y = self._cells()
        within = inside(x, y)
        self.patches[within] = True
        if not within.any():
            return at
        x, y = x[within], y[within]
        nearest = np.argmin(np.hypot(x - x.mean(), y - y.mean()))
        return float(x[nearest]), float(y[nearest])

    def cross(self, points: npt.NDArray[np.float64], width: float) -> None:
        """A line runs here: its points as rows of x and y."""
        reach = max(width / 2, CELL)
        for x, y in points:
            rows, columns = (
                slice(max(int((at - reach) / CELL), 0), max(int((at + reach) / CELL) + 1, 0)) for at in (y, x)
            )
            self.lines[rows, columns] = True

    def crowd(self, at: Point, near: float) -> float:
        """How much of the disc around a point is taken."""
        across, up = self._cells()
        return float(self.taken[np.hypot(across - at[0], up - at[1]) <= near].mean())

    def bar(self, points: Grid, near: float) -> None:
        """Nothing may be written so near to a line."""
        across, up = self._cells()
        for x, y in points:
            self.taken[np.hypot(across - x, up - y) <= near] = True

    def beside(
        self, width: float, height: float, at: Point, reach: float, own: Iterable[int], *, country: bool = False
    ) -> Place:
        """A place for the name of a mark that reaches so far around a point, or of the country with a mark in it."""
        x, y, shares = self._shares(width, height, own)
        gap = _gap(x, y, width, height, at) - reach
        others = [_gap(x, y, width, height, other) - radius for other, radius in self.discs if other != at]
        nearest = np.min(others, axis=0) if others else np.full_like(gap, math.inf)
        mistaken = (nearest < gap) & (gap > CLOSE) & bool(reach)
        far = (gap > NEAR) | ((shares["foreign"] > 0.3) & (gap > 3)) | mistaken  # in another country only with a line
        cost = MISTAKEN * mistaken + self._ground(shares) + 0.6 * np.maximum(gap - 3, 0) + np.where(far, LEADER, 0)
        cost += APART * np.clip(CLOSE - nearest, 0, CLOSE)
        cost += 0.06 * np.abs(y - at[1]) + np.where(x < at[0], 0.4, 0)  # rather beside than above, rather right
        if country:
            cost += np.where(shares["own"] < 0.97, BORDER, 0.0) + OTHER * shares["water"]
        cost[gap < (2 if reach else -math.inf)] = math.inf
        if not reach:  # over a patch, if there is room within its edge, or clear of it with a line
            over = shares["patches"]
            cost += np.where(over >= 0.98, 0.2 * np.hypot(x - at[0], y - at[1]), 0.0)
            cost += np.where(nearest < CLEAR, 2 * CROSSING, 0.0)
            cost += np.where((over < 0.98) & ((over > 0.02) | (shares["lines"] > 0)), 2 * CROSSING, 0.0)
        place = self._best(cost, x, y, width, height, at, reach, far)
        return place if reach or not place.line else replace(place, line=self._into(place.line))

    def _into(self, line: tuple[Point, Point]) -> tuple[Point, Point]:
        """A line to a region, ended as soon as it is well within."""
        points = np.linspace(*line, 200)
        rows, columns = (points[:, 1] / CELL).astype(int), (points[:, 0] / CELL).astype(int)
        within = np.flatnonzero(self.patches[rows, columns])
        if not len(within):
            return line
        far = np.hypot(*(points - points[within[0]]).T)
        end = points[np.flatnonzero((far >= CLOSE) & (np.arange(len(points)) > within[0]))[:1]]
        return (line[0], (float(end[0, 0]), float(end[0, 1]))) if len(end) else line

    def within(self, width: float, height: float, at: Point, own: int) -> Place:
        """A place for the name of a country: inside it, more in it than out, or beside it with a line to a point in it.

        The line goes to the country's middle, if that can be reached.
        """
        x, y, shares = self._shares(width, height, [own])
        inside = shares["own"] > 0.97
        over = ~inside & (shares["own"] > 0.55)
        ground = self._ground(shares) + 25 * shares["patches"] - (FOREIGN - OVER) * np.where(over, shares["foreign"], 0)
        ground += np.where(shares["lines"] > 0, CROSSING, 0.0)  # a country has more room than a mark to avoid it
        ground[shares["texts"] > 0] = math.inf
        near = 0.06 * np.hypot(x - at[0], y - at[1])
        far = ~inside & ~over
        within = ground + near + np.where(over, LEADER + 2, 0)
        within[far] = math.inf
        found = [self._best(within, x, y, width, height, at, 0, far)]
        for end in (at, *self.spots(own, DEEP)):
            gap = _gap(x, y, width, height, end)
            cost = ground + LEADER + 2 + 14 * shares["own"] + SHIFT * math.dist(end, at)
            cost += 0.5 * np.maximum(gap - 4, 0) + np.maximum(gap - LONG, 0)
            cost[~far | (gap < 4)] = math.inf
            found.append(self._best(cost, x, y, width, height, end, 0, far))
        return min(found, key=lambda place: place.cost)

    def spots(self, own: int, deep: float) -> list[Point]:
        """Points in a country, evenly over it, around each of which so much of it is free."""
        side = math.ceil(2 * deep / CELL)
        if side > min(self.owner.shape):
            return []
        free = _means((self.owner == own) & ~self.taken, side, side) == 1
        rows, columns = np.nonzero(free)
        every = max(math.ceil(len(rows) / SPOTS), 1)
        half = side * CELL / 2
        return [
            (float(x), float(y))
            for x, y in zip(columns[::every] * CELL + half, rows[::every] * CELL + half, strict=True)
        ]

    def _cells(self) -> tuple[Grid, Grid]:
        rows, columns = self.owner.shape
        return np.meshgrid((np.arange(columns) + 0.5) * CELL, (np.arange(rows) + 0.5) * CELL)

    def _shares(self, width: float, height: float, own: Iterable[int]) -> tuple[Grid, Grid, dict[str, Grid]]:
        """For every place of a box: its middle, and the shares of it that lie on each kind of ground."""
        down, across = math.ceil(height / CELL), math.ceil(width / CELL)
        mine = np.isin(self.owner, list(own))
        water = self.owner == WATER
        grounds = {
            "own": mine, "foreign": self.marked & ~mine, "other": ~self.marked & ~mine & ~water, "water": water,
            "taken": self.taken, "texts": self.texts, "lines": self.lines, "patches": self.patches,
        }  # fmt: skip
        shares = {name: _means(ground, down, across) for name, ground in grounds.items()}
        rows, columns = shares["own"].shape
        x, y = np.meshgrid(np.arange(columns) * CELL + across * CELL / 2, np.arange(rows) * CELL + down * CELL / 2)
        edge = math.ceil(EDGE / CELL)
        outside = np.ones_like(x, dtype=bool)
        outside[edge:-edge, edge:-edge] = False
        shares["taken"][outside] = 1
        return x, y, shares

    @staticmethod
    def _ground(shares: dict[str, Grid]) -> Grid:
        cost = FOREIGN * shares["foreign"] + OTHER * shares["other"] + SEA * shares["water"] + LINES * shares["lines"]
        cost = cost + np.where(shares["lines"] > 0, CROSSING, 0.0)
        return np.where(shares["taken"] > 0, math.inf, cost)

    def _best(
        self,
        cost: Grid,
        x: Grid,
        y: Grid,
        width: float,
        height: float,
        at: Point,
        reach: float,
        far: npt.NDArray[np.bool_],
    ) -> Place:
        found: Place | None = None
        for n in _cheapest(cost.ravel()):
            row, column = np.unravel_index(n, cost.shape)
            total = float(cost[row, column])
            if found is not None and total >= found.cost:
                break
            middle = (float(x[row, column]), float(y[row, column]))
            line = _line(middle, width, height, at, reach) if far[row, column] else None
            if line is not None:
                steps = np.linspace(line[0], line[1], 40)[2:-2]
                cells = (steps / CELL).astype(int)
                total += 40.0 * bool(self.taken[cells[:, 1], cells[:, 0]].any())
                total += 6.0 * bool(self.lines[cells[:, 1], cells[:, 0]].any())
            if found is None or total < found.cost:
                found = Place(*middle, line, total)
        if found is None:
            raise AssertionError("a map without a single cell")
        return found


def _cheapest(costs: Grid) -> npt.NDArray[np.intp]:
    """The places of the `CANDIDATES` least of some numbers, the least first, as a stable sort of all would have them."""
    most = np.partition(costs, CANDIDATES)[CANDIDATES] if len(costs) > CANDIDATES else math.inf
    within = np.flatnonzero(costs <= most)
    return within[np.argsort(costs[within], kind="stable")[:CANDIDATES]]


def _means(ground: npt.NDArray[np.bool_], rows: int, columns: int) -> Grid:
    """The share of every box of so many rows and columns that is on this ground."""
    total = np.zeros((ground.shape[0] + 1, ground.shape[1] + 1), dtype=np.int32)
    np.cumsum(ground, 0, dtype=np.int32, out=total[1:, 1:])
    np.cumsum(total[1:, 1:], 1, out=total[1:, 1:])
    sums = total[rows:, columns:] - total[:-rows, columns:] - total[rows:, :-columns] + total[:-rows, :-columns]
    return np.asarray(sums / (rows * columns))


def _gap(x: Grid, y: Grid, width: float, height: float, at: Point) -> Grid:
    """From a point to the nearest edge of boxes around the middles given; 0 inside."""
    return np.hypot(np.maximum(np.abs(x - at[0]) - width / 2, 0), np.maximum(np.abs(y - at[1]) - height / 2, 0))


def _line(middle: Point, width: float, height: float, at: Point, reach: float) -> tuple[Point, Point]:
    """From the box's nearest point to the mark's edge."""
    start = tuple(
        min(max(target, centre - side / 2), centre + side / 2)
        for target, centre, side in zip(at, middle, (width, height), strict=True)
    )
    length = math.hypot(at[0] - start[0], at[1] - start[1])
    share = (length - reach) / length if length else 0.0
    return (start[0], start[1]), (start[0] + (at[0] - start[0]) * share, start[1] + (at[1] - start[1]) * share)
