"""Several claims under every combination of choices, a strip for each: where its combinations lie, and in which it holds."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from pydantic import BaseModel, ConfigDict

from edition.charts.axes import claimed, rounded
from edition.charts.chart import Chart, Description
from edition.charts.marks import halo
from edition.charts.sentences import sentences
from edition.charts.spread import spread
from edition.charts.style import Scheme, drawing, new_figure
from edition.numbers.wording import number, sentence_case, with_noun

HEAD, BARS, FOOT, APART = 0.22, 0.36, 0.2, 0.12  # inches: of a strip
SECOND = 0.2  # a line more, on a phone
LETTER = 4.9  # points: about the width of a letter


class Strip(BaseModel):
    """One claim: the unit of its values, the bounds claimed (None where there is none), in how many combinations it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    claim: str
    unit: str
    target: tuple[float | None, float | None]
    size: int
    count: int

    @property
    def share(self) -> str:
        """The part of the combinations in which the claim holds, as text."""
        percent = 100 * self.count / self.size
        return (
            "none"
            if not self.count
            else "all"
            if self.count == self.size
            else f"{percent:.1f} %"
            if percent >= 0.1
            else "under 0.1 %"
        )


class ClaimStrips(Chart):
    """A strip for each claim, its combinations heaped by their value; those in which the claim holds are dark.

    Rows: `claim`, `left` and `right` (ends of a heap, in the claim's unit), `holds` and `other` (combinations in it).

    Attributes:
        strips: the claims, from top to bottom.
        holding: meaning of the combinations in which a claim holds, and of what is claimed.
    """

    strips: tuple[Strip, ...]
    holding: str

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The strips, each on an axis of its own."""
        head = HEAD + (SECOND if scheme.narrow else 0)
        tall = head + BARS + FOOT + APART
        with drawing(scheme):
            figure = new_figure(tall * len(self.strips))
            figure.set_layout_engine("none")
            height = figure.get_figheight()
            for n, strip in enumerate(self.strips):
                bottom = height - n * tall - head - BARS
                axes = figure.add_axes((0.004, bottom / height, 0.992, BARS / height))
                self._strip(axes, strip, data[data["claim"] == strip.claim], scheme)
        return figure

    def _strip(self, axes: Axes, strip: Strip, rows: pd.DataFrame, scheme: Scheme) -> None:
        dark = scheme.of(self.holding)
        axes.grid(visible=False)
        axes.set(xticks=[], yticks=[])
        ends = [end for end in strip.target if end is not None]
        low, high = min([rows["left"].min(), *ends]), max([rows["right"].max(), *ends])
        room = 0.01 * (high - low) or 1.0
        low, high = low - room, high + room
        tall = 1.35 * (rows["holds"] + rows["other"]).max()
        wide = rows["right"] - rows["left"]
        axes.bar(rows["left"], rows["holds"], wide, align="edge", color=dark, zorder=3, ec=dark, lw=0.4)
        axes.bar(
            rows["left"],
            rows["other"],
            wide,
            bottom=rows["holds"],
            align="edge",
            color=scheme.soft,
            alpha=0.5,
            zorder=2,
        )
        for end in set(ends):
            axes.plot([end, end], [0, tall], color=dark, lw=1.3, zorder=4, clip_on=False, solid_capstyle="butt",
                      path_effects=halo(scheme))  # of the colour of what it may run through  # fmt: skip
        if len(set(ends)) == 2:
            axes.axvspan(min(ends), max(ends), color=dark, alpha=0.08, lw=0, zorder=0)
        elif strip.target[1] is None:
            axes.axvspan(ends[0], high, color=dark, alpha=0.08, lw=0, zorder=0)
        axes.set(xlim=(low, high), ylim=(0, tall))
        head: dict[str, Any] = {"textcoords": "offset points", "va": "bottom", "annotation_clip": False}
        on_top: dict[str, Any] = {"xycoords": "axes fraction", **head}
        above = 72 * SECOND if scheme.narrow else 0  # on a phone the unit has a line of its own
        name = axes.annotate(sentence_case(strip.claim), (0, 1), (0, 2 + above), weight=600, **on_top)
        if scheme.narrow:
            axes.annotate(strip.unit, (0, 1), (0, 2), color=scheme.soft, **on_top)
        else:
            axes.annotate(strip.unit, (1, 0), (10, 0), xycoords=name, color=scheme.soft, **head)
        axes.annotate(f"borne out by {strip.share} of {number(strip.size)}", (1, 1), (0, 2), ha="right", **on_top)
        self._foot(axes, strip, rows, (low, high), scheme)

    def _foot(self, axes: Axes, strip: Strip, rows: pd.DataFrame, limits: tuple[float, float], scheme: Scheme) -> None:
        """The least and the most that combinations give, and what is claimed."""
        points = 72 * axes.get_position().width * axes.get_figure(root=True).get_figwidth()  # type: ignore[union-attr]
        scale = (limits[1] - limits[0]) / points
        least, most = rows["left"].min(), rows["right"].max()
        ends = list(dict.fromkeys(end for end in strip.target if end is not None))
        marks = [(least, rounded(least), scheme.soft), (most, rounded(most), scheme.soft)]
        said, colour = f"claimed: {claimed(ends)}", scheme.of(self.holding)
        if min(ends) > most or max(ends) < least:  # beside the line, where no heap is, so that an end keeps its place
            line, side, gap = (min(ends), "right", -4) if min(ends) > most else (max(ends), "left", 4)
            axes.annotate(said, (line, 1), (gap, -1), xycoords=("data", "axes fraction"), textcoords="offset points", ha=side, va="top",
                          color=colour, annotation_clip=False, path_effects=halo(scheme), zorder=5)  # fmt: skip
        else:
            marks.append((sum(ends) / len(ends), said, colour))
        marks.sort(key=lambda mark: mark[0])
        at = spread([mark[0] for mark in marks], [LETTER * (len(mark[1]) + 1) * scale for mark in marks], *limits)
        for x, (_, text, colour) in zip(at, marks, strict=True):
            axes.annotate(
                text,
                (x, 0),
                (0, -3),
                textcoords="offset points",
                ha="center",
                va="top",
                color=colour,
                annotation_clip=False,
            )

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every claim: from where to where its combinations reach, and in how many it holds."""
        what = sentences(
            [
                f"{with_noun(len(self.strips), 'strip')}, one for each claim, each on an axis of its own, with all combinations of choices heaped by their value",
                "Dark: combinations in which the claim holds; a line or a band: what is claimed",
            ]
        )
        told = []
        for strip in self.strips:
            rows = data[data["claim"] == strip.claim]
            told.append(
                f"{strip.claim}: {rounded(rows['left'].min())} to {rounded(rows['right'].max())} {strip.unit}, "
                f"borne out by {strip.share} of {number(strip.size)} combinations"
            )
        return Description([what, sentences(told)])
