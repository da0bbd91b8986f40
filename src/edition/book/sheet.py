"""What stands at the edges of every printed sheet of a page: whose page it is, of which version, from where, under which licence.

Belongs here: those lines, as a style of each page's own, since a page alone knows what it is. Not here: how the text is set
on paper (`static/print.css`).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from edition.book import site
from edition.exhibits.citation import Edition
from edition.numbers.wording import listing

LICENCE = "CC BY 4.0"


def style(page: str, title: str, known: Edition) -> str:
    """The style as HTML for a page's head.

    Args:
        page: its name; title: its title as plain text.
    """
    edges = {
        "top-left": quoted(title),
        "top-right": quoted(known.named),
        "bottom-left": quoted(imprint(known, f"{page}.html")),
        "bottom-right": 'counter(page) " / " counter(pages)',
    }
    boxes = " ".join(f"@{edge} {{ content: {content}; }}" for edge, content in edges.items())
    return f'<style media="print">@page {{ {boxes} }}</style>'


def imprint(known: Edition, page: str = "") -> str:
    """Who made the edition, its version, date, address and licence, in a line.

    Args:
        page: file of the page that the address leads to; "" for the whole.
    """
    address = [f"{known.base}{page}"] if known.base else []
    return ", ".join([listing(known.authors), f"version {known.version}", known.released, *address, LICENCE])


def quoted(text: str) -> str:
    """A text as a string of CSS within HTML: nothing in it ends the string, the line or the element."""
    return '"' + "".join(one if one.isalnum() or one in " ,.:;-–/()?!'’" else f"\\{ord(one):06x}" for one in text) + '"'


def dress(app: Sphinx, page: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the style into the head of a page."""
    if app.builder.name != "html" or doctree is None:
        return
    title = app.env.titles[page].astext() if page in app.env.titles else page
    context["metatags"] = context.get("metatags", "") + style(page, title, site.edition())


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("html-page-context", dress)
