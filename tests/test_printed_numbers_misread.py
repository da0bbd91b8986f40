"""A number as the world prints it is misread, guessed, or refused; a table as a spreadsheet program saves it is misread."""

from __future__ import annotations

import datetime
import inspect
from pathlib import Path

import pytest
from openpyxl import Workbook

from edition import paper as protocol
from edition.build import validate
from edition.data import numerals, own_sources, spreadsheets
from edition.data.load import DataError
from edition.numbers.wording import quantity
from invented.tables import load
from tests.test_own_source_misread import ESTIMATES, SOURCES

MILLION = 1_500_000.0
COUNT = (1_562_518.0, 1_562_518.0, "none")
ONE: dict[tuple[float | None, float | None, str], list[str]] = {
    COUNT: [
        "1562518", "1,562,518", "1.562.518", "1 562 518", "1\N{NO-BREAK SPACE}562\N{NO-BREAK SPACE}518",
        "1\N{NARROW NO-BREAK SPACE}562\N{NARROW NO-BREAK SPACE}518", "1\N{THIN SPACE}562\N{THIN SPACE}518", "1'562'518", "1’562’518",
        "15,62,518", "１５６２５１８", "١٥٦٢٥١٨", "156万2518", "1 млн 562 тыс. 518 человек", "1,562518 млн", "1 562 518 islanders", "1562518.00",
    ],
    (MILLION, MILLION, "none"): [
        "1.5 million", "1,5 million", "1,5 млн", "1,5 миллиона", "1500 тыс.", "1 500 мың", "1,5 Mio.", "1500 Tsd.", "1,50 Millionen", "150万", "1.5百万", "0.015亿",
    ],
    (MILLION, MILLION, "about"): [
        "about 1.5 million", "c. 1.5 million", "ca. 1,5 Mio.", "~1.5 million", "≈ 1,500,000", "около 1,5 млн", "примерно 1 500 000", "шамамен 1,5 млн",
        "1,5 миллионға жуық", "etwa 1.500.000", "约150万", "150万左右", "more or less 1.5 million",
    ],
    (MILLION, None, "at least"): [
        "at least 1.5 million", "1,500,000 or more", "1,500,000+", "не менее 1,5 млн", "mindestens 1,5 Mio.", "кемінде 1,5 млн", "至少150万", "150万以上",
    ],
    (MILLION, None, "more than"): ["more than 1.5 million", "более 1,5 млн", "mehr als 1,5 Mio.", "1,5 миллионнан астам", "150多万", ">1.5 million"],
    (None, MILLION, "up to"): ["up to 1.5 million", "до 1,5 млн", "bis zu 1,5 Mio.", "1 500 000-ға дейін", "最多150万", "не более 1,5 млн"],
    (None, MILLION, "less than"): ["less than 1.5 million", "fewer than 1,500,000", "менее 1,5 млн", "weniger als 1,5 Mio.", "不到150万"],
    (1_300_000.0, MILLION, "none"): [
        "1.3–1.5 million", "1.3-1.5 million", "1.3 to 1.5 million", "from 1.3 to 1.5 million", "between 1.3 and 1.5 million", "1,3 bis 1,5 Mio.",
        "von 1,3 bis 1,5 Mio.", "zwischen 1,3 und 1,5 Mio.", "1,3—1,5 млн", "от 1,3 до 1,5 млн", "1,3-тен 1,5 миллионға дейін", "130万至150万", "130~150万",
        "1 300 000 – 1 500 000", "1.300.000–1.500.000", "1.3 million – 1.5 million",
    ],
    (60_000.0, 70_000.0, "about"): ["about 60–70,000", "около 60–70 тыс.", "ca. 60.000 bis 70.000"],
    (900.0, 1_100.0, "none"): ["900–1,100", "900 to 1100"],
    (5_000.0, 10_000.0, "none"): ["5–10,000", "5–10 тыс."],
    (500_000.0, 500_000.0, "none"): ["half a million", "полмиллиона", "eine halbe Million"],
    (1_000.0, 1_000.0, "none"): ["1,000", "1.000", "1 000", "a thousand", "мың", "千"],
    (0.0, 0.0, "none"): ["0"],
}  # fmt: skip
TWO = {
    "1,500 million": ["1,500,000,000", "1,500,000"],
    "1.500 тыс.": ["1,500", "1,500,000"],
    "1,300–1,500 тыс.": ["1,300,000–1,500,000", "1,300–1,500"],
    "1–17,969": ["1–17,969", "1,000–17,969"],
    "more than 100,000–200,000": ["more than 100,000", "100,000–200,000"],
}
NONE = [
    "", "many", "12 34", "1 562 51", "1.5", "1,5,0", "-5", "5-", "from 5", "to 5", "5 to", "5 and 6", "6–5", "1,562,518 [3]", "1,562,518*", "1e5", "nan", "inf",
    "5 %", "a", "5 million 6 million", "about at least 5", "1,562,518 in 2020", "1 562 518 – 1,600,000",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for expected, texts in ONE.items() for text in texts])
def test_a_number_is_misread(text: str, expected: tuple[float | None, float | None, str]) -> None:
    assert numerals.readings(text, "islanders") == [expected]


