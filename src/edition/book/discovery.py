"""What lets the site be found and followed: the map of its pages, the feed of its corrections, its root, and what stands where nothing is.

Belongs here: files that are asked for by their well-known names. Not here: what a page says of itself (`metadata`), or permanent addresses (`landing`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemLoader

from edition import paper
from edition.book import coins, metadata, sharing
from edition.book.metadata import CHANGES, FEED
from edition.book.templates import template, within_script
from edition.build import versions
from edition.data.tables import Tables
from edition.exhibits import release
from edition.exhibits.citation import LICENCE, LICENCE_AT, Edition
from edition.exhibits.record import FigureRecord


def write(
    site: Path, root: Path, pages: Iterable[str], known: Edition, tables: Tables, cover: FigureRecord | None
) -> None:
    """Write the files at the top of a built site.

    Args:
        root: of the edition.
        pages: names of the pages, that of the front first.
        cover: the figure that stands for the whole.
    """
    listed = list(pages)
    front = listed[0]
    told = f"{CHANGES}.html" if CHANGES in listed else ""
    (site / FEED).write_text(feed(known, tables, told), encoding="utf-8")
    (site / "robots.txt").write_text(robots(known), encoding="utf-8")
    if known.base:  # a map of pages names whole addresses
        (site / "sitemap.xml").write_text(sitemap(listed, known), encoding="utf-8")
    links = [
        (f"{front}.html", "The front page"),
        ("search.html", "Search"),
        (f"data/{release.SUMS}", "The files of the data, with their digests"),
    ]
    missing = template("missing.html").render(edition=known, at=versions.base(root), links=links)
    (site / "404.html").write_text(missing, encoding="utf-8")
    if front != "index":
        (site / "index.html").write_text(_root(f"{front}.html", known, cover), encoding="utf-8")


def _root(front: str, known: Edition, cover: FigureRecord | None) -> str:
    described = known.abstract or f"A reproducible edition of {known.paper}."
    return template("root.html").render(
        edition=known,
        front=front,
        description=described,
        licence=LICENCE_AT,
        feed=FEED,
        image=sharing.address(known.base, front),
        image_alt=f"{known.title}. {cover.alt if cover else ''}".strip(),
        pinned=known.pinned(""),
        graph=within_script(metadata.book(described, known)),
        span=coins.span(known.named, "", described, known, whole=True),
    )


def sitemap(pages: Iterable[str], known: Edition) -> str:
    """The pages with their addresses and the day of the version."""
    rows = "".join(
        f"<url><loc>{escape(f'{known.base}{page}.html')}</loc><lastmod>{known.released}</lastmod></url>\n"
        for page in pages
    )
    opened = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{opened}\n{rows}</urlset>\n'


def robots(known: Edition) -> str:
    """What a crawler may read: everything."""
    at = f"Sitemap: {known.base}sitemap.xml\n" if known.base else ""
    return f"User-agent: *\nAllow: /\n{at}"


def feed(known: Edition, tables: Tables, told: str) -> str:
    """The corrections of the data as an Atom feed, an entry for each version.

    Args:
        told: the page that lists them too; "" for none, and entries lead to the front.
    """
    entries = [
        {
            "key": f"corrections-{since}",
            "title": f"What is taken instead of what is printed, since {paper.dated(since)}",
            "text": "\n".join(lines),
        }
        for since, lines in release.changes(tables).items()
    ]
    entries += [
        {
            "key": f"revisions-{since}",
            "title": f"What was said otherwise before {paper.dated(since)}",
            "text": "\n".join(map(release.revised, rows.to_dict("records"))),
        }
        for since, rows in tables.revisions.groupby("since", sort=False)
    ]
    made = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True).get_template("feed.xml")
    return made.render(
        edition=known,
        id=f"urn:x-edition:{known.slug}{f':{known.under}' if known.under else ''}",
        name=FEED,
        rights=f"{LICENCE}, {LICENCE_AT}",
        entries=entries,
        told=told,
    )
