"""A table is asked by an id and answers with another row, another name, or in silence."""

from __future__ import annotations

import dataclasses
import math

import pandas as pd
import pytest

from analysis.tables import Tables


def test_a_name_has_the_wrong_article(tables: Tables) -> None:
    assert [*map(tables.the, ["Netherlands", "Germany", "USA"])] == ["the Netherlands", "Germany", "the USA"]


@pytest.mark.parametrize("name", ["Antarctica", "United States of America", "netherlands", ""])
def test_what_is_no_place_goes_without_an_article_in_silence(tables: Tables, name: str) -> None:
    with pytest.raises(KeyError):
        tables.the(name)


def test_a_title_loses_the_capital_of_a_name(tables: Tables) -> None:
    assert tables.titled("return_1917") == "return of refugees"
    assert tables.titled("stolypin") == "Stolypin years"


def test_a_source_from_outside_has_no_label(tables: Tables) -> None:
    assert tables.label["tatimov_2003"] == "Tatimov" and tables.label["china_census_2010"] == "China, census of 2010"


def test_rows_come_in_another_order_or_twice(tables: Tables) -> None:
    asked = ["p-world-mendikulova", "t1-abroad-tatimov"]
    assert tables.rows("stocks", asked)["id"].to_list() == asked
    assert list(tables.rows("stocks", asked).columns) == list(tables.stocks.columns)


def test_a_number_is_another_one(tables: Tables) -> None:
    """Table 1: 3,277,000 abroad; outside: 1,462,588 in China in 2010."""
    assert (tables.low("t1-abroad-tatimov"), tables.low("o-china-2010-census")) == (3_277_000, 1_462_588)
    assert tables.number("t1-abroad-tatimov")["value_text"] == "3,277,000"
    assert math.isnan(tables.number("p-ili-1916")["high"])


@pytest.mark.parametrize("verb", ["number", "low", "date", "titled"])
def test_an_unknown_id_is_answered(tables: Tables, verb: str) -> None:
    with pytest.raises(KeyError):
        getattr(tables, verb)("no-such-row")


def test_a_row_without_a_place_disappears(tables: Tables) -> None:
    rows = pd.DataFrame({"place_id": ["usa", "", "china"]}, index=[7, 8, 9])
    named = tables.with_names(rows)
    assert named["name"].to_list()[::2] == ["USA", "China"] and pd.isna(named["name"][1])


def test_a_list_is_out_of_order(tables: Tables) -> None:
    """*China, Uzbekistan and Russia*: the first category of the paper, whatever the order of the file."""
    turned = dataclasses.replace(tables, lists=tables.lists.iloc[::-1])
    assert turned.members("first_category") == tables.members("first_category") == ["china", "uzbekistan", "russia"]
    assert turned.listed("first_category") == ["China", "Uzbekistan", "Russia"]
