"""Outlines of regions: the first-order divisions of today for which a place of the paper stands.

    regions.outlined(folder)                           # ids of the places that have one
    shape = regions.shape(folder, ground, "north_vell")

Belongs here: reading `data/geography/regions-10m.geojson`. Not here: countries and water (`outlines`), or drawing (`pieces`).
A folder without that file has no such region.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

import numpy as np

from edition.maps.ground import Ground, Numbers, Shape

FILE = Path("geography", "regions-10m.geojson")


@functools.cache
def read(folder: Path) -> dict[str, list[Numbers]]:
    """Each place with its rings, in degrees."""
    path = folder / FILE
    if not path.is_file():
        return {}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        one["properties"]["place_id"]: [
            np.array(ring, float) for part in one["geometry"]["coordinates"] for ring in part
        ]
        for one in features
    }


def outlined(folder: Path) -> set[str]:
    """The places that have an outline."""
    return set(read(folder))


def shape(folder: Path, under: Ground, place: str) -> Shape:
    """The outline of a place, in points of a map."""
    return [np.column_stack(under.points(*ring.T)) for ring in read(folder)[place]]
