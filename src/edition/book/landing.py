"""The pages of permanent addresses, `cite/<id>.html`: each says in words what stands there, and leads on to where that is now.

Belongs here: what such a page says. Not here: which addresses there are and where they lead (`exhibits.addresses`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from edition import paths
from edition.book import coins, metadata, sharing
from edition.book.templates import template, within_script
from edition.exhibits import addresses, citation, cited_rows, downloads, put
from edition.exhibits.addresses import Address
from edition.exhibits.citation import FORMS, Edition
from edition.exhibits.downloads import FOLDER
from edition.exhibits.record import FigureRecord, Record
from edition.exhibits.row_citation import Titled

CITE = "cite"  # folder of the site


def write(
    standing: Iterable[Address], known_as: Mapping[str, Record] | Mapping[str, Titled], known: Edition, site: Path
) -> None:
    """The pages, in `cite/` of the built site.

    Args:
        known_as: what stands at them, by id: exhibits, or what citations say of rows.
    """
    folder = site / CITE
    folder.mkdir(exist_ok=True)
    for one in standing:
        stands = one.instead or one.id
        what = known_as.get(stands)
        said = of_row(one, what, known) if what is None or isinstance(what, Titled) else of_exhibit(what, known)
        if one.instead:
            said |= of_gone(one, said, known)
        page = template("landing.html").render(
            edition=known,
            target=one.target,
            means=one.means,
            gone=bool(one.instead),
            canonical=known.address(stands) or f"{stands}.html",
            pinned=known.pinned(citation.place(stands)),
            licence=citation.LICENCE_AT,
            **said,
        )
        put.file(folder / f"{one.id}.html", page)


def of_exhibit(record: Record, known: Edition) -> dict[str, Any]:
    """What the page of an exhibit says: caption, source, files."""
    base = known.base or "../"
    files = [ending for ending in downloads.endings(record, known) if not ending.endswith("thumb.png")]
    typed = [(f"{FOLDER}/{record.id}.{ending}", metadata.format_of(ending)) for ending in files]
    return {
        "title": citation.heading(record),
        "description": citation.abstract(record)[:300],
        "described": [one for one, ending in zip(typed, files, strict=True) if ending in FORMS],
        "items": [one for one, ending in zip(typed, files, strict=True) if ending not in FORMS],
        "image": f"{known.base}{FOLDER}/{record.id}.png" if known.base else "",
        "image_alt": record.alt if isinstance(record, FigureRecord) else citation.heading(record),
        "graph": within_script({"@context": "https://schema.org", **metadata.exhibit(record, base, known)}),
        "paragraphs": [
            citation.abstract(record),
            f"{record.kind.capitalize()} {record.id} of {known.named}, version {known.version}; {citation.LICENCE}.",
        ],
        "span": coins.of_exhibit(record, known),
    }


def of_gone(one: Address, instead: Mapping[str, Any], known: Edition) -> dict[str, Any]:
    """What the page of an exhibit that is gone says otherwise than that of what took its place: what it was, and why it is gone.

    Args:
        instead: what the page of the other says, see `of_exhibit`.
    """
    kind, _, was = addresses.published(paths.root())[one.id][1].partition(": ")
    title = f"No longer in the book: {was}"
    told = f"Under this address was a {kind}, {one.id}: {was}. {one.why} It gave way to another: “{instead['title']}”."
    graph = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": known.address(one.id) or f"{one.id}.html",
        "identifier": one.id,
        "name": title,
        "description": told,
        "creativeWorkStatus": "Obsolete",
        **metadata.common(known),
        "isPartOf": {"@type": "Book", "name": known.named},
    }
    return {
        "title": title,
        "description": told,
        "graph": within_script(graph),
        "paragraphs": [told, *instead["paragraphs"]],
    }


def of_row(one: Address, titled: Titled | None, known: Edition) -> dict[str, Any]:
    """What the page of a number, a claim or another row says, under the title that its citation has."""
    numbers = cited_rows.numbers()
    named = f"{one.kind.capitalize()} {one.id}"
    title = titled.title if titled else f"{named}: {one.means}"
    told = cited_rows.row_in_words(one.id) if one.id in numbers.index else titled.note if titled else ""
    graph = {
        "@context": "https://schema.org",
        "@type": "Claim" if one.kind == "claim" else "Observation" if one.kind == "number" else "CreativeWork",
        "@id": known.address(one.id) or f"{one.id}.html",
        "identifier": one.id,
        "name": title,
        "description": told or title,
        **metadata.common(known),
        "isPartOf": {"@type": "Dataset", "name": known.named, "version": known.version, "license": citation.LICENCE_AT},
    }
    return {
        "title": title,
        "description": told or title,
        "described": [(f"cite/{one.id}.json", metadata.format_of(".json"))] if titled else [],
        "items": [],
        "image": sharing.address(known.base, one.target.partition("#")[0]),
        "image_alt": f"The page of {known.named} on which it stands",
        "graph": within_script(graph),
        "paragraphs": [
            *filter(None, [told]),
            f"{named} of {known.named}, version {known.version}; {citation.LICENCE}.",
        ],
        "span": coins.span(title, citation.place(one.id), told, known),
    }
