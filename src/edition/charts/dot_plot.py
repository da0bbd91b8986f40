"""Every number for one thing, a labelled row each, from zero; what is not the paper's stands apart below."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from edition.charts.axes import in_short
from edition.charts.chart import Chart, Description
from edition.charts.marks import ADDED, REACH, beside, halo, letters, marker, open_end, shortened
from edition.charts.sentences import extremes, one_line, per_group, sentences
from edition.charts.style import LARGE, TEXT, Scheme, drawing, new_figure
from edition.numbers.wording import number, with_noun


class DotPlot(Chart):
    """Numbers in labelled rows.

    Rows: `label`, `text`, `low`, `high`, `meaning` (`outside` for what is not the paper's, in the last rows: drawn
    hollow; `added` for what is the reader's own: a star). A range is drawn as a bar, an open bound as an arrow.

    Attributes:
        unit: label of the axis.
        outside: heading above the rows of `outside`.
        band: lower end, upper end and label of a stretch that is shaded behind all rows.
    """

    unit: str
    outside: str
    band: tuple[float, float, str] | None = None

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The numbers as marks, each with its label above and its text beside it."""
        own = int((data["meaning"] != "outside").sum())
        places = [n if n < own else n + 1 for n in range(len(data))]
        with drawing(scheme):
            figure = new_figure(0.45 * (len(data) + (own < len(data)) + 0.5 * bool(self.band)) + 0.65)
            axes = figure.subplots()
            top = data[["low", "high"]].max().max() or 1.0
            if self.band:
                low, high, label = self.band
                axes.axvspan(low, high, color=scheme.grid, alpha=0.45, lw=0, zorder=0)
                axes.annotate(label, (low, -1.02), va="bottom", size=TEXT, color=scheme.soft, xytext=(3, 0),
                              textcoords="offset points")  # fmt: skip
            for y, row in zip(places, data.itertuples(), strict=True):
                hollow = row.meaning == "outside"
                colour = scheme.ink if hollow else scheme.of(row.meaning)
                if row.high > row.low:
                    axes.plot([row.low, row.high], [y, y], color=colour, lw=1.4 if hollow else 5, solid_capstyle="butt")
                    for end in (row.low, row.high):
                        axes.plot(end, y, "|", color=colour, ms=9, mew=1.6)
                else:
                    at = row.high if math.isnan(row.low) else row.low
                    open_end(axes, row.low, row.high, y, colour)
                    mark = "s" if hollow else marker(row.meaning)
                    axes.plot(
                        at, y, mark, color=colour, mfc="none" if hollow else colour, ms=10 if mark == ADDED else 7
                    )
                after = REACH + 6 if math.isnan(row.high) else 6
                beside(
                    axes,
                    row.text,
                    row.low if math.isnan(row.high) else row.high,
                    y,
                    gap=after,
                    path_effects=halo(scheme),
                )
                axes.annotate(
                    shortened(row.label, letters(scheme)),
                    (0, y - 0.24),
                    xycoords=("axes fraction", "data"),
                    va="bottom",
                    size=LARGE,
                    path_effects=halo(scheme),
                )
            if own < len(data):
                axes.axhline(own - 0.45, color=scheme.soft, lw=0.8)
                beside(axes, self.outside, 0, own - 0.02, gap=0, xycoords=("axes fraction", "data"), style="italic",
                       color=scheme.soft, path_effects=halo(scheme))  # fmt: skip
            axes.set(
                xlim=(0, top * 1.42),
                ylim=(places[-1] + 0.5, -1.55 if self.band else -0.9),
                yticks=[],
                xlabel=self.unit,
            )
            axes.xaxis.set_major_locator(MaxNLocator(4, prune="upper", steps=[1, 2, 2.5, 5, 10]))
            in_short(axes.xaxis)
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every number with its label; in brief, groups by what they mean."""
        outside, added = (data[data["meaning"] == meaning] for meaning in ("outside", "added"))
        own = data[~data["meaning"].isin(["outside", "added"])]
        shaded = ""
        if self.band:
            low, high, label = self.band
            shaded = f"Shaded behind all rows: {one_line(label)}, from {number(low)} to {number(high)}"
        what = sentences(
            [
                f"Dot plot with a row for each of {with_noun(len(data), 'number')}",
                f"Horizontal axis: {self.unit}, from zero",
                "An arrow leads from a number whose other bound is open"
                if data[["low", "high"]].isna().any(axis=None)
                else "",
                shaded,
            ]
        )

        def rows(some: pd.DataFrame) -> str:
            return "; ".join(f"{one_line(r.label)}: {one_line(r.text)}" for r in some.itertuples())

        stars = f"Stars, added and not the paper's: {rows(added)}" if len(added) else ""
        full = [what, sentences([f"From the paper: {rows(own)}" if len(own) else "", stars])]
        if len(outside):
            heading = f"{self.outside[:1].lower()}{self.outside[1:]}"
            full.append(sentences([f"Hollow marks below, {heading}: {rows(outside)}"]))
        stand_out = extremes(data, lambda r: one_line(r["label"]), self.unit)
        return Description([*full, stand_out], [what, per_group(data, "meaning"), stand_out])
