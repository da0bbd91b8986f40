"""What is looked for in every picture."""

from __future__ import annotations

from typing import Any

import shapely
from matplotlib.figure import Figure
from matplotlib.text import Text
from shapely import affinity


def texts(figure: Figure) -> list[Text]:
    """The texts of a figure that can be read; a tick beyond the ends of its axis is not drawn."""
    hidden: set[Text] = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            beyond = [tick for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high]
            off = [axis] if not axes.axison else beyond
            hidden |= {text for part in off for text in part.findobj(Text) if isinstance(text, Text)}
    return [
        t
        for t in figure.findobj(Text)
        if isinstance(t, Text) and t.get_visible() and t.get_text().strip() and t not in hidden
    ]


def _outline(text: Text, renderer: Any) -> shapely.Polygon:
    """Where a text stands, turned as it is, and half a pixel smaller on each side: what only touches does not overlap."""
    box = text.get_window_extent(renderer)
    if text.get_rotation() % 90 == 0:
        return shapely.box(box.x0 + 0.5, box.y0 + 0.5, box.x1 - 0.5, box.y1 - 0.5)
    turned = text.get_rotation()
    text.set_rotation(0)
    level = text.get_window_extent(renderer)
    text.set_rotation(turned)
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    lying = shapely.box(
        x - level.width / 2 + 0.5, y - level.height / 2 + 0.5, x + level.width / 2 - 0.5, y + level.height / 2 - 0.5
    )
    return affinity.rotate(lying, turned)


def faults(figure: Figure) -> list[str]:
    """Texts that leave a figure or overlap."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [(t.get_text(), t.get_window_extent(renderer), _outline(t, renderer)) for t in texts(figure)]
    width, height = figure.canvas.get_width_height()
    found = []
    for n, (text, one, outline) in enumerate(boxes):
        if not (one.x0 >= -1 and one.y0 >= -1 and one.x1 <= width + 1 and one.y1 <= height + 1):
            found.append(f"{text!r} leaves the figure")
        for other_text, _, other in boxes[n + 1 :]:
            if outline.intersects(other):
                found.append(f"{text!r} overlaps {other_text!r}")
    return found