@pytest.mark.parametrize("text", TWO)
def test_one_of_two_readings_is_guessed(text: str) -> None:
    assert sorted(map(str, numerals.readings(text))) == sorted(TWO[text])


@pytest.mark.parametrize("text", NONE)
def test_a_number_is_read_where_none_is_said(text: str) -> None:
    assert numerals.readings(text) == []


def test_a_qualifier_is_lost_on_the_way_to_a_sentence() -> None:
    for name in numerals.QUALIFIERS:
        reading = numerals.readings(f"{name} 1,500")[0]
        ends = (float("nan") if end is None else end for end in (reading.low, reading.high))
        assert quantity(*ends, reading.qualifier) == f"{name} 1,500" == str(reading)


@pytest.fixture
def folder(paper: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for a source beside the invented paper, in use."""
    folder = paper / "mine"
    folder.mkdir()
    monkeypatch.setenv(own_sources.FOLDER, str(folder))
    return folder


SEMICOLONS = ESTIMATES.replace(",", ";").replace('"1;700"', "1.700").replace('"1;250"', "1,25 Tsd.")
FORMS = {
    "a byte-order mark": (ESTIMATES.encode("utf-8-sig"), "UTF-8 with a byte-order mark"),
    "semicolons and decimal commas": (SEMICOLONS.encode(), "columns separated by semicolons"),
    "UTF-16 with tabs": (SEMICOLONS.replace(";", "\t").encode("utf-16"), "UTF-16, columns separated by tabs"),
    "lines of Windows": (ESTIMATES.replace("\n", "\r\n").encode(), ""),
    "blank rows and columns at the end": ((ESTIMATES.replace("\n", ",,\n") + ",,,,,,,,,,,\n\n").encode(), ""),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_file_of_excel_is_misread_or_its_form_not_said(folder: Path, form: str) -> None:
    raw, how = FORMS[form]
    (folder / "estimates.csv").write_bytes(raw)
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    added = load().added
    assert added["low"].to_list() == added["high"].to_list() == [1700.0, 1250.0]
    assert (f"estimates.csv is read as {how}" in own_sources.summary(folder)) == bool(how)


def workbook(path: Path, *sheets: tuple[str, list[list[object]]]) -> None:
    book = Workbook()
    for n, (title, rows) in enumerate(sheets):
        sheet = book.create_sheet(title) if n else book.active
        assert sheet is not None
        sheet.title = title
        for row in rows:
            sheet.append(row)
    book.save(path)


HEADER: list[object] = ["id", "place_id", "as_of", "value_text", "unit", "source_id", "locator"]
CELLS: list[list[object]] = [
    HEADER,
    ["mine-brack", "brack", datetime.date(1930, 2, 1), 1700, "islanders", "my_count", "p. 1"],
    ["mine-sallow", "sallow", 1930, "more than 1 250", "islanders", "my_count", 2.0],
]


def test_a_workbook_is_misread(folder: Path) -> None:
    workbook(folder / "estimates.xlsx", ("mine", CELLS), ("Sheet2", []))
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    added = load().added
    assert added["value_text"].to_list() == ["1700", "more than 1 250"]
    assert added["as_of"].to_list() == ["1930-02-01", "1930"] and added["locator"].to_list() == ["p. 1", "2"]
    assert added["high"].isna().to_list() == [False, True]
    assert own_sources.summary(folder).endswith("(estimates.xlsx is read as a workbook, sheet mine)")


def test_one_of_two_sheets_is_guessed(folder: Path) -> None:
    workbook(folder / "estimates.xlsx", ("mine", CELLS), ("other", CELLS))
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    with pytest.raises(DataError, match=r"estimates\.xlsx: has 2 filled sheets \(mine, other\); allowed: one"):
        load()


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("estimates.csv", ESTIMATES.replace("p. 1", "стр. 1").encode("cp1251"), r"row 2: byte 0xf1 is not UTF-8.*allowed: UTF-8 \(in Excel"),
        ("estimates.csv", ESTIMATES.encode("utf-16-le"), "holds bytes that are no text; allowed: UTF-8"),
        ("estimates.xlsx", b"no workbook", "no workbook"),
        ("estimates.csv", b"", "row 1, column id: missing"),
    ],
)  # fmt: skip
def test_a_file_is_read_by_a_guess(folder: Path, name: str, raw: bytes, expected: str) -> None:
    (folder / name).write_bytes(raw)
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    with pytest.raises(DataError, match=expected):
        load()


def test_what_is_found_of_the_reader_s_own_is_not_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "estimates.csv").write_text(ESTIMATES, encoding="utf-8")
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    validate.main()
    assert capsys.readouterr().out == f"data: valid (estimates 6 rows) and 2 estimates, 1 source of {folder}\n"


def test_a_form_of_file_is_read_that_no_step_depends_on(folder: Path) -> None:
    for ending in spreadsheets.ENDINGS:
        (folder / f"places.{ending}").touch()
    assert {path.suffix[1:] for path in own_sources.files(folder)} == set(spreadsheets.ENDINGS)
    assert "own_sources.files" in (Path(inspect.getfile(protocol)).parents[2] / "workflow" / "Snakefile").read_text()
