"""A map hides a name, draws a number the data do not have, or leaves one unsaid; a mark hides another.

The pictures are made anew here, not read from the notebooks' stored outputs.
"""

from __future__ import annotations

import functools
import itertools
import math
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from sphinx import addnodes

from analysis.chapters import china, concept, estimates, homeland, mapping, refugees_1916, stage, where
from analysis.chapters.concept import Concept
from analysis.chapters.estimates import Estimates
from analysis.chapters.homeland import Homeland
from analysis.chapters.refugees_1916 import Refugees1916
from analysis.computing import stages
from analysis.data import load
from analysis.tables import Tables
from edition.book import render
from edition.build import contents
from edition.charts.style import SCHEMES, Cut
from edition.exhibits import stored
from edition.exhibits.exhibit import Picture
from edition.exhibits.record import FigureRecord
from edition.maps import geography, ground
from edition.maps.look import RING
from edition.maps.map import COLUMNS, Map
from edition.maps.pieces import CLEAR, SQUARE, apart
from edition.maps.placing import WATER, Room
from tests.conftest import ROOT
from tests.pictures import faults, texts

STAGE_MAPS = [
    ["flight_1723"], ["stolypin"], ["refugees_1916"], ["soviet_power", "civil_war", "famine_1920"], ["famine_1930s"],
    ["kashmir_1941", "xinjiang_flight"], ["war_captives"], ["labour_1961"], ["separate_1980s", "iran_afghanistan_1980s"],
    ["repatriation"],
]  # fmt: skip
OTHER = ["homeland", "concept", "refugees", "districts"]
NAMES = [*(ids[0] for ids in STAGE_MAPS), *OTHER]


@cache
def tables_() -> Tables:
    return load(ROOT)


@cache
def picture(name: str) -> Picture:
    tables = tables_()
    made: dict[str, Any] = {
        "homeland": lambda: homeland.where_it_lies(tables, Homeland(rank_among="countries")),
        "concept": lambda: concept.on_the_map(tables, Concept(scholar="mendikulova", border_km=0, cis_row="left out")),
        "districts": lambda: china.where_they_lie(tables),
        "hosts": lambda: where.they_live(tables),
        "estimates": lambda: estimates.side_by_side(
            tables, Estimates(at_least=1, sources="all", bound="both", uncertain="keep")
        ),
        "refugees": lambda: refugees_1916.where_they_were(
            tables,
            Refugees1916(total="printed", kazakh_percent=100, open_bound="leave open", about_percent=0),
        ),
        **{ids[0]: lambda ids=ids: stage.stages_map(tables, ids) for ids in STAGE_MAPS},
    }
    result: Picture = made[name]()
    return result


@cache
def drawn(name: str, cut: Cut) -> Figure:
    """The picture in one of its cuts, drawn once for all that look at it."""
    return picture(name).record().draw(SCHEMES["light"].cut(cut))


def marks(name: str) -> pd.DataFrame:
    frame = picture(name).record().frame()
    return frame.reindex(columns=list(dict.fromkeys([*frame.columns, *COLUMNS])))


def map_of(name: str) -> Map:
    chart = picture(name).chart
    assert isinstance(chart, Map)
    return chart


def named(name: str) -> list[str]:
    labels = [label for panel in map_of(name).panels for _, label in panel.named]
    return [label.upper() if label == mapping.HOME else label for label in labels]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_missing_from_a_map(name: str) -> None:
    shown = [text.get_text() for text in texts(drawn(name, "desk"))]
    frame = marks(name)
    wanted = [
        *frame["label"].dropna(),
        *(line for detail in frame["detail"].dropna() for line in detail.split("\n")),
        *named(name),
        *(w for _, w in map_of(name).key),
    ]
    assert {text for text in wanted if text} <= set(shown)


