"""A check gives another verdict than its numbers have it, at the bound and on either side of it, whichever of them today's data take."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from analysis.claims.checks import CHECKS
from edition.claims.verdicts import BY_ITSELF, BY_OTHERS, IN_PART, OPEN, REPRODUCED
from edition.numbers.bounds import Span

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
    ("doubled_unit", [1001, 1], BY_OTHERS),
    ("doubled_unit", [1000, 1], OPEN),
    ("share_of_counted", [10, 10, 100], REPRODUCED),
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
