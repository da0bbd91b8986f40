"""What the tables of this paper must agree on, beside what every paper's must: places, lists, dates, stages, statements.

Belongs here: faults between tables that no table schema can say. Not here: what holds for any paper (`edition.data.validation`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.tables import Tables
from edition.data import printed
from edition.data.validation import fault, faults_of_tables


def between(tables: Tables) -> Iterator[str]:
    """Every fault, one line each."""
    yield from faults_of_tables(tables)
    yield from _place_faults(tables)
    dates = list(_date_faults(tables))
    yield from dates or _period_faults(tables)
    yield from _stage_faults(tables)
    said = set(tables.challenges["id"])
    for line, cell in enumerate(tables.challenges["against"], start=2):
        for name in cell.split():
            if name not in said:
                found = f"{name!r} is not in data/challenges.csv"
                yield fault("challenges.csv", line, "against", found, "an id of that file")


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
    events = tables.by_id("events")
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
        "doubtful_ids": (places, "places"),
        "destination_ids": (places, "places"),
        "magnitude_id": (numbers, "movements.csv or data/stocks"),
    }
    for column, (ids, table) in known.items():
        for line, cell in enumerate(tables.stages[column], start=2):
            for name in cell.split():
                if name not in ids:
                    found = f"{name!r} is not in data/{table}.csv"
                    yield fault("stages.csv", line, column, found, "an id of that file")
