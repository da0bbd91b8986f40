"""Maps: each takes the marks to draw, a scheme and plain options, and returns a figure.

Land, borders and water are Natural Earth's, today's borders always; the caption says so. A town is a dot.
A region is a soft disc around its chief town, because the paper does not bound it; a country is shaded whole.
An arrow whose number is not stated is thin and dashed, so that no width can be taken for a number.
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
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox
from shapely.geometry import box

from analysis import geography, paths
from analysis.plots.style import WIDTH, Scheme, drawing, new_figure

Window = tuple[float, float, float, float]
COLUMNS = ["mark", "label", "map_name", "longitude", "latitude", "to_longitude", "to_latitude", "low", "high"]
KM2_PER_PERSON = 0.45  # of a disc that carries a number
PERSONS_PER_POINT = 45_000  # of an arrow's width
SOFT_SHARE = 0.022  # radius of a region's mark that carries no number, of the map's width
MARGIN = 0.4  # of the frame's width, read beyond it, so that the cut lies outside the picture
SIDES = [(1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top"),
         (1, 1, "left", "bottom"), (1, -1, "left", "top"), (-1, 1, "right", "bottom"), (-1, -1, "right", "top")]  # fmt: skip


def stage(data: pd.DataFrame, scheme: Scheme, *, frame: Window, home: str, named: list[list[str]]) -> Figure:
    """Places, moves between them, and countries.

    Args:
        data: one row per mark, with `mark` and what it needs:
            `town` (a dot), `region` (a soft disc), `number` (a disc whose area is `low`, ringed at `high`),
            `unknown` (a dotted ring: the number is not printed): `label`, `longitude`, `latitude`;
            `note` (a text alone): `label`, `longitude`, `latitude`;
            `country` (shaded): `label`, `map_name`;
            `arrow`: `longitude`, `latitude`, `to_longitude`, `to_latitude`, `low` in persons or NaN.
        frame: west, south, east, north in degrees.
        home: name of the country shaded as the homeland.
        named: countries to label: pairs of the name in Natural Earth and the label.
    """
    data = data.reindex(columns=COLUMNS)
    with drawing(scheme):
        projection = _projection(frame)
        view = _view(frame, projection)
        west, south, east, north = view
        figure = new_figure(WIDTH * (north - south) / (east - west))
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(west, east), ylim=(south, north), aspect="equal")
        axes.set_axis_off()
        axes.add_patch(Rectangle((west, south), east - west, north - south, color=scheme.water, lw=0, zorder=0))
        countries = data[data["mark"] == "country"]
        land = _land(axes, scheme, frame, view, projection, home, set(countries["map_name"]))
        taken: list[Any] = []
        for row, start, end in _arrows(data, projection):
            _arrow(axes, row, start, end, scheme)
            along = axes.transData.transform(_bow(start, end))
            taken += [Bbox.from_bounds(x - 6, y - 6, 12, 12) for x, y in along]
        points = data[~data["mark"].isin(["country", "arrow"])]
        for row, x, y in zip(points.itertuples(), *_project(points, projection, "longitude", "latitude"), strict=True):
            ground = scheme.home if land.geometry[home].contains(shapely.Point(x, y)) else scheme.land
            _mark(axes, row, x, y, scheme, ground, taken)
        labels = {**dict(zip(countries["map_name"], countries["label"], strict=True)), **dict(named)}
        _names(axes, land, labels, box(*view), home, scheme, taken)
    return figure


def _project(rows: pd.DataFrame, projection: str, longitude: str, latitude: str) -> tuple[np.ndarray, np.ndarray]:
    points = gpd.GeoSeries(gpd.points_from_xy(rows[longitude], rows[latitude]), crs=4326).to_crs(projection)
    return points.x.to_numpy(), points.y.to_numpy()


def _projection(frame: Window) -> str:
    """Albers equal-area, its two true parallels a sixth inside the frame."""
    west, south, east, north = frame
    inside = (north - south) / 6
    return (
        f"+proj=aea +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} "
        f"+lat_1={south + inside} +lat_2={north - inside} +datum=WGS84"
    )


def _view(frame: Window, projection: str) -> Window:
    """The picture's edges in metres: an upright rectangle through the middles of the frame's sides."""
    west, south, east, north = frame
    across, up = (west + east) / 2, (south + north) / 2
    sides = pd.DataFrame({"x": [west, across, east, across], "y": [up, south, up, north]})
    x, y = _project(sides, projection, "x", "y")
    return x[0], y[1], x[2], y[3]


def _land(
    axes: Axes, scheme: Scheme, frame: Window, view: Window, projection: str, home: str, shaded: set[str]
) -> gpd.GeoDataFrame:
    """Land and water; returns the countries' outlines, by name, as drawn."""
    folder = paths.root() / "data"
    west, south, east, north = frame
    more = MARGIN * (east - west)
    beyond = (west - more, south - more, east + more, min(north + more, 84))
    detail = (view[2] - view[0]) / 800  # metres: finer shows nowhere
    around = shapely.buffer(box(*view), 20 * detail).bounds  # a little more, so that no border runs along the edge
    land = geography.window(geography.read(folder, "countries"), *beyond).dissolve("name").to_crs(projection)
    land["geometry"] = shapely.coverage_simplify(land.geometry.to_numpy(), detail)
    land["geometry"] = land.clip_by_rect(*around)
    pieces = land.explode(index_parts=False)
    land = pieces[pieces.area > 40 * detail**2].dissolve("name")  # islets too small to be seen
    colours = [scheme.home if name == home else scheme.host if name in shaded else scheme.land for name in land.index]
    land.plot(ax=axes, color=colours, edgecolor=scheme.soft, linewidth=0.5, zorder=1)
    for layer, style in (
        ("lakes", {"color": scheme.water, "edgecolor": "none"}),
        ("rivers", {"color": scheme.water, "linewidth": 0.9}),
    ):
        water = geography.window(geography.read(folder, layer), *beyond).to_crs(projection)
        water = water.simplify(detail).clip_by_rect(*around)
        water = water[(~water.is_empty) & (water.minimum_bounding_radius() > 25 * detail)]
        if len(water):
            water.plot(ax=axes, zorder=2, **style)
    return land


