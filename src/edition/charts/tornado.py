"""A tornado diagram: how far each assumption alone moves a result."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description
from edition.charts.marks import letters
from edition.charts.sentences import one_line, sentences
from edition.charts.style import LARGE, SMALL, Scheme, drawing, new_figure
from edition.numbers.wording import listing, number, sentence_case, with_noun

BAR, LINE, PANEL = (
    0.26,
    0.19,
    0.62,
)  # height of a bar, of a line of its label, and of a panel's title and axis, in inches
THOUSANDS = 10_000  # from here on an axis is in whole numbers with commas, or in millions


class Tornado(Chart):
    """A panel for each result, in it a bar for each assumption that moves it, from the least to the most that it gives.

    Rows, one per bar, those of a panel from the longest to the shortest: `result` (its name), `unit`, `meaning` (of the
    result, in words), `parameter`, `usual` (the result without a change, a line through the panel; blank: not stated),
    `low` and `high` (blank: not stated), `at_low` and `at_high` (the values that give them, as text), `not_stated` (the
    values under which nothing is stated).

    Attributes:
        parameters: name of a parameter, and what it is in words.
    """

    parameters: tuple[tuple[str, str], ...]

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The panels under each other, each with an axis of its own."""
        panels = [rows for _, rows in data.groupby("result", sort=False)]
        labels = [[textwrap.fill(self._label(row), letters(scheme)) for row in rows.itertuples()] for rows in panels]
        heights = [sum(map(_tall, mine)) for mine in labels]
        with drawing(scheme):
            figure = new_figure(sum(heights) + PANEL * len(panels) or 1.0)
            if panels:
                axes = figure.subplots(
                    len(panels), 1, squeeze=False, height_ratios=[tall + PANEL / 2 for tall in heights]
                )
                for one, rows, mine in zip(axes[:, 0], panels, labels, strict=True):
                    self._panel(one, rows, mine, scheme)
        return figure

    def _panel(self, axes: Axes, rows: pd.DataFrame, labels: list[str], scheme: Scheme) -> None:
        first, colour = rows.iloc[0], scheme.soft
        title = sentence_case(f"{first['meaning']} ({first['unit']})")
        axes.set_title(textwrap.fill(title, letters(scheme) - 4), loc="left", size=LARGE, weight=600)
        below = 0.0
        for row, label in zip(rows.itertuples(), labels, strict=True):
            below += _tall(label)
            at = below - BAR / 2
            if row.low < row.high:
                axes.barh(at, row.high - row.low, left=row.low, height=BAR / 2, color=colour, zorder=2)
            elif row.low == row.high:
                axes.plot([row.low], [at], "o", color=colour, ms=5, zorder=3)
            if row.usual == row.usual:
                axes.plot([row.usual] * 2, [below - BAR, below], color=scheme.ink, lw=1.4, zorder=4)
            axes.annotate(label, (0, below - BAR), xycoords=("axes fraction", "data"), va="bottom", size=SMALL)
        ends = pd.concat([rows["low"], rows["high"], rows["usual"]]).astype("float64").dropna()
        if len(ends):
            room = 0.04 * (ends.max() - ends.min()) or 0.05 * abs(ends.max()) or 1.0
            axes.set_xlim(ends.min() - room, ends.max() + room)
        axes.set(ylim=(below + 0.05, 0), yticks=[])
        axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        if abs(ends).max() >= THOUSANDS:
            in_short(axes.xaxis)

    def _label(self, row: Any) -> str:
        """The assumption of a bar, with the values that give its ends."""
        words = sentence_case(dict(self.parameters)[row.parameter])
        stated = " to ".join(dict.fromkeys(filter(None, (row.at_low, row.at_high))))
        missing = f"not stated with {row.not_stated}" if row.not_stated else ""
        return f"{words}: {'; '.join(filter(None, (stated, missing)))}"

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every bar with its ends; in brief, of each result the assumption that moves it furthest."""
        words, full, brief = dict(self.parameters), [], []
        for _, rows in data.groupby("result", sort=False):
            first = rows.iloc[0]
            name = f"{first['meaning']}, {_value(first['usual'])} {first['unit']} without a change"
            moved = [f"{words[row.parameter]} ({_between(row)})" for row in rows.itertuples()]
            full.append(f"{name}: {listing(moved)}")
            brief.append(f"{name}: furthest by {moved[0]}")
        what = sentences(
            [
                f"Tornado diagram in {with_noun(len(full), 'panel')}, one for each result",
                "In a panel, a bar for each assumption that moves the result, the longest first, over what it gives while all others stay; "
                "a line marks the result without a change",
            ]
        )
        return Description([what, sentences(full)], [what, sentences(brief)])


def _tall(label: str) -> float:
    return BAR + LINE * (1 + label.count("\n"))


def _between(row: Any) -> str:
    if row.low != row.low:
        return f"nothing is stated with {row.not_stated}"
    ends = f"from {_value(row.low)} with {one_line(row.at_low)} to {_value(row.high)} with {one_line(row.at_high)}"
    if row.low == row.high:
        ends = f"{_value(row.low)} with {one_line(row.at_low)}"
    return ends + (f", nothing is stated with {row.not_stated}" if row.not_stated else "")


def _value(value: float) -> str:
    """A result as text: whole, or below a thousand with what it has after the point, at most two places.

    >>> _value(1446092.0), _value(8.27), _value(3.0)
    ('1,446,092', '8.27', '3')
    """
    if value != value:
        return "nothing stated"
    return number(value) if abs(value) >= 1000 or value == round(value) else f"{value:.2f}".replace("-", "−")
