"""What a map stands on: the land by country, the lakes and the rivers inside a frame, in points of the printed page.

    ground = of(folder, frame)                   # ground.land["China"]: rings, each an array of x and y
    x, y = ground.points(longitudes, latitudes)

A shape is a list of rings; a point lies in it if it lies in an odd number of them. The outlines are cut and thinned once for a
frame (`_outlines`), the only part that needs shapely; whatever is drawn on them does without.
Belongs here: projecting, outlines, where a point lies. Not here: drawing (`maps`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path as Outline

from edition.charts.style import WIDTH
from edition.maps import geography
from edition.maps.kept import kept
from edition.maps.placing import Point

Window = tuple[float, float, float, float]
Numbers = npt.NDArray[np.float64]
Shape = list[Numbers]  # rings, the first point of each repeated at its end
POINTS = WIDTH * 72  # of the map's width
MARGIN = 0.4  # of the frame's width, read beyond it, so that the cut lies outside the picture
DIGITS = 3  # of a point; finer shows nowhere


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
    height: float
    land: dict[str, Shape]
    middles: dict[str, Point]  # of the widest part of each country, as far as the map shows it
    lakes: list[Shape]
    rivers: Shape

    @property
    def scale(self) -> float:
        """Points for a metre."""
        return POINTS / (self.view[2] - self.view[0])

    def points(self, longitude: Any, latitude: Any) -> tuple[Numbers, Numbers]:
        """Where degrees lie on the page."""
        x, y = self.projection(longitude, latitude)
        return (x - self.view[0]) * self.scale, (y - self.view[1]) * self.scale


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
def of(folder: Path, frame: Window) -> Ground:
    """The ground of a frame: west, south, east, north in degrees; remembered, as a map is drawn in two schemes."""
    view = _view(frame)
    height = (view[3] - view[1]) * POINTS / (view[2] - view[0])
    found = _outlines(folder, *frame)
    rings = {name: [np.array(ring) for ring in shape] for name, shape in found["land"].items()}
    return Ground(
        projection(frame),
        view,
        height,
        rings,
        {name: (x, y) for name, (x, y) in found["middles"].items()},
        [[np.array(ring) for ring in shape] for shape in found["lakes"]],
        [np.array(line) for line in found["rivers"]],
    )


@kept
def _outlines(folder: Path, west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """The frame's `land` (rings by country), `middles` (by country), `lakes` (rings) and `rivers` (lines), in points."""
    import shapely

    project, view = projection((west, south, east, north)), _view((west, south, east, north))
    scale = POINTS / (view[2] - view[0])
    more = MARGIN * (east - west)
    beyond = (west - more, south - more, east + more, min(north + more, 84))
    detail = (view[2] - view[0]) / 800  # metres: finer shows nowhere
    # a little more, so that no border runs along the edge
    around = shapely.buffer(shapely.box(*view), 20 * detail).bounds

    def metres(shapes: Any) -> Any:
        return shapely.transform(shapes, lambda at: np.column_stack(project(at[:, 0], at[:, 1])))

    def points(shapes: Any) -> Any:
        moved = shapely.transform(shapes, lambda at: np.round((at - view[:2]) * scale, DIGITS))
        return shapely.orient_polygons(moved)  # a hole the other way around: it is not filled

    whole = geography.window(geography.read(folder, "countries"), *beyond).dissolve("name")
    outlines = shapely.clip_by_rect(shapely.coverage_simplify(metres(whole.geometry.to_numpy()), detail), *around)
    page = shapely.box(0, 0, POINTS, (view[3] - view[1]) * scale)
    land, middles = {}, {}
    for name, shape in zip(whole.index, outlines, strict=True):
        parts = shapely.get_parts(shape)
        parts = parts[shapely.area(parts) > 40 * detail**2]  # without islets too small to be seen
        if len(parts):
            parts = points(parts)
            land[str(name)] = [ring for part in parts for ring in _rings(part)]
            seen = shapely.get_parts(shapely.intersection(parts, page))
            widest = seen[np.argmax(shapely.area(seen))]
            if widest.area:
                middles[str(name)] = shapely.maximum_inscribed_circle(widest).coords[0]
    waters = {}
    for layer in ("lakes", "rivers"):
        found = metres(geography.window(geography.read(folder, layer), *beyond).geometry.to_numpy())
        found = shapely.clip_by_rect(shapely.simplify(found, detail), *around)
        found = found[~shapely.is_empty(found) & (shapely.minimum_bounding_radius(found) > 25 * detail)]
        waters[layer] = shapely.get_parts(points(found))
    return {
        "land": land,
        "middles": middles,
        "lakes": [_rings(lake) for lake in waters["lakes"]],
        "rivers": [list(river.coords) for river in waters["rivers"]],
    }


def _rings(polygon: Any) -> list[list[Point]]:
    return [list(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]


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
