"""What a page says of its version: number, date and commit in its footer, and the theme's switcher to the others.

The commit is another one after every commit, and at the first change after it, which is no reason to write every page again:
it is put into the pages when they are finished. Belongs here: where a page shows it. Not here: what the versions are
(`edition.build.versions`).
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config

from edition import paths
from edition.asking import editions
from edition.book.metadata import CHANGES
from edition.book.site import edition
from edition.book.templates import template
from edition.build import versions
from edition.data.printed import MONTHS

COMMIT = re.compile(r'(?<=<span class="revision">).*?(?=</span>)', re.DOTALL)
SIDEBAR = ["navbar-logo", "icon-links", "search-button-field", "version-switcher", "sbt-sidebar-nav"]


def find(app: Sphinx, config: Config) -> None:
    """Show the switcher where a base address is set."""
    root = paths.root()
    if (at := versions.base(root)) and not editions.current():
        config.html_theme_options["switcher"] = {"json_url": f"{at}{versions.LIST}", "version_match": edition().version}
        config.html_theme_options["check_switcher"] = False  # the list is made when the site is put together
        config.html_sidebars = {"**": SIDEBAR}


def foot(app: Sphinx, page: str, template_name: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Add the version to the theme's footer, with a place for the commit."""
    if app.builder.name != "html":
        return
    known = edition()
    released = date.fromisoformat(known.released)
    context["theme_extra_footer"] = (
        context.get("theme_extra_footer", "")
        + template("version.html").render(
            version=known.version,
            released=released,
            written=f"{released.day} {MONTHS[released.month - 1]} {released.year}",  # strftime has them in the machine's language
            changes=context["pathto"](CHANGES) if CHANGES in app.env.found_docs else "",
        )
    )


def say_commit(app: Sphinx, error: Exception | None) -> None:
    """Put the commit into every page, those that were not written again too."""
    if error or app.builder.name != "html":
        return
    said = commit(versions.commit(paths.root()), edition().repository)
    for file in Path(app.outdir).rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        if (now := COMMIT.sub(lambda _: said, text)) != text:
            file.write_text(now, encoding="utf-8")


def commit(name: str, repository: str) -> str:
    """A commit as a page says it, with a link to it where the repository has an address; "" for none.

    >>> commit("1a2b3c4+", "")
    ', commit 1a2b3c4 with changes not yet committed'
    """
    if not name:
        return ""
    clean = name.rstrip("+")
    at = f"{repository.rstrip('/')}/commit/{clean}"
    shown = Markup('<a href="{}">{}</a>').format(at, clean) if repository else clean
    return f", commit {shown}{' with changes not yet committed' if name != clean else ''}"


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("config-inited", find)
    app.connect("html-page-context", foot)
    app.connect("build-finished", say_commit)
