"""Size, type and colour of every picture; light and dark.

Belongs here: what all pictures share. Not here: a chart's own marks (`charts`, `maps`), the files (`export`).

The first four colours of the series are hues that people with the common colour-vision deficiencies can tell apart, because
they differ in lightness too; grey and ink follow. Each means one thing in the whole book (`Scheme.of`). The typeface is Source Sans 3, bundled.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

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
    engine = figure.get_layout_engine()
    with drawing(scheme):
        if engine:
            engine.execute(figure)
    figure.set_layout_engine(None)  # with "none" Matplotlib would draw it once more for each file that has a frame


def mixed(one: str, other: str, share: float) -> str:
    """A colour with a share of another."""
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(to_rgb(one), to_rgb(other), strict=True))
    return str(to_hex((red, green, blue)))
