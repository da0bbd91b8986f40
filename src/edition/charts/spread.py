"""Texts in a column that would hide each other, moved apart as little as it takes.

Belongs here: where on one axis each of several texts stands. Not here: drawing; marks in lanes (`lanes`).
"""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of texts, as near as may be to where they are wanted, none over another, none beyond the ends.

    Args:
        wanted: where each would stand, from the lowest to the highest.
        heights: of each text, in the same unit.
        low, high: ends of the column; texts that need more than that reach beyond the upper one.

    >>> spread([1.0, 1.0, 5.0], [2.0, 2.0, 2.0], 0.0, 10.0)
    [1.0, 3.0, 5.0]
    """
    middles = list(wanted)
    for n, height in enumerate(heights):  # from the lower end up
        least = low if n == 0 else middles[n - 1] + heights[n - 1] / 2
        middles[n] = max(middles[n], least + height / 2)
    for n in reversed(range(len(middles))):  # and from the upper end down, where one was pushed beyond it
        most = high if n == len(middles) - 1 else middles[n + 1] - heights[n + 1] / 2
        middles[n] = min(middles[n], most - heights[n] / 2)
    if middles and middles[0] - heights[0] / 2 < low:
        middles = [sum(heights[:n]) + low + height / 2 for n, height in enumerate(heights)]
    return middles
