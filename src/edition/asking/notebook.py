"""A chapter's notebook as a file: its cells, and the values of its parameters.

    notebook.defaults(notebook.of("islanders"))       # {"scholar": "quill", …}

Belongs here: reading that file, with nothing but the standard library: it is done in a kernel too, and in a browser. Not
here: running it (`edition.build`), or filling its prose in (`prose`).
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from edition import paths

PARAMETERS = "parameters"  # the tag of the cell that holds the defaults
KEY = "edition"  # of the notebook's metadata; under it the edition's values, which stay when a reader saves others


@dataclass(frozen=True)
class Cell:
    """A cell: its id, its source, whether it is code, and whether that sets the defaults."""

    id: str
    source: str
    code: bool
    defaults: bool


def file_of(chapter: str) -> Path:
    """The file of a chapter's notebook."""
    return paths.root() / "notebooks" / f"{chapter}.ipynb"


def cells(file: Path) -> list[Cell]:
    """The cells, in order."""
    return [
        Cell(
            cell.get("id", ""),
            "".join(cell["source"]),
            cell["cell_type"] == "code",
            PARAMETERS in cell["metadata"].get("tags", []),
        )
        for cell in _content(file)["cells"]
    ]


def defaults(file: Path) -> dict[str, Any]:
    """The parameters that the notebook runs with, from the cell that is tagged so; empty where there is none."""
    lines = [node for cell in cells(file) if cell.defaults for node in ast.parse(cell.source).body]
    return {
        node.target.id: ast.literal_eval(node.value)
        for node in lines
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value
    }


def edition(file: Path) -> dict[str, Any]:
    """The parameters as the edition has them, though a reader may have saved the notebook with others."""
    kept: dict[str, Any] | None = _content(file)["metadata"].get(KEY)
    usual = defaults(file)
    return usual if kept is None else {name: kept[name] for name in [*usual, *kept] if name in kept}


def title(file: Path) -> str:
    """The notebook's first heading, or its name without one."""
    lines = [line for cell in cells(file) if not cell.code for line in cell.source.splitlines()]
    return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), file.stem)


def _content(file: Path) -> dict[str, Any]:
    return _parsed(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)  # a chapter's own is looked at before and after each of its cells
def _parsed(file: Path, changed: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
