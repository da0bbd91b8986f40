"""Periods and magnitudes, a row each: on the left when, on the right how many."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from pydantic import BaseModel, ConfigDict

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description, Pairs
from edition.charts.marks import beside, unstated
from edition.charts.sentences import as_number, extremes, one_line, sentences
from edition.charts.style import LARGE, SMALL, Scheme, drawing, new_figure
from edition.numbers.wording import listing, with_noun

STUB = 8  # years: length of the bar that stands for a period without a stated end
ARROW = 7  # years, beyond such a bar
HEIGHT = 0.36  # of a bar, of a row


class Years(BaseModel):
    """A time axis whose earlier part is denser.

    Attributes:
        since: first year.
        bend: the years before this one are drawn denser, on shaded ground.
        denser: how many times.
        until: last year, to which periods without a stated end run at most.
        ticks: years that are named.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    since: int
    bend: int
    denser: int
    until: int
    ticks: tuple[int, ...]

    def places(self, years: Any) -> Any:
        """Where years stand, in years of the later part from the bend on."""
        return np.where(years < self.bend, (years - self.bend) / self.denser, years - self.bend)

    def at(self, places: Any) -> Any:
        """The years that stand at some places."""
        return np.where(places < 0, places * self.denser, places) + self.bend

    @property
    def text(self) -> int:
        """The year beside which words stand in a row without a bar."""
        return self.bend + 5


