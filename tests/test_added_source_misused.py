"""A reader's own source is taken though it is wrong, is missing where estimates are compared, or changes what is said of the paper."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.chapters import benchmark, china, estimates, every_number, host, russia, sources, world_total
from analysis.chapters.benchmark import Benchmark
from analysis.chapters.estimates import Estimates
from analysis.chapters.every_number import EveryNumber
from analysis.chapters.russia import Russia
from analysis.chapters.sources import Sources
from analysis.chapters.world_total import WorldTotal
from analysis.claims.ledger import ledger
from analysis.computing import stocks
from analysis.tables import Tables, load
from edition.asking import editions, own_sources
from edition.asking.request import defaults
from edition.data.load import DataError
from edition.exhibits import citation
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


Change = Callable[[str], str]
WRONG: list[tuple[str, Change, str]] = [
    ("estimates.csv", lambda text: text.replace(",china,", ",cathay,"), "row 2, column place_id: 'cathay' is no place of this edition; allowed: a place_id of data/places.csv"),
    ("estimates.csv", lambda text: text.replace("my_china_census", "my_census"), "row 2, column source_id: 'my_census' is not in"),
    ("estimates.csv", lambda text: text.replace("591970,591970", "691970,591970"), "row 3, column low: 691970 is above high"),
    ("estimates.csv", lambda text: text.replace("591970,591970", "581970,591970"), "row 3, column low: 581970 does not agree with value_text"),
    ("estimates.csv", lambda text: text.replace(",1562518,1562518,", ",many,1562518,"), "row 2, column low: 'many' is of another type; allowed: a value of the type number"),
    ("estimates.csv", lambda text: text.replace(",kazakhs,my_russia", ",people,my_russia"), "row 3, column unit: 'people' is not in the list; allowed: kazakhs"),
    ("estimates.csv", lambda text: text.replace(",2020,", ",in 2020,"), "row 2, column as_of: 'in 2020' does not fit"),
    ("estimates.csv", lambda text: text.replace("mine-russia", "mine-china"), "row 3, column id: 'mine-china' stands in an earlier row too"),
    ("estimates.csv", lambda text: text.replace("mine-china", "t1-china-tatimov"), "row 2, column id: 't1-china-tatimov' is an id of the edition's own data"),
    ("estimates.csv", lambda text: text.replace("as_of,", ""), "row 1, column as_of: missing; allowed: id, place_id"),
    ("estimates.csv", lambda text: text.replace(",", ";"), "columns are separated by semicolons; allowed: commas"),
    ("estimates.csv", lambda text: "\ufeff" + text, "starts with a byte-order mark"),
    ("sources.csv", lambda text: text + "my_other,Other,,A work\n", "row 5, column source_id: 'my_other' is credited by no row"),
    ("sources.csv", lambda text: text.replace("my_china_census,", "tatimov_2003,"), "estimates.csv, row 2, column source_id: 'my_china_census' is not in"),
    ("sources.csv", lambda text: text.replace("Russian census 2021", ""), "row 3, column label: blank; allowed: name used in source lines"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "expected"), WRONG, ids=[expected[:50] for *_, expected in WRONG])
def test_a_wrong_table_is_taken(folder: Path, name: str, change: Change, expected: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(ROOT)
    lines = str(caught.value).splitlines()
    assert len(lines) == 1 or name == "estimates.csv"
    assert lines[0].startswith(str(folder)) and expected in str(caught.value), caught.value


def test_a_missing_table_is_taken(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    with pytest.raises(DataError, match=r"mine/sources\.csv: the file is missing"):
        load(ROOT)


def test_a_source_of_the_paper_is_replaced(folder: Path) -> None:
    for name in ("estimates.csv", "sources.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("my_china_census", "tatimov_2003"), encoding="utf-8")
    with pytest.raises(DataError, match="'tatimov_2003' is a source of the edition's own data; allowed: another"):
        load(ROOT)


def asked(model: type[Any]) -> Any:
    return model.check(defaults(ROOT / "notebooks" / f"{model.chapter()}.ipynb"))


def test_what_is_said_of_the_paper_changes(both: tuple[Tables, Tables]) -> None:
    without, with_ = both
    assert ledger(without).equals(ledger(with_))
    assert stocks.rivals(without).equals(stocks.rivals(with_)) and stocks.reach(without) == stocks.reach(with_)
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
        "benchmark": benchmark.table(tables, asked(Benchmark)),
        "distances": benchmark.distances(tables, asked(Benchmark)),
        "every number": every_number.table(tables, asked(EveryNumber)),
        "china": china.whole_and_part(tables),
    }
    for name, exhibit in shown.items():
        mine = set(exhibit.data["id"]) & set(tables.added["id"])
        assert mine, name
        record = exhibit.record()
        assert set(record["added"]) <= LABELS and record["added"], name
        assert not set(record["credits"]) & LABELS, f"{name}: credited by the paper"
        assert "added, not from the paper" in record["source"], name
        assert record["added"][0] in citation.forms(record, citation.edition(ROOT))["txt"], name
    assert any("(added" in label for label in sources.works(tables, asked(Sources)).shown["Credited"])


def test_an_added_number_cannot_be_told_apart(both: tuple[Tables, Tables]) -> None:
    picture = estimates.side_by_side(both[1], asked(Estimates))
    assert ["added", "added"] in picture.options["series"]
    assert set(picture.data.query("series == 'added'")["id"]) == set(both[1].added["id"])
    usual = estimates.side_by_side(both[0], asked(Estimates))
    assert "added" not in dict(usual.options["series"]) and "added" not in usual.record()


def test_a_total_of_one_s_own_is_missing_among_the_totals(folder: Path) -> None:
    path = folder / "estimates.csv"
    path.write_text(path.read_text(encoding="utf-8") + 'mine-abroad,abroad,2021,"6,000,000",6000000,6000000,none,kazakhs,my_china_census,p. 1\n', encoding="utf-8")  # fmt: skip
    totals = world_total.totals(load(ROOT))
    assert "Kazakhs abroad (added, not the paper's)" in set(totals.shown["Number of"])
