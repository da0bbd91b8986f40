"""The page of the data: every file of the release, with what it is, how large, its checksum; and the same for machines.

Belongs here: the directive `release`, and the release made once for the page and for the site. Not here: the files (`exhibits.release`), or what
the page says beside them.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from edition import paper, paths
from edition.asking import editions
from edition.book import borrowed, site
from edition.book.metadata import CHAPTERS, common, format_of
from edition.book.templates import template, within_script
from edition.build import release as made_before
from edition.data.tables import Tables
from edition.exhibits import release
from edition.exhibits.citation import LICENCE, Edition

OF_CODE = "MIT"  # licence of the scripts beside the data, as of all code
EXCERPTS = "outside_sources.csv"  # under which licence what was seen outside the paper stands where it was seen
YEAR = re.compile(r"\d{4}")


class holdings_here(nodes.General, nodes.Element):
    """Where a page lists the files."""


class Holdings(SphinxDirective):
    """`{release}`: every file of the data."""

    def run(self) -> list[nodes.Node]:
        """A mark, filled in when the page is written."""
        borrowed.gathers(self.env, borrowed.EXHIBITS, borrowed.DATA)
        self.env.holdings_page = self.env.docname  # type: ignore[attr-defined]
        return [holdings_here()]


def written(app: Sphinx) -> Path:
    """The release: that of the pipeline; where the book is compiled alone, one that is gone when this build ends."""
    build = paths.root() / editions.home(editions.current())
    made = made_before.of(build)
    return made if Path(app.srcdir) == build / "book" and made.is_dir() else _written()


@cache
def _written() -> Path:
    folder = site.workshop() / "release"
    release.write(paper.current().load(), folder, site.edition())
    return folder


def digest(app: Sphinx) -> str:
    """SHA-256 of the description of the release, which holds those of all its tables."""
    return hashlib.sha256((written(app) / "datapackage.json").read_bytes()).hexdigest()


def fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Replace the mark by the list; elsewhere than on the site, by where it is."""
    for mark in list(doctree.findall(holdings_here)):
        if app.builder.name == "html":
            mark.replace_self(nodes.raw("", _shown(app, page), format="html"))
        else:
            mark.replace_self(nodes.paragraph("", "The files are with the web edition."))


def _shown(app: Sphinx, page: str) -> str:
    folder = written(app)
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    chapters = [
        (f"{CHAPTERS}/{name.rpartition('/')[2]}.zip", app.env.titles[name].astext())
        for name in site.pages(app.env)
        if name in site.records(app.env)
    ]
    licences = {
        one["path"]: ", ".join(_licence(licence) for licence in one["licenses"])
        for one in said["resources"]
        if "licenses" in one
    }
    return template("holdings.html").render(
        up="../" * page.count("/"),
        files=[
            _file(folder, name, what) | {"licence": licences.get(name) or _own_licence(folder, name)}
            for name, what in release.contents(folder)
        ],
        chapters=chapters,
        columns=[(one["name"], one["schema"]["fields"]) for one in said["resources"] if "schema" in one],
    )


def _own_licence(folder: Path, name: str) -> str:
    """The edition's own licence, and whose the excerpts in a file are: of the facts from outside, alone or among all tables."""
    path = Path(name)
    if path.suffix == ".py":
        return OF_CODE
    excerpts = path.stem in ("outside", Path(EXCERPTS).stem) or path.suffix in (".xlsx", ".sqlite", ".zip")
    return f"{LICENCE}; excerpts as {EXCERPTS} says" if excerpts and (folder / EXCERPTS).exists() else LICENCE


def _licence(said: dict[str, str]) -> str:
    """A licence of the description, by the name that the whole page has for the edition's own."""
    same = said["name"].replace("-", " ") == LICENCE.replace("-", " ")
    return LICENCE if same else said.get("title") or said["name"]


def _file(folder: Path, name: str, what: str) -> dict[str, str]:
    content = (folder / name).read_bytes()
    size = f"{len(content) / 1e6:.1f} MB" if len(content) >= 1e6 else f"{max(1, round(len(content) / 1e3))} kB"
    return {"name": name, "what": what, "size": size, "sha256": hashlib.sha256(content).hexdigest()}


def tell(app: Sphinx, page: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Tell machines of the release, in the head of the page that lists it."""
    if app.builder.name != "html" or page != getattr(app.env, "holdings_page", None):
        return
    known = site.edition()
    said = described(written(app), paper.current().load(), known, known.base or "../" * page.count("/"))
    script = Markup('<script type="application/ld+json">{}</script>').format(within_script(said))
    context["metatags"] = f"{context.get('metatags', '')}{script}"


def copy(app: Sphinx) -> None:
    """Put the release into the site."""
    shutil.copytree(written(app), Path(app.outdir) / "data", dirs_exist_ok=True)


def described(folder: Path, tables: Tables, known: Edition, base: str) -> dict[str, Any]:
    """A written release in schema.org's terms: its files, its columns, the places and years that it speaks of.

    What each file is, its size and its checksum stand on the page itself and in the release.
    """
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {
        field["name"]: field.get("description", "")
        for one in said["resources"]
        if one["name"] in tables.NUMBERED
        for field in one["schema"]["fields"]
    }
    places = dict.fromkeys(
        one
        for name in tables.NUMBERED
        if "place_id" in (rows := getattr(tables, name))
        for one in rows["place_id"]
        if one
    )
    years = sorted(YEAR.findall(" ".join(tables.numbers["as_of"])))
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        **common(known),
        "@id": f"{base}data/datapackage.json",
        "name": f"{known.named}: the data",
        "description": said.get("description", ""),
        "keywords": list(known.keywords),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": meaning} for name, meaning in fields.items()
        ],
        "spatialCoverage": [{"@type": "Place", "name": name} for name in tables.name[list(places)]],
        "temporalCoverage": f"{years[0]}/{years[-1]}" if years else "",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": format_of(name),
                "contentUrl": f"{base}data/{name}",
            }
            for name, _ in release.contents(folder)
        ],
    }


def merge(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    """The page was read in another process."""
    if getattr(other, "holdings_page", None) in pages:
        env.holdings_page = other.holdings_page  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Make the directive known."""
    app.add_node(holdings_here)
    app.add_directive("release", Holdings)
    app.connect("doctree-resolved", fill)
    app.connect("html-page-context", tell)
    app.connect("env-merge-info", merge)
