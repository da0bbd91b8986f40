"""A reader's own source is missing where this paper's estimates are compared, or changes what is said of the paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis import claims
from analysis.chapters import benchmark, china, estimates, every_number, host, russia, sources, world_total
from analysis.chapters.benchmark import Benchmark
from analysis.chapters.estimates import Estimates
from analysis.chapters.every_number import EveryNumber
from analysis.chapters.russia import Russia
from analysis.chapters.sources import Sources
from analysis.chapters.world_total import WorldTotal
from analysis.computing import stocks
from analysis.data import load
from analysis.tables import Tables
from edition.asking import editions
from edition.asking.request import defaults
from edition.charts.estimates import Estimates as EstimatesChart
from edition.data import own_sources
from edition.exhibits import citation
from edition.exhibits.exhibit import Picture
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
    assert claims.ledger(without).equals(claims.ledger(with_))
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
