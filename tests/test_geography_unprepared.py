"""A map in the browser is another than in the book: its projection, its outlines, or an answer that is not there."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from edition.maps import geography, ground, kept
from tests.conftest import ROOT

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


@pytest.fixture
def without_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data beside which stand answers and no borders, where geopandas, shapely and pyproj are not installed."""
    folder = tmp_path / "data"
    folder.mkdir()
    geography.neighbours(ROOT / "data", "Mongolia")
    (folder / kept.FILE).write_text(json.dumps(kept.answers(ROOT / "data")), encoding="utf-8")
    for name in ("geopandas", "shapely", "pyproj"):
        monkeypatch.setitem(sys.modules, name, None)
    return folder


def test_an_answer_that_was_written_down_is_worked_out_again(without_libraries: Path) -> None:
    assert geography.neighbours(without_libraries, "Mongolia") == ["China", "Russia"]


def test_a_question_without_an_answer_is_answered_all_the_same(without_libraries: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r'"neighbours", "Chad".*was not worked out.*allowed: what a chapter'):
        geography.neighbours(without_libraries, "Chad")


def test_an_answer_of_a_copy_is_mixed_up_with_that_of_the_data(tmp_path: Path) -> None:
    """Each folder of data has its own answers."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / kept.FILE).write_text('{"[\\"neighbours\\", \\"Mongolia\\"]": ["Chad"]}', encoding="utf-8")
    assert geography.neighbours(tmp_path / "data", "Mongolia") == ["Chad"]
    assert geography.neighbours(ROOT / "data", "Mongolia") == ["China", "Russia"]
