"""What is said of each of several things, a row each, in one of several columns."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.figure import Figure

from edition.charts.chart import Chart, Description, Pairs
from edition.charts.marks import beside
from edition.charts.sentences import one_line, sentences
from edition.charts.style import LARGE, Scheme, drawing, new_figure
from edition.numbers.wording import listing, with_noun

LETTERS = 22  # of a name on one line, in a narrow picture


class Matrix(Chart):
    """A disc for what is said of a thing by its name, a ring for what is said of it by another; a question mark for nothing.

    Rows: `name`, the column's id ("" for nothing said), `how` (`named`: a disc; else: a ring).

    Attributes:
        by: the column of the data that holds the id of a column of the matrix.
        columns: each id and heading, in order; the id "" is the column for nothing said.
        disc: what a disc says.
        ring: what a ring says.
    """

    by: str
    columns: Pairs
    disc: str
    ring: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The rows, with one mark each."""
        places = {name: n for n, (name, _) in enumerate(self.columns)}
        with drawing(scheme):
            figure = new_figure((0.36 if scheme.narrow else 0.3) * len(data) + 0.75)
            axes = figure.subplots()
            for n, (column, how) in enumerate(zip(data[self.by], data["how"], strict=True)):
                x = places[column]
                if not column:
                    axes.axhspan(n - 0.42, n + 0.42, color=scheme.grid, alpha=0.45, lw=0, zorder=0)
                    beside(axes, "?", x, n, gap=0, ha="center", size=LARGE, weight="semibold", color=scheme.soft)
                    continue
                axes.axhline(n, color=scheme.grid, lw=0.7, zorder=0)
                axes.plot(x, n, "o", ms=10, color=scheme.ink, mfc=scheme.ink if how == "named" else "none", mew=1.8)
            axes.set(xlim=(-0.6, len(self.columns) - 0.4), ylim=(len(data) - 0.45, -0.6), ylabel="")
            axes.set_yticks([])
            for n, name in enumerate(data["name"]):
                beside(axes, textwrap.fill(name, LETTERS) if scheme.narrow else name, 0, n, gap=-6, ha="right", ma="right",
                       xycoords=("axes fraction", "data"), linespacing=0.95)  # fmt: skip
            heads = [label for _, label in self.columns]
            axes.set_xticks(
                range(len(heads)), [textwrap.fill(one_line(head), 8) for head in heads] if scheme.narrow else heads
            )
            axes.xaxis.tick_top()
            axes.tick_params(axis="x", length=0, labelcolor=scheme.ink)
            axes.grid(visible=False)
            axes.spines["bottom"].set_visible(False)
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every column with the things that have their mark in it."""
        columns = {key: one_line(label) for key, label in self.columns}
        what = sentences(
            [
                f"Matrix of {with_noun(len(data), 'row')}, and the columns {listing(columns.values())}",
                f"A full disc: {self.disc}; a ring: {self.ring}; a question mark: nothing is said",
            ]
        )
        parts, counts = [], {}
        for key, label in columns.items():
            mine = data[data[self.by] == key]
            counts[label] = len(mine)
            names = [
                f"{row.name}{' (ring)' if key and row.how != 'named' else ''}" for row in mine.itertuples(index=False)
            ]
            some = f"{label}, {with_noun(len(mine), 'row')}: {listing(names)}"
            parts.append(some if names else f"{label}: no row")
        least, most = min(counts, key=counts.__getitem__), max(counts, key=counts.__getitem__)
        return Description(
            [what, sentences(parts), f"Fewest: {counts[least]} ({least}). Most: {counts[most]} ({most})."]
        )
