"""Which letters the pictures can draw: those of their typeface, which has the Latin, Greek and Cyrillic alphabets.

Belongs here: what a name that is to be drawn may be written with. Not here: drawing (`charts.style`, which bundles the typeface).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

TYPEFACE = Path(__file__).parents[1] / "charts" / "fonts" / "SourceSans3-Regular.ttf"


def undrawable(text: str) -> list[str]:
    """The letters of a text that no picture can draw, each once, in their order.

    >>> undrawable("Әлем"), undrawable("2020 普查")
    ([], ['普', '查'])
    """
    return [letter for letter in dict.fromkeys(text) if ord(letter) not in _drawable()]


@cache
def _drawable() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # slow to import, and only what a reader adds is asked

    with TTFont(TYPEFACE) as font:
        return frozenset(font.getBestCmap())
