"""Where a chapter can be run: in the browser if the book is published with a place for it, elsewhere if it has an address.

Belongs here: which pages offer it. Not here: making the place (`edition.build.browser_copy`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from edition.book.templates import template
from edition.build import attachments, browser_page, door


def elsewhere(app: Sphinx, config: Config) -> None:
    """Leave the theme's buttons out where it would fail over them: all while the repository has no address, Colab's beyond GitHub."""
    options = config.html_theme_options
    address = options["repository_url"] = (options.get("repository_url") or "").rstrip("/").removesuffix(".git")
    if not address:
        options.pop("launch_buttons", None)
    elif urlsplit(address).hostname != "github.com":
        options.get("launch_buttons", {}).pop("colab_url", None)


def colab(app: Sphinx, page: str, template_name: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Lead the theme's button for Colab to the notebook that installs the edition there: a chapter's own lacks the package."""
    for group in context.get("header_buttons", ()):
        for button in group.get("buttons", ()):
            if button["text"] == "Colab":
                button["url"] = button["url"].removesuffix(f"{page}.ipynb") + door.FILE.as_posix()


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
    app.connect("html-page-context", colab, priority=502)  # after the theme's buttons
