"""Sentences that describe a picture: what a row says as words, and which of its values are the extremes.

Belongs here: what the descriptions of several charts share. Not here: a description (each chart has its own), how a
number is written (`numbers.wording`). Rows have `low` and `high`; a missing one is an open bound, or no number at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from edition.numbers.wording import number, sentence_case, span, with_noun


def sentences(parts: Iterable[str]) -> str:
    """Each part as a sentence of its own; empty ones are left out.

    >>> sentences(["a bar chart", "", "horizontal axis: persons."])
    'A bar chart. Horizontal axis: persons.'
    """
    return " ".join(f"{sentence_case(part).rstrip('.')}." for part in parts if part)


def one_line(text: object) -> str:
    """A label without its line breaks; "" for a blank cell."""
    return "" if text is None or text != text else " ".join(str(text).split())


def as_number(value: Any) -> float:
    """A cell as a number, NaN for a blank one."""
    return math.nan if value is None or value != value else float(value)


def bounds(row: Any) -> str:
    """The number of a row, as a range where it is one."""
    return span(as_number(row.low), as_number(row.high))


def ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The rows with the lowest and the highest value."""
    low = rows["low"].astype("float64").fillna(rows["high"].astype("float64"))
    high = rows["high"].astype("float64").fillna(rows["low"].astype("float64"))
    return rows.loc[low.idxmin()], rows.loc[high.idxmax()]


def lowest(row: pd.Series) -> str:
    """The lower bound of a row, or the only one that it has."""
    return number(as_number(row["high"]) if math.isnan(as_number(row["low"])) else as_number(row["low"]))


def highest(row: pd.Series) -> str:
    """The upper bound of a row, or the only one that it has."""
    return number(as_number(row["low"]) if math.isnan(as_number(row["high"])) else as_number(row["high"]))


def extremes(rows: pd.DataFrame, name: Callable[[pd.Series], str], unit: str) -> str:
    """Which value is the lowest and which the highest; "" without any value."""
    known = rows.dropna(subset=["low", "high"], how="all")
    if known.empty:
        return ""
    least, most = ends(known)
    if len(known) == 1:
        return f"One value: {bounds(least)} {unit} ({name(least)})."
    if lowest(least) == highest(most):
        return f"All values are {lowest(least)} {unit}."
    return f"Lowest: {lowest(least)} {unit} ({name(least)}). Highest: {highest(most)} ({name(most)})."


def per_group(drawn: pd.DataFrame, column: str) -> str:
    """Each group of rows with its count and extremes."""
    parts = []
    for name, group in drawn.groupby(column, sort=False):
        known = group.dropna(subset=["low", "high"], how="all")
        if known.empty:
            parts.append(f"{name}: {with_noun(len(group), 'row')} without a number")
            continue
        least, most = ends(known)
        parts.append(f"{name}: {with_noun(len(group), 'row')}, {lowest(least)} to {highest(most)}")
    return sentences(parts)
