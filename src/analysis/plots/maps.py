"""Maps: each takes the marks to draw, a scheme and plain options, and returns a figure.

Land, borders and water are Natural Earth's, today's borders always; the caption says so. A town is a dot.
A region is a soft disc around its chief town, because the paper does not bound it.
"""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from shapely.geometry import box

from analysis import geography, paths
from analysis.plots.style import WIDTH, Scheme, drawing, new_figure

Window = tuple[float, float, float, float]
KM2_PER_PERSON = 0.45  # of a disc that carries a number
MARGIN = 12  # degrees
SOFT_KM = 90  # radius of a region's mark that carries none
OFFSETS = {
    "right": (8, 0, "left", "center"),
    "left": (-8, 0, "right", "center"),
    "above": (0, 8, "center", "bottom"),
    "below": (0, -8, "center", "top"),
}


def places(data: pd.DataFrame, scheme: Scheme, *, frame: Window, home: str, named: dict[str, str]) -> Figure:
    """Places on land.

    Args:
        data: columns `label`, `longitude`, `latitude`, `side` (of the mark on which the label stands), `mark`
            (`town`: a dot; `region`: a soft disc; `number`: a disc whose area is `low`, ringed at `high`;
            `unknown`: a dashed ring, for a place whose number is not printed), `low`, `high` in persons.
        frame: west, south, east, north in degrees.
        home: name of the country shaded as the homeland.
        named: countries to label: name in Natural Earth → label.
    """
    with drawing(scheme):
        projection = _projection(frame)
        west, south, east, north = _inner(frame, projection)
        figure = new_figure(WIDTH * (north - south) / (east - west))
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(west, east), ylim=(south, north), aspect="equal")
        axes.set_axis_off()
        axes.add_patch(Rectangle((west, south), east - west, north - south, color=scheme.water, lw=0, zorder=0))
        homeland = _land(axes, scheme, frame, projection, home, named)
        points = gpd.GeoSeries(gpd.points_from_xy(data["longitude"], data["latitude"]), crs=4326).to_crs(projection)
        for row, point in zip(data.itertuples(), points, strict=True):
            ground = scheme.home if homeland.contains(point) else scheme.land
            _mark(axes, row, point.x, point.y, scheme, ground)
    return figure


def _projection(frame: Window) -> str:
    west, south, east, north = frame
    return (
        f"+proj=aea +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} "
        f"+lat_1={south + (north - south) / 6} +lat_2={north - (north - south) / 6} +datum=WGS84"
    )


def _inner(frame: Window, projection: str) -> Window:
    """The largest upright rectangle inside the projected frame, so that no map edge is curved."""
    west, south, east, north = frame
    sides = gpd.GeoSeries(
        gpd.points_from_xy(
            [west, east, west, east, (west + east) / 2, west], [north, north, south, south, south, south]
        ),
        crs=4326,
    ).to_crs(projection)
    x, y = [p.x for p in sides], [p.y for p in sides]
    return max(x[0], x[2]), max(y[2], y[4]), min(x[1], x[3]), min(y[0], y[1])


def _land(axes: Axes, scheme: Scheme, frame: Window, projection: str, home: str, named: dict[str, str]) -> Any:
    """Land, water and the names of countries; returns the outline of the homeland."""
    folder = paths.root() / "data"
    west, south, east, north = frame
    beyond = (west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)  # so that the cut lies outside the picture
    countries = geography.window(geography.read(folder, "countries"), *beyond).dissolve("name")
    detail = (axes.get_xlim()[1] - axes.get_xlim()[0]) / 1000  # metres: finer shows nowhere
    land = countries.to_crs(projection)
    view = (axes.get_xlim()[0], axes.get_ylim()[0], axes.get_xlim()[1], axes.get_ylim()[1])
    around = shapely.buffer(box(*view), 20 * detail).bounds  # a little more, so that no border runs along the edge
    land["geometry"] = shapely.coverage_simplify(land.geometry.to_numpy(), detail)
    land["geometry"] = land.clip_by_rect(*around)
    land = land[~land.is_empty]
    colours = [scheme.home if name == home else scheme.land for name in land.index]
    land.plot(ax=axes, color=colours, edgecolor=scheme.soft, linewidth=0.5, zorder=1)
    for layer, style in (
        ("lakes", {"color": scheme.water, "edgecolor": "none"}),
        ("rivers", {"color": scheme.water, "linewidth": 0.9}),
    ):
        water = geography.window(geography.read(folder, layer), *beyond).to_crs(projection)
        water = water.simplify(detail).clip_by_rect(*around)
        water[~water.is_empty].plot(ax=axes, zorder=2, **style)
    for name, label in named.items():
        seen = max(
            getattr(shape := land.geometry[name].intersection(box(*view)), "geoms", [shape]), key=lambda part: part.area
        )
        middle = shapely.maximum_inscribed_circle(seen).coords[0]
        _text(
            axes,
            label.upper() if name == home else label,
            middle,
            colour=scheme.soft,
            size=10.5 if name == home else 9.5,
            ground=scheme.home if name == home else scheme.land,
        )
    return land.geometry[home]


def _mark(axes: Axes, row: Any, x: float, y: float, scheme: Scheme, ground: str) -> None:
    """One place: its mark, and its label beyond the mark's edge."""
    colour = scheme.of("refuge")
    reach = {"town": 0.0, "number": max(_radius(row.low), _radius(row.high))}.get(row.mark, SOFT_KM * 1e3)
    if row.mark == "town":
        axes.plot(x, y, "o", color=scheme.ink, ms=4.5, zorder=5)
    elif row.mark == "unknown":
        axes.add_patch(Circle((x, y), reach, fill=False, ec=colour, ls=(0, (1, 2)), lw=1.6, zorder=4))
    else:
        inner = _radius(row.low) or reach
        for share in (1.0, 0.75, 0.5):  # a soft edge
            axes.add_patch(Circle((x, y), inner * share, color=colour, alpha=0.22, lw=0, zorder=4))
        if row.high > row.low:
            axes.add_patch(Circle((x, y), _radius(row.high), fill=False, ec=colour, ls="--", lw=1.1, zorder=4))
    dx, dy, ha, va = OFFSETS[row.side]
    points = reach * WIDTH * 72 / (axes.get_xlim()[1] - axes.get_xlim()[0])
    offset = (dx + np.sign(dx) * points, dy + np.sign(dy) * points)
    _text(axes, row.label, (x, y), ground=ground, offset=offset, ha=ha, va=va, size=10.5, colour=scheme.ink, zorder=6)


def _radius(persons: float) -> float:
    """Metres; 0 where no number is printed."""
    return 0.0 if math.isnan(persons) else 1e3 * math.sqrt(persons * KM2_PER_PERSON / math.pi)


def _text(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    *,
    colour: str,
    size: float,
    offset: tuple[float, float] = (0, 0),
    ha: str = "center",
    va: str = "center",
    zorder: int = 3,
    ground: str,
) -> None:
    backing = {"facecolor": ground, "edgecolor": "none", "alpha": 0.75, "pad": 0.6}  # so that no line runs through it
    axes.annotate(
        text,
        at,
        xytext=offset,
        textcoords="offset points",
        ha=ha,
        va=va,
        size=size,
        color=colour,
        bbox=backing,
        zorder=zorder,
        annotation_clip=True,
    )
