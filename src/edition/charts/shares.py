"""Percentages in rows, against bands that are claimed."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pydantic import BaseModel, ConfigDict

from edition.charts.chart import Chart, Description
from edition.charts.marks import ADDED, letters, shortened
from edition.charts.sentences import one_line, sentences
from edition.charts.style import LARGE, Scheme, drawing, new_figure, scatterplot
from edition.numbers.wording import listing, span

SEEN = 0.15  # per cent points by which a band is wider than it is: a single value still has to be seen


class Claim(BaseModel):
    """A share that is claimed: its label, and its ends in per cent, equal for a single value."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    label: str
    low: float
    high: float


class Shares(Chart):
    """What per cent one number is of another, a row for each of the others, with the shares claimed as bars below.

    Rows: `row` (label), `text` (the number that is the share), `percent`; where some are the reader's own, `added`.

    Attributes:
        unit: label of the axis.
        limits: ends of the axis, in per cent.
        row: what has a row, as in "number at home".
        dot: what has a dot in it, as in "number abroad".
        within: what follows the number of a dot, as in "abroad".
        claims: the shares that are claimed.
        colour: meaning whose colour the dots have.
        claimed: meaning whose colour the bars have.
        added: meaning whose colour the stars have that stand for what is the reader's own; "" without such.
    """

    unit: str
    limits: tuple[float, float]
    row: str
    dot: str
    within: str
    claims: tuple[Claim, ...] = ()
    colour: str
    claimed: str
    added: str = ""

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The dots in their rows, and below them a bar for each claim, with its ends drawn through the rows."""
        rows = list(dict.fromkeys(data["row"]))
        with drawing(scheme):
            figure = new_figure(0.5 * (len(rows) + len(self.claims)) + 0.6)
            axes = figure.subplots()
            own = data["added"].astype(bool) if self.added else pd.Series(False, index=data.index)
            for n, row in enumerate(rows):
                mine = data[data["row"] == row]
                axes.plot([mine["percent"].min(), mine["percent"].max()], [n, n], color=scheme.grid, lw=3, zorder=1)
                for dots, colour, marker in ((~own, self.colour, "o"), (own, self.added, ADDED)):
                    some = mine[dots[mine.index]]
                    if len(some):
                        scatterplot(
                            x=some["percent"], y=[n] * len(some), color=scheme.of(colour), s=52 if marker == "o" else 90,
                            marker=marker, edgecolor="none", ax=axes, zorder=3,
                        )  # fmt: skip
            for n, claim in enumerate(self.claims, start=len(rows)):
                low, high = claim.low - SEEN, claim.high + SEEN
                axes.barh(n, high - low, left=low, height=0.3, color=scheme.of(self.claimed))
                for edge in (claim.low, claim.high):
                    axes.plot([edge, edge], [-0.2, n], color=scheme.of(self.claimed), lw=0.8, ls=":", zorder=0)
            for n, label in enumerate([*rows, *(claim.label for claim in self.claims)]):
                axes.annotate(
                    shortened(label, letters(scheme)),
                    (0, n - 0.24),
                    xycoords=("axes fraction", "data"),
                    va="bottom",
                    size=LARGE,
                )
            axes.set(xlim=self.limits, ylim=(len(rows) + len(self.claims) - 0.5, -0.85), yticks=[], ylabel="")
            axes.set_xlabel(self.unit)
            axes.xaxis.set_major_locator(MaxNLocator(4 if scheme.narrow else 8))
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every row with its percentages."""
        what = sentences(
            [
                "Dot plot in rows",
                f"Horizontal axis: {self.unit}",
                f"A row for each {self.row}, a dot for each {self.dot}",
            ]
        )
        rows = []
        for label, group in data.groupby("row", sort=False):
            pairs = dict.fromkeys(f"{row.percent:.1f} % with {self._number(row.text)}" for row in group.itertuples())
            rows.append(f"{one_line(label)}: {listing(pairs)}")
        claims = [
            f"{one_line(claim.label)}: {span(claim.low, claim.high, 0 if claim.low == round(claim.low) else 1)} %"
            for claim in self.claims
        ]
        least, most = data.loc[data["percent"].idxmin()], data.loc[data["percent"].idxmax()]
        stand_out = " ".join(
            f"{which}: {row['percent']:.1f} % ({self._number(row['text'])}, {one_line(row['row'])})."
            for which, row in (("Lowest", least), ("Highest", most))
        )
        return Description([what, sentences(rows), f"Bands below: {'; '.join(claims)}." if claims else "", stand_out])

    def _number(self, text: str) -> str:
        return f"{one_line(text)} {self.within}"
