"""Reading the folder of a source of the reader's own: its files, its numbers, and what is wrong with them.

    own = read(folder, own_sources.package(…), known, schema.check)
    own.faults or own.estimates

Every fault is a line in the form that all messages take, with the reader's own file, and what is allowed in words. Belongs
here: the way from the files to the tables. Not here: what the folder may hold (`own_sources`), in what forms a file may be
(`spreadsheets`), what a text says as a number (`numerals`).
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from edition.data import letters, numerals, own_sources, spreadsheets, validation
from edition.data.cells import date_fault
from edition.data.nearest import nearest
from edition.data.numerals import Reading
from edition.data.own_sources import DATE, TABLES
from edition.data.spreadsheets import Sheet

NUMBER = (
    "one number or range of what is counted whole, as 1,562,518, 1 562 518, 1.3–1.5 million or 1,3 млн, with a word for about, "
    "almost, over, more than, at least, less than or up to where it has one"
)
NAMES = {"estimates": ("id", "-", "hyphens"), "sources": ("source_id", "_", "underscores"), "places": ("place_id", "_", "underscores")}  # fmt: skip

Rows = list[dict[str, str]]
Check = Callable[[dict[str, Any], Path], list[str]]


@dataclass(frozen=True)
class Known:
    """What the edition has already: its places (all their columns), ids of rows, sources (`source_id`, `label`)."""

    places: pd.DataFrame
    ids: pd.Series
    sources: pd.DataFrame


@dataclass
class Own:
    """The folder as it was read; its tables are whole only if there are no `faults`, one line each."""

    estimates: pd.DataFrame = field(default_factory=pd.DataFrame)
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)
    places: pd.DataFrame = field(default_factory=pd.DataFrame)
    faults: list[str] = field(default_factory=list)


def read(folder: Path, said: dict[str, Any], known: Known, check: Check) -> Own:
    """The tables of the folder, and what is wrong with them.

    Args:
        said: the folder as a data package, see `package`.
        check: what is wrong with the tables of a data package, cell by cell, see `schema`.
    """
    faults: list[str] = []
    rows: dict[str, Rows] = {}
    named: dict[str, str] = {}
    schemas = {resource["name"]: resource["schema"] for resource in said["resources"]}
    for name in TABLES:
        fields = schemas[name]["fields"]
        try:
            sheet = spreadsheets.read(folder, name, [column["name"] for column in fields])
        except spreadsheets.SheetError as error:
            faults.append(f"{folder}/{error}")
            continue
        named[name] = sheet.file if sheet else f"{name}.csv"
        if sheet:
            rows[name], wrong = _rows(folder, sheet, fields)
            faults += wrong
        elif name != "places":
            faults.append(f"{folder}/{name}.csv: the file is missing; allowed: a table with {_needed(fields)}")
    if faults:
        return Own(faults=faults)
    rows.setdefault("places", [])
    at = {name: f"{folder}/{file}" for name, file in named.items()}
    faults = [*_numbers(at["estimates"], rows["estimates"], schemas["estimates"])]
    faults += _in_cells(said, rows, at, check)
    faults += _between(rows, at, known)
    frames = {name: _frame(rows[name], schemas[name]["fields"]) for name in TABLES}
    return Own(**frames, faults=validation.first_of_each_cell(faults))


def _needed(fields: Sequence[dict[str, Any]]) -> str:
    """The columns of a table, in words; those that may be left out in brackets."""
    must = [column["name"] for column in fields if _must(column)]
    may = [column["name"] for column in fields if not _must(column)]
    return ", ".join(must) + (f" (and, as wanted, {', '.join(may)})" if may else "")


def _must(column: dict[str, Any]) -> bool:
    return column["name"] == "as_of" or (
        column["name"] not in own_sources.READ and bool(column.get("constraints", {}).get("required"))
    )


def _rows(folder: Path, sheet: Sheet, fields: Sequence[dict[str, Any]]) -> tuple[Rows, list[str]]:
    """The rows of a sheet by the names of its header, and what is wrong with header and lengths."""
    file, header = f"{folder}/{sheet.file}", [cell.lower() for cell in sheet.rows[0]] if sheet.rows else []
    names, allowed = [column["name"] for column in fields], _needed(fields)
    missing = (column["name"] for column in fields if _must(column) and column["name"] not in header)
    faults = [_fault(file, 1, name, "missing", allowed) for name in missing]
    for cell in dict.fromkeys(header):
        if cell not in names:
            faults.append(_fault(file, 1, cell or "without a name", f"unknown{nearest(cell, names)}", allowed))
        elif header.count(cell) > 1:
            faults.append(_fault(file, 1, cell, "stands twice", "each column once"))
    if not faults and len(sheet.rows) < 2:
        faults.append(_fault(file, 2, header[0], "there is no row below the header", "a row or more"))
    rows = []
    for line, cells in enumerate(sheet.rows[1:] if not faults else [], start=2):
        if len(cells) != len(header) or not any(cells):
            found = f"the row has {len(cells)} cells" if any(cells) else "the row is blank"
            column = header[min(len(cells), len(header)) - 1 if any(cells) else 0]
            faults.append(_fault(file, line, column, found, f"{len(header)} cells"))
        rows.append(dict.fromkeys(names, "") | dict(zip(header, cells, strict=False)))
    return rows, faults


def _numbers(file: str, rows: Rows, schema: dict[str, Any]) -> Iterator[str]:
    """Fill the bounds and the qualifier of each row from its text; what cannot be read, or does not agree with it."""
    units = next(column["constraints"]["enum"] for column in schema["fields"] if column["name"] == "unit")
    nouns = [form for unit in units for form in (unit, unit.removesuffix("s"))]
    for line, row in enumerate(rows, start=2):
        said = _reading(row, nouns)
        row.update(low="", high="", qualifier="none")
        if isinstance(said, Reading):
            low, high = ("" if end is None else f"{end:.0f}" for end in (said.low, said.high))
            row.update(low=low, high=high, qualifier=said.qualifier)
        elif said:
            yield _fault(file, line, *said)


def _reading(row: dict[str, str], nouns: Sequence[str]) -> Reading | tuple[str, str, str] | None:
    """What a row says; or a column, what is wrong in it, and what is allowed; None for a row without a text."""
    text = row["value_text"]
    if not text:
        return None
    agree = numerals.readings(text, *nouns)
    if not agree:
        return "value_text", f"{text!r} is no number that can be read", NUMBER
    for name in filter(row.get, own_sources.READ):
        value = row[name] if name == "qualifier" else _plain(row[name])
        if value is None:
            return name, f"{row[name]!r} is no plain number", "a number, or blank: value_text says it"
        left = [reading for reading in agree if getattr(reading, name) == value]
        if not left:
            says = "; or ".join(map(str, agree))
            return (
                name,
                f"{row[name]} does not agree with value_text {text!r}, which says {says}",
                "what it says, or blank",
            )
        agree = left
    if len(agree) > 1:
        allowed = "a number that can be read in one way, or low and high beside it"
        return "value_text", f"{text!r} can be read as {' or as '.join(map(str, agree))}", allowed
    return agree[0]


def _plain(text: str) -> float | None:
    """A cell as one number without a word; None where it is none, or can be read in two ways."""
    found = numerals.readings(text)
    return found[0].low if len(found) == 1 and found[0] == (found[0].low, found[0].low, "none") else None


def _in_cells(said: dict[str, Any], rows: dict[str, Rows], at: dict[str, str], check: Check) -> list[str]:
    """What the schema finds in the cells, said of the reader's files."""
    with tempfile.TemporaryDirectory() as plain:
        for resource in said["resources"]:
            names = [column["name"] for column in resource["schema"]["fields"]]
            with (Path(plain) / resource["path"]).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, names)
                writer.writeheader()
                writer.writerows(rows[resource["name"]])
        found = check(said, Path(plain))
    for name, file_ in at.items():
        found = [line.replace(f"data/{name}.csv", file_) for line in found]
    return found


