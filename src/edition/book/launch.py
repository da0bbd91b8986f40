"""Where a chapter can be run: in the browser if the book is published with a place for it, elsewhere if it has an address.

Belongs here: which pages offer it. Not here: making the place (`edition.build.browser_copy`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from edition.book.templates import template
from edition.build import attachments, browser_page


def elsewhere(app: Sphinx, config: Config) -> None:
    """Leave the theme's buttons for Binder and its like out while the repository has no address: it would fail over them."""
    if not config.html_theme_options.get("repository_url"):
        config.html_theme_options.pop("launch_buttons", None)


def address(app: Sphinx, page: str, up: str) -> str:
    """Where a chapter can be run in the browser, from a page `up` from the top; "" if the book has no such place."""
    notebook, place = f"{page}.ipynb", _place(app)
    if attachments.LITE not in app.config.extras or not (place / "files" / notebook).is_file():
        return ""
    asked = f"{browser_page.FOLDER}/{Path(page).name}.html"
    if (place / asked).is_file():
        return f"{up}{attachments.LITE}/{asked}"
    return f"{up}{attachments.LITE}/notebooks/index.html?path={notebook}"


def offer(app: Sphinx, page: str, template_name: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the button above a chapter that runs in the browser."""
    if app.builder.name == "html" and (place := address(app, page, "../" * page.count("/"))):
        asked = "?" not in place
        costs = _costs(_place(app))
        size = costs.bytes if asked else costs.notebook
        button = template("launch.html").render(
            address=place, asked=asked, megabytes=f"{size / 1e6:.0f}", seconds=costs.first
        )
        context["body"] = button + context["body"]


def _place(app: Sphinx) -> Path:
    return Path(app.srcdir).parent / attachments.FOLDER / attachments.LITE


@cache
def _costs(place: Path) -> browser_page.Costs:
    return browser_page.costs(place)


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("config-inited", elsewhere)
    app.connect("html-page-context", offer)
