"""The book's side of an exhibit: its JSON record becomes a numbered, titled, cross-referenced figure
or table, with a light and a dark picture and its card; a computed text becomes part of its sentence. MyST-NB finds
`Renderer` by its entry point in pyproject.toml.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from markupsafe import Markup
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from myst_nb.ext.glue.crossref import read_glue_cache
from myst_nb.ext.glue.roles import PasteRoleAny
from myst_nb.ext.glue.utils import PendingGlueReference
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from edition import paper, paths
from edition.book import cells, explorer, site
from edition.book.card import card, described
from edition.book.pictures import pictures
from edition.build import contents
from edition.exhibits import addresses, citation, cited_rows
from edition.exhibits.record import MIME, Column, FigureRecord, Record, TableRecord, from_json
from edition.numbers import glue

SIGN = Markup('<a class="sign" href="{address}" aria-label="Cite {id}"></a>')  # of a row, to its permanent address
FOLDED = "fold"  # tag of a cell whose exhibit is folded, under its title
WIDEST = 6  # columns of text that stand side by side where nothing can be scrolled; with more, each row is a block


class Renderer(MimeRenderPlugin):
    """Renders exhibits; leaves every other output to MyST-NB."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The nodes of an exhibit; None for any other output."""
        if data.mime_type != MIME:
            return None
        record = from_json(data.content if isinstance(data.content, dict) else json.loads(data.content))
        shown = _figure(record, renderer) if isinstance(record, FigureRecord) else _table(record, renderer)
        document = renderer.renderer.document
        shown["names"].append(nodes.fully_normalize_name(record.id))
        document.note_explicit_target(shown, shown)
        env = renderer.renderer.sphinx_env
        site.remember(env, record)
        parts = [shown, *_below(record, env)]
        if explorer.offers(record) and _builder(renderer) != "html":
            parts.insert(0, nodes.paragraph("", explorer.STILL))
        if _builder(renderer) == "html":
            shown_by_script = [nodes.raw("", text, format="html") for text in [explorer.stage(record)] if text]
            offer = nodes.raw("", card(record, site.edition(), env.docname), format="html")
            parts = [*shown_by_script, *parts, offer]
        else:
            credit = citation.credit(record, site.edition())
            parts.append(
                nodes.paragraph("", credit, classes=["cited-as"])
            )  # its whole citation would be longer than itself
        box = nodes.container("", *parts, classes=["exhibit"])
        if FOLDED in data.cell_metadata.get("tags", []) and _builder(renderer) == "html":
            return [fold("", box, name=record.heading, look="folded")]
        return [box]


class cited(nodes.inline):
    """What can be followed, and has a note (`notes`): `target` is its address from this page, `rows` the ids of what the note tells,
    if it is more than what the address names; `name` as in `said`, "" for a word that no chapter computes.
    """


class said(nodes.inline):
    """A computed text; `name` is the chapter that says it and its name there, by which a script finds it."""


def _said(stored: dict[str, Any], name: str, env: BuildEnvironment) -> nodes.inline:
    if parts := stored.get("parts"):
        pieces = [_said({"text": text, "rows": rows}, "", env) if rows else nodes.Text(text) for text, rows in parts]
        return said("", "", *pieces, name=name)
    target, rows = cited_rows.followed(stored.get("rows", []))
    if not target:
        return said("", stored["text"], name=name)
    up = "../" * env.docname.count("/")
    return cited("", stored["text"], name=name, target=f"{up}{target}", rows=rows if len(rows) > 1 else ())


def _visit_cited(self: HTML5Translator, node: cited) -> None:
    name = f' data-said="{node["name"]}"' if node["name"] else ""
    rows = f' data-rows="{" ".join(node["rows"])}"' if node["rows"] else ""
    self.body.append(f'<span class="cited"{name}><a href="{self.attval(node["target"])}"{rows}>')


def _depart_cited(self: HTML5Translator, node: cited) -> None:
    self.body.append("</a></span>")


def _visit_said(self: HTML5Translator, node: said) -> None:
    name = f' data-said="{node["name"]}"' if node["name"] else ""
    self.body.append(f'<span class="said"{name}>')


def _depart_said(self: HTML5Translator, node: said) -> None:
    self.body.append("</span>")


class SaidHere(PasteRoleAny):
    """The role {glue}: a computed text of this page is set; anything else is left to MyST-NB, which warns of what it does not know."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The text, as a node."""
        page = self.document.get("nb_renderer")  # none where the page is no notebook
        texts = told_texts(page.renderer.nb_client.glue_data) if page else {}
        if self.text not in texts:
            return super().run()
        env = self.document.settings.env
        return [_said(texts[self.text], f"{posixpath.basename(env.docname)}::{self.text}", env)], []


def told_texts(glued: Mapping[str, Any]) -> dict[str, Any]:
    """The computed texts among what MyST-NB found glued in a notebook, by name."""
    return glued.get(glue.NAME, {}).get("data", {}).get(glue.MIME, {})