def _between(rows: dict[str, Rows], at: dict[str, str], known: Known) -> Iterator[str]:
    """What a table schema cannot say of the folder."""
    for name, (column, mark, word) in NAMES.items():
        for line, row in enumerate(rows[name], start=2):
            if row[column] and not re.fullmatch(rf"[a-z0-9]+({mark}[a-z0-9]+)*", row[column]):
                allowed = f"small letters a to z and digits, joined by {word}"
                yield _fault(at[name], line, column, f"{row[column]!r} is no name of this kind", allowed)
    for name, column, rest in (
        ("sources", "label", "; the name in its own script can stand in reference"),
        ("places", "name", ""),
    ):
        for line, row in enumerate(rows[name], start=2):
            if strange := letters.undrawable(row[column]):
                found = f"{row[column]!r} has letters that the pictures cannot draw ({', '.join(strange)})"
                yield _fault(at[name], line, column, found, f"a {column} in Latin, Greek or Cyrillic letters{rest}")
    yield from _estimates(rows, at, known)
    used = {row["source_id"] for row in rows["estimates"]}
    for line, row in enumerate(rows["sources"], start=2):
        if row["source_id"] in set(known.sources["source_id"]):
            found = f"{row['source_id']!r} is a source of the edition's own data"
            yield _fault(at["sources"], line, "source_id", found, "another source_id")
        if row["source_id"] not in used:
            allowed = f"sources that a row of {at['estimates']} credits"
            yield _fault(at["sources"], line, "source_id", f"{row['source_id']!r} is credited by no row", allowed)
        if row["label"] in set(known.sources["label"]):
            yield _fault(at["sources"], line, "label", f"{row['label']!r} is what the edition calls a source of its own",
                         "another label")  # fmt: skip
        if row["year"] and not re.fullmatch(r"[0-9]{4}", row["year"]):
            yield _fault(at["sources"], line, "year", f"{row['year']!r} is no year", "four digits, or blank")
    yield from _places(rows, at, known)


