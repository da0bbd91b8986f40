"""What a book holds, by `_toc.yml`: its chapters, which are notebooks, and its pages, which compute nothing.

A page of `pages/` stands at the top of the book: the address of `pages/glossary.md` is `glossary.html`. So what the
pipeline compiles is a folder in which each file stands where its address says, with the contents named so (`placed`).

    python -m edition.build.contents _build/book/_toc.yml       # writes them there

Belongs here: which files, and where they stand in the book. Not here: what is made of them (`workflow/Snakefile`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from edition import paths
from edition.data import plain_yaml

FILE = "_toc.yml"
CHAPTERS, PAGES = "notebooks/", "pages/"
NAMES = ("root", "file")  # keys under which a file is named


def chapters(root: Path) -> list[Path]:
    """The notebooks, in the order of the book."""
    return [root / f"{name}.ipynb" for name in _named(_contents(root)) if name.startswith(CHAPTERS)]


def pages(root: Path) -> dict[str, Path]:
    """The pages, in the order of the book: where each stands in it → its file."""
    names = [name for name in _named(_contents(root)) if not name.startswith(CHAPTERS)]
    return {f"{name.removeprefix(PAGES)}.md": root / f"{name}.md" for name in names}


def placed(root: Path) -> str:
    """`_toc.yml` with each page named where it stands in the book."""
    return yaml.safe_dump(_placed(_contents(root)), allow_unicode=True, sort_keys=False)


def _contents(root: Path) -> Any:
    return plain_yaml.read(root / FILE)


def _named(entry: Any) -> list[str]:
    if isinstance(entry, dict):
        return [name for key, below in entry.items() for name in ([below] if key in NAMES else _named(below))]
    return [name for below in entry for name in _named(below)] if isinstance(entry, list) else []


def _placed(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {key: below.removeprefix(PAGES) if key in NAMES else _placed(below) for key, below in entry.items()}
    return [_placed(below) for below in entry] if isinstance(entry, list) else entry


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(placed(paths.root()), encoding="utf-8")
