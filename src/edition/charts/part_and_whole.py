"""Numbers for a whole as bars, against one number for a part of it that may be the larger."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description
from edition.charts.marks import REACH, beside, open_end
from edition.charts.sentences import as_number, bounds, one_line, sentences
from edition.charts.style import Scheme, drawing, new_figure
from edition.numbers.wording import between, signed, with_noun

BAR = 0.2  # inches: height of a bar, and of the line above it that says whose it is
APART = 0.07  # inches: between the rows
LETTERS = 14  # to an inch


class PartAndWhole(Chart):
    """A bar from zero for each number of the whole, a line through all at the part; what a bar lacks to the line is hatched.

    Rows: `label`, `low`, `high` (of the whole; equal but for a range, one of them NaN where it is open), `meaning` (whose colour a bar has; `outside`: hollow).

    Attributes:
        unit: of the numbers.
        part: the number for the part.
        named: what is written at its line.
        lacking: meaning of the line, and of what a bar lacks to it.
    """

    unit: str
    part: float
    named: str
    lacking: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The bars, each below its label, with what it has less or more than the part at its end."""
        with drawing(scheme):
            figure = new_figure(1)
            width = figure.get_figwidth()
            labels = [textwrap.wrap(one_line(label), round(width * LETTERS)) for label in data["label"]]
            tops = [0.0]
            for lines in labels:
                tops.append(tops[-1] + BAR * (len(lines) + 1) + APART)
            figure.set_figheight(tops[-1] + 0.75)
            axes = figure.subplots()
            line = scheme.of(self.lacking)
            top = max(self.part, data[["low", "high"]].max().max())
            for above, lines, row in zip(tops, labels, data.itertuples(), strict=False):
                y = above + BAR * (len(lines) + 0.5)
                hollow = row.meaning == "outside"
                fill = scheme.of(row.meaning)
                low, high = as_number(row.low), as_number(row.high)
                known = low if math.isnan(high) else high
                axes.barh(y, known if math.isnan(low) else low, height=BAR * 0.72, facecolor="none" if hollow else fill,
                          edgecolor=scheme.ink if hollow else "none", lw=1.1, zorder=2)  # fmt: skip
                if high > low:
                    axes.barh(y, high - low, left=low, height=BAR * 0.72, facecolor=fill, alpha=0.45, zorder=2)
                if high < self.part:
                    axes.barh(y, self.part - high, left=high, height=BAR * 0.72, facecolor="none", edgecolor=line, hatch="//////",
                              lw=0, zorder=2)  # fmt: skip
                axes.annotate("\n".join(lines), (0, above + BAR * len(lines)), (0, 0), textcoords="offset points", va="bottom",
                              linespacing=1.1)  # fmt: skip
                open_end(axes, low, high, y, scheme.ink)
                gap = 7 + (REACH if math.isnan(high) else 0)
                beside(axes, self._apart(row), max(self.part, known), y, gap=gap, weight=600,
                       color=line if high < self.part else scheme.ink)  # fmt: skip
            axes.plot([self.part] * 2, [-0.02, tops[-1]], color=line, lw=1.6, zorder=4)
            axes.annotate(
                self.named,
                (self.part, 0),
                (3, 4),
                textcoords="offset points",
                ha="right",
                va="bottom",
                color=line,
                weight=600,
            )
            axes.set(xlim=(0, top * 1.24), ylim=(tops[-1] + 0.03, -0.02), yticks=[], ylabel="")
            axes.xaxis.set_major_locator(MaxNLocator(4, prune="upper"))
            in_short(axes.xaxis)
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every number of the whole, with what it has less or more than the part."""
        what = sentences(
            [
                f"Bar chart of {with_noun(len(data), 'number')} for a whole, {self.unit}, from zero",
                f"A line through all bars: {one_line(self.named)}",
                "What a bar lacks to the line is hatched; hollow bars are counts from outside",
            ]
        )
        rows = [f"{one_line(row.label)}: {bounds(row)}, {self._apart(row)}" for row in data.itertuples()]
        before, beyond = int((data["high"] < self.part).sum()), int((data["low"] > self.part).sum())
        found = f"{with_noun(before, 'bar ends', 'bars end')} before the line, {with_noun(beyond, 'reaches', 'reach')} beyond it"
        return Description([what, sentences(rows), sentences([found])])

    def _apart(self, row: Any) -> str:
        """What a number has less or more than the part; of a range or an open number, at each end that is known."""
        low, high = (as_number(end) - self.part for end in (row.low, row.high))
        return between(low, high, lambda apart: signed(apart) if apart else "equal")
