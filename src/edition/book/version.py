"""What a page says of its version: number, date and commit in its footer, and the theme's switcher to the others.

Belongs here: where a page shows it. Not here: what the versions are (`edition.build.versions`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from edition import paths
from edition.asking import editions
from edition.book.site import edition
from edition.book.templates import template
from edition.build import versions

CHANGES = "CHANGELOG"  # the page that says what changed
SIDEBAR = ["navbar-logo", "icon-links", "search-button-field", "version-switcher", "sbt-sidebar-nav"]


def find(app: Sphinx, config: Config) -> None:
    """Take the commit, whose change writes every page again, and the switcher where a base address is set."""
    root = paths.root()
    config.commit = versions.commit(root)
    if (at := versions.base(root)) and not editions.current():
        config.html_theme_options["switcher"] = {"json_url": f"{at}{versions.LIST}", "version_match": edition().version}
        config.html_theme_options["check_switcher"] = False  # the list is made when the site is put together
        config.html_sidebars = {"**": SIDEBAR}


def foot(app: Sphinx, page: str, template_name: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Add the version to the theme's footer."""
    if app.builder.name != "html":
        return
    known, repository = edition(), edition().repository
    released = date.fromisoformat(known.released)
    commit = app.config.commit
    context["theme_extra_footer"] = context.get("theme_extra_footer", "") + template("version.html").render(
        version=known.version,
        released=released,
        written=f"{released.day} {released:%B %Y}",
        commit=commit,
        at=f"{repository.rstrip('/')}/commit/{commit.rstrip('+')}" if repository else "",
        changes=context["pathto"](CHANGES) if CHANGES in app.env.found_docs else "",
    )


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.add_config_value("commit", "", "html")
    app.connect("config-inited", find)
    app.connect("html-page-context", foot)
