"""The transcription lost, doubled or changed a number of the paper."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.computing import stocks
from analysis.tables import Tables
from edition.data import printed

SECTIONS = {
    "Abstract",
    "Introduction", "World Kurultay", "Distribution Across the Globe", "Initial Migration", "Migration Post Collapse",
    "Present State", "Challenges", "Conclusion",
}  # fmt: skip

TABLE_1 = {  # the paper's Table 1, place: (Mendikulova, Tatimov)
    "china": (1_500_000, 1_296_000), "uzbekistan": (1_500_000, 870_000), "russia": (800_000, 660_000),
    "mongolia": (83_000, 157_000), "cis_other": (187_000, 177_000), "afghanistan": (30_000, 45_000),
    "turkey": (10_000, 30_000), "iran": (10_000, 15_000), "usa": (1_000, 10_000), "germany": (2_000, 7_000),
    "canada": (7_000, 5_000), "france": (2_000, 4_000), "sweden": (2_000, 1_000), "abroad": (4_134_000, 3_277_000),
}  # fmt: skip


def every_row(tables: Tables) -> pd.DataFrame:
    return pd.concat([getattr(tables, name).assign(table=name) for name in Tables.CREDITED], ignore_index=True)


def test_a_cell_of_a_printed_table_is_missing(tables: Tables) -> None:
    """71 cells, blanks too: 15 rows of 2, 7 rows of 3 with the ranking, 5 rows of 4."""
    rows = every_row(tables)
    cells = rows[rows["locator"].str.startswith("row ") & rows["locator"].str.contains(", column ")]
    assert cells.groupby("exhibit").size().to_dict() == {"Table 1": 30, "Table 2": 21, "Table 3": 20}
    assert not cells.duplicated(["exhibit", "locator"]).any()


def test_a_locator_names_no_place_in_the_paper(tables: Tables) -> None:
    rows = every_row(tables)
    prose = rows[rows["exhibit"] == "text"]["locator"].str.extract(r"^(.*) ¶(\d+)$")
    assert prose.notna().all(axis=None)
    assert set(prose[0]) <= SECTIONS


@pytest.mark.parametrize(("place", "numbers"), TABLE_1.items())
def test_a_number_of_table_1_changed(tables: Tables, place: str, numbers: tuple[int, int]) -> None:
    rows = tables.stocks.set_index("id")
    slug = place.replace("_", "-")
    assert tuple(rows.loc[[f"t1-{slug}-mendikulova", f"t1-{slug}-tatimov"], "low"]) == numbers


def test_the_printed_totals_of_table_1_are_not_the_sums(tables: Tables) -> None:
    rows = stocks.exhibit(tables, "Table 1")
    assert stocks.total(rows, "mendikulova_2001").low == 4_134_000
    assert stocks.total(rows, "tatimov_2003").low == 3_277_000


def test_table_2_changed(tables: Tables) -> None:
    rows = tables.stocks[tables.stocks["exhibit"] == "Table 2"].set_index("id")["value_text"]
    assert rows.to_list() == [
        "10,301,165", "10,301,165", "1,250,500", "1,413,500 3", "899,195", "1.3-1.5 million", "870,000", "1.2 million",
        "145,000", "", "15,000", "", "", "",
    ]  # fmt: skip


def test_an_answer_of_table_3_changed(tables: Tables) -> None:
    assert (tables.answers.query("question != 'general'")["value_text"] == "Yes").all()
    assert (tables.answers.query("question == 'general'")["caveats"].str.contains("merged_cell")).all()


@pytest.mark.parametrize(
    ("text", "qualifier", "bounds"),
    [
        ("1,250,458", "none", (1_250_458, 1_250_458)),
        ("647 732", "none", (647_732, 647_732)),
        ("803.4 thousand", "none", (803_400, 803_400)),
        ("60–70,000", "none", (60_000, 70_000)),
        ("30-35%", "none", (30, 35)),
        ("1.3-1.5 million", "none", (1_300_000, 1_500_000)),
        ("between 10,000 and 100,000", "none", (10_000, 100_000)),
        ("More than 350,000", "more than", (350_000, None)),
        ("less than 10,000", "less than", (None, 10_000)),
        ("about five million", "about", (5_000_000, 5_000_000)),
        ("more than half a million", "more than", (500_000, None)),
        ("1,413,500 3", "none", (1_413_500, 1_413_500)),
        ("sixty years", "none", (60, 60)),
        ("millions", "none", (None, None)),
        ("", "none", (None, None)),
    ],
)
def test_a_printed_number_is_misread(text: str, qualifier: str, bounds: printed.Bounds) -> None:
    assert printed.bounds(text, qualifier) == bounds


def test_a_correction_changed_the_transcription(tables: Tables) -> None:
    raw = tables.stocks.set_index("id").loc["p-kazakhstan-population"]
    taken = tables.corrected("stocks").set_index("id").loc["p-kazakhstan-population"]
    assert raw["value_text"] == taken["value_text"] == "about 18,954,495 million"
    assert (raw["low"], taken["low"], taken["high"]) == (18_954_495e6, 18_954_495, 18_954_495)
    assert taken["corrected"] and tables.corrected("stocks")["corrected"].sum() == 1


def test_an_open_bound_was_closed(tables: Tables) -> None:
    for name in Tables.NUMBERED:
        rows = getattr(tables, name)
        assert rows.loc[rows["qualifier"].isin(["over", "more than"]), "high"].isna().all()
        assert rows.loc[rows["qualifier"] == "less than", "low"].isna().all()
    assert math.isnan(tables.stocks.set_index("id").loc["p-ili-1916", "high"])


def test_a_number_without_credit_is_credited(tables: Tables) -> None:
    rows = every_row(tables)
    assert (rows.loc[rows["caveats"].str.contains(r"\buncited\b"), "source_id"] == "askhat").all()
    assert (rows.loc[~rows["source_id"].isin(["askhat", "the_study"]), "secondhand"] == "yes").all()
