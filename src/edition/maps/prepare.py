"""What maps and chapters ask of borders, worked out from Natural Earth once and written into `data/geography/`.

    python -m edition.maps.prepare

The raw files and the paper's places go in, small tables come out, the same bytes each time; `geography` and `outlines` read them.
Belongs here: everything that needs geopandas, shapely or pyproj, which nothing else imports. Not here: what is particular to
a paper (`paper.Region`), or drawing.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from edition import paper, paths
from edition.data.load import DataError
from edition.maps import outlines
from edition.maps.geography import EARTH_KM
from edition.maps.outlines import FINEST, LETTERS, NEVER, STEP, Layer, Points
from edition.paper import Region

ELLIPSOID = "WGS84"
DEGREE_KM = 111.3  # of latitude
EQUAL_AREA = "ESRI:54034"
DETAILS = [FINEST * STEP**n for n in range(len(LETTERS))]  # in kilometres


def read(folder: Path) -> gpd.GeoDataFrame:
    """The countries in degrees (WGS 84), as the file has them.

    Raises:
        DataError: the file is missing.
    """
    return gpd.read_file(outlines.file(folder, "countries"), layer="countries").set_crs(4326, allow_override=True)


def parts(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A row for each single shape; those that the file joins across the 180th meridian run on beyond it."""
    single = shapes.explode(ignore_index=True)
    across = (single.bounds["maxx"] - single.bounds["minx"] > 300).to_numpy()
    eastward = shapely.transform(
        single.geometry.to_numpy()[across], lambda at: np.column_stack([at[:, 0] % 360, at[:, 1]])
    )
    single.loc[across, "geometry"] = eastward
    return single


def window(shapes: gpd.GeoDataFrame, west: float, south: float, east: float, north: float) -> gpd.GeoDataFrame:
    """What of a layer lies inside a box of degrees, as valid shapes; columns as given."""
    near = parts(shapes).cx[west:east, south:north]
    seen = near.set_geometry(near.make_valid().clip_by_rect(west, south, east, north))
    return seen[~seen.is_empty]


def areas(countries: gpd.GeoDataFrame) -> pd.DataFrame:
    """`name` and `km2` of each, on the ellipsoid."""
    km2 = [abs(Geod(ellps=ELLIPSOID).geometry_area_perimeter(shape)[0]) / 1e6 for shape in countries.geometry]
    return pd.DataFrame({"name": countries["name"], "km2": km2}).sort_values("name")


def neighbours(countries: gpd.GeoDataFrame) -> pd.DataFrame:
    """`name` and `neighbour`: each country with each whose shape touches its own."""
    valid = countries.set_geometry(countries.make_valid())[["name", "geometry"]]
    pairs = gpd.sjoin(valid, valid, predicate="intersects", lsuffix="one", rsuffix="other")
    pairs = pairs.rename(columns={"name_one": "name", "name_other": "neighbour"})[["name", "neighbour"]]
    return pairs[pairs["name"] != pairs["neighbour"]].sort_values(["name", "neighbour"])


def distances(countries: gpd.GeoDataFrame, region: Region) -> pd.DataFrame:
    """`name`, `other` and `km`, from each of the region's homes to every other country near; 0 where they touch."""
    longitude, latitude = region.middle
    plane = f"+proj=aeqd +lat_0={latitude} +lon_0={longitude} +datum={ELLIPSOID}"
    near = window(countries, *region.near).dissolve("name").geometry.to_crs(plane)
    found = [
        pd.DataFrame({"name": home, "other": near.index, "km": near.distance(near[home]).to_numpy() / 1e3})
        for home in region.homes
    ]
    return pd.concat(found).query("name != other")


def centres(countries: gpd.GeoDataFrame, region: Region) -> pd.DataFrame:
    """`name`, `longitude`, `latitude` of the middle of the widest part of each country, as far as it lies near."""
    near = window(countries, *region.near).explode(ignore_index=True)
    widest = near.loc[near.geometry.to_crs(EQUAL_AREA).area.groupby(near["name"]).idxmax()]
    at = shapely.get_coordinates(shapely.get_point(shapely.maximum_inscribed_circle(widest.geometry.to_numpy()), 0))
    return pd.DataFrame({"name": widest["name"].to_numpy(), "longitude": at[:, 0], "latitude": at[:, 1]})


