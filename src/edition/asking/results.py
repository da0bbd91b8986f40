"""The numbers that a chapter hands over: under which name, in which unit, and what each of them is.

    RESULTS = {"hosts": Result("count", "hosts that count as small"), **bounded("gap", "persons", "what is missing")}

    results.of("islanders", tables, {"largest": 2})       # the numbers under these values, by name

A chapter's module declares them as `RESULTS`, beside the function `results(tables, chosen)` that computes them.
Belongs here: that declaration, and asking a chapter for its numbers alone. Not here: computing them (the chapter), or many
parameter sets (`sweeps`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from edition.asking import chapters
from edition.data.tables import Tables
from edition.numbers.bounds import Span
from edition.numbers.glue import stated

AT = dict(zip(Span._fields, ("at the least", "at the most"), strict=True))


class Result(NamedTuple):
    """What a number is: its unit, "count" for how many, and its meaning in words."""

    unit: str
    meaning: str


def bounded(name: str, unit: str, meaning: str) -> dict[str, Result]:
    """The declarations of two bounds, under the names that `bounds.by_name` gives them.

    >>> bounded("gap", "persons", "what is missing")["gap-low"]
    Result(unit='persons', meaning='what is missing, at the least')
    """
    return {f"{name}-{end}": Result(unit, f"{meaning}, {words}") for end, words in AT.items()}


def declared(chapter: str) -> Mapping[str, Result]:
    """What a chapter declares, by name; empty where it hands over nothing."""
    found: Mapping[str, Result] = getattr(chapters.module(chapter), "RESULTS", {})
    return found


def of(chapter: str, tables: Tables, given: Mapping[str, Any]) -> dict[str, float | None]:
    """What the chapter's notebook hands over under these values, every parameter named; None for what is not stated.

    Raises:
        ParameterError: a name is unknown or missing, or a value not allowed.
        KeyError: the chapter hands over a number that it does not declare.
    """
    found = stated(chapters.module(chapter).results(tables, chapters.parameters()[chapter].check(dict(given))))
    if undeclared := found.keys() - declared(chapter).keys():
        raise KeyError(f"{chapter}.results gives {min(undeclared)!r}, which RESULTS does not declare")
    return found
