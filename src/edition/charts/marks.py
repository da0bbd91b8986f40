"""Marks that mean the same in every chart.

Belongs here: a mark or a text beside one that several charts share. Not here: colours and type (`style`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from edition import paper
from edition.charts.style import PAPER, SMALL, TEXT, Scheme

MARKERS = ("o", "D", "v", "s^", "P", "*")  # for each colour of the series, one for each meaning that has it
REACH = 17.0  # points: length of the arrow at an open end
CAPITAL, ASCENT, DESCENT = 0.66, 0.712, 0.205  # of the typeface, for a point of its size
LETTER = 5.2  # points: about the width of a letter
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


def halo(scheme: Scheme) -> list[withStroke]:
    """What keeps lines off a text: the colour of the page around its letters."""
    return [withStroke(linewidth=2.4, foreground=PAPER[scheme.name])]


def stretch(axes: Axes, low: float, high: float, y: float, meaning: str, scheme: Scheme, **look: Any) -> None:
    """A range: a bar with a tick at each end, and in its middle, to the eye, the mark of what it means."""
    colour = scheme.of(meaning)
    axes.plot([low, high], [y] * 2, color=colour, lw=1.4, marker="|", ms=8, mew=1.2, zorder=3, **look)
    middle = math.sqrt(low * high) if axes.get_xscale() == "log" else (low + high) / 2
    axes.plot(middle, y, marker(meaning), ms=6, mfc=colour, mec=scheme.land, mew=0.5, zorder=4, **look)


def shortened(text: str, letters: int) -> str:
    """A label that leaves room for the picture, its start and its end; the whole of it is in the description.

    >>> shortened("An office whose name is long, for 2021", 28)
    'An office … for 2021'
    """
    if len(text) <= letters:
        return text
    half = letters // 2
    return f"{text[:half].rpartition(' ')[0] or text[:half]} … {text[2 - half :].partition(' ')[2] or text[2 - half :]}"


def beside(
    axes: Axes,
    text: str,
    x: float,
    y: float,
    *,
    gap: float = 6,
    size: float = TEXT,
    linespacing: float = 1.1,
    **look: Any,
) -> None:
    """A text level with a mark: the middle of its capitals and digits, not of the room that its type takes, is where the mark's is.

    Args:
        gap: from the mark to the text's beginning, in points; its end with `ha="right"`, and negative to its left.
        size: in points, as is what it is moved by.
    """
    lines = text.count("\n")
    drop = size * (CAPITAL + lines * (ASCENT * linespacing + DESCENT)) / 2
    axes.annotate(text, (x, y), xytext=(gap, -drop), textcoords="offset points", va="baseline", size=size,
                  linespacing=linespacing, **look)  # fmt: skip


def name_rows(
    axes: Axes, rows: Iterable[tuple[float, str]], scheme: Scheme, *, above: float, size: float = TEXT, **look: Any
) -> None:
    """Names of rows, each left of its row, or in a narrow picture above it.

    Args:
        rows: where each stands on the upright axis, and its name.
        above: how far above its row a name stands, in rows.
    """
    axes.tick_params(axis="y", left=False, labelleft=False)
    for y, name in rows:
        if scheme.narrow:
            text = shortened(" ".join(name.split()), letters(scheme))
            bare = {"facecolor": PAPER[scheme.name], "edgecolor": "none", "pad": 1}  # no line runs through a name
            axes.annotate(text, (0, y - above), xycoords=("axes fraction", "data"), va="baseline", size=size, bbox=bare,
                          zorder=1.5, **look)  # over lines of the grid, under bars  # fmt: skip
        else:
            beside(
                axes, name, 0, y, gap=-6, size=size, xycoords=("axes fraction", "data"), ha="right", ma="right", **look
            )


def letters(scheme: Scheme) -> int:
    """How many letters stand side by side in the whole width of a picture."""
    return int(72 * scheme.width / LETTER)


def unstated(axes: Axes, x: float, y: float, scheme: Scheme, text: str = "not stated") -> None:
    """The mark for a number that is not stated, as on the maps, with its meaning beside it."""
    ring = {"boxstyle": "circle,pad=0.06", "fc": "none", "ec": scheme.ink, "ls": (0, (1.2, 1.4)), "lw": 1.2}
    beside(axes, "?", x, y, gap=0, ha="center", size=SMALL, weight="semibold", color=scheme.ink, bbox=ring)
    beside(axes, text, x, y, gap=11, style="italic", color=scheme.soft)
