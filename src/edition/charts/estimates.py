"""Rival estimates side by side: a row for each place, a mark for each series, on a logarithmic axis."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator

from edition.charts.axes import above_zero, in_short, log_axis
from edition.charts.chart import Chart, Description, Pairs
from edition.charts.lanes import LANE, depths, lanes
from edition.charts.marks import beside, marker, name_rows, open_end, stretch
from edition.charts.sentences import bounds as told
from edition.charts.sentences import ends, extremes, highest, lowest, one_line, sentences
from edition.charts.style import LARGE, SMALL, TEXT, Scheme, drawing, new_figure, scatterplot
from edition.numbers import bounds
from edition.numbers.wording import listing, with_noun

BESIDE = 154.0  # points: about what names and numbers beside the rows take


class Estimates(Chart):
    """Estimates of several series for each of several places; marks that would hide each other stand one above the other.

    Rows: `place`, `series`, `low`, `high`. A range is drawn as a bar with ends, an open bound as an arrow; a place without a number
    keeps an empty row that says so. On the logarithmic axis 0 stands at the left, named.

    Attributes:
        series: each series, which is also a meaning of colour, and its name in the legend, in order.
        unit: label of the axis.
        beside: a place and a text for the right-hand end of its row.
        limits: a value and the label of the line drawn there.
        linear: places that are drawn above the others, on an axis of their own that is not logarithmic.
    """

    series: Pairs
    unit: str
    beside: Pairs = ()
    limits: tuple[tuple[float, str], ...] = ()
    linear: tuple[str, ...] = ()

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The estimates, in one panel or two."""
        places = list(dict.fromkeys(data["place"]))
        above = [place for place in places if place in self.linear]
        panels = [panel for panel in (above, [place for place in places if place not in above]) if panel]
        with drawing(scheme):
            figure = new_figure(1)
            known = data.dropna(subset=["low", "high"], how="all")
            onto = known["place"].isin(above)
            drawn = pd.concat([known[onto], above_zero(known[~onto])]).loc[known.index]
            zeros = known.index[~onto & known[["low", "high"]].eq(0).any(axis=1)]
            across = 72 * scheme.width - (20 if scheme.narrow else BESIDE)
            taken = [
                lanes(drawn[drawn["place"].isin(panel)], log=panel is not above, across=across) for panel in panels
            ]
            deep = [depths(panel, drawn.loc[lane.index], lane) for panel, lane in zip(panels, taken, strict=True)]
            head = 0.55 if scheme.narrow else 0.0  # of a row, for a name above it
            deep = [depth + head for depth in deep]
            heights = [float(depth.sum()) for depth in deep]
            figure.set_figheight(0.31 * sum(heights) + 0.6 + 0.45 * len(panels))
            grounds = figure.subplots(len(panels), 1, height_ratios=heights, squeeze=False)[:, 0]
            for axes, panel, lane, depth in zip(grounds, panels, taken, deep, strict=True):
                mine = drawn[drawn["place"].isin(panel)]
                if panel is above:
                    end = mine[["low", "high"]].max().max() * 1.08 or 1.0
                    axes.set_xlim(0, end)
                    ticks = [n for n in MaxNLocator(4).tick_values(0, end) if n <= end]
                    axes.xaxis.set_major_locator(FixedLocator(ticks))
                    in_short(axes.xaxis)
                    axes.set_xlabel(f"{self.unit} (from zero)")
                else:
                    log_axis(axes, mine, self.unit)
                middle = depth.cumsum() - (depth - head) / 2
                self._rivals(axes, mine, middle, lane, scheme, set(zeros))
                for place in [place for place in panel if place not in set(mine["place"])]:
                    beside(axes, "no number printed", 0, middle[place], gap=4, xycoords=("axes fraction", "data"),
                           color=scheme.soft, style="italic", size=SMALL)  # fmt: skip
                axes.set(ylabel="", ylim=(depth.sum() + 0.05, -0.05), yticks=[])
                names = [
                    (middle[place] - (depth[place] - head) / 2 if head else middle[place], place) for place in panel
                ]
                name_rows(axes, names, scheme, above=0.05)
                for place, text in self.beside:
                    if place in panel:
                        beside(axes, text, 1, middle[place], gap=4, size=LARGE, xycoords=("axes fraction", "data"))
            for value, label in self.limits:
                grounds[-1].axvline(value, color=scheme.soft, lw=1, ls=":", zorder=0)
                grounds[-1].annotate(label, (value, -0.05), va="bottom", ha="right", color=scheme.soft, size=TEXT,
                                     xytext=(0, 2), textcoords="offset points")  # fmt: skip
            self._series_names(grounds[0], scheme)
        return figure

    def _rivals(
        self, axes: Axes, drawn: pd.DataFrame, middle: pd.Series, taken: pd.Series, scheme: Scheme, zeros: set[Any]
    ) -> None:
        """The estimates of one panel: the spread of those that stand level as a line, ranges as bars with ends, single numbers as marks, open ends as arrows."""
        names = [name for name, _ in self.series]
        most = taken.groupby(drawn["place"]).transform("max")
        y = drawn["place"].map(middle) + (taken - most / 2) * LANE
        level = most[most == 0].index  # among marks of several levels a line would touch none
        for place, group in drawn.loc[level].groupby("place", sort=False):
            values = group[["low", "high"]].to_numpy().ravel()
            line = [np.nanmin(values), np.nanmax(values)]
            axes.plot(line, [middle[place]] * 2, color=scheme.grid, lw=2.5, zorder=1, solid_capstyle="round")
        for row in drawn[drawn["low"] < drawn["high"]].itertuples():
            stretch(axes, row.low, row.high, y[row.Index], row.series, scheme)
        for row in drawn.itertuples():
            open_end(axes, row.low, row.high, y[row.Index], scheme.of(row.series))
            if row.Index in zeros:
                beside(axes, "0", row.low, y[row.Index], gap=-7, size=SMALL, ha="right", color=scheme.of(row.series))
        points = bounds.close(drawn).query("low == high")
        scatterplot(
            x=points["low"],
            y=y[points.index],
            hue=points["series"],
            style=points["series"],
            hue_order=names,
            style_order=names,
            palette=[scheme.of(name) for name in names],
            markers=[marker(name) for name in names],
            s=46,
            linewidth=0.8,
            edgecolor="none",
            legend=False,
            ax=axes,
            zorder=3,
        )

    def _series_names(self, axes: Axes, scheme: Scheme) -> None:
        """Name the series above the chart, each in its own colour and with its own mark."""
        markers = [marker(name) for name, _ in self.series]
        handles = [
            axes.plot([], [], ls="", marker=kind, color=scheme.of(name), label=label)[0]
            for (name, label), kind in zip(self.series, markers, strict=True)
        ]
        axes.figure.legend(
            handles=handles,
            loc="outside upper left",
            ncols=2,
            frameon=False,
            handletextpad=0.2,
            columnspacing=1.2,
            borderaxespad=0.2,
            labelcolor="linecolor",
        )

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every estimate, place by place; in brief how many a place has, and from where to where."""
        known = data.dropna(subset=["low", "high"], how="all")
        places = list(dict.fromkeys(data["place"]))
        ends_of_rows = dict(self.beside)
        across = f"Horizontal axis: {self.unit}, logarithmic, so that each step is ten times the last"
        if self.linear:
            across = f"Two horizontal axes of {self.unit}: from zero for {listing(self.linear)}" + (
                ", logarithmic for the rest" if len(self.linear) < len(places) else ""
            )
        lines = [f"{label} at {value:,.0f}" for value, label in self.limits]
        what = sentences(
            [
                f"Dot plot with a row for each of {with_noun(len(places), 'place')} and a mark for each of "
                f"{with_noun(len(self.series), 'series', 'series')}: {listing(label for _, label in self.series)}",
                across,
                "A bar with two ends is a range" if (known["low"] < known["high"]).any() else "",
                "An arrow leads from a number whose other bound is open"
                if known[["low", "high"]].isna().any(axis=None)
                else "",
                f"Dotted lines: {listing(map(one_line, lines))}" if lines else "",
            ]
        )
        short = {key: label.split(",")[0] for key, label in self.series}
        one = len(self.series) == 1

        def row(place: str) -> str:
            mine = known[known["place"] == place]
            said = "; ".join(f"{'' if one else short[r.series] + ' '}{told(r)}" for r in mine.itertuples())
            end = f" ({one_line(ends_of_rows[place])} at the end of the row)" if place in ends_of_rows else ""
            return f"{place}: {said or 'no number printed'}{end}"

        def brief(place: str) -> str:
            mine = known[known["place"] == place]
            if mine.empty:
                return f"{place}: no number printed"
            least, most = ends(mine)
            if lowest(least) == highest(most):
                return f"{place}: {lowest(least)}"
            return (
                f"{place}: {with_noun(len(mine), 'number')}, {lowest(least)} ({short[least['series']]}) "
                f"to {highest(most)} ({short[most['series']]})"
            )

        stand_out = extremes(known, lambda r: f"{short[r['series']]} for {r['place']}", self.unit)
        return Description(
            [what, sentences(map(row, places)), stand_out],
            [what, sentences(map(brief, places)), stand_out],
        )
