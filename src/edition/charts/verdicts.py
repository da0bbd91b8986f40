"""Pictures of putting the paper to the test: verdicts, choices, counts from outside.

Belongs here: drawing what `claims`, `multiverse` and `outside` found. Not here: the paper's own numbers (`charts`).
"""

from __future__ import annotations

import math

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from edition.charts.charts import short
from edition.charts.style import Scheme, drawing, new_figure


def tally(data: pd.DataFrame, scheme: Scheme, *, unit: str) -> Figure:
    """Counts as bars, each in two parts.

    Args:
        data: one row per bar: `label`, `solid`, `open` (counts), `text`; the open part is hatched.
        unit: label of the axis.
    """
    with drawing(scheme):
        figure = new_figure(0.42 * len(data) + 0.75)
        axes = figure.subplots()
        colour = scheme.of("left")
        top = float((data["solid"] + data["open"]).max())
        for n, row in enumerate(data.itertuples()):
            axes.barh(n, row.solid, color=colour, height=0.5)
            if row.open:
                axes.barh(
                    n, row.open, left=row.solid, facecolor="none", edgecolor=colour, hatch="////", height=0.5, lw=1
                )
            axes.annotate(
                row.text, (row.solid + row.open, n), xytext=(5, 0), textcoords="offset points", va="center", size=10
            )
        axes.set_yticks(range(len(data)), data["label"])
        axes.set(xlim=(0, top * 1.3), ylim=(len(data) - 0.5, -0.6), xlabel=unit)
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True, prune="upper"))
    return figure


def curve(
    data: pd.DataFrame,
    scheme: Scheme,
    *,
    unit: str,
    target: list[float | None],
    choices: list[list[str | float]],
) -> Figure:
    """A specification curve: combinations sorted by value, and below it the options each one takes.

    Args:
        data: one row per combination drawn: `rank` (0 to 1), `value`, `holds`, and a column per choice.
        unit: of the value.
        target: the bounds claimed, None where there is none.
        choices: rows below the curve: choice, option, per cent of the combinations with it in which the claim
            holds; a row whose option is "" is a heading.
    """
    with drawing(scheme):
        below = 0.2 * len(choices) + 0.1
        figure = new_figure(2.1 + below)
        above, lower = figure.subplots(2, 1, sharex=True, height_ratios=[1.9, below])
        colours = {True: scheme.of("left"), False: scheme.soft}
        wide = 1.04
        ends = [end for end in target if end is not None]
        if len(set(ends)) == 2:
            above.axhspan(*ends, color=scheme.of("total"), alpha=0.25, lw=0)
        for end in set(ends):
            above.axhline(end, color=scheme.of("total"), lw=1.2)
        sns.scatterplot(
            x=data["rank"], y=data["value"], hue=data["holds"], palette=colours, s=13, edgecolor="none", legend=False, ax=above, zorder=3
        )  # fmt: skip
        above.grid(axis="x", visible=False)
        above.grid(axis="y", visible=True)
        above.yaxis.set_major_locator(MaxNLocator(4))
        above.yaxis.set_major_formatter(
            FuncFormatter(lambda value, _: short(value) if value >= 0 else f"−{short(-value)}")
        )
        above.set(ylabel="", xlabel="")
        line = "the band" if len(set(ends)) == 2 else "the line"
        above.set_title(f"{unit}; {line}: what is claimed", loc="left", size=10, color=scheme.soft)
        lower.annotate("holds in", (wide, -0.75), va="center", size=9, color=scheme.soft, annotation_clip=False)
        for n, (choice, option, percent) in enumerate(choices):
            if not option:
                lower.annotate(
                    str(choice),
                    (-0.02, n),
                    xycoords=("axes fraction", "data"),
                    ha="right",
                    va="center",
                    size=9.5,
                    weight=600,
                )
                continue
            mine = data[data[str(choice)] == option]
            for holds, colour in colours.items():
                part = mine.loc[mine["holds"] == holds, "rank"]
                lower.plot(part, [n] * len(part), "|", color=colour, ms=6.5, mew=0.9)
            held = float(percent)
            lower.annotate(
                f"{held:.0f} %" if held == 0 or held >= 1 else "under 1 %",
                (wide, n),
                va="center",
                size=9,
                annotation_clip=False,
            )
        options = [(n, str(option)) for n, (_, option, _) in enumerate(choices) if option]
        lower.set_yticks([n for n, _ in options], [option for _, option in options], size=9)
        lower.set(xlim=(-0.02, wide + 0.16), ylim=(len(choices) - 0.4, -0.7), xticks=[], xlabel="")
        lower.grid(visible=False)
        above.set_xticks([])
        for axes in (above, lower):
            axes.spines["bottom"].set_visible(False)
    return figure


def against_counts(data: pd.DataFrame, scheme: Scheme, *, tolerance: float) -> Figure:
    """How far estimates lie from the nearest count, in per cent of it.

    Args:
        data: `label`, `group` (a heading before its first row), `off_low`, `off_high` (per cent; equal for a
            point, NaN above for an open bound, drawn as an arrow head), `fits`, `text` (beside the mark).
        tolerance: half width of the band in which an estimate fits, in per cent.
    """
    groups = list(dict.fromkeys(data["group"]))
    places, headings, n = [], {}, 0
    for group in groups:
        headings[n] = group
        rows = int((data["group"] == group).sum())
        places += list(range(n + 1, n + 1 + rows))
        n += 1 + rows
    with drawing(scheme):
        figure = new_figure(0.24 * n + 0.85)
        axes = figure.subplots()
        axes.axvspan(-tolerance, tolerance, color=scheme.of("returned"), alpha=0.2, lw=0)
        axes.axvline(0, color=scheme.soft, lw=1)
        for y, row in zip(places, data.itertuples(), strict=True):
            colour = scheme.of("returned") if row.fits else scheme.of("left")
            last = row.off_low if math.isnan(row.off_high) else row.off_high
            axes.plot([0, last if last > 0 else row.off_low], [y, y], color=scheme.grid, lw=2, zorder=1)
            if row.off_low < row.off_high:
                axes.plot([row.off_low, row.off_high], [y, y], color=colour, lw=5, solid_capstyle="butt", zorder=2)
            else:
                mark = ">" if math.isnan(row.off_high) else "o" if row.fits else "D"
                axes.plot(row.off_low, y, mark, color=colour, ms=6, zorder=3)
            axes.annotate(row.text, (max(last, 0), y), xytext=(8, 0), textcoords="offset points", va="center", size=9.5)
        low, high = float(data["off_low"].min()), float(data["off_high"].max())
        axes.set_yticks(places, data["label"], size=9.5)
        for y, group in headings.items():
            axes.annotate(
                group, (-0.02, y), xycoords=("axes fraction", "data"), ha="right", va="center", size=10.5, weight=600
            )
        room = (high - low) * 0.35
        axes.set(xlim=(low - 5, high + room), ylim=(n - 0.4, -0.7), xlabel="per cent above or below the nearest count")
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(
            FuncFormatter(lambda value, _: f"{value:+.0f}".replace("-", "−") if value else "0")
        )
    return figure
