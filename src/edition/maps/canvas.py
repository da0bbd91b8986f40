"""A map being drawn: its ground, and on it the room for marks and names.

Belongs here: water, land, borders, which country lies where. Not here: what stands on them (`pieces`, `naming`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.patches import Rectangle

from edition import paper
from edition.maps import ground
from edition.maps.ground import Ground
from edition.maps.look import Pen
from edition.maps.placing import CELL, WATER, Point, Room


@dataclass(frozen=True)
class Canvas:
    """A map being drawn.

    Attributes:
        home: name of the country filled as the homeland; "" for none.
        numbers: the number by which `room` knows each country.
        colours: what fills each country.
    """

    pen: Pen
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
        return self.colours.get(self.country_at(x, y), self.pen.scheme.water)

    def holders(self, at: Point) -> list[str]:
        """Countries in which a region's town lies: the one, or those on whose border it stands."""
        region = paper.current().region
        near = max((region.on_border_km if region else 0) * self.per_km, 0.3)
        return [name for name, shape in self.under.land.items() if ground.distance(shape, at) <= near]


def base_map(pen: Pen, data: pd.DataFrame, under: Ground, home: str, named: dict[str, str]) -> Canvas:
    """Water, land, what fills countries, borders, lakes and rivers."""
    axes, scheme, land = pen.axes, pen.scheme, under.land
    countries = data[data["mark"] == "country"].set_index("map_name")
    colours = dict.fromkeys(land, scheme.land)
    for name, role in countries["role"].items():
        colours[str(name)] = pen.tint(role)
    if home:
        colours[home] = scheme.home
    axes.add_patch(Rectangle((0, 0), under.width, under.height, color=scheme.water, lw=0, zorder=0))
    for name, shape in land.items():
        pen.fill(shape, colours[name], 1)
    for name, role in countries["role"].items():
        if name in land:
            pen.pattern(land[str(name)], role, 1.2)
    pen.lines([ring for shape in land.values() for ring in shape], scheme.soft, 0.5, 1.6)
    for shape in under.lakes:
        pen.fill(shape, scheme.water, 2)
    pen.lines(under.rivers, scheme.water, 0.9, 2)
    axes.set(xlim=(0, under.width), ylim=(0, under.height), aspect="equal")
    numbers = {name: n for n, name in enumerate(land)}
    marked = {numbers[name] for name in {home, *countries.index, *named} if name in numbers}
    return Canvas(pen, under, home, Room(_owners(under), marked), numbers, colours)


def _owners(under: Ground) -> npt.NDArray[np.int64]:
    """For each cell of the map, the number of the country in it."""
    across, up = np.meshgrid(np.arange(CELL / 2, under.width, CELL), np.arange(CELL / 2, under.height, CELL))
    owner = np.full(across.shape, WATER)
    for n, shape in enumerate(under.land.values()):
        owner[ground.inside(shape, across, up)] = n
    return owner
