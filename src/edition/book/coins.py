"""Spans that reference managers read a page's references from (COinS): the chapter, or on the front page the book, and each exhibit.

Zotero offers what several spans on a page say as a list to choose from, and prefers them to a page's other tags. Belongs here: what such
a span says. Not here: citations to copy or to download (`exhibits.citation`); how an exhibit is to be read, which its files and its landing
page say (`landing`): a page has a span for each, and stays light.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from markupsafe import Markup

from edition.exhibits import citation
from edition.exhibits.citation import Edition
from edition.exhibits.record import Record

LEFT = "/:,()"  # signs that an address may hold as they are


def of_page(page: str, title: str, description: str, records: Iterable[Record], known: Edition, *, front: bool) -> str:
    """The spans of a page, its own first."""
    own = span(title, f"{page}.html", description, known, whole=front)
    return own + Markup("").join(of_exhibit(record, known) for record in records)


def of_exhibit(record: Record, known: Edition) -> Markup:
    """The span of an exhibit: its abstract is what it counts, and its source."""
    counted = f"{record.subtitle.rstrip('.')}. " if record.subtitle else ""
    return span(citation.heading(record), citation.place(record.id), f"{counted}Source: {record.source}", known)


def span(title: str, path: str, description: str, known: Edition, *, whole: bool = False) -> Markup:
    """One span.

    Args:
        path: where it stands in the site.
        whole: whether it is the book and not a part of it.
    """
    titles = {"rft.btitle": known.named} if whole else {"rft.atitle": title, "rft.btitle": known.named}
    fields = {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:book",
        "rft.genre": "book" if whole else "bookitem",
        **titles,
        "rft.publisher": known.bodies,
        "rft.edition": known.version,
        "rft.date": known.released,
        "rft.language": "en",
        "rft.rights": citation.LICENCE,
        "rft.description": known.abstract or description if whole else description,
        "rft_id": known.pinned("" if whole else path),
    }
    makers = [("rft.au", str(maker)) if maker.given else ("rft.aucorp", maker.name) for maker in known.makers]
    said = urlencode([*((name, value) for name, value in fields.items() if value), *makers], safe=LEFT)
    return Markup(f'<span class="Z3988" title="{said}"></span>')  # no & of it begins what HTML takes for a character
