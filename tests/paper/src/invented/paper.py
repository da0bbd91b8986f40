"""What the paper hands the engine, see `edition.paper`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from invented import tables
from invented.tables import Tables


class Invented:
    """Ottoline Fenn's paper on the islanders of Vell."""

    slug = "islanders-of-vell"
    version = "1.0.0"
    package = "invented"
    loads = "invented.tables"
    closing = "## What is open\n\nNothing, so far."
    cover = ""
    pages = {
        "number": "notebooks/islanders",
        "claim": "notebooks/verdicts",
        "inconsistency": "notebooks/verdicts",
    }
    colours = {"harrow": 0, "quill": 1, "added": 5}
    columns = {
        "place": "the island, as the picture writes it",
        "name": "the island, as the table writes it",
        "kind": "of what kind the claim or the entry is",
        "series": "whose estimate it is",
        "computed": "the numbers that decide, or whether numbers do",
    }
    periods = {"then": (1900, 1919), "later": (1920, 1939)}

    def load(self, root: Path | None = None) -> Tables:
        """The tables."""
        return tables.load(root)

    def anchors(self, tables: Tables) -> Iterator[tuple[str, str, str]]:
        """Nothing beside numbers, claims and inconsistencies has an address."""
        return iter(())

    def totals(self, tables: Tables) -> Iterator[tuple[str, int, str]]:
        """Nothing is counted beside what the engine counts."""
        return iter(())

    def computed(self, tables: Tables) -> dict[str, pd.DataFrame]:
        """Claims with their verdicts; inconsistencies with their numbers."""
        from invented import (
            claims,  # here, so that a changed check runs again the chapters that ask for it, and no other
        )

        return {"ledger": claims.ledger(tables), "inconsistencies_filled": claims.clashes(tables)}


PAPER = Invented()
