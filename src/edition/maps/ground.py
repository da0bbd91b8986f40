"""What a map stands on: the land by country, the lakes and the rivers inside a frame, in points of the printed page.

    ground = in_frame(folder, frame, 512)          # ground.land["Iceland"]: rings, each an array of x and y
    x, y = ground.points(longitudes, latitudes)

A shape is a list of rings; a point lies in it if it lies in an odd number of them.
Belongs here: projecting and cutting outlines, where a point lies. Not here: reading them (`outlines`), or drawing (`maps`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from edition.maps import outlines
from edition.maps.placing import Point

Window = tuple[float, float, float, float]
Numbers = npt.NDArray[np.float64]
Shape = list[Numbers]  # rings, the first point of each repeated at its end
MARGIN = 0.4  # of the frame's width, read beyond it, so that the cut lies outside the picture
DIGITS = 3  # of a point; finer shows nowhere
DETAILS = 1000  # of a map's width; finer shows nowhere
NORTHERNMOST = 84.0  # degrees; no land lies beyond, and the pole is no point of a map


@dataclass(frozen=True)
class Projection:
    """Albers equal-area on the ellipsoid WGS 84, in metres: Snyder (1987), Map Projections, equations 14-1 to 14-21."""

    longitude: float
    latitude: float
    parallels: tuple[float, float]  # where it is true

    def __call__(self, longitude: Any, latitude: Any) -> tuple[Numbers, Numbers]:
        """Metres east and north of the middle."""
        first, second = (math.radians(parallel) for parallel in self.parallels)
        square = _breadth(first) ** 2
        n = (square - _breadth(second) ** 2) / float(_authalic(second) - _authalic(first))
        c = square + n * float(_authalic(first))

        def radius(latitude: Any) -> Numbers:
            return np.asarray(RADIUS * np.sqrt(c - n * _authalic(np.radians(latitude))) / n)

        angle = n * np.radians((np.asarray(longitude, float) - self.longitude + 180) % 360 - 180)
        distance = radius(np.asarray(latitude, float))
        return distance * np.sin(angle), radius(self.latitude) - distance * np.cos(angle)


RADIUS, FLATTENING = 6378137.0, 1 / 298.257223563  # of WGS 84
E2 = FLATTENING * (2 - FLATTENING)


def _breadth(latitude: float) -> float:
    """Of the parallel, as a share of the radius."""
    return math.cos(latitude) / math.sqrt(1 - E2 * math.sin(latitude) ** 2)


def _authalic(latitude: Any) -> Numbers:
    sine, e = np.sin(latitude), math.sqrt(E2)
    return np.asarray((1 - E2) * (sine / (1 - E2 * sine**2) + np.arctanh(e * sine) / e))


@dataclass(frozen=True)
class Ground:
    """The outlines of one frame; see above."""

    projection: Projection
    view: Window
    width: float
    height: float
    land: dict[str, Shape]
    lakes: list[Shape]
    rivers: Shape

    @property
    def scale(self) -> float:
        """Points for a metre."""
        return self.width / (self.view[2] - self.view[0])

    def points(self, longitude: Any, latitude: Any) -> tuple[Numbers, Numbers]:
        """Where degrees lie on the page."""
        x, y = self.projection(longitude, latitude)
        return (x - self.view[0]) * self.scale, (y - self.view[1]) * self.scale

    def middle(self, name: str) -> Point:
        """The point of the widest part of a country, as far as the map shows it, that lies farthest from its edge."""
        rings = [piece for ring in self.land[name] for piece in _cut(ring, (0, 0, self.width, self.height))]
        holes = [ring for ring in rings if _area(ring) < 0]
        return farthest([max(rings, key=_area), *holes])


def projection(frame: Window) -> Projection:
    """The one for a frame: its two true parallels a sixth inside."""
    west, south, east, north = frame
    inside = (north - south) / 6
    return Projection((west + east) / 2, (south + north) / 2, (south + inside, north - inside))


def _view(frame: Window) -> Window:
    """The picture's edges in metres: an upright rectangle through the middles of the frame's sides."""
    west, south, east, north = frame
    across, up = (west + east) / 2, (south + north) / 2
    x, y = projection(frame)([west, across, east, across], [up, south, up, north])
    return float(x[0]), float(y[1]), float(x[2]), float(y[3])


@lru_cache(maxsize=8)
def in_frame(folder: Path, frame: Window, width: float) -> Ground:
    """The ground of a frame: west, south, east, north in degrees, so many points wide; remembered, as a map is drawn in two schemes.

    Raises:
        DataError: a file of `data/geography/` is missing.
    """
    view = _view(frame)
    scale = width / (view[2] - view[0])
    ground = Ground(projection(frame), view, width, (view[3] - view[1]) * scale, {}, [], [])
    world = outlines.thinned(folder, (view[2] - view[0]) / DETAILS / 1000)
    detail = width / DETAILS

    def shown(layer: str, part: list[outlines.Ring]) -> Shape:
        rings = [(n, _shown(ground, frame, world[layer].ring(ring), _cut)) for n, ring in enumerate(part)]
        return [_turned(piece, outer=n == 0) for n, pieces in rings for piece in pieces]

    for country in world["countries"].shapes:
        parts = [shown("countries", part) for part in country.parts]
        large = [
            part for part in parts if sum(map(_area, part)) > 40 * detail**2
        ]  # without islets too small to be seen
        if large:
            ground.land[country.name] = [ring for part in large for ring in part]
    for lake in world["lakes"].shapes:
        shape = shown("lakes", lake.parts[0])
        if _length(shape) > 50 * detail:
            ground.lakes.append(shape)
    for river in world["rivers"].shapes:
        shape = _shown(ground, frame, world["rivers"].ring(river.parts[0][0]), _along)
        if _length(shape) > 50 * detail:
            ground.rivers.extend(shape)
    return ground


def _shown(ground: Ground, frame: Window, line: Numbers, cut: Callable[[Numbers, Window], Shape]) -> Shape:
    """The pieces of a line in degrees that lie on the page, or a little beyond it, so that no border runs along its edge."""
    west, south, east, north = frame
    more = MARGIN * (east - west)
    beyond = (west - more, south - more, east + more, min(north + more, NORTHERNMOST))
    edge = 20 * ground.width / DETAILS
    page = (-edge, -edge, ground.width + edge, ground.height + edge)
    near = [np.column_stack(ground.points(*piece.T)) for piece in cut(_near(line, beyond), beyond)]
    return [np.round(piece, DIGITS) for whole in near for piece in cut(whole, page)]


def _turned(ring: Numbers, outer: bool) -> Numbers:
    """A ring, a hole the other way around than an outer one, so that it is not filled."""
    return ring if (_area(ring) > 0) == outer else ring[::-1]


def _near(ring: Numbers, box: Window) -> Numbers:
    """A ring in degrees, turned around the globe to where the box is."""
    turns = np.round(((box[0] + box[2]) / 2 - (ring[:, 0].min() + ring[:, 0].max()) / 2) / 360)
    return np.column_stack([ring[:, 0] + 360 * turns, ring[:, 1]])


def _cut(ring: Numbers, box: Window) -> Shape:
    """What of a ring's inside lies in a box; where it leaves the box and comes again, the ring runs along the edge."""
    if (ring.min(0) > box[2:]).any() or (ring.max(0) < box[:2]).any():
        return []
    return _pieces(Outline(ring, closed=True).clip_to_bbox(Bbox.from_extents(*box)))


