"""A word of the glossary, where a chapter uses it, says what it means on hover and focus.

Belongs here: `{term}` links with the first sentences of their definition. Not here: the definitions (`glossary.md`).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from edition.book.render import cited


class Explained(SphinxPostTransform):
    """Give each link to a term the tooltip that numbers have; in an EPUB or on paper it stays a link."""

    default_priority = 20  # after Sphinx has resolved links (10)
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace each link to a term by one that says what the term means."""
        if self.app.builder.name != "html":
            return
        home = getattr(self.env, "glossary_page", None)
        for n, mark in enumerate(list(self.document.findall(_is_term))):
            link = mark.parent
            if home is None or not isinstance(link, nodes.reference) or self.env.docname == home:
                continue
            told = _definition(self.env.get_doctree(home), link["refuri"].rpartition("#")[2])
            link.replace_self(cited("", mark.astext(), target=link["refuri"], told=told, tip=f"term-{n}", name=""))


def _is_term(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "std-term" in node["classes"]


def _definition(glossary: nodes.document, anchor: str) -> str:
    """The first paragraph of a term's definition."""
    item = next(item for item in glossary.findall(nodes.definition_list_item) if anchor in _anchors(item))
    first = next(item.findall(nodes.definition)).next_node(nodes.paragraph)
    return first.astext() if first else ""


def _anchors(item: nodes.definition_list_item) -> set[str]:
    return {name for term in item.findall(nodes.term) for name in term["ids"]}


def remember_glossary(app: Sphinx, doctree: nodes.document) -> None:
    """Remember which page has the glossary."""
    if any("glossary" in node["classes"] for node in doctree.findall(nodes.definition_list)):
        app.env.glossary_page = app.env.docname  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Tell Sphinx of it."""
    app.connect("doctree-read", remember_glossary)
    app.add_post_transform(Explained)
