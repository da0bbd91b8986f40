"""An exhibit in another page: what is copied to embed it, and a table as a page of its own to frame.

    piece.embedded(record, known, "exhibits/", ("640", "400"))

Each names the edition, the version and the licence in words, leads visibly to the exhibit, and says its size. A picture is light or dark by
the `color-scheme` of the page around it; a table as a piece has that page's colours; a framed one, to which a browser does not tell the scheme
of a page from elsewhere, those that the reader prefers, on a ground of its own. Belongs here: that HTML. Not here: the exhibit itself as HTML
(`markup`).
"""

from __future__ import annotations

from html import escape

from edition.exhibits import citation, markup
from edition.exhibits.citation import LICENCE, LICENCE_AT, Edition
from edition.exhibits.record import FigureRecord, Record, TableRecord

ROW, ABOVE, HIGHEST = 30, 170, 640  # pixels of a framed table: a row, caption and source, and at most
LOOK = (
    ":root{color-scheme:light dark}body{font:14px/1.4 sans-serif;margin:8px}table{border-collapse:collapse}"
    "td,th{padding:2px 8px;border-bottom:1px solid;vertical-align:top}figure{margin:0}"
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def credited(record: Record, known: Edition) -> str:
    """Edition, version, maker and licence in words, with links as far as there are addresses."""
    named = f"<cite>{escape(known.named)}</cite>"
    if address := known.address(record.id):
        named = f'<a href="{escape(address)}">{named}</a>'
    return (
        f"{named}, version {escape(known.version)}, by {escape(known.bodies or ', '.join(known.authors))}, "
        f'licensed <a rel="license" href="{LICENCE_AT}">{LICENCE}</a>.'
    )


def inline(record: TableRecord, known: Edition) -> str:
    """A table as a piece of another page, in the colours of that."""
    return f"{markup.html(record)}<p><small>{credited(record, known)}</small></p>\n"


def table(record: TableRecord, known: Edition) -> str:
    """A table as a page of its own, light or dark as what frames it."""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(citation.heading(record))}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="color-scheme" content="light dark">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><base target="_top"><style>{LOOK}</style></head>\n'
        f"<body>{inline(record, known)}</body></html>\n"
    )


def embedded(record: Record, known: Edition, folder: str, size: tuple[str, ...] | None) -> str:
    """HTML that shows the exhibit elsewhere; "" without an address.

    Args:
        folder: of the site, with the exhibits' files.
        size: width and height of a figure's picture in pixels; None where they are not known.
    """
    if not known.base:
        return ""
    files = f"{known.base}{folder}/{record.id}"
    if isinstance(record, FigureRecord):
        sized = f' width="{size[0]}" height="{size[1]}"' if size else ""
        shown = f'<img src="{files}.both.svg" alt="{escape(record.alt)}"{sized} loading="lazy" style="max-width:100%;height:auto">'
        told = f"<b>{escape(citation.heading(record))}.</b> Source: {escape(record.source)} From "
    else:
        height = min(HIGHEST, ABOVE + ROW * len(record.cells))
        title = escape(citation.heading(record))
        shown = f'<iframe src="{files}.html" title="{title}" width="100%" height="{height}" loading="lazy" style="border:0"></iframe>'
        told = "From "
    return f"<figure>{shown}\n<figcaption>{told}{credited(record, known)}</figcaption></figure>\n"