@pytest.mark.parametrize("cut", ["desk", "phone"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_seems_to_go_on_with_the_next(name: str, cut: Cut) -> None:
    """“no number printed China”, in one line, on a phone."""
    boxes = [one.get_window_extent() for one in texts(drawn(name, cut)) if one.axes and one.get_text() != "?"]
    for one in boxes:
        for other in boxes:
            level = min(one.y1, other.y1) - max(one.y0, other.y0) > 0.7 * one.height
            assert not (level and 0 < other.x0 - one.x1 < 0.8 * one.height), (name, one, other)


def test_arrows_into_a_country_end_on_one_spot() -> None:
    for cut in ("desk", "phone"):
        ends = [one.get_path().vertices[-1] for one in drawn("repatriation", cut).axes[0].findobj(FancyArrowPatch)]
        apart = [math.dist(*pair) for pair in itertools.combinations(ends, 2)]
        assert len(ends) == 9 and min(apart) > 3, (cut, min(apart))


def test_arrows_into_a_country_run_into_each_other() -> None:
    """Iran's and Turkmenistan's, on a phone: dashes of two arrows that meet are of neither."""
    for cut in ("desk", "phone"):
        curves = [one.get_path().vertices[:3] for one in drawn("repatriation", cut).axes[0].findobj(FancyArrowPatch)]
        t = np.linspace(0, 1, 60)[:, None]
        ways = [(1 - t) ** 2 * one + 2 * t * (1 - t) * two + t**2 * three for one, two, three in curves]
        near = [np.hypot(*(a[:, None] - b[None]).T).min() for a, b in itertools.combinations(ways, 2)]
        assert min(near) > 5, (cut, min(near))


def test_an_arrow_begins_in_another_country_or_at_the_edge() -> None:
    """Of a country whose middle a phone's closer frame leaves out, and of all others."""
    arrows = marks("repatriation").query("mark == 'arrow'")
    countries = marks("repatriation").query("mark == 'country'").set_index("label")["map_name"]
    for cut in ("desk", "phone"):
        scheme = SCHEMES["light"].cut(cut)
        frame = map_of("repatriation").panels[0].seen(scheme)
        under = ground.in_frame(ROOT / "data", frame, 72 * scheme.width)
        axes = drawn("repatriation", cut).axes[0]
        starts = [one.get_path().vertices[0] for one in axes.findobj(FancyArrowPatch)]
        for begins, (x, y) in zip(arrows["begins"], starts, strict=True):
            assert 10 < x < under.width - 10, (cut, begins, x)
            assert ground.inside(under.land[countries[begins]], np.array([x]), np.array([y])).all(), (cut, begins)


@pytest.mark.parametrize("name", [*NAMES, "estimates", "hosts"])
def test_texts_of_a_map_overlap_or_leave_it(name: str) -> None:
    assert not faults(drawn(name, "desk"))


def test_a_map_of_the_book_is_not_looked_at() -> None:
    """Of the maps, the texts are judged in this file alone."""
    made = {record.id: record for name in [*NAMES, "hosts"] for record in [picture(name).record()]}
    shown = [record for path in contents.chapters(ROOT) for record in stored.records(path)]
    maps = [record for record in shown if isinstance(record, FigureRecord) and isinstance(record.chart, Map)]
    assert maps and [record.id for record in maps if made.get(record.id) != record] == []


def test_a_closer_frame_for_a_phone_is_not_drawn() -> None:
    for cut in ("desk", "phone"):
        scheme = SCHEMES["light"].cut(cut)
        figure = drawn("refugees", cut)
        shapes = [axes.get_position().height * figure.get_figheight() / scheme.width for axes in figure.axes[:1]]
        west, south, east, north = map_of("refugees").panels[0].seen(scheme)
        assert ((north - south) / (east - west) > 0.6) == (shapes[0] > 0.8) == (cut == "phone")


def test_a_key_explains_a_fill_that_no_land_has() -> None:
    marks = [mark for mark, _ in map_of("soviet_power").key]
    assert "on the way" not in marks and "region:on the way" in marks


def test_a_line_that_runs_beyond_the_frame_takes_the_whole_of_it() -> None:
    room = Room(np.zeros((20, 20), dtype=np.int64), [0])
    room.cross(np.array([(-30.0, 10.0), (10.0, -30.0)]), 1)
    assert not room.lines.any()


@pytest.mark.parametrize("name", NAMES)
def test_an_arrow_leaves_the_map(name: str) -> None:
    for axes in drawn(name, "desk").axes:
        for patch in axes.patches:
            if isinstance(patch, FancyArrowPatch):
                found = patch.get_window_extent()
                frame = axes.get_window_extent()
                assert frame.x0 <= found.x0 and found.x1 <= frame.x1
                assert frame.y0 <= found.y0 and found.y1 <= frame.y1


@pytest.mark.parametrize("name", NAMES)
def test_an_arrow_is_wider_or_narrower_than_its_number(name: str) -> None:
    frame = marks(name)
    patches = [p for axes in drawn(name, "desk").axes for p in axes.patches if isinstance(p, FancyArrowPatch)]
    patches = [p for p in patches if p.get_path().vertices.shape[0] and p.get_zorder() == 5]  # not those of the key
    expected = [
        row.low
        for row in frame[frame["mark"] == "arrow"].itertuples()
        for _ in range(2 if isinstance(row.by, str) and row.by else 1)
    ]
    assert len(patches) == len(expected)
    for patch, low in zip(patches, expected, strict=True):
        dashed = patch.get_linestyle() != "-"
        assert dashed == math.isnan(low), "a number unknown must look unknown, and only that"
        if not dashed:
            assert patch.get_linewidth() == pytest.approx(max(1.2, low / mapping.MARKS.per_point))


@pytest.mark.parametrize("ids", STAGE_MAPS, ids=lambda ids: ids[0])
def test_a_map_shows_a_number_that_is_not_the_stage_s(tables: Tables, ids: list[str]) -> None:
    frame = marks(ids[0])
    known = {row.low for row in stages.with_numbers(tables, ids).itertuples() if row.stated}
    moving = set(tables.movements["id"])
    on_arrows = {row.low for row in stages.with_numbers(tables, ids).itertuples() if row.magnitude_id in moving}
    assert set(frame.loc[frame["mark"] == "arrow", "low"].dropna()) <= on_arrows
    assert set(frame.loc[frame["mark"] == "number", "low"]) <= known - on_arrows
    told = stage.in_words(tables, ids)
    for text in frame.loc[frame["mark"] == "note", "detail"]:
        assert text.removesuffix("\nin all") in set(told.loc[told["stated"], "number"])


def test_the_refugees_discs_are_not_the_regions() -> None:
    frame = marks("refugees").set_index("place_id")
    assert frame.loc["altai_territory", ["low", "high"]].to_list() == [100_000, 100_000]
    assert frame.loc["tarbagatai", ["low", "high"]].to_list() == [60_000, 70_000]
    assert frame.loc["ili", "low"] == 100_000 and math.isnan(frame.loc["ili", "high"])
    assert frame.index[frame["silent"]].to_list() == ["kashkaria", "aksu"]
    assert "Taichen" in frame.loc["tarbagatai", "label"] and "Taichen" in " ".join(picture("refugees").notes)


def test_a_district_of_china_has_a_number() -> None:
    """Distribution Across the Globe ¶4 names five districts and gives no number for any; ¶5 gives one for Xinjiang."""
    frame = marks("districts").set_index("place_id")
    assert frame.index[frame["silent"]].to_list() == ["ili_prefecture", "mori", "barkol", "haixi", "aksay"]
    assert frame.loc["xinjiang", ["label", "detail"]].to_list() == ["Xinjiang", ""]
    assert ("outline:prose", "Xinjiang, 1,557,457 Kazakhs in the whole of it") in map_of("districts").key
    assert frame["detail"].to_list()[1:] == [""] * 3 + ["in Qinghai", "in Gansu"]
    assert picture("districts").title == "Five autonomous districts named, none with a number of Kazakhs"


def test_the_ends_of_the_crossing_share_out_its_number() -> None:
    """About 300,000 crossed to Kuldzhin and Kashkaria, together; the sentence gives neither a number of its own."""
    frame = marks("refugees_1916")
    assert frame["label"].to_list() == ["Kuldzhin", "Kashkaria"] and frame["silent"].all() and frame["low"].isna().all()
    assert picture("refugees_1916").title == "About 300,000 Kazakhs and Kyrgyz moved to Kuldzhin and Kashkaria"


@pytest.mark.parametrize("ids", STAGE_MAPS, ids=lambda ids: ids[0])
def test_a_stage_without_a_number_does_not_say_so(tables: Tables, ids: list[str]) -> None:
    """Where people went, or where they came back from, stands a number, the mark for none, or an arrow that has none."""
    frame = marks(ids[0])
    rings = [text for text in texts(drawn(ids[0], "desk")) if text.get_text() == "?"]
    in_key = any(entry[0] == "silent" for entry in map_of(ids[0]).key)
    assert len(rings) == int(frame["silent"].eq(True).sum()) + in_key
    if not stages.with_numbers(tables, ids)["stated"].all():
        assert in_key or any(entry[0].startswith("unknown:") for entry in map_of(ids[0]).key)


@pytest.mark.parametrize("name", NAMES)
def test_the_key_leaves_a_mark_unexplained(name: str) -> None:
    frame, key = marks(name), {part for entry in map_of(name).key for part in entry[0].split(":")}
    assert set(frame["role"].dropna()) - {""} <= key | {"destination"}
    regions = frame[frame["mark"] == "region"]
    bounded = regions.get("outline", pd.Series("", index=regions.index)).astype("object").fillna("") != ""
    bare = ~bounded & ~regions["silent"].eq(True)  # of one whose number is not stated the mark is the ring
    assert (bool(bounded.any()), bool(bare.any())) == ("outline" in key, "region" in key)
    assert bool(frame["silent"].eq(True).any()) == ("silent" in key)
    assert ("arrow" in set(frame["mark"])) == bool(key & {"known", "stem", "unknown"})
    assert ("home" in key) == bool(map_of(name).home)


@pytest.mark.parametrize("name", NAMES)
def test_a_caption_passes_a_place_of_today_off_as_the_papers(tables: Tables, name: str) -> None:
    shown = picture(name)
    said = " ".join([shown.subtitle, shown.caption, *shown.notes])
    assert "today" in said
    frame = marks(name)
    spots = tables.gazetteer.round(3).set_index(["longitude", "latitude"])["geonames_name"]
    for row in frame[frame["mark"] == "region"].round(3).itertuples():
        bounded = row.outline and "Natural Earth" in said
        assert bounded or spots.loc[[(row.longitude, row.latitude)]].iloc[0] in said


def test_a_region_is_drawn_in_a_country_it_is_not_in(tables: Tables) -> None:
    lies_in = functools.partial(geography.holders, tables.folder)
    assert lies_in("xinjiang") == ["China"] and lies_in("western_mongolia") == ["Mongolia"]
    assert lies_in("pamir_badakhshan") == ["Afghanistan", "Tajikistan"]


def test_the_reason_for_no_arrow_is_wrong(tables: Tables) -> None:
    """Item by item from the paper: an origin not stated, or an end that is stated and is no country."""
    said = " ".join(picture("separate_1980s").notes)
    assert "No arrow for Separate moves of the 1980s, because the paper does not state the origin." in said
    assert "No arrow for Moves from Iran and Afghanistan to Europe, because Europe cannot be placed" in said
    rows = stage.in_words(tables, ["refugees_1916"])
    reason = stage.without_arrow(tables, rows, stages.arrows(tables, ["refugees_1916"]))
    assert reason == [("Central Asia cannot be placed, since no country of it is named", [])]


def test_a_way_that_is_not_named_is_drawn_as_if_it_were(tables: Tables) -> None:
    flight = stages.arrows(tables, ["xinjiang_flight"])
    assert flight["by"].to_list() == ["Neighbouring countries (not named)"]
    assert stages.arrows(tables, ["iran_afghanistan_1980s"]).empty


def test_an_estimate_hides_another_or_a_range() -> None:
    figure = drawn("estimates", "desk")
    figure.canvas.draw()
    spots = np.vstack([axes.transData.transform(c.get_offsets()) for axes in figure.axes for c in axes.collections])
    apart = np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1)) + 1e9 * np.eye(len(spots))
    assert apart.min() >= 8 * figure.dpi / 72
    data = marks("estimates")
    lines = [line for axes in figure.axes for line in axes.lines]
    bars = [line.get_xdata() for line in lines if line.get_marker() != "None" and len(line.get_xdata()) == 2]
    assert [list(bar) for bar in bars] == data.loc[data["low"] < data["high"], ["low", "high"]].to_numpy().tolist()
    values = np.vstack([c.get_offsets() for axes in figure.axes for c in axes.collections])[:, 0]
    assert sorted(values) == pytest.approx(sorted(data.loc[data["low"] == data["high"], "low"]))


