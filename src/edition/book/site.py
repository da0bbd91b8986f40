"""The moments at which Sphinx asks for what is not a page's own text: cards, catalogue, tags, files, addresses.

Belongs here: keeping the exhibits of all pages together while Sphinx reads them, and writing what the finished site
carries beside its pages. Not here: what any of it says.
"""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import ReferenceRole, SphinxDirective

from edition import paper, paths
from edition.asking import chapters, editions
from edition.book import borrowed, catalogue, coins, discovery, explorer, landing, metadata, sharing
from edition.book.assets import STATIC
from edition.book.parts import parts
from edition.book.templates import template
from edition.build import dependencies
from edition.exhibits import addresses, citation, downloads, put
from edition.exhibits.citation import Edition
from edition.exhibits.downloads import FOLDER
from edition.exhibits.record import FigureRecord, Record
from edition.numbers.wording import listing

Kept = dict[str, list[Record]]  # page → the records of its exhibits


def edition() -> Edition:
    """The edition that is being built."""
    return _edition(paths.root(), os.environ.get(editions.CHOSEN))


@cache
def _edition(root: Path, chosen: str | None) -> Edition:
    return citation.edition(root, editions.load(Path(chosen)) if chosen else None)


def records(env: BuildEnvironment) -> Kept:
    """Records of the exhibits read so far, by page."""
    if not hasattr(env, "exhibits"):
        env.exhibits = {}  # type: ignore[attr-defined]
    return env.exhibits  # type: ignore[attr-defined]


def remember(env: BuildEnvironment, record: Record) -> None:
    """Remember an exhibit of the page that is being read."""
    records(env).setdefault(env.docname, []).append(record)


def in_order(env: BuildEnvironment) -> Iterator[tuple[str, Record]]:
    """Page and record of every exhibit, in the order of the book."""
    order = {page: n for n, page in enumerate(pages(env))}
    for page in sorted(records(env), key=lambda name: order.get(name, len(order))):
        for record in records(env)[page]:
            yield page, record


def pages(env: BuildEnvironment) -> Iterator[str]:
    """Every page, in the order of the book."""
    waiting = [env.config.root_doc]
    while waiting:
        page = waiting.pop(0)
        yield page
        waiting = [*env.toctree_includes.get(page, []), *waiting]


class Carried(ReferenceRole):
    """`{carried}`exhibits.json``, `{carried}`data <data/datapackage.json>``: a file that the site carries, by where it lies in it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """A link; elsewhere than on the site, the words alone."""
        words = nodes.Text(self.title)
        if self.env.app.builder.name != "html":
            return [words], []
        return [
            nodes.reference("", "", words, refuri=f"{'../' * self.env.docname.count('/')}{self.target}", internal=True)
        ], []


class catalogue_here(nodes.General, nodes.Element):
    """Where a page shows the catalogue."""


class Catalogue(SphinxDirective):
    """`{catalogue}`: thumbnails of all exhibits."""

    def run(self) -> list[nodes.Node]:
        """A mark, filled in when all pages have been read."""
        borrowed.gathers(self.env, borrowed.EXHIBITS, borrowed.DATA)
        return [catalogue_here()]


def fill_catalogue(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Replace the mark by the catalogue; elsewhere than on the site, by a list."""
    for mark in list(doctree.findall(catalogue_here)):
        if app.builder.name == "html":
            shown = catalogue.as_html(entries(app), parts(app.env), "../" * page.count("/"))
            mark.replace_self(nodes.raw("", shown, format="html"))
        else:
            mark.replace_self(_list(app, page))


def _list(app: Sphinx, page: str) -> nodes.bullet_list:
    """Every exhibit by its title, each leading to where it stands."""
    shown = nodes.bullet_list(classes=["catalogue"])
    for where, record in in_order(app.env):
        uri = f"{app.builder.get_relative_uri(page, where)}#{record.id}"
        link = nodes.reference("", record.heading, refuri=uri, internal=True)
        shown += nodes.list_item("", nodes.paragraph("", "", link))
    return shown


