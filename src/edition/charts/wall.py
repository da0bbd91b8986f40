"""Short answers as a wall of tiles: what is asked in rows, of whom in columns."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from edition.charts.chart import Chart, Description
from edition.charts.sentences import one_line, sentences
from edition.charts.style import Scheme, drawing, new_figure
from edition.numbers.wording import listing, with_noun

TILE, LINE, APART = 0.4, 0.205, 0.1  # inches: height of a tile, of a line of its question, and between the rows
LETTERS = 14.5  # to an inch


class Wall(Chart):
    """A tile for each answer, filled where it is the one that is looked for, hollow where it is another.

    Rows: `row` (the question), `column` (of whom it is asked), `answer` (as written on the tile).

    Attributes:
        filled: the answer whose tiles are filled.
        colour: meaning whose colour they have.
    """

    filled: str
    colour: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The tiles, each row below its question."""
        columns = list(dict.fromkeys(data["column"]))
        with drawing(scheme):
            figure = new_figure(1)
            letters = round(figure.get_figwidth() * LETTERS)
            rows = {row: textwrap.wrap(one_line(row), letters) for row in dict.fromkeys(data["row"])}
            tall = sum(TILE + LINE * len(lines) + APART for lines in rows.values()) + LINE
            figure.set_figheight(tall)
            figure.set_layout_engine("none")
            axes = figure.add_axes((0, 0, 1, 1))
            axes.set_axis_off()
            axes.set(xlim=(0, len(columns)), ylim=(tall, 0))
            for x, column in enumerate(columns):
                axes.annotate(column, (x + 0.5, 0), ha="center", va="top", weight=600)
            y = LINE + APART
            fill = scheme.of(self.colour)
            for row, lines in rows.items():
                axes.annotate("\n".join(lines), (0, y), (1, 0), textcoords="offset points", va="top", linespacing=1.1)
                y += LINE * len(lines) + 0.02
                for cell in data[data["row"] == row].itertuples():
                    x = columns.index(cell.column)
                    mine = cell.answer == self.filled
                    axes.add_patch(
                        Rectangle(
                            (x + 0.015, y), 0.97, TILE - 0.02, facecolor=fill if mine else "none", edgecolor=fill, lw=1
                        )
                    )
                    axes.annotate(cell.answer, (x + 0.5, y + TILE / 2 - 0.01), ha="center", va="center", weight=600,
                                  color=scheme.land if mine else scheme.ink)  # fmt: skip
                y += TILE + APART - 0.02
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every answer, question by question."""
        filled = int((data["answer"] == self.filled).sum())
        what = sentences(
            [
                f"Wall of {with_noun(len(data), 'tile')}, a row for each of {with_noun(data['row'].nunique(), 'question')}, a column for each of "
                f"{listing(dict.fromkeys(data['column']))}",
                f"{with_noun(filled, 'tile is', 'tiles are')} filled: {self.filled}",
            ]
        )
        told = [
            f"{one_line(row).rstrip('?')}: {listing(f'{cell.column} {cell.answer}' for cell in cells.itertuples())}"
            for row, cells in data.groupby("row", sort=False)
        ]
        return Description([what, sentences(told)])
