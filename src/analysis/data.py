"""The numbers of this paper, loaded and validated.

    tables = load()
    tables.stocks        # one row per printed number, low and high as floats, blanks as ""

Belongs here: that one function. Not here: which tables there are (`tables`), reading and checking them (`edition.data`).
"""

from __future__ import annotations

from pathlib import Path

from analysis.disagreements import between
from analysis.tables import Tables
from edition import paths
from edition.data import load as package


def load(root: Path | None = None) -> Tables:
    """Every table of the data package under `root` (default: the edition's own folder), and the source added to it.

    Raises:
        DataError: something is missing or wrong; the message holds one line per fault.
    """
    return package.tables(Tables, between, root or paths.root())
