"""All exhibits of the book in one place: for readers a page of thumbnails, for machines `exhibits.json`.

Belongs here: what is listed and how it can be filtered. Not here: what one exhibit carries (`exhibits`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from edition import paper
from edition.book import lengths
from edition.book.parts import Part
from edition.book.templates import template
from edition.data.tables import Tables
from edition.exhibits import downloads
from edition.exhibits.citation import Edition
from edition.exhibits.downloads import FOLDER
from edition.exhibits.record import FigureRecord, Record, TableRecord

COLUMNS, ROWS = 3, 5  # of a table that its tile shows
OF_A_TILE = ("sheet", "number", "chapter")  # what the page alone shows: a number is another when the book grows
NAMED = ("place", "name", "group", "label")
DATES = ("as_of", "start", "end", "count_year", "year", "from_as_of", "to_as_of")
YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")

Rows = Sequence[Mapping[str, Any]]


def entries(
    records: Iterable[tuple[str, Record]],
    tables: Tables,
    known: Edition,
    cite: Callable[[str, Record], Mapping[str, str]],
) -> list[dict[str, Any]]:
    """What is said of each exhibit, in the order of the book.

    Args:
        records: pairs of the page's name and the exhibit's record.
        cite: gives the citation of such a pair in every form, by file ending.
    """
    names = tables.name.to_dict()
    return [_entry(page, record, names, known, cite(page, record)["txt"]) for page, record in records]


def _entry(page: str, record: Record, names: Mapping[str, str], known: Edition, cite: str) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.chart.kind if isinstance(record, FigureRecord) else "table",
        "title": record.heading,
        "subtitle": record.subtitle,
        "caption": record.caption,
        "notes": list(record.folded),
        "alternative_text": record.alt if isinstance(record, FigureRecord) else "",
        "source": record.source,
        "sheet": [] if isinstance(record, FigureRecord) else sheet(record),
        "verdict": record.verdict,
        "reproduces": record.reproduces,
        "places": _places(record.rows, names),
        "periods": _periods(record.rows),
        "page": f"{page}.html#{record.id}",
        "address": known.address(record.id) or f"cite/{record.id}.html",
        "files": {ending: f"{FOLDER}/{record.id}.{ending}" for ending in downloads.endings(record, known)},
        "cite": cite.strip(),
        "made_by": record.made_by,
        "parameters": record.parameters,
        "version": record.version,
        "digest": record.digest(),
    }


def sheet(record: TableRecord) -> list[list[str]]:
    """What the tile of a table shows: the heads of its first columns, and its first rows."""
    heads = [column.label for column in record.columns]
    return [row[:COLUMNS] for row in [heads, *map(list, record.cells[:ROWS])]]


def _places(rows: Rows, names: Mapping[str, str]) -> list[str]:
    """Places that the rows are about: by id, or by name where a picture keeps only that."""
    known = {names[place] for place in _held(rows, ("place_id",)) if place in names}
    written = set(map(str, _held(rows, NAMED)))
    return sorted(known | (written & set(names.values())))


def _periods(rows: Rows) -> list[str]:
    """Periods that the rows speak of, from every date they carry."""
    years = {int(year) for date in _held(rows, DATES) for year in YEAR.findall(str(date))}
    periods = paper.current().periods.items()
    return [name for name, (first, last) in periods if any(first <= year <= last for year in years)]


def _held(rows: Rows, columns: Iterable[str]) -> set[Any]:
    """What rows hold in those of some columns that they have."""
    return {row[column] for row in rows for column in columns if column in row}


def as_json(entries: list[dict[str, Any]], known: Edition) -> str:
    """`exhibits.json`."""
    about = {"edition": known.named, "version": known.version, "paper": str(known.paper), "licence": "CC-BY-4.0"}
    listed = [{name: value for name, value in entry.items() if name not in OF_A_TILE} for entry in entries]
    return json.dumps({**about, "exhibits": listed}, indent=1, ensure_ascii=False) + "\n"


def as_html(entries: list[dict[str, Any]], parts: Sequence[Part] = (), up: str = "") -> str:
    """The page's thumbnails, part of the book by part, with what its filters need; `up` leads from the page to the top of the site."""
    of = {page: part.name for part in parts for page in part.pages}
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        found.setdefault(of.get(entry["page"].partition(".html")[0], ""), []).append(entry)
    return template("catalogue.html").render(
        parts=[
            (name, listed, lengths.button(f"catalogue-{n}", len(listed), "of this part", on_a_phone=True))
            for n, (name, listed) in enumerate(found.items(), start=1)
        ],
        first=lengths.LIST,
        kinds=sorted({entry["kind"] for entry in entries}),
        periods=list(paper.current().periods),
        places=sorted({place for entry in entries for place in entry["places"]}),
        folder=f"{up}{FOLDER}",
        up=up,
    )
