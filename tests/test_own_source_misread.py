"""A reader's own source is taken though it is wrong, or is not told apart from the paper's. Of the invented paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from edition.asking import editions
from edition.asking.request import defaults
from edition.data import own_sources
from edition.data.load import DataError
from edition.exhibits import citation
from invented import claims
from invented.chapters import islanders
from invented.chapters.islanders import Islanders
from invented.tables import load

ESTIMATES = """id,place_id,as_of,value_text,low,high,qualifier,unit,source_id,locator
mine-brack,brack,1930,"1,700",1700,1700,none,islanders,my_count,p. 1
mine-sallow,sallow,1930,"1,250",1250,1250,none,islanders,my_count,p. 2
"""
SOURCES = """source_id,label,year,reference
my_count,A count of one's own,1930,"Somebody, A Count, 1930"
"""


@pytest.fixture
def folder(paper: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source beside the invented paper, in use."""
    folder = paper / "mine"
    folder.mkdir()
    (folder / "estimates.csv").write_text(ESTIMATES, encoding="utf-8")
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    monkeypatch.setenv(own_sources.FOLDER, str(folder))
    return folder


@pytest.fixture(autouse=True)
def default_afterwards() -> Iterator[None]:
    yield
    editions.enter(None)


Change = Callable[[str], str]
WRONG: list[tuple[str, Change, str]] = [
    ("estimates.csv", lambda text: text.replace(",brack,", ",brock,"), "row 2, column place_id: 'brock' is no place of this edition; allowed: a place_id of data/places.csv"),
    ("estimates.csv", lambda text: text.replace("my_count,p. 1", "my_other,p. 1"), "row 2, column source_id: 'my_other' is not in"),
    ("estimates.csv", lambda text: text.replace("1250,1250", "1350,1250"), "row 3, column low: 1350 is above high"),
    ("estimates.csv", lambda text: text.replace("1250,1250", "1150,1250"), "row 3, column low: 1150 does not agree with value_text"),
    ("estimates.csv", lambda text: text.replace(",1700,1700,", ",many,1700,"), "row 2, column low: 'many' is of another type; allowed: a value of the type number"),
    ("estimates.csv", lambda text: text.replace(",islanders,my_count,p. 2", ",people,my_count,p. 2"), "row 3, column unit: 'people' is not in the list; allowed: islanders"),
    ("estimates.csv", lambda text: text.replace("brack,1930,", "brack,in 1930,"), "row 2, column as_of: 'in 1930' does not fit"),
    ("estimates.csv", lambda text: text.replace("mine-sallow", "mine-brack"), "row 3, column id: 'mine-brack' stands in an earlier row too"),
    ("estimates.csv", lambda text: text.replace("mine-brack", "t1-brack-quill"), "row 2, column id: 't1-brack-quill' is an id of the edition's own data"),
    ("estimates.csv", lambda text: text.replace("as_of,", ""), "row 1, column as_of: missing; allowed: id, place_id"),
    ("estimates.csv", lambda text: text.replace(",", ";"), "columns are separated by semicolons; allowed: commas"),
    ("estimates.csv", lambda text: "\ufeff" + text, "starts with a byte-order mark"),
    ("sources.csv", lambda text: text + "my_other,Other,,A work\n", "row 3, column source_id: 'my_other' is credited by no row"),
    ("sources.csv", lambda text: text.replace("my_count,", "quill_1925,"), "estimates.csv, row 2, column source_id: 'my_count' is not in"),
    ("sources.csv", lambda text: text.replace("A count of one's own", ""), "row 2, column label: blank; allowed: name used in source lines"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "expected"), WRONG, ids=[expected[:50] for *_, expected in WRONG])
def test_a_wrong_table_is_taken(folder: Path, name: str, change: Change, expected: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load()
    lines = str(caught.value).splitlines()
    assert len(lines) == 1 or "source_id" in expected or ";" in path.read_text(encoding="utf-8")
    assert lines[0].startswith(str(folder)) and expected in str(caught.value), caught.value


def test_a_missing_table_is_taken(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    with pytest.raises(DataError, match=r"mine/sources\.csv: the file is missing"):
        load()


def test_a_source_of_the_paper_is_replaced(folder: Path) -> None:
    for name in ("estimates.csv", "sources.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("my_count", "quill_1925"), encoding="utf-8")
    with pytest.raises(DataError, match="'quill_1925' is a source of the edition's own data; allowed: another"):
        load()


def test_an_added_number_is_missing_or_cannot_be_told_apart(folder: Path) -> None:
    tables = load()
    chosen = Islanders.check(defaults(folder.parent / "notebooks" / "islanders.ipynb"))
    for exhibit in (islanders.side_by_side(tables, chosen), islanders.printed(tables, chosen)):
        record = exhibit.record()
        assert set(exhibit.data.query("series == 'added'")["id"]) == {"mine-brack", "mine-sallow"}
        assert record.added == ("A count of one's own",) and record.credits == ("Harrow", "Quill")
        assert "added, not from the paper: A count of one's own" in record.source
        assert "A count of one's own" in citation.forms(record, citation.edition(folder.parent))["txt"]


def test_what_is_said_of_the_paper_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = Islanders.check(defaults(folder.parent / "notebooks" / "islanders.ipynb"))
    with_ = load()
    monkeypatch.delenv(own_sources.FOLDER)
    without = load()
    assert len(with_.added) == 2 and without.added.empty
    assert claims.ledger(without).equals(claims.ledger(with_))
    assert islanders.findings(without, chosen) == islanders.findings(with_, chosen)
    assert not islanders.side_by_side(without, chosen).record().added