class SaidElsewhere(SphinxPostTransform):
    """Computed texts of another page, set like those of the page itself.

    MyST-NB knows no renderer when it fills in what one page takes from another, and sets it as code; so it is
    filled in before MyST-NB comes to it.
    """

    default_priority = 4  # MyST-NB's own has 5

    def run(self, **kwargs: Any) -> None:
        """Replace each reference to a computed text; leave all others, and those that lead nowhere, to MyST-NB."""
        folder = self.env.mystnb_config.output_folder  # type: ignore[attr-defined]
        for node in list(self.document.findall(PendingGlueReference)):
            texts = told_texts(read_glue_cache(folder, node.refdoc))
            if node.key in texts:
                name = f"{posixpath.basename(node.refdoc)}::{node.key}"
                node.replace_self(_said(texts[node.key], name, self.env))


def _builder(renderer: NbElementRenderer) -> str:
    """What Sphinx makes; the renderer's own configuration says "html" of everything."""
    return renderer.renderer.sphinx_env.app.builder.name


class titled(nodes.figure):
    """A figure with its number and title above the picture: a caption first, which docutils would leave open around it."""


def _visit_titled(self: HTML5Translator, node: titled) -> None:
    self.body.append(self.starttag(node, "figure"))


def _depart_titled(self: HTML5Translator, node: titled) -> None:
    self.body.append("</figure>\n")


class untold(titled):
    """One that stands elsewhere than in its chapter, which has its number: Sphinx counts no class but the one it knows."""


class heading(nodes.caption):
    """The title of a figure, its caption as HTML has it; with its number, if it has an id."""


def _visit_heading(self: HTML5Translator, node: heading) -> None:
    self.body.append("<figcaption>")
    if node.parent["ids"]:
        self.add_fignumber(node.parent)
    self.body.append('<span class="caption-text">')


def _depart_heading(self: HTML5Translator, node: heading) -> None:
    self.body.append("</span>")
    if node.parent["ids"]:
        self.add_permalink_ref(node.parent, "Link to this figure")
    self.body.append("</figcaption>\n")


def _told(record: Record) -> list[nodes.Node]:
    """What stands above an exhibit: its title, and in a line of its own what is counted."""
    subtitle = [nodes.Text(" "), nodes.inline("", record.subtitle, classes=["subtitle"])] if record.subtitle else []
    return [nodes.Text(record.heading), *subtitle]


def _title(node: nodes.Node) -> Any:
    """The title by which other pages name a figure or a table; None for one without, which has no number."""
    above = next((child for child in node.children if isinstance(child, nodes.caption | nodes.title)), None)
    return next((text.astext() for text in above if isinstance(text, nodes.Text)), "") if above else None


def _figure(record: FigureRecord, renderer: NbElementRenderer) -> nodes.figure:
    env = renderer.renderer.sphinx_env

    def kept(file: Path) -> str:
        return str(renderer.write_file([file.name], file.read_bytes(), overwrite=True))

    return figure(record, env, env.docname, kept)


def figure(
    record: FigureRecord,
    env: BuildEnvironment,
    page: str,
    kept: Callable[[Path], str] | None = None,
    kind: type[titled] = titled,
) -> nodes.figure:
    """A figure with its title above it.

    Args:
        kind: `untold` for one without number.
        page: the page of its chapter.
        kept: see `pictures`.
    """
    images = pictures(env, lambda ending: site.prepared(env, page, record, ending), record.alt, described(record), kept)
    return kind("", heading("", "", *_told(record)), images)


class fold(nodes.container):
    """What is folded away, under a `name`; where nothing folds, it follows that. `look` is its class."""


def _visit_fold(self: HTML5Translator, node: fold) -> None:
    closed = self.builder.name == "html"
    start, end = ("<details", "<summary>{}</summary>") if closed else ("<div", "<p>{}</p>")
    self.body.append(f'{start} class="{node["look"]}">{end.format(self.encode(node["name"]))}\n')


def _depart_fold(self: HTML5Translator, node: fold) -> None:
    self.body.append("</details>\n" if self.builder.name == "html" else "</div>\n")


def _nothing(self: object, node: nodes.Node) -> None:
    """On paper the number stands alone."""


class OneForm(SphinxTransform):
    """Of the forms of an output, among which MyST-NB chooses when it knows what is made, leave the one that every book shows: the
    others, what a notebook shows without the book, are no text of the page.
    """

    default_priority = 800

    def apply(self, **kwargs: Any) -> None:
        """Drop the others."""
        for bundle in self.document.findall(nodes.Element):
            if bundle.get("nb_element") == "mime_bundle":
                forms = [form for form in bundle.children if isinstance(form, nodes.Element)]
                bundle.children = [form for form in forms if form["mime_type"] == MIME] or bundle.children


