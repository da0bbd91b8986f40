"""A source of the reader's own, beside the paper's: a folder with `estimates`, `sources` and, if need be, `places`.

    estimates   id, place_id, as_of, value_text, unit, source_id, locator; as wanted low, high, qualifier
    sources     source_id, label, reference; as wanted year
    places      place_id, name, kind, and what else the edition says of a place: for those that it does not know

Each is a table as a spreadsheet program saves it (`spreadsheets`); what `value_text` says is read (`numerals`), and what
`low`, `high` and `qualifier` say must agree with it. An edition names the folder (see `asking.editions`); without one
nothing is added. The rows take the form of the table `ESTIMATES` of the paper's `Tables`, with the exhibit `added`, and go
wherever a reader compares estimates; no claim of the paper is judged by them.
Belongs here: what that folder holds, and in what form it joins the edition's tables. Not here: reading it (`own_tables`), or
where its rows are shown.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from edition.data import numerals, spreadsheets

FOLDER = "ADDED_SOURCES"  # environment variable: the folder; nothing is added without it
EXHIBIT = "added"  # stands where the paper's rows say where the paper prints them
COLUMNS = ["id", "place_id", "as_of", "value_text", "low", "high", "qualifier", "unit", "source_id", "locator"]
READ = ("low", "high", "qualifier")  # read from value_text where they are blank or left out
TABLES = ("estimates", "sources", "places")
TEXT = {"type": "string", "constraints": {"required": True}}
DATE = (
    "a year, a month or a day as 2021, 2021-01 or 2021-01-31, or two of them, the earlier first, joined by a slash; "
    "blank if unknown"
)


def folder() -> Path | None:
    """The folder that is added, by the environment; None without one."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def files(folder: Path) -> list[Path]:
    """The files of the folder that are read."""
    named = (folder / f"{name}.{ending}" for name in TABLES for ending in spreadsheets.ENDINGS)
    return [path for path in named if path.is_file()]


def summary(folder: Path) -> str:
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


def described(descriptor: dict[str, Any], like: str, units: Sequence[str]) -> dict[str, Any]:
    """A data package's description with the added estimates as a table of their own; arguments as in `package`."""
    paper = next(resource for resource in descriptor["resources"] if resource["name"] == like)
    added = copy.deepcopy(paper) | {
        "name": EXHIBIT,
        "path": f"{EXHIBIT}.csv",
        "title": "Estimates that are added and not the paper's",
    }
    read = {column["name"]: column for column in package(descriptor, like, units)["resources"][0]["schema"]["fields"]}
    added["schema"]["fields"] = [{**column, **read.get(column["name"], {})} for column in added["schema"]["fields"]]
    exhibit = next(column for column in added["schema"]["fields"] if column["name"] == "exhibit")
    exhibit["constraints"] = {"required": True, "enum": [EXHIBIT]}
    return {**descriptor, "resources": [*descriptor["resources"], added]}


def as_estimates(estimates: pd.DataFrame) -> pd.DataFrame:
    """The estimates in the form of the paper's own."""
    return estimates.assign(secondhand="no", exhibit=EXHIBIT, caveats="")


def as_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """The sources in the form of those that the paper credits; the note holds the full reference."""
    return sources.rename(columns={"reference": "note"}).assign(work="", own="no")[
        ["source_id", "label", "work", "year", "own", "note"]
    ]
