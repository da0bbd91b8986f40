"""A colour means two things in the book, or two colours are one to those who see colours otherwise."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from analysis.paper import HUES, PAPER
from analysis.tables import Tables
from edition.charts.style import PAPER as BEHIND
from edition.charts.style import SCHEMES, Scheme
from edition.exhibits.exhibit import Picture
from tests import states

WORDS = r"\b(blue|orange|green|violet|purple|grey|gr[ae]y|tan|brown|red|yellow|pink|black|white|coloured)\b"
APART = 9.0  # a hundredth of OKLab's unit; below five, patches side by side look alike
VISION = {  # Machado, Oliveira and Fernandes 2009, full deficiency, on linear light
    "usual": np.eye(3),
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


def _light(colour: str) -> np.ndarray:
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def _seen(colour: str, vision: object) -> np.ndarray:
    """Where a colour lies in OKLab (Ottosson 2020), times a hundred, for one kind of sight."""
    lms = [[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]]
    lab = [[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]
    return 100 * np.array(lab) @ np.cbrt(np.array(lms) @ np.clip(np.array(vision) @ _light(colour), 0, 1))


def _hues(scheme: Scheme) -> list[str]:
    return [scheme.series[n] for n, (meaning, _) in enumerate(HUES) if not meaning.startswith("none")]


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=str)
@pytest.mark.parametrize("vision", VISION)
def test_two_hues_look_alike(scheme: Scheme, vision: str) -> None:
    seen = [_seen(colour, VISION[vision]) for colour in _hues(scheme)]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > APART


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=str)
def test_a_label_in_a_hue_cannot_be_read(scheme: Scheme) -> None:
    luminance = [float(_light(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (*_hues(scheme), BEHIND[scheme.name])]
    *hues, behind = luminance
    assert min((max(hue, behind) + 0.05) / (min(hue, behind) + 0.05) for hue in hues) > 4.5


def test_a_hue_has_two_meanings() -> None:
    """The hues are few, and each stands for one thing: who gives a number, or people who moved."""
    named = [meaning for meaning, _ in HUES if not meaning.startswith("none")]
    assert len(named) == len(set(named)) == 4
    assert sorted(PAPER.colours) == sorted(mark for _, marks in HUES for mark in marks), "a mark stands under two"
    assert len(SCHEMES["light"].series) == len(SCHEMES["dark"].series) == len(HUES)


@pytest.mark.parametrize("chapter", states.NOTEBOOKS)
def test_a_caption_points_by_a_colour(tables: Tables, chapter: str) -> None:
    """A colour word in a caption is another colour in the dark, and no colour to some."""
    for exhibit in states.exhibits(tables, chapter, states.of(chapter)[0]):
        notes = exhibit.notes if isinstance(exhibit, Picture) else exhibit.remarks  # type: ignore[attr-defined]
        said = " ".join([exhibit.title, exhibit.subtitle, exhibit.caption, *notes])
        assert not re.search(WORDS, said), exhibit.id
