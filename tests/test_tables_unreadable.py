"""A cell hides what it holds: a mark leads nowhere, a blank is passed over, a bar is not as long as its number, rows are lost."""

from __future__ import annotations

import pytest
from docutils import nodes

from edition.book import cells
from edition.exhibits import opening
from edition.exhibits.opening import Opening
from edition.exhibits.record import Column, TableRecord


def record(*rows: tuple[str, ...], **given: object) -> TableRecord:
    columns = tuple(Column(label=f"c{n}", numeric=n > 0) for n in range(len(rows[0])))
    kept = {"caption": "", "source": "", "made_by": "", "parameters": {}, "version": "1", "data": {"data": []}}
    return TableRecord.model_validate({"id": "tbl-x", "columns": columns, "cells": rows, **kept, **given})


def test_a_mark_does_not_lead_to_its_note() -> None:
    table = record(("Vell", "1,500ᵃᵇ"), notes=(("ᵃ", "counted"), ("ᵇ", "guessed")))
    text, first, second = cells.cell_nodes("1,500ᵃᵇ", table)
    assert text.astext() == "1,500" and isinstance(first, cells.mark) and isinstance(second, cells.mark)
    assert (first["note"], second["told"]) == (cells.note_id(table, 0), "guessed")


@pytest.mark.parametrize(("reproduces", "told"), [("Table 1", "blank"), ("", "")])
def test_a_blank_cell_of_the_paper_says_nothing_or_another_one_does(reproduces: str, told: str) -> None:
    table = record(("Vell", "ᵃ"), notes=(("ᵃ", "counted"),), reproduces=reproduces)
    assert "".join(node.astext() for node in cells.cell_nodes("ᵃ", table)) == f"{told}ᵃ"
    assert "".join(node.astext() for node in cells.cell_nodes("", table)) == told
    assert cells.cell_nodes("Vell", table)[0] == nodes.Text("Vell")


def test_a_bar_is_not_as_long_as_its_number() -> None:
    table = record(("Vell", "about 1,500", "3"), ("Orr", "3,000", "9"), ("Harrow", "none", "1"), bars=("c1",))
    assert cells.bars(table) == {(0, 1): 0.5, (1, 1): 1.0}
    assert cells.bars(record(("Vell", "none"), bars=("c1",))) == {}


def test_a_long_table_folds_twice() -> None:
    rows = [(str(n), "") for n in range(opening.LONG + 1)]
    assert opening.folds(record(*rows))
    assert not opening.folds(record(*rows[:-1])) and not opening.folds(record(*rows, filters=("c1",)))


@pytest.mark.parametrize(
    ("heights", "told"), [([], []), ([3000], [3000]), ([900, 900], [600, 600]), ([100, 2000, 2000], [100, 550, 550])]
)
def test_the_tables_of_a_page_take_more_than_its_room(heights: list[int], told: list[float]) -> None:
    room = 1200 if len(heights) > 1 else 3000
    assert opening.shared(heights, room) == told and sum(told) <= room


def test_a_phone_shows_no_row_of_a_table_or_more_than_fit() -> None:
    assert [opening.fitting([400, 300, 300], room) for room in (0, 400, 750, 5000)] == [1, 1, 2, 3]


def test_a_table_hides_rows_that_a_page_has_room_for_or_shows_more_than_it_has() -> None:
    few, many = record(*[("Vell", "1,500")] * 3), record(*[("Vell " * 150, "1,500")] * 30, stacked=True)
    assert opening.openings([few]) == {"tbl-x": Opening(long=False, first=0)}
    assert opening.openings([many]) == {"tbl-x": Opening(long=True, first=5)}
    others = [many.model_copy(update={"id": f"tbl-{n}"}) for n in range(4)]
    assert set(opening.openings(others).values()) == {Opening(long=True, first=1)}
    assert opening.openings([record(*[("Vell", "1")] * 60, filters=("c0",))]) == {"tbl-x": Opening(long=False, first=0)}


def test_a_row_that_is_left_empty_takes_room() -> None:
    narrow = record(("Vell", ""), ("Vell" * 20, "1"))
    assert opening.heights(narrow) == [opening.BETWEEN + opening.LINE, opening.BETWEEN + 4 * opening.LINE]
    assert opening.heights(narrow.model_copy(update={"stacked": True})) == [37, 17 + 20 * 3]