def entries(app: Sphinx) -> list[dict[str, Any]]:
    """What the catalogue says of every exhibit; put together once a build, when all pages have been read."""
    known: list[dict[str, Any]] | None = getattr(app, "catalogued", None)
    if known is None:
        env = app.env
        known = catalogue.entries(in_order(env), paper.current().load(), edition(), partial(cited, env))
        for entry, (page, record) in zip(known, in_order(env), strict=True):
            entry |= {"number": _number(app, page, record), "chapter": env.titles[page].astext()}
            if isinstance(record, FigureRecord):
                entry["thumbnail"] = size(prepared(env, page, record, "thumb.png").read_bytes())
        app.catalogued = known  # type: ignore[attr-defined]
    return known


def _number(app: Sphinx, page: str, record: Record) -> str:
    """The number of an exhibit as its title and links to it have it; "" where exhibits have none."""
    kind = "figure" if isinstance(record, FigureRecord) else "table"
    found = app.env.toc_fignumbers.get(page, {}).get(kind, {}).get(record.id)
    return app.config.numfig_format[kind] % ".".join(map(str, found)) if found else ""


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a picture, in pixels."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def workshop() -> Path:
    """Where files are made; gone when this build ends, so that no later one meets a picture drawn by older code."""
    return Path(_workshop().name)


@cache
def _workshop() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def prepared(env: BuildEnvironment, page: str, record: Record, ending: str) -> Path:
    """A file of an exhibit: the one written when its notebook was run, or, where the book is compiled alone, one made
    now, together with its others.
    """
    ready = _ready(env, page, record, ending)
    if ready.is_file():
        return ready
    folder = workshop() / record.digest()
    made = folder / ready.name
    if not made.is_file():
        downloads.write(record, folder, edition())
    return made


def _ready(env: BuildEnvironment, page: str, record: Record, ending: str) -> Path:
    return Path(env.srcdir) / FOLDER / Path(page).name / f"{record.id}.{ending}"


def cited(env: BuildEnvironment, page: str, record: Record) -> dict[str, str]:
    """How an exhibit is cited, in every form by file ending: as the files have it that were written when its notebook was run,
    if there are any, as to print it takes long.
    """
    written = {ending: _ready(env, page, record, ending) for ending in citation.FORMS}
    if all(file.is_file() for file in written.values()):
        return {ending: file.read_bytes().decode() for ending, file in written.items()}
    return citation.forms(record, edition())


