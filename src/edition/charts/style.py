"""Size, type, colour and export of every picture; light and dark.

Belongs here: what all pictures share. Not here: a chart's own marks (`charts`, `maps`).

The first four colours of the series are hues that people with the common colour-vision deficiencies can tell apart, because
they differ in lightness too; grey and ink follow. Each means one thing in the whole book (`Scheme.of`). The typeface is Source Sans 3, bundled.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from PIL import Image

from edition import paper

FONT = "Source Sans 3"
DESK, PHONE = (
    512 / 72,
    288 / 72,
)  # width in inches of the cut for a desk, shown up to 640 pixels wide, and of that for a phone, shown 350
SMALL, TEXT, LARGE = (
    9.6,
    10.0,
    10.4,
)  # points of all type: 12 to 13 pixels at a desk's full width, 11.6 to 12.7 on a phone
SALT = "edition"  # fixes the identifiers inside an SVG

Cut = Literal["desk", "phone"]
CUTS: dict[Cut, float] = {"desk": DESK, "phone": PHONE}


@dataclass(frozen=True)
class Scheme:
    """The colours of one reading mode, and the width in inches for which a picture is cut."""

    name: Literal["light", "dark"]
    ink: str
    soft: str
    pale: str
    grid: str
    land: str
    home: str
    host: str
    water: str
    series: tuple[str, ...]
    width: float = DESK

    @property
    def narrow(self) -> bool:
        """Whether the picture is cut for a phone: labels stand above their rows, panels below each other."""
        return self.width < DESK

    def cut(self, name: Cut) -> Scheme:
        """The same colours in another cut."""
        return replace(self, width=CUTS[name])

    def of(self, meaning: str) -> str:
        """The colour that stands for a meaning in the whole book."""
        return self.series[paper.current().colours[meaning]]


LIGHT = Scheme(
    "light",
    "#1f2328",
    "#57606a",
    "#9aa3ad",
    "#d9dde2",
    "#eceae4",
    "#d3c9a8",
    "#d8e3da",
    "#c9dbe8",
    ("#1467c8", "#b3561a", "#07522f", "#8a3f86", "#57606a", "#1f2328"),
)
DARK = Scheme(
    "dark",
    "#e8eaed",
    "#aab2bb",
    "#6f7983",
    "#3a4047",
    "#33363a",
    "#6b6340",
    "#2a4036",
    "#1d3342",
    ("#5aa2e6", "#d9873a", "#45eba6", "#f0b0f0", "#aab2bb", "#e8eaed"),
)
SCHEMES = {"light": LIGHT, "dark": DARK}
MIXTURES = FAINT, LIGHTLY, STRONGLY = 0.06, 0.24, 0.62  # of a colour in what fills a land, is striped or dotted
PAPER = {"light": "white", "dark": "#14181e"}  # behind a picture of dots; the others let the page through


def _without_rules(*given: Any, load: Callable[..., TTFont] = subset.load_font, **named: Any) -> TTFont:
    """A typeface without its rules of setting. A PDF places its type glyph by glyph and has no use for them; to read them, and to
    cut them down to the glyphs in use, takes as long as to draw the picture.
    """
    font = load(*given, **named)
    for rules in {"GDEF", "GPOS", "GSUB"} & set(font.keys()):
        del font[rules]
    return font


subset.load_font = _without_rules  # Matplotlib hands no options on


@cache
def _register_fonts() -> None:
    manager, folder = font_manager.fontManager, Path(__file__).parent / "fonts"
    # Another version of it, which this machine may have, would be found first
    manager.ttflist = [font for font in manager.ttflist if font.name != FONT]
    for file in sorted(folder.glob("*.ttf")):
        manager.addfont(file)


@contextmanager
def drawing(scheme: Scheme) -> Iterator[None]:
    """Draw inside this to have the house style in one scheme."""
    import seaborn as sns  # slow to import, and most who know the charts do not draw

    _register_fonts()
    look: Any = {
        "font.family": FONT,
        "font.size": TEXT,
        "axes.titlesize": LARGE,
        "axes.labelsize": TEXT,
        "xtick.labelsize": TEXT,
        "ytick.labelsize": TEXT,
        "legend.fontsize": TEXT,
        "figure.figsize": (scheme.width, 1),
        "text.usetex": False,
        "text.parse_math": False,  # a dollar sign in a label is one
        "svg.fonttype": "path",
        "svg.hashsalt": SALT,
        "pdf.fonttype": 42,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "text.color": scheme.ink,
        "axes.labelcolor": scheme.ink,
        "xtick.color": scheme.soft,
        "ytick.color": scheme.ink,
        "axes.edgecolor": scheme.grid,
        "grid.color": scheme.grid,
        "axes.grid": True,
        "axes.grid.axis": "x",
        "axes.axisbelow": True,
        "grid.linewidth": 0.7,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "ytick.left": False,
        "patch.edgecolor": "none",
    }
    # Matplotlib's own settings and none of a person's matplotlibrc; seaborn's white style over them; hashsalt last,
    # because a style context resets it
    with mpl.rc_context():
        mpl.rcdefaults()
        with sns.axes_style("white"):
            mpl.rcParams.update(look)
            yield


def scatterplot(**given: Any) -> None:
    """Seaborn's, which is imported where something is drawn and not by all who know the charts."""
    import seaborn as sns

    sns.scatterplot(**given)


