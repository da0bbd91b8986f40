"""Counts at their dates, against a number that has no date."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description
from edition.charts.marks import halo
from edition.charts.sentences import bounds, extremes, one_line, sentences
from edition.charts.style import Scheme, drawing, new_figure
from edition.numbers.wording import number, with_noun

NARROW = 28  # letters of the band's name in a line on a phone: it stands before the counts, above the band


class Counts(Chart):
    """Counts from elsewhere over the years, drawn hollow, and the number of the paper as a band across all years.

    Rows: `moment` (years, with fractions), `as_of` (the date as text), `low`, `high`, `text` ("" for no label).

    Attributes:
        since: year in which the axis begins.
        until: year in which it ends.
        band: lower and upper end of the number without a date.
        named: what stands in the band.
        colour: meaning whose colour the band has.
        squares: what the counts are, for the key.
        unit: of the upright axis, for the description.
        counted: what is counted, in the plural, as in "persons".
    """

    since: float
    until: float
    band: tuple[float, float]
    named: str
    colour: str
    squares: str
    unit: str
    counted: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The band and the counts."""
        low, high = self.band
        with drawing(scheme):
            figure = new_figure(3.3)
            axes = figure.subplots()
            colour = scheme.of(self.colour)
            axes.axhspan(low, high, color=colour, alpha=0.18, lw=0, zorder=0)
            axes.axhline(high, color=colour, lw=2, zorder=1)
            named = textwrap.fill(self.named, NARROW) if scheme.narrow else self.named
            axes.annotate(named, (0, high), xytext=(3, 4), xycoords=("axes fraction", "data"), textcoords="offset points", va="bottom", color=scheme.ink)  # fmt: skip
            axes.plot(data["moment"], data["low"], ls=(0, (3, 3)), lw=1, color=scheme.soft, zorder=2)
            (squares,) = axes.plot(data["moment"], data["low"], "s", ms=6, mfc="none", mec=scheme.ink, mew=1.3, zorder=3,
                                   label=self.squares)  # fmt: skip
            for row in data[data["text"] != ""].itertuples():
                # the last above, where its line comes from below; the others below, where theirs goes on above
                look: dict[str, Any] = {"xytext": (5, 7), "ha": "right", "va": "bottom"}
                if row.Index != data.index[-1]:
                    look = {"xytext": (4, -8), "va": "top"}
                axes.annotate(
                    row.text, (row.moment, row.low), textcoords="offset points", path_effects=halo(scheme), **look
                )
            left, top = self.since - 1.5, 1.15 * max(high, data["low"].max())
            axes.set(xlim=(left, self.until), ylim=(0, top))
            figure.legend(
                handles=[squares], loc="outside upper left", frameon=False, handletextpad=0.1, borderaxespad=0.1
            )
            axes.grid(visible=True, axis="y")
            axes.grid(visible=False, axis="x")
            axes.xaxis.set_major_locator(FixedLocator(range(10 * math.ceil(left / 10), int(self.until) + 1, 10)))
            axes.set_yticks([tick for tick in MaxNLocator(5).tick_values(0, top) if tick <= top])
            in_short(axes.yaxis)
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every count with its date."""
        low, high = self.band
        what = sentences(
            [
                f"Time chart of {with_noun(len(data), 'count')}, as hollow squares joined by a broken line: {self.squares}",
                f"Horizontal axis: years, from {self.since:.0f} to {self.until:.0f}; "
                f"vertical axis: {self.unit}, from zero",
                f"A band across all years, from {number(low)} to {number(high)}: {one_line(self.named)}",
            ]
        )
        rows = [f"{row.as_of}: {bounds(row)}" for row in data.itertuples()]
        return Description([what, sentences(rows), extremes(data, lambda r: str(r["as_of"]), self.counted)])
