"""The engine says something that only one paper has: a name, an id, the module of its code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pybtex.database import parse_file

from analysis.data import load
from analysis.paper import PAPER
from edition.build import contents
from edition.exhibits import addresses, stored
from tests.conftest import PAPER as INVENTED
from tests.conftest import ROOT

ENGINE = ROOT / "src" / "edition"
SOURCES = sorted(
    path
    for path in [*ENGINE.rglob("*"), *(ROOT / "workflow").rglob("*")]
    if path.suffix in {".py", ".html", ".js", ".css", ".md", ".smk", ".yaml", ""}
    and path.is_file()
    and path.name != "lit-html.js"
)
ANYBODY = {"Black", "King", "Labour", "abroad", "others", "world"}  # words of its names that are no names


def names() -> set[str]:
    """This paper's names and ids, from its data, its references and what it hands the engine; not those that the invented
    paper has too.
    """
    tables = load(ROOT)
    works = parse_file(ROOT / "data" / "references.bib").entries.values()
    found = {name for work in works for person in work.persons.get("author", []) for name in person.last_names}
    found |= {*tables.places["name"], *tables.sources["label"], *tables.outside_sources["label"]}
    ids = {row_id for table in tables.names() for row_id in getattr(tables, table).iloc[:, 0].astype(str)}
    found |= {row_id for row_id in ids if re.search("[a-z][-_]", row_id)} | set(tables.places["place_id"])
    found |= {path.stem for path in (ROOT / "notebooks").glob("*_*.ipynb")} - {"every_number"}
    found |= {name for name, (kind, _) in addresses.published(ROOT).items() if kind == "exhibit"}
    found |= {PAPER.slug, PAPER.cover, *PAPER.slug.split("-"), *(page for page in PAPER.pages.values())}
    shared = {record.id for path in contents.chapters(INVENTED) for record in stored.records(path)}
    return {name for name in found if len(name) > 3} - ANYBODY - shared


NAMES = re.compile(
    rf"(?<![A-Za-z])({'|'.join(sorted(map(re.escape, names()), key=len, reverse=True))})(?:s|'s|’s)?(?![A-Za-z])|"
    rf"\b({PAPER.package})(?:\.\w|$)|(?i:\b{PAPER.slug.split('-')[0]})"
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_engine_names_this_paper(source: Path) -> None:
    lines = enumerate(source.read_text(encoding="utf-8").splitlines(), start=1)
    assert [f"{line}: {found[0]}" for line, text in lines for found in NAMES.finditer(text)] == []


def test_a_name_is_not_looked_for() -> None:
    for name in ("Kazakhs", "Uzbekistan", "mendikulova_2001", "t1-china-tatimov", "analysis.tables", "Tatimov's"):
        assert NAMES.search(f'"{name}"'), name
