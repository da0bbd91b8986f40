"""The picture by which a page is shared: its title, the book's name, and beside them the page's first figure.

    sharing.picture("The islanders", "The Islanders of Vell", png, "#006f82")      # bytes of a PNG, 1200 by 630

Belongs here: that picture. Not here: the tags that lead to it (`metadata`), the figures (`edition.charts`).
The same words and figure give the same bytes.
"""

from __future__ import annotations

import io
from pathlib import PurePosixPath

from PIL import Image, ImageDraw

from edition.charts.tabled import face, lines

FOLDER = "sharing"  # of the site
SIZE = (1200, 630)  # what the sites on which pages are shared ask for
EDGE, STRIPE, COLUMN = 56, 14, 460  # pixels: around everything, of the accent above it, the width of the words
INK, SOFT = "#14181e", "#57606a"
FACE = "Semibold"
COLOURS = 96


def address(base: str, page: str) -> str:
    """Where the picture of a page stands, notebooks/islanders or its file; "" for a site without an address."""
    return f"{base}{FOLDER}/{PurePosixPath(page).stem}.png" if base else ""


def picture(title: str, book: str, figure: bytes | None, accent: str) -> bytes:
    """The picture as a PNG.

    Args:
        figure: a PNG with a light ground; None for a page that has none, whose words have the whole width.
        accent: colour of the stripe, as #006f82.
    """
    canvas = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, SIZE[0], STRIPE), fill=accent)
    width = COLUMN if figure else SIZE[0] - 2 * EDGE
    size = next((size for size in (64, 56, 48) if len(lines(title, face(FACE, size), width)) <= 4), 40)
    draw.multiline_text(
        (EDGE, EDGE + STRIPE),
        "\n".join(lines(title, face(FACE, size), width)),
        fill=INK,
        font=face(FACE, size),
        spacing=8,
    )
    name = "\n".join(lines(book, face(FACE, 28), width))
    draw.multiline_text((EDGE, SIZE[1] - EDGE), name, fill=SOFT, font=face(FACE, 28), spacing=6, anchor="ld")
    if figure:
        shown = Image.open(io.BytesIO(figure)).convert("RGB")
        left = EDGE + COLUMN + EDGE
        shown.thumbnail((SIZE[0] - left - EDGE // 2, SIZE[1] - STRIPE - EDGE), Image.Resampling.BICUBIC, reducing_gap=2)
        canvas.paste(shown, (SIZE[0] - EDGE // 2 - shown.width, (SIZE[1] + STRIPE - shown.height) // 2))
    packed = io.BytesIO()
    canvas.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(packed, "png")
    return packed.getvalue()
