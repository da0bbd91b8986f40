"""A source of the reader's own, beside the paper's: a folder with `estimates.csv` and `sources.csv`.

    estimates.csv   id, place_id, as_of, value_text, low, high, qualifier, unit, source_id, locator
    sources.csv     source_id, label, year, reference

An edition names the folder (see `asking.editions`); without one nothing is added. The rows take the form of the table
`ESTIMATES` of the paper's `Tables`, with the exhibit `added`, and go wherever a reader compares estimates; no claim of the paper is judged by them.
Belongs here: reading and checking that folder. Not here: where its rows are shown.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from edition.data import validation

FOLDER = "ADDED_SOURCES"  # environment variable: the folder; nothing is added without it
EXHIBIT = "added"  # stands where the paper's rows say where the paper prints them
COLUMNS = ["id", "place_id", "as_of", "value_text", "low", "high", "qualifier", "unit", "source_id", "locator"]
TEXT = {"type": "string", "constraints": {"required": True}}


def folder() -> Path | None:
    """The folder that is added, by the environment; None without one."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def package(descriptor: dict[str, Any], like: str, units: Sequence[str]) -> dict[str, Any]:
    """The folder as a data package.

    Args:
        descriptor: the edition's own data package.
        like: name of its table whose columns the estimates have.
        units: those that the estimates may be in.
    """
    paper = next(r for r in descriptor["resources"] if r["name"] == like)
    known = {field["name"]: copy.deepcopy(field) for field in paper["schema"]["fields"]}
    known["locator"]["description"] = "where in the source the number stands"
    for name in ("value_text", "unit"):
        known[name].setdefault("constraints", {})["required"] = True
    known["unit"]["constraints"]["enum"] = list(units)
    sources = [
        {**copy.deepcopy(known["source_id"]), "description": "stable identifier", "constraints": {
            "required": True, "unique": True, "pattern": "[a-z0-9]+(_[a-z0-9]+)*"}},
        {"name": "label", "description": "name used in source lines", **TEXT},
        {"name": "year", "description": "year of the work, or blank", "type": "string", "constraints": {"pattern": "\\d{4}"}},
        {"name": "reference", "description": "the full reference", **TEXT},
    ]  # fmt: skip
    key = {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}}
    table = {"type": "table", "format": "csv", "encoding": "utf-8"}
    return {
        "resources": [
            {**table, "name": "estimates", "path": "estimates.csv",
             "schema": {"fields": [known[name] for name in COLUMNS], "primaryKey": ["id"], "foreignKeys": [key]}},
            {**table, "name": "sources", "path": "sources.csv",
             "schema": {"fields": sources, "primaryKey": ["source_id"]}},
        ]
    }  # fmt: skip


def as_estimates(estimates: pd.DataFrame) -> pd.DataFrame:
    """The estimates in the form of the paper's own."""
    return estimates.assign(secondhand="no", exhibit=EXHIBIT, caveats="")


def as_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """The sources in the form of those that the paper credits; the note holds the full reference."""
    return sources.rename(columns={"reference": "note"}).assign(work="", own="no")[
        ["source_id", "label", "work", "year", "own", "note"]
    ]


def faults(
    estimates: pd.DataFrame, sources: pd.DataFrame, *, places: pd.Series, ids: pd.Series, credited: pd.Series
) -> Iterator[str]:
    """What a table schema cannot say of the folder.

    Args:
        places, ids, credited: the place ids, row ids and source ids of the edition's own data.
    """
    for line, row in enumerate(estimates.itertuples(), start=2):
        if row.place_id not in set(places):
            yield validation.fault("estimates.csv", line, "place_id", f"{row.place_id!r} is no place of this edition",
                               "a place_id of data/places.csv")  # fmt: skip
        if row.id in set(ids):
            yield validation.fault(
                "estimates.csv", line, "id", f"{row.id!r} is an id of the edition's own data", "another id"
            )
        yield from validation.faults_of_number("estimates.csv", line, row)
    for line, row in enumerate(sources.itertuples(), start=2):
        if row.source_id in set(credited):
            found = f"{row.source_id!r} is a source of the edition's own data"
            yield validation.fault("sources.csv", line, "source_id", found, "another source_id")
        if row.source_id not in set(estimates["source_id"]):
            found = f"{row.source_id!r} is credited by no row"
            yield validation.fault(
                "sources.csv", line, "source_id", found, "sources that a row of estimates.csv credits"
            )