class Event(BaseModel):
    """An extra row of a timeline: its label, the years marked on it, and a text for those without a year."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    label: str
    years: tuple[float, ...]
    undated: str = ""


class Timeline(Chart):
    """Periods beside their numbers.

    Rows: `label`, `start`, `end` (years; NaN start: not dated; NaN end: open), `start_open` (bool: it began earlier, at
    a time not stated), `low`, `high` (both NaN: not stated; `high` NaN: no upper bound), `text`, `meaning`.

    Attributes:
        years: the time axis.
        unit: label of the axis of numbers.
        events: extra rows below.
        kinds: each meaning and its name, for the key.
    """

    years: Years
    unit: str
    events: tuple[Event, ...] = ()
    kinds: Pairs

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """Two panels that share their rows."""
        rows, years = len(data) + len(self.events), self.years
        with drawing(scheme):
            figure = new_figure(0.41 * rows + 1.25)
            when, size = figure.subplots(1, 2, sharey=True, width_ratios=[1 if scheme.narrow else 1.3, 1])
            top = data[["low", "high"]].max().max()
            for n, row in enumerate(data.itertuples()):
                colour = scheme.of(row.meaning)
                self._period(when, n, row, colour, scheme)
                if math.isnan(row.low):
                    unstated(size, 0.1 * top, n, scheme)
                    continue
                size.barh(n, row.low, color=colour, height=HEIGHT)
                end = row.low
                if math.isnan(row.high):
                    end += 0.13 * top
                    arrow = {"arrowstyle": "-|>", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
                    size.annotate("", (end, n), (row.low, n), arrowprops=arrow)
                beside(size, _in_two(row.text, 17 if scheme.narrow else 22), end, n, color=scheme.ink, linespacing=1.0)
            for n, event in enumerate(self.events, start=len(data)):
                when.plot(event.years, [n] * len(event.years), "|", color=scheme.ink, ms=9, mew=1.8)
                beside(when, event.undated, years.text, n, gap=0, style="italic", color=scheme.soft)
            for n, label in enumerate([*data["label"], *(event.label for event in self.events)]):
                when.annotate(label, (0, n - 0.28), xycoords=("axes fraction", "data"), va="bottom", size=LARGE)
            when.set_xscale("function", functions=(years.places, years.at))
            when.set(xlim=(years.since, years.until + 3), ylim=(rows - 0.5, -1.75), yticks=[])
            when.xaxis.set_major_locator(FixedLocator(years.ticks[1:] if scheme.narrow else years.ticks))
            when.xaxis.set_minor_locator(NullLocator())
            when.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
            when.axvspan(years.since, years.bend, color=scheme.grid, alpha=0.5, lw=0, zorder=0)
            beside(when, f"shaded years: {years.denser} times denser", years.since, -1.3, gap=0, size=SMALL, style="italic",
                   color=scheme.soft)  # fmt: skip
            size.set(xlim=(0, top * 2.3), xlabel=self.unit)
            size.grid(visible=False)
            size.xaxis.set_major_locator(FixedLocator([0] if scheme.narrow else [0, top]))
            in_short(size.xaxis)
            self._kinds_named(figure, scheme)
        return figure

    def _period(self, axes: Axes, n: int, row: Any, colour: str, scheme: Scheme) -> None:
        """One period: a bar, a tick where a bar would be too thin to see, a stub with an arrow where the end is open."""
        if math.isnan(row.start):
            beside(axes, "not dated", self.years.text, n, gap=0, style="italic", color=scheme.soft)
            return
        if math.isnan(row.end):
            end = min(row.start + STUB, self.years.until)
            axes.barh(n, end - row.start, left=row.start, color=colour, height=HEIGHT, alpha=0.55)
            arrow = {"arrowstyle": "->", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", (end + ARROW, n), (end, n), arrowprops=arrow)
            if row.start_open:
                axes.annotate("", (row.start - ARROW, n), (row.start, n), arrowprops=arrow)
        elif row.end - row.start < 2:
            axes.plot((row.start + row.end) / 2, n, "|", color=colour, ms=10, mew=3)
        else:
            axes.barh(n, row.end - row.start, left=row.start, color=colour, height=HEIGHT)

    def _kinds_named(self, figure: Figure, scheme: Scheme) -> None:
        """What the colours mean, above the chart, each name in its own."""
        handles = [Rectangle((0, 0), 1, 1, color=scheme.of(meaning), label=label) for meaning, label in self.kinds]
        figure.legend(handles=handles, loc="outside upper left", ncols=2, frameon=False, handlelength=1.2,
                      handletextpad=0.5, columnspacing=1.4, borderaxespad=0.2, labelcolor="linecolor")  # fmt: skip

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every row with its time and its number; in brief, the rows without a number together at the end."""
        kinds, years = dict(self.kinds), self.years
        counted = data.dropna(subset=["low", "high"], how="all")
        silent = data.drop(counted.index)
        what = sentences(
            [
                f"Chart of {with_noun(len(data), 'row')} in two halves: on the left when, on the right how many {self.unit}",
                f"The years run to {years.until}, those before {years.bend} drawn {years.denser} times denser; "
                f"the earliest bar begins in {data['start'].dropna().min():.0f}",
                f"Colours: {listing(kinds.values())}",
            ]
        )
        full = [
            f"{one_line(row.label)} ({kinds.get(row.meaning, row.meaning)}), {_when(row)}: {one_line(row.text)}"
            for row in data.itertuples()
        ]
        numbered = [f"{one_line(row.label)}, {_when(row)}: {one_line(row.text)}" for row in counted.itertuples()]
        rest = f"Without a number: {'; '.join(f'{one_line(row.label)}, {_when(row)}' for row in silent.itertuples())}"
        events = sentences(
            f"{event.label}, marked by ticks: {listing(f'{year:.0f}' for year in event.years)}"
            f"{f'; {one_line(event.undated)}' if event.undated else ''}"
            for event in self.events
        )
        stand_out = extremes(counted, lambda r: one_line(r["label"]), self.unit)
        return Description(
            [what, sentences(full), events, stand_out],
            [what, sentences(numbered), sentences([rest] if len(silent) else []), events, stand_out],
        )


def _in_two(text: str, letters: int) -> str:
    """A long text on two lines of about the same length, or on more where a line has no room for that."""
    return "\n".join(textwrap.wrap(text, min(max(18, len(text) // 2 + 4), letters)))


def _when(row: Any) -> str:
    """The time of a row in words."""
    if math.isnan(as_number(row.start)):
        return "not dated"
    began = f"{'before ' if row.start_open else ''}{row.start:.0f}"
    if math.isnan(as_number(row.end)):
        return f"{began} on, end not stated"
    return began if row.end == row.start else f"{began}–{row.end:.0f}"
