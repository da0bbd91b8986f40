"""What stands in a cell of a table on a page: its text, a mark that leads to its note, *blank*, the bar of a number.

Belongs here: the nodes of one cell. Not here: the table around them (`render`), how many of its rows are shown at first
(`lengths`), how they look (`static/tables.css`).
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from edition.exhibits.record import TableRecord

BLANK = "blank"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class mark(nodes.inline):
    """A mark in a cell: `note` is the id of its note, `told` what that says."""


class bar(nodes.inline):
    """A number as a bar: `part` of the longest in the same table, from 0 to 1."""


def note_id(record: TableRecord, n: int) -> str:
    """The id of the n-th note of a table."""
    return f"{record.id}-note-{n + 1}"


def cell_nodes(cell: str, record: TableRecord) -> list[nodes.Node]:
    """A cell's text with its marks as links; blank in a table that stands for one of the paper's, it says so."""
    notes = {sign: (note_id(record, n), told) for n, (sign, told) in enumerate(record.notes)}
    if not notes:
        return _text(cell, record)
    signs = re.compile("|".join(map(re.escape, sorted(notes, key=len, reverse=True))))
    found: list[nodes.Node] = []
    last = 0
    for hit in signs.finditer(cell):
        found += _text(cell[last : hit.start()], record) if hit.start() > last or not last else []
        found.append(mark("", hit[0], note=notes[hit[0]][0], told=notes[hit[0]][1]))
        last = hit.end()
    return [*found, *(_text(cell[last:], record) if cell[last:] or not found else [])]


def _text(text: str, record: TableRecord) -> list[nodes.Node]:
    if text.strip() or not record.reproduces:
        return [nodes.Text(text)] if text else []
    return [nodes.inline("", BLANK, classes=["blank"])]


def bars(record: TableRecord) -> dict[tuple[int, int], float]:
    """How long the bar of a cell is, by its row and column, beside the largest number of all columns with bars."""
    columns = [n for n, column in enumerate(record.columns) if column.label in record.bars]
    found = {
        (row, n): float(hit[0].replace(",", ""))
        for row, cells in enumerate(record.cells)
        for n in columns
        if (hit := NUMBER.search(cells[n]))
    }
    most = max(found.values(), default=0.0)
    return {place: value / most for place, value in found.items()} if most else {}


def _visit_mark(self: HTML5Translator, node: mark) -> None:
    told = self.attval(node["told"])
    self.body.append(f'<a class="mark-of-note" href="#{node["note"]}" title="{told}">')


def _depart_mark(self: HTML5Translator, node: mark) -> None:
    self.body.append("</a>")


def _visit_bar(self: HTML5Translator, node: bar) -> None:
    self.body.append(f'<span class="bar" style="--part: {node["part"]:.3f}"></span>')
    raise nodes.SkipNode


def _nothing(self: object, node: nodes.Node) -> None:
    """On paper the text stands alone."""


def setup(app: Sphinx) -> None:
    """Teach Sphinx the nodes."""
    app.add_node(mark, html=(_visit_mark, _depart_mark), latex=(_nothing, _nothing))
    app.add_node(bar, html=(_visit_bar, _nothing), latex=(_nothing, _nothing))
