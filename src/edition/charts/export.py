"""A picture that is laid out as a file's bytes: SVG, PDF, PNG, thumbnail.

    export.export(figure, "svg", LIGHT)

The same figure gives the same bytes. Belongs here: what all files share, and what is left out of each. Not here: which files
there are (`cuts`, `framed`), the colours in the dark (`dark`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any, Literal

from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image

from edition.charts import dark
from edition.charts.style import PAPER, Scheme, drawing

Kind = Literal["svg", "png", "pdf", "thumb", "dark.thumb"]
# Kind → its format, how it is painted, dots an inch; a thumbnail is a small PNG, and that for the dark is painted from a light picture
FORMS = {"thumb": "png", "dark.thumb": "png"}
CANVAS = {"svg": FigureCanvasSVG, "pdf": FigureCanvasPdf, "dark.thumb": dark.Canvas}
DOTS = {"png": 300, "thumb": 60, "dark.thumb": 60}
UNSAID: dict[str, tuple[str, ...]] = {
    "svg": ("Date", "Creator"),
    "pdf": ("CreationDate", "Creator", "Producer"),
    "png": ("Software",),
}


def _without_rules(*given: Any, load: Callable[..., TTFont] = subset.load_font, **named: Any) -> TTFont:
    """A typeface without its rules of setting. A PDF places its type glyph by glyph and has no use for them; to read them, and to
    cut them down to the glyphs in use, takes as long as to draw the picture.
    """
    font = load(*given, **named)
    for rules in {"GDEF", "GPOS", "GSUB"} & set(font.keys()):
        del font[rules]
    return font


subset.load_font = _without_rules  # Matplotlib hands no options on


def export(figure: Figure, kind: Kind, scheme: Scheme) -> bytes:
    """The picture as a file's bytes; the same figure gives the same bytes."""
    buffer, form = io.BytesIO(), FORMS.get(kind, kind)
    with drawing(scheme):
        figure.set_dpi(DOTS.get(kind, 300))
        figure.set_facecolor(PAPER[scheme.name] if form == "png" else "none")
        # not figure.savefig, which draws everything once more before it draws: the layout is settled
        getattr(canvas(kind)(figure), f"print_{form}")(buffer, metadata=dict.fromkeys(UNSAID[form]))
    if form == "svg":
        return lean(buffer.getvalue())
    return _few_colours(buffer) if kind in FORMS else buffer.getvalue()


def canvas(kind: Kind) -> Any:
    """What paints a kind of file."""
    return CANVAS.get(kind, FigureCanvasAgg)


def _few_colours(png: io.BytesIO) -> bytes:
    """A thumbnail with as many colours as it can show: a quarter of the bytes."""
    small = io.BytesIO()
    Image.open(png).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()


def lean(svg: bytes) -> bytes:
    """The drawing with its paths to a hundredth of a point, which no screen or printer shows: half the bytes."""

    def shorter(path: re.Match[bytes]) -> bytes:
        return b" ".join(re.sub(rb"(?<=\.\d\d)\d+", b"", path[0]).split())

    return re.sub(rb'(?<= d=")[^"]+', shorter, svg)


def svg_size(svg: bytes) -> tuple[str, ...] | None:
    """Width and height that an SVG file states."""
    box = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return tuple(str(round(float(side))) for side in box.groups()) if box else None
