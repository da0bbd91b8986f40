"""A picture to be taken away: with its title above it, how it is read and whose it is below it, and the same in its file.

    frame = Frame(title="…", subtitle="…", caption="…", source="…", credit="…", address="…")
    framed.files(figure, LIGHT, frame, "svg", "png", "pdf")

Belongs here: what is written around a picture, and what its file says of itself. Not here: what that is (`exhibits.downloads`),
the picture on a page, which has all of it in the page's own words.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from edition.charts.export import CANVAS, DOTS, UNSAID, Kind, lean
from edition.charts.style import PAPER, SMALL, TEXT, Scheme, drawing

EDGE = 14.0  # points between the picture and the edge of the file
TITLE, SMALLEST = 13.0, 8.6  # points: type of the title, and of what is below
LEADING = 1.3
LETTER = 0.475  # of the type's size: about the width of a letter in running text


@dataclass(frozen=True)
class Frame:
    """What is written around a picture.

    Attributes:
        title, subtitle: above it.
        caption: below it, how it is read.
        source: whose numbers it shows.
        credit: edition, version, makers and licence.
        author: the makers alone, for the file.
        licence: address of the licence.
        address: where the picture stands; "" where none is set.
    """

    title: str
    subtitle: str
    caption: str
    source: str
    credit: str
    author: str
    licence: str
    address: str


def files(figure: Figure, scheme: Scheme, frame: Frame, *kinds: Kind) -> list[bytes]:
    """The picture with its frame as files; the figure is laid out, and has the frame from then on.

    The same figure and frame give the same bytes.
    """
    with drawing(scheme):
        room = _write(figure, scheme, frame)
        return [_export(figure, scheme, frame, kind, room) for kind in kinds]


def _write(figure: Figure, scheme: Scheme, frame: Frame) -> Bbox:
    """Write what stands above and below; the room of all, in inches from the picture's lower left."""
    width, height = (72 * side for side in figure.get_size_inches())
    for legend in figure.legends:  # it would else stand at the edge of the file
        legend.set_bbox_to_anchor((0, 0, 1, 1), figure.transFigure)

    def lines(text: str, size: float) -> list[str]:
        return textwrap.wrap(text, int(width / (LETTER * size))) if text else []

    def put(text: str, size: float, y: float, **look: Any) -> float:
        """Write a paragraph whose top is at a height; where its bottom is."""
        for line in lines(text, size):
            y -= size * LEADING
            figure.text(0, (y + 0.3 * size) / height, line, size=size, **look)
        return y

    above = LEADING * (TITLE * len(lines(frame.title, TITLE)) + TEXT * len(lines(frame.subtitle, TEXT))) + 8
    top = height + above
    y = put(frame.title, TITLE, top, weight=600, color=scheme.ink)
    put(frame.subtitle, TEXT, y, color=scheme.soft)
    y = put(frame.caption, SMALL, -8.0, color=scheme.ink)
    y = put(frame.source, SMALLEST, y - 5, color=scheme.ink)
    for text in (frame.credit, frame.address):
        y = put(text, SMALLEST, y, color=scheme.soft)
    return Bbox.from_extents(*(side / 72 for side in (-EDGE, y - EDGE, width + EDGE, top + EDGE)))


def _export(figure: Figure, scheme: Scheme, frame: Frame, kind: Kind, room: Bbox) -> bytes:
    buffer = io.BytesIO()
    CANVAS[kind](figure).print_figure(
        buffer, format=kind, dpi=DOTS.get(kind, 300), facecolor=PAPER[scheme.name], edgecolor="none", bbox_inches=room,
        metadata={**dict.fromkeys(UNSAID[kind]), **dict(said(frame, kind))},
    )  # fmt: skip
    if kind != "svg":
        return buffer.getvalue()
    described = f"<desc>{escape(_description(frame))}</desc>".encode()
    return lean(re.sub(rb"(?<=</title>)", lambda _: described, buffer.getvalue(), count=1))


def _description(frame: Frame) -> str:
    counted = f"{frame.subtitle}." if frame.subtitle else ""
    return " ".join(filter(None, (counted, frame.caption, frame.source, frame.credit, frame.address)))


def said(frame: Frame, kind: Kind) -> Iterator[tuple[str, str]]:
    """What a file says of itself, in the terms of its format."""
    described = _description(frame)
    if kind == "pdf":
        yield from {
            "Title": frame.title,
            "Author": frame.author,
            "Subject": described,
            "Keywords": frame.licence,
        }.items()
        return
    yield from {"Title": frame.title, "Description": described, "Source": frame.address or frame.source}.items()
    if kind == "svg":
        yield from {"Creator": frame.author, "Rights": frame.licence, "Language": "en"}.items()
    else:
        yield from {"Author": frame.author, "Copyright": frame.licence}.items()
