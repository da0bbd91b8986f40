"""The end of a page: what can be taken away from there, the chapter's notebook and data and the whole book.

Belongs here: which files a page offers. Not here: making the PDF and the EPUB (`edition.forms`).
"""

from __future__ import annotations

import io
import itertools
import zipfile
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from edition import paper, paths
from edition.asking import editions
from edition.book import site
from edition.book.metadata import CHAPTERS as FOLDER
from edition.book.templates import template
from edition.build import attachments
from edition.exhibits import put, sheets

WHOLE = {"pdf": "the whole book as PDF", "epub": "the whole book as EPUB"}
PACKED = ("csv", sheets.EXPLAINED, "txt")  # of each exhibit: its rows, what they mean, how it is cited
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP file can say: the same data, the same bytes


def find(app: Sphinx, config: Config) -> None:
    """Tell Sphinx which extras the book is published with; when they change, it writes every page again."""
    build = paths.root() / editions.home(editions.current())
    config.extras = attachments.current(build) if Path(app.srcdir) == build / "book" else []


def offer(app: Sphinx, page: str, template_name: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Add to the end of a page what can be taken away from it."""
    if doctree is None or app.builder.name != "html":
        return
    up, chapter = "../" * page.count("/"), page.rpartition("/")[2]
    links = []
    if page.startswith("notebooks/"):
        links.append((f"{up}_sources/{page}.ipynb", "this chapter’s notebook"))
    if page in site.records(app.env):
        links.append((f"{up}{FOLDER}/{chapter}.zip", "its data"))
    files = {f"{paper.current().slug}.{ending}": label for ending, label in WHOLE.items()}
    links += [(f"{up}{name}", label) for name, label in files.items() if name in app.config.extras]
    if links:
        context["body"] += template("takeaway.html").render(links=links)


def data(app: Sphinx) -> None:
    """Write the data of each chapter as one file: all that its figures and tables show, what that means and how it is cited."""
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    for page, records in site.records(app.env).items():
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for record, ending in itertools.product(records, PACKED):
                name = f"{record.id}.{ending}"
                archive.writestr(
                    zipfile.ZipInfo(name, EPOCH),
                    site.prepared(app.env, page, record, ending).read_bytes(),
                    zipfile.ZIP_DEFLATED,
                )
            entry = zipfile.ZipInfo(f"{Path(page).name}.{sheets.SUMS}", EPOCH)
            archive.writestr(entry, sheets.sums(records), zipfile.ZIP_DEFLATED)
        put.file(folder / f"{Path(page).name}.zip", packed.getvalue())


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.add_config_value("extras", [], "html")
    app.connect("config-inited", find)
    app.connect("html-page-context", offer)