def room() -> Room:
    """Two countries of 200 by 200 points side by side, a third of 20 by 20 at their border, and sea above."""
    owner = np.full((150, 200), WATER)
    owner[:100, :100], owner[:100, 100:] = 0, 1
    owner[45:55, 95:105] = 2
    return Room(owner, [0, 1, 2])


def test_a_country_is_named_in_another() -> None:
    found = room().within(60, 12, (60.0, 100.0), 0)
    assert found.line is None and found.x + 30 <= 200
    small = room().within(60, 12, (200.0, 100.0), 2)
    assert small.line is not None, "a name that has no room in its country is tied to it by a line"
    assert small.line[1] == (200.0, 100.0)


def test_a_name_is_written_over_another() -> None:
    board = room()
    first = board.beside(60, 12, (150.0, 100.0), 4, [0])
    board.take_box(first.x - 30, first.y - 6, first.x + 30, first.y + 6)
    second = board.beside(60, 12, (150.0, 100.0), 4, [0])
    assert abs(first.x - second.x) >= 60 or abs(first.y - second.y) >= 12
    assert max(first.x, second.x) + 30 <= 201, "beside a border a name stays in its country"


def test_a_map_does_not_lead_to_how_it_is_read() -> None:
    def leads_to(pages: set[str]) -> str:
        (note,) = render._as_on_all_maps(picture("homeland").record(), "notebooks/homeland", pages)
        (link,) = note.findall(addnodes.pending_xref)
        return link["reftarget"].removeprefix("/")

    page = leads_to({"notebooks/homeland", "reading_maps"})
    assert page == "reading_maps"
    assert (
        leads_to({"notebooks/homeland", "pages/reading_maps"}) == "pages/reading_maps"
    )  # the sources, compiled without the pipeline
    assert f"- file: pages/{page}\n" in (ROOT / "_toc.yml").read_text(encoding="utf-8")
    said = (ROOT / "pages" / f"{page}.md").read_text(encoding="utf-8")
    assert all(mark in said for mark in ("italics", "square", "ring", "dashed", "as they are held"))
    assert render._as_on_all_maps(picture("estimates").record(), "notebooks/estimates", {"reading_maps"}) == []


def test_a_name_is_taken_for_that_of_another_mark() -> None:
    """Where a name has room only beside another mark a line leads to its own."""
    room = Room(np.zeros((40, 60), dtype=np.int64), [])
    own, other = (30.0, 40.0), (44.0, 40.0)
    for at in (own, other):
        room.take_disc(*at, 4)
    room.take_box(0, 0, 120, 34)
    room.take_box(0, 46, 42, 80)
    found = room.beside(30, 10, own, 4, [0])
    nearer = math.dist((found.x, found.y), other) < math.dist((found.x, found.y), own)
    assert nearer and found.line is not None


def test_the_ring_of_a_region_hides_another_mark() -> None:
    sites = pd.DataFrame({"mark": "region", "outline": "", "silent": [False, True]})
    square, ring = apart(sites, [(50.0, 50.0), (53.0, 54.0)])
    assert square == (50.0, 50.0) and math.dist(square, ring) == pytest.approx(RING + SQUARE / 2 + CLEAR)
