"""A stage of the paper is missing, has a number the paper does not give, or is drawn where it was not."""

from __future__ import annotations

import io
import json
import math
import re
import textwrap
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
import shapely

from analysis import geography, growth, movements, parameters, stages, upkeep
from analysis.data import Tables
from analysis.exhibits import draw
from analysis.gallery import after_1991, concept, interlude, kurultays, overview, stage, war
from analysis.plots.maps import PERSONS_PER_POINT
from analysis.plots.style import SCHEMES
from tests.conftest import ROOT, run

# Every wave of the paper's History section and conclusion, in time; True where it states a number.
TOLD = {
    "flight_1723": False, "europe_early": False, "stolypin": True, "count_1911": True, "refugees_1916": True,
    "return_1917": True, "soviet_power": False, "civil_war": False, "famine_1920": False, "famine_1930s": False,
    "political_emigration": False, "kashmir_1941": True, "war_captives": False, "war_loss": True,
    "xinjiang_flight": False, "labour_1961": False, "separate_1980s": False, "iran_afghanistan_1980s": False,
    "professionals_1990s": False, "repatriation": True,
}  # fmt: skip

COUNTRY_OF = {  # where a region's mark must lie, in today's borders
    "pamir_badakhshan": "Tajikistan", "kashmir": "India", "western_mongolia": "Mongolia", "england": "United Kingdom",
}  # fmt: skip

RECORDS: dict[str, dict[str, Any]] = {r["id"]: r for path in upkeep.chapters(ROOT) for r in upkeep.records(path)}
MAPS = [name for name, record in RECORDS.items() if record.get("chart") == "maps.stage"]


def drawn_data(name: str) -> pd.DataFrame:
    return pd.read_json(io.StringIO(json.dumps(RECORDS[name]["data"])), orient="table")


def test_a_wave_of_the_paper_is_missing(tables: Tables) -> None:
    told = stages.told(tables).set_index("stage_id")["stated"]
    assert told.to_dict() == TOLD
    assert list(told.index) == list(TOLD)


def test_a_stage_has_no_chapter() -> None:
    shown = {row["stage_id"] for r in RECORDS.values() if r["id"].endswith("-facts") for row in r["data"]["data"]}
    assert shown == set(TOLD)


def test_a_number_is_told_where_the_paper_has_none(tables: Tables) -> None:
    for row in stage.told(tables).itertuples():
        assert (row.number == "not stated") == (not TOLD[row.stage_id])
        assert math.isnan(row.low) == (not TOLD[row.stage_id])


@pytest.mark.parametrize("name", MAPS)
def test_a_map_shows_a_number_that_is_not_in_the_data(tables: Tables, name: str) -> None:
    known = {*tables.movements["low"], *tables.stocks["low"], *tables.stocks["high"]}
    data = drawn_data(name).reindex(columns=["mark", "low", "high"])
    shown = data[data["mark"].isin(["arrow", "number"])][["low", "high"]].melt()["value"].dropna()
    assert set(shown) <= known


@pytest.mark.parametrize("name", MAPS)
def test_an_arrow_is_wider_or_narrower_than_its_number(name: str) -> None:
    data = drawn_data(name)
    arrows = data[data["mark"] == "arrow"]
    patches = [
        p for p in draw(RECORDS[name], SCHEMES["light"]).axes[0].patches if type(p).__name__ == "FancyArrowPatch"
    ]
    assert len(patches) == len(arrows)
    for patch, low in zip(patches, arrows.get("low", []), strict=True):
        dashed = patch.get_linestyle() != "-"
        assert dashed == pd.isna(low), "a number unknown must look unknown, and only that"
        if not dashed:
            assert patch.get_linewidth() == pytest.approx(max(1.2, low / PERSONS_PER_POINT))


