"""The PDF prints an empty box in place of a letter that the data quote: its typeface for them is cut down to those it needs."""

from __future__ import annotations

import unicodedata

from fontTools.ttLib import TTFont

from edition.forms import pdf
from tests.conftest import ROOT


def test_a_han_letter_of_the_data_is_not_in_the_typeface() -> None:
    quoted = {letter for file in (ROOT / "data").glob("*.csv") for letter in file.read_text(encoding="utf-8")}
    han = {letter for letter in quoted if unicodedata.east_asian_width(letter) in ("W", "F")}
    assert han and not han - set(map(chr, TTFont(pdf.HERE / "fonts" / "NotoSansSC.ttf").getBestCmap()))
