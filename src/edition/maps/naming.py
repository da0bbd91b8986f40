"""Names on a map: beside the marks, and in the countries.

Belongs here: which names are written, in which type. Not here: where each finds room (`placing`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from edition.maps.canvas import Canvas
from edition.maps.look import RING, SIZES
from edition.maps.placing import CLOSE, CROWD, EASY, FOREIGN, SHIFT, Grid, Place, Point, Room

Lines = list[tuple[str, str, str]]  # text, kind and colour


def name_places(canvas: Canvas, placed: Sequence[tuple[Any, Point, float]]) -> None:
    """The names of places beside their marks, and what is said of each below its name.

    One that is written takes room from those after it: where they do not stand well as they come, other orders are tried.

    Args:
        placed: each place, its point, and the radius of its disc, for a number.
    """
    wanted = [
        (_lines(canvas, row), at, _reach(row, disc), _own(canvas, row, at), row.mark in ("country", "note"))
        for row, at, disc in placed
    ]
    wanted = [one for one in wanted if one[0]]
    boxes = [_measured(canvas, one[0]) for one in wanted]

    def costs(order: list[int]) -> list[float]:
        room, found = canvas.room.copy(), []
        for n in order:
            _, at, reach, own, country = wanted[n]
            place = room.beside(*boxes[n], at, reach, own, country=country)
            found.append(min(place.cost, 2 * FOREIGN))
            if math.isfinite(place.cost):
                room.take(place, *boxes[n])
        return found

    given = list(range(len(wanted)))
    best, least = given, costs(given)
    if max(least, default=0) > EASY:
        from_south = sorted(given, key=lambda n: wanted[n][1][1])
        from_west = sorted(given, key=lambda n: wanted[n][1][0])
        for order in (from_south, from_south[::-1], from_west, from_west[::-1], given[::-1]):
            if sum(found := costs(order)) < sum(least):
                best, least = order, found
    for n in best:
        lines, at, reach, own, country = wanted[n]
        _write(canvas, lines, at, reach, own, country=country)


def ring_in(canvas: Canvas, hoped: Room, row: Any, at: Point) -> Point:
    """Where in a country the ring of a number not stated leaves its name most room: at the point given, or elsewhere in it.

    Args:
        hoped: the room with the names of other rings where they would best stand; this one's is added.
    """
    lines = _lines(canvas, row)
    if row.map_name not in canvas.numbers or not lines:
        return at
    width, height = _measured(canvas, lines)
    own = _own(canvas, row, at)

    def place(spot: Point) -> Place:
        return hoped.beside(width, height, spot, _reach(row, 0), own, country=True)

    spots = (at, *hoped.spots(canvas.numbers[row.map_name], RING + 2))
    best = min(
        spots,
        key=lambda spot: place(spot).cost + CROWD * hoped.crowd(spot, RING + 2 * CLOSE) + SHIFT * math.dist(spot, at),
    )
    hoped.take(place(best), width, height)
    hoped.take_disc(*best, RING + 1)
    return best


def _lines(canvas: Canvas, row: Any) -> Lines:
    """What is written at a place."""
    style = {"town": "town", "country": "country", "halves": "country"}.get(row.mark, "region")
    ink = canvas.pen.scheme.ink
    lines = [(row.label, style, ink)] if row.label else []
    halves = row.mark == "halves"  # of which a phone has room for the name alone
    colour = canvas.pen.scheme.of(row.meaning) if row.meaning and not halves else ink
    return lines if halves and canvas.pen.scheme.narrow else lines + _details(row.detail, colour)


def _details(text: str, colour: str) -> Lines:
    return [(line, "detail", colour) for line in text.split("\n") if line]


def _reach(row: Any, disc: float) -> float:
    """How far the mark of a place reaches."""
    if row.silent:
        return RING + 0.5
    if row.mark in ("number", "halves"):
        return max(disc, 3.0) + (7 if row.mark == "number" and math.isnan(row.high) else 0)
    if row.mark == "region" and not row.outline:
        return 4.5
    return 3.5 if row.mark == "town" else 0.0


def _own(canvas: Canvas, row: Any, at: Point) -> set[int]:
    """The countries over which the name of a place may be written."""
    lie_in = [row.map_name] if row.map_name else canvas.holders(at)
    abroad = [name for name in lie_in if name != canvas.home] or lie_in
    return {canvas.numbers[name] for name in abroad if name in canvas.numbers}


def name_way(canvas: Canvas, row: Any, along: Sequence[Point], others: Sequence[Grid]) -> None:
    """Beside an arrow, the way that cannot be placed.

    Args:
        along: points of the stretch of the arrow that is not placed.
        others: points of every other arrow, near which the words would be taken for that one's.
    """
    lines = [(row.by, "detail", canvas.pen.scheme.of(row.meaning))]
    width, height = _measured(canvas, lines)
    room = canvas.room.copy()
    for points in others:
        room.bar(points, CLOSE)
    found = [(room.beside(width, height, at, 3.0, set()), at) for at in along]
    place, _ = min(found, key=lambda one: one[0].cost)
    _put(canvas, *_texts(canvas, lines), place, along[len(along) // 2])


def name_countries(canvas: Canvas, data: pd.DataFrame, named: dict[str, str], context: bool) -> None:
    """Names of countries: those named, the smallest first, then large ones besides, where there is room."""
    ink, soft = canvas.pen.scheme.ink, canvas.pen.scheme.soft
    marked = data[(data["mark"] == "country") & ~data["silent"]]
    wanted = {**named, **dict(zip(marked["map_name"], marked["label"], strict=True))}
    done = set(data.loc[data["mark"] == "country", "map_name"]) - set(wanted)
    details = dict(zip(marked["map_name"], marked["detail"], strict=True))
    seen = {name: int((canvas.room.owner == n).sum()) for name, n in canvas.numbers.items()}
    arrows = data[data["mark"] == "arrow"]
    starts = zip(*canvas.under.points(arrows["longitude"], arrows["latitude"]), strict=True)
    of_label = dict(zip(marked["label"], marked["map_name"], strict=True))
    begins = {
        of_label.get(label) or canvas.country_at(x, y): (float(x), float(y))
        for label, (x, y) in zip(arrows["begins"], starts, strict=True)
    }
    for name in sorted((name for name in wanted if seen.get(name)), key=lambda name: seen[name]):
        at_home = name == canvas.home
        text = wanted[name].upper() if at_home else wanted[name]
        lines = [(text, "home" if at_home else "country", ink)]
        _write_within(canvas, lines + _details(details.get(name, ""), ink), name, begins.get(name))
    least = 0.02 * canvas.room.owner.size
    others = [name for name in seen if seen[name] > least and name not in {*wanted, *done}] if context else []
    for name in sorted(others, key=lambda name: seen[name]):
        if "." not in name:
            _write_within(canvas, [(name, "context", soft)], name, dear=6.0)


def _texts(canvas: Canvas, lines: Lines) -> tuple[list[Text], list[tuple[float, float]]]:
    """The lines of one name, not yet in their place, and their widths and heights."""
    axes = canvas.pen.axes
    texts = [
        axes.text(
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
    figure = axes.figure
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [text.get_window_extent(renderer) for text in texts]
    return texts, [(found.width * 72 / figure.dpi, found.height * 72 / figure.dpi) for found in boxes]


def _measured(canvas: Canvas, lines: Lines) -> tuple[float, float]:
    """Width and height of a name that is not written yet."""
    texts, sizes = _texts(canvas, lines)
    for text in texts:
        text.remove()
    return _size(sizes)


def _size(sizes: list[tuple[float, float]]) -> tuple[float, float]:
    """Width and height of lines together, with a little room beside them."""
    return max(width for width, _ in sizes) + 2, sum(height for _, height in sizes)


def _put(canvas: Canvas, texts: list[Text], sizes: list[tuple[float, float]], found: Place, at: Point) -> None:
    """Set the lines in their place, flush with the side of what they name, with the line to it."""
    axes, ink = canvas.pen.axes, canvas.pen.scheme.ink
    half = max(w for w, _ in sizes) / 2
    side = "left" if found.x - half > at[0] else "right" if found.x + half < at[0] else "center"
    x = found.x + {"left": -half, "right": half, "center": 0}[side]
    top = found.y + sum(height for _, height in sizes) / 2
    for text, (_, height) in zip(texts, sizes, strict=True):
        text.set(position=(x, top - height / 2), horizontalalignment=side, multialignment=side)
        top -= height
        text.set_path_effects([withStroke(linewidth=3.2, foreground=canvas.ground(found.x, found.y), alpha=0.9)])
    canvas.room.take(found, *_size(sizes))
    if found.line:
        (x0, y0), (x1, y1) = found.line
        axes.plot([x0, x1], [y0, y1], color=ink, lw=0.7, zorder=7)
        if math.hypot(x1 - x0, y1 - y0) > 2:
            axes.plot(x1, y1, "o", ms=2.2, mew=0, color=ink, zorder=7)


def _write(canvas: Canvas, lines: Lines, at: Point, reach: float, own: set[int], *, country: bool = False) -> None:
    if not lines:
        return
    texts, sizes = _texts(canvas, lines)
    width, height = _size(sizes)
    found = canvas.room.beside(width, height, at, reach, own, country=country)
    if math.isinf(found.cost):  # no room is left: the name alone, or, as the description has it, nothing
        for text in texts:
            text.remove()
        _write(canvas, lines[:1] if len(lines) > 1 else [], at, reach, own, country=country)
        return
    _put(canvas, texts, sizes, found, at)


def _write_within(canvas: Canvas, lines: Lines, name: str, near: Point | None = None, dear: float = math.inf) -> None:
    """A country's name, near a point or its middle; one that would cost more than `dear` is left out."""
    texts, sizes = _texts(canvas, lines)
    width, height = _size(sizes)
    at = near or canvas.under.middle(name)
    found = canvas.room.within(width, height, at, canvas.numbers[name])
    if found.cost > dear:
        for text in texts:
            text.remove()
        return
    _put(canvas, texts, sizes, found, (found.x, found.y))
