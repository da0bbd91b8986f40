"""The number of each exhibit in the book, for those who meet it elsewhere.

    numbering.label("fig-islanders")        # "Exhibit F1"

The book counts for itself; `make accept` writes what it comes to into `data/exhibits.csv`, and a test holds them together.
Belongs here: that list. Not here: writing it (`edition.build.upkeep`).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from edition import paths

FILE = Path("data", "exhibits.csv")
COLUMNS = ("id", "label")
KINDS = {"fig": "figure", "tbl": "table"}


def label(exhibit: str) -> str:
    """What the book calls an exhibit; what it is, for one that the book does not number."""
    return _labels(paths.root()).get(exhibit) or KINDS.get(exhibit.partition("-")[0], "exhibit")


@cache
def _labels(root: Path) -> dict[str, str]:
    if not (root / FILE).is_file():
        return {}
    with (root / FILE).open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["label"] for row in csv.DictReader(file)}


def listed(exhibits: Iterable[str], formats: Mapping[str, str]) -> str:
    """The list as CSV.

    Args:
        exhibits: ids, in the order of the book.
        formats: kind → its label with `%s` for the number, as Sphinx's `numfig_format` has it.
    """
    counted: Counter[str] = Counter()
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for exhibit in exhibits:
        kind = KINDS[exhibit.partition("-")[0]]
        counted[kind] += 1
        writer.writerow([exhibit, formats.get(kind, f"{kind.capitalize()} %s") % counted[kind]])
    return buffer.getvalue()
