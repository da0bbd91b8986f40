"""The outlines of Natural Earth, as its files have them: lines of points in degrees, and the shapes that are made of them.

    world = outlines.read(folder)                  # each line with all its points
    world = outlines.thinned(folder, 5.0)          # with those that a picture needs whose details are 5 km
    for country in world["countries"].shapes:
        rings = [world["countries"].ring(ring) for part in country.parts for ring in part]

Two countries share the line between them, so that thinning a line leaves no gap. Which points are needed stands in
`data/geography/details.csv`, a letter for each point, worked out by `prepare`.
Belongs here: reading these files. Not here: which points are needed, or how they are drawn (`ground`).
"""

from __future__ import annotations

import functools
import json
import math
import string
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from edition.data.load import DataError
from edition.maps import geography

Points = npt.NDArray[np.float64]  # rows of longitude, latitude and what else a point has
Ring = list[int]  # numbers of the lines it is made of; ~n is line n from its end to its beginning
FILES = {"countries": "countries-50m.json", "lakes": "lakes-50m.geojson", "rivers": "rivers-50m.geojson"}
FINEST, STEP = 2.0, 1.08  # the detail, in km, to which a point with the first letter is needed; the ratio of the next
LETTERS = string.ascii_uppercase
NEVER = "."  # letter of a point that is not needed at the finest detail


@dataclass(frozen=True)
class Shape:
    """A country, a lake or a river: its parts, and of each part its rings, the outer one first; a river's "ring" is open."""

    name: str
    parts: list[list[Ring]]


@dataclass(frozen=True)
class Layer:
    """Lines, and the shapes that are made of them."""

    lines: list[Points]
    shapes: list[Shape]

    def ring(self, ring: Ring) -> Points:
        """Its points, the first again at its end; longitudes run on beyond 180 degrees rather than jump."""
        pieces = [self.lines[n] if n >= 0 else self.lines[~n][::-1] for n in ring]
        at = np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
        return np.column_stack([np.unwrap(at[:, 0], period=360), at[:, 1:]])


def file(folder: Path, layer: str) -> Path:
    """The raw file of a layer.

    Raises:
        DataError: it is missing.
    """
    path = folder / "geography" / FILES[layer]
    if not path.is_file():
        raise DataError(f"data/geography/{path.name} is missing; data/geography/README.md says how to make it again")
    return path


@functools.cache
def read(folder: Path) -> dict[str, Layer]:
    """`countries` (in the order of their names), `lakes` and `rivers`.

    Raises:
        DataError: a file is missing.
    """
    said = {layer: json.loads(file(folder, layer).read_text(encoding="utf-8")) for layer in FILES}
    waters = {layer: _water(said[layer]["features"]) for layer in ("lakes", "rivers")}
    return {"countries": _countries(said["countries"]), **waters}


def _countries(topology: dict[str, Any]) -> Layer:
    """TopoJSON: each point is the way from the one before it."""
    scale, start = topology["transform"]["scale"], topology["transform"]["translate"]
    shapes = [
        Shape(one["properties"]["name"], one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]])
        for one in topology["objects"]["countries"]["geometries"]
    ]
    lines = [np.cumsum(arc, axis=0) * scale + start for arc in topology["arcs"]]
    return Layer(lines, sorted(shapes, key=lambda shape: shape.name))


def _water(features: list[dict[str, Any]]) -> Layer:
    """GeoJSON: each ring is a line of its own."""
    found = Layer([], [])
    for geometry in (feature["geometry"] for feature in features):
        at = geometry["coordinates"]
        if rings := {"Polygon": at, "LineString": [at]}.get(geometry["type"]):
            found.shapes.append(Shape("", [[[len(found.lines) + n] for n in range(len(rings))]]))
            found.lines.extend(np.array(ring, float) for ring in rings)
    return found


@functools.cache
def _needed(folder: Path) -> dict[str, list[npt.NDArray[np.uint8]]]:
    """The letter of each point, as its number; that of `NEVER` is the lowest."""
    rows = geography.table(folder, "details").groupby("layer")["details"]
    return {layer: [np.frombuffer(line.encode(), np.uint8) for line in lines] for layer, lines in rows}


def thinned(folder: Path, detail_km: float) -> dict[str, Layer]:
    """The layers with the points that are needed at a detail, in kilometres.

    Raises:
        DataError: a file is missing.
    """
    step = round(math.log(detail_km / FINEST, STEP))
    least = ord(LETTERS[min(max(step, 0), len(LETTERS) - 1)])
    needed = _needed(folder)
    return {
        name: replace(layer, lines=[line[of >= least] for line, of in zip(layer.lines, needed[name], strict=True)])
        for name, layer in read(folder).items()
    }
