"""Marks that mean the same in every chart.

Belongs here: a mark or a text beside one that several charts share. Not here: colours and type (`style`).
"""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes

from edition import paper
from edition.charts.style import Scheme

MARKERS = ("o", "D", "v", "s^", "P", "*")  # for each colour of the series, one for each meaning that has it
REACH = 17.0  # points: length of the arrow at an open end
ADDED = "*"  # for a source that is the reader's own


def marker(meaning: str) -> str:
    """The mark of a meaning in every chart: those that share a colour differ by it."""
    colours = paper.current().colours
    series = colours[meaning]
    alike = [name for name, colour in colours.items() if colour == series]
    kinds = MARKERS[series]
    return kinds[min(alike.index(meaning), len(kinds) - 1)]


def open_end(axes: Axes, low: float, high: float, y: float, colour: str) -> None:
    """An arrow from the one bound that is known towards the other, which is open; nothing where both are known."""
    if math.isnan(low) != math.isnan(high):
        known, reach = (low, REACH) if math.isnan(high) else (high, -REACH)
        arrow = {"arrowstyle": "<|-", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (known, y), xytext=(reach, 0), textcoords="offset points", arrowprops=arrow)


def shortened(text: str, letters: int) -> str:
    """A label that leaves room for the picture, its start and its end; the whole of it is in the description.

    >>> shortened("An office whose name is long, for 2021", 28)
    'An office … for 2021'
    """
    if len(text) <= letters:
        return text
    half = letters // 2
    return f"{text[:half].rpartition(' ')[0] or text[:half]} … {text[2 - half :].partition(' ')[2] or text[2 - half :]}"


def beside(axes: Axes, text: str, x: float, y: float, *, gap: float = 6, size: float = 10, **look: Any) -> None:
    """A text to the right of a mark; `gap` and `size` in points."""
    axes.annotate(text, (x, y), xytext=(gap, 0), textcoords="offset points", va="center", size=size, **look)


def unstated(axes: Axes, x: float, y: float, scheme: Scheme, text: str = "not stated") -> None:
    """The mark for a number that is not stated, as on the maps, with its meaning beside it."""
    ring = {"boxstyle": "circle,pad=0.06", "fc": "none", "ec": scheme.ink, "ls": (0, (1.2, 1.4)), "lw": 1.2}
    axes.annotate("?", (x, y), ha="center", va="center", size=9, weight="semibold", color=scheme.ink, bbox=ring)
    axes.annotate(text, (x, y), xytext=(11, 0), textcoords="offset points", va="center", size=10, style="italic",
                  color=scheme.soft)  # fmt: skip
