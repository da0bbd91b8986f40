"""Growth by natural increase, and what it would have to be.

Belongs here: compound growth with or without an outflow, in persons and years. Not here: which numbers.
"""

from __future__ import annotations

import pandas as pd


def factor(percent_a_year: float, years: float) -> float:
    """By how much a population multiplies.

    >>> round(factor(2, 60), 2)
    3.28
    """
    return (1 + percent_a_year / 100) ** years


def rate(start: float, end: float, years: float) -> float:
    """Growth in per cent a year that leads from one number to the other.

    Raises:
        ValueError: a number or the time is not positive.
    """
    if min(start, end, years) <= 0:
        raise ValueError(f"growth from {start} to {end} in {years} years: each must be above zero")
    return 100 * ((end / start) ** (1 / years) - 1)


def holding(stock: float, outflow: float, years: float) -> float:
    """Growth in per cent a year that keeps a stock level while an outflow leaves it evenly.

    >>> holding(5_000_000, 1_000_000, 20)
    1.0
    """
    if min(stock, years) <= 0:
        raise ValueError(f"a stock of {stock} over {years} years: each must be above zero")
    return 100 * outflow / (years * stock)


def between(counts: pd.DataFrame) -> pd.DataFrame:
    """Growth between the first and the last count of each place that has two.

    Args:
        counts: `place_id`, `year` (int), `low` (persons), in any order.

    Returns:
        In the order of the places: `place_id`, `first`, `last` (persons), `first_year`, `last_year`, `percent` (a year).
    """
    ordered = counts.sort_values("year", kind="stable").groupby("place_id", sort=False)
    ends = ordered.agg(
        first=("low", "first"), last=("low", "last"), first_year=("year", "first"), last_year=("year", "last")
    )
    ends = ends.loc[list(dict.fromkeys(counts["place_id"]))].query("last_year > first_year").reset_index()
    rates = [rate(row.first, row.last, row.last_year - row.first_year) for row in ends.itertuples()]
    return ends.assign(percent=pd.Series(rates, dtype="float64"))
