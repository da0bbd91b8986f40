"""What a notebook holds: the records of its exhibits, and its texts, in its stored outputs.

Belongs here: finding them. Not here: what a record says (`record`), or making one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from edition.exhibits.record import MIME, Record, from_json
from edition.numbers import glue


def records(notebook: Path) -> Iterator[Record]:
    """The records of the exhibits in a notebook's stored outputs, in order."""
    for output in outputs(notebook):
        if MIME in output.get("data", {}):
            yield from_json(output["data"][MIME])


def texts(notebook: Path) -> dict[str, str]:
    """The computed texts that a notebook tells, by name."""
    return {name: said["text"] for name, said in glue.found(outputs(notebook), glue.MIME).items()}


def outputs(notebook: Path) -> Iterator[Any]:
    """The stored outputs of all cells, in order."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        yield from cell.get("outputs", [])
