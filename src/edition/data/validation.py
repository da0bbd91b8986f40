"""What is wrong with the data: the faults of files, rows and cells, and of tables that do not agree.

Every fault is one line in one form: file, row, column, value, what is allowed. Belongs here: finding faults and
saying them. Not here: reading the tables (`load`), what Frictionless finds (`schema`), what only one paper's tables must
agree on (its own `disagreements`).
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edition.data import cells, printed, reckoning
from edition.data.nearest import nearest

if TYPE_CHECKING:
    from frictionless import Resource

    from edition.data.tables import Tables


def fault(file: str, row: int | str, column: str, value: str, allowed: str) -> str:
    """A fault in the one form that all messages take."""
    return f"data/{file}, row {row}, column {column}: {value}; allowed: {allowed}"


def first_of_each_cell(faults: Iterable[str]) -> list[str]:
    """The first fault of each cell: what follows from it is not said."""
    return list({line.partition(": ")[0]: line for line in reversed(list(faults))}.values())[::-1]


def faults_in_file(folder: Path, resource: Resource) -> Iterator[str]:
    """What is wrong with a file's bytes, header or row lengths; its values are not looked at then."""
    name, labels = str(resource.path), resource.schema.field_names
    path = folder / name
    if not path.is_file():
        yield f"data/{name}: the file is missing; allowed: a file for each table of datapackage.json"
        return
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        yield fault(name, 1, labels[0], "starts with a byte-order mark", "UTF-8 without one")
        return
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        place = len(next(csv.reader([before.rpartition("\n")[2]]), [""]))
        column = labels[min(place, len(labels)) - 1]
        yield fault(name, before.count("\n") + 1, column, f"byte 0x{raw[error.start]:02x} is not UTF-8", "UTF-8")
        return
    rows, unread = _rows(text)
    wrong = _header_fault(name, rows[0] if rows else [], labels)
    if wrong:
        yield wrong
        return
    for row, found in enumerate(rows[1:], start=2):
        if len(found) < len(labels):
            said = f"the row ends after {len(found)} cells" if found else "the row is blank"
            yield fault(name, row, labels[len(found)], said, f"{len(labels)} cells")
        elif len(found) > len(labels):
            yield fault(name, row, labels[-1], f"the row goes on to {len(found)} cells", f"{len(labels)} cells")
        else:
            for field, cell in zip(resource.schema.fields, found, strict=True):
                if odd := cells.fault(field, cell):
                    yield fault(name, row, field.name, *odd)
    if unread:
        allowed = "cells in two quotation marks, those within them doubled"
        yield fault(name, len(rows) + 1, ", ".join(labels), f"the row cannot be read ({unread})", allowed)


