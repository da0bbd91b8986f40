"""Maps: each takes the marks to draw, a scheme and plain options, and returns a figure with its own key.

Land, borders and water are Natural Earth's, today's borders always. A town is a dot. A region is a soft patch
without an edge, because the paper does not bound it, and its name is in italics; a country is filled whole.
Where people came from, passed through and went to differ by colour and by pattern. A ring with a question mark says
that a number is not stated; an arrow without a number is thin and dashed, so that no width can be taken for one.

Everything is drawn in points of the printed page: one unit is 1/72 inch. The outlines are `ground`'s; where a name stands is
found by `placing`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from edition import paper, paths
from edition.charts.style import WIDTH, Scheme, drawing, new_figure
from edition.maps import ground
from edition.maps.ground import POINTS, Ground, Shape, Window
from edition.maps.placing import CELL, WATER, Place, Point, Room

Curve = npt.NDArray[np.float64]  # three points of a quadratic curve: rows of x and y
COLUMNS = [
    "mark", "role", "label", "detail", "map_name", "longitude", "latitude", "to_longitude", "to_latitude", "to_map",
    "low", "high", "reach_km", "silent", "meaning", "part", "by", "badge", "panel",
]  # fmt: skip
TEXTS = ("mark", "role", "label", "detail", "map_name", "to_map", "meaning", "part", "by", "badge")
KM2_PER_PERSON = 0.45  # of a disc that carries a number
PERSONS_PER_POINT = 45_000  # of an arrow's width
RING = 7.0  # radius of the mark for a number that is not stated
SMALLEST = 11.0  # radius of a region's patch
BOW = 0.14  # of an arrow's length, by which it bows to the south
INSET = 15.0  # how far beyond a border an arrow into a country ends
TITLE = 19.0  # height of a map's title
GAP = 8.0  # between two maps
SPACING = 5.0  # of the stripes and dots that fill
LINE = 14.5  # height of a line of the key
STRIPED = ("on the way", "destination in unclear words")
SIZES = {"region": 10.0, "town": 10.0, "country": 9.5, "home": 10.5, "detail": 9.5, "context": 9.0, "key": 9.5}


@dataclass(frozen=True)
class Canvas:
    """A map being drawn: its axes, its ground, room for names."""

    axes: Axes
    scheme: Scheme
    under: Ground
    home: str
    room: Room
    numbers: dict[str, int]
    colours: dict[str, str]

    @property
    def per_km(self) -> float:
        """Points for a kilometre."""
        return 1000 * self.under.scale

    def country_at(self, x: float, y: float) -> str:
        """Name of the country at a point; "" at sea."""
        rows, columns = self.room.owner.shape
        row, column = min(max(int(y / CELL), 0), rows - 1), min(max(int(x / CELL), 0), columns - 1)
        number = self.room.owner[row, column]
        return "" if number == WATER else list(self.numbers)[number]

    def ground(self, x: float, y: float) -> str:
        """Colour of the land or water at a point."""
        return self.colours.get(self.country_at(x, y), self.scheme.water)


def stage(
    data: pd.DataFrame,
    scheme: Scheme,
    *,
    frame: Window,
    home: str,
    named: list[list[str]],
    key: list[list[str]],
    context: bool = True,
) -> Figure:
    """Places, moves between them, and countries, with a key below.

    Args:
        data: one row per mark, with `mark` and what it needs, NaN or absent otherwise:
            `town` (a dot), `region` (a soft patch reaching `reach_km`), `number` (a disc whose area is `low`, ringed
            at `high`, with arrows outward where `high` is NaN): `label`, `detail` (a second line), `longitude`,
            `latitude`;
            `country` (filled): `label`, `detail`, `map_name`;
            `note` (`detail` alone, in the colour of `meaning`): `longitude`, `latitude`;
            `arrow`: `longitude`, `latitude`, `to_longitude`, `to_latitude`, `to_map` (country in which it ends, ""
            for a point), `low` in persons or NaN, `meaning`, `part` ("stem" of a fork has no head), `by` (a way that
            cannot be placed: the arrow is broken and says so), `badge` (a number in a disc on it).
            `role` sets colour and pattern: origin, on the way, destination; `silent` puts a ring with a question
            mark at a place, whose number is not stated.
        frame: west, south, east, north in degrees.
        home: name of the country filled as the homeland; "" for none.
        named: countries to label beside those that are marked: pairs of the name in Natural Earth and the label.
        key: what the marks mean: pairs of a mark (a role, home, named, region, town, number, upper, open,
            silent, known, stem and unknown with a meaning as `unknown:outflow`, badge as `badge:1:outflow`) and its text.
        context: whether other large countries are named where there is room.
    """
    return sheet(data.assign(panel=0), scheme, panels=[["", frame, named]], home=home, key=key, context=context)


def sheet(
    data: pd.DataFrame, scheme: Scheme, *, panels: list[list[Any]], home: str, key: list[list[str]], context: bool
) -> Figure:
    """Several maps one below the other, with one key.

    Args:
        data: marks as in `stage`, with `panel`, the number of the map on which each is drawn.
        panels: for each map its title, its frame and the countries it names, as in `stage`.
        home: as in `stage`, as are `key` and `context`.
    """
    data = data.reindex(columns=COLUMNS)
    words = {name: data[name].astype("object").where(data[name].notna(), "").astype("str") for name in TEXTS}
    data = data.assign(**words, silent=data["silent"].eq(True))
    with drawing(scheme):
        figure = new_figure(1)
        figure.set_layout_engine("none")
        lines = _key_lines(figure, key)
        below = LINE * len(lines) + (8 if lines else 0)
        shapes = []
        for title, frame, _ in panels:
            shapes.append((ground.of(paths.root() / "data", tuple(frame)), TITLE if title else 0.0))
        whole = below + sum(under.height + head for under, head in shapes) + GAP * (len(panels) - 1)
        figure.set_size_inches(WIDTH, whole / 72)
        top = whole
        for n, ((title, _, named), (under, head)) in enumerate(zip(panels, shapes, strict=True)):
            height = under.height
            top -= height + head
            axes = figure.add_axes((0, top / whole, 1, height / whole))
            axes.set(xlim=(0, POINTS), ylim=(0, height), aspect="equal")
            axes.set_axis_off()
            if title:
                figure.text(0.003, (top + height + 4) / whole, title, size=10.5, weight="semibold", va="bottom")
            mine = data[data["panel"] == n]
            canvas = _canvas(axes, scheme, mine, under, home, dict(named))
            _pieces(canvas, mine)
            _names(canvas, mine, home, dict(named), context)
            top -= GAP
        _key(figure, lines, below, scheme)
    return figure


def _pieces(canvas: Canvas, data: pd.DataFrame) -> None:
    """Everything with a place of its own: patches, arrows, rings, and then their names."""

    def points(rows: pd.DataFrame, longitude: str, latitude: str) -> list[Point]:
        x, y = canvas.under.points(rows[longitude], rows[latitude])
        return list(zip(x.tolist(), y.tolist(), strict=True))

    sites = data[~data["mark"].isin(["country", "arrow"])]
    countries = data[(data["mark"] == "country") & data["silent"]]
    placed = list(zip(sites.itertuples(), points(sites, "longitude", "latitude"), strict=True))
    placed += list(zip(countries.itertuples(), points(countries, "longitude", "latitude"), strict=True))
    for row, at in placed:
        _mark(canvas, row, at)
    arrows = data[data["mark"] == "arrow"]
    ringed = [at for row, at in placed if row.silent]
    ways = []
    for row, start, end in zip(
        arrows.itertuples(),
        points(arrows, "longitude", "latitude"),
        points(arrows, "to_longitude", "to_latitude"),
        strict=True,
    ):
        curve = _curve(canvas, row, start, end, ringed)
        _arrow(canvas, row, curve)
        ways.append((row, curve))
    for row, curve in ways:
        if row.badge:
            x, y = _along(curve, np.array([0.0 if row.part == "stem" else 0.5]))[0]
            _badge(canvas.axes, x, y, row.badge, row.meaning, canvas.scheme)
            canvas.room.take_disc(x, y, 8)
    for row, at in placed:
        _name_site(canvas, row, at)
    for row, curve in ways:
        middle = _along(curve, np.array([0.5]))[0]
        if row.by:
            _write(canvas, [(row.by, "detail", canvas.scheme.of(row.meaning))], (middle[0], middle[1]), 3.0, set())


def _canvas(axes: Axes, scheme: Scheme, data: pd.DataFrame, under: Ground, home: str, named: dict[str, str]) -> Canvas:
    """Water, land, what fills countries, borders, lakes and rivers."""
    land = under.land
    countries = data[data["mark"] == "country"].set_index("map_name")
    colours = dict.fromkeys(land, scheme.land)
    for name, role in countries["role"].items():
        colours[str(name)] = _tint(scheme, role)
    if home:
        colours[home] = scheme.home
    axes.add_patch(Rectangle((0, 0), POINTS, under.height, color=scheme.water, lw=0, zorder=0))
    for name, shape in land.items():
        _fill(axes, shape, colours[name], 1)
    for name, role in countries["role"].items():
        if name in land:
            _pattern(axes, land[str(name)], role, scheme, 1.2)
    _lines(axes, [ring for shape in land.values() for ring in shape], scheme.soft, 0.5, 1.6)
    for shape in under.lakes:
        _fill(axes, shape, scheme.water, 2)
    _lines(axes, under.rivers, scheme.water, 0.9, 2)
    axes.set(xlim=(0, POINTS), ylim=(0, under.height), aspect="equal")
    numbers = {name: n for n, name in enumerate(land)}
    marked = {numbers[name] for name in {home, *countries.index, *named} if name in numbers}
    return Canvas(axes, scheme, under, home, Room(_owners(under), marked), numbers, colours)


def _owners(under: Ground) -> npt.NDArray[np.int64]:
    """For each cell of the map, the number of the country in it."""
    across, up = np.meshgrid(np.arange(CELL / 2, POINTS, CELL), np.arange(CELL / 2, under.height, CELL))
    owner = np.full(across.shape, WATER)
    for n, shape in enumerate(under.land.values()):
        owner[ground.inside(shape, across, up)] = n
    return owner


def _mixed(one: str, other: str, share: float) -> str:
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(to_rgb(one), to_rgb(other), strict=True))
    return str(to_hex((red, green, blue)))


def _tint(scheme: Scheme, role: str) -> str:
    """What fills a country in a role; one that is only named has the neutral tint."""
    return _mixed(scheme.of(role), scheme.land, 0.06 if role in STRIPED else 0.24) if role else scheme.host


def _pattern(axes: Axes, shape: Shape, role: str, scheme: Scheme, zorder: float, within: Shape | None = None) -> None:
    """Stripes for what lies on the way, dots for an origin; a destination is plain. If given, `within` is convex."""
    corners = np.concatenate(within or shape)
    (west, south), (east, north) = corners.min(0), corners.max(0)
    colour = _mixed(scheme.of(role), scheme.land, 0.62) if role else ""
    if role in STRIPED:
        stripes = []
        for offset in np.arange(math.floor((west - north) / SPACING) * SPACING, east - south, SPACING):
            pieces = ground.stripe(shape, offset)
            if within:
                ends = ground.stripe(within, offset)
                pieces = pieces.clip(*ends[0]) if len(ends) else ends
            stripes += [np.array([(low + offset, low), (high + offset, high)]) for low, high in pieces if low < high]
        _lines(axes, stripes, colour, 0.9, zorder)
    elif role == "origin":
        x, y = np.meshgrid(
            np.arange(math.floor(west / SPACING) * SPACING, east, SPACING),
            np.arange(math.floor(south / SPACING) * SPACING, north, SPACING),
        )
        x = x + np.where(np.round(y / SPACING) % 2, SPACING / 2, 0)
        dotted = ground.inside(shape, x, y) & (ground.inside(within, x, y) if within else True)
        axes.plot(x[dotted], y[dotted], ls="", marker="o", ms=1.5, mew=0, color=colour, zorder=zorder)


def _mark(canvas: Canvas, row: Any, at: Point) -> None:
    """The mark of one place; its room is taken."""
    axes, scheme, room = canvas.axes, canvas.scheme, canvas.room
    if row.mark == "town" and not row.silent:
        axes.plot(*at, "o", color=scheme.ink, ms=4.5, zorder=6)
        room.take_disc(*at, 4)
    elif row.mark == "region":
        reach = max(SMALLEST, row.reach_km * canvas.per_km)
        _patch(canvas, at, row.role, reach)
        room.shade(*at, 0.7 * reach)
    elif row.mark == "number":
        colour, inner, outer = scheme.of("count"), _radius(row.low, canvas), _radius(row.high, canvas)
        axes.add_patch(Circle(at, max(inner, 2.5), color=colour, alpha=0.5, lw=0, zorder=4))
        axes.add_patch(Circle(at, max(inner, 2.5), fill=False, ec=colour, lw=1.1, zorder=4))
        if outer > inner:
            axes.add_patch(Circle(at, outer, fill=False, ec=colour, ls="--", lw=1.1, zorder=4))
        if math.isnan(row.high):
            _outward(axes, at, inner, colour)
        room.take_disc(*at, max(inner, outer, 2.5) + (8 if math.isnan(row.high) else 2))
    if row.silent:
        _ring(axes, at, scheme, canvas.ground(*at))
        room.take_disc(*at, RING + 1)


def _patch(canvas: Canvas, at: Point, role: str, reach: float) -> None:
    """A soft patch of so many points: pale to the rim, without an edge, and in no country it does not belong to."""
    shape = [ring for name in _holders(canvas, at) for ring in canvas.under.land[name]]
    shape = shape or _box(0, 0, POINTS, canvas.under.height)
    colour = canvas.scheme.of(role or "destination")
    cut = _path(shape).clip_to_bbox(Bbox.from_extents(0, 0, POINTS, canvas.under.height))
    steps = 24
    for n in range(1, steps + 1):
        disc = canvas.axes.add_patch(Circle(at, reach * n / steps, color=colour, alpha=0.038, lw=0, zorder=3))
        disc.set_clip_path(cut, canvas.axes.transData)
    _pattern(canvas.axes, shape, role, canvas.scheme, 3.1, ground.disc(at, 0.72 * reach))


def _holders(canvas: Canvas, at: Point) -> list[str]:
    """Countries in which a region's town lies: the one, or those on whose border it stands."""
    region = paper.current().region
    near = max((region.on_border_km if region else 0) * canvas.per_km, 0.3)
    return [name for name, shape in canvas.under.land.items() if ground.distance(shape, at) <= near]


