"""The numbers that a chapter hands over: under which name, in which unit, and what each of them is.

    RESULTS = {"hosts": Result("count", "hosts that count as small"), **bounded("gap", "persons", "what is missing")}

A chapter's module declares them as `RESULTS`, beside the function `results(tables, chosen)` that computes them.
Belongs here: that declaration, for chapters to import. Not here: asking a chapter for its numbers (`chapters`).
"""

from __future__ import annotations

from typing import NamedTuple

from edition.numbers.bounds import Span

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
