"""What is wrong with the data: the faults of files, rows and cells, and of tables that do not agree.

Every fault is one line in one form: file, row, column, value, what is allowed. Belongs here: finding faults and
saying them. Not here: reading the tables (`data`), what Frictionless finds (`schema`).
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import printed

if TYPE_CHECKING:
    from frictionless import Resource

    from analysis.data import Tables

NUMBERED = ("stocks", "movements", "shares", "quantities")
CREDITED = (*NUMBERED, "events", "lists", "answers", "stages", "scripts", "questions", "challenges")


OWN = ("askhat", "the_study")  # sources behind which the paper names nobody else


def fault(file: str, row: int | str, column: str, value: str, allowed: str) -> str:
    """A fault in the one form that all messages take."""
    return f"data/{file}, row {row}, column {column}: {value}; allowed: {allowed}"


def once(faults: Iterable[str]) -> list[str]:
    """The first fault of each cell: what follows from it is not said."""
    return list({line.partition(": ")[0]: line for line in reversed(list(faults))}.values())[::-1]


def in_file(folder: Path, resource: Resource) -> Iterator[str]:
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
    rows = csv.reader(io.StringIO(text, newline=""))
    wrong = _header_fault(name, next(rows, []), labels)
    if wrong:
        yield wrong
        return
    for row, cells in enumerate(rows, start=2):
        if len(cells) < len(labels):
            found = f"the row ends after {len(cells)} cells" if cells else "the row is blank"
            yield fault(name, row, labels[len(cells)], found, f"{len(labels)} cells")
        elif len(cells) > len(labels):
            yield fault(name, row, labels[-1], f"the row goes on to {len(cells)} cells", f"{len(labels)} cells")


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


def across(tables: Tables) -> Iterator[str]:
    """What a table schema cannot say: agreements within a row and between tables."""
    for name in NUMBERED:
        for line, row in enumerate(getattr(tables, name).itertuples(), start=2):
            yield from of_number(f"{name}.csv", line, row)
    for name in CREDITED:
        for line, row in enumerate(getattr(tables, name).itertuples(), start=2):
            right = "no" if row.source_id in OWN else "yes"
            if row.secondhand != right:
                found = f"{row.secondhand!r} with the source {row.source_id!r}"
                yield fault(f"{name}.csv", line, "secondhand", found, right)
    yield from _place_faults(tables)
    dates = list(_date_faults(tables))
    yield from dates or _period_faults(tables)
    known = set(tables.caveats["caveat"])
    for name in CREDITED:
        for line, cell in enumerate(getattr(tables, name)["caveats"], start=2):
            for caveat in sorted(set(cell.split()) - known):
                found = f"{caveat!r} is not in data/caveats.csv"
                yield fault(f"{name}.csv", line, "caveats", found, ", ".join(sorted(known)))
    used = {source for name in CREDITED for source in getattr(tables, name)["source_id"]}
    used |= set(tables.claims["credited_to"])
    for line, source in enumerate(tables.sources["source_id"], start=2):
        if source not in used:
            yield fault(
                "sources.csv", line, "source_id", f"{source!r} is credited by no row", "sources that a row credits"
            )
    yield from _stage_faults(tables)
    yield from _claim_faults(tables)
    said = set(tables.challenges["id"])
    for line, cell in enumerate(tables.challenges["against"], start=2):
        for name in cell.split():
            if name not in said:
                found = f"{name!r} is not in data/challenges.csv"
                yield fault("challenges.csv", line, "against", found, "an id of that file")
    for line, row in enumerate(tables.corrections.itertuples(), start=2):
        if row.row_id not in set(getattr(tables, row.table)["id"]):
            found = f"{row.row_id!r} is not in data/{row.table}.csv"
            yield fault("corrections.csv", line, "row_id", found, "an id of that file")


def of_number(file: str, line: int, row: Any) -> Iterator[str]:
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


def _place_faults(tables: Tables) -> Iterator[str]:
    """A country has a code and nothing else has; a list has each position once."""
    for line, row in enumerate(tables.places.itertuples(), start=2):
        if bool(row.iso3) != (row.kind == "country"):
            wanted = "a code" if row.kind == "country" else "blank"
            yield fault("places.csv", line, "iso3", f"{row.iso3!r} with kind {row.kind!r}", wanted)
    codes = tables.places["iso3"]
    for line, code in codes[codes.ne("") & codes.duplicated()].items():
        yield fault(
            "places.csv", int(str(line)) + 2, "iso3", f"{code!r} stands in an earlier row too", "each code once"
        )
    again = tables.lists[tables.lists.duplicated(["list", "position"])]
    for line, position in again["position"].items():
        found = f"{position} stands in an earlier row of the same list too"
        yield fault("lists.csv", int(str(line)) + 2, "position", found, "each position once in a list")


def _date_faults(tables: Tables) -> Iterator[str]:
    """An event begins before it ends, and when the paper says."""
    for line, row in enumerate(tables.events.itertuples(), start=2):
        if _after(row.start, row.end):
            yield fault("events.csv", line, "end", f"{row.end!r} lies before start {row.start!r}", "start or later")
        else:
            yield from _event_faults(line, row)


def _period_faults(tables: Tables) -> Iterator[str]:
    """A stage begins before it ends, and lies within the periods of its events."""
    events = tables.events.set_index("id")
    for line, row in enumerate(tables.stages.itertuples(), start=2):
        if _after(row.start, row.end):
            yield fault("stages.csv", line, "end", f"{row.end!r} lies before start {row.start!r}", "start or later")
            continue
        mine = events[events.index.isin(row.event_ids.split()) & events["start"].ne("")]
        if mine.empty:
            continue
        first, last = mine["start"].min(), "9999" if mine["end"].eq("").any() else mine["end"].max()
        for column, date in (("start", row.start), ("end", row.end)):
            if _after(first, date) or _after(date, last):
                found = f"{date!r} lies outside the events of the stage"
                yield fault(
                    "stages.csv", line, column, found, f"from {first} to {last}" if last < "9999" else f"from {first}"
                )
                break


def _event_faults(line: int, row: Any) -> Iterator[str]:
    """The dates of one event against its date as printed."""
    text = row.value_text
    named, day = printed.period(text), printed.day(text)
    if named is None:
        right = {"start": {""}, "end": {""}}
    elif named.loose:
        years = {str(year) for year in range(named.first, named.last + 1)}
        right = {"start": years, "end": years}
    else:
        right = {"start": {f"{named.first}{day}"}, "end": {f"{named.last}{day}"}}
        right["end"] |= {""} if row.precision == "open" else set()
    for column, options in right.items():
        date = getattr(row, column)
        if date not in options:
            allowed = " or ".join(option or "blank" for option in dict.fromkeys((min(options), max(options))))
            found = f"{date!r} does not agree with value_text {text!r}"
            yield fault(
                "events.csv",
                line,
                column,
                found,
                allowed if len(options) < 3 else f"a year from {min(options)} to {max(options)}",
            )
            return


def _after(one: str, other: str) -> bool:
    """Whether one ISO 8601 date lies after another, as far as both say; a blank one lies nowhere."""
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]


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
                    found = f"{name!r} is not in data/{table}.csv"
                    yield fault("stages.csv", line, column, found, "an id of that file")


HEADLINES = ("five-million", "one-third", "thirty-to-thirty-five", "ninety", "china-first", "sixty-years")


def _claim_faults(tables: Tables) -> Iterator[str]:
    """A verdict is written by hand or computed, never both; the rows a claim names exist."""
    known = {row_id for name in (*CREDITED, "outside") for row_id in getattr(tables, name).iloc[:, 0]}
    known |= set(tables.lists["list"]) | set(tables.places["place_id"]) | {"touch", "apart", *HEADLINES}
    for line, row in enumerate(tables.claims.itertuples(), start=2):
        if bool(row.check) == bool(row.verdict):
            found = "both a verdict and a check" if row.check else "neither a verdict nor a check"
            yield fault("claims.csv", line, "verdict", f"{row.id} has {found}", "exactly one of the two")
        if bool(row.verdict) != bool(row.reason):
            found = f"{row.reason!r} with verdict {row.verdict!r}"
            yield fault("claims.csv", line, "reason", found, "a reason with each verdict written by hand, and no other")
        for name in row.value_ids.split():
            if name not in known:
                yield fault(
                    "claims.csv", line, "value_ids", f"{name!r} is an id of no table", "an id of a row in data/"
                )


def _agree(stated: float, read: float | None) -> bool:
    if read is None:
        return math.isnan(stated)
    return math.isclose(stated, read, rel_tol=1e-5)


def _bound(value: float | None) -> str:
    return "blank" if value is None or math.isnan(value) else f"{value:.15g}"
