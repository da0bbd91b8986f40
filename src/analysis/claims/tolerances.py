"""How near is near: the one table of tolerances that every check uses, each with its reason.

Belongs here: the widths. Not here: what is compared with what (`checks`, `headlines`).

    tolerances.points(rows.loc["s-titular-1989", "value_text"])     # half of the last printed place, in points
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.computing.outside import LINE_YEARS


@dataclass(frozen=True)
class Tolerance:
    """One width.

    Attributes:
        of: what is compared.
        allows: how far apart the two may lie, in `unit`.
        unit: `per cent` of what it is compared with, `points`, `years` or `exact`.
        why: the reason for this width.
    """

    of: str
    allows: float
    unit: str
    why: str


SUM = Tolerance(
    "a printed sum and its parts",
    0,
    "exact",
    "An addition is right or wrong; open bounds and ranges are added as such.",
)
WHOLE_POINTS = Tolerance(
    "a share printed in whole per cent, or as a third",
    0.5,
    "points",
    "Half of the last printed place: what rounds to the same whole per cent.",
)
TENTH_POINTS = Tolerance(
    "a share printed in tenths of a per cent",
    0.05,
    "points",
    "Half of the last printed place: what rounds to the same tenth.",
)
ABOUT = Tolerance(
    "a number with about, almost, roughly or more or less",
    5,
    "per cent",
    "The word gives no width; one half of a tenth is taken for all of them.",
)
COUNT = Tolerance(
    "an estimate and a count, or two estimates",
    5,
    "per cent",
    "Censuses of neighbouring years differ by as much; a reader can change it in the chapters on counts and on claims.",
)
APART = Tolerance(
    "the dates of an estimate and of what it is compared with",
    5,
    "years",
    "Half of the ten years between two censuses; a reader can change it in the same chapters.",
)
LINE = Tolerance(
    "two counts between which a straight line is drawn",
    LINE_YEARS,
    "years",
    "Between two censuses of the usual distance growth is near enough even; over a longer time it is not.",
)
BOUND = Tolerance(
    "a number with over, above, more than or less than",
    0,
    "exact",
    "Only the bound is stated, so only the bound is tested.",
)
RANK = Tolerance("a rank", 0, "exact", "A rank is a whole number; where ranges overlap the rank is not decided.")
DATE = Tolerance(
    "a date", 0, "exact", "At the precision printed: a day is confirmed by a day, and by a year only in part."
)

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
