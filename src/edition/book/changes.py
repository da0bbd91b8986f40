"""The corrections of the data, version by version, on the page that says what changed.

Belongs here: the directive. Not here: what the corrections are (`release.changes`).
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from edition import paper, paths
from edition.exhibits import release


class Corrections(SphinxDirective):
    """`{corrections}`: what this edition takes instead of what is printed, by the version since which it does."""

    def run(self) -> list[nodes.Node]:
        """A list for each version, the newest first."""
        self.env.note_dependency(str(paths.root() / "data" / "corrections.csv"))
        shown: list[nodes.Node] = []
        for version, lines in release.changes(paper.current().load()).items():
            shown.append(nodes.paragraph("", f"In force since version {paper.dated(version)}:"))
            shown.append(nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", line)) for line in lines)))
        return shown


def setup(app: Sphinx) -> None:
    """Make the directive known."""
    app.add_directive("corrections", Corrections)
