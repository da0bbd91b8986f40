"""What a printed number or date says: words, ranges, thousands marks and units become bounds, periods become years.

Belongs here: reading one number or one date as the paper prints it. Not here: what an analysis makes of it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

WORDS: dict[str, int | Fraction] = {
    "one-third": Fraction(100, 3),
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
INDEFINITE = ("decades", "few")  # "first decades" counts nothing
OPEN_ABOVE = {"over", "more than"}
OPEN_BELOW = {"less than"}
QUALIFIERS = {  # qualifier → the words that say it
    "about": "about|approximately|roughly|more or less",
    "over": r"over|above|exceed\w*",
    "more than": "more than",
    "less than": "less than",
    "almost": "almost",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

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
    >>> bounds("900–1,100")
    (900.0, 1100.0)
    >>> bounds("more than 100,000", "more than")
    (100000.0, None)
    >>> bounds("1,413,500 3")
    (1413500.0, 1413500.0)
    """
    text = value_text.lower()
    if any(word in text.split() for word in INDEFINITE):
        return None, None
    if match := _DIGITS.search(text):
        low, high = (_plain(part) for part in (match[1], match[2] or match[1]))
        scale = SCALES.get(match[3], 1)
        if "," in (match[2] or "") and low < 1_000 and low * 1_000 <= high:  # "60–70,000": the thousands stand for both
            low *= 1_000
    elif match := _WORD.search(text):
        low = high = Fraction(WORDS[match[1]])
        scale = SCALES.get(match[2], 1)
    else:
        return None, None
    return (
        None if qualifier in OPEN_BELOW else float(low * scale),
        None if qualifier in OPEN_ABOVE else float(high * scale),
    )


def _plain(digits: str) -> Fraction:
    return Fraction(re.sub(r"[, ]", "", digits))


def qualifier(value_text: str) -> str:
    """The word that qualifies a number, as the vocabulary has it; `none` where it is plain.

    >>> qualifier("More or less 300 thousand")
    'about'
    >>> qualifier("exceeded 14 million")
    'over'
    """
    found = (name for name, words in QUALIFIERS.items() if re.search(rf"\b({words})\b", value_text, re.I))
    return next(found, "none")


class Period(NamedTuple):
    """The years that a printed date names; `loose` where it names a part of them without bounds (*early 1990s*)."""

    first: int
    last: int
    loose: bool


def period(value_text: str) -> Period | None:
    """The years of a printed date; None where it names none.

    >>> period("1902-1913")
    Period(first=1902, last=1913, loose=False)
    >>> period("second half of the 18th century")
    Period(first=1751, last=1800, loose=False)
    >>> period("since the 1960s")
    Period(first=1960, last=1969, loose=False)
    """
    loose = bool(re.search(r"\b(beginning|early|middle|late|end) of\b|\b(early|late|mid)\b", value_text, re.I))
    if match := re.search(r"(?:(first|second) half of the )?(\d{1,2})(?:st|nd|rd|th) century", value_text, re.I):
        last = 100 * int(match[2])
        half = (match[1] or "").lower()
        return Period(last - (49 if half == "second" else 99), last - (50 if half == "first" else 0), loose)
    years = re.findall(r"\b(\d{4})(s?)\b", value_text)
    if not years:
        return None
    (first, _), (last, decade) = years[0], years[-1]
    return Period(int(first), int(last) + 9 * bool(decade), loose and bool(decade))


def day(value_text: str) -> str:
    """Month and day of a printed date as ISO 8601 has them behind the year; blank where none is printed.

    >>> day("29th of September 1992")
    '-09-29'
    >>> day("end of May 1917")
    '-05'
    """
    month = next((n for n, name in enumerate(MONTHS, start=1) if re.search(rf"\b{name}\b", value_text)), None)
    number = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", value_text)
    return "" if month is None else f"-{month:02d}" + (f"-{int(number[1]):02d}" if number else "")