def _arrows(data: pd.DataFrame, projection: str) -> list[tuple[Any, tuple[float, float], tuple[float, float]]]:
    rows = data[data["mark"] == "arrow"]
    if rows.empty:
        return []
    starts = zip(*_project(rows, projection, "longitude", "latitude"), strict=True)
    ends = zip(*_project(rows, projection, "to_longitude", "to_latitude"), strict=True)
    return list(zip(rows.itertuples(), starts, ends, strict=True))


def _bend(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Bow of an arrow, as a share of its length: always to the south."""
    return math.copysign(0.18, end[0] - start[0])


def _bow(start: tuple[float, float], end: tuple[float, float]) -> np.ndarray:
    """Points along an arrow as matplotlib's arc3 draws it."""
    one, other = np.array(start), np.array(end)
    middle = (one + other) / 2 + _bend(start, end) * np.array([other[1] - one[1], one[0] - other[0]])
    t = np.linspace(0, 1, 9)[:, None]
    return (1 - t) ** 2 * one + 2 * t * (1 - t) * middle + t**2 * other


def _arrow(axes: Axes, row: Any, start: tuple[float, float], end: tuple[float, float], scheme: Scheme) -> None:
    known = not math.isnan(row.low)
    width = max(1.2, row.low / PERSONS_PER_POINT) if known else 1.1
    head = 5 + 1.2 * width if known else 7
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle=f"{'-|>' if known else '->'},head_length={head / 10:.2f},head_width={head / 16:.2f}",
            mutation_scale=10,
            connectionstyle=f"arc3,rad={_bend(start, end)}",
            shrinkA=7,
            shrinkB=8,
            lw=width,
            ls="-" if known else (0, (4, 2.5)),
            color=scheme.of("left"),
            joinstyle="miter",
            capstyle="butt",
            zorder=5,
        )
    )


