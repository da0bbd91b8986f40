"""Tables on a page that show their first rows alone, each with the button that asks for all.

Belongs here: their classes, and where the buttons stand. Not here: how many rows are shown (`exhibits.opening`), how the
others are hidden (`static/tables.css`, `static/filters.js`) and shown (`static/book.js`).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from edition.book import lengths, site
from edition.exhibits import opening
from edition.exhibits.opening import Opening
from edition.exhibits.record import TableRecord


class Shortened(SphinxPostTransform):
    """Tell the tables of a page how many of their rows are shown at first, and give those that hide some their button."""

    default_priority = 199
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change the tables of exhibits; elsewhere than on the site all rows stand."""
        if self.app.builder.name != "html":
            return
        records = {record.id: record for record in site.records(self.env).get(self.env.docname, [])}
        openings = opening.openings(records.values())
        for table in self.document.findall(nodes.table):
            for name in openings.keys() & set(table["ids"]):
                record = records[name]
                assert isinstance(record, TableRecord)  # nothing else has an opening
                _shorten(table, record, openings[name])


def _shorten(table: nodes.table, record: TableRecord, shown: Opening) -> None:
    table["classes"] += ["long"] * shown.long + [f"first-{shown.first}"] * bool(shown.first)
    if any(shown) and not record.filters:
        asks = lengths.button(table["ids"][0], len(record.cells), on_a_phone=not shown.long)
        table.parent.insert(table.parent.index(table) + 1, nodes.raw("", asks, format="html"))


def setup(app: Sphinx) -> None:
    """Tell Sphinx when."""
    app.add_post_transform(Shortened)
