"""A computation does not give what the paper's numbers give when worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.chapters import homeland, refugees_1916, table_1, table_2
from analysis.chapters.homeland import Homeland
from analysis.chapters.table_1 import Table1
from analysis.chapters.table_2 import Table2
from analysis.computing import answers, movements, stocks
from analysis.tables import Tables
from edition.maps import geography
from edition.numbers import bounds
from edition.numbers.wording import span

T1 = Table1(kazakhstan_column="neither", largest=3)
T2 = Table2(lone_numbers="official", stray_mark="ignore")


def account(tables: Tables, **chosen: object) -> dict[str, tuple[float, float]]:
    defaults = {"total": "printed", "kazakh_percent": 100, "open_bound": "leave open", "about_percent": 0}
    items = movements.balance_1916(tables, **defaults | chosen)  # type: ignore[arg-type]
    return {row.item: (row.low, row.high) for row in items.itertuples()}


def test_the_lone_number_for_kazakhstan_leaks_into_a_total(tables: Tables) -> None:
    for column, with_home in (("neither", 4_134_000), ("mendikulova", 12_859_000), ("tatimov", 4_134_000)):
        chosen = T1.model_copy(update={"kazakhstan_column": column})
        sums = table_1.totals(tables, chosen).set_index("scholar")
        assert sums["hosts"].to_dict() == {"Mendikulova": 4_134_000, "Tatimov": 3_277_000}
        assert sums.loc["Mendikulova", "with_home"] == with_home
    assert sums.loc["Tatimov", "with_home"] == 12_002_000
    assert sums["if_home"].to_dict() == {"Mendikulova": 12_859_000, "Tatimov": 12_002_000}


def test_the_share_of_the_largest_is_wrong(tables: Tables) -> None:
    sums = table_1.totals(tables, T1).set_index("scholar")
    assert sums["largest_sum"].to_dict() == {"Mendikulova": 3_800_000, "Tatimov": 2_826_000}


def test_the_difference_of_the_scholars_is_wrong(tables: Tables) -> None:
    both = table_1.compared(tables, T1).set_index("place_id")
    assert len(both) == 13
    assert both.loc["uzbekistan", "difference_low"] == -630_000
    assert both.loc["usa", "ratio"] == 10
    assert (both["higher"] == "mendikulova_2001").sum() == 6 and (both["higher"] == "tatimov_2003").sum() == 7
    assert both["difference_low"].sum() == 3_277_000 - 4_134_000


@pytest.mark.parametrize(
    ("lone", "mark", "official", "field"),
    [
        ("official", "ignore", (3_179_695, 3_179_695), (3_913_500, 4_113_500)),
        ("field", "ignore", (3_019_695, 3_019_695), (4_073_500, 4_273_500)),
        ("neither", "ignore", (3_019_695, 3_019_695), (3_913_500, 4_113_500)),
        ("official", "leave out", (3_179_695, 3_179_695), (2_500_000, 2_700_000)),
    ],
)
def test_the_sums_of_table_2_are_wrong(tables: Tables, lone: str, mark: str, official: object, field: object) -> None:
    chosen = T2.model_copy(update={"lone_numbers": lone, "stray_mark": mark})
    assert table_2.totals(tables, chosen) == {"yermekbay_official": official, "yermekbay_field": field}


def test_a_range_is_compared_as_a_point(tables: Tables) -> None:
    row = table_2.compared(tables, T2).set_index("place_id").loc["uzbekistan"]
    assert (row["difference_low"], row["difference_high"]) == (400_805, 600_805)


def test_the_account_of_1916_is_wrong(tables: Tables) -> None:
    items = account(tables)
    assert items["parts"][0] == 260_000 and math.isnan(items["parts"][1])
    assert items["printed"] == (270_000, 270_000)
    assert items["remained"] == (110_000, 110_000)
    assert items["unexplained"] == (30_000, 30_000)


def test_the_account_of_1916_from_its_parts_is_wrong(tables: Tables) -> None:
    items = account(tables, total="parts", open_bound="as bound")
    assert items["parts"] == (260_000, 270_000)
    assert items["remained"] == (100_000, 110_000)
    assert items["unexplained"] == (30_000, 40_000)


def test_a_width_for_about_is_not_carried_through(tables: Tables) -> None:
    items = account(tables, about_percent=10)
    assert items["printed"] == pytest.approx((243_000, 297_000))
    assert items["remained"] == pytest.approx((243_000 - 176_000, 297_000 - 144_000))
    assert items["p-tarbagatai-1916"] == (60_000, 70_000)


def test_the_kyrgyz_are_always_counted_as_kazakhs(tables: Tables) -> None:
    assert account(tables, kazakh_percent=90)["unexplained"] == (0, 0)


def test_an_open_bound_is_lost_in_a_sum() -> None:
    nan = float("nan")
    total = bounds.add(pd.DataFrame({"low": [1.0, 2.0, nan], "high": [1.0, nan, nan]}))
    assert total.low == 3 and math.isnan(total.high)
    assert span(*total) == "3 or more"


def test_whether_the_total_fits_its_parts_is_misjudged() -> None:
    def items(low: float, high: float) -> pd.DataFrame:
        return pd.DataFrame({"item": ["parts", "printed"], "low": [low, 270.0], "high": [high, 270.0]})

    assert refugees_1916._within(items(260, float("nan")))
    assert refugees_1916._within(items(260, 270))
    assert not refugees_1916._within(items(280, float("nan")))
    assert not refugees_1916._within(items(100, 200))


def test_the_map_measures_kazakhstan_wrong(tables: Tables) -> None:
    ranked = geography.areas(tables.folder, without=["Antarctica"]).set_index("name")
    assert ranked.loc["Kazakhstan", "km2"] == pytest.approx(2_720_000, rel=0.005)
    assert ranked.loc["Kazakhstan", "rank"] == 9
    assert ranked.loc["Russia", "km2"] == pytest.approx(17_000_000, rel=0.02), "the 180th meridian cuts Russia wrong"
    assert geography.areas(tables.folder).set_index("name").loc["Kazakhstan", "rank"] == 10


def test_the_neighbours_are_wrong(tables: Tables) -> None:
    found = geography.neighbours(tables.folder, "Kazakhstan")
    assert found == ["China", "Kyrgyzstan", "Russia", "Turkmenistan", "Uzbekistan"]
    assert set(found) == set(tables.listed("neighbours"))


def test_the_homeland_verdict_ignores_its_parameter(tables: Tables) -> None:
    agree = {
        among: homeland.against_map(tables, Homeland(rank_among=among))["agrees"].to_list()  # type: ignore[arg-type]
        for among in ("countries", "countries and Antarctica")
    }
    assert agree == {
        "countries": [True, True, True, True],
        "countries and Antarctica": [True, False, False, True],  # tenth then, with nine areas ahead
    }


def test_the_answers_are_miscounted(tables: Tables) -> None:
    one, each = (answers.tally(tables, how)[["yes", "no", "text"]].sum().to_list() for how in ("one", "each"))  # type: ignore[arg-type]
    assert one == [16, 0, 1] and each == [16, 0, 4]


def test_a_place_is_on_the_wrong_continent(tables: Tables) -> None:
    assert tables.gazetteer["longitude"].between(-1, 98).all() and tables.gazetteer["latitude"].between(34, 52).all()


def test_sums_include_aggregates_twice(tables: Tables) -> None:
    rows = stocks.exhibit(tables, "Table 1")
    assert "abroad" not in set(stocks.hosts(rows)["place_id"])
    assert stocks.largest(stocks.credited(rows, "mendikulova_2001"), 12)["place_id"].is_unique
