"""The folds in which a page without script keeps its code, each named by what it holds.

Belongs here: those names. Not here: the switch that shows all code at once (`theme/code-switch.html`, `static/book.js`).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from markupsafe import escape
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

EXHIBITS: dict[type[nodes.Element], str] = {nodes.table: "the table", nodes.figure: "the figure"}


def name(cell: nodes.Element) -> str:
    """What the fold of a cell's code is called: by the exhibit that the code makes, if it makes one."""
    made = next((words for kind, words in EXHIBITS.items() if next(iter(cell.findall(kind)), None)), "")
    return f"Code of {made}" if made else "Code"


class Named(SphinxPostTransform):
    """Name the folds of all cells of code that do not say themselves what theirs is called."""

    default_priority = 198  # before MyST-NB makes the folds
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change what the folds of this page will say."""
        for cell in self.document.findall(nodes.container):
            if cell.get("hide_mode") and cell["prompt_show"] == self.config.nb_code_prompt_show:
                cell["prompt_show"] = name(cell)
                cell["prompt_hide"] = f"Hide the {name(cell).lower()}"


def begin(writer: HTML5Translator, node: HideCodeCellNode) -> None:
    """A fold with the name that is read; MyST-NB has one name for all, for those who hear it, and paragraphs in it, which HTML forbids."""
    writer.body.append(
        f'<details class="admonition hide {" ".join(node["classes"])}">\n<summary>\n'
        f'<span class="collapsed admonition-title">{escape(node["prompt_show"])}</span>\n'
        f'<span class="expanded admonition-title">{escape(node["prompt_hide"])}</span>\n</summary>\n'
    )


def end(writer: HTML5Translator, node: HideCodeCellNode) -> None:
    """Close it."""
    writer.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Tell Sphinx of the names, and how a fold is written."""
    app.add_post_transform(Named)
    app.add_node(HideCodeCellNode, override=True, html=(begin, end))
