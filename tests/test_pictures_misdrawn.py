"""A picture cannot be read on a phone, its words are not found, or a file of it alone does not say what it is and whose."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from PIL import Image

from edition.build import contents
from edition.charts import cuts, export, style, words
from edition.charts import dark as exchanged
from edition.charts.chart import CHARTS
from edition.charts.style import CUTS, DARK, LARGE, LIGHT, SMALL, Cut
from edition.exhibits import citation, downloads, stored
from edition.exhibits.exhibit import CAPTION, TITLE
from edition.exhibits.record import FigureRecord, Record
from tests.conftest import ROOT
from tests.pictures import faults, texts

RECORDS: list[Record] = [record for path in contents.chapters(ROOT) for record in stored.records(path)]
FIGURES = {record.id: record for record in RECORDS if isinstance(record, FigureRecord)}
ONE_OF_EACH = {
    type(record.chart): record.id for record in reversed(FIGURES.values())
}  # the first of every chart there is
SHOWN = {"desk": 640, "phone": 342}  # pixels in which a page shows a cut, on a screen of 1,280 and of 390
LEAST = {"desk": 12.0, "phone": 11.0}  # pixels of type


@cache
def drawn(name: str, cut: Cut) -> Figure:
    return cuts.laid_out(FIGURES[name].draw, LIGHT.cut(cut))


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("name", ONE_OF_EACH.values())
def test_type_is_too_small_or_too_large_or_leaves_the_picture(name: str, cut: Cut) -> None:
    figure = drawn(name, cut)
    pixels = SHOWN[cut] / (72 * CUTS[cut])
    sizes = {word.size for word in words.words(figure)}
    assert sizes and all(SMALL <= size <= LARGE and size * pixels >= LEAST[cut] for size in sizes), sizes
    assert not faults(figure)


def level(figure: Figure) -> Iterator[tuple[str, float]]:
    """Texts that name a mark or its row, and how many points the middle of their capitals is off."""
    for text in figure.findobj(Annotation):
        if text.get_verticalalignment() == "baseline" and text.xyann[1] < 0 and "\n" not in text.get_text():
            mark = text.axes.transData.transform((0, text.xy[1]))[1] * 72 / figure.dpi
            base = text.get_transform().transform(text.get_position())[1] * 72 / figure.dpi
            yield text.get_text(), base + 0.33 * text.get_size() - mark


@pytest.mark.parametrize("name", [name for chart, name in ONE_OF_EACH.items() if chart.__name__ != "Map"])
def test_a_name_is_not_level_with_its_mark(name: str) -> None:
    figure = drawn(name, "desk")
    assert all(abs(off) < 0.5 for _, off in level(figure)), list(level(figure))


@pytest.mark.parametrize("name", ONE_OF_EACH.values())
def test_a_word_of_a_picture_is_not_found(name: str) -> None:
    """Those with a halo were not: what draws it hands on outlines."""
    figure = drawn(name, "phone")
    layer = words.layer(figure).decode()
    said = {unescape(line) for line in re.findall(r">([^<]+)</text>", layer)}
    written = {line for text in texts(figure) for line in text.get_text().split("\n") if line.strip()}
    assert written <= said and 'aria-hidden="true"' in layer


@pytest.mark.parametrize("name", [ONE_OF_EACH[CHARTS["estimates"]], ONE_OF_EACH[CHARTS["map"]]])
def test_a_colour_stays_light_in_the_dark(name: str) -> None:
    """A picture in the dark scheme's colours has those that it has when it is drawn in that scheme."""
    light, dark = (cuts.laid_out(FIGURES[name].draw, scheme) for scheme in (LIGHT, DARK))
    as_drawn = export.export(dark, "svg", DARK)
    assert colours(exchanged.svg(export.export(light, "svg", LIGHT))) == colours(as_drawn)


@pytest.mark.parametrize("name", ONE_OF_EACH.values())
def test_a_thumbnail_in_the_dark_is_another_picture_than_one_drawn_there(name: str) -> None:
    light, dark = (cuts.laid_out(FIGURES[name].draw, scheme) for scheme in (LIGHT, DARK))
    painted, drawn = (
        np.asarray(Image.open(io.BytesIO(file)).convert("RGB"), dtype=int)
        for file in (export.export(light, "dark.thumb", LIGHT), export.export(dark, "thumb", DARK))
    )
    assert painted.shape == drawn.shape and np.abs(painted - drawn).max() <= 2


def test_a_colour_of_the_dark_is_exchanged_once_more() -> None:
    """What is painted in two steps has its colour exchanged in each."""
    known = exchanged.exchanged()
    assert not {dark for light, dark in known.items() if light != dark} & set(known)


def colours(svg: bytes) -> list[bytes]:
    return re.findall(rb"(?:fill|stroke): (#[0-9a-f]{6})", svg)


@pytest.fixture(scope="module")
def taken() -> tuple[FigureRecord, dict[str, bytes]]:
    record = FIGURES["fig-answers"].model_copy(update={"title": "A title & more", "subtitle": "Persons, 2001"})
    return record, downloads.content(record, citation.edition(ROOT))


def test_a_file_alone_does_not_say_what_it_is_and_whose(taken: tuple[FigureRecord, dict[str, bytes]]) -> None:
    record, files = taken
    svg = files["svg"].decode()
    assert "<title>A title &amp; more</title><desc>Persons, 2001. " in svg and citation.LICENCE_AT in svg
    png = Image.open(io.BytesIO(files["png"]))
    assert png.text["Title"] == record.title and record.source in png.text["Description"]  # type: ignore[attr-defined]
    assert png.text["Copyright"] == citation.LICENCE_AT  # type: ignore[attr-defined]
    assert b"/Title (A title & more)" in files["pdf"] and b"/Author" in files["pdf"] and b"/Subject" in files["pdf"]
    assert b"CreationDate" not in files["pdf"]


def test_a_file_alone_has_no_ground_or_no_room_for_its_frame(taken: tuple[FigureRecord, dict[str, bytes]]) -> None:
    _, files = taken
    png = Image.open(io.BytesIO(files["png"])).convert("RGBA")
    assert png.getpixel((2, 2)) == png.getpixel((png.width - 3, png.height - 3)) == (255, 255, 255, 255)
    width, height = map(float, export.svg_size(files["svg"]) or ())
    _, shown = map(float, export.svg_size(files["desk.svg"]) or ())
    assert width > 72 * style.DESK and height > shown + 60
    assert b"#14181e" in files["dark.svg"] and b"#14181e" not in files["svg"]


@pytest.mark.weekly
def test_a_file_is_another_when_it_is_made_again(taken: tuple[FigureRecord, dict[str, bytes]]) -> None:
    record, files = taken
    again = downloads.content(record, citation.edition(ROOT))
    assert {ending for ending in files if files[ending] != again[ending]} == set()


@pytest.mark.parametrize("record", [record for record in RECORDS if record.title], ids=lambda record: record.id)
def test_a_title_or_a_caption_is_long(record: Record) -> None:
    assert len(record.title.split()) <= TITLE and not record.title.endswith("."), record.title
    assert len(record.caption.split()) <= CAPTION and not record.subtitle.endswith(".")


def test_an_exhibit_has_no_title() -> None:
    assert [record.id for record in RECORDS if not record.title or not record.subtitle] == []
