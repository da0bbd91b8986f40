"""A reader's own source is missing where this paper's estimates are compared, or changes what is said of the paper."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from matplotlib.text import Annotation

from analysis.chapters import (
    benchmark,
    china,
    estimates,
    every_number,
    explorer,
    host,
    russia,
    size_groups,
    sources,
    world_total,
)
from analysis.chapters.benchmark import Benchmark
from analysis.chapters.estimates import Estimates
from analysis.chapters.every_number import EveryNumber
from analysis.chapters.explorer import Explorer
from analysis.chapters.russia import Russia
from analysis.chapters.size_groups import SizeGroups
from analysis.chapters.sources import Sources
from analysis.chapters.world_total import WorldTotal
from analysis.claims.ledger import ledger
from analysis.computing import stocks
from analysis.data import load
from analysis.tables import Tables
from edition.asking import editions
from edition.asking.request import defaults
from edition.charts.estimates import Estimates as EstimatesChart
from edition.charts.style import LIGHT
from edition.data import own_sources
from edition.exhibits import citation
from edition.exhibits.exhibit import Picture
from tests import own_sources as own_sources_by_chance
from tests.conftest import ROOT

EXAMPLE = ROOT / "editions" / "latest-counts"
LABELS = {"Chinese census 2020", "Russian census 2021", "Uzbek statistics 2021"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, in use."""
    copied = shutil.copytree(EXAMPLE, tmp_path / "mine")
    monkeypatch.setenv(own_sources.FOLDER, str(copied))
    return copied


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> tuple[Tables, Tables]:
    """The tables without the example, and with it."""
    without = load(ROOT)
    monkeypatch.setenv(own_sources.FOLDER, str(EXAMPLE))
    return without, load(ROOT)


@pytest.fixture(autouse=True)
def default_afterwards() -> Iterator[None]:
    yield
    editions.enter(None)


def asked(model: type[Any]) -> Any:
    return model.check(defaults(ROOT / "notebooks" / f"{model.chapter()}.ipynb"))


def test_what_is_said_of_the_paper_changes(both: tuple[Tables, Tables]) -> None:
    without, with_ = both
    assert ledger(without).equals(ledger(with_))
    assert stocks.rivals(without).equals(stocks.rivals(with_)) and stocks.sum_range(without) == stocks.sum_range(with_)
    for chapter, model in (
        (estimates, Estimates),
        (benchmark, Benchmark),
        (russia, Russia),
        (every_number, EveryNumber),
        (sources, Sources),
        (world_total, WorldTotal),
    ):
        assert chapter.findings(without, asked(model)) == chapter.findings(with_, asked(model))


def test_an_added_number_is_missing_beside_the_paper_s(both: tuple[Tables, Tables]) -> None:
    tables = both[1]
    chosen = asked(Russia)
    shown = {
        "estimates": estimates.side_by_side(tables, asked(Estimates)),
        "one by one": estimates.one_by_one(tables, asked(Estimates)),
        "host": host.every_number(tables, russia.numbers(tables, chosen), "russia", chosen),
        "benchmark": benchmark.estimates_table(tables, asked(Benchmark)),
        "distances": benchmark.distances(tables, asked(Benchmark)),
        "every number": every_number.numbers_table(tables, asked(EveryNumber)),
        "china": china.whole_and_part(tables),
    }
    for name, exhibit in shown.items():
        mine = set(exhibit.data["id"]) & set(tables.added["id"])
        assert mine, name
        record = exhibit.record()
        assert set(record.added) <= LABELS and record.added, name
        assert not set(record.credits) & LABELS, f"{name}: credited by the paper"
        assert "added, not from the paper" in record.source, name
        assert record.added[0] in citation.forms(record, citation.edition(ROOT))["txt"], name
    assert any("(added" in label for label in sources.works(tables, asked(Sources)).shown["Credited"])


def test_a_source_drawn_by_chance_is_told_untruly_or_breaks_a_chapter() -> None:
    """One with two new countries, bounds that are open, and numbers that nothing of the paper stands beside."""
    assert list(own_sources_by_chance.rounds(1, drawn=0, first=5009)) == []


EVERY_KIND = """id,place_id,as_of,value_text,unit,source_id,locator
mine-1,china,2020,"more than 1,562,518",kazakhs,my_a,p. 1
mine-2,russia,2021-01-01,up to 700 000,kazakhs,my_b,p. 2
mine-3,atlantis,2020,0,kazakhs,my_b,p. 3
mine-4,usa,,about 20–30 тыс.,kazakhs,my_a,p. 4
mine-5,abroad,2021,"5,5–6 млн",kazakhs,my_a,p. 5
mine-6,kazakhstan,2021,13 297 775,kazakhs,my_a,p. 6
mine-7,france,2019,"at least 5,000",kazakhs,my_a,p. 7
mine-8,russia,2010,about 647 732,kazakhs,my_a,p. 8
"""


@pytest.fixture
def every_kind(folder: Path) -> Tables:
    """A source with every kind of number, and a country that the edition does not know."""
    (folder / "estimates.csv").write_text(EVERY_KIND, encoding="utf-8")
    (folder / "sources.csv").write_text(
        "source_id,label,reference\nmy_a,An office,x\nmy_b,Перепись,x\n", encoding="utf-8"
    )
    (folder / "places.csv").write_text("place_id,name,kind\natlantis,Atlantis,country\n", encoding="utf-8")
    return load(ROOT)


