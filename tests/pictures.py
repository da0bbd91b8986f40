"""What is looked for in every picture."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.text import Text


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


def faults(figure: Figure) -> list[str]:
    """Texts that leave a figure or overlap."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts(figure)]
    width, height = figure.canvas.get_width_height()
    found = []
    for n, (text, one) in enumerate(boxes):
        if not (one.x0 >= -1 and one.y0 >= -1 and one.x1 <= width + 1 and one.y1 <= height + 1):
            found.append(f"{text!r} leaves the figure")
        for other_text, other in boxes[n + 1 :]:
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            down = min(one.y1, other.y1) - max(one.y0, other.y0)
            if across > 1 and down > 1:
                found.append(f"{text!r} overlaps {other_text!r}")
    return found
