"""The answers to one question, a bar each."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description
from edition.charts.marks import REACH, beside, letters, open_end, shortened
from edition.charts.sentences import as_number, bounds, extremes, one_line, sentences
from edition.charts.style import LARGE, Scheme, drawing, new_figure
from edition.numbers.wording import with_noun

ROW = 0.78  # inches for an answer: who gives it, and under that the bar
THICK = 0.42  # of a row


class Answers(Chart):
    """Bars from zero, each below the words of who says so and with its number at its end.

    Rows: `label`, `text`, `low`, `high`, `meaning` (`computed` for what nobody states, in the last rows: hollow up to
    `low`, hatched from there to `high`; a stated range is solid up to `low`, hatched from there to `high`; an open bound is blank
    and drawn as an arrow).

    Attributes:
        unit: label of the axis.
        computed: heading above the rows of `computed`.
    """

    unit: str
    computed: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The bars; what is computed below a line."""
        stated = int((data["meaning"] != "computed").sum())
        places = [n if n < stated else n + 0.55 for n in range(len(data))]
        with drawing(scheme):
            figure = new_figure(ROW * (places[-1] + 1) + 0.45)
            axes = figure.subplots()
            axes.grid(visible=False)  # each bar has its number
            for y, row in zip(places, data.itertuples(), strict=True):
                low, high = as_number(row.low), as_number(row.high)
                known = low if math.isnan(high) else high
                if row.meaning == "computed":
                    outline: dict[str, Any] = {
                        "facecolor": "none", "edgecolor": scheme.soft, "height": THICK, "lw": 1.1,
                    }  # fmt: skip
                    axes.barh(y, row.low, **outline)
                    axes.barh(y, row.high - row.low, left=row.low, hatch="////", **outline)
                else:
                    colour = scheme.of(row.meaning)
                    axes.barh(y, known if math.isnan(low) else low, height=THICK, color=colour)
                    open_end(axes, low, high, y, colour if math.isnan(high) else scheme.land)
                    if row.high > row.low:
                        axes.barh(y, row.high - row.low, left=row.low, height=THICK, facecolor="none", edgecolor=colour,
                                  hatch="////", lw=1.1)  # fmt: skip
                axes.annotate(shortened(row.label, letters(scheme)), (0, y - THICK / 2), xycoords=("axes fraction", "data"), xytext=(0, 2),
                              textcoords="offset points", va="bottom", size=LARGE)  # fmt: skip
                beside(axes, row.text, known, y, gap=5 + (REACH if math.isnan(high) else 0), size=LARGE, weight=600)
            if stated < len(data):
                axes.axhline(stated - 0.52, color=scheme.soft, lw=0.8)
                axes.annotate(self.computed, (0, stated - 0.3), xycoords=("axes fraction", "data"), va="center", size=LARGE,
                              style="italic", color=scheme.soft)  # fmt: skip
            axes.set(
                xlim=(0, (data[["low", "high"]].max().max() or 1.0) * 1.42),
                ylim=(places[-1] + 0.35, -0.62),
                yticks=[],
                xlabel=self.unit,
            )
            axes.xaxis.set_major_locator(MaxNLocator(4, prune="upper", integer=True))
            in_short(axes.xaxis)
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every answer with its number."""
        computed = data["meaning"] == "computed"
        what = sentences(
            [
                f"Bar chart of {with_noun(len(data), 'answer')}, each a bar below the words of who gives it",
                f"Horizontal axis: {self.unit}, from zero",
                "An arrow leads from a number whose other bound is open"
                if data[["low", "high"]].isna().any(axis=None)
                else "",
                f"Below a line, under the heading “{self.computed}”, the bars are hollow, and hatched where they are open",
            ]
        )
        stated = [f"{one_line(row.label)}: {one_line(row.text)}" for row in data[~computed].itertuples()]
        found = [f"{one_line(row.label)}: {bounds(row)}" for row in data[computed].itertuples()]
        stand_out = extremes(data, lambda r: one_line(r["label"]), self.unit)
        return Description([what, sentences(stated), sentences(found), stand_out])