def _box(west: float, south: float, east: float, north: float) -> Shape:
    return [np.array([(west, south), (east, south), (east, north), (west, north), (west, south)], dtype=float)]


def _path(shape: Shape) -> Path:
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in shape))


def _fill(axes: Axes, shape: Shape, colour: str, zorder: float) -> None:
    axes.add_artist(PathPatch(_path(shape), color=colour, lw=0, zorder=zorder))


def _lines(axes: Axes, lines: Shape, colour: str, width: float, zorder: float) -> None:
    axes.add_collection(LineCollection(lines, colors=colour, linewidths=width, zorder=zorder), autolim=False)


def _ring(axes: Axes, at: Point, scheme: Scheme, ground: str, radius: float = RING) -> None:
    """The mark for a number that is not stated."""
    axes.add_patch(Circle(at, radius, fc=ground, ec=scheme.ink, ls=(0, (1.2, 1.4)), lw=1.3, zorder=6))
    axes.annotate("?", at, ha="center", va="center_baseline", size=9.5, weight="semibold", color=scheme.ink, zorder=7)


def _outward(axes: Axes, at: Point, radius: float, colour: str) -> None:
    """Arrows from the rim of a disc: no upper bound."""
    for angle in range(45, 405, 90):
        right, up = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        arrow = {"arrowstyle": "->,head_length=0.25,head_width=0.15", "color": colour, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}  # fmt: skip
        axes.annotate("", (at[0] + right * (radius + 7), at[1] + up * (radius + 7)),
                      (at[0] + right * radius, at[1] + up * radius), arrowprops=arrow, zorder=4)  # fmt: skip