def tags(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Add to a page's head what machines read, and to its body its reference."""
    if doctree is None or app.builder.name != "html":
        return
    title = nodes.Text(context.get("title", page)).astext()
    plain = app.env.titles[page].astext() if page in app.env.titles else title
    first = next((p.astext() for p in doctree.findall(nodes.paragraph)), "")
    description = " ".join(first.split())[:300]
    front, shown = page == app.config.root_doc, records(app.env).get(page, [])
    figures = (record for _, record in in_order(app.env) if isinstance(record, FigureRecord))
    cover = next((figure for figure in figures if figure.id == paper.current().cover), None)
    context["metatags"] = context.get("metatags", "") + metadata.head(
        page, plain, description, shown, edition(), cover, front=front
    )
    explorer.load(app, shown)
    own = [record.added for record in shown]
    own += [figure.get("added", ()) for figure in doctree.findall(nodes.container)]
    added = dict.fromkeys(label for labels in own for label in labels)
    spans = coins.of_page(page, plain, description, shown, edition(), front=front)
    context["body"] = f"{note(page, added)}{spans}{context.get('body', '')}"


def note(page: str, added: Iterable[str] = ()) -> str:
    """What a page says of its edition, and how it differs there; nothing in the default one.

    Args:
        added: sources of the reader's own whose numbers the page shows.
    """
    variant = editions.current()
    if not variant:
        return ""
    chapter = page.rpartition("/")[2]
    fields = chapters.parameters()[chapter].model_fields if chapter in variant.parameters else {}
    differences = [
        (name, here, usual, fields[name].description)
        for name, here, usual in (variant.differences(chapter, paths.root()) if fields else [])
    ]
    return template("edition.html").render(variant=variant, page=page, differences=differences, sources=listing(added))


def entitle(app: Sphinx, config: Config) -> None:
    """An edition's name in the title of every page."""
    if editions.current():
        config.html_title = f"{config.html_title} ({edition().variant})"


def named(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """The title of the book as HTML on every page: the theme puts it into the page as it is given."""
    for name in ("docstitle", "shorttitle", "project"):
        context[name] = escape(context.get(name, ""))


def finish(app: Sphinx) -> None:
    """Write the exhibits' files, their addresses, and the lists of what there is."""
    out, tables, known = Path(app.outdir), paper.current().load(), edition()
    (out / FOLDER).mkdir(exist_ok=True)
    share(app, out / sharing.FOLDER)
    for page, record in in_order(app.env):
        for ending in downloads.endings(record, known):
            made = prepared(app.env, page, record, ending)
            put.file(out / FOLDER / f"{record.id}.{ending}", made.read_bytes())
    shown = {record.id: record for _, record in in_order(app.env)}
    landing.write(addresses.of_exhibits(in_order(app.env)), shown, known, out)
    listed = entries(app)
    (out / "exhibits.json").write_text(catalogue.as_json(listed, known), encoding="utf-8")
    cover = next((one for one in shown.values() if one.id == paper.current().cover), None)
    figure = cover if isinstance(cover, FigureRecord) else None
    discovery.write(out, paths.root(), pages(app.env), known, tables, figure)
    metadata.crate(out, known, listed)


def share(app: Sphinx, folder: Path) -> None:
    """Write the picture by which each page is shared; what one is made of decides whether it is made again."""
    folder.mkdir(exist_ok=True)
    kept, needed = Path(app.doctreedir) / sharing.FOLDER, set[str]()
    kept.mkdir(exist_ok=True)
    code = dependencies.digest(dependencies.behind(sharing.__name__))
    known = {record.id: (page, record) for page, record in in_order(app.env) if isinstance(record, FigureRecord)}
    cover = known.get(paper.current().cover)
    for page in pages(app.env):
        found = next((one for one in known.values() if one[0] == page), cover)
        figure = prepared(app.env, *found, "png").read_bytes() if found else None
        words = (app.env.titles[page].astext(), edition().title.partition(":")[0])
        accent = app.config.accent["light"]
        name = hashlib.sha256(repr((words, accent, code)).encode() + (figure or b"")).hexdigest()
        if not (kept / name).is_file():
            (kept / name).write_bytes(sharing.picture(*words, figure, accent))
        put.file(folder / f"{page.rpartition('/')[2]}.png", (kept / name).read_bytes())
        needed.add(name)
    for old in kept.iterdir():
        if old.name not in needed:
            old.unlink()


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """A page is read again or has left the edition: its exhibits too, and what was written of it."""
    records(env).pop(page, None)
    if isinstance(app.builder, StandaloneHTMLBuilder):
        Path(app.builder.get_outfilename(page)).unlink(missing_ok=True)


def gather(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    """Pages were read in another process: take their exhibits over."""
    records(env).update({page: records for page, records in records(other).items() if page in pages})


def digest_of(files: Iterable[Path]) -> str:
    """A hash of what files hold."""
    content = hashlib.sha256()
    for file in sorted(files):
        content.update(file.read_bytes())
    return content.hexdigest()


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask, and when what it made before is old: it looks at pages alone."""
    root = paths.root()
    dress = [path for folder in (STATIC, root / "_static") for path in folder.rglob("*") if path.is_file()]
    # Of the data a page has what its notebook gave, and that has another date when it is another (`edition.build.execute`)
    code = {*dependencies.behind("edition.book.assets"), *dependencies.said()} - set(dress)
    app.add_config_value("made_with", digest_of(code), "env", [str])
    app.add_config_value("dressed_with", digest_of(dress), "html", [str])
    app.add_role("carried", Carried())
    app.add_node(catalogue_here)
    app.add_directive("catalogue", Catalogue)
    app.connect("config-inited", entitle)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", gather)
    app.connect("doctree-resolved", fill_catalogue)
    app.connect("html-page-context", named)
    app.connect("html-page-context", tags)
