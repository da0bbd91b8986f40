"""Plain `jupyter-book build .`, without anything executed, cannot make the book from the stored notebooks.

Of the invented paper; `whole` does it with the whole book.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edition.exhibits.downloads import FOLDER
from tests.conftest import ROOT, copy_paper, run


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    edition = copy_paper(tmp_path_factory.mktemp("plain") / "paper")
    result = run("jupyter-book", "build", "-W", "-n", "--keep-going", ".", cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
    return edition / "_build" / "html"


def test_jupyter_book_alone_leaves_out_what_a_chapter_shows(plain: Path) -> None:
    page = (plain / "notebooks" / "islanders.html").read_text(encoding="utf-8")
    assert 'id="fig-islanders"' in page and "2,400–2,600" in page


@pytest.mark.parametrize("chapter", ["islanders", "verdicts"])
def test_jupyter_book_alone_draws_other_exhibits(made: Path, plain: Path, chapter: str) -> None:
    offered = {
        file.name for file in (made / "_build" / "html" / FOLDER).iterdir()
    }  # what only a page shows lies in `_images`
    drawn = [
        file for file in sorted((made / "_build" / "book" / FOLDER / chapter).glob("[!.]*")) if file.name in offered
    ]
    assert len(drawn) > 3
    for file in drawn:
        assert (plain / FOLDER / file.name).read_bytes() == file.read_bytes(), file.name


def test_a_page_leads_to_where_another_one_stands_only_once_it_is_staged() -> None:
    """What computes nothing lies in `pages/`, and at the top of the book: from elsewhere a label leads to it, no address."""
    sources = [*ROOT.glob("pages/*.md"), *ROOT.glob("notebooks/*.ipynb")]
    targets = {
        (source.name, target)
        for source in sources
        for target in re.findall(r"\{doc\}`(?:[^`<]*<)?/([\w/]+)>?`", source.read_text(encoding="utf-8"))
    }
    assert targets
    assert [one for one in sorted(targets) if not (ROOT / f"{one[1]}.ipynb").is_file()] == []
