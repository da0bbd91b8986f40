"""Charts: each takes the rows to draw, a scheme and plain options, and returns a figure."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from edition.charts.style import Scheme, drawing, new_figure

MARKERS = "oDs^P"
ADDED = "*"  # for a source that is not the paper's


LANE = 0.5  # distance of marks that would hide each other, of a row's height
TOUCH = 10.0  # points: marks nearer than this to each other hide each other
ACROSS = 235.0  # points: about the width of the ground on which estimates stand


def estimates(
    data: pd.DataFrame,
    scheme: Scheme,
    *,
    series: list[list[str]],
    unit: str,
    beside: list[list[str]] | None = None,
    limits: list[list[Any]] | None = None,
    linear: list[str] | None = None,
) -> Figure:
    """Rival estimates side by side: a row per place, a mark per series, on a log axis.

    Marks that would hide each other stand one above the other in their row.

    Args:
        data: columns `place`, `series`, `low`, `high`; a range is drawn as a bar, an open bound as an
            arrow, and a place without a number keeps an empty row that says so.
        series: pairs of series id and name in the legend, in order (a notebook file keeps no order of keys).
        unit: label of the axis.
        beside: pairs of place and a text for the right-hand end of its row.
        limits: pairs of a value and the label of the line drawn there.
        linear: places that are drawn above the others, on an axis of their own that is not logarithmic.
    """
    names = dict(series)
    places = list(dict.fromkeys(data["place"]))
    above = [place for place in places if place in (linear or [])]
    panels = [panel for panel in (above, [place for place in places if place not in above]) if panel]
    with drawing(scheme):
        figure = new_figure(1)
        drawn = data.dropna(subset=["low", "high"], how="all")
        lanes = [_lanes(drawn[drawn["place"].isin(panel)], log=panel is not above) for panel in panels]
        deep = [_depths(panel, drawn.loc[lane.index], lane) for panel, lane in zip(panels, lanes, strict=True)]
        heights = [float(depth.sum()) for depth in deep]
        figure.set_figheight(0.31 * sum(heights) + 0.6 + 0.45 * len(panels))
        grounds = figure.subplots(len(panels), 1, height_ratios=heights, squeeze=False)[:, 0]
        for axes, panel, lane, depth in zip(grounds, panels, lanes, deep, strict=True):
            mine = drawn[drawn["place"].isin(panel)]
            if panel is above:
                end = mine[["low", "high"]].max().max() * 1.08
                axes.set_xlim(0, end)
                axes.xaxis.set_major_locator(FixedLocator([n for n in MaxNLocator(4).tick_values(0, end) if n <= end]))
                axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
                axes.set_xlabel(f"{unit} (from zero)")
            else:
                _log_axis(axes, mine, unit)
            middle = depth.cumsum() - depth / 2
            _rivals(axes, mine, middle, lane, names, scheme)
            for place in [place for place in panel if place not in set(mine["place"])]:
                axes.annotate("no number printed", (0, middle[place]), xycoords=("axes fraction", "data"), va="center",
                              xytext=(4, 0), textcoords="offset points", color=scheme.soft, style="italic", size=9.5)  # fmt: skip
            axes.set(ylabel="", ylim=(depth.sum() + 0.05, -0.05))
            axes.set_yticks(middle.to_list(), panel)
            for place, text in beside or []:
                if place in panel:
                    axes.annotate(text, (1, middle[place]), xycoords=("axes fraction", "data"), va="center", size=10.5,
                                  xytext=(4, 0), textcoords="offset points")  # fmt: skip
        for value, label in limits or []:
            grounds[-1].axvline(value, color=scheme.soft, lw=1, ls=":", zorder=0)
            grounds[-1].annotate(label, (value, -0.05), va="bottom", ha="right", color=scheme.soft, size=10,
                                 xytext=(0, 2), textcoords="offset points")  # fmt: skip
        _series_names(grounds[0], names, scheme)
    return figure


def _lanes(drawn: pd.DataFrame, *, log: bool) -> pd.Series:
    """For each estimate its lane within its row, from 0 down, so that none hides another."""
    ends = drawn[["low", "high"]].bfill(axis=1).ffill(axis=1).astype("float64")
    ends = np.log10(ends) if log else ends
    span = (ends["high"].max() - (ends["low"].min() if log else 0.0)) or 1.0
    at = ends * ACROSS / span
    lanes = pd.Series(0, index=drawn.index)
    for _, group in drawn.groupby("place", sort=False):
        until: list[float] = []  # where each lane is free again
        for row in at.loc[group.index].sort_values(["low", "high"], kind="stable").itertuples():
            free = next((n for n, end in enumerate(until) if row.low - end >= TOUCH), len(until))
            until[free : free + 1] = [row.high]
            lanes[row.Index] = free
    return lanes


def _depths(places: list[str], drawn: pd.DataFrame, lanes: pd.Series) -> pd.Series:
    """Height of each place's row, in rows of one mark."""
    most = lanes.groupby(drawn["place"]).max().reindex(places).fillna(0)
    return 1 + LANE * most


