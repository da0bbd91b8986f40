"""What a published book may carry beside its pages: a PDF, an EPUB, a place to run its notebooks; each only if it was made.

Whatever lies at the top of `_build/extras/`, a file or a folder, is an extra. It is copied into the book when that is
published, and pages link to it, if it was made from what the book is made of; any other would tell another story than
the pages, so it is left out until it is made again. What makes an extra asks for the `digest` before it begins and
puts it, with a hash of what was made, beside the extra when it is done (`seal`).
Belongs here: which extras there are. Not here: making one, or what a page says of it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from edition import paper, paths
from edition.build import intact

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
    """Say of an extra which `digest` it was made from, and what it holds."""
    extra, content = build / FOLDER / name, hashlib.sha256()
    for file in sorted([extra] if extra.is_file() else (path for path in extra.rglob("*") if path.is_file())):
        content.update(f"{file.relative_to(build).as_posix()}\0".encode() + file.read_bytes())
    _seal(build, name).write_text(f"{made_of}\n{content.hexdigest()}\n", encoding="utf-8")
    intact.note(build, f"{FOLDER}/{name}", [extra, _seal(build, name)])


def seals(build: Path) -> list[str]:
    """What is said of each extra in `build`, in order: the same until another one is made."""
    return [seal_of(build, extra.name) for extra in sealed(build)]


def seal_of(build: Path, name: str) -> str:
    """What is said of an extra that is sealed."""
    return _seal(build, name).read_text(encoding="utf-8")


def sealed(build: Path) -> list[Path]:
    """The extras in `build` of which it is said what they were made from, in order."""
    return [extra for extra in made(build) if _seal(build, extra.name).is_file()]


def current(build: Path) -> list[str]:
    """Names of the extras that were made from what the book in `build` is made of, in order."""
    now = digest(build) if (known := sealed(build)) else ""
    return [one.name for one in known if seal_of(build, one.name).split()[0] == now]


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
