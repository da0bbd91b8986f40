"""A source of the reader's own, beside the paper's: a folder with `estimates`, `sources` and, if need be, `places`.

    estimates   id, place_id, as_of, value_text, unit, source_id, locator; as wanted low, high, qualifier
    sources     source_id, label, reference; as wanted year
    places      place_id, name, kind, and what else the edition says of a place: for those that it does not know

Each is a table as a spreadsheet program saves it (`spreadsheets`); what `value_text` says is read (`numerals`), and what
`low`, `high` and `qualifier` say must agree with it. An edition names the folder (see `asking.editions`); without one nothing is
added. The rows take the form of the table `ESTIMATES` of the paper's `Tables`, with the exhibit `added`, and go wherever a reader compares
estimates; no claim of the paper is judged by them.
Belongs here: reading and checking that folder. Not here: where its rows are shown.
"""

from __future__ import annotations

import copy
import csv
import datetime
import difflib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from edition.data import numerals, spreadsheets, validation
from edition.data.spreadsheets import Sheet

FOLDER = "ADDED_SOURCES"  # environment variable: the folder; nothing is added without it
EXHIBIT = "added"  # stands where the paper's rows say where the paper prints them
COLUMNS = ["id", "place_id", "as_of", "value_text", "low", "high", "qualifier", "unit", "source_id", "locator"]
READ = ("low", "high", "qualifier")  # read from value_text where they are blank or left out
TABLES = ("estimates", "sources", "places")
TEXT = {"type": "string", "constraints": {"required": True}}
NUMBER = (
    "one number or range of what is counted whole, as 1,562,518, 1 562 518, 1.3–1.5 million or 1,3 млн, with a word for about, "
    "almost, over, more than, at least, less than or up to where it has one"
)
DATE = (
    "a year, a month or a day as 2021, 2021-01 or 2021-01-31, or two of them, the earlier first, joined by a slash; "
    "blank if unknown"
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


def folder() -> Path | None:
    """The folder that is added, by the environment; None without one."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def files(folder: Path) -> list[Path]:
    """The files of the folder that are read."""
    named = (folder / f"{name}.{ending}" for name in TABLES for ending in spreadsheets.ENDINGS)
    return [path for path in named if path.is_file()]


def told(folder: Path) -> str:
    """What was found of the reader's own, and in what form, in a line; for a folder without a fault."""
    sheets = [sheet for name in TABLES if (sheet := spreadsheets.read(folder, name, COLUMNS))]
    counts = [(len(sheet.rows) - 1, sheet.file.partition(".")[0]) for sheet in sheets]
    forms = "; ".join(f"{sheet.file} is read as {sheet.how}" for sheet in sheets if sheet.how)
    found = ", ".join(f"{count} {name if count != 1 else name.removesuffix('s')}" for count, name in counts)
    return f"and {found} of {folder}" + (f" ({forms})" if forms else "")


def package(descriptor: dict[str, Any], like: str, units: Sequence[str]) -> dict[str, Any]:
    """The folder as a data package.

    Args:
        descriptor: the edition's own data package.
        like: name of its table whose columns the estimates have.
        units: those that the estimates may be in.
    """
    own = {
        resource["name"]: resource["schema"]["fields"] for resource in descriptor["resources"] if "schema" in resource
    }
    known = {column["name"]: copy.deepcopy(column) for column in own[like]}
    known["locator"]["description"] = "where in the source the number stands"
    for name in ("value_text", "unit"):
        known[name].setdefault("constraints", {})["required"] = True
    known["unit"]["constraints"]["enum"] = list(units)
    known["qualifier"]["constraints"]["enum"] = ["none", *numerals.QUALIFIERS]
    known["as_of"]["description"] = DATE
    sources = [
        {**copy.deepcopy(known["source_id"]), "description": "stable identifier", "constraints": {
            "required": True, "unique": True}},
        {"name": "label", "description": "name used in source lines", "type": "string", "constraints": {
            "required": True, "unique": True}},
        {"name": "year", "description": "year of the work, or blank", "type": "string"},
        {"name": "reference", "description": "the full reference", **TEXT},
    ]  # fmt: skip
    places = [copy.deepcopy(column) for column in own["places"]]
    for column in places:
        column.setdefault("constraints", {})["required"] = column["name"] in ("place_id", "name", "kind")
    for column in (*known.values(), *places):  # said in words by `faults`
        column.get("constraints", {}).pop("pattern", None)
    key = {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}}
    table = {"type": "table", "format": "csv", "encoding": "utf-8"}
    return {
        "resources": [
            {**table, "name": "estimates", "path": "estimates.csv",
             "schema": {"fields": [known[name] for name in COLUMNS], "primaryKey": ["id"], "foreignKeys": [key]}},
            {**table, "name": "sources", "path": "sources.csv",
             "schema": {"fields": sources, "primaryKey": ["source_id"]}},
            {**table, "name": "places", "path": "places.csv", "schema": {"fields": places, "primaryKey": ["place_id"]}},
        ]
    }  # fmt: skip


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


