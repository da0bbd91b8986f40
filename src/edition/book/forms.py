"""The book as one file to keep: what its pages leave out there, and how its numbers lead to their rows.

The PDF is made from the pages of the EPUB (`edition.forms`), so both say the same.
Belongs here: what differs from the site when Sphinx makes an EPUB. Not here: its settings and looks (`edition.forms`).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.config import Config

from edition.book.render import cited


def still(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Leave out code, which nobody can run there, and what only a web page can show; let numbers lead to their rows."""
    if app.builder.name != "epub":
        return
    for node in list(doctree.findall(_left_out)):
        node.parent.remove(node)
    for number in list(doctree.findall(cited)):
        where, _, row = number["target"].replace("../", "").partition(".html#")
        uri = f"{app.builder.get_relative_uri(page, where)}#{row}"
        number.replace_self(nodes.reference("", "", *number.children, refuri=uri, internal=True, classes=["cited"]))


def _left_out(node: nodes.Node) -> bool:
    if isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
        return all(
            child.get("nb_element") != "cell_code_output" for child in node.children if isinstance(child, nodes.Element)
        )
    return isinstance(node, nodes.raw | HideCodeCellNode)


def plain(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """One style sheet and no script: what extensions add for the web is not in the file."""
    if app.builder.name == "epub":
        named = [f"_static/{name}" for name, _ in app.config.epub_css_files]
        context["css_files"] = [sheet for sheet in context["css_files"] if sheet.filename in named][:1]
        context["script_files"] = []


def cover_as_pair(app: Sphinx, config: Config) -> None:
    """Give Sphinx the cover as the pair it wants; the file that names it knows lists alone."""
    config.epub_cover = tuple(config.epub_cover)


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("config-inited", cover_as_pair)
    app.connect("doctree-resolved", still)
    app.connect("html-page-context", plain)