def _badge(axes: Axes, x: float, y: float, text: str, meaning: str, scheme: Scheme) -> None:
    axes.add_patch(Circle((x, y), 7, fc=scheme.of(meaning), ec=scheme.land, lw=1, zorder=6))
    axes.annotate(text, (x, y), ha="center", va="center_baseline", size=9.5, weight="semibold", color=scheme.land, zorder=7)  # fmt: skip


def _along(curve: Curve, t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    t = t[:, None]
    return np.asarray((1 - t) ** 2 * curve[0] + 2 * t * (1 - t) * curve[1] + t**2 * curve[2])


def _part(curve: Curve, start: float, end: float) -> Curve:
    """The curve between two of its parameters."""
    first, last = _along(curve, np.array([start, end]))
    slope = 2 * ((1 - start) * (curve[1] - curve[0]) + start * (curve[2] - curve[1]))
    return np.array([first, first + slope * (end - start) / 2, last])


def _curve(canvas: Canvas, row: Any, start: Point, end: Point, ringed: list[Point]) -> Curve:
    """The way of an arrow: bowed, from beside its origin to beside its end, or a little into the country it goes to."""
    one, other = np.array(start), np.array(end)
    across = np.array([other[1] - one[1], one[0] - other[0]])
    bow = 0.0 if row.part else math.copysign(2 * BOW, other[0] - one[0])
    curve = np.array([one, (one + other) / 2 + bow * across, other])
    t = np.linspace(0, 1, 200)
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(_along(curve, t), axis=0).T))])
    before = RING + 1.5 if start in ringed else 0.0 if row.part else 4.0
    after = RING + 2 if end in ringed else 0.0 if row.part == "stem" else 5.0
    until = run[-1] - after
    shape = canvas.under.land.get(row.to_map)
    if shape is not None and end not in ringed and not row.part:
        inside = ground.inside(shape, *_along(curve, t).T)
        outside = np.flatnonzero(~inside)
        if len(outside) and not inside[0]:
            until = min(until, run[outside[-1]] + INSET)
    return _part(curve, float(np.interp(before, run, t)), float(np.interp(until, run, t)))