def new_figure(height: float) -> Figure:
    """An empty figure as wide as the scheme inside which it is drawn has it; height in inches. No window system is touched."""
    figure = Figure(figsize=(mpl.rcParams["figure.figsize"][0], height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def settle(figure: Figure, scheme: Scheme) -> None:
    """Lay a figure out once, so that every file of it has the same layout and none computes it again."""
    with drawing(scheme):
        figure.draw_without_rendering()
    figure.set_layout_engine(None)  # with "none" Matplotlib would draw it once more for each file that has a frame


Kind = Literal["svg", "png", "pdf", "thumb"]
DOTS = {"png": 300, "thumb": 60}  # an inch; a thumbnail is a small PNG
CANVAS = {"svg": FigureCanvasSVG, "pdf": FigureCanvasPdf, "png": FigureCanvasAgg}
UNSAID: dict[Kind, tuple[str, ...]] = {
    "svg": ("Date", "Creator"),
    "pdf": ("CreationDate", "Creator", "Producer"),
    "png": ("Software",),
}


def export(figure: Figure, kind: Kind, scheme: Scheme) -> bytes:
    """The picture as a file's bytes; the same figure gives the same bytes."""
    buffer = io.BytesIO()
    form = "png" if kind == "thumb" else kind
    with drawing(scheme):
        figure.set_dpi(DOTS.get(kind, 300))
        figure.set_facecolor(PAPER[scheme.name] if form == "png" else "none")
        # not figure.savefig, which draws everything once more before it draws: the layout is settled
        getattr(CANVAS[form](figure), f"print_{form}")(buffer, metadata=dict.fromkeys(UNSAID[form]))
    if kind == "svg":
        return lean(buffer.getvalue())
    return _few_colours(buffer) if kind == "thumb" else buffer.getvalue()


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


def darkened(svg: bytes) -> bytes:
    """A light picture in the dark scheme's colours: what it would be if it were drawn again, in a hundredth of the time."""
    return re.sub(rb"#[0-9a-f]{6}", lambda found: _dark().get(found[0], found[0]), svg)


def following(svg: bytes) -> bytes:
    """A light picture that turns dark where what shows it is dark: a page by its `color-scheme`, or else the reader's browser.

    The dark colours stand in a style of its own, beside those of the light scheme, which programs that know no such style show.
    """
    known = {light: dark for light, dark in _dark().items() if light != dark}
    rules = [
        b'[style*="%s"]{%s:%s!important}' % (said, name, known[light])
        for said, name, light in sorted(set(re.findall(rb"((fill|stroke): (#[0-9a-f]{6}))", svg)))
        if light in known
    ]
    style = b"<style>@media (prefers-color-scheme: dark){%s}</style>" % b"".join(rules)
    return re.sub(rb"(?=</svg>\s*$)", lambda _: style, svg, count=1)


@cache
def _dark() -> dict[bytes, bytes]:
    """Each colour of the light scheme, and each mixture of it with that of land, and what it is in the dark."""

    def colours(scheme: Scheme) -> list[str]:
        plain = [scheme.ink, scheme.soft, scheme.pale, scheme.grid, scheme.land, scheme.home, scheme.host, scheme.water]
        mixtures = [mixed(one, scheme.land, share) for one in scheme.series for share in MIXTURES]
        return [to_hex(PAPER[scheme.name]), *plain, *scheme.series, *mixtures]

    return {light.encode(): dark.encode() for light, dark in zip(colours(LIGHT), colours(DARK), strict=True)}


def mixed(one: str, other: str, share: float) -> str:
    """A colour with a share of another."""
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(to_rgb(one), to_rgb(other), strict=True))
    return str(to_hex((red, green, blue)))


def svg_size(svg: bytes) -> tuple[str, ...] | None:
    """Width and height that an SVG file states."""
    box = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return tuple(str(round(float(side))) for side in box.groups()) if box else None
