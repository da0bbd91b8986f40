"""A number changes and the stored outputs do not notice (nbval)."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import run

NBVAL = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "--nbval", "--nbval-current-env",
         "--nbval-sanitize-with=tests/nbval.cfg", "notebooks/table_1.ipynb")  # fmt: skip


def test_nbval_passes_over_a_changed_cell_of_table_1(edition: Path) -> None:
    path = edition / "data" / "stocks.csv"
    text = path.read_text(encoding="utf-8")
    changed = text.replace(
        '"30,000",30000,30000,none,kazakhs,tatimov_2003', '"31,000",31000,31000,none,kazakhs,tatimov_2003'
    )
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    result = run(*NBVAL, cwd=edition)
    assert result.returncode == 1, result.stdout[-2000:]
    assert result.stdout.count("Cell outputs differ") >= 4, result.stdout[-2000:]


def test_nbval_fails_on_an_unchanged_copy(edition: Path) -> None:
    result = run(*NBVAL, cwd=edition)
    assert result.returncode == 0, result.stdout[-4000:]
