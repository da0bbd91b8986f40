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
from edition.charts.marks import REACH, beside, marker, open_end, stretch
from edition.charts.sentences import as_number, bounds, ends, highest, lowest, sentences
from edition.charts.style import SMALL, TEXT, Scheme, drawing, new_figure
from edition.numbers.wording import listing, multiple, number, with_noun

ROW, KEY = 0.235, 0.21  # inches: height of a strip, and of a line of the key
COUNTS = 0.35  # of a strip: room below its marks for the counts
TOUCH = 6.5  # points: marks nearer than this to each other stand one below the other
ADDED_MEANING = "added"


class Strips(Chart):
    """A row for each place, on a logarithmic axis that all share: a mark for each estimate, on a bar for a range, and a tick below for each
    number of a census or an office. Marks that would hide each other stand one below the other.

    At the end of a row stands how many times its smallest estimate the largest is, where it has any but the reader's own.

    Rows: `place`, `low`, `high`, `counted` (bool: a count and no estimate), `meaning` (of an estimate: one of `kinds`).

    Attributes:
        unit: of the numbers.
        shown: the places that are set off; one alone has the ends of its estimates beside them.
        kinds: each meaning of an estimate, and its name in the key.
        times: heading of the column at the end of the rows.
    """

    unit: str
    shown: tuple[str, ...] = ()
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
            lines = math.ceil((len(self.kinds) + data["counted"].any()) / (3 if wide else 2))
            known = pd.concat([data["low"], data["high"]]).dropna()
            left = min(10 ** math.floor(math.log10(known.min())), known.min() / 1.3)  # no mark on the edge
            right = known.max() * (6 if wide and len(self.shown) == 1 else 1.35)
            drawn = data[~data["counted"]]
            across = (0.72 if wide else 0.56) * 72 * figure.get_figwidth()
            across *= math.log10(known.max() / known.min()) / math.log10(right / left)
            taken = lanes(drawn, log=True, across=across, touch=TOUCH)
            deep = depths(places, drawn, taken)
            heights = deep + data.groupby("place")["counted"].any().reindex(places) * COUNTS
            tops = heights.cumsum() - heights - 0.5
            middles = tops + deep / 2
            spare = (deep - 1) / 2  # of a row, above and below the middle of its marks
            data = data.assign(level=data["place"].map(middles - spare) + (taken * LANE).reindex(data.index))
            figure.set_figheight(ROW * heights.sum() + KEY * lines + 1.0)
            axes = figure.subplots()
            axes.set_xscale("log")
            axes.set(xlim=(left, right), ylim=(heights.sum() - 0.4, -0.6), ylabel="")
            decades = [10**n for n in range(round(math.log10(left)), math.floor(math.log10(right)) + 1)]
            axes.xaxis.set_major_locator(FixedLocator(decades))
            axes.xaxis.set_minor_locator(NullLocator())
            in_short(axes.xaxis)
            axes.set_yticks([])
            for place, y in middles.items():
                mine = place in self.shown
                beside(axes, str(place), 0, y, gap=-6, ha="right", xycoords=("axes fraction", "data"), weight=600 if mine else 400,
                       color=scheme.ink if mine or not self.shown else scheme.soft)  # fmt: skip
                if mine:
                    axes.axhspan(
                        tops[place], tops[place] + heights[place], color=scheme.grid, alpha=0.45, lw=0, zorder=0
                    )
            for place, y in middles.items():
                rows = data[data["place"] == place]
                mine = place in self.shown
                self._strip(axes, rows, y + spare[place], mine or not self.shown, scheme, zeros)
                if times := _times(rows):
                    beside(axes, f"× {times}", 1.02, y, gap=0, xycoords=("axes fraction", "data"),
                           weight=600 if mine else 400, color=scheme.ink if mine else scheme.soft)  # fmt: skip
                if self.shown == (place,):
                    self._ends(axes, rows[~rows["counted"]], y, math.sqrt(left * right), wide)
            axes.annotate(self.times, (1.02, -0.75), xycoords=("axes fraction", "data"), va="bottom", size=SMALL, color=scheme.soft,
                          linespacing=1.0)  # fmt: skip
            self._key(figure, axes, wide, scheme, counted=bool(data["counted"].any()))
        return figure

    def _ends(self, axes: Axes, rows: pd.DataFrame, y: float, halfway: float, wide: bool) -> None:
        """The smallest and the largest estimate in figures, each beside its mark or, where that is too narrow, on the freer side."""
        least, most = ends(rows)
        after = 7 + (REACH if rows["high"].isna().any() else 0)
        if lowest(least) == highest(most):
            beside(axes, lowest(least), _least(rows), y, gap=-7, ha="right")
        elif wide:
            beside(axes, lowest(least), _least(rows), float(least["level"]), gap=-7, ha="right")
            beside(axes, highest(most), _most(rows), float(most["level"]), gap=after)
        elif (both := f"{lowest(least)}–{highest(most)}") and _least(rows) > halfway:
            beside(axes, both, _least(rows), y, gap=-7, ha="right")
        else:
            beside(axes, both, _most(rows), y, gap=after)

    def _strip(
        self,
        axes: Axes,
        rows: pd.DataFrame,
        below: float,
        strong: bool,
        scheme: Scheme,
        zeros: Container[int],
    ) -> None:
        """The marks of a row, and the counts below the last of them."""
        counted = rows[rows["counted"]]
        see = 1.0 if strong else 0.5
        if len(counted):
            look: dict[str, Any] = {"color": scheme.ink, "lw": 1.1, "alpha": see, "zorder": 2}
            for at in set(counted["low"]) | set(counted["high"]):
                axes.plot([at] * 2, [below + 0.38, below + 0.66], **look)
        for row in rows[~rows["counted"]].itertuples():
            low, high, colour = as_number(row.low), as_number(row.high), scheme.of(row.meaning)
            at_y = row.level
            if low < high:
                stretch(axes, low, high, at_y, row.meaning, scheme, alpha=see)
            else:
                axes.plot(high if math.isnan(low) else low, at_y, marker(row.meaning), ms=6, mfc=colour, mec=scheme.land, mew=0.5,
                          alpha=see, zorder=4, clip_on=False)  # fmt: skip
            open_end(axes, low, high, at_y, colour)
            if row.Index in zeros:
                beside(axes, "0", low, at_y, gap=-7, size=SMALL, ha="right", color=colour, alpha=see)

    def _key(self, figure: Figure, axes: Axes, wide: bool, scheme: Scheme, *, counted: bool) -> None:
        """Name who gives a number, each with the mark, and the counts."""
        handles = [
            axes.plot([], [], ls="", marker=marker(kind), color=scheme.of(kind), label=label)[0]
            for kind, label in self.kinds
        ]
        if counted:
            handles += axes.plot([], [], ls="", marker="|", color=scheme.ink, label="census or office")
        figure.legend(handles=handles, loc="outside upper left", ncols=3 if wide else 2, frameon=False, handletextpad=0.1, columnspacing=1.0,
                      borderaxespad=0.1, labelcolor="linecolor", fontsize=TEXT)  # fmt: skip

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every number of every place; in brief how many a place has, and the ends."""
        what = sentences(
            [
                f"A strip for each of {with_noun(data['place'].nunique(), 'place')}, on one axis of {self.unit} on which each step is ten times the last",
                "A mark is an estimate, on a bar with two ends a range, a tick below them a number of a census or an office; at the end of a row stands by how much the largest estimate exceeds the smallest",
                f"Set off: {listing(self.shown)}" if self.shown else "",
            ]
        )
        full, brief = [], []
        for place, rows in data.groupby("place", sort=False):
            estimates, counts = rows[~rows["counted"]], rows[rows["counted"]]
            said = "; ".join(bounds(row) for row in estimates.itertuples()) or "no estimate"
            also = (
                f"; by a census or an office {'; '.join(bounds(row) for row in counts.itertuples())}"
                if len(counts)
                else ""
            )
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
    return multiple(_most(estimates) / _least(estimates)) if len(estimates) else ""


def _least(rows: pd.DataFrame) -> float:
    return float(rows[["low", "high"]].min().min())


def _most(rows: pd.DataFrame) -> float:
    return float(rows[["low", "high"]].max().max())
