"""The book's side of an exhibit: its JSON record becomes a numbered, captioned, cross-referenced figure
or table, with a light and a dark picture; a computed text becomes part of its sentence. MyST-NB finds
`Renderer` by its entry point in pyproject.toml; Sphinx calls `setup`, named in _config.yml.
"""

from __future__ import annotations

import json
import posixpath
import re
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from analysis.exhibits import MIME, files
from analysis.telling import MIME as SAID


class Renderer(MimeRenderPlugin):
    """Renders exhibits and computed texts; leaves every other output to MyST-NB."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1), ("*", SAID, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The nodes of an exhibit or a computed text; None for any other output."""
        if data.mime_type not in (MIME, SAID):
            return None
        record = data.content if isinstance(data.content, dict) else json.loads(data.content)
        if data.mime_type == SAID:
            said = nodes.inline("", record["text"], classes=["said"])
            return [said if inline else nodes.paragraph("", "", said)]
        shown = _figure(record, renderer) if record["kind"] == "figure" else _table(record)
        document = renderer.renderer.document
        shown["names"].append(nodes.fully_normalize_name(record["id"]))
        document.note_explicit_target(shown, shown)
        return [nodes.container("", shown, *_below(record), classes=["exhibit"])]


def _figure(record: dict[str, Any], renderer: NbElementRenderer) -> nodes.figure:
    figure = nodes.figure()
    pictures = nodes.container(classes=["pictures"])  # the theme hides a caption that is a hidden picture's sibling
    paper = renderer.config.builder_name == "latex"
    kind = "pdf" if paper else "svg"
    for scheme in ("light",) if paper else ("light", "dark"):
        picture = files(record, kind, scheme)  # type: ignore[arg-type]
        uri = renderer.write_file([f"{record['id']}-{scheme}.{kind}"], picture, overwrite=True)
        size = None if paper else _size(picture)
        pictures += sized_image(uri=uri, alt=record["alt"], classes=[f"only-{scheme}"], size=size)
    figure += pictures
    figure += nodes.caption("", record["caption"])
    return figure


class sized_image(nodes.image):
    """An image that says its size, so that the page keeps its place until the picture is there."""


def _size(svg: bytes) -> tuple[str, ...] | None:
    box = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return tuple(str(round(float(side))) for side in box.groups()) if box else None


def _visit_html(self: HTML5Translator, node: sized_image) -> None:
    file = posixpath.join(self.builder.imgpath, self.builder.images[node["uri"]])
    width, height = node["size"] or ("", "")
    look = {"alt": node["alt"], "class": " ".join(node["classes"]), "width": width, "height": height, "loading": "lazy"}
    self.body.append(self.emptytag(nodes.image(), "img", "\n", src=file, **look))


def setup(app: Sphinx) -> dict[str, bool]:
    """Teach Sphinx the node; listed among the extensions in _config.yml."""
    latex = (lambda self, node: self.visit_image(node), lambda self, node: self.depart_image(node))
    app.add_node(sized_image, html=(_visit_html, lambda self, node: None), latex=latex)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _table(record: dict[str, Any]) -> nodes.table:
    columns = record["columns"]
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=1, stub=int(n == 0)) for n in range(len(columns))]
    group += nodes.thead("", _row([c["label"] for c in columns], columns))
    group += nodes.tbody("", *(_row(cells, columns) for cells in record["rows"]))
    return nodes.table("", nodes.title("", record["caption"]), group)


def _row(cells: list[str], columns: list[dict[str, Any]]) -> nodes.row:
    return nodes.row(
        "",
        *(
            nodes.entry("", nodes.paragraph("", cell), classes=["number"] if column["numeric"] else [])
            for cell, column in zip(cells, columns, strict=True)
        ),
    )


def _below(record: dict[str, Any]) -> list[nodes.Element]:
    """The notes that explain the marks, and the source line."""
    below: list[nodes.Element] = []
    if notes := record.get("notes"):
        lines = [nodes.line("", f"{mark} {meaning}") for mark, meaning in notes]
        below.append(nodes.line_block("", *lines, classes=["notes"]))
    below.append(nodes.paragraph("", f"Source: {record['source']}", classes=["source"]))
    return below