def _rivals(
    axes: Axes, drawn: pd.DataFrame, middle: pd.Series, lanes: pd.Series, names: dict[str, str], scheme: Scheme
) -> None:
    """The estimates of one panel: their spread as a line, ranges as bars, single numbers as marks."""
    most = lanes.groupby(drawn["place"]).transform("max")
    y = drawn["place"].map(middle) + (lanes - most / 2) * LANE
    for place, group in drawn.groupby("place", sort=False):
        values = group[["low", "high"]].to_numpy().ravel()
        line = [np.nanmin(values), np.nanmax(values)]
        axes.plot(line, [middle[place]] * 2, color=scheme.grid, lw=2.5, zorder=1, solid_capstyle="round")
    for row in drawn[drawn["low"] != drawn["high"]].itertuples():
        axes.plot([row.low, row.high], [y[row.Index]] * 2, color=scheme.of(row.series), lw=5, solid_capstyle="butt", zorder=2)  # fmt: skip
    points = drawn[drawn["low"] == drawn["high"]]
    sns.scatterplot(
        x=points["low"],
        y=y[points.index],
        hue=points["series"],
        style=points["series"],
        hue_order=list(names),
        style_order=list(names),
        palette=[scheme.of(s) for s in names],
        markers=_marks(names),
        s=46,
        linewidth=0.8,
        edgecolor="none",
        legend=False,
        ax=axes,
        zorder=3,
    )


def host(data: pd.DataFrame, scheme: Scheme, *, unit: str, outside: str, band: list[Any] | None = None) -> Figure:
    """Every number for one host, a labelled row each, from zero; counts that are not the paper's apart below.

    Args:
        data: columns `label`, `text`, `low`, `high`, `meaning` (`outside` for what is not the paper's, in the
            last rows: drawn hollow; `added` for what is the reader's own: a star); a range is drawn as a bar.
        unit: label of the axis.
        outside: heading above the rows of `outside`.
        band: lower end, upper end and label of a stretch that is shaded behind all rows.
    """
    own = int((data["meaning"] != "outside").sum())
    places = [n if n < own else n + 1 for n in range(len(data))]
    with drawing(scheme):
        figure = new_figure(0.45 * (len(data) + (own < len(data)) + 0.5 * bool(band)) + 0.65)
        axes = figure.subplots()
        top = data["high"].max()
        if band:
            low, high, label = band
            axes.axvspan(low, high, color=scheme.grid, alpha=0.45, lw=0, zorder=0)
            axes.annotate(label, (low, -1.02), va="bottom", size=10, color=scheme.soft, xytext=(3, 0),
                          textcoords="offset points")  # fmt: skip
        for y, row in zip(places, data.itertuples(), strict=True):
            hollow = row.meaning == "outside"
            colour = scheme.ink if hollow else scheme.of(row.meaning)
            if row.high > row.low:
                axes.plot([row.low, row.high], [y, y], color=colour, lw=1.4 if hollow else 5, solid_capstyle="butt")
                for end in (row.low, row.high):
                    axes.plot(end, y, "|", color=colour, ms=9, mew=1.6)
            else:
                mark = "s" if hollow else ADDED if row.meaning == "added" else "o"
                axes.plot(
                    row.low, y, mark, color=colour, mfc="none" if hollow else colour, ms=10 if mark == ADDED else 7
                )
            _beside(axes, row.text, row.high, y)
            axes.annotate(row.label, (0, y - 0.24), xycoords=("axes fraction", "data"), va="bottom", size=10.5)
        if own < len(data):
            axes.axhline(own - 0.45, color=scheme.soft, lw=0.8)
            axes.annotate(outside, (0, own - 0.02), xycoords=("axes fraction", "data"), va="center", size=10.5,
                          style="italic", color=scheme.soft)  # fmt: skip
        axes.set(xlim=(0, top * 1.42), ylim=(places[-1] + 0.5, -1.55 if band else -0.9), yticks=[], xlabel=unit)
        axes.xaxis.set_major_locator(MaxNLocator(4, prune="upper", steps=[1, 2, 2.5, 5, 10]))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
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


