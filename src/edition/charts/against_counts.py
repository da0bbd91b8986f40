"""How far estimates lie from the nearest count, in per cent of it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from edition.charts.chart import Chart, Description
from edition.charts.marks import beside, name_rows, shortened
from edition.charts.sentences import as_number, one_line, sentences
from edition.charts.style import LARGE, SMALL, Scheme, drawing, new_figure
from edition.numbers.wording import NBSP, with_noun

LETTERS = 40  # of a label left of its row
HALF = 0.24  # of a row: half the height of the band in it, on a phone


class AgainstCounts(Chart):
    """Estimates in groups, each by its distance from its count.

    Rows: `label`, `group` (a heading before its first row), `off_low`, `off_high` (per cent; equal for a point, NaN for an
    open bound, drawn as an arrow head), `fits`, `text` (at the end of the row, on a phone after the label).

    Attributes:
        tolerance: half width of the band in which an estimate fits, in per cent.
        fits: meaning whose colour the band has, and what fits.
        misses: meaning whose colour has what does not.
    """

    tolerance: float
    fits: str
    misses: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The estimates, group by group."""
        places: list[int] = []
        headings, n = {}, 0
        for group in dict.fromkeys(data["group"]):
            headings[n] = group
            rows = int((data["group"] == group).sum())
            places += range(n + 1, n + 1 + rows)
            n += 1 + rows
        with drawing(scheme):
            ends = data[["off_low", "off_high"]].astype("float64")
            figure = new_figure((0.44 if scheme.narrow else 0.24) * n + 0.85)
            axes = figure.subplots()
            if not scheme.narrow:
                axes.axvspan(-self.tolerance, self.tolerance, color=scheme.of(self.fits), alpha=0.2, lw=0)
                axes.axvline(0, color=scheme.soft, lw=1)
            for y, row in zip(places, data.itertuples(), strict=True):
                colour = scheme.of(self.fits if row.fits else self.misses)
                if scheme.narrow:  # below the name, which would cut a band through all rows
                    axes.fill_between(
                        [-self.tolerance, self.tolerance],
                        y - HALF,
                        y + HALF,
                        color=scheme.of(self.fits),
                        alpha=0.2,
                        lw=0,
                    )
                    axes.plot([0, 0], [y - HALF, y + HALF], color=scheme.soft, lw=1, zorder=1)
                first = row.off_high if math.isnan(row.off_low) else row.off_low
                last = row.off_low if math.isnan(row.off_high) else row.off_high
                axes.plot([0, last if last > 0 else first], [y, y], color=scheme.grid, lw=2, zorder=1)
                if row.off_low < row.off_high:
                    axes.plot([row.off_low, row.off_high], [y, y], color=colour, lw=5, solid_capstyle="butt", zorder=2)
                else:
                    open_ = ">" if math.isnan(row.off_high) else "<" if math.isnan(row.off_low) else ""
                    mark = open_ or ("o" if row.fits else "D")
                    axes.plot(first, y, mark, color=colour, ms=6, zorder=3)
                if not scheme.narrow:
                    beside(axes, row.text, 1, y, gap=6, size=SMALL, xycoords=("axes fraction", "data"))
            low, high = min(0.0, float(ends.min().min())), max(0.0, float(ends.max().max()))
            labels = [shortened(label, LETTERS) for label in data["label"]]
            if scheme.narrow:  # where they would be far from their row at its end
                labels = [f"{label} · {text}" for label, text in zip(labels, data["text"], strict=True)]
            name_rows(axes, zip(places, labels, strict=True), scheme, above=0.3, size=SMALL)
            name_rows(axes, headings.items(), scheme, above=-0.2, size=LARGE, weight=600)
            axes.set_yticks([])
            axes.set(xlim=(low - 5, high + 5), ylim=(n - 0.4, -0.7), xlabel="per cent above or below the nearest count")
            axes.xaxis.set_major_locator(MaxNLocator(5))
            axes.xaxis.set_major_formatter(
                FuncFormatter(lambda value, _: f"{value:+.0f}".replace("-", "−") if value else "0")
            )
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every estimate with its distance; in brief, from where to where those of each group lie."""
        what = sentences(
            [
                f"Dot plot of {with_noun(len(data), 'estimate')} in {with_noun(data['group'].nunique(), 'group')} by place",
                "Horizontal axis: per cent above or below the nearest count, zero being the count",
                f"Shaded: within {self.tolerance:g}{NBSP}% of it, {with_noun(int(data['fits'].sum()), 'estimate')}; "
                "with each the date of the estimate and of the count, or of the two counts around it",
            ]
        )
        top, bottom = data["off_high"].fillna(data["off_low"]), data["off_low"].fillna(data["off_high"])
        full, brief = [], []
        for group, rows in data.groupby("group", sort=False):
            told = "; ".join(f"{one_line(row.label)} {_off(row.off_low, row.off_high)}" for row in rows.itertuples())
            full.append(f"{group}: {told}")
            least, most = bottom[rows.index].min(), top[rows.index].max()
            brief.append(f"{group}, {with_noun(len(rows), 'estimate')}: {_off(least, most)}")
        low, high = data.loc[bottom.idxmin()], data.loc[top.idxmax()]
        stand_out = (
            f"Lowest: {_percent(bottom.min())} ({one_line(low['label'])}, {low['group']}). "
            f"Highest: {_percent(top.max())} ({one_line(high['label'])}, {high['group']})."
        )
        return Description([what, sentences(full), stand_out], [what, sentences(brief), stand_out])


def _off(low: Any, high: Any) -> str:
    if math.isnan(as_number(high)):
        return f"{_percent(low)} or more"
    if math.isnan(as_number(low)):
        return f"{_percent(high)} or less"
    return _percent(low) if low == high else f"{_percent(low)} to {_percent(high)}"


def _percent(value: float) -> str:
    text = f"{value:+.1f}".replace("-", "−")
    return f"{'0.0' if text in ('+0.0', '−0.0') else text} %"
