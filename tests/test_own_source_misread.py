"""A reader's own source is taken though it is wrong, or is not told apart from the paper's. Of the invented paper."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

from edition.asking import editions
from edition.asking.request import defaults
from edition.book import site
from edition.charts.against_counts import AgainstCounts
from edition.charts.answers import Answers
from edition.charts.dot_plot import DotPlot
from edition.charts.style import LIGHT
from edition.data import own_sources
from edition.data.load import DataError
from edition.exhibits import citation, cited_rows, release
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
    ("estimates.csv", lambda text: text.replace(",brack,", ",brock,"), "row 2, column place_id: 'brock' is no place of this edition; did you mean 'brack'?; allowed: a place_id of data/places.csv, or one that you add in "),
    ("estimates.csv", lambda text: text.replace(",brack,", ",Sallow,"), "row 2, column place_id: 'Sallow' is no place of this edition; did you mean 'sallow'?"),
    ("estimates.csv", lambda text: text.replace("my_count,p. 1", "my_other,p. 1"), "/mine/sources.csv; allowed: a source_id of that file"),
    ("estimates.csv", lambda text: text.replace("1250,1250", "1350,1250"), "row 3, column low: 1350 does not agree with value_text '1,250', which says 1,250; allowed: what it says, or blank"),
    ("estimates.csv", lambda text: text.replace("1250,1250", "1250,1350"), "row 3, column high: 1350 does not agree with value_text"),
    ("estimates.csv", lambda text: text.replace("1250,1250,none", "1250,1250,about"), "row 3, column qualifier: about does not agree with value_text"),
    ("estimates.csv", lambda text: text.replace(",1700,1700,", ",many,1700,"), "row 2, column low: 'many' is no plain number; allowed: a number, or blank: value_text says it"),
    ("estimates.csv", lambda text: text.replace('"1,700",1700,1700', '"1,700 thousand",,'), "row 2, column value_text: '1,700 thousand' can be read as 1,700,000 or as 1,700; allowed: a number that can be read in one way, or low and high beside it"),
    ("estimates.csv", lambda text: text.replace('"1,700"', "1 7 0 0"), "row 2, column value_text: '1 7 0 0' is no number that can be read; allowed: one number or range"),
    ("estimates.csv", lambda text: text.replace(",islanders,my_count,p. 2", ",people,my_count,p. 2"), "row 3, column unit: 'people' is not in the list; allowed: islanders"),
    ("estimates.csv", lambda text: text.replace("brack,1930,", "brack,in 1930,"), "row 2, column as_of: 'in 1930' is no date of this form; allowed: a year, a month or a day as 2021"),
    ("estimates.csv", lambda text: text.replace("brack,1930,", "brack,1930-02-30,"), "row 2, column as_of: '1930-02-30' is no date"),
    ("estimates.csv", lambda text: text.replace("brack,1930,", "brack,1931/1930,"), "row 2, column as_of: '1931/1930' is no date"),
    ("estimates.csv", lambda text: text.replace("mine-sallow", "mine-brack"), "row 3, column id: 'mine-brack' stands in an earlier row too"),
    ("estimates.csv", lambda text: text.replace("mine-brack", "Mine"), "row 2, column id: 'Mine' is no name of this kind; allowed: small letters a to z and digits, joined by hyphens"),
    ("estimates.csv", lambda text: text.replace("mine-brack", "t1-brack-quill"), "row 2, column id: 't1-brack-quill' is an id of the edition's own data"),
    ("estimates.csv", lambda text: text.replace("as_of,", "").replace(",1930,", ","), "row 1, column as_of: missing; allowed: id, place_id, as_of, value_text, unit, source_id, locator (and, as wanted, low, high, qualifier)"),
    ("estimates.csv", lambda text: text.replace("locator", "locator,page"), "row 1, column page: unknown; allowed: id"),
    ("estimates.csv", lambda text: text.replace('"1,700"', "1,700"), "row 2, column locator: the row has 11 cells; allowed: 10 cells"),
    ("estimates.csv", lambda text: text.replace("p. 1\n", "p. 1\n\n"), "row 3, column id: the row is blank"),
    ("estimates.csv", lambda text: text.partition("\n")[0], "row 2, column id: there is no row below the header"),
    ("estimates.csv", lambda text: text.replace(",p. 1", ',"p. 1'), "estimates.csv, up to line 3: a quotation mark is not closed, or stands within a cell"),
    ("sources.csv", lambda text: text + "my_other,Other,,A work\n", "row 3, column source_id: 'my_other' is credited by no row"),
    ("sources.csv", lambda text: text.replace("my_count,", "quill_1925,"), "sources.csv; allowed: a source_id of that file"),
    ("sources.csv", lambda text: text.replace("A count of one's own", ""), "row 2, column label: blank; allowed: name used in source lines"),
    ("sources.csv", lambda text: text.replace("A count of one's own", "Quill"), "row 2, column label: 'Quill' is what the edition calls a source of its own; allowed: another label"),
    ("sources.csv", lambda text: text.replace("A count of one's own", "2020 普查"), "row 2, column label: '2020 普查' has letters that the pictures cannot draw (普, 查); allowed: a label in Latin, Greek or Cyrillic letters; the name in its own script can stand in reference"),
    ("sources.csv", lambda text: text.replace("A count of one's own", "إحصاء"), "has letters that the pictures cannot draw (إ, ح, ص, ا, ء)"),
    ("sources.csv", lambda text: text.replace(",1930,", ",193O,"), "row 2, column year: '193O' is no year; allowed: four digits, or blank"),
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
    assert len(lines) == 1 or "source_id" in expected
    assert expected in str(caught.value), caught.value
    assert all(line.startswith(f"{folder}/") for line in lines), "a file of the edition is named for one of the reader"
    assert "[a-z" not in str(caught.value), "what is allowed is said in signs"


def test_a_missing_table_is_taken(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    with pytest.raises(DataError, match=r"mine/sources\.csv: the file is missing"):
        load()


def test_two_files_of_one_table_are_taken(folder: Path) -> None:
    (folder / "sources.tsv").write_text(SOURCES.replace(",", "\t"), encoding="utf-8")
    with pytest.raises(DataError, match=r"mine/sources\.csv and sources\.tsv stand side by side; allowed: one of them"):
        load()


PLACES = "place_id,name,kind\nfar,Farrow,island\n"


def test_a_new_place_cannot_be_added(folder: Path) -> None:
    path = folder / "estimates.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",brack,", ",far,"), encoding="utf-8")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    tables = load()
    assert tables.name["far"] == "Farrow" and tables.name["brack"] == "Brack"
    chosen = Islanders.check(defaults(folder.parent / "notebooks" / "islanders.ipynb"))
    assert "Farrow" in set(islanders.printed(tables, chosen).shown["Island"])


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (PLACES.replace("far,", "brack,"), "row 2, column place_id: 'brack' is a place of this edition already"),
        (PLACES + "nowhere,Nowhere,island\n", "row 3, column place_id: 'nowhere' is named by no row"),
        (PLACES.replace("Farrow", "brack"), "row 2, column name: 'brack' is what the edition calls a place of its own"),
        (PLACES.replace("island", "iland"), "row 2, column kind: 'iland' is not in the list; allowed: island, aggregate"),
        (PLACES.replace("Farrow", ""), "row 2, column name: blank"),
        (PLACES.replace(",kind", "").replace(",island", ""), "row 1, column kind: missing; allowed: place_id, name, kind"),
    ],
)  # fmt: skip
def test_a_wrong_place_is_taken(folder: Path, places: str, expected: str) -> None:
    path = folder / "estimates.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",brack,", ",far,"), encoding="utf-8")
    (folder / "places.csv").write_text(places, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load()
    assert f"{folder}/places.csv, {expected}" in str(caught.value)


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


@pytest.mark.parametrize(
    "label",
    [
        "Перепись Қазақстан әғқңөұүһі",
        "Şəhər sayımı Ğ",
        "A statistical office whose name is sixty letters, or more, long",
    ],
)
def test_a_label_is_not_drawn_or_squeezes_the_picture(folder: Path, label: str) -> None:
    text = (folder / "sources.csv").read_text(encoding="utf-8")
    (folder / "sources.csv").write_text(text.replace("A count of one's own", f'"{label}"'), encoding="utf-8")
    (folder / "estimates.csv").write_text(
        ESTIMATES.replace('"1,700",1700,1700,none', '"more than 1,700",,,'), encoding="utf-8"
    )
    data = load().added.assign(
        label=lambda rows: rows["source_id"].map(load().label), meaning="harrow", text="more than 1,700"
    )
    off = data.assign(group="Brack", off_low=[5.0, 3.0], off_high=[float("nan"), 3.0], fits=True)
    charts = {
        "DotPlot": (DotPlot(unit="islanders", outside=""), data),
        "AgainstCounts": (AgainstCounts(tolerance=5, fits="harrow", misses="quill"), off),
        "Answers": (Answers(unit="islanders", computed=""), data.assign(low=1700.0, high=1700.0)),
    }
    for name, (chart, rows) in charts.items():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            figure = chart.draw(rows, LIGHT)
            figure.canvas.draw()
        ground = figure.axes[0].get_position()
        assert ground.width > 0.5, f"{name}: the label leaves {ground.width:.0%} of the width to the picture"
        assert label in " ".join(chart.describe(rows)), f"{name}: the description lacks the whole label"


def test_the_release_lacks_the_added_table_or_describes_another(folder: Path, tmp_path: Path) -> None:
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    estimates = (folder / "estimates.csv").read_text(encoding="utf-8")
    (folder / "estimates.csv").write_text(estimates.replace(",brack,", ",far,"), encoding="utf-8")
    tables = load()
    release.write(tables, tmp_path / "out", citation.edition(folder.parent))
    report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    added = pd.read_csv(tmp_path / "out" / "added.csv", keep_default_na=False)
    assert added["id"].to_list() == ["mine-brack", "mine-sallow"] and set(added["locator"]) == {"p. 1", "p. 2"}
    for name, column in (("added", "id"), ("sources", "source_id"), ("places", "place_id")):
        csv, parquet = (
            pd.read_csv(tmp_path / "out" / f"{name}.csv"),
            pd.read_parquet(tmp_path / "out" / f"{name}.parquet"),
        )
        assert csv[column].to_list() == parquet[column].to_list(), name


def test_a_citation_does_not_say_who_added(folder: Path) -> None:
    file = folder.parent / "editions" / "mine.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text("name: Mine\nsummary: With a count.\nsources: ../mine\n", encoding="utf-8")
    chosen = Islanders.check(defaults(folder.parent / "notebooks" / "islanders.ipynb"))
    record = islanders.printed(load(), chosen).record()
    usual, mine = (citation.edition(folder.parent, variant) for variant in (None, editions.load(file)))
    named = citation.edition(folder.parent, replace(editions.load(file), by="A. Reader", slug="Mine, zwei"))
    assert "numbers added by whoever made the edition “Mine” from A count of one's own" in citation.credit_note(
        [record], mine
    )
    assert "numbers added by A. Reader from A count of one's own" in citation.forms(record, named)["bib"]
    keys = [re.search(r"@incollection\{(.*),", citation.forms(record, known)["bib"]) for known in (usual, mine, named)]
    assert all(keys) and len({key[1] for key in keys if key}) == 3
    assert all(re.fullmatch("[a-z]+:[a-z0-9-]+", key[1]) for key in keys if key)


def test_the_note_of_an_edition_speaks_of_numbers_that_are_not_on_the_page(folder: Path) -> None:
    file = folder.parent / "mine.yml"
    file.write_text("name: Mine\nsummary: With a count.\nsources: mine\n", encoding="utf-8")
    editions.enter(str(file))
    assert "Numbers from A count of one's own stand" in unescape(
        site.note("notebooks/islanders", ["A count of one's own"])
    )
    assert "Numbers from" not in site.note("notebooks/verdicts")


def test_an_added_number_is_told_as_one_that_the_paper_credits(folder: Path) -> None:
    told = cited_rows.row_in_words("mine-brack")
    assert told == "Added, not the paper's: A count of one's own. For 1930. Given as “1,700”, p. 1."


def test_what_is_said_of_the_paper_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = Islanders.check(defaults(folder.parent / "notebooks" / "islanders.ipynb"))
    with_ = load()
    monkeypatch.delenv(own_sources.FOLDER)
    without = load()
    assert len(with_.added) == 2 and without.added.empty
    assert claims.ledger(without).equals(claims.ledger(with_))
    assert islanders.findings(without, chosen) == islanders.findings(with_, chosen)
    assert not islanders.side_by_side(without, chosen).record().added