def _along(line: Numbers, box: Window) -> Shape:
    """The pieces of a line that lie in a box."""
    return _pieces(Outline(line).cleaned(clip=box))


def _pieces(path: Outline) -> Shape:
    """The lines of a path, point by point; `Path.to_polygons` would leave points out."""
    if path.codes is None:  # there is nothing
        return []
    codes = np.asarray(path.codes)
    drawn = codes != Outline.STOP
    pieces = np.split(np.asarray(path.vertices)[drawn], np.flatnonzero(codes[drawn] == Outline.MOVETO)[1:])
    return [piece for piece in pieces if len(piece)]


def _area(ring: Numbers) -> float:
    """Negative where it runs clockwise."""
    x, y = ring.T
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


def _length(shape: Shape) -> float:
    """Of a shape's longest side, seen from 32 directions."""
    angle = np.linspace(0, np.pi, 32, endpoint=False)
    corners = np.concatenate([np.zeros((0, 2)), *shape])
    return float(np.ptp(corners @ [np.cos(angle), np.sin(angle)], axis=0).max()) if len(corners) else 0.0


def inside(shape: Shape, x: Any, y: Any) -> npt.NDArray[np.bool_]:
    """For each point whether it lies in a shape."""
    x, y = np.broadcast_arrays(x, y)
    at = np.column_stack([x.ravel(), y.ravel()]).astype(float)
    odd = np.zeros(len(at), dtype=bool)
    for ring in shape:
        near = ((at >= ring.min(0)) & (at <= ring.max(0))).all(1)
        odd[near] ^= Outline(ring).contains_points(at[near])
    return odd.reshape(x.shape)


def disc(at: Point, radius: float) -> Shape:
    """A round shape; straight pieces so short show nowhere."""
    angle = np.linspace(0, 2 * np.pi, 49)
    return [np.column_stack([at[0] + radius * np.cos(angle), at[1] + radius * np.sin(angle)])]


def distance(shape: Shape, at: Point) -> float:
    """From a point to a shape; 0 inside."""
    if inside(shape, *at):
        return 0.0
    return min(float(_to_line(ring - np.array(at)).min()) for ring in shape)


def farthest(shape: Shape) -> Point:
    """The point in a shape that lies farthest from its outline, to a fiftieth of a point; squares that cannot hold it are left out."""
    low, high = shape[0].min(0), shape[0].max(0)
    side = float((high - low).max()) / 8
    at = np.stack(
        np.meshgrid(*(np.arange(a + side / 2, b + side / 2, side) for a, b in zip(low, high, strict=True))), -1
    )
    at = at.reshape(-1, 2)
    while True:
        edge = np.array([min(_to_line(ring - point).min() for ring in shape) for point in at])
        depth = np.where(inside(shape, *at.T), edge, -edge)
        if side < 0.02:
            x, y = at[depth.argmax()]
            return float(x), float(y)
        at = at[depth + side / math.sqrt(2) >= depth.max()]
        at = (at[:, None] + np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)]) * side / 4).reshape(-1, 2)
        side /= 2


def _to_line(line: Numbers) -> Numbers:
    """From the origin to each piece of a line."""
    start, way = line[:-1], np.diff(line, axis=0)
    share = np.clip(-(start * way).sum(1) / np.maximum((way**2).sum(1), 1e-12), 0, 1)
    return np.asarray(np.hypot(*(start + share[:, None] * way).T))


def stripe(shape: Shape, offset: float) -> Numbers:
    """Where the line y = x - offset runs through a shape: a row for each piece, with the y of its two ends."""
    crossings = []
    for ring in shape:
        side = ring[:, 0] - ring[:, 1] - offset
        n = np.flatnonzero((side[:-1] < 0) != (side[1:] < 0))
        share = side[n] / (side[n] - side[n + 1])
        crossings.append(ring[n, 1] + share * (ring[n + 1, 1] - ring[n, 1]))
    return np.sort(np.concatenate(crossings)).reshape(-1, 2)
