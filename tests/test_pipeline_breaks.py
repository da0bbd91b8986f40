"""A build differs from its twin, does work again that is done, or harms the last good book."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.conftest import copy_edition, run

SNAKEMAKE = ("snakemake", "--cores", "2", "--quiet", "rules", "host", "reason")


def digest(folder: Path, pattern: str) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob(pattern))
    }


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two builds of the same files in two folders."""
    built = []
    for name in ("first", "a second, elsewhere"):
        edition = copy_edition(tmp_path_factory.mktemp("twin") / name)
        result = run(*SNAKEMAKE, cwd=edition)
        assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
        built.append(edition)
    return built


def test_two_builds_differ(twins: list[Path]) -> None:
    for pattern in ("_build/book/notebooks/*.ipynb", "_build/html/_images/*.svg"):
        first, second = (digest(edition, pattern) for edition in twins)
        assert first == second and first


def test_a_second_build_does_work_again(twins: list[Path]) -> None:
    before = digest(twins[0], "_build/published")
    result = run(*SNAKEMAKE, cwd=twins[0])
    assert result.returncode == 0 and "Nothing to be done" in result.stdout + result.stderr
    assert digest(twins[0], "_build/published") == before


def test_a_changed_text_runs_other_notebooks(twins: list[Path]) -> None:
    notebook = twins[0] / "notebooks" / "table_3.ipynb"
    notebook.write_text(
        notebook.read_text(encoding="utf-8").replace("The survey: nothing", "The survey itself: nothing"),
        encoding="utf-8",
    )
    result = run(*SNAKEMAKE, cwd=twins[0])
    output = result.stdout + result.stderr
    assert result.returncode == 0, output
    assert next(line for line in output.splitlines() if "executed in" in line).startswith("notebooks/table_3.ipynb")
    assert output.count("executed in") == 1


def test_a_failed_build_harms_the_last_book(twins: list[Path]) -> None:
    edition = twins[1]
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
    assert run(*SNAKEMAKE, cwd=edition).returncode == 0


def test_a_broken_page_replaces_the_last_book(twins: list[Path]) -> None:
    edition = twins[1]
    before = digest(edition, "_build/html/**/*.html")
    page = edition / "references.md"
    sound = page.read_text(encoding="utf-8")
    page.write_text(sound + "\n{doc}`nowhere`\n", encoding="utf-8")
    result = run(*SNAKEMAKE, cwd=edition)
    assert result.returncode != 0 and "nowhere" in result.stdout + result.stderr
    assert digest(edition, "_build/html/**/*.html") == before
    page.write_text(sound, encoding="utf-8")


def test_jupyter_book_alone_cannot_build_the_stored_notebooks(edition: Path) -> None:
    result = run("jupyter-book", "build", "-W", "-n", "--keep-going", ".", cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
    page = (edition / "_build" / "html" / "notebooks" / "table_1.html").read_text(encoding="utf-8")
    assert 'id="fig-table-1-scholars"' in page and "4,134,000" in page
