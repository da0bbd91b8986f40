"""The cover of the EPUB: the title, and the picture that stands for the book where it has one.

Belongs here: that one drawing. Not here: the pages (`epub`, `pdf`).
"""

from __future__ import annotations

from pathlib import Path

from matplotlib import image
from matplotlib.figure import Figure

from edition import paper
from edition.charts.style import LIGHT, drawing
from edition.exhibits.citation import Edition

SIZE = (6.0, 9.0)  # inches


def draw(source: Path, known: Edition, target: Path) -> None:
    """Draw the cover.

    Args:
        source: executed notebooks, with the files of their exhibits.
    """
    picture = next((source / "exhibits").glob(f"*/{paper.current().cover}.png"), None)
    title, _, kind = known.named.partition(": ")
    with drawing(LIGHT):
        figure = Figure(figsize=SIZE, facecolor="white")
        figure.text(0.09, 0.9, title, fontsize=25, fontweight="semibold", va="top", wrap=True)
        figure.text(0.09, 0.76, kind[:1].upper() + kind[1:], fontsize=14, va="top")
        if picture:
            axes = figure.add_axes((0.07, 0.2, 0.86, 0.5))
            axes.imshow(image.imread(picture))
            axes.axis("off")
        figure.text(0.09, 0.1, ", ".join(known.authors), fontsize=12)
        figure.savefig(target, dpi=200, metadata={"Software": None})
