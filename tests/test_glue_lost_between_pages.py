"""A computed text that one page takes from another is set as code, or is lost."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from sphinx.application import Sphinx

from edition.numbers import glue


def told(name: str, text: str) -> nbformat.NotebookNode:
    """A stored output as `glue.tell` leaves it."""
    data = {glue.GLUED + glue.MIME: {name: glue.kept(text)}, "text/html": ""}
    return new_output("display_data", data=data, metadata={"scrapbook": {"name": glue.NAME, "mime_prefix": glue.GLUED}})


def build(folder: Path) -> Path:
    """A book of two pages, of which the first takes a text from the second."""
    (folder / "index.md").write_text(
        "# One\n\nThe total is {glue}`two.ipynb::total`.\n\n```{toctree}\ntwo\n```\n", encoding="utf-8"
    )
    cells = [
        new_markdown_cell("# Two\n\nHere it is {glue}`total`."),
        new_code_cell("", outputs=[told("total", "4,134,000")]),
    ]
    nbformat.write(new_notebook(cells=cells), folder / "two.ipynb")
    app = Sphinx(
        folder, None, folder / "html", folder / "trees", "html", status=None, warningiserror=True,
        confoverrides={"extensions": ["myst_nb", "edition.book.render"], "nb_execution_mode": "off"},
    )  # fmt: skip
    app.build()
    return folder / "html"


def test_a_text_of_another_page_shows_as_code(tmp_path: Path) -> None:
    html = build(tmp_path)
    for page in ("index", "two"):
        text = (html / f"{page}.html").read_text(encoding="utf-8")
        assert re.search(r'<span class="said"[^>]*>4,134,000</span>', text), page
        assert "<code" not in text.partition('<div class="body"')[2].partition("Here it is")[0], page
