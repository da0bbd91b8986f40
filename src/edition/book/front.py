"""What the front page shows of the others: an exhibit of a chapter, and the short path through the book.

Belongs here: the directives `exhibit` and `short-path`, and the note on each page of the path. Not here: what the
front page says (`intro.md`), an exhibit in its own chapter (`render`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from edition.book import borrowed, site, texts
from edition.book.card import in_words
from edition.book.render import figure, untold
from edition.book.templates import template
from edition.exhibits import stored
from edition.exhibits.downloads import FOLDER
from edition.exhibits.record import FigureRecord


class ExhibitElsewhere(SphinxDirective):
    """`{exhibit} notebooks/islanders::fig-islanders`: a figure of a chapter, without number and card, which it has there; with
    `:small:` its thumbnail with its title, which lead there.
    """

    required_arguments = 1
    option_spec: ClassVar = {"small": directives.flag}

    def run(self) -> list[nodes.Node]:
        """The figure as the chapter's stored output has it; it has no id, so that Sphinx does not number it."""
        page, _, name = self.arguments[0].partition("::")
        notebook = Path(self.env.srcdir) / f"{page}.ipynb"
        self.env.note_dependency(str(notebook))
        found = stored.records(notebook) if notebook.is_file() else ()
        record = next((one for one in found if one.id == name), None)
        if not isinstance(record, FigureRecord):
            raise self.error(f"{self.arguments[0]}: there is no such exhibit; write page::id of a figure")
        if "small" in self.options:
            return self._small(record, page)
        return [
            nodes.container(
                "",
                figure(record, self.env, page, kind=untold),
                nodes.paragraph("", record.caption, classes=["about"]),
                nodes.container("", nodes.raw("", in_words(record, self.env.docname), format="html"), classes=["card"]),
                classes=["exhibit", "shown"],
                added=record.added,  # for the note of the edition, see `site`
            )
        ]

    def _small(self, record: FigureRecord, page: str) -> list[nodes.Node]:
        """Elsewhere than on the site nothing, as its chapter is in the same file."""
        if self.env.app.builder.name != "html":
            return []
        up = "../" * self.env.docname.count("/")
        width, height = site.size(site.prepared(self.env, page, record, "thumb.png").read_bytes())
        shown = template("small.html").render(
            record=record, address=f"{up}{page}.html#{record.id}", folder=f"{up}{FOLDER}", width=width, height=height
        )
        return [nodes.raw("", shown, format="html")]


class ShortPath(SphinxDirective):
    """`{short-path}`: a text whose links to pages are the short path, in their order, from the page it stands on."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The text; the path is kept for the pages on it."""
        text = nodes.container(classes=["short-path"])
        self.state.nested_parse(self.content, self.content_offset, text)
        links = [link for link in text.findall(pending_xref) if link["reftype"] == "doc"]
        borrowed.gathers(self.env, "minutes")
        self.env.short_path = [self.env.docname, *(link["reftarget"].lstrip("/") for link in links)]  # type: ignore[attr-defined]
        return [text]


def fill_cards(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Make each entry of the short path a card: with its page's first picture, and the minutes that it takes to read."""
    if app.builder.name != "html":
        return
    for path in doctree.findall(lambda node: "short-path" in getattr(node, "attributes", {}).get("classes", [])):
        for item, there in zip(path.findall(nodes.list_item), app.env.short_path[1:], strict=False):  # type: ignore[attr-defined]
            figure = next((one for one in site.records(app.env).get(there, []) if isinstance(one, FigureRecord)), None)
            size = site.size(site.prepared(app.env, there, figure, "thumb.png").read_bytes()) if figure else ()
            card = template("step.html").render(
                id=figure.id if figure else "", size=size, folder=f"{'../' * page.count('/')}{FOLDER}",
                minutes=texts.texts(app.env)[there].minutes,
            )  # fmt: skip
            item.insert(0, nodes.raw("", card, format="html"))


def on_the_path(
    app: Sphinx, page: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tell a reader of a page on the short path where on it they are, and which page is next."""
    path: list[str] = getattr(app.env, "short_path", [])
    if page not in path[1:]:
        return
    here = path.index(page)
    then = path[here + 1] if here + 1 < len(path) else path[0]
    context["body"] = (
        template("path.html").render(
            here=here,
            steps=len(path) - 1,
            next=app.env.titles[then].astext(),
            address=app.builder.get_relative_uri(page, then),
            last=then == path[0],
        )
        + context["body"]
    )


def merge(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    """The page with the path was read in another process."""
    path = getattr(other, "short_path", [""])
    if path[0] in pages:
        env.short_path = path  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Make the directives known."""
    app.add_directive("exhibit", ExhibitElsewhere)
    app.add_directive("short-path", ShortPath)
    app.connect("env-merge-info", merge)
    app.connect("doctree-resolved", fill_cards)
    app.connect("html-page-context", on_the_path)
