"""A light picture in the colours of the dark scheme, which needs no second layout: each colour is exchanged for its like.

    dark.svg(light)         # an SVG's bytes
    dark.following(light)   # the same, light or dark as who shows it is
    dark.Canvas(figure)     # paints the dots of a figure

Belongs here: which colour becomes which, and where. Not here: the colours (`style`), the files (`export`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.colors import to_hex, to_rgb

from edition.charts.style import DARK, LIGHT, MIXTURES, PAPER, Scheme, mixed


def svg(light: bytes) -> bytes:
    """A picture's SVG with its colours exchanged."""
    known = {one.encode(): other.encode() for one, other in exchanged().items()}
    return re.sub(rb"#[0-9a-f]{6}", lambda found: known.get(found[0], found[0]), light)


def following(light: bytes) -> bytes:
    """A picture's SVG that turns dark where what shows it is dark: a page by its `color-scheme`, or else the reader's browser.

    The dark colours stand in a style of its own, beside those of the light scheme, which programs that know no such style show.
    """
    known = {one.encode(): other.encode() for one, other in exchanged().items() if one != other}
    rules = [
        b'[style*="%s"]{%s:%s!important}' % (said, name, known[colour])
        for said, name, colour in sorted(set(re.findall(rb"((fill|stroke): (#[0-9a-f]{6}))", light)))
        if colour in known
    ]
    style = b"<style>@media (prefers-color-scheme: dark){%s}</style>" % b"".join(rules)
    return re.sub(rb"(?=</svg>\s*$)", lambda _: style, light, count=1)


@cache
def exchanged() -> dict[str, str]:
    """Each colour of the light scheme, and each mixture of it with that of land, and what it is in the dark."""

    def colours(scheme: Scheme) -> list[str]:
        plain = [scheme.ink, scheme.soft, scheme.pale, scheme.grid, scheme.land, scheme.home, scheme.host, scheme.water]
        mixtures = [mixed(one, scheme.land, share) for one in scheme.series for share in MIXTURES]
        return [to_hex(PAPER[scheme.name]), *plain, *scheme.series, *mixtures]

    return dict(zip(colours(LIGHT), colours(DARK), strict=True))


@cache
def _of(colour: Any) -> Any:
    """A colour, as transparent as it was; one that is dark already stays."""
    found = exchanged().get(to_hex(colour[:3]))
    return (*to_rgb(found), *colour[3:]) if found else colour


def _face(colour: Any) -> Any:
    return None if colour is None else _of(tuple(colour))


def _each(colours: Any) -> Any:
    return np.reshape([_of(tuple(colour)) for colour in colours], (-1, 4))


class _Context(GraphicsContextBase):
    """What a stroke is drawn with."""

    _rgb: Any
    _hatch_color: Any

    def set_foreground(self, fg: Any, isRGBA: bool = False) -> None:
        super().set_foreground(fg, isRGBA)
        self._rgb = _of(tuple(self._rgb))

    def set_hatch_color(self, hatch_color: Any) -> None:
        super().set_hatch_color(hatch_color)
        self._hatch_color = _of(tuple(self._hatch_color))


class _Renderer(RendererAgg):
    """Exchanges each colour that it is asked to paint."""

    draw_markers: Any
    draw_path_collection: Any

    def _update_methods(self) -> None:  # these are the painting library's own, and cannot be overridden
        super()._update_methods()  # type: ignore[no-untyped-call]
        markers, collection = self.draw_markers, self.draw_path_collection

        def draw_markers(gc: Any, marker: Any, how: Any, path: Any, where: Any, face: Any = None) -> None:
            markers(gc, marker, how, path, where, _face(face))

        def draw_path_collection(gc: Any, *given: Any, **named: Any) -> None:
            *before, faces, edges = given[:7]
            if (hatches := named.get("hatchcolors")) is not None:
                named["hatchcolors"] = _each(hatches)
            collection(gc, *before, _each(faces), _each(edges), *given[7:], **named)

        self.draw_markers, self.draw_path_collection = draw_markers, draw_path_collection

    def new_gc(self) -> _Context:
        return _Context()

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        super().draw_path(gc, path, transform, _face(rgbFace))  # type: ignore[no-untyped-call]


class Canvas(FigureCanvasAgg):
    """Paints a light figure in the dark."""

    def get_renderer(self) -> Any:
        """What exchanges the colours."""
        return _Renderer(*self.get_width_height(physical=True), self.figure.dpi)  # type: ignore[no-untyped-call]
