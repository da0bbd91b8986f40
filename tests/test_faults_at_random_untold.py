"""A fault in the data, of whatever kind and wherever it stands, is taken, or ends in anything but a line that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import fuzz
from tests.conftest import ROOT

EACH = len(fuzz.KINDS) + len(fuzz.DESCRIBED)


def test_a_fault_in_the_invented_paper_is_not_told(paper: Path) -> None:
    tried, missed = fuzz.fuzz(paper, count=2 * EACH, seed=22)
    assert missed == [] and tried.total() > 1.9 * EACH


def test_a_fault_in_this_paper_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    tried, missed = fuzz.fuzz(ROOT, count=EACH, seed=22)
    assert missed == [] and tried.total() == EACH


@pytest.mark.parametrize(
    "unread", ["350 +", "350 ** 2", "many", "__import__('os')", "1 / 0", "1 to 2 to 3", "(1, 2)", "1_0 + x"]
)
def test_a_sum_that_is_none_is_worked_out(unread: str) -> None:
    from edition.data import reckoning

    with pytest.raises(ValueError):
        reckoning.bounds(unread)


def test_a_sum_is_worked_out_wrong() -> None:
    from edition.data import reckoning

    assert reckoning.bounds("350 + 370") == (720, 720) and reckoning.bounds("1.5 * 1000000 to 2 * (3 - 1)") == (
        1_500_000,
        4,
    )