def as_estimates(estimates: pd.DataFrame) -> pd.DataFrame:
    """The estimates in the form of the paper's own."""
    return estimates.assign(secondhand="no", exhibit=EXHIBIT, caveats="")


def as_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """The sources in the form of those that the paper credits; the note holds the full reference."""
    return sources.rename(columns={"reference": "note"}).assign(work="", own="no")[
        ["source_id", "label", "work", "year", "own", "note"]
    ]


def _needed(fields: Sequence[dict[str, Any]]) -> str:
    """The columns of a table, in words; those that may be left out in brackets."""
    must = [column["name"] for column in fields if _must(column)]
    may = [column["name"] for column in fields if not _must(column)]
    return ", ".join(must) + (f" (and, as wanted, {', '.join(may)})" if may else "")


def _must(column: dict[str, Any]) -> bool:
    return column["name"] == "as_of" or (
        column["name"] not in READ and bool(column.get("constraints", {}).get("required"))
    )


def _rows(folder: Path, sheet: Sheet, fields: Sequence[dict[str, Any]]) -> tuple[Rows, list[str]]:
    """The rows of a sheet by the names of its header, and what is wrong with header and lengths."""
    file, header = f"{folder}/{sheet.file}", [cell.lower() for cell in sheet.rows[0]] if sheet.rows else []
    names, allowed = [column["name"] for column in fields], _needed(fields)
    missing = (column["name"] for column in fields if _must(column) and column["name"] not in header)
    faults = [_fault(file, 1, name, "missing", allowed) for name in missing]
    for cell in dict.fromkeys(header):
        if cell not in names:
            faults.append(_fault(file, 1, cell or "without a name", f"unknown{_nearest(cell, names)}", allowed))
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
        stated = {name: row[name] for name in READ}
        row.update(low="", high="", qualifier="none")
        text, found = row["value_text"], numerals.readings(row["value_text"], *nouns)
        if not text:
            continue
        if not found:
            yield _fault(file, line, "value_text", f"{text!r} is no number that can be read", NUMBER)
            continue
        ends, wrong = {}, False
        for name in ("low", "high"):
            plain = [r.low for r in numerals.readings(stated[name]) if r.low == r.high and r.qualifier == "none"]
            if stated[name] and len(plain) != 1:
                wrong = True
                yield _fault(
                    file, line, name, f"{stated[name]!r} is no plain number", "a number, or blank: value_text says it"
                )
            ends[name] = plain[0] if plain else None
        if wrong:
            continue
        agree = found
        for name, value in (*ends.items(), ("qualifier", stated["qualifier"] or None)):
            left = [reading for reading in agree if value is None or getattr(reading, name) == value]
            if not left:
                said = "; or ".join(str(reading) for reading in agree)
                yield _fault(file, line, name, f"{stated[name]} does not agree with value_text {text!r}, which says {said}",
                             "what it says, or blank")  # fmt: skip
                break
            agree = left
        else:
            if len(agree) > 1:
                said = " or as ".join(str(reading) for reading in agree)
                yield _fault(file, line, "value_text", f"{text!r} can be read as {said}",
                             "a number that can be read in one way, or low and high beside it")  # fmt: skip
                continue
            low, high, qualifier = agree[0]
            row.update(low=_digits(low), high=_digits(high), qualifier=qualifier)


def _digits(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


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
            near = f"; did you mean {by_name[place.lower()]}?" if place.lower() in by_name else _nearest(place, places)
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
    ends = text.split("/")
    if len(ends) > 2 or not all(re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", end) for end in ends):
        return False
    try:
        days = [datetime.date.fromisoformat(f"{end}-01-01"[:10]) for end in ends]
    except ValueError:
        return False
    return days == sorted(days)


def _nearest(found: str, names: Sequence[str]) -> str:
    """The name that was meant, perhaps."""
    near = difflib.get_close_matches(found.lower(), list(names), 1)
    return f"; did you mean {near[0]}?" if near else ""


def _fault(file: str, row: int, column: str, value: str, allowed: str) -> str:
    """A fault in the one form that all messages take, of a file of the reader's."""
    return validation.fault(file, row, column, value, allowed).removeprefix("data/")


def _frame(rows: Rows, fields: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The rows in the edition's types."""
    names = [column["name"] for column in fields]
    frame = pd.DataFrame(rows, columns=names, dtype="str").fillna("")
    numbers = [name for name in ("low", "high") if name in names]
    return frame.assign(**{name: pd.to_numeric(frame[name].replace("", None)).astype("float64") for name in numbers})
