"""A parameter is said to move what it does not, or a picture over many settings differs from the chapter it asks."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.chapters import interlude, many_settings
from analysis.chapters.interlude import Interlude
from analysis.tables import Tables
from edition.asking import sweep_table

TABLE = pd.DataFrame(
    [(1, "a", "sum", 10.0), (1, "b", "sum", 10.0), (2, "a", "sum", 12.0), (2, "b", "sum", 12.0),
     (1, "a", "same", 5.0), (1, "b", "same", 5.0), (2, "a", "same", 5.0), (2, "b", "same", 5.0),
     (1, "a", "both", 1.0), (1, "b", "both", None), (2, "a", "both", 3.0), (2, "b", "both", 4.0)],
    columns=["width", "form", "result", "value"],
).assign(chapter="one", error=None)  # fmt: skip


def test_a_parameter_that_moves_a_result_is_missed_or_invented() -> None:
    found = sweep_table.ranges(TABLE).set_index("result")
    assert found["moved_by"].to_dict() == {"sum": "width", "same": "", "both": "width form"}
    assert found.loc["both", ["low", "high", "sets"]].to_list() == [1.0, 4.0, 4]


def test_a_parameter_of_another_chapter_is_taken_for_this_one_s() -> None:
    other = pd.DataFrame({"chapter": "two", "depth": [1, 2], "result": "sum", "value": [7.0, 8.0], "error": None})
    found = sweep_table.ranges(pd.concat([TABLE, other], ignore_index=True)).set_index(["chapter", "result"])
    assert found.loc[("two", "sum"), "moved_by"] == "depth" and found.loc[("one", "sum"), "moved_by"] == "width"


def test_the_account_of_1916_closes_elsewhere(tables: Tables) -> None:
    """270,000 refugees of 300,000 who crossed, both as printed, are 90 per cent."""
    rows = many_settings.account(tables)
    assert many_settings.closes(rows) == {"printed": [90], "parts": [90, 95, 100]}
    assert len(rows) == 26 and rows.query("total == 'parts'")["low"].isna().all()


@pytest.mark.parametrize("last_wave", [1917, 1931, 1945])
def test_a_beginning_differs_from_the_chapter_s_own(tables: Tables, last_wave: int) -> None:
    growth = interlude.growth_alone(tables, Interlude(last_wave=last_wave, growth_percent=2.0)).data.set_index("rate")
    mine = many_settings.starts(tables).query("last_wave == @last_wave and growth_percent == 2")
    assert len(mine) == 2
    for row in mine.itertuples():
        assert row.start == growth.loc[2.0, row.source_id]


def test_a_shown_result_moves_with_other_parameters(tables: Tables) -> None:
    """Whose Kazakhstan's lone number is changes the sum with it and no share of the printed total."""
    moved = many_settings.shown(tables).set_index(["chapter", "result"])["moved_by"]
    assert moved["table_1", "mendikulova-with-home"] == "kazakhstan_column"
    assert moved["table_1", "mendikulova-largest-percent"] == "largest"
    assert moved["uzbekistan", "scholars-percent"] == "difference" and moved["uzbekistan", "gap-low"] == "bound"
    assert moved["world_total", "reach-high"] == "" and moved["world_total", "share-low"] == "reading"
