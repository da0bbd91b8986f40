"""Arithmetic with bounds: frames with `low` and `high`, NaN where a bound is open.

Belongs here: adding, subtracting, widening. Not here: what is added to what.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple

import pandas as pd


class Span(NamedTuple):
    """Two bounds; NaN means that the bound is open."""

    low: float
    high: float

    def __sub__(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low)


def add(rows: pd.DataFrame) -> Span:
    """The sum of rows; blank rows (no bound at all) add nothing, one open bound leaves the sum open.

    >>> add(pd.DataFrame({"low": [1.0, 2.0], "high": [1.0, float("nan")]}))
    Span(low=3.0, high=nan)
    """
    stated = rows.dropna(subset=["low", "high"], how="all")
    return Span(*(float(stated[bound].sum(skipna=False)) for bound in ("low", "high")))


def by_name(spans: Mapping[str, Span]) -> dict[str, float]:
    """Each bound under a name of its own.

    >>> by_name({"returned": Span(1.0, 2.0)})
    {'returned-low': 1.0, 'returned-high': 2.0}
    """
    return {f"{name}-{end}": float(getattr(span, end)) for name, span in spans.items() for end in Span._fields}


def of_row(rows: pd.DataFrame, row_id: str) -> Span:
    """The bounds of one row.

    Raises:
        KeyError: no row has the id.
    """
    row = rows.set_index("id").loc[row_id]
    return Span(float(row["low"]), float(row["high"]))


def close(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with an open bound taken at the bound that is printed; columns as given."""
    return rows.assign(low=rows["low"].fillna(rows["high"]), high=rows["high"].fillna(rows["low"]))


def widen(rows: pd.DataFrame, about_percent: float) -> pd.DataFrame:
    """Rows printed with *about* or *almost*, given a width either way in per cent; columns as given."""
    width = rows["qualifier"].isin(["about", "almost"]) * about_percent / 100
    return rows.assign(low=rows["low"] * (1 - width), high=rows["high"] * (1 + width))


def take(rows: pd.DataFrame, bound: Literal["both", "lowest", "highest"]) -> pd.DataFrame:
    """Rows with a range kept (both) or taken at one of its ends; an open bound stays open; columns as given."""
    if bound == "both":
        return rows
    end = "low" if bound == "lowest" else "high"
    whole = rows["low"].notna() & rows["high"].notna()
    return rows.assign(low=rows[end].where(whole, rows["low"]), high=rows[end].where(whole, rows["high"]))


def overlap(one: Span, other: Span, slack: float = 0) -> bool:
    """Whether two ranges share a value; open bounds reach on; `slack` widens the second, in its own unit."""
    low, high = (-math.inf if math.isnan(one.low) else one.low), (math.inf if math.isnan(one.high) else one.high)
    other_low = -math.inf if math.isnan(other.low) else other.low - slack
    other_high = math.inf if math.isnan(other.high) else other.high + slack
    return low <= other_high and other_low <= high
