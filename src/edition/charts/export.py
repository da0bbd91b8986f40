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

import matplotlib as mpl
import numpy as np
from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image, PngImagePlugin

from edition.charts import dark
from edition.charts.style import PAPER, Scheme, drawing

Kind = Literal["svg", "png", "pdf", "thumb", "dark.thumb"]
# Kind → its format, how it is painted, dots an inch; a thumbnail is a small PNG, and that for the dark is painted from a light picture
FORMS = {"thumb": "png", "dark.thumb": "png"}
DOTS = {"png": 300, "thumb": 60, "dark.thumb": 60}
UNSAID: dict[str, tuple[str, ...]] = {
    "svg": ("Date", "Creator"),
    "pdf": ("CreationDate", "Creator", "Producer"),
    "png": ("Software",),
}


PACKED = 3  # of 9: twice as quick as Pillow's usual 6, and without a channel that is the same everywhere no larger


def painted(canvas: Any) -> Image.Image:
    """The dots of a figure on paper: nothing shines through. Type is not fitted to the dots, which takes half as long and leaves it as
    wide as in the other files.
    """
    with mpl.rc_context({"text.hinting": "no_hinting"}):
        canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


class Dots(FigureCanvasAgg):
    """Writes a PNG without what it does not need."""

    def print_png(self, filename_or_obj: Any, *, metadata: Any = None, **others: Any) -> None:
        """The file, with what it says of itself; `print_figure` has done what the others ask for."""
        about = PngImagePlugin.PngInfo()
        for name, value in (metadata or {}).items():
            if value is not None:
                about.add_text(name, value)
        dots = (self.figure.dpi, self.figure.dpi)
        painted(self).save(filename_or_obj, "png", pnginfo=about, dpi=dots, compress_level=PACKED)


CANVAS: dict[str, Any] = {
    "svg": FigureCanvasSVG,
    "pdf": FigureCanvasPdf,
    "png": Dots,
    "thumb": FigureCanvasAgg,
    "dark.thumb": dark.Canvas,
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
        if kind in FORMS:
            _few_colours(painted(CANVAS[kind](figure))).save(buffer, "png", optimize=True)
        else:
            getattr(CANVAS[kind](figure), f"print_{form}")(buffer, metadata=dict.fromkeys(UNSAID[form]))
    return lean(buffer.getvalue()) if form == "svg" else buffer.getvalue()


def _few_colours(picture: Image.Image) -> Image.Image:
    """A thumbnail with as many colours as it can show: a quarter of the bytes."""
    return picture.quantize(64, dither=Image.Dither.NONE)


def lean(svg: bytes) -> bytes:
    """The drawing with its paths to a hundredth of a point, which no screen or printer shows: half the bytes."""

    def shorter(path: re.Match[bytes]) -> bytes:
        return b" ".join(re.sub(rb"(?<=\.\d\d)\d+", b"", path[0]).split())

    return re.sub(rb'(?<= d=")[^"]+', shorter, svg)


def svg_size(svg: bytes) -> tuple[str, ...] | None:
    """Width and height that an SVG file states."""
    box = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return tuple(str(round(float(side))) for side in box.groups()) if box else None
