"""Percentages in a grid: each number of one kind against each of another, with those marked that are claimed."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from edition.charts.chart import Chart, Description
from edition.charts.sentences import one_line, sentences
from edition.charts.style import LARGE, Scheme, drawing, new_figure
from edition.numbers.wording import with_noun

CELL = 0.62  # inches: height
HEAD = 0.17  # inches: height of a line of a heading
SIDE = 1.15  # inches: width of the headings of the rows
LETTERS = 14  # to an inch


class Grid(Chart):
    """A cell for each pair of a row and a column, with its percentage; filled where it lies within what is claimed.

    Rows: `row`, `column` (headings, with line breaks), `percent`, `inside` (bool: within the range claimed), `also` (what else
    it meets, written under it; "" for nothing), `meaning` (of a pair; `added` where a number of it is the reader's own).

    Attributes:
        unit: what is a percentage of what.
        rows, columns: what a row is and what a column is, above their headings.
        inside: what a filled cell means.
        colour: meaning whose colour it has.
    """

    unit: str
    rows: str
    columns: str
    inside: str
    colour: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The grid, its first row at the top."""
        rows, columns = (list(dict.fromkeys(data[name])) for name in ("row", "column"))
        with drawing(scheme):
            figure = new_figure(1)
            width = figure.get_figwidth()
            wrapped = [_wrapped(column, 0.93 * (width - SIDE) / len(columns)) for column in columns]
            deep = HEAD * (max(map(len, wrapped)) + 1.4)
            height = CELL * len(rows) + deep + 0.35
            figure.set_figheight(height)
            figure.set_layout_engine("none")
            left = SIDE / width
            axes = figure.add_axes((left, 0.35 / height, 1 - left - 0.004, CELL * len(rows) / height))
            axes.grid(visible=False)
            axes.set(xlim=(0, len(columns)), ylim=(len(rows), 0), xticks=[], yticks=[])
            axes.spines["bottom"].set_visible(False)
            fill = scheme.of(self.colour)
            for cell in data.itertuples():
                x, y = columns.index(cell.column), rows.index(cell.row)
                face = fill if cell.inside else scheme.grid
                axes.add_patch(
                    Rectangle(
                        (x + 0.02, y + 0.03), 0.96, 0.94, facecolor=face, alpha=0.26 if cell.inside else 0.3, lw=0
                    )
                )
                if cell.inside:
                    axes.add_patch(
                        Rectangle((x + 0.02, y + 0.03), 0.96, 0.94, facecolor="none", edgecolor=fill, lw=1.6)
                    )
                axes.annotate(f"{cell.percent:.1f} %", (x + 0.5, y + (0.34 if cell.also else 0.5)), ha="center", va="center_baseline", size=LARGE,
                              weight=600 if cell.inside else 400)  # fmt: skip
                if cell.also:
                    axes.annotate(cell.also, (x + 0.5, y + 0.69), ha="center", va="center_baseline")
            for x, lines in enumerate(wrapped):
                axes.annotate(
                    "\n".join(lines),
                    (x + 0.5, 0),
                    (0, 4),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    linespacing=1.1,
                )
            for y, row in enumerate(rows):
                axes.annotate(
                    "\n".join(_wrapped(row, SIDE)),
                    (0, y + 0.5),
                    (-6, 0),
                    textcoords="offset points",
                    ha="right",
                    va="center",
                    linespacing=1.1,
                )
            above = 72 * (deep - HEAD * 1.2)
            axes.annotate(self.columns, (0, 0), (2, above), textcoords="offset points", va="bottom", color=scheme.soft)
            axes.annotate(
                self.rows,
                (0, 0),
                (-6, 4),
                textcoords="offset points",
                ha="right",
                va="bottom",
                color=scheme.soft,
            )
            axes.annotate(
                self.inside, (0, len(rows)), (22, -12), textcoords="offset points", va="center_baseline", size=10
            )
            key = Rectangle((left + 0.004, 0.12 / height), 0.17 / width, 0.13 / height, transform=figure.transFigure, facecolor=fill,
                            alpha=0.26, lw=0)  # fmt: skip
            edge = Rectangle(
                key.get_xy(),
                key.get_width(),
                key.get_height(),
                transform=figure.transFigure,
                fill=False,
                edgecolor=fill,
                lw=1.4,
            )
            figure.patches.extend([key, edge])
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every cell, row by row."""
        what = sentences(
            [
                f"Grid of {with_noun(data['row'].nunique(), 'row')}, {self.rows}, and {with_noun(data['column'].nunique(), 'column')}, {self.columns}",
                f"In each cell {self.unit}",
                f"Filled cells: {self.inside}",
            ]
        )
        told = [
            f"{one_line(row)}: " + "; ".join(_cell(cell) for cell in cells.itertuples())
            for row, cells in data.groupby("row", sort=False)
        ]
        least, most = data.loc[data["percent"].idxmin()], data.loc[data["percent"].idxmax()]
        stand_out = sentences(
            [
                f"{with_noun(int(data['inside'].sum()), 'cell is', 'cells are')} filled",
                f"lowest: {least['percent']:.1f} %; highest: {most['percent']:.1f} %",
            ]
        )
        return Description([what, sentences(told), stand_out])


def _wrapped(heading: str, width: float) -> list[str]:
    """The lines of a heading that has so many inches; its own line breaks stay."""
    return [line for part in heading.split("\n") for line in textwrap.wrap(part, round(width * LETTERS))]


def _cell(cell: object) -> str:
    also = f", {cell.also}" if cell.also else ""  # type: ignore[attr-defined]
    return f"{cell.percent:.1f} % with {one_line(cell.column)}{', filled' if cell.inside else ''}{also}"  # type: ignore[attr-defined]