def _mark(axes: Axes, row: Any, x: float, y: float, scheme: Scheme, ground: str, taken: list[Any]) -> None:
    """One place: its mark, and its label on the first side where it covers nothing."""
    colour = scheme.of("refuge")
    width = axes.get_xlim()[1] - axes.get_xlim()[0]
    soft = SOFT_SHARE * width
    low, high = float(getattr(row, "low", math.nan)), float(getattr(row, "high", math.nan))
    reach = {"town": 0.0, "note": 0.0, "number": max(_radius(low), _radius(high))}.get(row.mark, soft)
    if row.mark == "town":
        axes.plot(x, y, "o", color=scheme.ink, ms=4.5, zorder=6)
    elif row.mark == "note":
        pass
    elif row.mark == "unknown":
        axes.add_patch(Circle((x, y), reach, fill=False, ec=colour, ls=(0, (1, 2)), lw=1.6, zorder=4))
    else:
        inner = _radius(low) if row.mark == "number" else soft
        for share in (1.0, 0.75, 0.5):  # a soft edge
            axes.add_patch(Circle((x, y), inner * share, color=colour, alpha=0.22, lw=0, zorder=4))
        if high > low:
            axes.add_patch(Circle((x, y), _radius(high), fill=False, ec=colour, ls="--", lw=1.1, zorder=4))
    gap = 7 + reach * WIDTH * 72 / width
    for right, up, ha, va in SIDES:
        slant = 0.75 if right and up else 1
        label = _text(axes, row.label, (x, y), offset=(right * gap * slant, up * gap * slant), ha=ha, va=va,
                      size=10.5, colour=scheme.ink, ground=ground, zorder=7)  # fmt: skip
        if _free(label, axes, taken):
            return
        label.remove()


def _names(
    axes: Axes, land: gpd.GeoDataFrame, labels: dict[str, str], view: Any, home: str, scheme: Scheme, taken: list[Any]
) -> None:
    """Names of countries, each in its widest visible part, where nothing else is written."""
    for name, label in labels.items():
        if name not in land.index:
            continue
        seen = land.geometry[name].intersection(view)
        parts = sorted(getattr(seen, "geoms", [seen]), key=lambda part: part.area)
        if not parts or parts[-1].is_empty:
            continue
        at_home = name == home
        middle = shapely.maximum_inscribed_circle(parts[-1]).coords[0]
        for shift in (0, 14, -14, 24, -24, 36, -36):
            text = _text(axes, label.upper() if at_home else label, middle, offset=(0, shift), zorder=3,
                         colour=scheme.soft, size=10.5 if at_home else 9.5, ground=None)  # fmt: skip
            if _free(text, axes, taken):
                break
            text.remove()


def _free(text: Annotation, axes: Axes, taken: list[Any]) -> bool:
    """Whether a text lies inside the map and covers no other; if so its place is taken."""
    extent = text.get_window_extent(axes.figure.canvas.get_renderer())  # type: ignore[attr-defined]
    frame = axes.bbox
    inside = extent.x0 > frame.x0 and extent.x1 < frame.x1 and extent.y0 > frame.y0 and extent.y1 < frame.y1
    if not inside or any(extent.overlaps(other) for other in taken):
        return False
    taken.append(extent)
    return True


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
    ground: str | None,
    zorder: int,
    offset: tuple[float, float] = (0, 0),
    ha: str = "center",
    va: str = "center",
) -> Annotation:
    backing = {"facecolor": ground, "edgecolor": "none", "alpha": 0.75, "pad": 0.6} if ground else None
    return axes.annotate(
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
    )
