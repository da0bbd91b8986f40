"""Places, moves between them, and countries, on one map or on several one below the other, with a key.

The outlines are `ground`'s; what stands on them is drawn by `pieces`, named by `naming` and explained by `key`. Everything
is in points of the printed page: one unit is 1/72 inch. Belongs here: a map's options, how its parts are put together, its
description. Not here: which places a chapter shows.
"""

from __future__ import annotations

import math
from typing import Any, ClassVar, Literal

import pandas as pd
from matplotlib.figure import Figure
from pydantic import BaseModel, ConfigDict

from edition import paths
from edition.charts.chart import Chart, Description, Pairs
from edition.charts.sentences import as_number, extremes, one_line, sentences
from edition.charts.style import LARGE, Scheme, drawing, new_figure
from edition.maps import ground
from edition.maps.canvas import base_map
from edition.maps.ground import Window
from edition.maps.key import draw_key, key_height, key_lines
from edition.maps.look import Marks, Pen
from edition.maps.naming import name_countries
from edition.maps.pieces import begun_in_view, draw_pieces
from edition.numbers.wording import listing, number, with_noun

TITLE = 19.0  # height of a map's title
GAP = 8.0  # between two maps
COLUMNS = (
    "mark", "role", "label", "detail", "map_name", "longitude", "latitude", "to_longitude", "to_latitude", "to_map",
    "low", "high", "silent", "meaning", "part", "by", "badge", "panel", "begins", "ends", "outline",
)  # fmt: skip
TEXTS = (
    "mark",
    "role",
    "label",
    "detail",
    "map_name",
    "to_map",
    "meaning",
    "part",
    "by",
    "badge",
    "begins",
    "ends",
    "outline",
)
SITES = {
    "town": "towns, as dots",
    "region": "regions",  # how each is drawn says `_look`
    "number": "numbers, as discs by size",
    "halves": "pairs of numbers, as two halves of a disc by size",
    "country": "countries, filled",
    "note": "notes",
}


