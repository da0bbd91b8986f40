"""What a table schema says of the cells of a table, checked by Frictionless.

Belongs here: everything that needs Frictionless, so that where it is not at hand (a browser) the rest can still be
imported. Not here: what a schema cannot say (`validation`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from frictionless import Package, Report, Schema
from frictionless import errors as fe
from frictionless.exception import FrictionlessException

from edition.data import validation


def check(descriptor: dict[str, Any], folder: Path) -> list[str]:
    """What is wrong with the tables of a data package in `folder`, one line per fault; their cells only if each file is
    sound as a file.
    """
    try:
        package = Package(descriptor, basepath=str(folder))
    except FrictionlessException as error:
        reason = (error.reasons or [error.error])[0]
        return [
            f"data/datapackage.json: {' '.join(reason.note.split())}; allowed: a data package as Frictionless describes it"
        ]
    for resource in package.resources:
        resource.encoding = "utf-8"  # which `faults_in_file` holds each to; Frictionless would guess
    found = [line for resource in package.resources for line in validation.faults_in_file(folder, resource)]
    return found or in_cells(package.validate(), {r.name: r.schema for r in package.resources})


def in_cells(report: Report, schemas: dict[str, Schema]) -> list[str]:
    """What Frictionless found, the first fault of each cell; the hashes are another command's business."""
    found = [(task, error) for task in report.tasks for error in task.errors]
    found.sort(key=lambda pair: isinstance(pair[1], fe.PrimaryKeyError))  # a single key is reported as unique too
    return validation.first_of_each_cell(
        _say(str(task.place), schemas[task.name], error)
        for task, error in found
        if not isinstance(error, (fe.HashCountError, fe.ByteCountError))
    )


def _say(path: str, schema: Schema, error: Any) -> str:
    """A Frictionless error in the one form that all messages take."""
    row = getattr(error, "row_number", 1)
    if isinstance(error, fe.ForeignKeyError):
        cells, keys = ", ".join(map(str, error.field_cells)), ", ".join(error.reference_field_names)
        found = f"{cells!r} is not in data/{error.reference_name}.csv"
        return validation.fault(path, row, ", ".join(error.field_names), found, f"a {keys} of that file")
    if isinstance(error, fe.PrimaryKeyError):
        return validation.fault(
            path, row, ", ".join(schema.primary_key), "the value stands in an earlier row too", "each once"
        )
    if isinstance(error, fe.CellError):
        field = schema.get_field(error.field_name)
        return validation.fault(path, row, field.name, *_found_and_allowed(field, error))
    return validation.fault(path, row, schema.field_names[0], error.note or error.message, "what datapackage.json says")


def _found_and_allowed(field: Any, error: Any) -> tuple[str, str]:
    limits, value = field.constraints, repr(error.cell)
    if isinstance(error, fe.TypeError):
        return f"{value} is of another type", f"a value of the type {field.type}"
    if isinstance(error, fe.UniqueError):
        return f"{value} stands in an earlier row too", "each value once"
    if not error.cell:
        return "blank", field.description
    if "enum" in limits:
        options = list(map(str, limits["enum"]))
        short = field.description if len(options) > 40 else ", ".join(options)
        return f"{value} is not in the list", short
    rules = [f"{key} {limit}" for key, limit in limits.items() if key not in ("required", "unique")]
    return f"{value} does not fit", f"{field.description} ({', '.join(rules)})"
