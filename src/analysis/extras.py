"""What a published book may carry beside its pages: a PDF, an EPUB, a place to run its notebooks; each only if it was made.

Whatever lies at the top of `_build/extras/`, a file or a folder, is an extra. It is copied into the book when that is
published, and pages link to it, if it is newer than everything the book is made of; an older one would tell another
story than the pages, so it is left out until it is made again. What makes an extra touches it last.
Belongs here: which extras there are. Not here: making one, or what a page says of it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

FOLDER = "extras"
PDF, EPUB = "kazakh-diaspora.pdf", "kazakh-diaspora.epub"


def current(build: Path) -> list[str]:
    """Names of the extras in `build/extras` that are newer than every file of `build/book`, in order."""
    book, folder = build / "book", build / FOLDER
    if not book.is_dir() or not folder.is_dir():
        return []
    made_of = (path for top in book.iterdir() if top.name != "_build" for path in (top, *top.rglob("*")))
    newest = max((path.stat().st_mtime_ns for path in made_of if path.is_file()), default=0)
    return sorted(extra.name for extra in folder.iterdir() if extra.stat().st_mtime_ns >= newest)


def copy(build: Path, site: Path) -> None:
    """Put the current extras into a book that is about to be published."""
    for name in current(build):
        extra = build / FOLDER / name
        if extra.is_dir():
            shutil.copytree(extra, site / name, dirs_exist_ok=True)
        else:
            shutil.copy2(extra, site / name)
