"""The card under an exhibit: a figure in words, cite it, download it, see how it was made.

Belongs here: what the card offers, for the template `card.html`. Not here: the files themselves
(`exhibits.downloads`), the citations (`exhibits.citation`), its looks (`static/book.css`).
"""

from __future__ import annotations

from edition.book.templates import template
from edition.exhibits import citation, downloads, sheets
from edition.exhibits.citation import Edition
from edition.exhibits.downloads import FOLDER
from edition.exhibits.record import FigureRecord, Record

WHAT = {
    "svg": "SVG, light",
    "dark.svg": "SVG, dark",
    "both.svg": "SVG, as the page it is put in",
    "png": "PNG, 300 dpi",
    "pdf": "PDF",
    "csv": "data as CSV",
    sheets.EXPLAINED: "what its columns mean",
    "xlsx": "data as XLSX",
    "html": "the table as a page",
    "piece.html": "the table as HTML for another page",
}
ROWS_NAMED = 12


def card(record: Record, known: Edition, docname: str) -> str:
    """The card as HTML, for the page `docname`.

    Of the files with its citation it names the text alone: a page has many cards, and script finds the others, and the one
    to embed it, beside that.
    """
    up = "../" * docname.count("/")
    ids = [str(row["id"]) for row in record.rows if "id" in row]
    named = ids if len(ids) <= ROWS_NAMED else [*ids[:ROWS_NAMED], f"and {len(ids) - ROWS_NAMED} more"]
    return template("card.html").render(
        id=record.id,
        name=f"exhibit {record.id}",
        described=described(record),
        description=record.describe() if isinstance(record, FigureRecord) else [],
        files=f"{up}{FOLDER}/",
        citations=cited(f"{up}{FOLDER}/{record.id}")[:1],
        downloads=[
            {"name": f"{record.id}.{ending}", "what": WHAT[ending]}
            for ending in downloads.endings(record, known)
            if ending in WHAT
        ],
        notebook=f"{up}_sources/{docname}.ipynb",
        chapter=f"{docname}.ipynb",
        made_by=record.made_by,
        parameters=record.parameters,
        rows=len(record.rows),
        ids=named,
        version=record.version,
        digest=sheets.digest(record),
        address=known.address(record.id),
        credit=citation.credit(record, known),
    )


def cited(stem: str) -> list[dict[str, str]]:
    """A citation as `forms.html` offers it: each form as a file.

    Args:
        stem: of the files' names.
    """
    return [{"name": name, "file": f"{stem}.{ending}"} for ending, name in citation.FORMS.items()]


def described(record: Record) -> str:
    """Where on its page a figure's description stands: the id of an element of its card."""
    return f"{record.id}-description"


def in_words(record: FigureRecord, docname: str) -> str:
    """A figure's description alone, as HTML, for a page that shows the figure without its card."""
    return template("description.html").render(
        id=record.id,
        described=described(record),
        description=record.describe(),
        files=f"{'../' * docname.count('/')}{FOLDER}/",
    )
