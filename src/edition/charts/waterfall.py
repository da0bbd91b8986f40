"""An account as steps: what is added up, what is taken away, and what each leaves over, with the sense of that."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description
from edition.charts.marks import beside
from edition.charts.sentences import one_line, sentences
from edition.charts.style import PAPER, Scheme, drawing, new_figure
from edition.numbers.wording import number, sentence_case, with_noun

BAR, LINE, APART = 0.19, 0.175, 0.09  # inches: height of a bar, of a line of text, and between the steps
ARROW = 14.0  # points
LETTERS = 14.5  # to an inch


class Waterfall(Chart):
    """Bars from top to bottom, each beginning at zero or where the account stands; hatched where it is open.

    Rows: `label`, `start` and `end` (what the bar covers for sure), `until` (to which it may reach; equal to `end` where nothing
    is open, blank without an upper bound), `text` (its quantity), `sense` (what a remainder means, after its label; "" for other
    steps), `leaves` (where the account stands after it), `meaning`.

    Attributes:
        unit: of the quantities.
    """

    unit: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The steps, each with its label above its bar and its quantity at its end, joined by thin lines."""
        with drawing(scheme):
            figure = new_figure(1)
            letters = round(figure.get_figwidth() * LETTERS)
            named = [_heading(row, letters) for row in data.itertuples()]
            tall = [LINE * (1 + len(below)) + BAR + APART for *_, below in named]
            figure.set_figheight(sum(tall) + 0.45)
            axes = figure.subplots()
            axes.grid(visible=False)  # each bar has its number
            ends = data[["start", "end", "until"]].max()
            # no line runs through a text
            bare: dict[str, Any] = {"facecolor": PAPER[scheme.name], "edgecolor": "none", "pad": 1}
            above, last = 0.0, None
            for row, (name, beside_it, below), height in zip(data.itertuples(), named, tall, strict=True):
                y = above + height - APART - BAR / 2
                self._step(axes, row, y, scheme)
                if last is not None:
                    axes.plot(
                        [last[0]] * 2, [last[1], y - BAR / 2], color=scheme.soft, lw=0.7, ls=(0, (2, 2)), zorder=1
                    )
                # where a bar does not end at what the account stands at, no line hangs from it
                last = (row.leaves, y + BAR / 2) if row.leaves in (row.start, row.end) else None
                look: dict[str, Any] = {"va": "bottom", "bbox": bare, "zorder": 1.5}  # over lines, under bars
                written = axes.annotate(name, (0, above + LINE), **look)
                look |= {"style": "italic", "color": scheme.of(row.meaning)}
                if beside_it:
                    axes.annotate(beside_it, (1, 0), (3, 0), xycoords=written, textcoords="offset points", **look)
                for n, line in enumerate(below, start=2):
                    axes.annotate(line, (0, above + n * LINE), **look)
                above += height
            axes.set(
                xlim=(0, ends.max() * (1.42 if not scheme.narrow else 1.62)),
                ylim=(above, 0),
                yticks=[],
                ylabel="",
            )
            far = ends.max()
            axes.set_xticks([tick for tick in MaxNLocator(3, steps=[1, 2, 5, 10]).tick_values(0, far) if tick <= far])
            in_short(axes.xaxis)
        return figure

    def _step(self, axes: Axes, row: Any, y: float, scheme: Scheme) -> None:
        colour = scheme.of(row.meaning)
        axes.barh(y, row.end - row.start, left=row.start, height=BAR, color=colour, zorder=2)
        far = row.end
        if row.until > row.end:
            axes.barh(
                y,
                row.until - row.end,
                left=row.end,
                height=BAR,
                facecolor="none",
                edgecolor=colour,
                hatch="//////",
                lw=0.9,
                zorder=2,
            )
            far = row.until
        gap = 5.0
        if math.isnan(row.until):
            arrow = {"arrowstyle": "-|>", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
            axes.annotate(
                "", (row.end, y), (ARROW, 0), textcoords="offset points", arrowprops={**arrow, "arrowstyle": "<|-"}
            )
            gap += ARROW
        beside(axes, row.text, far, y, gap=gap, weight=600, zorder=5)

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every step with its quantity and, of a remainder, its sense."""
        what = sentences(
            [
                f"Waterfall chart of an account in {with_noun(len(data), 'step')}, {self.unit}, from zero",
                "A bar begins at zero, or where the account stands before it; in brackets where it then stands",
                "Hatched: open, up to the upper bound" if (data["until"] > data["end"]).any() else "",
                "An arrow: no upper bound" if data["until"].isna().any() else "",
            ]
        )
        steps = [
            f"{one_line(row.label)}: {one_line(row.text)} ({number(row.leaves)}){f', {one_line(row.sense)}' if row.sense else ''}"
            for row in data.itertuples()
        ]
        return Description([what, sentences(steps)])


def _heading(row: Any, letters: int) -> tuple[str, str, list[str]]:
    """A step's name, its sense beside that where both have room on one line, and otherwise the lines of it below the name."""
    name = sentence_case(one_line(row.label))
    if not row.sense:
        return name, "", []
    fits = len(f"{name}, {row.sense}") <= letters
    return f"{name},", row.sense if fits else "", [] if fits else textwrap.wrap(row.sense, letters)
