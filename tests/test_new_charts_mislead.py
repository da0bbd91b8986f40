"""A chart draws something other than its rows: a width, a length, a gap or a count that is not the number."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Annotation

from analysis.data import load
from edition.charts.claim_strips import ClaimStrips
from edition.charts.claim_strips import Strip as Claim
from edition.charts.grid import Grid
from edition.charts.part_and_whole import PartAndWhole
from edition.charts.ribbons import Ribbons
from edition.charts.spread import spread
from edition.charts.strips import Strips
from edition.charts.style import LIGHT
from edition.charts.time_series import Fall, TimeSeries
from edition.charts.units import Units
from edition.charts.wall import Wall
from edition.charts.waterfall import Waterfall
from tests.pictures import faults, texts

NONE = math.nan


@pytest.fixture(scope="module", autouse=True)
def paper() -> None:
    """Colours are the paper's."""
    load()


def rows(columns: str, *values: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(values, columns=columns.split())


def bars(figure: Figure) -> list[Rectangle]:
    """The bars of the first ground, in the order drawn."""
    return [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]


def written(figure: Figure) -> str:
    return " ".join(text.get_text() for text in texts(figure))


SERIES = rows(
    "line year until low high text meaning",
    ("counted", 1900, 1900, 400.0, 400.0, "400", "outside"),
    ("counted", 1920, 1920, 100.0, 100.0, "100", "outside"),
    ("counted", 1930, 1930, NONE, NONE, "", "outside"),
    ("counted", 1940, 1940, 200.0, 200.0, "200", "outside"),
    ("", NONE, NONE, 300.0, 300.0, "Harrow: 300", "mendikulova"),
)


def test_a_line_hides_that_a_year_has_no_number() -> None:
    chart = TimeSeries(
        unit="islanders",
        lines=(("counted", ""),),
        fall=Fall(first=1900, last=1920, text="300 fewer", meaning="outside"),
    )
    figure = chart.draw(SERIES, LIGHT)
    lines = {
        tuple(line.get_xdata()): line.get_linestyle() for line in figure.axes[0].lines if len(line.get_xdata()) == 2
    }
    assert lines[(1920, 1940)] == "--" and lines[(1900, 1920)] == "-"
    assert "no date" in written(figure) and not faults(figure)
    words = " ".join(chart.describe(SERIES))
    assert "no number for 1930" in words and "no date: Harrow: 300" in words and "300 fewer" in words


def test_a_strip_counts_a_census_among_the_estimates() -> None:
    data = rows(
        "place low high counted meaning",
        ("Vell", 100.0, 100.0, False, "mendikulova"),
        ("Vell", 200.0, 300.0, False, "tatimov"),
        ("Vell", 900.0, 900.0, True, "outside"),
        ("Orr", 50.0, 50.0, False, "prose"),
    )
    chart = Strips(
        unit="islanders", shown=("Vell",), kinds=(("mendikulova", "Harrow"), ("tatimov", "Quill"), ("prose", "prose"))
    )
    figure = chart.draw(data, LIGHT)
    assert "× 3" in written(figure) and "× 9" not in written(figure) and not faults(figure)
    assert [one.get_text() for one in figure.legends[0].get_texts()][-1] == "census or office", (
        "a tick is told by nothing"
    )
    assert "by a census or an office 900; 3 times" in " ".join(chart.describe(data))


def test_estimates_of_a_strip_hide_each_other() -> None:
    near = [("Vell", value, value, False, "prose") for value in (1_250_458.0, 1_250_500.0, 1_296_000.0)]
    data = rows("place low high counted meaning", *near, ("Orr", 1000.0, 1000.0, False, "prose"))
    figure = Strips(unit="islanders", kinds=(("prose", "prose"),)).draw(data, LIGHT)
    drawn = [line for line in figure.axes[0].lines if line.get_marker() not in ("", "None") and len(line.get_xdata())]
    heights = [float(line.get_ydata()[0]) for line in drawn]  # type: ignore[index, arg-type]
    assert len(set(heights)) == len(data) and not faults(figure)


def test_a_cell_is_filled_that_is_not_claimed() -> None:
    data = rows(
        "row column percent inside also meaning",
        ("10\nHarrow", "4\nQuill", 28.6, False, "", "bar"),
        ("10\nHarrow", "5\nOrr", 33.3, True, "= a third", "bar"),
    )
    figure = Grid(unit="abroad", rows="at home", columns="abroad", inside="claimed", colour="claimed").draw(data, LIGHT)
    edged = [bar for bar in bars(figure) if bar.get_linewidth() > 1]
    assert [round(bar.get_x(), 2) for bar in edged] == [1.02] and not faults(figure)


def test_what_a_whole_lacks_to_its_part_has_another_length() -> None:
    data = rows("label low high meaning", ("Harrow", 80.0, 80.0, "bar"), ("Quill", 120.0, 120.0, "outside"))
    chart = PartAndWhole(unit="islanders", part=100.0, named="Orr: 100", lacking="claimed")
    figure = chart.draw(data, LIGHT)
    assert [bar.get_width() for bar in bars(figure) if bar.get_hatch()] == [20.0]
    assert "−20" in written(figure) and "+20" in written(figure) and not faults(figure)
    assert "One bar ends before the line, one reaches beyond it" in " ".join(chart.describe(data))
    open_ = rows("label low high meaning", ("Fenn", 110.0, NONE, "added"))
    assert "+10 or more" in written(chart.draw(open_, LIGHT)) and "Fenn: 110 or more, +10 or more" in " ".join(
        chart.describe(open_)
    )


def test_a_step_does_not_begin_where_the_account_stands() -> None:
    data = rows(
        "label start end until text sense leaves meaning",
        ("added", 0.0, 60.0, 60.0, "60", "", 60.0, "outflow"),
        ("added", 60.0, 100.0, NONE, "40 or more", "", 100.0, "outflow"),
        ("left over", 0.0, 100.0, 110.0, "100–110", "never came back", 100.0, "rest"),
    )
    figure = Waterfall(unit="islanders").draw(data, LIGHT)
    assert [(bar.get_x(), bar.get_width()) for bar in bars(figure)] == [
        (0.0, 60.0),
        (60.0, 40.0),
        (0.0, 100.0),
        (100.0, 10.0),
    ]
    assert "never came back" in written(figure) and not faults(figure)


def test_a_square_is_missing() -> None:
    data = rows("label solid open meaning", ("Nobody", 2, 5, "outside"), ("Harrow", 61, 0, "bar"))
    figure = Units(unit="numbers").draw(data, LIGHT)
    assert len(bars(figure)) == 68 and not faults(figure)
    right = max(bar.get_x() + bar.get_width() for bar in bars(figure))
    assert right <= figure.get_figwidth()


def test_a_no_is_filled() -> None:
    data = rows("row column answer", ("Is it so?", "Vell", "Yes"), ("Is it so?", "Orr", "No"))
    figure = Wall(filled="Yes", colour="bar").draw(data, LIGHT)
    assert [bar.get_facecolor()[3] for bar in bars(figure)] == [1.0, 0.0] and not faults(figure)


def test_a_heap_is_higher_than_its_combinations() -> None:
    data = rows("claim left right holds other", ("many", 0.0, 10.0, 3, 1), ("many", 10.0, 20.0, 0, 2))
    chart = ClaimStrips(
        strips=(Claim(claim="many", unit="islanders", target=(15.0, None), size=6, count=3),), holding="claimed"
    )
    figure = chart.draw(data, LIGHT)
    heights = [bar.get_height() for bar in bars(figure) if bar.get_width() == 10.0]
    assert heights == [3, 0, 1, 2] and "50.0 % of 6" in written(figure) and not faults(figure)


def test_what_is_claimed_drives_an_end_from_its_place() -> None:
    """Beyond all combinations it stands beside its line; the most that they give stays below their end."""
    data = rows("claim left right holds other", ("few", 0.0, 10.0, 0, 3), ("few", 85.0, 95.0, 0, 1))
    for target, most in ((96.0, 95.0), (40.0, 95.0)):
        strip = Claim(claim="few", unit="islanders", target=(target, target), size=4, count=0)
        figure = ClaimStrips(strips=(strip,), holding="claimed").draw(data, LIGHT)
        found = {text.get_text(): text.xy for text in figure.axes[0].texts if isinstance(text, Annotation)}
        scale = figure.axes[0].get_xlim()[1] / (72 * figure.get_figwidth())
        assert abs(found[f"{most:.0f}"][0] - most) < 20 * scale
        assert found[f"claimed: {target:.0f}"][0] == pytest.approx(target) and not faults(figure)


MOVES = rows(
    "move label start end origin destination low part doubt meaning",
    ("a", "1850 old", 1850.0, 1850.0, "nowhere said", "Orr", NONE, "", False, "outflow"),
    ("b", "1910–20 large", 1910.0, 1920.0, "Vell", "Orr", 4000.0, "", False, "outflow"),
    ("c", "1950– back", 1950.0, NONE, "Orr", "Vell", NONE, "", False, "return"),
    ("c", "1950– back", 1950.0, NONE, "Vell", "Vell", 9000.0, "stem", False, "return"),
)


def test_a_ribbon_is_not_as_wide_as_its_number() -> None:
    chart = Ribbons(places=("Orr", "nowhere said", "Vell"), unstated="nowhere said", home="Vell", since=1900, until=2000,
                    per_point=1000.0, unit="islanders")  # fmt: skip
    figure = chart.draw(MOVES, LIGHT)
    ribbons = [
        patch.get_xy() for patch in figure.axes[0].patches if isinstance(patch, Polygon) and len(patch.get_xy()) > 10
    ]
    assert len(ribbons) == 1  # the others have no number, or one together
    start, end = ribbons[0][0], ribbons[0][-2]
    assert math.dist(start, end) == pytest.approx(4.0, rel=0.02)
    (stem,) = (bar for bar in bars(figure) if bar.get_alpha() == 0.85)
    assert stem.get_height() == pytest.approx(9.0) and not faults(figure)
    assert "widest: 9,000" in " ".join(chart.describe(MOVES))


def test_a_move_without_a_stated_end_is_drawn_as_ending() -> None:
    chart = Ribbons(places=("Orr", "nowhere said", "Vell"), unstated="nowhere said", home="Vell", since=1900, until=2000,
                    per_point=1000.0, unit="islanders")  # fmt: skip
    closed, open_ = (MOVES.assign(end=MOVES["end"].where(MOVES["move"] != "c", end)) for end in (1980.0, NONE))
    spans = [
        [bar.get_width() for bar in bars(chart.draw(rows, LIGHT)) if bar.get_height() == 5.0]
        for rows in (closed, open_)
    ]
    assert spans[0][0] == spans[1][0] and spans[1][1] == 2.5 < spans[0][1]  # its first year alone
    assert "end not stated" in written(chart.draw(open_, LIGHT)) and "end not stated" not in written(
        chart.draw(closed, LIGHT)
    )


def test_names_in_a_column_hide_each_other() -> None:
    at = spread([9.0, 9.0, 9.5], [2.0, 2.0, 2.0], 0.0, 10.0)
    assert at == [5.0, 7.0, 9.0]
    assert spread([1.0, 1.0], [2.0, 3.0], 0.0, 10.0) == [1.0, 3.5]
