"""Counts as bars, each in a solid and an open part."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from edition.charts.chart import Chart, Description
from edition.charts.marks import beside, halo, name_rows
from edition.charts.sentences import one_line, sentences
from edition.charts.style import Scheme, drawing, new_figure
from edition.numbers.wording import number, with_noun


class Tally(Chart):
    """How many there are of each kind.

    Rows: `label`, `solid`, `open` (counts), `text`; the open part is hatched.

    Attributes:
        unit: label of the axis.
        colour: meaning whose colour the bars have.
    """

    unit: str
    colour: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The bars, each with its text at its end."""
        with drawing(scheme):
            thick = 0.36 if scheme.narrow else 0.5  # of a row
            figure = new_figure((0.54 if scheme.narrow else 0.42) * len(data) + 0.75)
            axes = figure.subplots()
            colour = scheme.of(self.colour)
            top = float((data["solid"] + data["open"]).max())
            for n, row in enumerate(data.itertuples()):
                # the open part goes on below the solid one, so that no edge between them hides how narrow it is
                axes.barh(n, row.solid + row.open, facecolor="none", edgecolor=colour, hatch="////", height=thick,
                          lw=0.8 if row.open else 0, zorder=2)  # fmt: skip
                axes.barh(n, row.solid, color=colour, lw=0, height=thick, zorder=2)
                beside(axes, row.text, row.solid + row.open, n, gap=5, path_effects=halo(scheme))
            name_rows(axes, enumerate(data["label"]), scheme, above=0.26)
            axes.set(
                xlim=(0, top * 1.3),
                ylim=(len(data) - 0.5, -0.8 if scheme.narrow else -0.6),
                yticks=[],
                xlabel=self.unit,
            )
            axes.xaxis.set_major_locator(MaxNLocator(4, integer=True, prune="upper"))
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every bar with its count; in brief, the first six."""
        whole = data["solid"] + data["open"]
        split = data["open"].gt(0).any()
        what = sentences(
            [
                f"Bar chart of {with_noun(len(data), 'bar')}, from top to bottom, {number(whole.sum())} {self.unit} in all",
                f"Horizontal axis: {self.unit}, from zero",
                "Each bar has a solid and a hatched part; the caption says what they mean" if split else "",
            ]
        )
        rows = [
            f"{one_line(row.label)}: {row.solid + row.open:,}"
            + (f" ({row.solid:,} solid, {row.open:,} hatched)" if split else "")
            for row in data.itertuples()
        ]
        least, most = data.loc[whole.idxmin()], data.loc[whole.idxmax()]
        stand_out = f"Lowest: {whole.min():,} ({one_line(least['label'])}). Highest: {whole.max():,} ({one_line(most['label'])})."
        return Description(
            [what, sentences(rows), stand_out],
            [what, sentences([f"the first bars are {rows[0]}", *rows[1:6]]), stand_out],
        )