def _rows(text: str) -> tuple[list[list[str]], str]:
    """The rows of a table up to the first that cannot be read, and why it cannot; "" if all can."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)  # noqa: PERF402  # those before an error are kept
    except csv.Error as error:
        return rows, str(error)
    return rows, ""


def _header_fault(name: str, found: list[str], labels: list[str]) -> str | None:
    wanted = ", ".join(labels)
    if len(found) == 1 and ";" in found[0]:
        return fault(name, 1, labels[0], "columns are separated by semicolons", "commas")
    if missing := [label for label in labels if label not in found]:
        return fault(name, 1, ", ".join(missing), "missing", wanted)
    if extra := [label for label in found if label not in labels]:
        return fault(name, 1, ", ".join(extra), "unknown", wanted)
    for here, there in zip(found, [*labels, *found[len(labels) :]], strict=True):
        if here != there or found.count(here) > 1:
            return fault(name, 1, here, "stands in another place, or twice", f"in this order, each once: {wanted}")
    return None


def faults_of_tables(tables: Tables) -> Iterator[str]:
    """What no table schema can say, and every paper's tables must: a number agrees with what is printed, a credit with its
    source, a caveat with the vocabulary, a claim, a correction and a revision with the rows they name.
    """
    yield from _numbers_and_credits(tables)
    yield from _outside(tables)
    yield from _ids(tables)
    yield from _caveats(tables)
    yield from _sources(tables)
    yield from _claims(tables)
    yield from _changes(tables)


def _outside(tables: Tables) -> Iterator[str]:
    """A number from outside the paper agrees with what its source prints; in a unit that has numbers each row has one."""
    rows, sums = tables.outside, {}
    for line, (row_id, total) in enumerate(tables.reckonings.itertuples(index=False), start=2):
        try:
            sums[row_id] = {reckoning.bounds(total)}
        except ValueError as error:
            yield fault(
                "reckonings.csv", line, "sum", f"{total!r} ({error})", "a sum, as 350 + 370, or two: 350 to 370"
            )
            return
    counted = set(rows.loc[rows["low"].notna() | rows["high"].notna(), "unit"])
    for line, row in enumerate(rows.itertuples(), start=2):
        bounds = tuple(None if math.isnan(one) else one for one in (row.low, row.high))
        allowed = sums.get(row.id) or reckoning.readings(row.value_text, row.unit)
        if row.low > row.high:
            yield fault(
                "outside.csv", line, "low", f"{_bound(row.low)} is above high ({_bound(row.high)})", "at most high"
            )
        elif bounds not in allowed and (bounds != (None, None) or row.unit in counted):
            column = "low" if bounds[0] not in {low for low, _ in allowed} else "high"
            found = f"{_bound(getattr(row, column))} does not agree with value_text {row.value_text!r}"
            right = " or ".join(sorted({_bound(one[column == "high"]) for one in allowed}))
            yield fault(
                "outside.csv", line, column, found, f"{right}, or a sum in data/reckonings.csv that leads to it"
            )


def _ids(tables: Tables) -> Iterator[str]:
    """An id stands in one table; a row that repeats another, or does not fit it, names one that exists."""
    first: dict[str, str] = {}
    for name in (*tables.CREDITED, "outside", "claims", "inconsistencies"):
        frame = getattr(tables, name)
        for line, row_id in enumerate(frame.iloc[:, 0], start=2):
            if first.setdefault(row_id, name) != name:
                found = f"{row_id!r} is an id of data/{first[row_id]}.csv too"
                yield fault(f"{name}.csv", line, frame.columns[0], found, "an id of its own")
    outside = set(tables.outside["id"])
    for line, row in enumerate(tables.outside.itertuples(), start=2):
        repeated = getattr(row, "repeats", "")
        if repeated and (repeated not in outside or repeated == row.id):
            found = f"{repeated!r} is no other row of data/outside.csv{nearest(repeated, outside)}"
            yield fault("outside.csv", line, "repeats", found, "an id of that file, or blank")
    known = set(first) | set(tables.caveats["caveat"]) | tables.nameable()
    for line, cell in enumerate(tables.inconsistencies["value_ids"], start=2):
        for name in cell.split():
            if name not in known:
                found = f"{name!r} is an id of no table{nearest(name, known)}"
                yield fault("inconsistencies.csv", line, "value_ids", found, "an id of a row in data/")


def _changes(tables: Tables) -> Iterator[str]:
    """A correction names a row; a revision a table, one of its columns and one of its rows."""
    for line, row in enumerate(tables.corrections.itertuples(), start=2):
        if row.row_id not in set(getattr(tables, row.table)["id"]):
            found = f"{row.row_id!r} is not in data/{row.table}.csv"
            yield fault("corrections.csv", line, "row_id", found, "an id of that file")
    for line, row in enumerate(tables.revisions.itertuples(), start=2):
        if row.table not in tables.names():
            yield fault("revisions.csv", line, "table", f"{row.table!r} is no table", ", ".join(tables.names()))
        elif row.column not in (frame := getattr(tables, row.table)).columns:
            found = f"{row.column!r} is no column of data/{row.table}.csv"
            yield fault("revisions.csv", line, "column", found, ", ".join(frame.columns))
        elif row.row_id not in set(frame.iloc[:, 0]):
            found = f"{row.row_id!r} is not in data/{row.table}.csv"
            yield fault("revisions.csv", line, "row_id", found, "an id of that file")


def _numbers_and_credits(tables: Tables) -> Iterator[str]:
    for name in tables.NUMBERED:
        for line, row in enumerate(getattr(tables, name).itertuples(), start=2):
            yield from faults_of_number(f"{name}.csv", line, row)
    for name in tables.CREDITED:
        for line, row in enumerate(getattr(tables, name).itertuples(), start=2):
            right = "no" if row.source_id in tables.own else "yes"
            if row.secondhand != right:
                found = f"{row.secondhand!r} with the source {row.source_id!r}"
                yield fault(f"{name}.csv", line, "secondhand", found, right)


def _caveats(tables: Tables) -> Iterator[str]:
    known = set(tables.caveats["caveat"])
    for name in (*tables.CREDITED, "outside"):
        for line, cell in enumerate(getattr(tables, name)["caveats"], start=2):
            if len(set(cell.split())) < len(cell.split()):
                yield fault(f"{name}.csv", line, "caveats", f"{cell!r} names one twice", "each caveat once")
            for caveat in sorted(set(cell.split()) - known):
                found = f"{caveat!r} is not in data/caveats.csv"
                yield fault(f"{name}.csv", line, "caveats", found, ", ".join(sorted(known)) or "none")


def _sources(tables: Tables) -> Iterator[str]:
    """A source of the paper is credited by some row; one from outside it has another id."""
    used = {source for name in tables.CREDITED for source in getattr(tables, name)["source_id"]}
    used |= set(tables.claims["credited_to"])
    for line, source in enumerate(tables.sources["source_id"], start=2):
        if source not in used:
            found = f"{source!r} is credited by no row"
            yield fault("sources.csv", line, "source_id", found, "sources that a row credits")
    for line, source in enumerate(tables.outside_sources["source_id"], start=2):
        if source in set(tables.sources["source_id"]):
            found = f"{source!r} is a source of the paper"
            yield fault("outside_sources.csv", line, "source_id", found, "another source_id")


def _claims(tables: Tables) -> Iterator[str]:
    """A verdict is written by hand or computed, never both; the rows a claim names exist."""
    known = {row_id for name in (*tables.CREDITED, "outside") for row_id in getattr(tables, name).iloc[:, 0]}
    known |= tables.nameable()
    for line, row in enumerate(tables.claims.itertuples(), start=2):
        if bool(row.check) == bool(row.verdict):
            found = "both a verdict and a check" if row.check else "neither a verdict nor a check"
            yield fault("claims.csv", line, "verdict", f"{row.id} has {found}", "exactly one of the two")
        elif bool(row.verdict) != bool(row.reason):
            found = f"{row.reason!r} with verdict {row.verdict!r}"
            yield fault("claims.csv", line, "reason", found, "a reason with each verdict written by hand, and no other")
        for name in row.value_ids.split():
            if name not in known:
                found = f"{name!r} is an id of no table{nearest(name, known)}"
                yield fault("claims.csv", line, "value_ids", found, "an id of a row in data/")


def faults_of_number(file: str, line: int, row: Any) -> Iterator[str]:
    """A number as printed, its qualifier and its bounds agree; the first that does not is said."""
    text, qualifier = row.value_text, printed.qualifier(row.value_text)
    if row.qualifier != qualifier:
        yield fault(file, line, "qualifier", f"{row.qualifier!r} does not agree with value_text {text!r}", qualifier)
    elif row.low > row.high:
        yield fault(file, line, "low", f"{row.low:.15g} is above high ({row.high:.15g})", "at most high")
    else:
        for field, stated, read in zip(
            ("low", "high"), (row.low, row.high), printed.bounds(text, qualifier), strict=True
        ):
            if not _agree(stated, read):
                found = f"{_bound(stated)} does not agree with value_text {text!r} and qualifier {qualifier!r}"
                yield fault(file, line, field, found, _bound(read))


def _agree(stated: float, read: float | None) -> bool:
    """To the last digit; of a fraction that decimals do not hold (one-third), to the fourth decimal."""
    return math.isnan(stated) if read is None else stated == round(read, 4)


def _bound(value: float | None) -> str:
    return "blank" if value is None or math.isnan(value) else f"{value:.15g}"
