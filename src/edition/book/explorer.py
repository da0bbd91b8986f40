"""The page's side of a table to choose from: the place where the script draws, the numbers it draws from, and the
script itself, on the pages that have such a table and on no other.

Belongs here: what the script is given, and what stands there in an EPUB or on paper (`STILL`). Not here: what is offered (a chapter's `Choice`), how it is drawn
(`static/explorer`).
"""

from __future__ import annotations

from typing import TypeGuard

from sphinx.application import Sphinx

from edition.book.templates import template, within_script
from edition.exhibits.record import Record, TableRecord

FOLDER = "explorer"  # of the site's static files
STILL = (
    "In the web edition a reader chooses a number for each country here, and the total abroad and every share follow. "
    "The table shows the choice with which that page opens, and every number that can be chosen."
)
COLUMNS = ("id", "place_id", "given_by", "given", "number", "date", "low", "high", "qualifier", "note")


def offers(record: Record) -> TypeGuard[TableRecord]:
    """Whether a reader can choose from an exhibit."""
    return isinstance(record, TableRecord) and record.offer is not None


def stage(record: Record) -> str:
    """Where a reader chooses, as HTML: hidden until the script draws; "" for an exhibit that offers no choice."""
    if not offers(record):
        return ""
    rows = [{name: row[name] for name in COLUMNS} for row in record.rows]
    return template("explorer.html").render(id=record.id, given=within_script({"rows": rows, "offer": record.offer}))


def load(app: Sphinx, records: list[Record]) -> None:
    """Ask for script and style on the page that is being written, if a table of it offers a choice."""
    if any(map(offers, records)):
        app.add_css_file(f"{FOLDER}/explorer.css")
        app.add_js_file(f"{FOLDER}/explorer.js", type="module")