def test_an_added_number_cannot_be_chosen_or_a_new_country_has_no_card(every_kind: Tables) -> None:
    shown = explorer.explorer(every_kind, asked(Explorer))
    places = [place["id"] for place in shown.offer["places"]]
    named = {choice["label"]: choice["picks"] for choice in shown.offer["named"]}
    assert "atlantis" in places and places[-1] == stocks.HOME
    assert named["Перепись (added)"] == ["mine-2", "mine-3"] and "mine-6" in named["An office (added)"]
    assert not {row for label, picks in named.items() if "(added)" not in label for row in picks} & set(
        every_kind.added["id"]
    )
    row = shown.data.set_index("id").loc["mine-2"]
    assert (row["given"], row["number"], row["note"]) == ("Перепись (added)", "up to 700,000", "Not the paper's: p. 2")


def test_an_added_answer_is_missing_on_the_front_page_or_one_end_is_taken_for_it(every_kind: Tables) -> None:
    picture = world_total.answers(every_kind)
    row = picture.data.set_index("id").loc["mine-5"]
    assert (row["low"], row["high"], row["meaning"], row["text"]) == (5.5e6, 6e6, "added", "5,500,000–6,000,000")
    assert picture.notes == ("Added from outside the paper: An office.",) and picture.record().added == ("An office",)
    grid = world_total.share_abroad(every_kind, asked(WorldTotal)).data
    assert set(grid.loc[grid["abroad_id"] == "mine-5", "abroad"]) == {5.5e6, 6e6} and "mine-6" in set(grid["home_id"])
    assert world_total.own_shares(every_kind).shown.iloc[-1].to_list() == ["An office (added)", "29.3–31.1 %"]


def test_a_width_or_an_end_is_given_to_the_paper_s_numbers_alone(every_kind: Tables) -> None:
    wide = russia.numbers(every_kind, asked(Russia).model_copy(update={"about_percent": 10})).set_index("id")
    assert wide.loc["mine-8", ["low", "high"]].to_list() == pytest.approx([582_958.8, 712_505.2])
    low = estimates.one_by_one(every_kind, asked(Estimates).model_copy(update={"bound": "lowest"}))
    assert dict(zip(low.data["id"], low.shown["Kazakhs"], strict=True))["mine-4"] == "about 20,000"


def test_an_open_number_or_zero_is_not_drawn(every_kind: Tables) -> None:
    for picture in (estimates.side_by_side(every_kind, asked(Estimates)), host.every_number(
        every_kind, russia.numbers(every_kind, asked(Russia)), "russia", asked(Russia)
    ), benchmark.distances(every_kind, asked(Benchmark))):  # fmt: skip
        record = picture.record()
        words = " ".join([record.caption, record.alt, *record.describe()])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            figure = record.draw(LIGHT)
        assert not own_sources_by_chance.NO_NUMBER.search(words) and re.search("or less|up to", words)
        texts = [text for axes in figure.axes for text in axes.texts]
        arrows = [text for text in texts if isinstance(text, Annotation) and text.arrow_patch]
        open_ = record.frame()[["low", "high"]].isna().sum(axis=1).eq(1).sum()
        markers = {line.get_marker() for axes in figure.axes for line in axes.lines}
        assert len(arrows) == open_ or {"<", ">"} <= markers, picture.id
        if picture.id == "fig-estimates":
            assert "0" in {text.get_text() for text in texts}


def test_an_end_of_an_open_number_is_told_as_the_whole(every_kind: Tables) -> None:
    series = host.as_a_series(every_kind, russia.numbers(every_kind, asked(Russia)), "russia", asked(Russia)).shown
    last = series[series["to"].str.startswith("up to 700,000")].iloc[0]
    assert last["change"].endswith("or less") and last["per cent a year"].endswith("or less")
    less = china.whole_and_part(every_kind).shown.set_index("Credited to")["less those in Xinjiang"]
    assert less["An office (added)"] == "+5,061 or more"
    groups = size_groups.members_table(every_kind, asked(SizeGroups)).shown.set_index("Country")["added"]
    assert groups["France"] == "5,000 or more undecided" and groups["USA"] == "20,000–30,000 outside"


def drawn_series(picture: Picture) -> tuple[tuple[str, str], ...]:
    assert isinstance(picture.chart, EstimatesChart)
    return picture.chart.series


def test_an_added_number_cannot_be_told_apart(both: tuple[Tables, Tables]) -> None:
    picture = estimates.side_by_side(both[1], asked(Estimates))
    assert ("added", "added") in drawn_series(picture)
    assert set(picture.data.query("series == 'added'")["id"]) == set(both[1].added["id"])
    usual = estimates.side_by_side(both[0], asked(Estimates))
    assert "added" not in dict(drawn_series(usual)) and not usual.record().added


def test_a_total_of_one_s_own_is_missing_among_the_totals(folder: Path) -> None:
    path = folder / "estimates.csv"
    path.write_text(path.read_text(encoding="utf-8") + 'mine-abroad,abroad,2021,"6,000,000",6000000,6000000,none,kazakhs,my_china_census,p. 1\n', encoding="utf-8")  # fmt: skip
    totals = world_total.totals(load(ROOT))
    assert "Kazakhs abroad (added, not the paper's)" in set(totals.shown["Number of"])
