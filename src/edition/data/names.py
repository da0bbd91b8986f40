"""What the book calls its exhibits and pages, for those who meet them outside it.

    names.exhibit("fig-islanders")      # "Exhibit F1"
    names.page("islanders")             # "How many islanders"

The book counts for itself; `make accept` writes what it comes to into `data/names.csv`, and a test holds them together.
Belongs here: that list. Not here: writing it (`edition.build.upkeep`).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from edition import paths

FILE = Path("data", "names.csv")
COLUMNS = ("name", "called")
KINDS = {"fig": "figure", "tbl": "table"}


def exhibit(name: str) -> str:
    """What the book calls an exhibit; what it is, for one that the book does not number."""
    return _called(paths.root()).get(name) or KINDS.get(name.partition("-")[0], "exhibit")


def page(name: str) -> str:
    """The title of a page, by its file or by the label before a heading; its name in words, for one that is not known."""
    name = name.rpartition("/")[2]
    return _called(paths.root()).get(name) or re.sub(r"[-_]", " ", name)


@cache
def _called(root: Path) -> dict[str, str]:
    if not (root / FILE).is_file():
        return {}
    with (root / FILE).open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["called"] for row in csv.DictReader(file)}
