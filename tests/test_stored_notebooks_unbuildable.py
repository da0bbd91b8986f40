"""Plain `jupyter-book build .`, without anything executed, cannot make the book from the stored notebooks.

Of the small edition; `whole` does it with all chapters.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.book.card import FOLDER
from tests.conftest import CHAPTERS, ROOT, run, small_edition


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    edition = small_edition(tmp_path_factory.mktemp("plain"))
    result = run("jupyter-book", "build", "-W", "-n", "--keep-going", ".", cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
    return edition / "_build" / "html"


def test_jupyter_book_alone_leaves_out_what_a_chapter_shows(site: Path) -> None:
    page = (site / "notebooks" / "world_total.html").read_text(encoding="utf-8")
    assert 'id="fig-answers"' in page and "5,000,000" in page


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_jupyter_book_alone_draws_other_exhibits(site: Path, chapter: str) -> None:
    drawn = sorted((ROOT / "_build" / "book" / FOLDER / chapter).glob("[!.]*"))
    assert drawn, "no book in _build: run make book first"
    for file in drawn:
        assert (site / FOLDER / file.name).read_bytes() == file.read_bytes(), file.name
