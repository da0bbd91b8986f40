"""What a published book may carry beside its pages: a PDF, an EPUB, a place to run its notebooks; each only if it was made.

Whatever lies at the top of `_build/extras/`, a file or a folder, is an extra. It is copied into the book when that is
published, and pages link to it, if it was made from what the book is made of; any other would tell another story than
the pages, so it is left out until it is made again. What makes an extra asks for the `digest` before it begins and
puts it beside the extra when it is done (`seal`).
Belongs here: which extras there are. Not here: making one, or what a page says of it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from edition import paper, paths

FOLDER = "extras"
LITE = "lite"  # the place to run notebooks: name of the extra, and of the folder with its settings


def digest(build: Path) -> str:
    """A hash of what the book in `build` is made of: executed notebooks, pages, data, this package."""
    content = hashlib.sha256()
    for name, file in sorted(_made_of(build)):
        content.update(f"{name}\0".encode())
        with file.open("rb") as opened:
            content.update(hashlib.file_digest(opened, "sha256").digest())
    return content.hexdigest()


def _made_of(build: Path) -> Iterator[tuple[str, Path]]:
    root = paths.root()
    for folder in (build / "book", root / "data", *paper.code(root)):
        for file in folder.rglob("*"):
            name = file.relative_to(folder)
            if file.is_file() and name.parts[0] != "_build" and "__pycache__" not in name.parts:
                yield f"{folder.name}/{name}", file
    yield "CITATION.cff", root / "CITATION.cff"


def made(build: Path) -> list[Path]:
    """The extras in `build`, whatever they were made from, in order."""
    folder = build / FOLDER
    return sorted(path for path in folder.iterdir() if path.name[0] != ".") if folder.is_dir() else []


def seal(build: Path, name: str, made_of: str) -> None:
    """Say of an extra which `digest` it was made from."""
    _seal(build, name).write_text(made_of, encoding="utf-8")


def current(build: Path) -> list[str]:
    """Names of the extras that were made from what the book in `build` is made of, in order."""
    sealed = [extra.name for extra in made(build) if _seal(build, extra.name).is_file()]
    now = digest(build) if sealed else ""
    return [name for name in sealed if _seal(build, name).read_text(encoding="utf-8") == now]


def copy(build: Path, site: Path) -> None:
    """Put the current extras into a book that is about to be published."""
    for name in current(build):
        extra = build / FOLDER / name
        if extra.is_dir():
            shutil.copytree(extra, site / name, dirs_exist_ok=True)
        else:
            shutil.copy2(extra, site / name)


def _seal(build: Path, name: str) -> Path:
    return build / FOLDER / f".{name}"
