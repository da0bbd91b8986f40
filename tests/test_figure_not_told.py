"""A figure has no description in words, or one that leaves out what is drawn or stays when the data change."""

from __future__ import annotations

import copy
import gzip
import re
from typing import Any

import pytest

from edition.build import contents
from edition.charts.against_counts import AgainstCounts
from edition.charts.chart import WORDS
from edition.charts.matrix import Matrix
from edition.charts.tally import Tally
from edition.exhibits import stored
from edition.exhibits.record import FigureRecord
from tests.conftest import ROOT

RECORDS = {
    record.id: record
    for path in contents.chapters(ROOT)
    for record in stored.records(path)
    if isinstance(record, FigureRecord)
}
SIZED = ("number", "arrow")  # marks of a map that are drawn by size


def drawn(record: FigureRecord) -> list[float]:
    """The values that a chart draws; a map draws those of its sized marks."""
    values = []
    for row in record.rows:
        if isinstance(record.chart, Tally):
            values.append(row["solid"] + row["open"])
        elif isinstance(record.chart, Matrix) or (row.get("mark", "number") not in SIZED):
            continue
        else:
            found = [row.get(name) for name in ("low", "high", "percent", "value", "off_low", "off_high")]
            if isinstance(record.chart, AgainstCounts):
                found = found[-2:]
            values += [value for value in found if value is not None]
    return values


def with_rows(record: FigureRecord, rows: list[dict[str, Any]]) -> FigureRecord:
    return record.model_copy(update={"data": {**record.data, "data": rows}})


def forms(value: float) -> list[str]:
    """How a description may write a value."""
    return [f"{value:,.{places}f}".replace("-", "−") for places in (0, 1, 2)]


def text_of(record: FigureRecord) -> str:
    return " ".join(record.describe())


@pytest.mark.parametrize("name", RECORDS)
def test_a_description_is_empty_long_or_says_nan(name: str) -> None:
    text = text_of(RECORDS[name])
    assert 25 <= len(text.split()) <= WORDS
    assert not re.search(r"\bnan\b|None|\[\[|  |\.\.|: \.", text), text


@pytest.mark.parametrize("name", [name for name in RECORDS if drawn(RECORDS[name])])
def test_a_description_does_not_name_the_extremes(name: str) -> None:
    values, text = drawn(RECORDS[name]), text_of(RECORDS[name])
    for value in (min(values), max(values)):
        assert any(re.search(rf"(?<![\d,.−]){re.escape(form)}(?![\d])", text) for form in forms(value)), (value, text)


@pytest.mark.parametrize("name", [name for name in RECORDS if drawn(RECORDS[name])])
def test_a_description_stays_when_the_data_change(name: str) -> None:
    changed = with_rows(RECORDS[name], copy.deepcopy(RECORDS[name].rows))
    values = drawn(changed)
    for row in changed.rows:
        for column in ("low", "high", "percent", "value", "off_low", "off_high", "solid", "leaves"):
            if row.get(column) is not None and row.get("mark", "number") in (*SIZED, ""):
                row[column] += max(map(abs, values))
    assert text_of(changed) != text_of(RECORDS[name])


@pytest.mark.parametrize("name", RECORDS)
def test_a_row_that_is_drawn_is_not_told(name: str) -> None:
    """Where every row has a label, leaving a row out changes the text."""
    changed = with_rows(RECORDS[name], RECORDS[name].rows[1:])
    if changed.rows:
        assert text_of(changed) != text_of(RECORDS[name])


def test_a_place_without_a_number_is_not_told() -> None:
    assert "43 other countries: no number printed" in text_of(RECORDS["fig-table-2-columns"])
    assert "Aksu" in text_of(RECORDS["fig-1916-refuges"]).partition("question marks")[2]


@pytest.mark.parametrize("name", RECORDS)
def test_a_page_does_not_lead_from_the_picture_to_its_description(name: str) -> None:
    pages = [p for p in (ROOT / "_build/html/notebooks").glob("*.html") if f'id="{name}-description"' in p.read_text()]
    assert len(pages) == 1
    html = pages[0].read_text(encoding="utf-8")
    assert html.count(f'aria-details="{name}-description"') == 2  # the light and the dark picture
    told = re.search(rf'id="{name}-description".*?</details>', html, re.S)
    assert told and f'{name}.csv"' in told.group()


def test_the_cards_of_a_chapter_are_heavy() -> None:
    for path in (ROOT / "_build/html/notebooks").glob("*.html"):
        cards = re.findall(r'<div class="card".*?</details>\s*</div>', path.read_text(encoding="utf-8"), re.S)
        assert len(gzip.compress("".join(cards).encode())) < 60_000, path.name
