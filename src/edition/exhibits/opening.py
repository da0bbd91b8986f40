"""How many rows of a table a page shows at first; the rest follows when a reader asks for it, or comes by a link to it.

A table of many rows shows its first ones on every screen. On a phone, where each row is a block, all tables of a page
share the room of a few screens. Without script, and on paper, everything is there.
Belongs here: how many rows those are. Not here: the button below them (`book.lengths`), how the others are hidden
(`book/static/tables.css`, `filters.js`) and shown (`book.js`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from edition.exhibits.record import Record, TableRecord

LONG, SHOWN = 12, 8  # a table of more rows than the first shows as many as the second until a reader asks for all
SCREEN = 844  # pixels of a phone's height
ROOM = 2.5 * SCREEN  # for the rows of all tables of a page, on a phone
LINE, BETWEEN = 20, 17  # pixels of a line of a cell and between two rows, on a phone
LETTERS, NARROW = 50, 20  # of a line in a block, and in a column
FILTERED = 40  # rows that a filter shows at first (`book/static/filters.js`)


class Opening(NamedTuple):
    """How much of a table is shown at first.

    Attributes:
        long: whether its first `SHOWN` rows alone, on every screen.
        first: how many rows on a phone; 0 if no fewer than elsewhere.
    """

    long: bool
    first: int


def openings(records: Iterable[Record]) -> dict[str, Opening]:
    """How much of each table of a page is shown at first, by id; of one to choose from all is."""
    tables = [record for record in records if isinstance(record, TableRecord) and record.offer is None]
    wanted = [heights(table) for table in tables]
    rooms = shared([sum(rows) for rows in wanted], ROOM)
    found = {}
    for table, rows, room in zip(tables, wanted, rooms, strict=True):
        first = fitting(rows, room)
        found[table.id] = Opening(folds(table), first if first < len(rows) - 1 else 0)  # one row is as long as a button
    return found


def folds(record: TableRecord) -> bool:
    """Whether a table shows its first rows until all are asked for; one that is filtered has its own way to ask."""
    return len(record.cells) > LONG and not record.filters and not record.offer


def heights(record: TableRecord) -> list[int]:
    """About how many pixels each row takes on a phone, of those that a table shows at first where there is room."""
    shown = SHOWN if folds(record) else FILTERED if record.filters else None
    return [_height(record, cells) for cells in record.cells[:shown]]


def _height(record: TableRecord, cells: Sequence[str]) -> int:
    """As a block, one cell below the other, each after the name of its column; or side by side in real columns."""
    if not record.stacked:
        return BETWEEN + LINE * max(math.ceil(len(cell) / NARROW) for cell in cells)
    named = [f"{column.label}: {cell}" for column, cell in zip(record.columns, cells, strict=True) if cell]
    return BETWEEN + LINE * sum(math.ceil(len(text) / LETTERS) for text in named)


def shared(wanted: Sequence[int], room: float) -> list[float]:
    """What each of several gets of a room: all that it wants if that is less than an equal part, or its part of what is left.

    >>> shared([100, 900, 500], 1000)
    [100, 450.0, 450.0]
    """
    given: dict[int, float] = {}
    for left, n in zip(range(len(wanted), 0, -1), sorted(range(len(wanted)), key=wanted.__getitem__), strict=True):
        given[n] = min(wanted[n], (room - sum(given.values())) / left)
    return [given[n] for n in range(len(wanted))]


def fitting(heights: Sequence[int], room: float) -> int:
    """How many of the first rows fit into a room; one at least."""
    return max([1, *(n for n in range(1, len(heights) + 1) if sum(heights[:n]) <= room)])