def test_a_route_is_on_the_wrong_continent(tables: Tables) -> None:
    countries = geography.read(tables.folder, "countries")
    outlines = geography.window(countries, *geography.NEAR).dissolve("name").geometry
    land = outlines.map(lambda shape: shapely.buffer(shape, 0.3))  # degrees: a coast drawn at 1:50 million is coarse
    sites = stages.places(tables, list(TOLD))
    for site in sites.itertuples():
        point = shapely.Point(site.longitude, site.latitude)
        assert any(shape.contains(point) for shape in land), f"{site.place_id} lies in the sea or outside the map"
        expected = site.map_name or COUNTRY_OF.get(site.place_id)
        if expected:
            assert land[expected].contains(point), site.place_id
    moves = stages.arrows(tables, list(TOLD))
    lines = shapely.linestrings(
        moves[["longitude", "latitude", "to_longitude", "to_latitude"]].to_numpy().reshape(-1, 2, 2)
    )
    assert shapely.is_valid(lines).all() and (shapely.length(lines) > 0).all()
    assert moves["longitude"].between(-12, 105).all() and moves["latitude"].between(5, 62).all()


def test_a_place_that_is_not_named_is_drawn(tables: Tables) -> None:
    vague = set(tables.places.query("kind == 'aggregate'")["place_id"])
    assert vague.isdisjoint(stages.places(tables, list(TOLD))["place_id"])


def test_one_number_is_divided_between_places(tables: Tables) -> None:
    assert stages.arrows(tables, ["stolypin"])["low"].to_list() == [300_000]
    assert stages.arrows(tables, ["repatriation"])["low"].isna().all()
    assert len(stages.arrows(tables, ["repatriation"])) == 9


def test_a_stage_without_origin_gets_an_arrow(tables: Tables) -> None:
    for name in ("flight_1723", "famine_1930s", "soviet_power", "war_captives", "separate_1980s"):
        assert stages.arrows(tables, [name]).empty


def test_the_war_loss_is_taken_for_migration(tables: Tables) -> None:
    assert tables.stages.set_index("stage_id").loc["war_loss", "kind"] == "loss"
    said = war.findings(tables, parameters.War(open_bound="leave open"))
    assert said["loss"] == "more than 350,000" and said["largest"] == "about 300,000"


def test_the_stolypin_account_is_wrong(tables: Tables) -> None:
    def items(**chosen: Any) -> dict[str, tuple[float, float]]:
        frame = movements.stolypin(tables, **{"left_by_1911": "even", "about_percent": 0} | chosen)
        return {row.item: (row.low, row.high) for row in frame.itertuples()}

    assert items()["base"] == (3_000_000, 3_000_000)
    assert items()["left"] == pytest.approx((250_000, 250_000))
    assert items()["missing"] == pytest.approx((25_000, 25_000))
    assert items(left_by_1911="none")["missing"] == (-225_000, -225_000)
    wide = items(about_percent=10)["base"]
    assert wide == pytest.approx((270_000 / 0.11, 330_000 / 0.09))


def test_the_loss_in_kashmir_is_wrong(tables: Tables) -> None:
    assert movements.kashmir(tables)["low"].to_list() == [3000, 1200, 1800]


def test_the_waves_inside_sixty_years_are_wrong(tables: Tables) -> None:
    chosen = parameters.Interlude(last_wave=1931, growth_percent=2.0)
    found = interlude.inside(tables, chosen)["stage_id"].to_list()
    assert found == ["kashmir_1941", "war_captives", "xinjiang_flight", "labour_1961", "separate_1980s",
                     "iran_afghanistan_1980s", "professionals_1990s"]  # fmt: skip
    later = interlude.inside(tables, chosen.model_copy(update={"last_wave": 1945}))["stage_id"].to_list()
    assert later == found[2:]


def test_growth_is_wrong(tables: Tables) -> None:
    assert growth.factor(2, 60) == pytest.approx(3.281, abs=0.001)
    assert growth.rate(100, growth.factor(2, 60) * 100, 60) == pytest.approx(2)
    assert after_1991.needed(tables, 20, 0) == 1.0
    assert after_1991.needed(tables, 20, 50) == 0.5
    stock = 5_000_000.0
    for _ in range(20):
        stock += stock * after_1991.needed(tables, 20, 0) / 100 - 50_000
    assert stock == pytest.approx(5_000_000)
    with pytest.raises(ValueError, match="above zero"):
        growth.rate(0, 1, 1)


