"""The exhibits that a notebook holds: the records in its stored outputs.

Belongs here: finding them. Not here: what a record says (`record`), or making one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat

from edition.exhibits.record import MIME, Record, from_json


def records(notebook: Path) -> Iterator[Record]:
    """The records of the exhibits in a notebook's stored outputs, in order."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                yield from_json(output["data"][MIME])
