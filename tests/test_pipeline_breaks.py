"""A build differs from its twin, does work again that is done, or harms the last good book."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_edition, run

SNAKEMAKE = ("python", "-m", "analysis.warm", "snakemake", "--cores", "2")


def digest(folder: Path, pattern: str) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob(pattern))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files built once more, in another folder."""
    edition = copy_edition(tmp_path_factory.mktemp("twin") / "a second, elsewhere")
    result = run(*SNAKEMAKE, cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return edition


def test_two_builds_differ(twin: Path) -> None:
    """The book that `make book` made here, and the twin: executed notebooks, and every file of every exhibit."""
    for pattern in (
        "_build/book/notebooks/*.ipynb",
        "_build/book/exhibits/*/*",
        "_build/html/_images/*.svg",
        "_build/html/data/*",
    ):
        first, second = digest(ROOT, pattern), digest(twin, pattern)
        assert first, f"no {pattern}: run make book first"
        assert first == second


def test_a_second_build_does_work_again(twin: Path) -> None:
    before = digest(twin, "_build/published")
    result = run(*SNAKEMAKE, cwd=twin)
    assert result.returncode == 0 and "Nothing to be done" in result.stdout + result.stderr
    assert digest(twin, "_build/published") == before


def test_a_changed_text_runs_other_notebooks(twin: Path) -> None:
    notebook = twin / "notebooks" / "table_3.ipynb"
    notebook.write_text(
        notebook.read_text(encoding="utf-8").replace("The survey: nothing", "The survey itself: nothing"),
        encoding="utf-8",
    )
    result = run(*SNAKEMAKE, cwd=twin)
    output = result.stdout + result.stderr
    assert result.returncode == 0, output
    assert next(line for line in output.splitlines() if "executed in" in line).startswith("notebooks/table_3.ipynb")
    assert output.count("executed in") == 1


def test_a_broken_page_replaces_the_last_book(twin: Path) -> None:
    edition = twin
    before = digest(edition, "_build/html/**/*.html")
    page = edition / "references.md"
    sound = page.read_text(encoding="utf-8")
    page.write_text(sound + "\n{doc}`nowhere`\n", encoding="utf-8")
    result = run(*SNAKEMAKE, cwd=edition)
    assert result.returncode != 0 and "nowhere" in result.stdout + result.stderr
    assert digest(edition, "_build/html/**/*.html") == before
    page.write_text(sound, encoding="utf-8")
    mended = run(*SNAKEMAKE, cwd=edition)
    assert mended.returncode == 0 and mended.stdout.count("executed in") == 0, mended.stdout + mended.stderr


def test_a_failed_build_harms_the_last_book(twin: Path) -> None:
    edition = twin
    before = digest(edition, "_build/html/**/*.html")
    path = edition / "data" / "stocks.csv"
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("1296000,1296000", "1296001,1296000"), encoding="utf-8")
    result = run(*SNAKEMAKE, cwd=edition)
    output = result.stdout + result.stderr
    assert result.returncode != 0
    assert "data/stocks.csv, row 5, column low: 1296001 is above high (1296000)" in output
    assert digest(edition, "_build/html/**/*.html") == before
    path.write_text(sound, encoding="utf-8")
    mended = run(*SNAKEMAKE, "_build/book/notebooks/table_1.ipynb", cwd=edition)
    assert mended.returncode == 0 and mended.stdout.count("executed in") == 1, mended.stdout + mended.stderr
