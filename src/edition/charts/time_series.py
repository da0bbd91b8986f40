"""Numbers at their years: lines of counts that are one series, and beside them numbers that are of none."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox
from pydantic import BaseModel, ConfigDict

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description, Pairs
from edition.charts.lanes import lanes
from edition.charts.marks import halo, marker, open_end
from edition.charts.sentences import as_number, bounds, one_line, sentences
from edition.charts.style import TEXT, Scheme, drawing, new_figure
from edition.numbers.wording import listing, with_noun

LINE = 13.0  # points: height of a line of text
ASIDE = 0.045  # of the years: from one to the next of marks without a date that stand side by side
TOUCH = 8.0  # points: marks nearer than this to each other hide each other
CLEAR = 2.0  # points: between a text and what it does not name
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
        """Lines and single numbers; a key has the names of single numbers."""
        alone = data[data["line"] == ""]
        undated = alone["year"].isna()
        with drawing(scheme):
            figure = new_figure(self.height)
            axes = figure.subplots()
            years = pd.concat([data["year"], data["until"]]).dropna()
            first, last = years.min(), years.max()
            span = last - first
            top = self.top or 1.12 * data[["low", "high"]].max().max()
            placed = alone.assign(at=alone[["year", "until"]].mean(axis=1))
            placed.loc[undated, "at"] = last + span * (0.09 + ASIDE * self._side_by_side(alone[undated], top))
            reach = placed["at"].max() + 0.03 * span if undated.any() else last
            axes.set(xlim=(first - 0.03 * span, reach + 0.01 * span), ylim=(0, top), ylabel="")
            if self.fall:
                self._fall(axes, data, scheme)
            for name, label in self.lines:
                self._line(axes, data[data["line"] == name], label, scheme)
            self._alone(axes, placed, scheme)
            self._key(axes, placed, scheme)
            self._axes(axes, placed.loc[undated, "at"], scheme)
            self._write(axes, data, scheme)
        return figure

    def _side_by_side(self, undated: pd.DataFrame, top: float) -> pd.Series:
        """For each number without a date its lane in their column, so that none hides another."""
        if undated.empty:
            return pd.Series(dtype="float64")
        tall = (self.height - 0.55) * 72  # about the height of the ground
        share = undated[["low", "high"]].max().max() / top
        return lanes(undated.assign(place=""), log=False, across=tall * share, touch=TOUCH)

    def _axes(self, axes: Axes, aside: pd.Series, scheme: Scheme) -> None:
        """The axes; `aside` is where numbers without a date stand."""
        axes.grid(axis="y", visible=True)
        axes.grid(axis="x", visible=False)
        axes.yaxis.set_major_locator(MaxNLocator(4))
        in_short(axes.yaxis)
        axes.tick_params(axis="y", labelcolor=scheme.soft, labelsize=TEXT)
        left, right = axes.get_xlim()
        last = right if aside.empty else aside.min() - 0.08 * (aside.min() - left)
        locator = MaxNLocator(5 if scheme.narrow else 6, steps=[1, 2, 5, 10], integer=True)
        ticks = [tick for tick in locator.tick_values(left, right) if left <= tick <= last]
        axes.set_xticks(ticks, [f"{tick:.0f}" for tick in ticks])
        if not aside.empty:
            beside = aside.min() - 0.03 * (aside.min() - left)
            axes.axvspan(beside, right, color=scheme.grid, alpha=0.45, lw=0, zorder=0)
            axes.annotate("no date", ((beside + right) / 2, 0), (0, 5), textcoords="offset points", rotation=90, ha="center",
                          va="bottom", color=scheme.soft)  # fmt: skip

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
            axes.plot(row.year, row.value, "o", ms=5, mfc=face, mec=colour, zorder=5.5, clip_on=False)
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

    def _write(self, axes: Axes, data: pd.DataFrame, scheme: Scheme) -> None:
        """The text of each number of a line above or below it, where no line, no mark and no other text is."""
        figure = axes.get_figure(root=True)
        assert figure is not None
        figure.draw_without_rendering()  # lays it out: only then is it known what stands where
        lines = [line.get_transform().transform_path(line.get_path()) for line in axes.lines]
        taken = [text.get_window_extent() for text in axes.texts]

        def free(box: Bbox) -> bool:
            wide = box.padded(CLEAR * figure.dpi / 72)
            marks = any(wide.contains(x, y) for path in lines for x, y in np.asarray(path.vertices))
            crossed = any(path.intersects_bbox(wide, filled=False) for path in lines)
            return not (marks or crossed or box.count_overlaps(taken))

        for name, _ in self.lines:
            rows = data[data["line"] == name].sort_values("year", kind="stable")
            known = rows.dropna(subset=["low", "high"], how="all")
            values = known[["low", "high"]].mean(axis=1).to_list()
            ends = {0: "left", len(known) - 1: "right"}
            # those between two others first: those at the ends have more room
            for n, row in sorted(enumerate(known.itertuples()), key=lambda one: one[0] in ends):
                if not row.text:
                    continue
                side = ends.get(n, "center")
                below = values[n] < min((values[i] for i in (n - 1, n + 1) if 0 <= i < len(known)), default=0.0)
                near = [-8.0, 7.0] if below else [7.0, -8.0]
                ways = [up + math.copysign(more, up) for more in range(0, 20, 4) for up in near]
                text = axes.annotate(row.text, (row.year, values[n]), ({"left": -4, "right": 4, "center": 0}[side], 0), ha=side,
                                     textcoords="offset points", weight=600, zorder=6, path_effects=halo(scheme))  # fmt: skip
                for up in [*ways, ways[0]]:  # as at first, where no place is free
                    text.set(y=up, va="bottom" if up > 0 else "top")
                    if free(text.get_window_extent()):
                        break
                taken.append(text.get_window_extent())

    def _key(self, axes: Axes, rows: pd.DataFrame, scheme: Scheme) -> None:
        """The text of each number that stands alone, with its mark, the largest number first: at the right, or below the picture.

        No line joins a text to its mark: such lines would cross each other and the counts.
        """
        value = rows[["low", "high"]].mean(axis=1)
        named = rows.loc[value.sort_values(ascending=False, kind="stable").index].query("text != ''")
        if named.empty:
            return
        handles = [
            axes.plot([], [], ls="", marker=marker(row.meaning), color=scheme.of(row.meaning), label=row.text)[0]
            for row in named.itertuples()
        ]
        figure = axes.get_figure(root=True)
        assert figure is not None
        if scheme.narrow:
            figure.set_figheight(self.height + LINE * len(named) / 72)
        figure.legend(handles=handles, loc="outside lower left" if scheme.narrow else "outside right upper", ncols=1, frameon=False,
                      handletextpad=0.1, labelspacing=0.15, borderaxespad=0.1, labelcolor="linecolor", fontsize=TEXT)  # fmt: skip

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
