"""A row, a verdict, a stage or an exhibit came or went, and nobody read that in `tests/totals.csv`."""

from __future__ import annotations

import pytest

from edition.build import totals
from tests.conftest import PAPER, ROOT


def test_a_total_is_another_than_was_read() -> None:
    """After a deliberate change `make accept` writes the file again and shows what changed in it."""
    assert totals.counted(ROOT) == totals.read_totals(ROOT)


def test_a_change_of_totals_is_not_told() -> None:
    kept = totals.read_totals(ROOT)
    now = {**kept, "figures": totals.Total(0, "figures of the book"), "moons": totals.Total(2, "moons")}
    del now["blanks"]
    was = kept["figures"].value
    assert totals.changes(kept, now) == [
        f"figures: {was}, now 0 (figures of the book)",
        "blanks: 5, now none (blanks where a number could stand)",
        "moons: none, now 2 (moons)",
    ]


def test_something_is_counted_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invented paper, by hand: three claims, of Harrow's total, of Quill's, and an opinion."""
    monkeypatch.chdir(PAPER)
    found = {name: total.value for name, total in totals.counted(PAPER).items()}
    assert {name: found[name] for name in ("numbers", "blanks", "chapters", "parameters", "estimates, Table 1")} == {
        "numbers": 6, "blanks": 0, "chapters": 2, "parameters": 3, "estimates, Table 1": 6,
    }  # fmt: skip
    assert {name: count for name, count in found.items() if name.startswith("claims")} == {
        "claims": 3,
        "claims, contradicted by the paper itself": 1,
        "claims, not checkable with numbers": 1,
        "claims, reproduced": 1,
    }
