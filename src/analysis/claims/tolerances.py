"""How near is near: the one table of tolerances that every check uses, each with its reason.

Belongs here: the widths. Not here: what is compared with what (`checks`, `headlines`).

    tolerances.points(rows.loc["s-titular-1989", "value_text"])     # half of the last printed place, in points
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.computing.outside import LINE_YEARS
from edition.numbers.sentences import Sentences


@dataclass(frozen=True)
class Tolerance:
    """One width.

    Attributes:
        of, why: what is compared, and the reason for this width, by the names of their sentences.
        allows: how far apart the two may lie, in `unit`.
        unit: `per cent` of what it is compared with, `points`, `years` or `exact`.
    """

    of: str
    why: str
    allows: float
    unit: str


SAY = Sentences(__name__)

SUM = Tolerance("sum", "sum-why", 0, "exact")
WHOLE_POINTS = Tolerance("whole-points", "whole-points-why", 0.5, "points")
TENTH_POINTS = Tolerance("tenth-points", "tenth-points-why", 0.05, "points")
ABOUT = Tolerance("about", "about-why", 5, "per cent")
COUNT = Tolerance("count", "count-why", 5, "per cent")
APART = Tolerance("apart", "apart-why", 5, "years")
LINE = Tolerance("line", "line-why", LINE_YEARS, "years")
BOUND = Tolerance("bound", "bound-why", 0, "exact")
RANK = Tolerance("rank", "rank-why", 0, "exact")
DATE = Tolerance("date", "date-why", 0, "exact")

TABLE = (SUM, WHOLE_POINTS, TENTH_POINTS, ABOUT, COUNT, APART, LINE, BOUND, RANK, DATE)


def points(value_text: str) -> float:
    """How far a share may lie from what is printed, in points.

    >>> points("39.7 percent"), points("90 %"), points("one-third")
    (0.05, 0.5, 0.5)
    """
    return TENTH_POINTS.allows if "." in value_text else WHOLE_POINTS.allows


def near(number: float, printed: float, tolerance: Tolerance = COUNT) -> bool:
    """Whether a number lies within a tolerance in per cent of what is printed.

    >>> near(1_462_588, 1_500_000), near(1_250_458, 1_500_000)
    (True, False)
    """
    return abs(number - printed) <= tolerance.allows / 100 * printed
