"""Plain `jupyter-book build .`, without anything executed, cannot make the book from the stored notebooks."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import run


def test_jupyter_book_alone_cannot_build_the_stored_notebooks(edition: Path) -> None:
    result = run("jupyter-book", "build", "-W", "-n", "--keep-going", ".", cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
    page = (edition / "_build" / "html" / "notebooks" / "table_1.html").read_text(encoding="utf-8")
    assert 'id="fig-table-1-scholars"' in page and "4,134,000" in page
