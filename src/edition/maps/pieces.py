"""What stands on a map at a place of its own: towns, regions, numbers, arrows, rings, and then their names.

Belongs here: where and how large each is. Not here: names of countries (`naming`), the key (`key`).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.patches import Circle, FancyArrowPatch, PathPatch
from matplotlib.path import Path

from edition import paths
from edition.maps import ground, regions
from edition.maps.canvas import Canvas
from edition.maps.ground import Ground, Window
from edition.maps.look import RING, path
from edition.maps.naming import name_places, name_way, ring_in
from edition.maps.placing import Point

Curve = npt.NDArray[np.float64]  # three points of a quadratic curve: rows of x and y
SQUARE = 6.0  # side of the mark of a region without an outline
CLEAR = 3.0  # between the ring of a region and another mark
BOW = 0.14  # of an arrow's length, by which it bows to the south
# How far beyond a border an arrow into a country ends, in the cut for a desk and in that for a phone: near it several keep apart
INSET, NARROW = 15.0, 7.0
FEW = 3  # so many arrows into a country keep apart
SPREAD = (0.7, 0.42)  # of more, each ends by such a share of its way east or west from the middle
# Of them, one that goes so many times as far north or south as east or west bows away from the rest, the middle one not at all
STEEP = 2
ASIDE = 0.06  # of a map's width: nearer to its side no arrow out of a country begins
OUTWARD = 2.0  # by so many degrees at most arrows into one country begin farther from their middle, east or west
TRIED = 80  # columns and rows of points that are tried for such a beginning
ROUND = ((0, 0), (-5, 0), (5, 0), (0, -5), (0, 5))  # in points of the page from there: all in the country
THIN = 1.2  # width of an arrow without a number, and of the narrowest with one


def begun_in_view(data: pd.DataFrame, under: Ground, frame: Window) -> pd.DataFrame:
    """The rows, with arrows begun elsewhere in their country than in its middle: in the part that is seen, where that lies at a side
    of the map or beyond; and farther apart, where many end in one country.
    """
    west, south, east, north = frame
    aside, upward = ASIDE * (east - west), ASIDE * (north - south)
    grid = np.meshgrid(
        np.linspace(west + aside, east - aside, TRIED), np.linspace(south + upward, north - upward, TRIED)
    )
    seen = pd.DataFrame({"longitude": grid[0].ravel(), "latitude": grid[1].ravel()})
    x, y = under.points(seen["longitude"], seen["latitude"])
    data = data.copy()
    arrows = data[data["mark"] == "arrow"]
    met = arrows.groupby("to_map")["begins"].nunique()
    crowded = arrows[arrows["to_map"].isin(met.index[met > FEW])]
    among = crowded["longitude"].mean()
    for country in data[data["mark"] == "country"].itertuples():
        moved = data["mark"].eq("arrow") & data["begins"].eq(country.label)
        many = moved[crowded.index].any()
        if not moved.any() or country.map_name not in under.land:
            continue
        if west + aside <= country.longitude <= east - aside and not many:
            continue
        shape = under.land[country.map_name]
        inside = np.flatnonzero(np.all([ground.inside(shape, x + across, y + up) for across, up in ROUND], axis=0))
        if len(inside):
            moved[country.Index] = True
            wanted = data.loc[[country.Index], ["longitude", "latitude"]]
            wanted["longitude"] += OUTWARD * (wanted["longitude"] - among).clip(-1, 1) if many else 0.0
            away = np.hypot(*(np.array([x[inside], y[inside]]) - under.points(wanted["longitude"], wanted["latitude"])))
            nearest = seen.loc[inside[np.argmin(away)]]
            data.loc[moved, ["longitude", "latitude"]] = nearest[["longitude", "latitude"]].to_numpy()
    return data


def draw_pieces(canvas: Canvas, data: pd.DataFrame) -> None:
    """Every mark of a map but the countries that it fills."""

    def points(rows: pd.DataFrame, longitude: str, latitude: str) -> list[Point]:
        x, y = canvas.under.points(rows[longitude], rows[latitude])
        return list(zip(x.tolist(), y.tolist(), strict=True))

    sites = data[~data["mark"].isin(["country", "arrow"])]
    countries = data[(data["mark"] == "country") & data["silent"]]
    placed = list(zip(sites.itertuples(), apart(sites, points(sites, "longitude", "latitude")), strict=True))
    placed = [(row, _mark(canvas, row, at)) for row, at in placed]
    arrows = data[data["mark"] == "arrow"]
    starts, goals = points(arrows, "longitude", "latitude"), points(arrows, "to_longitude", "to_latitude")
    ends = {*starts, *goals}
    hoped = canvas.room.copy()  # with the names of the rings before, so that each has room for its own
    for row, at in zip(countries.itertuples(), points(countries, "longitude", "latitude"), strict=True):
        spot = at if at in ends else ring_in(canvas, hoped, row, at)  # where no arrow is, any point of a country does
        _mark(canvas, row, spot)
        placed.append((row, spot))
    ringed = [at for row, at in placed if row.silent]
    met = arrows.assign(x=[x for x, _ in starts]).groupby("to_map")["x"].agg(["size", "mean"])
    ways = []
    for row, start, end in zip(arrows.itertuples(), starts, goals, strict=True):
        among = met.loc[row.to_map, "mean"] if met.loc[row.to_map, "size"] > FEW else None
        curve = _curve(canvas, row, start, end, ringed, among)
        _arrow(canvas, row, curve)
        ways.append((row, curve))
    for row, curve in ways:
        if row.badge:
            x, y = _along(curve, np.array([0.0 if row.part == "stem" else 0.5]))[0]
            canvas.pen.badge((x, y), row.badge, row.meaning)
            canvas.room.take_disc(x, y, 8)
    name_places(canvas, [(row, at, max(_radius(row.low, canvas), _radius(row.high, canvas))) for row, at in placed])
    for n, (row, curve) in enumerate(ways):
        if row.by:
            others = [_along(other, np.linspace(0, 1, 60)) for m, (_, other) in enumerate(ways) if m != n]
            name_way(canvas, row, list(map(tuple, _along(curve, np.linspace(0.4, 0.6, 5)).tolist())), others)


def apart(sites: pd.DataFrame, points: list[Point]) -> list[Point]:
    """Rings of regions moved off the marks of others that they would hide: a region is more than the point of its ring."""
    found = np.array(points).reshape(-1, 2)
    marked = sites["mark"].isin(["town", "region"]) & sites["outline"].eq("")
    for n in np.flatnonzero(marked & sites["mark"].eq("region") & sites["silent"]):
        for other in np.flatnonzero(marked):
            clear = RING + (RING if sites["silent"].iloc[other] else SQUARE / 2) + CLEAR
            way = found[n] - found[other]
            far = float(np.hypot(*way))
            if 0 < far < clear:
                found[n] = found[other] + way * clear / far
    return list(map(tuple, found.tolist()))


def _mark(canvas: Canvas, row: Any, at: Point) -> Point:
    """The mark of one place; its room is taken. Where its name belongs: there, or in the middle of an area."""
    pen, room = canvas.pen, canvas.room
    if row.mark == "town" and not row.silent:
        pen.axes.plot(*at, "o", color=pen.scheme.ink, ms=4.5, zorder=6)
        room.take_disc(*at, 7)
    elif row.mark == "region":
        if row.outline:
            middle = _area(canvas, row, at)
            at = at if row.silent else middle
        elif not row.silent:
            colour = pen.scheme.of(row.role or pen.marks.usual)
            pen.axes.plot(*at, "s", ms=SQUARE, mfc=pen.scheme.land, mec=colour, mew=1.6, zorder=6)
            room.take_disc(*at, SQUARE)
    elif row.mark == "number":
        colour = pen.scheme.of(pen.marks.counted)
        inner, outer = _radius(row.low, canvas), _radius(row.high, canvas)
        pen.axes.add_patch(Circle(at, max(inner, 2.5), color=colour, alpha=0.5, lw=0, zorder=4))
        pen.axes.add_patch(Circle(at, max(inner, 2.5), fill=False, ec=colour, lw=1.1, zorder=4))
        if outer > inner:
            pen.axes.add_patch(Circle(at, outer, fill=False, ec=colour, ls="--", lw=1.1, zorder=4))
        if math.isnan(row.high):
            pen.outward(at, inner, colour)
        room.take_disc(*at, max(inner, outer, 2.5) + (8 if math.isnan(row.high) else 2))
    elif row.mark == "halves":
        for count, meaning, turn in zip((row.low, row.high), row.meaning.split(), (90, 270), strict=True):
            if not math.isnan(count):
                pen.half(at, max(_radius(count, canvas), 2.5), turn, meaning)
        room.take_disc(*at, max(_radius(row.low, canvas), _radius(row.high, canvas), 2.5) + 2)
    if row.silent:
        pen.ring(at, pen.tint(row.role) if row.mark == "region" and row.role else canvas.ground(*at))
        room.take_disc(*at, RING + 1)
    return at


def _area(canvas: Canvas, row: Any, at: Point) -> Point:
    """A region in the bounds that Natural Earth has for it; its middle."""
    pen = canvas.pen
    shape = regions.shape(paths.root() / "data", canvas.under, row.outline)
    colour = pen.scheme.of(row.role or pen.marks.usual)
    pen.axes.add_patch(PathPatch(path(shape), facecolor=colour, alpha=0.28, lw=0, zorder=3))
    pen.axes.add_patch(PathPatch(path(shape), fill=False, edgecolor=colour, lw=1.1, zorder=3.2))
    pen.pattern(shape, row.role, 3.1)
    for ring in shape:
        canvas.room.cross(ring, 1)
    return canvas.room.shade(lambda x, y: ground.inside(shape, x, y), at)


def _radius(count: float, canvas: Canvas) -> float:
    """Of the disc for a number, in points; 0 where none is printed."""
    return 0.0 if math.isnan(count) else math.sqrt(count * canvas.pen.marks.km2_each / math.pi) * canvas.per_km


def _along(curve: Curve, t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    t = t[:, None]
    return np.asarray((1 - t) ** 2 * curve[0] + 2 * t * (1 - t) * curve[1] + t**2 * curve[2])


def _part(curve: Curve, start: float, end: float) -> Curve:
    """The curve between two of its parameters."""
    first, last = _along(curve, np.array([start, end]))
    slope = 2 * ((1 - start) * (curve[1] - curve[0]) + start * (curve[2] - curve[1]))
    return np.array([first, first + slope * (end - start) / 2, last])


def _curve(
    canvas: Canvas, row: Any, start: Point, end: Point, ringed: list[Point], among: float | None = None
) -> Curve:
    """The way of an arrow: bowed, from beside its origin to beside its end, or a little into the country it goes to.

    Args:
        among: of many that end in that country, how far east on the map they begin on the average.
    """
    one, other = np.array(start), np.array(end)
    shape = None if end in ringed or row.part else canvas.under.land.get(row.to_map)
    if shape is not None and among is not None:
        other = _apart(shape, one, other)
    across = np.array([other[1] - one[1], one[0] - other[0]])
    bow = 0.0 if row.part else math.copysign(2 * BOW, other[0] - one[0])
    if among is not None and abs(across[0]) > STEEP * abs(across[1]):
        bow = 2 * BOW * float(np.clip((one[0] - among) / across[0], -1, 1))
    curve = np.array([one, (one + other) / 2 + bow * across, other])
    t = np.linspace(0, 1, 200)
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(_along(curve, t), axis=0).T))])
    before = RING + 1.5 if start in ringed else 0.0 if row.part else 4.0
    after = RING + 2 if end in ringed else 0.0 if row.part == "stem" else 5.0
    until = run[-1] - after
    if shape is not None:
        inside = ground.inside(shape, *_along(curve, t).T)
        outside = np.flatnonzero(~inside)
        if len(outside) and not inside[0]:
            until = min(until, run[outside[-1]] + (NARROW if canvas.pen.scheme.narrow else INSET))
    return _part(curve, float(np.interp(before, run, t)), float(np.interp(until, run, t)))


def _apart(shape: ground.Shape, start: Curve, end: Curve) -> Curve:
    """Where in a country an arrow ends: moved from the middle to the side on which it comes in, as others end there too."""
    for share in SPREAD:
        moved = end + np.array([share * (start[0] - end[0]), 0.0])
        if ground.inside(shape, *moved[:, None]).all():
            return moved
    return end


def _arrow(canvas: Canvas, row: Any, curve: Curve) -> None:
    """One arrow, in two pieces where its way cannot be placed."""
    pen = canvas.pen
    colour = pen.scheme.of(row.meaning)
    known = not math.isnan(row.low)
    width = max(THIN, row.low / pen.marks.per_point) if known else THIN
    head = (5 + 1.2 * width) if known else 6.5
    pieces = [_part(curve, 0, 0.4), _part(curve, 0.6, 1)] if row.by else [curve]
    for n, piece in enumerate(pieces):
        last = n == len(pieces) - 1 and row.part != "stem"
        style = f"{'-|>' if known else '->'},head_length={head / 10:.2f},head_width={head / 16:.2f}" if last else "-"
        pen.axes.add_patch(
            FancyArrowPatch(
                path=Path(piece, [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
                arrowstyle=style,
                mutation_scale=10,
                lw=width,
                ls="-" if known else (0, (4, 2.5)),
                color=colour,
                joinstyle="miter",
                capstyle="butt",
                zorder=5,
            )
        )
        canvas.room.cross(_along(piece, np.linspace(0, 1, 60)), width + 3)
    if row.by:
        pen.axes.plot(
            *_along(curve, np.linspace(0.43, 0.57, 5)).T, ls="", marker="o", ms=2, mew=0, zorder=5, color=colour
        )