def test_the_kurultays_are_wrong(tables: Tables) -> None:
    rows = kurultays.meetings(tables)
    assert rows["missing"].to_list() == ["nothing", "nothing", "nothing", "date and place", "place"]
    assert kurultays.average_gap(tables, parameters.Kurultays(undated_counts=True)) == pytest.approx(
        24.73 / 4, abs=0.01
    )
    assert kurultays.average_gap(tables, parameters.Kurultays(undated_counts=False)) == pytest.approx(
        24.73 / 3, abs=0.01
    )


@pytest.mark.parametrize(
    ("source", "cis", "bordering", "other"),
    [
        ("mendikulova_2001", "left out", 3_800_000, 147_000),
        ("mendikulova_2001", "bordering", 3_987_000, 147_000),
        ("tatimov_2003", "left out", 2_826_000, 274_000),
        ("tatimov_2003", "not bordering", 2_826_000, 451_000),
    ],
)
def test_the_irredenta_is_miscounted(tables: Tables, source: str, cis: str, bordering: float, other: float) -> None:
    chosen = parameters.Concept(scholar="mendikulova", border_km=0, cis_row=cis)  # type: ignore[arg-type]
    found = concept.shares(tables, source, chosen)
    assert (found["bordering"], found["not bordering"]) == (bordering, other)


def test_mongolia_touches_kazakhstan(tables: Tables) -> None:
    near = parameters.Concept(scholar="mendikulova", border_km=100, cis_row="left out")
    far = near.model_copy(update={"border_km": 0})
    found = [concept.hosts(tables, "mendikulova_2001", chosen).set_index("place_id") for chosen in (near, far)]
    assert found[0].loc["mongolia", "borders"] == "bordering" and found[1].loc["mongolia", "borders"] == "not bordering"
    assert 20 < found[0].loc["mongolia", "km"] < 60


def test_runs_of_years_are_joined_across_a_gap(tables: Tables) -> None:
    rows = stages.told(tables, ["soviet_power", "civil_war", "famine_1920", "famine_1930s"])
    assert stages.overlap(rows) == [(1917, 1922), (1930, 1933)]


def test_the_timeline_hides_a_stage_or_its_silence() -> None:
    record = RECORDS["fig-stages-timeline"]
    figure = draw(record, SCHEMES["light"])
    size = figure.axes[1]
    data = drawn_data("fig-stages-timeline")
    bars = [patch.get_width() for patch in size.patches]  # type: ignore[attr-defined]
    assert bars == data["low"].dropna().to_list()
    silent = [text for text in size.texts if text.get_text() == "not stated"]
    assert len(silent) == data["low"].isna().sum() == 13


def test_the_overview_ignores_its_parameter(tables: Tables) -> None:
    assert len(overview.chosen_stages(tables, parameters.Overview(show="all"))) == 20
    assert len(overview.chosen_stages(tables, parameters.Overview(show="stated"))) == 7


def test_the_worked_example_of_a_new_stage_needs_code(edition: Path) -> None:
    """CONTRIBUTING.md promises: a row, a notebook, a line. Its row and its cells are taken from its text."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (row,) = [line.strip() for line in text.splitlines() if line.strip().startswith("move_1935,")]
    with (edition / "data" / "stages.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    code = textwrap.dedent(text.partition("calls what every stage chapter calls:\n")[2].partition("\n3. A line")[0])
    sources = re.split(r"\n\s*\n", code.strip())
    cells = [nbformat.v4.new_code_cell(source) for source in [*sources[:-1], *sources[-1].splitlines()]]
    notebook = edition / "notebooks" / "move_1935.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    result = run("python", "-m", "analysis.execute", str(notebook), str(edition / "out.ipynb"), cwd=edition)
    assert result.returncode == 0, result.stderr
    found = {record["id"]: record for record in upkeep.records(edition / "out.ipynb")}
    assert "not stated" in found["fig-move-1935-map"]["alt"] and "tbl-move-1935-facts" in found
    assert [mark["mark"] for mark in found["fig-move-1935-map"]["data"]["data"]].count("arrow") == 1
