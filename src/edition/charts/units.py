"""Things that are counted, each drawn as a square, in labelled rows: few enough to be counted again."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from edition.charts.chart import Chart, Description
from edition.charts.marks import beside
from edition.charts.sentences import one_line, sentences
from edition.charts.style import Scheme, drawing, new_figure
from edition.numbers.wording import number, percent, with_noun

SQUARE, GAP = 0.105, 0.03  # inches: side of a square, and between two
LINE, APART = 0.185, 0.06  # inches: height of a line of text, and between the rows
SIDE = 3.1  # inches: width of the labels where there is room for them beside the squares
TOP = 0.06  # inches: above the first row
FIVES = 5  # a wider gap after so many, to count by


class Units(Chart):
    """A square for each thing, wrapped at the end of a line, below the label of its row; solid or hollow.

    Rows: `label`, `solid`, `open` (how many of each), `meaning`.

    Attributes:
        unit: what is counted, in the plural.
    """

    unit: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The rows of squares, each with its count in the label."""
        with drawing(scheme):
            figure = new_figure(1)
            width = figure.get_figwidth() - 0.05
            step = SQUARE + GAP
            side = SIDE if not scheme.narrow else 0.0
            width -= side
            whole = data["solid"] + data["open"]
            line = math.floor(width / (step * FIVES + GAP)) * FIVES  # squares
            if (all_in_one := int(whole.max())) * step + all_in_one // FIVES * GAP <= width:
                line = all_in_one
            lines = [math.ceil(count / line) for count in whole]
            over = 0.0 if side else LINE
            rows = [max(over + step * n, LINE) + APART for n in lines]
            tall = sum(rows)
            figure.set_figheight(tall + TOP)
            figure.set_layout_engine("none")
            axes = figure.add_axes((0, 0, 1, 1))
            axes.set_axis_off()
            axes.set(xlim=(0, figure.get_figwidth()), ylim=(tall + TOP, 0))
            y = TOP
            for row, count, deep in zip(data.itertuples(), whole, rows, strict=True):
                colour = scheme.of(row.meaning)
                first = row.Index == data.index[0]
                beside(
                    axes,
                    f"{one_line(row.label)}: {number(count)}",
                    0.02,
                    y + (SQUARE if side else LINE) / 2,
                    gap=0,
                    weight=600 if first else 400,
                )
                for n in range(int(count)):
                    across, down = n % line, n // line
                    x = 0.02 + side + across * step + (across // FIVES) * GAP
                    solid = n < row.solid
                    axes.add_patch(
                        Rectangle(
                            (x, y + over + down * step),
                            SQUARE,
                            SQUARE,
                            facecolor=colour if solid else "none",
                            edgecolor=colour,
                            lw=0.9,
                        )
                    )
                y += deep
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every row with its count."""
        whole = data["solid"] + data["open"]
        what = sentences(
            [
                f"Chart of {with_noun(int(whole.sum()), 'square')} in {with_noun(len(data), 'row')}, each square one of the {self.unit}",
                f"the first row, {one_line(data['label'].iloc[0])}, has {number(int(whole.iloc[0]))}, {percent(whole.iloc[0], whole.sum(), 0)} of all",
            ]
        )
        rows = [
            f"{one_line(row.label)}: {number(row.solid + row.open)} ({number(row.solid)} solid, {number(row.open)} hollow)"
            for row in data.itertuples()
        ]
        return Description([what, sentences(rows)])
