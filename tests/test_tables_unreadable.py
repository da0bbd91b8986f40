"""A cell hides what it holds: a mark leads nowhere, a blank is passed over, a bar is not as long as its number, rows are lost."""

from __future__ import annotations

import pytest
from docutils import nodes

from edition.book import cells
from edition.exhibits.record import Column, TableRecord


def record(*rows: tuple[str, ...], **given: object) -> TableRecord:
    columns = tuple(Column(label=f"c{n}", numeric=n > 0) for n in range(len(rows[0])))
    kept = {"caption": "", "source": "", "made_by": "", "parameters": {}, "version": "1", "data": {"data": []}}
    return TableRecord.model_validate({"id": "tbl-x", "columns": columns, "cells": rows, **kept, **given})


def test_a_mark_does_not_lead_to_its_note() -> None:
    table = record(("Vell", "1,500ᵃᵇ"), notes=(("ᵃ", "counted"), ("ᵇ", "guessed")))
    text, first, second = cells.filled("1,500ᵃᵇ", table)
    assert text.astext() == "1,500" and isinstance(first, cells.mark) and isinstance(second, cells.mark)
    assert (first["note"], second["told"]) == (cells.note_id(table, 0), "guessed")


@pytest.mark.parametrize(("reproduces", "told"), [("Table 1", "blank"), ("", "")])
def test_a_blank_cell_of_the_paper_says_nothing_or_another_one_does(reproduces: str, told: str) -> None:
    table = record(("Vell", "ᵃ"), notes=(("ᵃ", "counted"),), reproduces=reproduces)
    assert "".join(node.astext() for node in cells.filled("ᵃ", table)) == f"{told}ᵃ"
    assert "".join(node.astext() for node in cells.filled("", table)) == told
    assert cells.filled("Vell", table)[0] == nodes.Text("Vell")


def test_a_bar_is_not_as_long_as_its_number() -> None:
    table = record(("Vell", "about 1,500", "3"), ("Orr", "3,000", "9"), ("Harrow", "none", "1"), bars=("c1",))
    assert cells.bars(table) == {(0, 1): 0.5, (1, 1): 1.0}
    assert cells.bars(record(("Vell", "none"), bars=("c1",))) == {}


def test_a_long_table_folds_twice_or_says_another_number_of_rows() -> None:
    rows = [(str(n), "") for n in range(cells.LONG + 1)]
    assert cells.folds(record(*rows)) and f"All {cells.LONG + 1} rows" in cells.all_rows(record(*rows)).astext()
    assert not cells.folds(record(*rows[:-1])) and not cells.folds(record(*rows, filters=("c1",)))
