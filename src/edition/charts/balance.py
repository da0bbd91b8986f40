"""Quantities of one account, each a bar from zero with what is open of it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description
from edition.charts.marks import beside, name_rows
from edition.charts.sentences import extremes, one_line, sentences
from edition.charts.style import Scheme, drawing, new_figure
from edition.numbers.wording import with_noun


class Balance(Chart):
    """Bars whose solid part ends at the lower bound and whose hatched part ends at the upper.

    Rows: `label`, `meaning`, `low`, `high`, `text`; an open upper bound ends in an arrow. With a column `hatched`
    (bool), a bar that is so marked is hatched whole: known in size and not in kind.

    Attributes:
        unit: label of the axis.
    """

    unit: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The bars, each with its text at its end."""
        with drawing(scheme):
            thick = 0.34 if scheme.narrow else 0.46  # of a row
            figure = new_figure((0.6 if scheme.narrow else 0.52) * len(data) + 0.75)
            axes = figure.subplots()
            axes.grid(visible=False)  # each bar has its number
            top = data[["low", "high"]].max().max()
            for n, row in enumerate(data.itertuples()):
                colour = scheme.of(row.meaning)
                open_look: dict[str, Any] = {
                    "facecolor": "none",
                    "edgecolor": colour,
                    "hatch": "////",
                    "lw": 1.1,
                    "zorder": 2,
                }
                axes.barh(
                    n,
                    row.low,
                    height=thick,
                    **(open_look if getattr(row, "hatched", False) else {"color": colour, "zorder": 2}),
                )
                end = row.low if math.isnan(row.high) else row.high
                if end > row.low:
                    axes.barh(n, end - row.low, left=row.low, height=thick, **open_look)
                if math.isnan(row.high):
                    arrow = {"arrowstyle": "-|>", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
                    axes.annotate("", (row.low + top * 0.06, n), (row.low, n), arrowprops=arrow)
                    end = row.low + top * 0.06
                beside(axes, row.text, end, n, gap=5)
            name_rows(axes, enumerate(data["label"]), scheme, above=0.26)
            axes.set(
                xlim=(0, top * 1.62),
                ylim=(len(data) - 0.5, -0.75 if scheme.narrow else -0.5),
                yticks=[],
                xlabel=self.unit,
            )
            axes.set_xticks([tick for tick in MaxNLocator(3, steps=[1, 2, 5, 10]).tick_values(0, top) if tick <= top])
            in_short(axes.xaxis)
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every quantity with its text."""
        unsure = (data["low"] < data["high"]).any()
        hatched = data["hatched"].eq(True) if "hatched" in data else pd.Series(False, index=data.index)
        what = sentences(
            [
                f"Bar chart of {with_noun(len(data), 'quantity', 'quantities')}, from top to bottom",
                f"Horizontal axis: {self.unit}, from zero",
                "The solid part of a bar ends at the lower bound, the hatched part at the upper" if unsure else "",
                "An arrow at the end of a bar means that there is no upper bound" if data["high"].isna().any() else "",
            ]
        )
        rows = [
            f"{one_line(row.label)}: {one_line(row.text)}{', hatched whole' if hatched[row.Index] else ''}"
            for row in data.itertuples()
        ]
        return Description([what, sentences(rows), extremes(data, lambda r: one_line(r["label"]), self.unit)])
