"""The book's two typefaces, cut down to what a page of it can need: one for reading, and the charts' for tables and captions.

    python -m edition.book.faces FOLDER     # FOLDER holds Source Serif 4 and Source Sans 3 as their makers publish them (variable)

A maintainer's tool: what it writes is kept in `static/faces`, so that a book is made without it and without the compressor
of WOFF2 (the package brotli). The same typefaces give the same bytes. What is cut is no longer what its makers call by
the reserved name, and bears another (licence: `static/faces/faces-LICENSE.txt`).
Belongs here: which letters and weights there are. Not here: where they are used (`static/faces.css`), a chart's type.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

KEPT = Path(__file__).parent / "static" / "faces"
# A page loads the second of each pair only if a letter of it stands there: `unicode-range` of faces.css says the same.
PUNCTUATION = "‐‑‒–—―‘’‚“”„†‡•…‰′″‹›⁄€№−×÷≈≠≤≥½⅓⅔¼¾"
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) + PUNCTUATION + "ȘșȚțʻʼˈᵃᵇᶜᵈᵉᶠᵍ⁰¹²³⁴⁵⁶⁷⁸⁹"
CYRILLIC = "".join(map(chr, range(0x400, 0x460))) + "ҐґҒғҚқҢңҮүҰұҲҳҺһӘәӨө"
FEATURES = ["kern", "liga", "mark", "ccmp", "locl", "tnum", "lnum"]
TEXT_SIZE = 14  # points: the cut of the letters for running text
Place = dict[str, float | tuple[float, float]]
# file → whose letters, at what place on its axes
CUTS: dict[str, tuple[str, Place]] = {
    "serif": ("SourceSerif4[opsz,wght].ttf", {"opsz": TEXT_SIZE, "wght": (400, 600)}),
    "serif-italic": ("SourceSerif4-Italic[opsz,wght].ttf", {"opsz": TEXT_SIZE, "wght": 400}),
    "sans": ("SourceSans3[wght].ttf", {"wght": (400, 600)}),
}


def cut(source: Path, place: Place, letters: str, name: str) -> TTFont:
    """The typeface at a place on its axes with these letters alone, under a name that is not reserved."""
    face = TTFont(source, recalcTimestamp=False)
    options = subset.Options(
        layout_features=FEATURES, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14], hinting=False, desubroutinize=True
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(face)
    face = instancer.instantiateVariableFont(face, place)
    for identifier, said in ((1, f"Edition {name}"), (4, f"Edition {name}"), (6, f"Edition-{name}")):
        face["name"].setName(said, identifier, 3, 1, 0x409)
    face.flavor = "woff2"
    return face


def main() -> None:
    """The command line."""
    for name, (file, place) in CUTS.items():
        for letters, ending in ((LATIN, ""), (CYRILLIC, "-cyrillic")):
            cut(Path(sys.argv[1]) / file, place, letters, f"{name}{ending}").save(KEPT / f"{name}{ending}.woff2")


if __name__ == "__main__":
    main()
