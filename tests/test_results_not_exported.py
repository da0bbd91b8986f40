"""A chapter cannot be swept: it hands over nothing."""

from __future__ import annotations

import pytest

from edition.asking import chapters
from tests.conftest import ROOT

CHAPTERS = sorted(chapters.parameters())


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_hands_over_no_results(chapter: str) -> None:
    assert "export(chapter.results(tables, chosen))" in (ROOT / "notebooks" / f"{chapter}.ipynb").read_text("utf-8")