class Panel(BaseModel):
    """One map: its title, its frame (west, south, east, north in degrees), the closer or higher one that it has in the cut for a
    phone, if that is another, and the countries that it names beside those marked, each by its name in Natural Earth and its label.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str = ""
    frame: Window
    phone: Window | None = None
    named: Pairs = ()

    def seen(self, scheme: Scheme) -> Window:
        """The frame in the cut of a scheme."""
        return (self.phone or self.frame) if scheme.narrow else self.frame


class Map(Chart):
    """Marks on land and water.

    Rows, one per mark, with `mark`, `panel` (the number of its map, if there are several) and what it needs, blank or
    absent otherwise:
        `town` (a dot), `region` (the area of `outline`, a place that has one, or else a square), `number` (a disc whose area is `low`, ringed at
        `high`, with arrows outward where `high` is blank): `label`, `detail` (a second line), `longitude`, `latitude`;
        `halves` (two halves of a disc, their areas by `low` on the left and `high` on the right, in the colours of the two words
        of `meaning`; a blank number has none): `label`, `detail`, `map_name`, `longitude`, `latitude`;
        `country` (filled): `label`, `detail`, `map_name`;
        `note` (`detail` alone, in the colour of `meaning`): `longitude`, `latitude`;
        `arrow`: `longitude`, `latitude`, `to_longitude`, `to_latitude`, `to_map` (country in which it ends, "" for a
        point), `low` or blank, `meaning`, `part` ("stem" of a fork has no head), `by` (a way that cannot be placed: the
        arrow is broken and says so), `badge` (a number in a disc on it), `begins` and `ends` (names, for the description).
    `role` sets colour and pattern; `silent` puts a ring with a question mark at a place, whose number is not stated.

    Attributes:
        panels: the maps, from top to bottom.
        home: name of the country filled as the homeland; "" for none.
        key: a mark, see `key`, and what it means.
        marks: what colours, patterns and sizes stand for.
        context: whether other large countries are named where there is room.
    """

    kind: ClassVar[Literal["chart", "map"]] = "map"
    panels: tuple[Panel, ...]
    home: str = ""
    key: Pairs
    marks: Marks
    context: bool = True

    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The maps and the key."""
        data = _complete(data)
        with drawing(scheme):
            figure = new_figure(1)
            figure.set_layout_engine("none")
            lines = key_lines(figure, self.key)
            below = key_height(lines)
            grounds = [
                ground.in_frame(paths.root() / "data", panel.seen(scheme), 72 * scheme.width) for panel in self.panels
            ]
            heads = [TITLE if panel.title else 0.0 for panel in self.panels]
            heights = (under.height + head for under, head in zip(grounds, heads, strict=True))
            whole = below + sum(heights) + GAP * (len(self.panels) - 1)
            figure.set_figheight(whole / 72)
            top = whole
            for n, (panel, under, head) in enumerate(zip(self.panels, grounds, heads, strict=True)):
                height = under.height
                top -= height + head
                axes = figure.add_axes((0, top / whole, 1, height / whole))
                axes.set(xlim=(0, under.width), ylim=(0, height), aspect="equal")
                axes.set_axis_off()
                if panel.title:
                    figure.text(0.003, (top + height + 4) / whole, panel.title, size=LARGE, weight="semibold", va="bottom")  # fmt: skip
                mine, named = begun_in_view(data[data["panel"] == n], under, panel.seen(scheme)), dict(panel.named)
                canvas = base_map(Pen(axes, scheme, self.marks), mine, under, self.home, named)
                draw_pieces(canvas, mine)
                name_countries(canvas, mine, named, self.context)
                top -= GAP
            draw_key(figure, lines, scheme, self.marks)
        return figure

    def in_words(self, data: pd.DataFrame) -> Description:
        """Every mark and every arrow; in brief, arrows by where they begin."""
        data = _complete(data)
        titles = [one_line(panel.title) for panel in self.panels if panel.title]
        named = [one_line(label) for panel in self.panels for _, label in panel.named]
        others = [name for name in dict.fromkeys(named) if name != self.home]
        what = sentences(
            [
                f"{'Map' if len(self.panels) == 1 else with_noun(len(self.panels), 'map') + ', one above the other'}, north at the top",
                f"Titles: {listing(titles)}" if titles else "",
                f"{self.home} is filled as the homeland" if self.home else "",
                f"Named for orientation: {listing(others)}" if others else "",
            ]
        )
        arrows = data[data["mark"] == "arrow"]
        stems = arrows["part"] == "stem"
        forks = [f"{one_line(row.begins)}, {number(row.low)} {self.marks.unit}" for row in arrows[stems].itertuples()]
        forked = f"forks, as wide as their number, begin in {'; '.join(forks)}" if forks else ""
        ways = dict.fromkeys(self._way(row) for row in arrows[~stems].itertuples())
        moves = with_noun(len(ways), "arrow") + f": {'; '.join(ways)}" if ways else "no arrow is drawn"
        brief = [
            f"from {one_line(start)} to {listing(dict.fromkeys(group['ends'].map(one_line)))}"
            for start, group in arrows[~stems].groupby("begins", sort=False)
        ]
        badges = [one_line(text) for mark, text in self.key if mark.startswith("badge:")]
        numbered = f"Numbers in discs on the arrows, as the key has them: {'; '.join(badges)}" if badges else ""
        silent = list(dict.fromkeys(filter(None, data.loc[data["silent"], "label"].map(one_line))))
        missing = (
            f"Ringed question marks, for a number of people not stated: {listing(silent)}"
            if data["silent"].any()
            else ""
        )
        stand_out = sentences([missing, self._largest(data)])
        shown = [*self._places(data), numbered, forked]
        return Description(
            [what, sentences([*shown, moves]), stand_out],
            [what, sentences([*shown, f"arrows {'; '.join(brief)}" if brief else "no arrow is drawn"]), stand_out],
        )

    def _places(self, data: pd.DataFrame) -> list[str]:
        """The labelled marks, by kind and role."""
        key = {mark: one_line(text) for mark, text in self.key}
        sites = data[data["mark"].isin(SITES) & ((data["label"] != "") | (data["detail"] != ""))]
        told = []
        for (mark, role, look), group in sites.groupby(["mark", "role", sites.apply(_look, axis=1)], sort=False):
            texts = dict.fromkeys(_site(row) for row in group.itertuples())
            told.append(f"{SITES[mark]}{look}{f' ({key.get(role, role)})' if role else ''}: {listing(texts)}")
        return told

    def _way(self, row: Any) -> str:
        counted = "" if math.isnan(as_number(row.low)) else f", {number(row.low)} {self.marks.unit}"
        by = f", {one_line(row.by)}" if row.by else ""
        return f"{one_line(row.begins)} to {one_line(row.ends)}{by}{counted}"

    def _largest(self, data: pd.DataFrame) -> str:
        """The lowest and the highest number on a map, where it draws any."""
        sized = data[data["mark"].isin(["number", "arrow", "halves"]) & (data["low"].notna() | data["high"].notna())]
        sized = sized.assign(high=sized["high"].where(sized["mark"] != "arrow", sized["low"]))  # an arrow has one width
        bounds = sized[["low", "high"]]
        sized = sized.assign(
            low=bounds.min(axis=1, skipna=False), high=bounds.max(axis=1, skipna=False)
        )  # of halves either is the larger
        if sized.empty:
            return "No mark is drawn by size"
        return extremes(sized, lambda row: one_line(row["label"]) or f"from {one_line(row['begins'])}", self.marks.unit)


def _complete(data: pd.DataFrame) -> pd.DataFrame:
    """The rows with every column that a mark may need: texts blank, all on the first map unless said otherwise."""
    data = data.reindex(columns=list(dict.fromkeys([*COLUMNS, *data.columns])))
    words = {name: data[name].astype("object").where(data[name].notna(), "").astype("str") for name in TEXTS}
    return data.assign(**words, silent=data["silent"].eq(True), panel=data["panel"].fillna(0))


def _look(row: pd.Series) -> str:
    """How a region is drawn, which is not the same for all."""
    if row["mark"] != "region":
        return ""
    if row["outline"]:
        return f", in the bounds of Natural Earth{', with a ringed question mark' if row['silent'] else ''}"
    return ", at a place of today, as ringed question marks" if row["silent"] else ", at a place of today, as squares"


def _site(row: Any) -> str:
    label, detail = one_line(row.label), one_line(row.detail)
    return f"{label} ({detail})" if label and detail else label or detail