def _marks(series: Iterable[str]) -> list[str]:
    """A mark for each series, in their order; what is added has one that no series of the paper's takes."""
    names = list(series)
    return [ADDED if name == "added" else mark for name, mark in zip(names, f"{MARKERS}{ADDED}", strict=False)]


def _series_names(axes: Axes, series: dict[str, str], scheme: Scheme) -> None:
    """Name the series above the chart, each in its own colour and with its own mark."""
    handles = [
        axes.plot([], [], ls="", marker=marker, color=scheme.of(name), label=label)[0]
        for (name, label), marker in zip(series.items(), _marks(series), strict=True)
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
            the hatched one at the upper, and an open upper bound ends in an arrow. With a column `hatched`
            (bool), a bar that is so marked is hatched whole: known in size and not in kind.
        unit: label of the axis.
    """
    with drawing(scheme):
        figure = new_figure(0.52 * len(data) + 0.75)
        axes = figure.subplots()
        top = data[["low", "high"]].max().max()
        for n, row in enumerate(data.itertuples()):
            colour = scheme.of(row.meaning)
            whole = getattr(row, "hatched", False)
            look = (
                {"facecolor": "none", "edgecolor": colour, "hatch": "////", "lw": 1.1} if whole else {"color": colour}
            )
            axes.barh(n, row.low, height=0.46, **look)
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


def timeline(
    data: pd.DataFrame, scheme: Scheme, *, events: list[list[Any]], until: int, kinds: list[list[str]]
) -> Figure:
    """Periods and magnitudes, a row each: on the left when, on the right how many.

    Args:
        data: columns `label`, `start`, `end` (years; NaN start: not dated; NaN end: open), `start_open` (bool: it
            began earlier, at a time not stated), `low`, `high` (persons; both NaN: not stated; `high` NaN: no upper
            bound), `text`, `meaning`.
        events: for each extra row its label, the years marked on it, and a text for those without a year ("").
        until: last year of the axis, to which open periods run.
        kinds: pairs of a meaning and its name, for the key.
    """
    rows = len(data) + len(events)
    with drawing(scheme):
        figure = new_figure(0.41 * rows + 1.25)
        when, size = figure.subplots(1, 2, sharey=True, width_ratios=[1.3, 1])
        top = data[["low", "high"]].max().max()
        for n, row in enumerate(data.itertuples()):
            colour = scheme.of(row.meaning)
            _period(when, n, row, colour, scheme, until)
            if math.isnan(row.low):
                unstated(size, 0.1 * top, n, scheme)
                continue
            size.barh(n, row.low, color=colour, height=0.36)
            end = row.low
            if math.isnan(row.high):
                end += 0.13 * top
                arrow = {"arrowstyle": "-|>", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
                size.annotate("", (end, n), (row.low, n), arrowprops=arrow)
            _beside(size, _in_two(row.text), end, n, color=scheme.ink, linespacing=1.0)
        for n, (_, years, rest) in enumerate(events, start=len(data)):
            when.plot(years, [n] * len(years), "|", color=scheme.ink, ms=9, mew=1.8)
            when.annotate(rest, (1905, n), va="center", size=10, style="italic", color=scheme.soft)
        for n, label in enumerate([*data["label"], *(event[0] for event in events)]):
            when.annotate(label, (0, n - 0.28), xycoords=("axes fraction", "data"), va="bottom", size=10.5)
        when.set_xscale("function", functions=(_bend, _unbend))
        when.set(xlim=(1700, until + 3), ylim=(rows - 0.5, -1.75), yticks=[])
        when.xaxis.set_major_locator(FixedLocator([1700, 1900, 1950, 2000]))
        when.xaxis.set_minor_locator(NullLocator())
        when.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
        when.axvspan(1700, BEND, color=scheme.grid, alpha=0.5, lw=0, zorder=0)
        when.annotate(f"shaded years: {DENSER} times denser", (1700, -1.3), va="center", size=9.5, style="italic",
                      color=scheme.soft)  # fmt: skip
        size.set(xlim=(0, top * 2.3), xlabel="persons")
        size.grid(visible=False)
        size.xaxis.set_major_locator(FixedLocator([0, top]))
        size.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
        _kinds(figure, kinds, scheme)
    return figure


def _in_two(text: str) -> str:
    """A long text on two lines of about the same length."""
    return "\n".join(textwrap.wrap(text, max(18, len(text) // 2 + 4)))


def unstated(axes: Axes, x: float, y: float, scheme: Scheme, text: str = "not stated") -> None:
    """The mark for a number that is not stated, as on the maps, with its meaning beside it."""
    ring = {"boxstyle": "circle,pad=0.06", "fc": "none", "ec": scheme.ink, "ls": (0, (1.2, 1.4)), "lw": 1.2}
    axes.annotate("?", (x, y), ha="center", va="center", size=9, weight="semibold", color=scheme.ink, bbox=ring)
    axes.annotate(text, (x, y), xytext=(11, 0), textcoords="offset points", va="center", size=10, style="italic",
                  color=scheme.soft)  # fmt: skip


def _kinds(figure: Figure, kinds: list[list[str]], scheme: Scheme) -> None:
    """What the colours mean, above a chart, each name in its own."""
    handles = [Rectangle((0, 0), 1, 1, color=scheme.of(meaning), label=label) for meaning, label in kinds]
    figure.legend(handles=handles, loc="outside upper left", ncols=2, frameon=False, handlelength=1.2,
                  handletextpad=0.5, columnspacing=1.4, borderaxespad=0.2, labelcolor="linecolor")  # fmt: skip


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
        if row.start_open:
            axes.annotate("", (row.start - 7, n), (row.start, n), arrowprops=arrow)
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


def matrix(data: pd.DataFrame, scheme: Scheme, *, columns: list[list[str]]) -> Figure:
    """Places by what is said of them, a row each; a place of which nothing is said has a question mark.

    Args:
        data: columns `name`, `script` (a column's id, "" for nothing said), `how` (named: a disc; as CIS: a ring).
        columns: pairs of id and heading, in order; the id "" is the column for nothing said.
    """
    places = {name: n for n, (name, _) in enumerate(columns)}
    with drawing(scheme):
        figure = new_figure(0.3 * len(data) + 0.75)
        axes = figure.subplots()
        for n, row in enumerate(data.itertuples()):
            x = places[row.script]
            axes.axhline(n, color=scheme.grid, lw=0.7, zorder=0)
            if not row.script:
                axes.axhspan(n - 0.42, n + 0.42, color=scheme.grid, alpha=0.45, lw=0, zorder=0)
                axes.annotate(
                    "?", (x, n), ha="center", va="center", size=13, weight="semibold", color=scheme.of("silent")
                )
                continue
            colour = scheme.of(row.script)
            axes.plot(x, n, "o", ms=10, color=colour, mfc=colour if row.how == "named" else "none", mew=1.8)
        axes.set(xlim=(-0.6, len(columns) - 0.4), ylim=(len(data) - 0.45, -0.6), ylabel="")
        axes.set_yticks(range(len(data)), data["name"])
        axes.set_xticks(range(len(columns)), [label for _, label in columns])
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", length=0, labelcolor=scheme.ink)
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
    return figure


def counts(
    data: pd.DataFrame, scheme: Scheme, *, since: float, until: float, band: list[float], named: str, unit: str
) -> Figure:
    """Counts at their dates, none of them the paper's, against a number of the paper that has no date.

    Args:
        data: columns `moment` (years, with fractions), `low` (persons), `text` ("" for no label): drawn hollow.
        since: year in which the axis begins.
        until: year in which it ends.
        band: lower and upper end of the number without a date, across all years.
        named: what stands in the band.
        unit: label of the axis of persons.
    """
    low, high = band
    with drawing(scheme):
        figure = new_figure(3.3)
        axes = figure.subplots()
        colour = scheme.of("prose")
        axes.axhspan(low, high, color=colour, alpha=0.18, lw=0, zorder=0)
        axes.axhline(high, color=colour, lw=2, zorder=1)
        axes.annotate(named, (since, high), xytext=(4, 4), textcoords="offset points", va="bottom", color=scheme.ink)
        axes.plot(data["moment"], data["low"], ls=(0, (3, 3)), lw=1, color=scheme.soft, zorder=2)
        axes.plot(data["moment"], data["low"], "s", ms=6, mfc="none", mec=scheme.ink, mew=1.3, zorder=3)
        for row in data[data["text"] != ""].itertuples():
            late = row.moment > (since + until) / 2
            axes.annotate(row.text, (row.moment, row.low), xytext=(5, 7) if late else (26, -4), size=10,
                          textcoords="offset points", ha="right" if late else "left", va="bottom" if late else "center")  # fmt: skip
        axes.set(xlim=(since - 1.5, until), ylim=(0, 1.3 * max(high, data["low"].max())), xlabel="year")
        axes.set_title(unit, loc="left", color=scheme.ink, size=10.5)
        axes.grid(visible=True, axis="y")
        axes.grid(visible=False, axis="x")
        axes.xaxis.set_major_locator(
            FixedLocator([since, *range(10 * math.ceil((since + 4) / 10), int(until) + 1, 10)])
        )
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
    return figure
