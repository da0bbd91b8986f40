"""The map as data: borders, areas, ranks, neighbours, places with coordinates.

Belongs here: reading the geographic files and measuring them. Not here: drawing (`plots.maps`).
Borders are Natural Earth's of today; no historical border is drawn anywhere. The libraries that measure are imported
where they are used, and what they find is `kept`: most chapters ask only for names and coordinates, and a browser lacks them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from edition.data.load import DataError
from edition.maps.kept import kept

if TYPE_CHECKING:
    import geopandas as gpd

ELLIPSOID = "WGS84"
AROUND_HOME = "+proj=aeqd +lat_0=48 +lon_0=68 +datum=WGS84"  # distances from Kazakhstan are true
ON_BORDER_KM = 15  # a town so near a border stands on it: the outlines of 1:50 million are no truer
NEAR = (-12.0, 20.0, 105.0, 62.0)  # the part of the map in which the stages take place
Layer = Literal["countries", "lakes", "rivers"]
FILES: dict[str, str] = {
    "countries": "countries-50m.json",
    "lakes": "lakes-50m.geojson",
    "rivers": "rivers-50m.geojson",
}


@cache
def read(folder: Path, layer: Layer) -> gpd.GeoDataFrame:
    """One layer of Natural Earth in degrees (WGS 84), as the file has it.

    Raises:
        DataError: the file is missing.
    """
    import geopandas as gpd

    path = folder / "geography" / FILES[layer]
    if not path.is_file():
        raise DataError(f"data/geography/{path.name} is missing; data/geography/README.md says how to make it again")
    shapes = gpd.read_file(path, **({"layer": "countries"} if layer == "countries" else {}))
    return shapes.set_crs(4326, allow_override=True)


def window(shapes: gpd.GeoDataFrame, west: float, south: float, east: float, north: float) -> gpd.GeoDataFrame:
    """The part of a layer inside a box of degrees, as valid shapes; columns as given."""
    import shapely

    parts = shapes.explode(index_parts=False)
    bounds = parts.bounds
    across = (bounds["maxx"] - bounds["minx"] > 300).to_numpy()  # the file joins shapes across the 180th meridian
    parts.loc[across, "geometry"] = shapely.transform(parts.loc[across, "geometry"].to_numpy(), _eastward)
    near = parts.cx[west:east, south:north]
    seen = near.set_geometry(near.make_valid().clip_by_rect(west, south, east, north))
    return seen[~seen.is_empty]


def _eastward(points: np.ndarray) -> np.ndarray:
    """Degrees east from 0 to 360, so that a shape across the 180th meridian is one piece."""
    return np.column_stack([points[:, 0] % 360, points[:, 1]])


def areas(folder: Path, among: Literal["countries", "countries and Antarctica"]) -> pd.DataFrame:
    """Area in square kilometres and rank by it, largest first: columns `name`, `km2`, `rank`.

    >>> # Kazakhstan: about 2.72 million square kilometres, ninth
    """
    measured = pd.DataFrame(_areas(folder), columns=["name", "km2"])
    if among == "countries":
        measured = measured[measured["name"] != "Antarctica"]
    measured = measured.sort_values("km2", ascending=False, ignore_index=True)
    return measured.assign(rank=measured.index + 1)


@kept
def _areas(folder: Path) -> list[tuple[str, float]]:
    from pyproj import Geod

    countries = read(folder, "countries")
    km2 = [abs(Geod(ellps=ELLIPSOID).geometry_area_perimeter(shape)[0]) / 1e6 for shape in countries["geometry"]]
    return list(zip(countries["name"], km2, strict=True))


@kept
def neighbours(folder: Path, name: str) -> list[str]:
    """Names of the countries whose shapes touch the named one, in alphabetical order."""
    countries = read(folder, "countries")
    shape = countries.loc[countries["name"] == name, "geometry"].iloc[0]
    around = countries.cx[slice(*shape.bounds[::2]), slice(*shape.bounds[1::2])]
    touching = around[around.make_valid().intersects(shape) & (around["name"] != name)]
    return sorted(touching["name"])


@kept
def centre(folder: Path, name: str) -> tuple[float, float]:
    """Longitude and latitude of the widest part of a country, as far as it lies in `NEAR`."""
    import shapely

    countries = read(folder, "countries")
    parts = shapely.get_parts(countries.loc[countries["name"] == name, "geometry"].to_numpy())
    wide = np.ptp(shapely.bounds(parts)[:, [0, 2]], axis=1) > 300  # joined across the 180th meridian
    parts[wide] = shapely.transform(parts[wide], _eastward)
    seen = shapely.get_parts(shapely.clip_by_rect(shapely.make_valid(parts), *NEAR))
    widest = seen[np.argmax(shapely.area(seen))]
    longitude, latitude = shapely.maximum_inscribed_circle(widest).coords[0]
    return float(longitude), float(latitude)


@kept
def holders(folder: Path, longitude: float, latitude: float) -> list[str]:
    """Names of the countries in which a point lies, those included on whose border it stands."""
    import shapely

    countries = read(folder, "countries")
    around = countries.cx[longitude - 1 : longitude + 1, latitude - 1 : latitude + 1]
    km = np.array([111.3 * np.cos(np.radians(latitude)), 111.3])  # of a degree, near the point
    shapes = shapely.clip_by_rect(
        shapely.make_valid(around.geometry.to_numpy()), longitude - 1, latitude - 1, longitude + 1, latitude + 1
    )
    distance = shapely.distance(
        shapely.transform(shapes, lambda xy: xy * km), shapely.Point(longitude * km[0], latitude * km[1])
    )
    return sorted(around["name"][distance <= ON_BORDER_KM])


def distance_km(folder: Path, name: str) -> pd.Series:
    """Kilometres from one country to each other near one, by name; 0 for those that touch it."""
    return pd.Series(dict(_distances(folder, name)), dtype=float).rename_axis("name")


@kept
def _distances(folder: Path, name: str) -> list[tuple[str, float]]:
    near = window(read(folder, "countries"), *NEAR).dissolve("name").to_crs(AROUND_HOME)
    return list((near.distance(near.geometry[name]) / 1e3).drop(name).items())
