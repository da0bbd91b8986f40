"""Every number for each of several places in a thin strip of its own: how far those who count and those who estimate differ."""

from __future__ import annotations

import math
from collections.abc import Container
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from edition.charts.axes import above_zero, in_short
from edition.charts.chart import Chart, Description, Pairs
from edition.charts.lanes import LANE, depths, lanes
from edition.charts.marks import REACH, beside, marker, open_end
from edition.charts.sentences import as_number, bounds, ends, highest, lowest, sentences
from edition.charts.style import SMALL, TEXT, Scheme, drawing, new_figure
from edition.numbers.wording import number, with_noun

ROW, KEY = 0.235, 0.21  # inches: height of a strip, and of a line of the key
TOUCH = 6.5  # points: marks nearer than this to each other stand one below the other
ADDED_MEANING = "added"


class Strips(Chart):
    """A row for each place, on a logarithmic axis that all share: a mark for each estimate, two joined for a range, and the counts as a
    line from the lowest to the highest, with a tick for each. Marks that would hide each other stand one below the other.

    At the end of a row stands how many times its smallest estimate the largest is, where it has any but the reader's own.

    Rows: `place`, `low`, `high`, `counted` (bool: a count and no estimate), `meaning` (of an estimate: one of `kinds`).

    Attributes:
        unit: of the numbers.
        shown: the place that is set off; "" for none.
        kinds: each meaning of an estimate, and its name in the key.
        times: heading of the column at the end of the rows.
    """

    unit: str
    shown: str = ""
    kinds: Pairs
    times: str = "largest ÷\nsmallest"

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The strips, from the first place to the last."""
        places = list(dict.fromkeys(data["place"]))
        zeros = set(data.index[data[["low", "high"]].eq(0).any(axis=1)])
        data = above_zero(data)
        with drawing(scheme):
            figure = new_figure(1)
            wide = not scheme.narrow
            lines = math.ceil(len(self.kinds) / (3 if wide else 2))
            known = pd.concat([data["low"], data["high"]]).dropna()
            left = 10 ** math.floor(math.log10(known.min()))
            right = known.max() * (6 if wide and self.shown else 1.35)
            drawn = data[~data["counted"]]
            across = (0.72 if wide else 0.56) * 72 * figure.get_figwidth()
            across *= math.log10(known.max() / known.min()) / math.log10(right / left)
            taken = lanes(drawn, log=True, across=across, touch=TOUCH)
            heights = depths(places, drawn, taken)
            middles = heights.cumsum() - heights / 2 - 0.5
            data = data.assign(depth=(taken * LANE).reindex(data.index), height=data["place"].map(heights))
            figure.set_figheight(ROW * heights.sum() + KEY * lines + 1.0)
            axes = figure.subplots()
            axes.set_xscale("log")
            axes.set(xlim=(left, right), ylim=(heights.sum() - 0.4, -0.6), ylabel="")
            decades = [10**n for n in range(round(math.log10(left)), math.floor(math.log10(right)) + 1)]
            axes.xaxis.set_major_locator(FixedLocator(decades))
            axes.xaxis.set_minor_locator(NullLocator())
            in_short(axes.xaxis)
            axes.set_yticks(middles, places)
            for label, place in zip(axes.get_yticklabels(), places, strict=True):
                mine = place == self.shown
                label.set(weight=600 if mine else 400, color=scheme.ink if mine or not self.shown else scheme.soft)
            if self.shown in places:
                axes.axhspan(
                    middles[self.shown] - heights[self.shown] / 2,
                    middles[self.shown] + heights[self.shown] / 2,
                    color=scheme.grid,
                    alpha=0.45,
                    lw=0,
                    zorder=0,
                )
            for place, y in middles.items():
                rows = data[data["place"] == place]
                mine = place == self.shown
                self._strip(axes, rows, y, mine or not self.shown, scheme, zeros)
                if times := _times(rows):
                    beside(axes, f"× {times}", 1.02, y, gap=0, xycoords=("axes fraction", "data"),
                           weight=600 if mine else 400, color=scheme.ink if mine else scheme.soft)  # fmt: skip
                if wide and mine:
                    rows = rows[~rows["counted"]]
                    least, most = ends(rows)
                    beside(axes, lowest(least), _least(rows), y, gap=-7, ha="right")
                    if lowest(least) != highest(most):
                        open_above = rows["high"].isna().any()
                        beside(axes, highest(most), _most(rows), y, gap=7 + (REACH if open_above else 0))
            axes.annotate(self.times, (1.02, -0.75), xycoords=("axes fraction", "data"), va="bottom", size=SMALL, color=scheme.soft,
                          linespacing=1.0)  # fmt: skip
            self._key(figure, axes, wide, scheme)
        return figure

    def _strip(
        self, axes: Axes, rows: pd.DataFrame, y: float, strong: bool, scheme: Scheme, zeros: Container[int]
    ) -> None:
        counted = rows[rows["counted"]]
        see = 1.0 if strong else 0.5
        spare = (rows["height"].iloc[0] - 1) / 2  # of the row, above and below its middle
        if len(counted):
            look: dict[str, Any] = {"color": scheme.ink, "lw": 1.1, "alpha": see, "zorder": 2}
            axes.plot([_least(counted), _most(counted)], [y + spare + 0.34] * 2, **look)
            for row in counted.itertuples():
                axes.plot([(row.low + row.high) / 2] * 2, [y + spare + 0.22, y + spare + 0.46], **look)
        for row in rows[~rows["counted"]].itertuples():
            low, high, colour = as_number(row.low), as_number(row.high), scheme.of(row.meaning)
            at_y = y - spare + row.depth
            if low < high:
                axes.plot([low, high], [at_y] * 2, color=colour, lw=1.6, marker=marker(row.meaning), ms=5, mec=scheme.land, mew=0.5,
                          alpha=see, zorder=4)  # fmt: skip
                continue
            at = high if math.isnan(low) else low
            axes.plot(
                at,
                at_y,
                marker(row.meaning),
                ms=6,
                mfc=colour,
                mec=scheme.land,
                mew=0.5,
                alpha=see,
                zorder=4,
                clip_on=False,
            )
            open_end(axes, low, high, at_y, colour)
            if row.Index in zeros:
                beside(axes, "0", low, at_y, gap=-7, size=SMALL, ha="right", color=colour, alpha=see)

    def _key(self, figure: Figure, axes: Axes, wide: bool, scheme: Scheme) -> None:
        """Name who gives a number, each with the mark."""
        handles = [
            axes.plot([], [], ls="", marker=marker(kind), color=scheme.of(kind), label=label)[0]
            for kind, label in self.kinds
        ]
        figure.legend(handles=handles, loc="outside upper left", ncols=3 if wide else 2, frameon=False, handletextpad=0.1, columnspacing=1.0,
                      borderaxespad=0.1, labelcolor="linecolor", fontsize=TEXT)  # fmt: skip

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every number of every place; in brief how many a place has, and the ends."""
        what = sentences(
            [
                f"A strip for each of {with_noun(data['place'].nunique(), 'place')}, on one axis of {self.unit} on which each step is ten times the last",
                "A dot is an estimate, two joined are a range, a line with ticks below them the counts; at the end of a row stands by how much the largest estimate exceeds the smallest",
                f"{self.shown} is set off" if self.shown else "",
            ]
        )
        full, brief = [], []
        for place, rows in data.groupby("place", sort=False):
            estimates, counts = rows[~rows["counted"]], rows[rows["counted"]]
            said = "; ".join(bounds(row) for row in estimates.itertuples()) or "no estimate"
            also = f"; counted {'; '.join(bounds(row) for row in counts.itertuples())}" if len(counts) else ""
            times = f"{found} times" if (found := _times(rows)) else ""
            full.append("; ".join(filter(None, [f"{place}: {said}{also}", times])))
            between = (
                f", {number(_least(rows))} to {number(_most(rows))}" if len(rows) > 1 else f", {number(_most(rows))}"
            )
            brief.append(", ".join(filter(None, [f"{place}: {with_noun(len(rows), 'number')}{between}", times])))
        return Description([what, sentences(full)], [what, sentences(brief)])


def _times(rows: pd.DataFrame) -> str:
    """How many times the smallest estimate the largest is, the reader's own left aside; "" where there is no other."""
    estimates = rows[~rows["counted"] & (rows["meaning"] != ADDED_MEANING)]
    return f"{_most(estimates) / _least(estimates):.1f}" if len(estimates) else ""


def _least(rows: pd.DataFrame) -> float:
    return float(rows[["low", "high"]].min().min())


def _most(rows: pd.DataFrame) -> float:
    return float(rows[["low", "high"]].max().max())
