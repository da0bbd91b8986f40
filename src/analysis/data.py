"""Load and validate the tables of `data/`, in one place.

`datapackage.json` says what each table may hold; Frictionless checks it; what a table schema cannot
say (a number as printed must agree with its bounds; each caveat is in the vocabulary) is checked here.
Belongs here: reading, checking, the corrections sidecar. Not here: any choice an analysis makes.

    tables = data.load()
    tables.stocks        # one row per printed number, low and high as floats, blanks as ""
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from frictionless import Package, Resource, Schema
from frictionless import errors as fe
from frictionless.exception import FrictionlessException

from analysis import paths, printed

NUMBERED = ("stocks", "movements", "shares", "quantities")
CREDITED = (*NUMBERED, "events", "lists", "answers", "stages", "scripts", "questions", "challenges")


class DataError(ValueError):
    """A table that cannot be used; one line per fault, with file, row, column, value, what is allowed."""


@dataclass(frozen=True)
class Tables:
    """The validated tables, as transcribed. Numbers are float64 (NaN: no bound printed), text is str."""

    places: pd.DataFrame
    gazetteer: pd.DataFrame
    sources: pd.DataFrame
    caveats: pd.DataFrame
    stocks: pd.DataFrame
    movements: pd.DataFrame
    shares: pd.DataFrame
    quantities: pd.DataFrame
    events: pd.DataFrame
    lists: pd.DataFrame
    stages: pd.DataFrame
    answers: pd.DataFrame
    scripts: pd.DataFrame
    questions: pd.DataFrame
    challenges: pd.DataFrame
    corrections: pd.DataFrame
    outside: pd.DataFrame
    outside_sources: pd.DataFrame
    claims: pd.DataFrame
    inconsistencies: pd.DataFrame
    folder: Path

    def numbers(self) -> pd.DataFrame:
        """Every number, of the paper and from outside it, in one frame.

        Returns:
            Index: the row's id. Columns: `table` (where the row stands), `value_text`, `low`, `high`,
            `qualifier`, `unit`, `as_of`, `source_id`, `caveats`.
        """
        columns = ["id", "value_text", "low", "high", "qualifier", "unit", "as_of", "source_id", "caveats"]
        frames = {name: getattr(self, name) for name in (*NUMBERED, "outside")}
        rows = [frame.reindex(columns=columns).assign(table=name) for name, frame in frames.items()]
        return pd.concat(rows, ignore_index=True).fillna({"qualifier": "none"}).set_index("id")

    def corrected(self, name: str) -> pd.DataFrame:
        """The table with the sidecar's corrections taken, and a column `corrected` that says where.

        Raises:
            DataError: a correction names a row that the table does not hold.
        """
        frame = getattr(self, name).set_index("id").assign(corrected=False)
        for row in self.corrections.query("table == @name").itertuples():
            frame.loc[row.row_id, [row.field, "corrected"]] = [row.takes, True]
        return frame.reset_index()


def load(root: Path | None = None) -> Tables:
    """Every table of the data package under `root` (default: the edition's own folder).

    Raises:
        DataError: something is missing or wrong; the message holds one line per fault.
    """
    folder = (root or paths.root()) / "data"
    descriptor = _descriptor(folder)
    listed = [r for r in descriptor["resources"] if r.get("type") == "table"]
    package = Package({**descriptor, "resources": listed}, basepath=str(folder))
    resources = package.resources
    faults = [fault for r in resources for fault in _file_faults(folder, r)]
    if not faults:
        report = package.validate()
        schemas = {r.name: r.schema for r in resources}
        faults = [
            _say(task.place, schemas[task.name], e)
            for task in report.tasks
            for e in task.errors
            if not isinstance(e, (fe.HashCountError, fe.ByteCountError))
        ]
    if faults:
        raise DataError("\n".join(faults))
    tables = Tables(**{r.name: _frame(folder, r) for r in resources}, folder=folder)
    if faults := list(_cross_faults(tables)):
        raise DataError("\n".join(faults))
    return tables


def _descriptor(folder: Path) -> dict[str, Any]:
    path = folder / "datapackage.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise DataError(f"data/{path.name} is missing") from None
    except ValueError as error:
        raise DataError(f"data/{path.name} is not JSON: {error}") from None


def _file_faults(folder: Path, resource: Resource) -> Iterator[str]:
    """What is wrong with a file as a whole; its rows are not looked at then."""
    name, labels = f"data/{resource.path}", resource.schema.field_names
    path = folder / str(resource.path)
    if not path.is_file():
        yield f"{name} is missing; datapackage.json lists it"
        return
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        yield f"{name}, row 1: starts with a byte-order mark; save it as UTF-8 without one"
        return
    try:
        header = raw.decode("utf-8").partition("\n")[0].rstrip("\r")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        yield f"{name}, row {row}: byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        return
    found = header.split(",")
    if len(found) == 1 and ";" in header:
        yield f"{name}, row 1: columns are separated by semicolons; only commas are allowed"
    elif missing := [label for label in labels if label not in found]:
        yield f"{name}, row 1: column {', '.join(missing)} is missing; expected {', '.join(labels)}"
    elif extra := [label for label in found if label not in labels]:
        yield f"{name}, row 1: column {', '.join(extra)} is unknown; expected {', '.join(labels)}"


def _say(path: str, schema: Schema, error: Any) -> str:
    """A Frictionless error in the one form that all messages take."""
    where = f"data/{path}, row {error.row_number}" if hasattr(error, "row_number") else f"data/{path}"
    if isinstance(error, fe.ForeignKeyError):
        target = error.reference_name
        return (
            f"{where}, column {', '.join(error.field_names)}: {', '.join(map(str, error.field_cells))!r} "
            f"is not in data/{target}.csv; allowed: a {', '.join(error.reference_field_names)} of that file"
        )
    if isinstance(error, fe.PrimaryKeyError):
        return f"{where}, column {', '.join(schema.primary_key)}: the value stands in an earlier row too; allowed: each once"
    if isinstance(error, fe.CellError):
        field = schema.get_field(error.field_name)
        return f"{where}, column {field.name}: {error.cell!r} {_allowed(field, error)}"
    return f"{where}: {error.note or error.message}"


def _allowed(field: Any, error: Any) -> str:
    limits = field.constraints
    if isinstance(error, fe.TypeError):
        return f"is not of the type allowed: {field.type}"
    if isinstance(error, fe.UniqueError):
        return "stands in an earlier row too; allowed: each value once"
    if not error.cell:
        return f"is blank; allowed: {field.description}"
    if "enum" in limits:
        return f"is not allowed; allowed: {', '.join(map(str, limits['enum']))}"
    rules = [f"{key} {value}" for key, value in limits.items() if key != "required"]
    return f"is not allowed; allowed: {field.description} ({', '.join(rules)})"


def _frame(folder: Path, resource: Resource) -> pd.DataFrame:
    kinds = {
        f.name: "float64" if f.type == "number" else "int64" if f.type == "integer" else "str"
        for f in resource.schema.fields
    }
    frame = pd.read_csv(folder / str(resource.path), dtype="str", keep_default_na=False)
    numbers = [name for name, kind in kinds.items() if kind != "str"]
    return frame.assign(**{n: pd.to_numeric(frame[n]).astype(kinds[n]) for n in numbers})


def _cross_faults(tables: Tables) -> Iterator[str]:
    """What a table schema cannot say: agreements within a row and between tables."""
    for name in NUMBERED:
        for line, row in enumerate(getattr(tables, name).itertuples(), start=2):
            where = f"data/{name}.csv, row {line}"
            if row.low > row.high:
                yield f"{where}, column low: {row.low:.15g} is above high ({row.high:.15g}); allowed: at most high"
            for field, stated, read in zip(
                ("low", "high"), (row.low, row.high), printed.bounds(row.value_text, row.qualifier), strict=True
            ):
                if not _agree(stated, read):
                    yield (
                        f"{where}, column {field}: {_bound(stated)} does not agree with value_text "
                        f"{row.value_text!r} and qualifier {row.qualifier!r}; allowed: {_bound(read)}"
                    )
    known = set(tables.caveats["caveat"])
    for name in CREDITED:
        for line, cell in enumerate(getattr(tables, name)["caveats"], start=2):
            for caveat in sorted(set(cell.split()) - known):
                yield (
                    f"data/{name}.csv, row {line}, column caveats: {caveat!r} is not in data/caveats.csv; "
                    f"allowed: {', '.join(sorted(known))}"
                )
    used = {source for name in CREDITED for source in getattr(tables, name)["source_id"]} | set(
        tables.claims["credited_to"]
    )
    for line, source in enumerate(tables.sources["source_id"], start=2):
        if source not in used:
            yield (
                f"data/sources.csv, row {line}, column source_id: {source!r} is credited by no row of "
                f"{', '.join(CREDITED)}; allowed: sources that a row credits"
            )
    yield from _stage_faults(tables)
    yield from _claim_faults(tables)
    said = set(tables.challenges["id"])
    for line, cell in enumerate(tables.challenges["against"], start=2):
        for name in cell.split():
            if name not in said:
                yield f"data/challenges.csv, row {line}, column against: {name!r} is not in data/challenges.csv; allowed: an id of that file"
    for line, row in enumerate(tables.corrections.itertuples(), start=2):
        if row.row_id not in set(getattr(tables, row.table)["id"]):
            yield f"data/corrections.csv, row {line}, column row_id: {row.row_id!r} is not in data/{row.table}.csv; allowed: an id of that file"


def _stage_faults(tables: Tables) -> Iterator[str]:
    """A stage names places, dates and numbers by reference; each must be a row of its table."""
    numbers = set(tables.stocks["id"]) | set(tables.movements["id"])
    places = set(tables.places["place_id"])
    known = {
        "event_ids": (set(tables.events["id"]), "events"),
        "origin_ids": (places, "places"),
        "route_ids": (places, "places"),
        "destination_ids": (places, "places"),
        "magnitude_id": (numbers, "movements.csv or data/stocks"),
    }
    for column, (ids, table) in known.items():
        for line, cell in enumerate(tables.stages[column], start=2):
            for name in cell.split():
                if name not in ids:
                    yield f"data/stages.csv, row {line}, column {column}: {name!r} is not in data/{table}.csv; allowed: an id of that file"


HEADLINES = ("five-million", "one-third", "thirty-to-thirty-five", "ninety", "china-first", "sixty-years")


def _claim_faults(tables: Tables) -> Iterator[str]:
    """A verdict is written by hand or computed, never both; the rows a claim names exist."""
    known = {row_id for name in (*CREDITED, "outside") for row_id in getattr(tables, name).iloc[:, 0]}
    known |= set(tables.lists["list"]) | set(tables.places["place_id"]) | {"touch", "apart", *HEADLINES}
    for line, row in enumerate(tables.claims.itertuples(), start=2):
        where = f"data/claims.csv, row {line}"
        if bool(row.check) == bool(row.verdict):
            found = "both a verdict and a check" if row.check else "neither a verdict nor a check"
            yield f"{where}, column verdict: {row.id} has {found}; allowed: exactly one of the two"
        if bool(row.verdict) != bool(row.reason):
            yield f"{where}, column reason: {row.reason!r} with verdict {row.verdict!r}; allowed: a reason with each verdict written by hand, and no other"
        for name in row.value_ids.split():
            if name not in known:
                yield f"{where}, column value_ids: {name!r} is an id of no table; allowed: an id of a row in data/"


def _agree(stated: float, read: float | None) -> bool:
    if read is None:
        return math.isnan(stated)
    return math.isclose(stated, read, rel_tol=1e-5)


def _bound(value: float | None) -> str:
    return "blank" if value is None or math.isnan(value) else f"{value:.15g}"


def main() -> None:
    """Validate and say what was found; exit with 1 and one line per fault when something is wrong."""
    try:
        tables = load()
    except (DataError, FrictionlessException) as error:
        sys.exit(str(error))
    counts = ", ".join(f"{name} {len(getattr(tables, name))}" for name in CREDITED)
    print(f"data: valid ({counts} rows)")


if __name__ == "__main__":
    main()
