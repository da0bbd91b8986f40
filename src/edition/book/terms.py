"""A word of the glossary, where a chapter uses it, says what it means in a note.

Belongs here: `{term}` links, and the first sentences of each definition. Not here: the definitions (`glossary.md`), the notes
(`notes`).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from edition.book.render import cited


class Explained(SphinxPostTransform):
    """Give each link to a term the note that numbers have; in an EPUB or on paper it stays a link."""

    default_priority = 20  # after Sphinx has resolved links (10)
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace each link to a term by one that has a note."""
        if self.app.builder.name != "html":
            return
        home = getattr(self.env, "glossary_page", None)
        for mark in list(self.document.findall(_is_term)):
            link = mark.parent
            if home is None or not isinstance(link, nodes.reference) or self.env.docname == home:
                continue
            link.replace_self(cited("", mark.astext(), target=link["refuri"], rows=(), name=""))


def _is_term(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "std-term" in node["classes"]


def definitions(env: BuildEnvironment) -> dict[str, str]:
    """The first paragraph of each term's definition, by the term's anchor; none in a book without a glossary."""
    home = getattr(env, "glossary_page", None)
    items = env.get_doctree(home).findall(nodes.definition_list_item) if home else ()
    found: dict[str, str] = {}
    for item in items:
        first = next(item.findall(nodes.definition)).next_node(nodes.paragraph)
        for term in item.findall(nodes.term):
            found |= {anchor: first.astext() if first else "" for anchor in term["ids"]}
    return found


def remember_glossary(app: Sphinx, doctree: nodes.document) -> None:
    """Remember which page has the glossary."""
    if any("glossary" in node["classes"] for node in doctree.findall(nodes.definition_list)):
        app.env.glossary_page = app.env.docname  # type: ignore[attr-defined]


def merge(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    """The page was read in another process."""
    if getattr(other, "glossary_page", None) in pages:
        env.glossary_page = other.glossary_page  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Tell Sphinx of it."""
    app.connect("env-merge-info", merge)
    app.connect("doctree-read", remember_glossary)
    app.add_post_transform(Explained)
