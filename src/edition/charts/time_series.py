"""Numbers at their years: lines of counts that are one series, and beside them numbers that are of none."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pydantic import BaseModel, ConfigDict

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description, Pairs
from edition.charts.marks import marker, open_end
from edition.charts.sentences import as_number, bounds, one_line, sentences
from edition.charts.spread import spread
from edition.charts.style import TEXT, Scheme, drawing, new_figure
from edition.numbers.wording import listing, with_noun

LINE = 13.0  # points: height of a line of text
DASHED = (0, (3, 2))


class Fall(BaseModel):
    """A stretch of a line that is drawn apart: its first and last year, and what is written at it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    first: int
    last: int
    text: str
    meaning: str


class TimeSeries(Chart):
    """Numbers on an even axis of years, from zero.

    Rows: `line` (name of the series that a number belongs to; "" for one that stands alone), `year`, `until` (the same, or
    the last of a period; both blank for a number without a date, which stands in a column of its own at the right), `low`
    and `high` (both blank: a year of the series without a number, across which its line is dashed), `text` (written beside
    it; "" for nothing), `meaning`.

    Attributes:
        unit: of the numbers.
        lines: the series that are drawn as a line, each with what it is called at its end; hollow where the meaning of its
            rows is `hollow`.
        hollow: meaning whose marks are hollow, for what is of another kind than the rest.
        fall: a stretch that is drawn apart.
        height: of the picture on a desk, in inches.
        top: end of the axis, where the unit has one, as a percentage has.
    """

    unit: str
    lines: Pairs = ()
    hollow: str = ""
    fall: Fall | None = None
    height: float = 2.7
    top: float | None = None

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """Lines and single numbers; the names of single numbers at the right, each joined to its mark."""
        alone = data[data["line"] == ""]
        undated = alone["year"].isna()
        with drawing(scheme):
            figure = new_figure(self.height)
            wide = not scheme.narrow
            axes = figure.subplots()
            years = pd.concat([data["year"], data["until"]]).dropna()
            first, last = years.min(), years.max()
            aside = last + 0.09 * (last - first)  # where numbers without a date stand
            reach = aside + 0.03 * (last - first) if undated.any() else last
            top = self.top or 1.12 * data[["low", "high"]].max().max()
            axes.set(xlim=(first - 0.03 * (last - first), reach + 0.01 * (last - first)), ylim=(0, top), ylabel="")
            if self.fall:
                self._fall(axes, data, scheme)
            for name, label in self.lines:
                self._line(axes, data[data["line"] == name], label, scheme)
            placed = alone.assign(at=alone[["year", "until"]].mean(axis=1).fillna(aside))
            self._alone(axes, placed, scheme)
            (self._names if wide else self._key)(axes, placed, scheme)
            self._axes(axes, wide, undated.any(), aside, scheme)
        return figure

    def _axes(self, axes: Axes, wide: bool, undated: bool, aside: float, scheme: Scheme) -> None:
        axes.grid(axis="y", visible=True)
        axes.grid(axis="x", visible=False)
        axes.yaxis.set_major_locator(MaxNLocator(4))
        in_short(axes.yaxis)
        axes.tick_params(axis="y", labelcolor=scheme.soft, labelsize=TEXT)
        ticks = [tick for tick in MaxNLocator(6 if wide else 4, integer=True).tick_values(*axes.get_xlim())
                 if axes.get_xlim()[0] <= tick <= (aside - (aside - axes.get_xlim()[0]) * 0.08 if undated else axes.get_xlim()[1])]  # fmt: skip
        axes.set_xticks(ticks, [f"{tick:.0f}" for tick in ticks])
        if undated:
            axes.axvspan(
                aside - (aside - axes.get_xlim()[0]) * 0.03,
                axes.get_xlim()[1],
                color=scheme.grid,
                alpha=0.45,
                lw=0,
                zorder=0,
            )
            axes.annotate("no date", (aside, 0), (0, 5), textcoords="offset points", rotation=90, ha="center", va="bottom",
                          color=scheme.soft)  # fmt: skip

    def _fall(self, axes: Axes, data: pd.DataFrame, scheme: Scheme) -> None:
        fall = self.fall
        assert fall is not None
        axes.axvspan(fall.first, fall.last, color=scheme.of(fall.meaning), alpha=0.13, lw=0, zorder=0)
        known = data.dropna(subset=["low"])
        ends = [
            known.loc[known["year"] == year, ["low", "high"]].mean(axis=1).iloc[0] for year in (fall.first, fall.last)
        ]
        axes.plot(
            [fall.first, fall.last], ends, color=scheme.of(fall.meaning), lw=3.2, zorder=3, solid_capstyle="round"
        )
        axes.annotate(fall.text, (fall.last, 0.97 * axes.get_ylim()[1]), (4, 0), textcoords="offset points", va="top",
                      color=scheme.of(fall.meaning), weight=600, linespacing=1.15)  # fmt: skip

    def _line(self, axes: Axes, rows: pd.DataFrame, label: str, scheme: Scheme) -> None:
        if rows.empty:
            return
        rows = rows.sort_values("year", kind="stable").assign(value=lambda frame: frame[["low", "high"]].mean(axis=1))
        known = rows.dropna(subset=["value"])
        colour = scheme.of(rows["meaning"].iloc[0])
        gaps = rows["value"].isna()
        for before, after in zip(known.itertuples(), known.iloc[1:].itertuples(), strict=False):
            gap = gaps[(rows["year"] > before.year) & (rows["year"] < after.year)].any()
            axes.plot([before.year, after.year], [before.value, after.value], color=colour, lw=1.7,
                      ls=DASHED if gap else "-", zorder=2)  # fmt: skip
        for row in known.itertuples():
            if row.low < row.high:
                axes.plot([row.year] * 2, [row.low, row.high], color=colour, lw=4, solid_capstyle="butt", zorder=2)
            face = "none" if row.meaning == self.hollow else colour
            axes.plot(row.year, row.value, "o", ms=5, mfc=face, mec=colour, zorder=4, clip_on=False)
        for n, row in enumerate(known.itertuples()):
            if row.text:
                around = known["value"].iloc[[i for i in (n - 1, n + 1) if 0 <= i < len(known)]]
                below = len(around) > 0 and row.value < around.min()
                side = "left" if n == 0 else "right" if n == len(known) - 1 else "center"
                axes.annotate(row.text, (row.year, row.value), ({"left": -4, "right": 4, "center": 0}[side], -8 if below else 7),
                              textcoords="offset points", ha=side, va="top" if below else "bottom",
                              weight=600, zorder=6)  # fmt: skip
        if label and len(known):
            middle = known.iloc[len(known) // 2]
            axes.annotate(
                label, (middle["year"], middle["value"]), (8, -9), textcoords="offset points", va="top", color=colour
            )

    def _alone(self, axes: Axes, rows: pd.DataFrame, scheme: Scheme) -> None:
        for row in rows.itertuples():
            colour = scheme.of(row.meaning)
            low, high = as_number(row.low), as_number(row.high)
            if row.until > row.year:
                axes.plot([row.year, row.until], [(low + high) / 2] * 2, color=colour, lw=1.3, zorder=3)
            if low < high:
                axes.plot([row.at] * 2, [low, high], color=colour, lw=5, solid_capstyle="butt", zorder=3)
            else:
                known = high if math.isnan(low) else low
                axes.plot(row.at, known, marker(row.meaning), ms=6.5, mfc=colour, mec=colour, zorder=5)
                if math.isnan(low) or math.isnan(high):
                    open_end(axes, low, high, known, colour)

    def _key(self, axes: Axes, rows: pd.DataFrame, scheme: Scheme) -> None:
        """The text of each number that stands alone, below the picture, with its mark."""
        named = rows[rows["text"] != ""]
        if named.empty:
            return
        handles = [
            axes.plot([], [], ls="", marker=marker(row.meaning), color=scheme.of(row.meaning), label=row.text)[0]
            for row in named.itertuples()
        ]
        figure = axes.get_figure(root=True)
        assert figure is not None
        figure.set_figheight(self.height + LINE * len(named) / 72)
        figure.legend(handles=handles, loc="outside lower left", ncols=1, frameon=False, handletextpad=0.1, labelspacing=0.15,
                      borderaxespad=0.1, labelcolor="linecolor", fontsize=TEXT)  # fmt: skip

    def _names(self, axes: Axes, rows: pd.DataFrame, scheme: Scheme) -> None:
        """The text of each number that stands alone, at the right, none over another."""
        named = (
            rows[rows["text"] != ""]
            .assign(value=rows[["low", "high"]].mean(axis=1))
            .sort_values("value", kind="stable")
        )
        if named.empty:
            return
        tall = (self.height - 0.55) * 72  # about the height of the ground
        per_point = (axes.get_ylim()[1] - axes.get_ylim()[0]) / tall
        lines = named["text"].str.count("\n") + 1
        at = spread(named["value"].to_list(), [LINE * n * per_point for n in lines], *axes.get_ylim())
        right = axes.get_xlim()[1]
        for y, row in zip(at, named.itertuples(), strict=True):
            colour = scheme.of(row.meaning)
            axes.plot([row.at, right], [row.value, y], color=colour, lw=0.6, alpha=0.7, zorder=1, clip_on=False)
            axes.annotate(row.text, (right, y), (4, 0), textcoords="offset points", va="center", color=colour,
                          linespacing=1.1, annotation_clip=False)  # fmt: skip

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every number with its year; of a line in brief its first, lowest, highest and last."""
        what = sentences(
            [
                f"Chart of {self.unit} by year, from zero, on an even axis of years",
                f"{with_noun(len(self.lines), 'line')}: {listing(one_line(label) or name for name, label in self.lines)}"
                if self.lines
                else "",
                f"The stretch from {self.fall.first} to {self.fall.last} is drawn apart: {one_line(self.fall.text)}"
                if self.fall
                else "",
            ]
        )
        full, brief = [], []
        for name, _ in self.lines:
            rows = data[data["line"] == name].sort_values("year", kind="stable")
            known = rows.dropna(subset=["low", "high"], how="all")
            missing = [f"{year:.0f}" for year in rows.loc[~rows.index.isin(known.index), "year"]]
            none = f"; no number for {listing(missing)}" if missing else ""
            said = {row.Index: f"{row.year:.0f} {bounds(row)}" for row in known.itertuples()}
            value = known[["low", "high"]].mean(axis=1)
            kept = (
                dict.fromkeys([known.index[0], value.idxmin(), value.idxmax(), known.index[-1]]) if len(known) else {}
            )
            full.append(f"{name}: {'; '.join(said.values())}{none}")
            brief.append(
                f"{name}, {with_noun(len(known), 'number')}: {'; '.join(said[one] for one in sorted(kept, key=list(said).index))}{none}"
            )
        alone = data[data["line"] == ""]
        single = [f"{_when(row)}: {one_line(row.text) or bounds(row)}" for row in alone.itertuples()]
        more = sentences([f"numbers that stand alone: {'; '.join(single)}"]) if single else ""
        return Description([what, sentences(full), more], [what, sentences(brief), more])


def _when(row: object) -> str:
    year, until = as_number(row.year), as_number(row.until)  # type: ignore[attr-defined]
    return "no date" if math.isnan(year) else f"{year:.0f}" if year == until else f"{year:.0f} to {until:.0f}"
