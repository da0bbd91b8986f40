"""A present-day comparison does not follow from the printed numbers."""

from __future__ import annotations

import pytest

from analysis.chapters import china, estimates, world_total
from analysis.chapters.china import China
from analysis.chapters.estimates import Estimates
from analysis.computing import stocks
from analysis.tables import Tables


def test_a_host_is_shown_with_too_few_numbers(tables: Tables) -> None:
    chosen = Estimates(at_least=5, sources="all", bound="both", uncertain="keep")
    kept = estimates.selected(tables, chosen)
    assert list(dict.fromkeys(kept["place_id"])) == ["china", "uzbekistan", "russia"]


def test_the_reach_of_the_printed_numbers_is_wrong(tables: Tables) -> None:
    """By hand, host by host in the order of Table 1."""
    largest = [
        1_557_457,
        1_500_000,
        1_200_000,
        157_000,
        187_000,
        45_000,
        30_000,
        15_000,
        10_000,
        7_000,
        7_000,
        4_000,
        2_000,
    ]
    smallest = [1_250_458, 803_400, 647_732, 83_000, 177_000, 30_000, 10_000, 10_000, 1_000, 2_000, 5_000, 2_000, 1_000]
    assert stocks.sum_range(tables) == (sum(smallest), sum(largest))
    assert sum(largest) < 5_000_000


def test_the_share_abroad_is_wrong(tables: Tables) -> None:
    grid = world_total.grid(tables).set_index(["abroad_id", "home_id"])["percent"]
    assert len(grid) == 12
    assert grid["t1-abroad-mendikulova", "t1-kazakhstan-mendikulova"] == pytest.approx(100 * 4_134 / (4_134 + 8_725))
    assert grid["p-abroad-wak-five-million", "p-kazakhstan-nine-million"] == pytest.approx(100 * 5 / 14)


def test_a_size_group_is_misjudged(tables: Tables) -> None:
    def outside(edges: str) -> set[tuple[str, str]]:
        rows = stocks.size_audit(tables, edges=edges)  # type: ignore[arg-type]
        return {(row.place_id, row.given_by) for row in rows[~rows["inside"]].itertuples()}

    beyond = {("mongolia", "tatimov"), ("mongolia", "yermekbay_official"), ("usa", "tatimov")}
    assert outside("included") == beyond
    assert outside("excluded") == beyond | {("turkey", "mendikulova"), ("iran", "mendikulova")}


def test_the_part_is_not_held_against_the_whole(tables: Tables) -> None:
    rows = china.against_part(tables).set_index("id")["less_part"]
    assert (rows < 0).sum() == 6 and rows["p-china-present"] == 0 and rows.min() == 1_250_458 - 1_557_457


def test_the_population_behind_a_percentage_is_wrong(tables: Tables) -> None:
    low, high = china.implied(tables, China(rounding_percent=0.5))
    assert (low, high) == pytest.approx((1_557_457 / 0.075, 1_557_457 / 0.065))
    assert china.implied(tables, China(rounding_percent=0.0))[0] == pytest.approx(1_557_457 / 0.07)