def _arrow(canvas: Canvas, row: Any, curve: Curve) -> None:
    """One arrow, in two pieces where its way cannot be placed."""
    known = not math.isnan(row.low)
    width = max(1.2, row.low / PERSONS_PER_POINT) if known else 1.2
    head = (5 + 1.2 * width) if known else 6.5
    pieces = [_part(curve, 0, 0.4), _part(curve, 0.6, 1)] if row.by else [curve]
    for n, piece in enumerate(pieces):
        last = n == len(pieces) - 1 and row.part != "stem"
        style = f"{'-|>' if known else '->'},head_length={head / 10:.2f},head_width={head / 16:.2f}" if last else "-"
        canvas.axes.add_patch(
            FancyArrowPatch(
                path=Path(piece, [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
                arrowstyle=style,
                mutation_scale=10,
                lw=width,
                ls="-" if known else (0, (4, 2.5)),
                color=canvas.scheme.of(row.meaning),
                joinstyle="miter",
                capstyle="butt",
                zorder=5,
            )
        )
        canvas.room.cross(_along(piece, np.linspace(0, 1, 60)), width + 3)
    if row.by:
        canvas.axes.plot(
            *_along(curve, np.linspace(0.43, 0.57, 5)).T, ls="", marker="o", ms=2, mew=0, zorder=5,
            color=canvas.scheme.of(row.meaning),
        )  # fmt: skip


def _name_site(canvas: Canvas, row: Any, at: Point) -> None:
    """The name of a place beside its mark, and what is said of it below the name."""
    style = {"town": "town", "country": "country"}.get(row.mark, "region")
    ink = canvas.scheme.ink
    lines = [(row.label, style, ink)] if row.label else []
    if row.detail:
        lines.append((row.detail, "detail", canvas.scheme.of(row.meaning) if row.meaning else ink))
    reach = {"town": 3.5, "note": 4.0}.get(row.mark, 0.0)
    if row.mark == "number":
        reach = max(_radius(row.low, canvas), _radius(row.high, canvas), 3.0) + (7 if math.isnan(row.high) else 0)
    if row.silent:
        reach = RING + 0.5
    lie_in = [row.map_name] if row.map_name else _holders(canvas, at)
    abroad = [name for name in lie_in if name != canvas.home] or lie_in
    _write(canvas, lines, at, reach, {canvas.numbers[name] for name in abroad if name in canvas.numbers})


def _names(canvas: Canvas, data: pd.DataFrame, home: str, named: dict[str, str], context: bool) -> None:
    """Names of countries: those named, the smallest first, then large ones besides, where there is room."""
    marked = data[(data["mark"] == "country") & ~data["silent"]]
    wanted = {**named, **dict(zip(marked["map_name"], marked["label"], strict=True))}
    done = set(data.loc[data["mark"] == "country", "map_name"]) - set(wanted)
    details = dict(zip(marked["map_name"], marked["detail"], strict=True))
    seen = {name: int((canvas.room.owner == n).sum()) for name, n in canvas.numbers.items()}
    for name in sorted((name for name in wanted if seen.get(name)), key=lambda name: seen[name]):
        at_home = name == home
        text = wanted[name].upper() if at_home else wanted[name]
        lines = [(text, "home" if at_home else "country", canvas.scheme.ink)]
        if details.get(name):
            lines.append((details[name], "detail", canvas.scheme.ink))
        _write_within(canvas, lines, name)
    least = 0.02 * canvas.room.owner.size
    others = [name for name in seen if seen[name] > least and name not in {*wanted, *done}] if context else []
    for name in sorted(others, key=lambda name: seen[name]):
        if "." not in name:
            _write_within(canvas, [(name, "context", canvas.scheme.soft)], name, dear=6.0)


Lines = list[tuple[str, str, str]]  # text, kind and colour


def _texts(canvas: Canvas, lines: Lines) -> tuple[list[Text], list[tuple[float, float]]]:
    """The lines of one name, not yet in their place, and their widths and heights."""
    texts = [
        canvas.axes.text(
            0,
            0,
            text,
            ha="center",
            va="center",
            size=SIZES[kind],
            color=colour,
            zorder=8,
            style="italic" if kind == "region" else "normal",
            linespacing=1.05,
        )
        for text, kind, colour in lines
    ]
    figure = canvas.axes.figure
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [text.get_window_extent(renderer) for text in texts]
    return texts, [(found.width * 72 / figure.dpi, found.height * 72 / figure.dpi) for found in boxes]


def _put(canvas: Canvas, texts: list[Text], sizes: list[tuple[float, float]], found: Place, at: Point) -> None:
    """Set the lines in their place, flush with the side of what they name, with the line to it."""
    half = max(w for w, _ in sizes) / 2
    side = "left" if found.x - half > at[0] else "right" if found.x + half < at[0] else "center"
    x = found.x + {"left": -half, "right": half, "center": 0}[side]
    top = found.y + sum(height for _, height in sizes) / 2
    for text, (_, height) in zip(texts, sizes, strict=True):
        text.set(position=(x, top - height / 2), horizontalalignment=side, multialignment=side)
        top -= height
        text.set_path_effects([withStroke(linewidth=2.4, foreground=canvas.ground(found.x, found.y), alpha=0.9)])
    width, height = max(w for w, _ in sizes), sum(h for _, h in sizes)
    canvas.room.take_box(found.x - width / 2 - 1, found.y - height / 2, found.x + width / 2 + 1, found.y + height / 2)
    if found.line:
        (x0, y0), (x1, y1) = found.line
        canvas.axes.plot([x0, x1], [y0, y1], color=canvas.scheme.ink, lw=0.7, zorder=7)
        if math.hypot(x1 - x0, y1 - y0) > 2:
            canvas.axes.plot(x1, y1, "o", ms=2.2, mew=0, color=canvas.scheme.ink, zorder=7)
        canvas.room.cross(np.linspace([x0, y0], [x1, y1], 30), 2)


def _write(canvas: Canvas, lines: Lines, at: Point, reach: float, own: set[int]) -> None:
    if not lines:
        return
    texts, sizes = _texts(canvas, lines)
    width, height = max(w for w, _ in sizes) + 2, sum(h for _, h in sizes)
    _put(canvas, texts, sizes, canvas.room.beside(width, height, at, reach, own), at)


def _write_within(canvas: Canvas, lines: Lines, name: str, dear: float = math.inf) -> None:
    """A country's name; one that would cost more than `dear` is left out."""
    texts, sizes = _texts(canvas, lines)
    width, height = max(w for w, _ in sizes) + 2, sum(h for _, h in sizes)
    at = canvas.under.middle(name)
    found = canvas.room.within(width, height, at, canvas.numbers[name])
    if found.cost > dear:
        for text in texts:
            text.remove()
        return
    _put(canvas, texts, sizes, found, (found.x, found.y))


def _radius(persons: float, canvas: Canvas) -> float:
    """Points; 0 where no number is printed."""
    return 0.0 if math.isnan(persons) else math.sqrt(persons * KM2_PER_PERSON / math.pi) * canvas.per_km


Entry = tuple[str, str, float]  # what is drawn, its text, its width
SWATCH = 22.0  # width of what is drawn before a text of the key
BETWEEN = 12.0  # of two entries


def _key_lines(figure: Figure, key: list[list[str]]) -> list[list[Entry]]:
    """The entries of the key, broken into lines that fit."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    lines: list[list[Entry]] = []
    left = 0.0
    for mark, words in key:
        text = figure.text(0, 0, words, size=SIZES["key"])
        wide = SWATCH + text.get_window_extent(renderer).width * 72 / figure.dpi
        text.remove()
        if not lines or left + wide > POINTS - 2:
            lines.append([])
            left = 1.0
        lines[-1].append((mark, words, wide))
        left += wide + BETWEEN
    return lines


def _key(figure: Figure, lines: list[list[Entry]], below: float, scheme: Scheme) -> None:
    """What the marks mean, below the map."""
    if not lines:
        return
    axes = figure.add_axes((0, 0, 1, below / (figure.get_figheight() * 72)))
    axes.set(xlim=(0, POINTS), ylim=(0, below))
    axes.set_axis_off()
    for n, entries in enumerate(lines):
        x, y = 1.0, below - 5 - LINE * (n + 0.5)
        for mark, words, wide in entries:
            kind, _, rest = mark.partition(":")
            _SAMPLES.get(kind, _swatch)(axes, x + 9, y, mark if kind not in _SAMPLES else rest, scheme)
            axes.annotate(words, (x + SWATCH, y), va="center_baseline", size=SIZES["key"], color=scheme.ink)
            x += wide + BETWEEN


def _swatch(axes: Axes, x: float, y: float, role: str, scheme: Scheme) -> None:
    """A filled piece of land, in a role or as the homeland."""
    colour = scheme.home if role == "home" else _tint(scheme, "" if role == "named" else role)
    axes.add_patch(Rectangle((x - 8, y - 4.5), 16, 9, fc=colour, ec=scheme.soft, lw=0.5, zorder=1))
    if role not in ("home", "named"):
        _pattern(axes, _box(x - 8, y - 4.5, x + 8, y + 4.5), role, scheme, 1.2)


def _sample_region(axes: Axes, x: float, y: float, role: str, scheme: Scheme) -> None:
    for n in range(1, 9):
        axes.add_patch(Circle((x, y), 7.5 * n / 8, color=scheme.of(role or "destination"), alpha=0.1, lw=0, zorder=1))


def _sample_town(axes: Axes, x: float, y: float, rest: str, scheme: Scheme) -> None:
    axes.plot(x, y, "o", color=scheme.ink, ms=4.5)


def _sample_number(axes: Axes, x: float, y: float, rest: str, scheme: Scheme) -> None:
    axes.add_patch(Circle((x, y), 5, color=scheme.of("count"), alpha=0.5, lw=0))
    axes.add_patch(Circle((x, y), 5, fill=False, ec=scheme.of("count"), lw=1.1))


def _sample_upper(axes: Axes, x: float, y: float, rest: str, scheme: Scheme) -> None:
    axes.add_patch(Circle((x, y), 6, fill=False, ec=scheme.of("count"), ls="--", lw=1.1))


def _sample_open(axes: Axes, x: float, y: float, rest: str, scheme: Scheme) -> None:
    axes.add_patch(Circle((x - 3, y), 4, color=scheme.of("count"), alpha=0.5, lw=0))
    arrow = {"arrowstyle": "->,head_length=0.25,head_width=0.15", "color": scheme.of("count"), "lw": 1.2, "shrinkA": 0, "shrinkB": 0}  # fmt: skip
    axes.annotate("", (x + 9, y), (x + 1, y), arrowprops=arrow)


def _sample_silent(axes: Axes, x: float, y: float, rest: str, scheme: Scheme) -> None:
    _ring(axes, (x, y), scheme, "none", 6)


def _sample_known(axes: Axes, x: float, y: float, meaning: str, scheme: Scheme) -> None:
    axes.add_patch(
        FancyArrowPatch((x - 9, y), (x + 10, y), arrowstyle="-|>,head_length=0.7,head_width=0.45", mutation_scale=10,
                        lw=4, color=scheme.of(meaning), shrinkA=0, shrinkB=0, joinstyle="miter", capstyle="butt")
    )  # fmt: skip


def _sample_stem(axes: Axes, x: float, y: float, meaning: str, scheme: Scheme) -> None:
    axes.plot([x - 9, x + 9], [y, y], lw=5, color=scheme.of(meaning), solid_capstyle="butt")


def _sample_unknown(axes: Axes, x: float, y: float, meaning: str, scheme: Scheme) -> None:
    axes.add_patch(
        FancyArrowPatch((x - 9, y), (x + 10, y), arrowstyle="->,head_length=0.5,head_width=0.32", mutation_scale=10,
                        lw=1.2, ls=(0, (4, 2.5)), color=scheme.of(meaning), shrinkA=0, shrinkB=0)
    )  # fmt: skip


def _sample_badge(axes: Axes, x: float, y: float, rest: str, scheme: Scheme) -> None:
    text, _, meaning = rest.partition(":")
    _badge(axes, x, y, text, meaning, scheme)


_SAMPLES: dict[str, Callable[[Axes, float, float, str, Scheme], None]] = {
    "region": _sample_region, "town": _sample_town, "number": _sample_number, "upper": _sample_upper,
    "stem": _sample_stem, "open": _sample_open, "silent": _sample_silent, "known": _sample_known, "unknown": _sample_unknown,
    "badge": _sample_badge,
}  # fmt: skip