def holders(countries: gpd.GeoDataFrame, places: pd.DataFrame, region: Region) -> pd.DataFrame:
    """`place_id` and `name`: the country in which each place lies, or those on whose border it stands."""
    found = []
    for place in places.itertuples():
        around = window(countries, place.longitude - 1, place.latitude - 1, place.longitude + 1, place.latitude + 1)
        km = np.array([DEGREE_KM * np.cos(np.radians(place.latitude)), DEGREE_KM])  # of a degree, near the point
        shapes = shapely.transform(around.geometry.to_numpy(), lambda at, km=km: at * km)
        away = shapely.distance(shapes, shapely.Point(np.array([place.longitude, place.latitude]) * km))
        found += [(place.place_id, name) for name in sorted(set(around["name"][away <= region.on_border_km]))]
    return pd.DataFrame(found, columns=["place_id", "name"])


def details(folder: Path) -> pd.DataFrame:
    """To which detail each point of the outlines is needed: `layer`, `line` (its number) and `details`, a letter for each point.

    Countries are thinned by the area of a corner (Visvalingam and Whyatt), which leaves no gap between two; water by the
    distance from the line (Douglas and Peucker). Where lines meet, the point is always needed.
    """
    found = []
    for name, layer in outlines.read(folder).items():
        first = np.cumsum([0, *map(len, layer.lines)])
        letters = np.full(first[-1], NEVER)
        thinned = _land(_numbered(layer)) if name == "countries" else _water(_numbered(layer), open=name == "rivers")
        for letter, shapes in zip(LETTERS, thinned, strict=True):
            letters[shapely.get_coordinates(shapes, include_z=True)[:, 2].astype(int)] = letter
        letters[first[:-1]] = letters[first[1:] - 1] = LETTERS[-1]
        lines = ["".join(letters[begin:end]) for begin, end in itertools.pairwise(first)]
        found.append(pd.DataFrame({"layer": name, "line": range(len(lines)), "details": lines}))
    return pd.concat(found)


def _numbered(layer: Layer) -> Layer:
    """The layer with the number of each point beside it."""
    first = np.cumsum([0, *map(len, layer.lines)])
    lines = [np.column_stack([line, np.arange(n, n + len(line))]) for line, n in zip(layer.lines, first, strict=False)]
    return Layer(lines, layer.shapes)


def _land(layer: Layer) -> Iterator[Any]:
    """The countries at each detail; in kilometres on Lambert's cylinder, where areas are true as on any map with equal areas."""
    shapes = _shapes(layer, np.sin)
    return (shapely.coverage_simplify(shapes, detail) for detail in DETAILS)


def _water(layer: Layer, open: bool) -> Iterator[Any]:
    """Lakes or rivers at each detail; in kilometres of Mercator's map, where shapes are true and lengths too large by the latitude."""
    shapes = _shapes(layer, lambda latitude: np.arctanh(np.sin(latitude)), open)
    longer = np.cosh(shapely.get_y(shapely.centroid(shapes)) / EARTH_KM)
    return (shapely.simplify(shapes, detail * longer) for detail in DETAILS)


def _shapes(layer: Layer, north: Callable[[Points], Points], open: bool = False) -> Any:
    """Every part of every shape, its points in kilometres on a cylinder: `north` of a latitude in radians is in radii of the earth."""

    def plane(ring: list[int]) -> Points:
        at = layer.ring(ring)
        radians = np.radians(at[:, :2])
        return np.column_stack([radians[:, 0] * EARTH_KM, north(radians[:, 1]) * EARTH_KM, at[:, 2]])

    parts = [[plane(ring) for ring in part] for shape in layer.shapes for part in shape.parts]
    return np.array([shapely.LineString(part[0]) if open else shapely.Polygon(part[0], part[1:]) for part in parts])


def tables(folder: Path, places: pd.DataFrame, region: Region) -> dict[str, bytes]:
    """The content of every table, by the name of its file.

    Args:
        places: with `place_id`, `longitude` and `latitude`.

    Raises:
        DataError: a raw file is missing.
    """
    outlines.read(folder)  # says first whether a file is missing
    countries = read(folder)
    made = {
        "areas": areas(countries),
        "neighbours": neighbours(countries),
        "distances": distances(countries, region),
        "centres": centres(countries, region),
        "holders": holders(countries, places, region),
        "details": details(folder),
    }
    return {f"{name}.csv": table.to_csv(index=False, lineterminator="\n").encode() for name, table in made.items()}


def main() -> None:
    """The command line: write the tables of this edition, or say in one line why not."""
    this = paper.current()
    if this.region is None:
        sys.exit("The paper has no region, so there is nothing to prepare; allowed: a `region`, see edition.paper")
    folder = paths.root() / "data"
    try:
        found = tables(folder, getattr(this.load(), this.region.points), this.region)
    except DataError as error:
        sys.exit(str(error))
    for name, content in found.items():
        (folder / "geography" / name).write_bytes(content)
    print(f"data/geography: {', '.join(found)} written; `python -m edition.build.upkeep hashes` comes next")


if __name__ == "__main__":
    main()
