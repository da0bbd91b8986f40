"""A specification curve: what a claim gives under every combination of choices.

Simonsohn, Simmons and Nelson (2020), Specification curve analysis, Nature Human Behaviour 4, 1208–1214.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from edition.charts.axes import claimed, in_short
from edition.charts.chart import Chart, Description
from edition.charts.marks import beside, name_rows
from edition.charts.sentences import sentences
from edition.charts.style import SMALL, TEXT, Scheme, drawing, new_figure, scatterplot
from edition.numbers.wording import listing, number, with_noun

WIDE = 1.04  # where the percentages stand, of the width of the curve


class SpecificationCurve(Chart):
    """Combinations sorted by value, and below them the options that each one takes.

    Rows, one per combination drawn: `rank` (0 to 1), `value`, `holds`, and a column per choice.

    Attributes:
        unit: of the value.
        target: the bounds claimed, None where there is none.
        choices: rows below the curve: choice, option, per cent of the combinations with it in which the claim holds; a
            row whose option is "" is a heading.
    """

    unit: str
    target: tuple[float | None, float | None]
    choices: tuple[tuple[str, str, float], ...]

    @property
    def _ends(self) -> list[float]:
        return [end for end in self.target if end is not None]

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The curve above, the options below."""
        with drawing(scheme):
            below = (0.4 if scheme.narrow else 0.23) * len(self.choices) + 0.1
            figure = new_figure(2.1 + below)
            above, lower = figure.subplots(2, 1, sharex=True, height_ratios=[1.9, below])
            self._curve(above, data, scheme)
            self._options(lower, data, scheme)
            above.set_xticks([])
            for axes in (above, lower):
                axes.spines["bottom"].set_visible(False)
        return figure

    def _colours(self, scheme: Scheme) -> dict[bool, str]:
        return {True: scheme.ink, False: scheme.pale}

    def _curve(self, axes: Axes, data: pd.DataFrame, scheme: Scheme) -> None:
        ends = self._ends
        if len(set(ends)) == 2:
            axes.axhspan(*ends, color=scheme.soft, alpha=0.2, lw=0)
        for end in set(ends):
            axes.axhline(end, color=scheme.soft, lw=1.2)
        scatterplot(
            x=data["rank"], y=data["value"], hue=data["holds"], palette=self._colours(scheme), s=13, edgecolor="none",
            legend=False, ax=axes, zorder=3,
        )  # fmt: skip
        axes.grid(axis="x", visible=False)
        axes.grid(axis="y", visible=True)
        axes.yaxis.set_major_locator(MaxNLocator(4))
        in_short(axes.yaxis)
        axes.set(ylabel="", xlabel="")
        line = f"; {'band' if len(set(ends)) == 2 else 'line'}: {claimed(ends)} claimed" if ends else ""
        axes.set_title(f"{self.unit}{line}", loc="left", size=TEXT, color=scheme.soft)

    def _options(self, axes: Axes, data: pd.DataFrame, scheme: Scheme) -> None:
        look: dict[str, Any] = {"gap": 0, "size": SMALL, "annotation_clip": False}
        beside(axes, "holds in", WIDE, -0.75, color=scheme.soft, **look)
        rows: dict[bool, list[tuple[float, str]]] = {True: [], False: []}
        for n, (choice, option, percent) in enumerate(self.choices):
            rows[bool(option)].append((n, option or choice))
            if not option:
                continue
            mine = data[data[choice] == option]
            for holds, colour in self._colours(scheme).items():
                part = mine.loc[mine["holds"] == holds, "rank"]
                axes.plot(part, [n] * len(part), "|", color=colour, ms=6.5, mew=0.9)
            beside(axes, _held(percent), WIDE, n, **look)
        name_rows(axes, rows[True], scheme, above=0.22, size=SMALL)
        name_rows(axes, rows[False], scheme, above=-0.2, size=SMALL, weight=600)
        axes.set(xlim=(-0.02, WIDE + 0.16), ylim=(len(self.choices) - 0.4, -0.7), xticks=[], yticks=[], xlabel="")
        axes.grid(visible=False)

    def in_words(self, data: pd.DataFrame) -> Description:
        """The distribution of the values, and each option; in brief, of each choice the options with the extremes."""
        places = 0 if data["value"].mod(1).eq(0).all() else 2
        target = [number(end, 0 if end.is_integer() else 1) for end in self._ends]
        claimed = (
            f"Claimed, as a {'band' if len(set(target)) == 2 else 'line'}: {listing(dict.fromkeys(target))}"
            if target
            else ""
        )
        quartiles = data.sort_values("rank")["value"].quantile([0.25, 0.5, 0.75], interpolation="nearest")
        what = sentences(
            [
                f"Above, a rising curve of {with_noun(len(data), 'dot')}, each a combination of choices, sorted by value",
                f"Vertical axis: {self.unit}",
                claimed,
            ]
        )
        value = sentences(
            [
                f"lowest: {number(data['value'].min(), places)}; a quarter of the dots lie at or below "
                f"{number(quartiles[0.25], places)}, half at or below {number(quartiles[0.5], places)}, "
                f"three quarters at or below {number(quartiles[0.75], places)}; "
                f"highest: {number(data['value'].max(), places)}",
                f"the claim holds in {number(int(data['holds'].sum()))} of the dots drawn, those in full strength",
            ]
        )
        groups: dict[str, list[tuple[str, float]]] = {}
        for choice, option, percent in self.choices:
            if option:
                groups.setdefault(choice, []).append((option, percent))
        lower = (
            "Below, a row for each option, with a tick under every dot that takes it and, at its end, in how many of all "
            "combinations with it the claim holds."
        )
        rows = [
            f"{choice}: " + "; ".join(f"{option} {_held(percent)}" for option, percent in some)
            for choice, some in groups.items()
        ]
        brief = []
        for choice, some in groups.items():
            least, most = min(some, key=lambda pair: pair[1]), max(some, key=lambda pair: pair[1])
            brief.append(
                f"{choice}, {with_noun(len(some), 'option')}: "
                f"from {_held(least[1])} ({least[0]}) to {_held(most[1])} ({most[0]})"
            )
        return Description([what, value, f"{lower} {sentences(rows)}"], [what, value, f"{lower} {sentences(brief)}"])


def _held(percent: float) -> str:
    return f"{percent:.0f} %" if percent == 0 or percent >= 1 else "under 1 %"
