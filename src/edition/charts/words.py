"""The words of a picture, each where it stands: a layer to be laid over the picture, in which a page's search finds them.

    words.layer(figure)          # b'<svg viewBox="0 0 512 300" aria-hidden="true"><text x="6" …>Brack</text>…</svg>'

A picture's type is drawn as outlines, so that it looks the same everywhere. Belongs here: where the words stand. Not here:
how the layer is laid over (`book/static/book.css`); it is read out by nobody, as the alternative text and the description are.
"""

from __future__ import annotations

from html import escape
from typing import Any, NamedTuple

from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.text import Text


class Word(NamedTuple):
    """A line of text as drawn: where its baseline begins, from the upper left, its width and size, all in points; degrees turned."""

    text: str
    x: float
    y: float
    width: float
    size: float
    angle: float


class _Reader(RendererBase):
    """What is told to draw and only remembers the texts."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height
        self.found: list[Word] = []

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.width, self.height

    def draw_path(self, *given: Any, **more: Any) -> None:
        """Nothing: it is no text."""

    def draw_image(self, *given: Any, **more: Any) -> None:
        """Nothing: it is no text."""

    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None) -> None:  # fmt: skip
        """Remember the line."""
        if s.strip():
            width = self.get_text_width_height_descent(s, prop, ismath)[0]
            self.found.append(Word(s, x, y, width, prop.get_size_in_points(), angle))


def words(figure: Figure) -> list[Word]:
    """The lines of text of a figure that is laid out, in the order in which they are drawn."""
    dpi = figure.dpi
    figure.set_dpi(72)
    reader = _Reader(*(72 * side for side in figure.get_size_inches()))
    haloed = {text: halo for text in figure.findobj() if isinstance(text, Text) and (halo := text.get_path_effects())}
    for text in haloed:  # with a halo it would be drawn as outlines
        text.set_path_effects([])
    figure.draw(reader)
    for text, halo in haloed.items():
        text.set_path_effects(halo)
    figure.set_dpi(dpi)
    return reader.found


def layer(figure: Figure) -> bytes:
    """The words as a piece of HTML, as wide and high as the picture."""
    width, height = (72 * side for side in figure.get_size_inches())
    return f'<svg viewBox="0 0 {_short(width)} {_short(height)}" aria-hidden="true">{"".join(map(_set, words(figure)))}</svg>'.encode()


def _set(word: Word) -> str:
    x, y = _short(word.x), _short(word.y)
    turned = f' transform="rotate({-word.angle:g} {x} {y})"' if word.angle else ""
    return f'<text x="{x}" y="{y}" font-size="{word.size:g}" textLength="{_short(word.width)}"{turned}>{escape(word.text)}</text>'


def _short(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")