def setup(app: Sphinx) -> None:
    """Teach Sphinx the nodes."""
    app.add_transform(OneForm)
    app.add_enumerable_node(titled, "figure", _title, html=(_visit_titled, _depart_titled))
    app.add_node(untold, html=(_visit_titled, _depart_titled))
    app.add_enumerable_node(nodes.table, "table", _title, override=True)
    app.add_node(heading, html=(_visit_heading, _depart_heading))
    app.add_node(fold, html=(_visit_fold, _depart_fold))
    app.add_node(cited, html=(_visit_cited, _depart_cited), latex=(_nothing, _nothing))
    app.add_node(said, html=(_visit_said, _depart_said), latex=(_nothing, _nothing))
    app.add_role("glue", SaidHere(), override=True)
    app.add_post_transform(SaidElsewhere)


def _table(record: TableRecord, renderer: NbElementRenderer) -> nodes.table:
    labelled, barred = record.stacked and _builder(renderer) != "latex", cells.bars(record)
    rows = [_row(texts, record.columns, labelled=labelled, record=record) for texts in record.cells]
    for row, anchor in zip(rows, record.anchors, strict=False):
        row["ids"].append(anchor)
        if _builder(renderer) == "html" and addresses.has_address(paths.root(), anchor):
            up = "../" * renderer.renderer.sphinx_env.docname.count("/")
            shown = SIGN.format(address=f"{up}{citation.place(anchor)}", id=anchor)
            # the first one names the row; of a strip the last one is left out where nothing stands in it
            beside = list(row.findall(nodes.entry))[0 if record.strip else -1]
            beside.append(nodes.raw("", shown, format="html"))
    if _builder(renderer) == "html":
        for (place, column), part in barred.items():
            entry: Any = rows[place].children[column]
            entry["classes"].append("barred")
            entry[0].append(cells.bar("", part=part))
    looks = (
        ["stacked"] * record.stacked
        + ["strip"] * record.strip
        + ["cards"]
        * (_builder(renderer) != "html" and (record.strip or (record.stacked and len(record.columns) > WIDEST)))
        + [f"filter-{n}" for n, c in enumerate(record.columns) if c.label in record.filters]
    )
    return nodes.table("", nodes.title("", "", *_told(record)), _group(record.columns, rows), classes=looks)


def plain_table(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> nodes.table:
    """A table that is no exhibit, without a number: its rows are blocks on a narrow screen."""
    known = [Column(label=label, numeric=False) for label in columns]
    return nodes.table("", _group(known, [_row(row, known, labelled=True) for row in cells]), classes=["stacked"])


def _group(columns: Sequence[Column], rows: Sequence[nodes.row]) -> nodes.tgroup:
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=1, stub=int(n == 0)) for n in range(len(columns))]
    group += nodes.thead("", _row([c.label for c in columns], columns))
    group += nodes.tbody("", *rows)
    return group


def _row(
    texts: Sequence[str], columns: Sequence[Column], *, labelled: bool = False, record: TableRecord | None = None
) -> nodes.row:
    """One row; with `labelled` each cell says its column too, which a narrow screen shows and a wide one hides."""
    row = nodes.row()
    widths = record.widths(texts) if record else [""] * len(columns)
    for text, column, width in zip(texts, columns, widths, strict=True):
        label = nodes.inline("", f"{column.label}: ", classes=["label"])
        content = cells.cell_nodes(text, record) if record else [nodes.Text(text)]
        looks = ["number"] * column.numeric + ["empty"] * (not content) + [width] * bool(width)
        row += nodes.entry("", nodes.paragraph("", "", *([label] * labelled), *content), classes=looks)
    return row


def _below(record: Record, env: BuildEnvironment) -> list[nodes.Element]:
    """The caption, what the marks mean, the source line, and what is folded."""
    below: list[nodes.Element] = [nodes.paragraph("", record.caption, classes=["about"])]
    if isinstance(record, TableRecord) and record.notes:
        lines = [
            nodes.line("", f"{mark} {meaning}", ids=[cells.note_id(record, n)])
            for n, (mark, meaning) in enumerate(record.notes)
        ]
        below.append(nodes.line_block("", *lines, classes=["notes"]))
    below.append(nodes.paragraph("", f"Source: {record.source}", classes=["source"]))
    folded = [
        *(nodes.paragraph("", text) for text in record.folded),
        *_as_on_all_maps(record, env.docname, env.found_docs),
    ]
    if folded:
        below.append(fold("", *folded, name="Notes", look="remarks"))
    return below


def _as_on_all_maps(record: Record, docname: str, pages: Container[str]) -> list[nodes.paragraph]:
    """Where it stands what the marks of all maps mean; nothing for another exhibit, or in a book that has no such page."""
    page = paper.current().pages.get("map")
    if not (page and isinstance(record, FigureRecord) and record.chart.kind == "map"):
        return []
    there = page if page in pages else f"{contents.PAGES}{page}"  # as in the sources, compiled without the pipeline
    link = addnodes.pending_xref(
        "", nodes.inline("", ""), refdomain="std", reftype="doc", reftarget=f"/{there}", refdoc=docname, refwarn=True,
        refexplicit=False,
    )  # fmt: skip
    return [nodes.paragraph("", "", nodes.Text("Borders, names and marks as on every map: "), link, nodes.Text("."))]
