"""A table as a picture for a slide: its first rows, its title above it, its notes and whose numbers they are below, and the same in its file.

    tabled.png(frame, head=["Island", "people"], rows=[["Brack", "1,500"]], right=[False, True])

Belongs here: how a table is set as a picture. Not here: what it says (`exhibits.downloads`), the table on a page. It is set without
Matplotlib, which would take ten times as long for what is text alone. The same table gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from edition.charts.framed import Frame, said
from edition.charts.style import LIGHT, PAPER

WIDTH, EDGE, GAP = 2000, 56, 28  # pixels: of the picture, around everything, between columns
SHOWN, HIGHEST = 20, 1600  # rows, and pixels of them, at most: a slide holds no more
SIZES = (32, 28, 24, 20, 17)  # pixels: type of the cells, the largest with which no word is wider than its column
TITLE, SMALL = 44, 24
LEADING = 1.3
DOTS = 300  # an inch
SHADES = 16


def png(frame: Frame, head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> bytes:
    """The picture.

    Args:
        right: for each column whether it stands to the right, as numbers do.
    """
    shown = [head, *rows[:SHOWN]]
    size, widths = _columns(shown)
    text, bold, room = face("Regular", size), face("Semibold", size), WIDTH - 2 * EDGE
    set_rows = [
        [lines(cell, text if n else bold, width) for cell, width in zip(row, widths, strict=True)]
        for n, row in enumerate(shown)
    ]
    heights = [max(map(len, row)) * size * LEADING + 0.5 * size for row in set_rows]
    while sum(heights) > HIGHEST and len(heights) > 2:
        heights.pop()
    left = len(rows) - len(heights) + 1
    above = lines(frame.title, face("Semibold", TITLE), room)
    unit = lines(frame.subtitle, face("Regular", size), room) if frame.subtitle else []
    more = f"and {left} more row{'s' * (left > 1)}, which are in the file of data" if left else ""
    below = [part for part in (more, frame.caption, frame.source, frame.credit, frame.address) if part]
    told = [line for part in below for line in lines(part, face("Regular", SMALL), room)]
    height = 2 * EDGE + len(above) * TITLE * LEADING + len(unit) * size * LEADING + size + sum(heights)
    canvas = Image.new("RGB", (WIDTH, round(height + size + len(told) * SMALL * LEADING)), PAPER[LIGHT.name])
    draw, y = ImageDraw.Draw(canvas), float(EDGE)

    def put(each: Sequence[str], kind: str, size: int, colour: str) -> None:
        nonlocal y
        for line in each:
            draw.text((EDGE, y), line, fill=colour, font=face(kind, size))
            y += size * LEADING

    put(above, "Semibold", TITLE, LIGHT.ink)
    put(unit, "Regular", size, LIGHT.soft)
    y += size
    for n, (row, tall) in enumerate(zip(set_rows, heights, strict=False)):
        x = EDGE
        for cell, width, side in zip(row, widths, right, strict=True):
            for m, line in enumerate(cell):
                at = (x + width if side else x, y + m * size * LEADING)
                draw.text(at, line, fill=LIGHT.ink, font=text if n else bold, anchor="ra" if side else "la")
            x += width + GAP
        y += tall
        draw.line((EDGE, y - 0.25 * size, WIDTH - EDGE, y - 0.25 * size), LIGHT.soft if n else LIGHT.ink, 1 if n else 3)
    y += size
    put(told, "Regular", SMALL, LIGHT.soft)
    packed, about = io.BytesIO(), PngImagePlugin.PngInfo()
    for name, value in said(frame, "png"):
        about.add_itxt(name, value)
    canvas.quantize(SHADES, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        packed, "png", pnginfo=about, dpi=(DOTS, DOTS)
    )
    return packed.getvalue()


@cache
def face(kind: str, size: int) -> ImageFont.FreeTypeFont:
    """The typeface of the pictures, `Regular` or `Semibold`, at a size in pixels."""
    file = Path(__file__).parent / "fonts" / f"SourceSans3-{kind}.ttf"
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def lines(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """A text broken into lines no wider than so many pixels; a longer word stands alone."""
    found: list[list[str]] = [[]]
    wide = 0.0
    for word in text.split():
        longer = wide + (_wide(" ", font) if found[-1] else 0) + _wide(word, font)
        if longer <= width or not found[-1]:
            found[-1].append(word)
            wide = longer
        else:
            found.append([word])
            wide = _wide(word, font)
    return [" ".join(words) for words in found]


@cache
def _wide(word: str, font: ImageFont.FreeTypeFont) -> float:
    """The width of a word in pixels."""
    return font.getlength(word)


def _columns(rows: Sequence[Sequence[str]]) -> tuple[int, list[int]]:
    """The size of type, and how wide each column is: as its longest word at least, beyond that as its text asks for."""
    for size in SIZES:
        font = face("Semibold", size)
        room = WIDTH - 2 * EDGE - GAP * (len(rows[0]) - 1)
        columns = list(zip(*rows, strict=True))
        blank = _wide(" ", font)
        words = [[[_wide(word, font) for word in cell.split()] for cell in column] for column in columns]
        least = [max((word for cell in column for word in cell), default=0) for column in words]
        most = [max(sum(cell) + blank * (len(cell) - 1) for cell in column) for column in words]
        if sum(least) <= room:
            break
    if sum(most) <= room:
        return size, [round(width) + 1 for width in most]
    spare = max(room - sum(least), 0) / sum((full - need) ** 0.5 for full, need in zip(most, least, strict=True))
    return size, [round(need + spare * (full - need) ** 0.5) for full, need in zip(most, least, strict=True)]
