"""What no cell of a table may hold, whatever its column: what a reader cannot see, or would take for something else.

Belongs here: one cell, its text and its field. Not here: what a schema says of it (`schema`), or rows and tables
(`validation`).
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from itertools import pairwise
from typing import Any

NUMBER = {"number": re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII), "integer": re.compile(r"-?\d{1,15}", re.ASCII)}
SCRIPTS = {"LATIN", "CYRILLIC", "GREEK"}  # with letters that look alike
QUOTED = {"excerpt"}  # columns that hold a page's own words, whatever digits it writes

Fault = tuple[str, str]  # what is found, what is allowed


def fault(field: Any, text: str) -> Fault | None:
    """What is wrong with a cell; None if nothing.

    Args:
        field: the column's field of the schema: `name`, `type`, `constraints`.
    """
    if not text:
        return None
    return _unseen(text) or _alike(str(field.name), text) or _run(str(field.type), text) or _value(field, text)


def _run(kind: str, text: str) -> Fault | None:
    """A text that a spreadsheet would take for a formula when it opens the table."""
    if kind == "string" and re.match(r"[=@+-]", text) and not re.fullmatch(r"[+-][\d.,% ]+", text):
        return f"{text!r} begins as a formula does", "a text that begins otherwise"
    return None


def _unseen(text: str) -> Fault | None:
    if text != text.strip():
        return (f"{text!r} begins or ends with a blank", "no blank at either end") if text.strip() else (
            f"{text!r} holds blanks and nothing else", "a value, or nothing")  # fmt: skip
    for character in text:
        if unicodedata.category(character)[0] in "CZ" and character != " ":
            name = unicodedata.name(character, "a control character").lower()
            return f"{text!r} holds {name} (U+{ord(character):04X})", "letters, digits, marks and plain blanks"
    if not unicodedata.is_normalized("NFC", text):
        return f"{text!r} holds a letter in two parts", "letters in one part each (NFC)"
    return None


def _alike(column: str, text: str) -> Fault | None:
    """Letters and digits that look like others."""
    if text.isascii():
        return None
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word} & SCRIPTS
        if len(scripts) > 1:
            return f"{text!r} mixes {' and '.join(sorted(scripts)).title()} letters in {word!r}", "one script in a word"
    strange = next((digit for digit in text if digit.isdecimal() and not digit.isascii()), "")
    if strange and column not in QUOTED:
        return f"{text!r} holds the digit {strange!r} (U+{ord(strange):04X})", "the digits 0 to 9"
    return None


def _value(field: Any, text: str) -> Fault | None:
    kind, pattern = str(field.type), field.constraints.get("pattern", "")
    if kind in NUMBER and not NUMBER[kind].fullmatch(text):
        return (
            f"{text!r} is of another type",
            f"a value of the type {kind}, in up to 15 digits, a point before decimals",
        )
    if pattern.startswith("\\d{4}") and re.fullmatch(pattern, text):
        return date_fault(text)
    return None


def date_fault(text: str) -> Fault | None:
    """A year, month or day that is none, or two of them, the later first."""
    ends = [end for end in text.split("/") if end]
    try:
        days = [datetime.date.fromisoformat(f"{end}-01-01"[:10]) for end in ends]
    except ValueError:
        return f"{text!r} is no date", "a year, month or day as in the calendar"
    if any(later < earlier for earlier, later in pairwise(days)):
        return f"{text!r} ends before it begins", "the earlier date first"
    return None
