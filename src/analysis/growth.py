"""Growth by natural increase, and what it would have to be.

Belongs here: compound growth with or without an outflow, in persons and years. Not here: which numbers.
"""

from __future__ import annotations


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