def _estimates(rows: dict[str, Rows], at: dict[str, str], known: Known) -> Iterator[str]:
    places = [*known.places["place_id"], *(row["place_id"] for row in rows["places"])]
    by_name = dict(zip(known.places["name"].str.lower(), known.places["place_id"], strict=True))
    needed = ", ".join(name for name in ("place_id", "name", "kind") if name in known.places)
    for line, row in enumerate(rows["estimates"], start=2):
        place = row["place_id"]
        if place and place not in places:
            near = f"; did you mean {by_name[place.lower()]!r}?" if place.lower() in by_name else nearest(place, places)
            yield _fault(at["estimates"], line, "place_id", f"{place!r} is no place of this edition{near}",
                         f"a place_id of data/places.csv, or one that you add in {at['places']} ({needed})")  # fmt: skip
        if row["id"] in set(known.ids):
            found = f"{row['id']!r} is an id of the edition's own data"
            yield _fault(at["estimates"], line, "id", found, "another id")
        if row["as_of"] and not _is_date(row["as_of"]):
            yield _fault(at["estimates"], line, "as_of", f"{row['as_of']!r} is no date of this form", DATE)


def _places(rows: dict[str, Rows], at: dict[str, str], known: Known) -> Iterator[str]:
    names = set(known.places["name"].str.lower())
    used = {row["place_id"] for row in rows["estimates"]}
    for line, row in enumerate(rows["places"], start=2):
        if row["place_id"] in set(known.places["place_id"]):
            found = f"{row['place_id']!r} is a place of this edition already"
            yield _fault(at["places"], line, "place_id", found, "places that it does not know")
        elif row["place_id"] not in used:
            found, allowed = f"{row['place_id']!r} is named by no row", f"places that a row of {at['estimates']} names"
            yield _fault(at["places"], line, "place_id", found, allowed)
        if row["name"].lower() in names:
            found = f"{row['name']!r} is what the edition calls a place of its own"
            yield _fault(
                at["places"], line, "name", found, "another name, or that place's own place_id in the estimates"
            )


def _is_date(text: str) -> bool:
    """Whether a text is a date of the calendar, or two, the earlier first."""
    form = r"[0-9]{4}(-[0-9]{2}){0,2}"
    return bool(re.fullmatch(f"{form}(/{form})?", text)) and date_fault(text) is None


def _fault(file: str, row: int, column: str, value: str, allowed: str) -> str:
    """A fault in the one form that all messages take, of a file of the reader's."""
    return validation.fault(file, row, column, value, allowed).removeprefix("data/")


def _frame(rows: Rows, fields: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The rows in the edition's types."""
    names = [column["name"] for column in fields]
    frame = pd.DataFrame(rows, columns=names, dtype="str").fillna("")
    numbers = [name for name in ("low", "high") if name in names]
    return frame.assign(**{name: pd.to_numeric(frame[name].replace("", None)).astype("float64") for name in numbers})
