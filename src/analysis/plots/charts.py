"""Charts: each takes the rows to draw, a scheme and plain options, and returns a figure."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from analysis.plots.style import Scheme, drawing, new_figure

MARKERS = "oDs^P"


def estimates(data: pd.DataFrame, scheme: Scheme, *, series: list[list[str]], unit: str) -> Figure:
    """Rival estimates side by side: a row per place, a mark per series, on a log axis.

    Args:
        data: columns `place`, `series`, `low`, `high`; a range is drawn as a bar, an open bound as an
            arrow, and a place without a number keeps an empty row that says so.
        series: pairs of series id and name in the legend, in order (a notebook file keeps no order of keys).
        unit: label of the axis.
    """
    places = list(dict.fromkeys(data["place"]))
    names = dict(series)
    with drawing(scheme):
        figure = new_figure(0.31 * len(places) + 1.05)
        axes = figure.subplots()
        drawn = data.dropna(subset=["low", "high"], how="all")
        _log_axis(axes, drawn, unit)
        rows = {place: n for n, place in enumerate(places)}
        for place, group in drawn.groupby("place", sort=False):
            values = group[["low", "high"]].to_numpy().ravel()
            axes.plot(
                [min(values), max(values)],
                [rows[place]] * 2,
                color=scheme.grid,
                lw=2.5,
                zorder=1,
                solid_capstyle="round",
            )
        for name in names:
            mine = drawn[drawn["series"] == name]
            for row in mine[mine["low"] != mine["high"]].itertuples():
                axes.plot(
                    [row.low, row.high],
                    [rows[row.place]] * 2,
                    color=scheme.of(name),
                    lw=5,
                    solid_capstyle="butt",
                    zorder=2,
                )
        points = drawn[drawn["low"] == drawn["high"]]
        sns.scatterplot(
            x=points["low"],
            y=points["place"].map(rows),
            hue=points["series"],
            style=points["series"],
            hue_order=list(names),
            style_order=list(names),
            palette=[scheme.of(s) for s in names],
            markers=list(MARKERS[: len(names)]),
            s=52,
            linewidth=0.8,
            edgecolor="none",
            legend=False,
            ax=axes,
            zorder=3,
        )
        for place in places:
            if place not in set(drawn["place"]):
                axes.annotate(
                    "no number printed",
                    (0, rows[place]),
                    xycoords=("axes fraction", "data"),
                    va="center",
                    xytext=(4, 0),
                    textcoords="offset points",
                    color=scheme.soft,
                    style="italic",
                    size=9.5,
                )
        axes.set(ylabel="", ylim=(len(places) - 0.45, -0.55))
        axes.set_yticks(range(len(places)), places)
        _series_names(axes, names, scheme)
    return figure


def _log_axis(axes: Axes, drawn: pd.DataFrame, unit: str) -> None:
    low, high = drawn[["low", "high"]].min().min(), drawn[["low", "high"]].max().max()
    axes.set_xscale("log")
    left, right = low / 1.5, high * 1.6
    axes.set_xlim(left, right)
    decades = range(math.ceil(math.log10(left)), math.floor(math.log10(right)) + 1)
    axes.xaxis.set_major_locator(FixedLocator([10**d for d in decades]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
    axes.set_xlabel(f"{unit} (logarithmic: each step is ten times the last)")


def short(value: float) -> str:
    """A round number as an axis has it.

    >>> short(1_500_000)
    '1.5 million'
    """
    return f"{value / 1e6:g} million" if value >= 1e6 else f"{value:,.0f}"


def _series_names(axes: Axes, series: dict[str, str], scheme: Scheme) -> None:
    """Name the series above the chart, each in its own colour and with its own mark."""
    handles = [
        axes.plot([], [], ls="", marker=marker, color=scheme.of(name), label=label)[0]
        for (name, label), marker in zip(series.items(), MARKERS, strict=False)
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


def balance(data: pd.DataFrame, scheme: Scheme, *, unit: str) -> Figure:
    """Quantities of one account, each a bar from zero with its band.

    Args:
        data: columns `label`, `meaning`, `low`, `high`, `text`; the solid bar ends at the lower bound,
            the hatched one at the upper, and an open upper bound ends in an arrow.
        unit: label of the axis.
    """
    with drawing(scheme):
        figure = new_figure(0.52 * len(data) + 0.75)
        axes = figure.subplots()
        top = data[["low", "high"]].max().max()
        for n, row in enumerate(data.itertuples()):
            colour = scheme.of(row.meaning)
            axes.barh(n, row.low, color=colour, height=0.46)
            end = row.low if math.isnan(row.high) else row.high
            if end > row.low:
                axes.barh(
                    n,
                    end - row.low,
                    left=row.low,
                    facecolor="none",
                    edgecolor=colour,
                    hatch="////",
                    height=0.46,
                    lw=1.1,
                )
            if math.isnan(row.high):
                axes.annotate(
                    "",
                    (row.low + top * 0.06, n),
                    (row.low, n),
                    arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0},
                )
                end = row.low + top * 0.06
            axes.annotate(row.text, (end, n), xytext=(5, 0), textcoords="offset points", va="center", size=10)
        axes.set_yticks(range(len(data)), data["label"])
        axes.set(xlim=(0, top * 1.62), ylim=(len(data) - 0.5, -0.5), xlabel=unit)
        axes.xaxis.set_major_locator(MaxNLocator(4, prune="upper"))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
    return figure


BEND = 1900  # before this year the time axis of a timeline is drawn eight times denser
DENSER = 8
OPEN_YEARS = 8  # length of the stub that stands for a period without a stated end


def timeline(data: pd.DataFrame, scheme: Scheme, *, events: list[tuple[str, list[float]]], until: int) -> Figure:
    """Periods and magnitudes, a row each: on the left when, on the right how many.

    Args:
        data: columns `label`, `start`, `end` (years; NaN start: not dated; NaN end: open), `low`, `high`
            (persons; both NaN: not stated), `text`, `meaning`.
        events: pairs of the label of an extra row and the years marked on it.
        until: last year of the axis, to which open periods run.
    """
    rows = len(data) + len(events)
    with drawing(scheme):
        figure = new_figure(0.41 * rows + 0.6)
        when, size = figure.subplots(1, 2, sharey=True, width_ratios=[1.7, 1])
        top = data[["low", "high"]].max().max()
        for n, row in enumerate(data.itertuples()):
            colour = scheme.of(row.meaning)
            _period(when, n, row, colour, scheme, until)
            if math.isnan(row.low):
                size.plot(0.04 * top, n, "o", mfc="none", mec=colour, ms=6)
                _beside(size, "not stated", 0.04 * top, n, color=scheme.soft, style="italic")
                continue
            size.barh(n, row.low, color=colour, height=0.36)
            _beside(size, row.text, row.low, n, color=scheme.ink)
        for n, (_, years) in enumerate(events, start=len(data)):
            when.plot(years, [n] * len(years), "|", color=scheme.ink, ms=9, mew=1.8)
        for n, label in enumerate([*data["label"], *(label for label, _ in events)]):
            when.annotate(label, (0, n - 0.28), xycoords=("axes fraction", "data"), va="bottom", size=10.5)
        when.set_xscale("function", functions=(_bend, _unbend))
        when.set(xlim=(1700, until + 3), ylim=(rows - 0.5, -0.9), yticks=[])
        when.xaxis.set_major_locator(FixedLocator([1700, 1900, 1950, 2000]))
        when.xaxis.set_minor_locator(NullLocator())
        when.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
        size.set(xlim=(0, top * 2.4), xlabel="persons")
        size.xaxis.set_major_locator(FixedLocator([0, top]))
        size.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
    return figure


def _beside(axes: Axes, text: str, x: float, y: float, **look: Any) -> None:
    axes.annotate(text, (x, y), xytext=(6, 0), textcoords="offset points", va="center", size=10, **look)


def _period(axes: Axes, n: int, row: Any, colour: str, scheme: Scheme, until: int) -> None:
    """One period: a bar, a tick where a bar would be too thin to see, a stub with an arrow where the end is open."""
    if math.isnan(row.start):
        axes.annotate("not dated", (1905, n), va="center", size=10, style="italic", color=scheme.soft)
        return
    if math.isnan(row.end):
        end = min(row.start + OPEN_YEARS, until)
        axes.barh(n, end - row.start, left=row.start, color=colour, height=0.36, alpha=0.55)
        arrow = {"arrowstyle": "->", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (end + 7, n), (end, n), arrowprops=arrow)
    elif row.end - row.start < 2:
        axes.plot((row.start + row.end) / 2, n, "|", color=colour, ms=10, mew=3)
    else:
        axes.barh(n, row.end - row.start, left=row.start, color=colour, height=0.36)


def _bend(years: Any) -> Any:
    return np.where(years < BEND, (years - BEND) / DENSER, years - BEND)


def _unbend(places: Any) -> Any:
    return np.where(places < 0, places * DENSER, places) + BEND


def shares(data: pd.DataFrame, scheme: Scheme, *, claims: list[dict[str, Any]]) -> Figure:
    """Percentages in rows, against bands that are claimed.

    Args:
        data: columns `row` (label), `text` (of the point), `percent`.
        claims: bands as `label`, `low`, `high` in per cent; equal ends are drawn as a line.
    """
    rows = list(dict.fromkeys(data["row"]))
    with drawing(scheme):
        figure = new_figure(0.5 * (len(rows) + len(claims)) + 0.6)
        axes = figure.subplots()
        for n, row in enumerate(rows):
            mine = data[data["row"] == row]
            axes.plot([mine["percent"].min(), mine["percent"].max()], [n, n], color=scheme.grid, lw=3, zorder=1)
            sns.scatterplot(
                x=mine["percent"], y=[n] * len(mine), color=scheme.of("left"), s=52, edgecolor="none", ax=axes, zorder=3
            )
        for n, claim in enumerate(claims, start=len(rows)):
            low, high = claim["low"] - 0.15, claim["high"] + 0.15  # a single value still has to be seen
            axes.barh(n, high - low, left=low, height=0.3, color=scheme.of("total"))
            for edge in (claim["low"], claim["high"]):
                axes.plot([edge, edge], [-0.2, n], color=scheme.of("total"), lw=0.8, ls=":", zorder=0)
        for n, label in enumerate([*rows, *(claim["label"] for claim in claims)]):
            axes.annotate(label, (0, n - 0.24), xycoords=("axes fraction", "data"), va="bottom", size=10.5)
        axes.set(xlim=(20, 40), ylim=(len(rows) + len(claims) - 0.5, -0.85), yticks=[], ylabel="")
        axes.set_xlabel("Kazakhs abroad, per cent of all Kazakhs")
    return figure
