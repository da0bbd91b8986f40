"""Axes with round numbers in words, from zero or logarithmic.

Belongs here: what the axes of several charts share. Not here: marks (`marks`), size and type (`style`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator


def short(value: float) -> str:
    """A round number as an axis has it.

    >>> short(1_500_000), short(-2_000)
    ('1.5 million', '−2,000')
    """
    if value < 0:
        return f"−{short(-value)}"
    return f"{value / 1e6:g} million" if value >= 1e6 else f"{value:,.0f}"


def claimed(ends: Iterable[float]) -> str:
    """The number or the two numbers of a claim, in short.

    >>> claimed([5e6, 5e6]), claimed([30.0, 35.0])
    ('5 million', '30 to 35')
    """
    return " to ".join(dict.fromkeys(map(rounded, ends)))


def rounded(value: float) -> str:
    """A number that need not be round, in short.

    >>> rounded(4721457.0), rounded(22.712), rounded(-8.0)
    ('4.72 million', '22.7', '−8')
    """
    sign, size = ("−" if value < 0 else ""), abs(value)
    if size >= 1e6:
        return f"{sign}{size / 1e6:.3g} million"
    return f"{sign}{size:,.0f}" if size >= 1000 or math.isclose(size, round(size)) else f"{sign}{size:.1f}"


def in_short(axis: Axis) -> None:
    """Write the numbers of an axis in short."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))


def above_zero(drawn: pd.DataFrame) -> pd.DataFrame:
    """Rows as a logarithmic axis can have them: `low` and `high` of 0 stand to the left of the smallest other number."""
    ends = drawn[["low", "high"]]
    least = ends[ends > 0].min().min()
    return drawn.assign(**ends.replace(0, 1.0 if math.isnan(least) else least / 2))


def log_axis(axes: Axes, drawn: pd.DataFrame, unit: str) -> None:
    """A horizontal axis by powers of ten, as wide as `low` and `high` of the rows need, each above zero (see `above_zero`)."""
    low, high = drawn[["low", "high"]].min().min(), drawn[["low", "high"]].max().max()
    axes.set_xscale("log")
    left, right = low / 1.5, high * 1.6
    axes.set_xlim(left, right)
    decades = range(math.ceil(math.log10(left)), math.floor(math.log10(right)) + 1)
    axes.xaxis.set_major_locator(FixedLocator([10**d for d in decades]))
    axes.xaxis.set_minor_locator(NullLocator())
    in_short(axes.xaxis)
    axes.set_xlabel(f"{unit} (logarithmic: each step is ten times the last)")
