"""The parts of a book: folds in the contents beside a page, and the line above a chapter that says which part it is of.

Belongs here: both of them; a part is a captioned list of _toc.yml. Not here: how they look (`static/look.css`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from edition.book.templates import template

BEFORE = 400  # next to the chapter's title: what others put before a page stands above it


@dataclass(frozen=True)
class Part:
    """A part: its place in the book from 1, its name, its pages in their order."""

    place: int
    name: str
    pages: tuple[str, ...]


def parts(env: BuildEnvironment) -> list[Part]:
    """The parts, in their order."""
    trees = env.get_doctree(env.config.root_doc).findall(addnodes.toctree)
    named = [tree for tree in trees if tree.get("caption")]
    return [Part(n, tree["caption"], tuple(tree["includefiles"])) for n, tree in enumerate(named, start=1)]


def folded(contents: BeautifulSoup | str) -> str:
    """The theme's contents with each part as a fold, open where the page is; the first one where it is in none.

    Args:
        contents: HTML, a paragraph of the class `caption` before each part's list; the theme keeps what it gives, so a
            copy is folded.
    """
    found = BeautifulSoup(str(contents), "html.parser")
    captions = found.select("p.caption")
    lists = [caption.find_next_sibling("ul") for caption in captions]
    here = next((n for n, pages in enumerate(lists) if pages and pages.select_one("li.current")), 0)
    for n, (caption, pages) in enumerate(zip(captions, lists, strict=True)):
        fold = found.new_tag("details", attrs={"class": "part"} | ({"open": ""} if n == here else {}))
        caption.wrap(fold)
        if pages:
            fold.append(pages.extract())
        caption.name, caption.attrs = "summary", {}
    return str(found)


def above(app: Sphinx, page: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Say above a chapter which part it is of; at the head of its first chapter what is in it."""
    if app.builder.name != "html":
        return
    context["folded"] = folded
    if not hasattr(app, "parts"):
        app.parts = parts(app.env)  # type: ignore[attr-defined]
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
