"""A check gives another verdict than its numbers have it, at the bound and on either side of it, whichever of them today's data take."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from analysis.claims import headlines
from analysis.claims.checks import CHECKS
from analysis.claims.evidence import Evidence
from edition.claims.verdicts import BY_ITSELF, BY_OTHERS, IN_PART, OPEN, REPRODUCED
from edition.numbers.bounds import Span
from edition.numbers.wording import NBSP
from tests.small_tables import number, tables

Bounds = float | tuple[float, float]


class Printed:
    """Evidence of numbers alone; each is named by its place."""

    def __init__(self, given: list[Bounds], **tables: Any) -> None:
        spans = [one if isinstance(one, tuple) else (one, one) for one in given]
        self.ids = [f"n{n}" for n in range(len(spans))]
        self.numbers = pd.DataFrame(spans, columns=["low", "high"], index=self.ids).assign(unit="persons")
        self.tables = SimpleNamespace(**tables)

    def span(self, row_id: str) -> Span:
        return Span(*self.numbers.loc[row_id, ["low", "high"]].astype(float))

    def said(self, row_id: str) -> str:
        return f"{self.span(row_id).low:g}"

    said_by = said


CASES: list[tuple[str, list[Bounds], str]] = [
    ("sum_of_parts", [10, 4, 6], REPRODUCED),
    ("sum_of_parts", [10, 4, 7], BY_ITSELF),
    ("sum_of_parts", [(10, 12), (4, 5), (7, 8)], REPRODUCED),
    ("adds_to_hundred", [56.7, 43.34], REPRODUCED),
    ("adds_to_hundred", [56.7, 43.36], BY_ITSELF),
    ("adds_to_hundred", [56.7, 43.24], BY_ITSELF),
    ("besides_hosts", [43, 40, 1, 1, 1], REPRODUCED),
    ("besides_hosts", [42, 40, 1, 1, 1], BY_ITSELF),
    ("part_within_whole", [5, 5, 6], REPRODUCED),
    ("part_within_whole", [5, 4, 6], IN_PART),  # half of them is not most of them
    ("part_within_whole", [5, 4, 4, 6], BY_ITSELF),
    ("more_than_its_part", [6, 5, 9], REPRODUCED),
    ("more_than_its_part", [5, 5, 9], BY_ITSELF),
    ("differ", [(1, 2), (3, 4)], REPRODUCED),
    ("differ", [(1, 3), (3, 4)], BY_ITSELF),
    ("differ", [1, 1, 2], REPRODUCED),
    ("differ", [1, (1, 3), 3, (1, 3)], REPRODUCED),  # two that have a third between them
    ("larger_than", [5, 4], REPRODUCED),
    ("larger_than", [5, 5], BY_ITSELF),
    ("larger_than", [5, 4, 6], IN_PART),
    ("larger_than", [5, 5, 6], BY_ITSELF),
    ("each_at_least", [5, 5, 6], REPRODUCED),
    ("each_at_least", [5, 4, 6], IN_PART),
    ("each_at_least", [5, 4, 3], BY_ITSELF),
    ("each_below", [5, 4, 3], REPRODUCED),
    ("each_below", [5, 4, 5], IN_PART),
    ("each_below", [5, 5, 6], BY_ITSELF),
    ("minority", [49, 1], REPRODUCED),
    ("minority", [49, 50], IN_PART),
    ("minority", [50, 51], BY_OTHERS),
    ("grew_where_counted", [1, 2, 2, 2], IN_PART),
    ("grew_where_counted", [1, 2, 3, 4], IN_PART),  # the other countries are tested by nothing
    ("grew_where_counted", [2, 2], BY_OTHERS),
    ("each_near", [100, 95, 105], REPRODUCED),
    ("each_near", [100, 94, 105], IN_PART),
    ("each_near", [100, 94, 106], BY_ITSELF),
    ("doubled_unit", [2001, 2], BY_OTHERS),
    ("doubled_unit", [2000, 2], OPEN),
    ("share_of_counted", [10, 10, 100], REPRODUCED),
    ("share_of_counted", [10, 9.5, 100], REPRODUCED),
    ("share_of_counted", [10, 9.4, 100], BY_OTHERS),
    ("share_of_counted", [10, 10, 100, 200], IN_PART),
    ("share_of_counted", [10, 10, 200, 50], BY_OTHERS),
]


@pytest.mark.parametrize(("name", "given", "verdict"), CASES)
def test_a_check_gives_another_verdict(name: str, given: list[Bounds], verdict: str) -> None:
    evidence = Printed(given)
    found = CHECKS[name](evidence, evidence.ids)  # type: ignore[arg-type]
    assert found.verdict == verdict, found


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [([6.0, 7.0], [5.0], REPRODUCED), ([6.0, 5.0], [5.0, 1.0], IN_PART), ([5.0], [5.0, 1.0], BY_OTHERS)],
)
def test_the_numbers_before_than_are_not_set_against_the_largest_after_it(
    before: list[Bounds], after: list[Bounds], verdict: str
) -> None:
    evidence = Printed([*before, *after])
    ids = [*evidence.ids[: len(before)], "than", *evidence.ids[len(before) :]]
    assert CHECKS["each_larger"](evidence, ids).verdict == verdict  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("besides_hosts", [43, 40, 1, 1, 1], "Table 2 has 40 other countries besides the three countries abroad that it names, which makes 43; the text has 43 in all."),
        ("besides_hosts", [42, 40, 1, 1, 1], "Table 2 has 40 other countries besides the three countries abroad that it names, which makes 43; the text has 42 in all."),
        ("part_within_whole", [5, 6, 7], "No number for the whole is smaller than 5."),
        ("more_than_its_part", [6, 5, 9], "It is above 5 for a part of it; counted: 9."),
        ("more_than_its_part", [4, 5, 9], "The paper has 5 for a part alone, and Kazakhs in other parts too; counted of the whole: 9."),
    ],
)  # fmt: skip
def test_a_reason_names_another_number(name: str, given: list[Bounds], reason: str) -> None:
    evidence = Printed(given)
    assert CHECKS[name](evidence, evidence.ids).reason == reason  # type: ignore[arg-type]


def test_a_number_short_of_millions_is_taken_for_them() -> None:
    assert list(headlines.nearly(5_000_000).values()) == [5_000_000, 4_750_000, 4_500_000]


@pytest.mark.parametrize(
    ("moves", "said"), [([0.2, 0.0], "; the choice that moves it most: first."), ([0.0, 0.0], "choices (50.0 %).")]
)
def test_a_choice_that_moves_nothing_is_said_to_move_most(
    monkeypatch: pytest.MonkeyPatch, moves: list[float], said: str
) -> None:
    universe = SimpleNamespace(count=1, size=2, influence=lambda: pd.Series(moves, index=["first", "second"]))
    universe.strictest = lambda: universe
    monkeypatch.setitem(headlines.HEADLINES, "one", lambda _: universe)
    monkeypatch.setattr(headlines, "verdict", lambda *_: IN_PART)
    found = CHECKS["under_every_choice"](Printed([]), ["one"])  # type: ignore[arg-type]
    assert found.reason.replace(NBSP, " ").endswith(said), found.reason


@pytest.mark.parametrize(
    ("year", "start", "end", "verdict"),
    [(1990, "1989", "1991-12-31", BY_ITSELF), (1991, "1989", "1991-12-31", OPEN), (1989, "1989", "", OPEN), (1988, "1989", "", BY_ITSELF)],
)  # fmt: skip
def test_a_work_attests_what_came_after_it(year: int, start: str, end: str, verdict: str) -> None:
    evidence = Printed(
        [],
        sources=pd.DataFrame({"source_id": ["work"], "year": [year]}),
        events=pd.DataFrame({"id": ["event"], "start": [start], "end": [end]}),
    )
    assert CHECKS["older_than"](evidence, ["work", "event"]).verdict == verdict  # type: ignore[arg-type]


# ---- checks that look at more than the numbers they are given, on tables of a few rows

nan = math.nan
TABLE_1 = [
    number("total", 10, place_id="abroad", source_id="harrow", exhibit="Table 1"),
    number("ash", 4, place_id="ash", source_id="harrow", exhibit="Table 1"),
    number("birch", 6, place_id="birch", source_id="harrow", exhibit="Table 1"),
    number("other", 9, place_id="birch", source_id="quill", exhibit="Table 1"),
    number("home", 20, place_id="kazakhstan", source_id="harrow", exhibit="Table 1"),
]


def decided(name: str, ids: str, **rows: list[dict[str, Any]]) -> tuple[str, str]:
    found = CHECKS[name](Evidence(tables(**rows), 5, 5), ids.split())
    return found.verdict, found.reason


@pytest.mark.parametrize(
    ("rows", "verdict", "reason"),
    [
        (TABLE_1, REPRODUCED, "The rows of the column for countries abroad add up to 10; with the number for Kazakhstan it would be 30."),
        (TABLE_1[:-1], REPRODUCED, "The rows of the column for countries abroad add up to 10."),
        (TABLE_1[:2], BY_ITSELF, "The rows of the column for countries abroad add up to 4."),
    ],
)  # fmt: skip
def test_a_total_is_set_against_another_column(rows: list[dict[str, Any]], verdict: str, reason: str) -> None:
    assert decided("sum_of_column", "total", stocks=rows) == (verdict, reason)


def table_2(official: dict[str, float], field: dict[str, float], elsewhere: dict[str, float]) -> list[dict[str, Any]]:
    """Numbers of both columns of Table 2, and others of the paper."""
    return [
        number(f"{column}-{place}-{n}", value, place_id=place, source_id=f"yermekbay_{column}", exhibit=exhibit)
        for column, cells, exhibit in (("official", official, "Table 2"), ("field", field, "Table 2"), ("text", elsewhere, "text"))
        for n, (place, value) in enumerate(cells.items())
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rank", "official", "field", "elsewhere", "verdict", "reason"),
    [
        (2, {"ash": 9, "birch": 8, "cedar": 7}, {"ash": 9, "birch": 8}, {}, REPRODUCED,
         "By size it is number 2 in the official column and 2 in the field column."),
        (2, {"ash": 9, "birch": 8}, {"ash": 9}, {}, REPRODUCED, "By size it is number 2 in the official column."),
        (2, {"ash": 9, "birch": 8, "cedar": 8}, {"ash": 9, "birch": 8}, {}, IN_PART,
         "By size it is number 2 to 3 in the official column and 2 in the field column."),
        (1, {"ash": 9, "birch": 8}, {"ash": 9, "birch": 8}, {}, BY_ITSELF,
         "By size it is number 2 in the official column and 2 in the field column."),
        (2, {"ash": 9, "birch": 8}, {"birch": 6}, {"cedar": 8}, IN_PART,  # as many as its own larger number, no more
         "By size it is number 2 in the official column and 1 in the field column."),
        (2, {"ash": 9, "birch": 8}, {"birch": 6}, {"dogwood": 8.5, "cedar": 9, "elder": 1}, BY_ITSELF,
         "The row for all others must hold Cedar, which has at least 9 elsewhere in the paper."),
        (2, {"ash": 9, "birch": 8}, {}, {"xinjiang": 99, "cis_other": 99}, REPRODUCED, "By size it is number 2 in the official column."),
    ],
)  # fmt: skip
def test_a_place_is_ranked_among_others(
    rank: float,
    official: dict[str, float],
    field: dict[str, float],
    elsewhere: dict[str, float],
    verdict: str,
    reason: str,
) -> None:
    ranks = [number("rank", rank, place_id="birch", unit="rank", exhibit="Table 2")]
    rows = table_2(official, field, elsewhere)
    assert decided("ranked_by_size", "rank", stocks=rows, quantities=ranks) == (verdict, reason)


def test_the_last_row_need_not_hold_a_larger_country() -> None:
    """A row without numbers has its rank below the smallest that has one: 5 in one column, though 8 in the other."""
    ranks = [number("rank", 3, place_id="rest", unit="rank", exhibit="Table 2")]
    blank = [number("rest", nan, nan, place_id="rest", source_id="yermekbay_field", exhibit="Table 2")]
    rows = blank + table_2({"ash": 9, "birch": 8}, {"birch": 5}, {"cedar": 6})
    assert decided("ranked_by_size", "rank", stocks=rows, quantities=ranks) == (
        BY_ITSELF,
        "The row for all others must hold Cedar, which has at least 6 elsewhere in the paper, and Birch, ranked before it, has 5.",
    )


def test_a_number_for_several_makes_a_rank_undecided() -> None:
    ranks = [number("rank", 1, place_id="birch", unit="rank", exhibit="Table 2")]
    rows = [
        number("a", 7, 9, place_id="birch", source_id="yermekbay_official", exhibit="Table 2"),
        number("b", 9, 12, place_id="ash", source_id="yermekbay_official", exhibit="Table 2"),
        number("c", 5, 7, place_id="cedar", source_id="yermekbay_official", exhibit="Table 2"),
    ]
    assert decided("ranked_by_size", "rank", stocks=rows, quantities=ranks) == (
        BY_ITSELF,
        "By size it is number 1 to 3 in the official column.",
    )


GROUP = {
    "lists": [
        {"id": f"l-{place}", "list": "second_category", "position": n, "place_id": place}
        for n, place in enumerate(("ash", "birch"), 1)
    ],
    "quantities": [number("q-second-group-bounds", 10, 100), number("q-third-group-bound", nan, 10)],
}


@pytest.mark.parametrize(
    ("low", "verdict", "reason"),
    [
        (100, REPRODUCED, "None of the two printed numbers for its members lie outside its bounds."),
        (101, IN_PART, "One of the two printed numbers for its members lies outside its bounds (for Birch)."),
    ],
)
def test_a_bound_lies_outside_its_own_category(low: float, verdict: str, reason: str) -> None:
    rows = [
        number("a", 10, place_id="ash", source_id="harrow", exhibit="Table 1"),
        number("b", low, place_id="birch", source_id="harrow", exhibit="Table 1"),
    ]
    assert decided("size_category", "second_category", stocks=rows, **GROUP) == (verdict, reason)


def fact(row_id: str, low: float, high: float | None = None, **cells: Any) -> dict[str, Any]:
    """A row from outside, by an office called Office."""
    return (
        number(row_id, low, high, source_id="office", confidence="high", basis="ethnicity", kind="census_count") | cells
    )


OFFICE = [{"source_id": "office", "label": "Office (2010)"}]
IN_WORDS = {
    "2002-06-22": "22 June 2002",
    "2002-06-23": "23 June 2002",
    "2002-06-25": "25 June 2002",
    "2002-07": "July 2002",
}


@pytest.mark.parametrize(
    ("low", "as_of", "verdict"),
    [
        (105, "2000", REPRODUCED),  # five per cent above the count
        (106, "2000", BY_OTHERS),
        (95, "2000", REPRODUCED),
        (94, "2000", BY_OTHERS),
        (105, "2005", REPRODUCED),  # five years apart
        (105, "2006", OPEN),
    ],
)
def test_an_estimate_is_judged_by_a_count_too_far_from_it(low: float, as_of: str, verdict: str) -> None:
    rows = [number("a", low, place_id="ash", source_id="harrow", exhibit="text", as_of=as_of)]
    count = [fact("o", 100, place_id="ash", as_of="2000")]
    found, reason = decided("counted", "a", stocks=rows, outside=count, outside_sources=OFFICE)
    assert found == verdict, reason


@pytest.mark.parametrize(
    ("low", "year", "verdict"),
    [
        (42, "2005", OPEN),  # 39.5 + 0.5 per cent of 100, and five per cent more: 42
        (43, "2005-06", BY_OTHERS),
        (43, "2006", OPEN),  # the share is of six years before
    ],
)
def test_a_share_bounds_what_it_does_not(low: float, year: str, verdict: str) -> None:
    rows = [number("a", low, place_id="ash", source_id="harrow", exhibit="text", as_of=year)]
    known = [
        fact("s", 39.5, place_id="ash", as_of="2000", kind="share", unit="percent", value_text="39 to 40 per cent"),
        fact("less", 1, place_id="ash", as_of="2000", kind="share", unit="percent"),
        fact("p", 100, place_id="ash", as_of="2010", kind="inhabitants", unit="persons"),
        fact("few", 90, place_id="ash", as_of="2000", kind="inhabitants", unit="persons"),
    ]
    found, reason = decided("counted", "a", stocks=rows, outside=known, outside_sources=OFFICE)
    assert found == verdict, reason
    if verdict == BY_OTHERS:
        assert "it is at most 40, even of the 100 (Office, 2010)" in reason


@pytest.mark.parametrize("missing", ["share", "inhabitants"])
def test_a_bound_is_made_of_one_number(missing: str) -> None:
    rows = [number("a", 43, place_id="ash", source_id="harrow", exhibit="text", as_of="2000")]
    known = [
        fact("s", 39.5, place_id="ash", as_of="2000", kind="share", unit="percent"),
        fact("p", 100, place_id="ash", as_of="2000", kind="inhabitants", unit="persons"),
    ]
    kept = [row for row in known if row["kind"] != missing]
    assert decided("counted", "a", stocks=rows, outside=kept, outside_sources=OFFICE)[0] == OPEN


def test_an_estimate_at_home_is_set_beside_another_at_home() -> None:
    rows = [
        number(source, 100, place_id="kazakhstan", source_id=source, exhibit="Table 1")
        for source in ("harrow", "quill")
    ]
    assert decided("counted", "harrow", stocks=rows) == (OPEN, "No count is near enough in time.")


def test_a_share_makes_another_whole() -> None:
    """40 are 50 per cent of 80, of whom 10 are an eighth."""
    shares = [number("stated", 12.5, unit="percent"), number("part", 50, unit="percent")]
    found = decided(
        "share_of_counted", "stated few many part", shares=shares, stocks=[number("few", 10), number("many", 40)]
    )
    assert found == (
        IN_PART,
        f"10 are 25.0{NBSP}% of 40 and 12.5{NBSP}% of all inhabitants, 80 by a share of 50{NBSP}%.",
    )


def test_a_corrected_number_is_taken_as_printed() -> None:
    mended = [{"table": "stocks", "row_id": "a", "field": field, "takes": 100.0} for field in ("low", "high")]
    rows = {
        "stocks": [number("a", 900)],
        "quantities": [number("q", 900)],
        "outside": [fact("o", 100)],
        "outside_sources": OFFICE,
    }
    assert decided("near_outside", "a o", corrections=mended, **rows)[0] == REPRODUCED
    assert decided("near_outside", "q o", corrections=mended, **rows)[0] == BY_OTHERS
    assert decided("near_outside", "a o", **rows)[0] == BY_OTHERS


def test_a_number_is_said_without_its_unit_or_its_source() -> None:
    rows = [
        number("a", 39.5, 40.5, unit="percent"),
        number("b", 40, unit="percent"),
        number("c", 1_200, qualifier="about"),
    ]
    evidence = Evidence(tables(shares=rows, outside=[fact("o", 5)], outside_sources=OFFICE), 5, 5)
    assert [evidence.said(one) for one in "abc"] == ["39.5–40.5 %", "40 %", "about 1,200"]
    assert [evidence.said_by(one) for one in "co"] == ["about 1,200", "5 (Office, 2010)"]


@pytest.mark.parametrize(
    ("others", "verdict", "near"),
    [
        ([105, 95.5], REPRODUCED, "; both numbers within 5\N{NO-BREAK SPACE}%"),
        ([105, 106], IN_PART, "; one of two numbers within 5\N{NO-BREAK SPACE}%"),
        ([106, 94], OPEN, ""),
        ([], OPEN, "nothing"),
    ],
)
def test_an_estimate_is_near_others_that_are_not(others: list[float], verdict: str, near: str) -> None:
    rows = [number("a", 100, place_id="ash", source_id="harrow", exhibit="text")]
    rows += [
        number(f"b{n}", low, place_id="ash", source_id="quill", exhibit="text", as_of="2001")
        for n, low in enumerate(others)
    ]
    rows.append(
        number("again", 3, place_id="ash", source_id="harrow", exhibit="text")
    )  # its own source bears nothing out
    found, reason = decided("counted", "a", stocks=rows)
    assert found == verdict and (near in reason if near != "nothing" else reason.startswith("No other number")), reason
    assert "within" in reason or not near or near == "nothing"


def test_an_estimate_is_set_beside_one_of_another_time() -> None:
    rows = [
        number("a", 100, place_id="ash", source_id="harrow", exhibit="text", as_of="2000"),
        number("b", 100, place_id="ash", source_id="quill", exhibit="text", as_of="2005"),
        number("c", 300, place_id="ash", source_id="quill", exhibit="text", as_of="2006"),
    ]
    assert decided("counted", "a", stocks=rows)[0] == REPRODUCED


@pytest.mark.parametrize(
    ("name", "own", "known", "verdict"),
    [
        ("near_outside", number("a", 105), [fact("o", 100)], REPRODUCED),
        ("near_outside", number("a", 106), [fact("o", 100)], BY_OTHERS),
        ("near_outside", number("a", 106), [fact("o", 100), fact("p", 105)], IN_PART),
        ("near_outside", number("a", 39.7, unit="percent", value_text="39.7 percent"), [fact("o", 39.75, unit="percent")], REPRODUCED),
        ("near_outside", number("a", 39.7, unit="percent", value_text="39.7 percent"), [fact("o", 39.8, unit="percent")], BY_OTHERS),
        ("near_outside", number("a", 39, unit="percent", value_text="39 percent"), [fact("o", 39.5, unit="percent")], REPRODUCED),
        ("share_counted", number("a", 40, unit="percent"), [fact("o", 40.5, unit="percent"), fact("p", 79), fact("q", 200)], REPRODUCED),
        ("share_counted", number("a", 40, unit="percent"), [fact("o", 40.6, unit="percent"), fact("p", 79), fact("q", 200)], IN_PART),
        ("share_counted", number("a", 40, unit="percent"), [fact("o", 40, unit="percent"), fact("p", 82), fact("q", 200)], IN_PART),
        ("share_counted", number("a", 40, unit="percent"), [fact("o", 42, unit="percent"), fact("p", 82), fact("q", 200, 201)], BY_OTHERS),
        ("rounds_to", number("a", 1_230), [fact("o", 1_234), fact("p", 1_225)], IN_PART),
        ("rounds_to", number("a", 1_230), [fact("o", 1_234.9)], REPRODUCED),
        ("rounds_to", number("a", 1_230), [fact("o", 1_235.1)], BY_OTHERS),
    ],
)  # fmt: skip
def test_a_fact_from_outside_decides_too_much(
    name: str, own: dict[str, Any], known: list[dict[str, Any]], verdict: str
) -> None:
    ids = " ".join(row["id"] for row in [own, *known])
    found, reason = decided(name, ids, stocks=[own], outside=known, outside_sources=OFFICE)
    assert found == verdict, reason


def test_a_share_is_told_as_a_range_of_the_same() -> None:
    """79 of 198.9 to 199.1 are 39.72 to 39.68 per cent."""
    known = [fact("o", 40, unit="percent"), fact("p", 79), fact("q", 198.9, 199.1)]
    own = [number("a", 40, unit="percent", value_text="40 percent")]
    assert decided("share_counted", "a o p q", stocks=own, outside=known, outside_sources=OFFICE)[1].endswith(
        f", which are 39.7{NBSP}%."
    )


@pytest.mark.parametrize(
    ("share", "whole", "others", "verdict", "part"),
    [(50, 200, [99], REPRODUCED, 100), (50, 200, [100], BY_ITSELF, 100), (25, 200, [49, 51], IN_PART, 50)],
)
def test_a_part_is_taken_for_the_whole(
    share: float, whole: float, others: list[float], verdict: str, part: float
) -> None:
    rows = [number(f"n{n}", low) for n, low in enumerate(others)]
    ids = " ".join(["s", "w", *(row["id"] for row in rows)])
    shares = [number("s", share, unit="percent")]
    found, reason = decided("part_larger_than", ids, shares=shares, stocks=[number("w", whole), *rows])
    assert found == verdict and f"are {part}, more than" in reason, reason


@pytest.mark.parametrize(
    ("printed", "known", "verdict"),
    [
        ("2002-06-23", ["2002-06-23/2002-06-25"], REPRODUCED),
        ("2002-06-23", ["2002-06-22/2002-06-25"], BY_OTHERS),
        ("2002-06-23", ["2002-06-23", "2002-06-22"], IN_PART),
        ("2002-06-23", ["2002-06-23/", "2002"], REPRODUCED),
        ("2002-06-23", ["2002"], IN_PART),  # a day is not confirmed by its year
        ("2002", ["2002"], REPRODUCED),
        ("2002", ["2002-06-23"], REPRODUCED),
        ("2002-06", ["2002-07"], BY_OTHERS),
        ("", ["2002"], REPRODUCED),
    ],
)
def test_a_date_is_confirmed_by_another(printed: str, known: list[str], verdict: str) -> None:
    rows = [fact(f"o{n}", nan, nan, kind="meeting", place_id="ash", as_of=as_of) for n, as_of in enumerate(known)]
    event = [{"id": "e", "event": "a meeting", "start": printed}]
    ids = " ".join(["e", *(row["id"] for row in rows)])
    found, reason = decided("met", ids, events=event, outside=rows, outside_sources=OFFICE, stocks=[number("a", 1)])
    assert found == verdict, reason
    begins, _, ends = (IN_WORDS.get(day, day) for day in known[0].partition("/"))
    days = f"from {begins}" if known[0].endswith("/") else f"{begins} to {ends}" if ends else begins
    assert f"{days} in Ash (Office, 2010)" in reason
    assert reason.startswith("The paper gives no date.") == (not printed)


@pytest.mark.parametrize(("count", "verdict"), [(1, BY_OTHERS), (2, REPRODUCED), (3, BY_OTHERS)])
def test_two_meetings_of_a_year_count_twice(count: float, verdict: str) -> None:
    rows = [
        fact(f"o{n}", nan, nan, kind="meeting", as_of=as_of) for n, as_of in enumerate(("2002-06", "2002-07", "2005"))
    ]
    found = decided("as_many_met", "q o0 o1 o2", quantities=[number("q", count)], outside=rows, outside_sources=OFFICE)
    assert found == (verdict, "Outside the paper meetings are told of in 2002 and 2005.")


@pytest.mark.parametrize(("counts", "verdict"), [((100, 100), REPRODUCED), ((100, 90), IN_PART), ((90, 90), BY_OTHERS)])
def test_what_has_no_count_is_among_the_counted(counts: tuple[float, float], verdict: str) -> None:
    rows = [
        number(place, 100, place_id=place, source_id="harrow", exhibit="Table 2", as_of="2000")
        for place in ("ash", "birch", "cedar")
    ]
    known = [
        fact(f"o-{place}", count, place_id=place, as_of="2000")
        for place, count in zip(("ash", "birch"), counts, strict=True)
    ]
    found, reason = decided("each_counted", "ash birch cedar", stocks=rows, outside=known, outside_sources=OFFICE)
    assert found == verdict and "of two agree" in reason and "(Birch: " in reason and "Cedar" not in reason, reason


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("c north n", REPRODUCED),
        ("c south n", BY_OTHERS),
        ("c east n", BY_OTHERS),  # on the same meridian it lies on neither side
        ("c west n", BY_OTHERS),
        ("c west w", REPRODUCED),
        ("c east w", BY_OTHERS),
        ("c north n south w", IN_PART),
    ],
)
def test_a_place_lies_on_another_side(asked: str, verdict: str) -> None:
    points = [("c", 80, 45), ("n", 80, 45.5), ("w", 79.5, 45)]  # half a degree apart
    rows = [
        {"place_id": place, "longitude": east, "latitude": north, "geonames_name": place.upper()}
        for place, east, north in points
    ]
    found, reason = decided("around", asked, gazetteer=rows)
    assert found == verdict and reason.endswith("seen from C at 45.0° N and 80.0° E."), reason


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("touch china", REPRODUCED),
        ("touch china germany", IN_PART),
        ("touch germany", BY_ITSELF),
        ("apart germany", REPRODUCED),
        ("apart china", BY_ITSELF),
    ],
)
def test_a_country_is_taken_for_a_neighbour_or_for_none(asked: str, verdict: str) -> None:
    places = [
        {"place_id": name.lower(), "name": name, "kind": "country", "map_name": name} for name in ("China", "Germany")
    ]
    assert decided("borders_homeland", asked, places=places)[0] == verdict
