"""What marks look like, on a map and in its key.

Land, borders and water are Natural Earth's, today's borders always. A town is a dot. A region is
the area of today's division of that name, and without one a square at a town of it; a country is filled whole. Roles differ by colour and by pattern. A ring with a
question mark says that a number is not stated; an arrow without a number is thin and dashed, so that no width can be taken
for one.

Belongs here: drawing one mark on axes that are measured in points. Not here: where it stands (`pieces`), a key (`key`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, PathPatch, Wedge
from matplotlib.path import Path
from pydantic import BaseModel, ConfigDict

from edition.charts.style import FAINT, LARGE, LIGHTLY, SMALL, STRONGLY, TEXT, Scheme, mixed
from edition.maps import ground
from edition.maps.ground import Shape
from edition.maps.placing import Point

RING = 7.0  # radius of the mark for a number that is not stated
SPACING = 5.0  # of the stripes and dots that fill
SIZES = {"region": TEXT, "town": TEXT, "country": SMALL, "home": LARGE, "detail": SMALL, "context": SMALL, "key": SMALL}


class Marks(BaseModel):
    """What the marks of a paper's maps stand for.

    Attributes:
        unit: what is counted, in the plural, as in "persons".
        km2_each: area of a disc for one of these.
        per_point: how many of these an arrow has for a point of its width.
        counted: meaning whose colour a number's disc has.
        striped: roles that are filled with stripes and hardly tinted.
        dotted: roles that are filled with dots; all others are plain.
        usual: role whose colour a region has that is in no role.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    unit: str
    km2_each: float
    per_point: float
    counted: str
    striped: tuple[str, ...] = ()
    dotted: tuple[str, ...] = ()
    usual: str


@dataclass(frozen=True)
class Pen:
    """What draws: axes, the colours of a scheme, and what the marks stand for."""

    axes: Axes
    scheme: Scheme
    marks: Marks

    def tint(self, role: str) -> str:
        """What fills a country in a role; one that is only named has the neutral tint."""
        if not role:
            return self.scheme.host
        return mixed(self.scheme.of(role), self.scheme.land, FAINT if role in self.marks.striped else LIGHTLY)

    def fill(self, shape: Shape, colour: str, zorder: float) -> None:
        """A shape in one colour."""
        self.axes.add_artist(PathPatch(path(shape), color=colour, lw=0, zorder=zorder))

    def lines(self, lines: Shape, colour: str, width: float, zorder: float) -> None:
        """Lines of one colour and width."""
        self.axes.add_collection(LineCollection(lines, colors=colour, linewidths=width, zorder=zorder), autolim=False)

    def pattern(self, shape: Shape, role: str, zorder: float, within: Shape | None = None) -> None:
        """The stripes or dots of a role. If given, `within` is convex."""
        corners = np.concatenate(within or shape)
        (west, south), (east, north) = corners.min(0), corners.max(0)
        colour = mixed(self.scheme.of(role), self.scheme.land, STRONGLY) if role else ""
        if role in self.marks.striped:
            stripes = []
            for offset in np.arange(math.floor((west - north) / SPACING) * SPACING, east - south, SPACING):
                pieces = ground.stripe(shape, offset)
                if within:
                    ends = ground.stripe(within, offset)
                    pieces = pieces.clip(*ends[0]) if len(ends) else ends
                stripes += [
                    np.array([(low + offset, low), (high + offset, high)]) for low, high in pieces if low < high
                ]
            self.lines(stripes, colour, 0.9, zorder)
        elif role in self.marks.dotted:
            x, y = np.meshgrid(
                np.arange(math.floor(west / SPACING) * SPACING, east, SPACING),
                np.arange(math.floor(south / SPACING) * SPACING, north, SPACING),
            )
            x = x + np.where(np.round(y / SPACING) % 2, SPACING / 2, 0)
            dotted = ground.inside(shape, x, y) & (ground.inside(within, x, y) if within else True)
            self.axes.plot(x[dotted], y[dotted], ls="", marker="o", ms=1.5, mew=0, color=colour, zorder=zorder)

    def ring(self, at: Point, inside: str, radius: float = RING) -> None:
        """The mark for a number that is not stated."""
        ink = self.scheme.ink
        self.axes.add_patch(Circle(at, radius, fc=inside, ec=ink, ls=(0, (1.2, 1.4)), lw=1.3, zorder=6))
        self.axes.annotate(
            "?", at, ha="center", va="center_baseline", size=SMALL, weight="semibold", color=ink, zorder=7
        )

    def half(self, at: Point, radius: float, turn: float, meaning: str) -> None:
        """Half a disc, from an angle on against the clock; its area is half of that of the whole disc for its number."""
        colour = self.scheme.of(meaning)
        self.axes.add_patch(Wedge(at, radius, turn, turn + 180, fc=colour, ec=self.scheme.land, lw=0.8, zorder=4))

    def badge(self, at: Point, text: str, meaning: str) -> None:
        """A number in a disc."""
        land = self.scheme.land
        self.axes.add_patch(Circle(at, 7, fc=self.scheme.of(meaning), ec=land, lw=1, zorder=6))
        self.axes.annotate(text, at, ha="center", va="center_baseline", size=SMALL, weight="semibold", color=land, zorder=7)  # fmt: skip

    def outward(self, at: Point, radius: float, colour: str) -> None:
        """Arrows from the rim of a disc: no upper bound."""
        for angle in range(45, 405, 90):
            right, up = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            arrow = {"arrowstyle": "->,head_length=0.25,head_width=0.15", "color": colour, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}  # fmt: skip
            self.axes.annotate("", (at[0] + right * (radius + 7), at[1] + up * (radius + 7)),
                               (at[0] + right * radius, at[1] + up * radius), arrowprops=arrow, zorder=4)  # fmt: skip


def box(west: float, south: float, east: float, north: float) -> Shape:
    """A rectangle as a shape."""
    return [np.array([(west, south), (east, south), (east, north), (west, north), (west, south)], dtype=float)]


def path(shape: Shape) -> Path:
    """A shape as a path."""
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in shape))
