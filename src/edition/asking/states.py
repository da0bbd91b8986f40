"""The states of a chapter that can be tried: every option of a choice, and of a range a few stops.

    for state in states(model, usual): ...      # usual: the values of the chapter's notebook

A field may name its stops itself, as pydantic's `examples`. Belongs here: which values are tried, for whoever tries
them, and how a state is named. Not here: what is allowed (`parameters`), or what becomes of a state.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

from edition.asking.parameters import Chapter, in_address, limits, options

MOST = 64  # combinations that are all tried; of more, each parameter is changed alone
STOPS = 5  # of a range


def stops(model: type[Chapter], name: str, usual: Any) -> list[Any]:
    """The values of one parameter that are tried, in order, the usual one among them.

    Raises:
        ValueError: a range has no end, so that nobody can say where to stop.
    """
    field = model.model_fields[name]
    if field.annotation is bool:
        return [False, True]
    if values := options(model, name):
        return values
    if field.examples:
        return sorted({*field.examples, usual})
    low, high = limits(model, name)
    kind = int if field.annotation is int else float
    return sorted({kind(low + (high - low) * n / (STOPS - 1)) for n in range(STOPS)} | {usual})


def state_name(state: dict[str, Any], usual: dict[str, Any]) -> str:
    """A state by what differs from the usual values, in the order of those; "" for the usual one.

    >>> state_name({"bound": "lowest", "largest": 2}, {"bound": "both", "largest": 2})
    'bound=lowest'
    """
    return "&".join(f"{name}={in_address(state[name])}" for name in usual if state[name] != usual[name])


def combinations(model: type[Chapter], usual: dict[str, Any]) -> int:
    """How many combinations of stops there are."""
    return math.prod(len(stops(model, name, value)) for name, value in usual.items())


def pairs(model: type[Chapter], usual: dict[str, Any], one: str, other: str) -> list[dict[str, Any]]:
    """Parameter sets: every combination of the stops of two parameters, the others as usual."""
    first, second = (stops(model, name, usual[name]) for name in (one, other))
    return [usual | {one: a, other: b} for a, b in itertools.product(first, second)]


def states(model: type[Chapter], usual: dict[str, Any], most: int = MOST) -> list[dict[str, Any]]:
    """Parameter sets, the usual one first: every combination of stops, or, of more than `most`, each stop alone."""
    values = {name: stops(model, name, value) for name, value in usual.items()}
    every = [
        dict(zip(values, chosen, strict=True))
        for chosen in itertools.islice(itertools.product(*values.values()), most + 1)
    ]
    if len(every) > most:
        every = [usual | {name: stop} for name, some in values.items() for stop in some]
    return [usual, *(state for n, state in enumerate(every) if state != usual and state not in every[:n])]
