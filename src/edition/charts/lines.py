"""How a result moves along a parameter: lines over settings."""

from __future__ import annotations

import math
import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description
from edition.charts.sentences import bounds, extremes, one_line, sentences
from edition.charts.style import LARGE, TEXT, Scheme, drawing, new_figure
from edition.numbers.wording import listing, number, sentence_case, with_noun

LINE = 15  # height of a line of text, in points
NAME = 16  # letters of a name on one line
DOUBLES = [1e6 * 2.0**n for n in range(-20, 20)]  # a million, halved and doubled


class Lines(Chart):
    """One panel for each group of lines, beside each other; a mark for each setting, each line named at its right end.

    Rows, one per line and setting: `panel` (its title), `line` (its name), `meaning`, `at` (the setting), `low` and
    `high`. Where they differ the line is the upper bound and what lies below it, down to the lower one, is hatched;
    without a lower bound (blank) down to the edge of the picture.

    Attributes:
        across: what the settings are.
        unit: of the result.
        level: a value and the name of the line drawn there.
        doubling: an axis on which each step is twice the last; otherwise one from the lowest to the highest result.
    """

    across: str
    unit: str
    level: tuple[float, str] | None = None
    doubling: bool = False

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The panels, which share their upright axis."""
        panels = list(dict.fromkeys(data["panel"]))
        with drawing(scheme):
            figure = new_figure(3.2)
            for n, (axes, panel) in enumerate(
                zip(figure.subplots(1, len(panels), sharey=True, squeeze=False)[0], panels, strict=True)
            ):
                mine = data[data["panel"] == panel]
                _scale(axes, data, self.doubling)
                if panel:
                    axes.set_title(panel, loc="left", size=LARGE, color=scheme.of(mine["meaning"].iloc[0]))
                for _, line in mine.groupby("line", sort=False):
                    _line(axes, line, scheme)
                _names(axes, mine.groupby("line", sort=False).tail(1), scheme)
                if self.level:
                    value, name = self.level
                    axes.axhline(value, color=scheme.ink, lw=1, zorder=1)
                    axes.annotate(name, (data["at"].min(), value), (0, 3), textcoords="offset points", size=TEXT)
                ends = data["at"].min(), data["at"].max()
                axes.set_xlim(ends[0] - 0.02 * (ends[1] - ends[0]), ends[1] + 0.02 * (ends[1] - ends[0]))
                axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
                axes.set_xlabel(self.across)
                axes.grid(axis="y", visible=True)
                axes.grid(axis="x", visible=False)
                axes.tick_params(axis="y", left=False, labelleft=n == 0)
                axes.set_ylabel("" if n else self.unit)
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every line with its values; in brief, with its first and its last."""
        full, brief = [], []
        for (panel, line), group in data.groupby(["panel", "line"], sort=False):
            name = f"{panel}, {line}" if panel else str(line)
            points = [f"at {row.at:g} {bounds(row)}" for row in group.itertuples()]
            full.append(f"{name}: {listing(points)}")
            brief.append(f"{name}: {points[0]}, {points[-1]}")
        level = f", with a line at {number(self.level[0])}: {self.level[1]}" if self.level else ""
        panels = data["panel"].nunique()
        parted = f" in {with_noun(panels, 'panel')}" if panels > 1 else ""
        what = sentences(
            [
                f"Line chart{parted}: {self.unit} along {self.across}{level}",
                f"{sentence_case(with_noun(len(full), 'line'))}, each with a mark for {with_noun(data['at'].nunique(), 'setting')}",
                "Each step of the upright axis is twice the last" if self.doubling else "",
            ]
        )
        stand_out = sentences([extremes(data, lambda row: one_line(f"{row['line']} at {row['at']:g}"), self.unit)])
        return Description([what, sentences(full), stand_out], [what, sentences(brief), stand_out])


def _scale(axes: Axes, data: pd.DataFrame, doubling: bool) -> None:
    low, high = data[["low", "high"]].min().min(), data[["low", "high"]].max().max()
    if doubling:
        axes.set_yscale("log", base=2)
        ticks = [tick for tick in DOUBLES if low / 1.15 <= tick <= high * 1.15]
        axes.yaxis.set_major_locator(FixedLocator(ticks))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.set_ylim(low / 1.15, high * 1.15)
    else:
        axes.set_ylim(low - 0.05 * (high - low), high + 0.05 * (high - low))
        axes.yaxis.set_major_locator(MaxNLocator(5))
    in_short(axes.yaxis)


def _line(axes: Axes, line: pd.DataFrame, scheme: Scheme) -> None:
    colour = scheme.of(line["meaning"].iloc[0])
    axes.plot(line["at"], line["high"], "o-", color=colour, ms=3.5, lw=1.6, zorder=3)
    if (line["low"] != line["high"]).any():
        edge = axes.get_ylim()[0]  # fixed before, by all lines
        axes.fill_between(
            line["at"], line["low"].fillna(edge), line["high"], facecolor="none", edgecolor=colour, alpha=0.35, hatch="///",
            lw=0, zorder=1,
        )  # fmt: skip


def _names(axes: Axes, ends: pd.DataFrame, scheme: Scheme) -> None:
    """Name each line at its end, from the lowest up, none over another."""
    free = -math.inf
    for end in ends.sort_values("high").itertuples():
        text = "\n".join(textwrap.wrap(str(end.line), NAME))
        y = axes.transData.transform((0, end.high))[1] * 72 / axes.figure.dpi
        tall = LINE * (1 + text.count("\n"))
        at = max(y, free + tall / 2)
        axes.annotate(
            text, (end.at, end.high), (7, at - y), textcoords="offset points", color=scheme.of(end.meaning), va="center",
            annotation_clip=False,
        )  # fmt: skip
        free = at + tall / 2
