"""Rows in which marks stand one above the other where they would hide each other.

Belongs here: which lane of its row a mark takes, and how high that makes the row. Not here: drawing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

LANE = 0.5  # distance of marks that would hide each other, of a row's height
TOUCH = 10.0  # points: marks nearer than this to each other hide each other


def lanes(drawn: pd.DataFrame, *, log: bool, across: float, touch: float = TOUCH) -> pd.Series:
    """For each mark its lane within its row, from 0 down, so that none hides another.

    Args:
        drawn: columns `place` (the row), `low`, `high` (the ends of the mark).
        across: about the width of the ground on which the marks stand, in points.
        log: whether the axis is logarithmic; otherwise it begins at zero.
        touch: how near to each other marks may come, in points.
    """
    ends = drawn[["low", "high"]].bfill(axis=1).ffill(axis=1).astype("float64")
    ends = np.log10(ends) if log else ends
    span = (ends["high"].max() - (ends["low"].min() if log else 0.0)) or 1.0
    at = ends * across / span
    found = pd.Series(0, index=drawn.index)
    for _, group in drawn.groupby("place", sort=False):
        until: list[float] = []  # where each lane is free again
        for row in at.loc[group.index].sort_values(["low", "high"], kind="stable").itertuples():
            free = next((n for n, end in enumerate(until) if row.low - end >= touch), len(until))
            until[free : free + 1] = [row.high]
            found[row.Index] = free
    return found


def depths(places: list[str], drawn: pd.DataFrame, taken: pd.Series) -> pd.Series:
    """Height of each place's row, in rows of one mark; `taken` are the lanes of the marks drawn."""
    most = taken.groupby(drawn["place"]).max().reindex(places).fillna(0)
    return 1 + LANE * most
