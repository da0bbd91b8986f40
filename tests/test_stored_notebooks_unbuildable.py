"""Plain `jupyter-book build .`, without anything executed, cannot make the book from the stored notebooks."""

from __future__ import annotations

import shutil
from pathlib import Path

from analysis.book.card import FOLDER
from tests.conftest import ROOT, run

DRAWN = "table_1"  # the chapter whose exhibits the build has to draw for itself


def test_jupyter_book_alone_cannot_build_the_stored_notebooks(edition: Path) -> None:
    ready = ROOT / "_build" / "book" / FOLDER  # files of exhibits where a notebook was run, so that few are drawn here
    assert ready.is_dir(), "no book in _build: run make book first"
    shutil.copytree(ready, edition / FOLDER, ignore=shutil.ignore_patterns(DRAWN))
    result = run("jupyter-book", "build", "-W", "-n", "--keep-going", ".", cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
    page = (edition / "_build" / "html" / "notebooks" / f"{DRAWN}.html").read_text(encoding="utf-8")
    assert 'id="fig-table-1-scholars"' in page and "4,134,000" in page
    for file in (ready / DRAWN).glob("[!.]*"):
        assert (edition / "_build" / "html" / FOLDER / file.name).read_bytes() == file.read_bytes(), file.name
