"""A number changes and the stored outputs do not notice (nbval)."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT, run

NBVAL = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "--nbval", "--nbval-current-env",
         f"--nbval-sanitize-with={ROOT / 'tests' / 'nbval.cfg'}", "notebooks/islanders.ipynb")  # fmt: skip


def test_nbval_passes_over_a_changed_cell_of_a_table(paper: Path) -> None:
    path = paper / "data" / "estimates.csv"
    text = path.read_text(encoding="utf-8")
    changed = text.replace('"about 1,500",1500,1500', '"about 1,600",1600,1600')
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    result = run(*NBVAL, cwd=paper)
    assert result.returncode == 1, result.stdout[-2000:]
    assert result.stdout.count("Cell outputs differ") == 3, result.stdout[-2000:]


def test_nbval_fails_on_an_unchanged_copy(paper: Path) -> None:
    result = run(*NBVAL, cwd=paper)
    assert result.returncode == 0, result.stdout[-4000:]
