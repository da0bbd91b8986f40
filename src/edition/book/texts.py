"""What other pages ask of a page's text, kept when it is read, so that nobody has to take the page apart again.

    texts.texts(env)["notebooks/islanders"].minutes      # how long it takes to read

Belongs here: the words of each section, the minutes a page takes. Not here: which pages show such things of others (`borrowed`),
what they make of them (`mentions`, `front`).
"""

from __future__ import annotations

from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

A_MINUTE = 230  # words that grown-ups read in silence


class Text(NamedTuple):
    """Of a page: the anchor of each section with its own words, and the minutes that the page takes to read."""

    sections: tuple[tuple[str, str], ...]
    minutes: int


def texts(env: BuildEnvironment) -> dict[str, Text]:
    """The text of each page that has been read."""
    if not hasattr(env, "texts"):
        env.texts = {}  # type: ignore[attr-defined]
    return env.texts  # type: ignore[attr-defined]


def of(document: nodes.document) -> Text:
    """The text of a page."""
    sections = ((section["ids"][0], _own_text(section)) for section in document.findall(nodes.section))
    return Text(tuple(sections), minutes(document))


def _own_text(section: nodes.section) -> str:
    own = (child for child in section.children if not isinstance(child, nodes.section))
    return " ".join(
        text.astext() for child in own for text in child.findall(nodes.Text) if not isinstance(text.parent, nodes.raw)
    )


def minutes(page: nodes.document) -> int:
    """How long a page takes to read: its sentences, without its tables, its code, and what is told under a picture or folds."""
    read = [text for text in page.findall(nodes.paragraph) if not _beside_the_text(text)]
    return max(1, round(sum(len(text.astext().split()) for text in read) / A_MINUTE))


def _beside_the_text(node: nodes.Node) -> bool:
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.table | nodes.literal_block | nodes.admonition) or "exhibit" in node.get(
            "classes", ()
        ):
            return True
    return False


def keep(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the text of a page that has been read."""
    texts(app.env)[app.env.docname] = of(doctree)


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """The page is read again, or is gone."""
    texts(env).pop(page, None)


def merge(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    """Pages were read in another process."""
    texts(env).update({page: text for page, text in texts(other).items() if page in pages})


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("doctree-read", keep, priority=900)  # as it is kept on the disk
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
