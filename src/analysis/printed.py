"""What a printed number says: words, ranges, thousands marks and units become bounds.

Belongs here: reading one number as the paper prints it. Not here: what an analysis makes of it.
"""

from __future__ import annotations

import re

WORDS = {
    "one-third": 100 / 3,
    "half a million": 500_000,
    "a million": 1_000_000,
    "a year": 1,
    "first": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "seventh": 7,
    "ninth": 9,
    "sixty": 60,
}
SCALES = {"thousand": 1_000, "million": 1_000_000}
OPEN_ABOVE = {"over", "more than"}
OPEN_BELOW = {"less than"}

_NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_DIGITS = re.compile(rf"({_NUMBER})(?:\s*(?:–|-|and)\s*({_NUMBER}))?\s*(thousand|million)?")
_WORD = re.compile(rf"\b({'|'.join(WORDS)})\b(?:\s+(thousand|million))?", re.I)

Bounds = tuple[float | None, float | None]


def bounds(value_text: str, qualifier: str = "none") -> Bounds:
    """Low and high as printed; `None` where the print leaves a bound open or states no number.

    >>> bounds("1.3-1.5 million")
    (1300000.0, 1500000.0)
    >>> bounds("60–70,000")
    (60000.0, 70000.0)
    >>> bounds("more than 100,000", "more than")
    (100000.0, None)
    >>> bounds("1,413,500 3")
    (1413500.0, 1413500.0)
    """
    text = value_text.lower()
    if match := _DIGITS.search(text):
        low, high = (_plain(part) for part in (match[1], match[2] or match[1]))
        scale = SCALES.get(match[3], 1)
        if low < 1_000 and "," in (match[2] or ""):  # "60–70,000": the thousands stand for both
            low *= 1_000
    elif match := _WORD.search(text):
        low = high = float(WORDS[match[1]])
        scale = SCALES.get(match[2], 1)
    else:
        return None, None
    return (
        None if qualifier in OPEN_BELOW else low * scale,
        None if qualifier in OPEN_ABOVE else high * scale,
    )


def _plain(digits: str) -> float:
    return float(re.sub(r"[, ]", "", digits))
