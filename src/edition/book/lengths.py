"""How much of a table or a list a page shows at first; the rest follows when a reader asks for it, or comes by a link to it.

A table of many rows shows its first ones on every screen. On a phone, where each row is a block, all tables of a page
share the room of a few screens. Without script, and on paper, everything is there.
Belongs here: how many rows those are, and the button below them. Not here: how the others are hidden (`static/tables.css`,
`static/filters.js`) and shown (`static/book.js`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from edition.exhibits.record import TableRecord

LONG, SHOWN = 12, 8  # a table of more rows than the first shows as many as the second until a reader asks for all
SCREEN = 844  # pixels of a phone's height
ROOM = 2.5 * SCREEN  # for the rows of all tables of a page, on a phone
LINE, BETWEEN = 20, 17  # pixels of a line of a cell and between two rows, on a phone
LETTERS, NARROW = 50, 20  # of a line in a block, and in a column
FILTERED = 40  # rows that a filter shows at first (`static/filters.js`)
LIST = 12  # names or pictures of a list that a phone shows at first
WHOLE = "whole"  # class of a table that is never cut


def folds(record: TableRecord) -> bool:
    """Whether a table shows its first rows until all are asked for; one that is filtered has its own way to ask."""
    return len(record.cells) > LONG and not record.filters and not record.offer


def button(of: str, count: int, what: str = "rows", *, on_a_phone: bool = False) -> str:
    """The button that asks for all of a table or a list, whose id is given; without script all are there, and it is not.

    Args:
        on_a_phone: whether it is needed there alone.
    """
    look = "all-rows narrow" if on_a_phone else "all-rows"
    return f'<button type="button" class="{look}" aria-controls="{of}">All {count} {what}</button>'


def height(row: nodes.row, *, block: bool) -> int:
    """About how many pixels a row takes on a phone: as a block, one cell below the other, or side by side in real columns."""
    texts = [len(cell.astext()) for cell in row.findall(nodes.entry) if "empty" not in cell["classes"]]
    if block:
        return BETWEEN + LINE * sum(math.ceil(text / LETTERS) for text in texts)
    return BETWEEN + LINE * max(math.ceil(text / NARROW) for text in texts)


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


class Shortened(SphinxPostTransform):
    """Tell the tables of a page how many of their rows a phone shows at first, and give those that hide some their button."""

    default_priority = 199
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change the tables of exhibits; elsewhere than on the site all rows stand."""
        if self.app.builder.name != "html":
            return
        exhibits = [box for box in self.document.findall(nodes.container) if "exhibit" in box["classes"]]
        tables = [table for box in exhibits for table in box.findall(nodes.table) if WHOLE not in table["classes"]]
        heights = [_heights(table) for table in tables]
        rooms = shared([sum(one) for one in heights], ROOM)
        for table, one, room in zip(tables, heights, rooms, strict=True):
            self._shorten(table, fitting(one, room), len(one))

    def _shorten(self, table: nodes.table, first: int, shown: int) -> None:
        long, filtered = "long" in table["classes"], _filtered(table)
        if first < shown - 1:  # one row is as long as a button
            table["classes"].append(f"first-{first}")
        if (long or first < shown - 1) and not filtered:
            rows = sum(1 for _ in next(iter(table.findall(nodes.tbody))).findall(nodes.row))
            asks = button(table["ids"][0], rows, on_a_phone=not long)
            table.parent.insert(table.parent.index(table) + 1, nodes.raw("", asks, format="html"))


def _filtered(table: nodes.table) -> bool:
    return any(name.startswith("filter-") for name in table["classes"])


def _heights(table: nodes.table) -> list[int]:
    """Of the rows that a table shows at first where there is room."""
    block = "stacked" in table["classes"]
    rows = [height(row, block=block) for row in next(iter(table.findall(nodes.tbody))).findall(nodes.row)]
    return rows[: SHOWN if "long" in table["classes"] else FILTERED if _filtered(table) else None]


def setup(app: Sphinx) -> None:
    """Tell Sphinx when."""
    app.add_post_transform(Shortened)
