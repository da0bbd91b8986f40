"""The map is not Natural Earth's: its projection, its outlines, or a table that was worked out from another state of things."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from analysis.data import load
from analysis.paper import PAPER
from edition.data.load import DataError
from edition.maps import geography, ground, outlines, prepare
from tests.conftest import ROOT

TABLES = ["areas", "centres", "details", "distances", "holders", "neighbours"]
WIDTH = 512.0  # points
FRAMES = [(44.0, 36.5, 90.0, 57.0), (-10.0, 20.0, 105.0, 62.0)]


@pytest.mark.parametrize("frame", FRAMES)
def test_the_projection_is_not_albers(frame: ground.Window) -> None:
    """Against pyproj, to a millimetre."""
    ours = ground.projection(frame)
    proj = (
        f"+proj=aea +lat_0={ours.latitude} +lon_0={ours.longitude} "
        f"+lat_1={ours.parallels[0]} +lat_2={ours.parallels[1]} +datum=WGS84"
    )
    west, south, east, north = frame
    longitude, latitude = (
        grid.ravel() for grid in np.meshgrid(np.linspace(west, east, 20), np.linspace(south, north, 20))
    )
    expected = Transformer.from_crs(4326, proj, always_xy=True).transform(longitude, latitude)
    assert np.abs(np.array(ours(longitude, latitude)) - np.array(expected)).max() < 1e-3


def test_a_point_is_on_the_wrong_side_of_an_outline() -> None:
    """Against shapely: inside, how far, and where a stripe runs, in a square with a hole and a square beside it."""
    square = shapely.box(0, 0, 40, 40).difference(shapely.box(10, 10, 30, 25))
    shape = shapely.MultiPolygon([square, shapely.box(50, 5, 60, 35)])
    rings = [np.array(ring.coords) for part in shape.geoms for ring in (part.exterior, *part.interiors)]
    x, y = np.meshgrid(np.arange(-5.3, 70, 3.1), np.arange(-5.3, 50, 3.1))
    assert (ground.inside(rings, x, y) == shapely.contains_xy(shape, x, y)).all()
    for at in [(20.0, 20.0), (5.0, 5.0), (45.5, 3.0), (-8.0, -6.0)]:
        assert ground.distance(rings, at) == pytest.approx(shape.distance(shapely.Point(at)))
    for offset in (-17.3, 0.4, 12.7, 33.1):
        across = shapely.intersection(shapely.LineString([(offset - 90, -90), (offset + 90, 90)]), shape)
        found = ground.stripe(rings, offset)
        assert np.diff(found).sum() * np.sqrt(2) == pytest.approx(across.length)


def test_a_name_is_pinned_to_the_wrong_spot_of_a_country() -> None:
    """Against shapely: the middle of the largest circle inside, in a wedge with a hole in its thick end."""
    shape = shapely.Polygon([(0, 0), (90, 0), (90, 20), (50, 40), (0, 33)], [[(5, 5), (12, 5), (12, 9), (5, 9)]])
    rings = [np.array(ring.coords) for ring in (shape.exterior, *shape.interiors)]
    assert ground.farthest(rings) == pytest.approx(shapely.maximum_inscribed_circle(shape, 0.001).coords[0], abs=0.05)


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    """What the step writes now."""
    return prepare.tables(ROOT / "data", load().gazetteer, PAPER.region)


@pytest.mark.parametrize("name", TABLES)
def test_a_raw_file_a_place_or_the_code_changed_and_a_table_did_not(written: dict[str, bytes], name: str) -> None:
    assert set(written) == {f"{table}.csv" for table in TABLES}
    committed = (ROOT / "data" / "geography" / f"{name}.csv").read_bytes()
    assert written[f"{name}.csv"] == committed, "run `python -m edition.maps.prepare`"


def test_another_place_leaves_its_country_as_it_was() -> None:
    place = pd.DataFrame({"place_id": ["here"], "longitude": [2.35], "latitude": [48.85]})
    found = prepare.holders(prepare.read(ROOT / "data"), place, PAPER.region)
    assert found.to_numpy().tolist() == [["here", "France"]]


@pytest.mark.parametrize("name", outlines.FILES.values())
def test_a_missing_raw_file_gets_no_clear_message(tmp_path: Path, name: str) -> None:
    shutil.copytree(ROOT / "data" / "geography", tmp_path / "geography")
    (tmp_path / "geography" / name).unlink()
    with pytest.raises(DataError, match=rf"^data/geography/{name} is missing; data/geography/README\.md says[^\n]*$"):
        prepare.tables(tmp_path, load().gazetteer, PAPER.region)


def test_a_missing_table_or_an_unmeasured_country_gets_no_clear_message(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"^data/geography/neighbours\.csv is missing; `python -m edition\.maps\.prepare`"
    ):
        geography.neighbours(tmp_path, "Mongolia")
    with pytest.raises(DataError, match=r"^data/geography/centres\.csv: no 'Fiji'; allowed: "):
        geography.centre(ROOT / "data", "Fiji")
    with pytest.raises(DataError, match=r"^data/geography/distances\.csv: no 'China'; allowed: "):
        geography.distance_km(ROOT / "data", "China")


def test_the_tables_of_a_copy_are_mixed_up_with_those_of_the_data(tmp_path: Path) -> None:
    """Each folder of data has its own."""
    (tmp_path / "geography").mkdir()
    (tmp_path / "geography" / "neighbours.csv").write_text("name,neighbour\nMongolia,Chad\n", encoding="utf-8")
    assert geography.neighbours(tmp_path, "Mongolia") == ["Chad"]
    assert geography.neighbours(ROOT / "data", "Mongolia") == ["China", "Russia"]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_thinned_outline_leaves_natural_earth_or_its_neighbour(frame: ground.Window) -> None:
    """On the page: every point of the file within two points and a half of what is drawn, and no gap or overlap between countries."""
    drawn, full = ground.in_frame(ROOT / "data", frame, WIDTH), outlines.read(ROOT / "data")["countries"]
    page = shapely.box(0, 0, WIDTH, drawn.height)
    shapes = {name: shapely.make_valid(_polygon(rings)) for name, rings in drawn.land.items()}
    for country in full.shapes:
        if country.name in shapes:
            outer = full.ring(max((part[0] for part in country.parts), key=lambda ring: len(full.ring(ring))))
            west, south, east, north = frame
            at = outer[(outer[:, 0] > west) & (outer[:, 0] < east) & (outer[:, 1] > south) & (outer[:, 1] < north)]
            points = shapely.points(*drawn.points(*at.T))
            seen = points[shapely.contains(page, points)]
            edge = shapely.boundary(shapes[country.name])
            assert (shapely.distance(seen, edge) < 2.5).all(), country.name
    seen = shapely.intersection(list(shapes.values()), page)
    assert shapely.area(seen).sum() - shapely.area(shapely.union_all(seen)) < 0.01 * len(shapes)


def _polygon(rings: ground.Shape) -> shapely.Geometry:
    found = shapely.Polygon()
    for ring in rings:
        found = found.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return found


def test_a_shape_across_the_180th_meridian_is_torn() -> None:
    """Chukotka lies east of the meridian in the file, and beside Kamchatka on a map of the Pacific."""
    drawn = ground.in_frame(ROOT / "data", (150.0, 50.0, 200.0, 72.0), WIDTH)
    for longitude, latitude, country in [
        (-175.0, 67.0, "Russia"),
        (177.0, 67.0, "Russia"),
        (-160.0, 65.0, "United States of America"),
    ]:
        assert ground.inside(drawn.land[country], *drawn.points(longitude, latitude)), country
    assert not any(ground.inside(shape, *drawn.points(180.0, 58.0)) for shape in drawn.land.values())
