"""Under a title: who made the page and of whose paper, and *Cite this chapter*, on the front page *Cite this book*; at the end, the paper.

The same citations lie on the site as files: those of a chapter beside its data and the digests of these, those of the book at the top,
with `CITATION.cff` and one of all exhibits.
Belongs here: where they stand. Not here: what a citation says (`exhibits.citation`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from edition import paths
from edition.book import holdings, site
from edition.book.card import cited
from edition.book.metadata import BOOK
from edition.book.metadata import CHAPTERS as FOLDER
from edition.book.templates import template
from edition.exhibits import citation, put, sheets

CHAPTERS = "notebooks/"
EXHIBITS = "exhibits.bib"  # of all of them


def _forms(app: Sphinx, page: str) -> dict[str, str]:
    """The citation of a page in every form; none for one that is neither a chapter nor the front page."""
    if page == app.config.root_doc:
        return citation.book(site.edition(), holdings.digest(app))
    if not page.startswith(CHAPTERS):
        return {}
    records = site.records(app.env).get(page, [])
    return citation.chapter(app.env.titles[page].astext(), records, site.edition(), f"{page}.html")


def _stem(app: Sphinx, page: str) -> str:
    return BOOK if page == app.config.root_doc else f"{FOLDER}/{page.rpartition('/')[2]}"


def show(app: Sphinx, page: str, template_name: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put it under the title."""
    if doctree is None or app.builder.name != "html" or not (page == app.config.root_doc or page.startswith(CHAPTERS)):
        return
    known, stem = site.edition(), f"{'../' * page.count('/')}{_stem(app, page)}"
    said = template("byline.html").render(
        makers=", ".join(f"{one.given} {one.name}".strip() for one in known.makers),
        authors=" and ".join(f"{one.given} {one.name}".strip() for one in known.paper.authors),
        heading="Cite this book" if page == app.config.root_doc else "Cite this chapter",
        citations=cited(stem),
    )
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{said}", 1)
    context["body"] += template("references.html").render(paper=citation.of_paper(known))


def write(app: Sphinx) -> None:
    """Write the files."""
    out = Path(app.outdir)
    (out / FOLDER).mkdir(exist_ok=True)
    for page in site.pages(app.env):
        for ending, text in _forms(app, page).items():
            put.file(out / f"{_stem(app, page)}.{ending}", text)
        if page.startswith(CHAPTERS) and (records := site.records(app.env).get(page)):
            put.file(out / f"{_stem(app, page)}.{sheets.SUMS}", sheets.sums(records))
    every = (record for _, record in site.in_order(app.env))
    (out / EXHIBITS).write_text(citation.exhibits(every, site.edition()), encoding="utf-8")
    (out / "CITATION.cff").write_text(citation.as_published(paths.root(), site.edition()), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("html-page-context", show)
