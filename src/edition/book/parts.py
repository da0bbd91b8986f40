"""The parts of a book: folds in the contents beside a page, and the line above a chapter that says which part it is of.

Belongs here: both of them; a part is a captioned list of _toc.yml. Not here: how they look (`static/look.css`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import url_re

from edition.book.templates import template

BEFORE = 400  # next to the chapter's title: what others put before a page stands above it

# The title that _toc.yml gives a page, if it does, and its name or an address elsewhere
Listed = tuple[str | None, str]


@dataclass(frozen=True)
class Part:
    """A part: its place in the book from 1, its name, its pages in their order."""

    place: int
    name: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A line of the contents, as a page shows it.

    Attributes:
        holds: whether it is the line of that page, or of one below which that stands.
        inside: whether it leads to a page of the book.
        pages: the lines below it.
    """

    title: str
    address: str
    holds: bool
    inside: bool
    pages: list[Entry]


def parts(env: BuildEnvironment) -> list[Part]:
    """The parts, in their order."""
    named = [tree for tree in _trees(env) if tree.get("caption")]
    return [Part(n, tree["caption"], tuple(tree["includefiles"])) for n, tree in enumerate(named, start=1)]


def _trees(env: BuildEnvironment) -> Iterable[addnodes.toctree]:
    return env.get_doctree(env.config.root_doc).findall(addnodes.toctree)


def folded(shown: list[tuple[str, list[Entry]]]) -> Markup:
    """The contents beside a page, each part as a fold, open where the page is; the first one where it is in none. The theme's own would
    be computed anew for each page, which for a long book takes most of the time.

    Args:
        shown: the lists of _toc.yml, each with its caption or "", with which it is no part.
    """
    here = next((n for n, (_, entries) in enumerate(shown) if any(one.holds for one in entries)), 0)
    return Markup(template("contents.html").render(parts=[(*part, n == here) for n, part in enumerate(shown)]))


def _entries(app: Sphinx, page: str, listed: Iterable[Listed]) -> list[Entry]:
    env, found = app.env, list[Entry]()
    for title, name in listed:
        if url_re.match(name):
            found.append(Entry(title or name, name, holds=False, inside=False, pages=[]))
            continue
        below = _entries(app, page, [(None, one) for one in env.toctree_includes.get(name, [])])
        address = "#" if name == page else app.builder.get_relative_uri(page, name)
        holds = name == page or any(one.holds for one in below)
        found.append(Entry(title or env.titles[name].astext(), address, holds=holds, inside=True, pages=below))
    return found


def above(app: Sphinx, page: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Say above a chapter which part it is of; at the head of its first chapter what is in it."""
    if app.builder.name != "html":
        return
    if not hasattr(app, "parts"):
        app.parts = parts(app.env)  # type: ignore[attr-defined]
        app.listed = [(tree.get("caption") or "", list(tree["entries"])) for tree in _trees(app.env)]  # type: ignore[attr-defined]
    context["contents"] = folded([(name, _entries(app, page, listed)) for name, listed in app.listed])  # type: ignore[attr-defined]
    part = next((part for part in app.parts if page in part.pages), None)  # type: ignore[attr-defined]
    if part is None or doctree is None:
        return
    listed = [(app.builder.get_relative_uri(page, one), app.env.titles[one].astext(), one) for one in part.pages]
    context["body"] = (
        template("part.html").render(part=part, here=part.pages.index(page) + 1, page=page, pages=listed)
        + context["body"]
    )


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("html-page-context", above, priority=BEFORE)
