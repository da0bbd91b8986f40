"""A number as it is printed anywhere: marks of thousands and decimals, ranges, and words of five languages become bounds.

    readings("1,3–1,5 млн")   # [Reading(low=1300000.0, high=1500000.0, qualifier='none')]
    readings("1,500 тыс.")    # two: 1,500 and 1,500,000; whoever asks decides, or refuses both

English, German, Russian, Kazakh and Chinese are known. What is counted is whole, which leaves most numbers one reading.
Belongs here: every reading that a text allows. Not here: choosing among them, or how the paper prints its own numbers
(`printed`). Babel reads a number by one locale that is known beforehand, and no words.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

QUALIFIERS = {  # qualifier → the words and signs that say it
    "about": "about|around|approximately|approx.|roughly|circa|ca.|ca|c.|some|more or less|etwa|rund|ungefähr|zirka|около|ок.|"
    "примерно|приблизительно|порядка|шамамен|жуық|大约|大概|约|約|左右|~|≈",
    "almost": "almost|nearly|close to|fast|knapp|beinahe|почти|без малого|дерлік|将近|近",
    "over": "over|above|exceeding|in excess of|über|свыше|超过|逾",
    "more than": "more than|mehr als|более чем|более|больше чем|больше|астам|артық|多|余|>",
    "less than": "less than|fewer than|under|below|weniger als|unter|менее чем|менее|меньше чем|меньше|кем|不到|不足|少于|<",
    "at least": "at least|not less than|no less than|no fewer than|or more|and more|mindestens|wenigstens|oder mehr|und mehr|"
    "не менее чем|не менее|не меньше|как минимум|минимум|и более|или более|кемінде|至少|最少|不少于|以上|≥|>=|+",
    "up to": "up to|at most|no more than|not more than|or less|or fewer|bis zu|höchstens|maximal|не более чем|не более|не больше|"
    "не свыше|максимум|дейін|至多|最多|不超过|以下|≤|<=",
}
OPEN_ABOVE = {"over", "more than", "at least"}
OPEN_BELOW = {"less than", "up to"}
SCALES = {
    1_000: "thousands?|thsd\\.?|k|tsd\\.?|tausend|тыс\\.?|тысяч[аиу]?|мың(?:нан|ға|дай)?",
    1_000_000: "millions?|mln\\.?|mn\\.?|mio\\.?|mill\\.?|millionen|миллион(?:а|ов|нан|ға|дай)?|млн\\.?(?:–?(?:нан|ға))?",
}
SIGNS = {"千": 1_000, "万": 10_000, "萬": 10_000, "百万": 1_000_000, "百萬": 1_000_000, "亿": 10**8, "億": 10**8}
WORDS = {Fraction(1, 2): "half a|eine halbe|жарты|пол(?=миллиона|тысячи)", Fraction(1): "an?|one|eine|один|одна|бір"}
NOUNS = "people|persons?|inhabitants|человека?|чел\\.?|жителей|адам|personen|menschen|einwohner|人|名"
MARKS = ((",", "."), (".", ","), (" ", "."), (" ", ","), ("'", "."), ("'", ","))  # of thousands, of decimals

_ALIKE = str.maketrans({**dict.fromkeys("’‘ʼ′`´", "'"), **dict.fromkeys("‐‑‒–—―−-", "–"), "٬": ",", "٫": "."})
_END = r"(?![^\W\d_])"  # the word ends here
_KAZAKH_RANGE = re.compile(r"(?<=[\dнң])\s*–?(?:нен|нан|ден|дан|тен|тан)\s+(?=\d)(.*?)(?:–?(?:ге|ға|ке|қа))?\s+дейін")
_KAZAKH_CASE = re.compile(rf"(?<=\d)–(?:ге|ға|ке|қа|нен|нан|ден|дан|тен|тан){_END}")


class Reading(NamedTuple):
    """One reading of a text; `None` where a bound is open."""

    low: float | None
    high: float | None
    qualifier: str

    def __str__(self) -> str:
        word = "" if self.qualifier == "none" else f"{self.qualifier} "
        ends = dict.fromkeys(f"{end:,.0f}" for end in (self.low, self.high) if end is not None)
        return word + "–".join(ends)


class _Token(NamedTuple):
    kind: str
    value: str | Fraction


def readings(text: str, *nouns: str) -> list[Reading]:
    """Everything that a text can say as a number, or a range, of what is counted whole; empty where it says none.

    Args:
        nouns: what is counted, which may stand beside the number, as `people` may.

    >>> readings("about 1 562 518")
    [Reading(low=1562518.0, high=1562518.0, qualifier='about')]
    >>> readings("1.500"), readings("12 34")
    ([Reading(low=1500.0, high=1500.0, qualifier='none')], [])
    """
    tokens = _tokens(plain(text), nouns)
    if tokens is None:
        return []
    return list(dict.fromkeys(itertools.chain.from_iterable(_parse(tokens, *marks) for marks in MARKS)))


def plain(text: str) -> str:
    """A text with digits, blanks, dashes and apostrophes of one kind, in small letters."""
    text = unicodedata.normalize("NFKC", text).translate(_ALIKE).lower()  # which makes every kind of blank one
    shown = (character for character in text if unicodedata.category(character) != "Cf")
    digits = (str(unicodedata.decimal(character, character)) for character in shown)
    return " ".join("".join(digits).split())


def _phrase(text: str) -> str:
    """A phrase as a pattern: it ends where the word does."""
    return re.escape(text).replace("\\ ", " ") + (_END if re.search("[a-zа-яёіүұқғңөәһßüäö]$", text) else "")


def _patterns() -> list[tuple[re.Pattern[str], str, str | Fraction]]:
    """What a token may look like, its kind and its value; the first that fits is taken."""
    phrases = [(phrase, name) for name, words in QUALIFIERS.items() for phrase in words.split("|")]
    phrases.sort(key=lambda pair: -len(pair[0]))  # "не более" before "более"
    found: list[tuple[str, str, str | Fraction]] = [
        (r"\d+(?:[.,' ]\d+)*", "number", ""),
        *((_phrase(phrase), "qualifier", name) for phrase, name in phrases),
        *((f"(?:{words}){_END}", "scale", Fraction(scale)) for scale, words in SCALES.items()),
        *((sign, "scale", Fraction(scale)) for sign, scale in SIGNS.items()),
        *((f"(?:{words}){'' if '(?=' in words else _END}", "word", value) for value, words in WORDS.items()),
        (f"(?:from|between|von|zwischen|от|с|между|аралығында){_END}|从", "opening", ""),
        (f"to{_END}|–|至|到", "to", ""),
        (f"(?:bis|до){_END}", "until", ""),
        (f"(?:and|und|и|мен|пен|бен){_END}|和|与", "and", ""),
        (f"(?:{NOUNS}){_END}", "noun", ""),
    ]
    return [(re.compile(pattern), kind, value) for pattern, kind, value in found]


_PATTERNS = _patterns()


def _tokens(text: str, nouns: tuple[str, ...]) -> list[_Token] | None:
    """The text in its parts; None where one of them is not known."""
    text = _KAZAKH_CASE.sub("", _KAZAKH_RANGE.sub(r" – \1", text))
    text = re.sub(r"(?<=[\d万亿])~(?=\d)", "–", text)  # a range in Chinese, about before a number
    found = []
    while text := text.strip():
        noun = next((noun for noun in nouns if text.startswith(noun)), None)
        if noun:
            text = text[len(noun) :]
            continue
        fits = ((pattern.match(text), kind, value) for pattern, kind, value in _PATTERNS)
        match, kind, value = next(((match, kind, value) for match, kind, value in fits if match), (None, "", ""))
        if match is None:
            return None
        found.append(_Token(kind, value or match[0]))
        text = text[match.end() :]
    return found


def _parse(tokens: list[_Token], thousands: str, decimals: str) -> list[Reading]:
    """The readings under one way to mark thousands and decimals."""
    qualifiers = {str(token.value) for token in tokens if token.kind == "qualifier"}
    rest = [token for token in tokens if token.kind not in ("qualifier", "noun")]
    if rest and rest[0].kind == "until":
        qualifiers, rest = {*qualifiers, "up to"}, rest[1:]
    opened = any(token.kind == "opening" for token in rest)
    rest = [token for token in rest if token.kind != "opening"]
    joins = [n for n, token in enumerate(rest) if token.kind in ("to", "until", "and")]
    if len(joins) > 1 or len(qualifiers) > 1 or (opened and not joins):
        return []
    if joins and rest[joins[0]].kind == "and" and not opened:
        return []
    parts = [rest[: joins[0]], rest[joins[0] + 1 :]] if joins else [rest]
    amounts = [_amount(part, thousands, decimals) for part in parts]
    return [reading for low, high in _spans(amounts, parts, thousands) for reading in _open(low, high, qualifiers)]


def _spans(amounts: list[Fraction | None], parts: list[list[_Token]], thousands: str) -> list[tuple[int, int]]:
    """The two ends; a scale, or thousands, at the second stand for both where the first has none and stays the lower."""
    low, high = amounts[0], amounts[-1]
    if low is None or high is None:
        return []
    if len(amounts) == 2 and len(parts[0]) == 1:
        last = parts[1][-1]
        shared = (
            Fraction(last.value)
            if last.kind == "scale"
            else Fraction(1_000)
            if last.kind == "number" and len(parts[1]) == 1 and low < 1_000 and thousands in str(last.value)
            else Fraction(1)
        )
        low = low * shared if low * shared <= high else low
    whole = low.denominator == 1 and high.denominator == 1 and (low < high or len(amounts) == 1)
    return [(int(low), int(high))] if whole else []


def _open(low: int, high: int, qualifiers: set[str]) -> list[Reading]:
    """A number, or a range, with its qualifier; a range whose qualifier opens it can be meant in two ways."""
    qualifier = next(iter(qualifiers), "none")
    below, above = qualifier in OPEN_BELOW, qualifier in OPEN_ABOVE
    found = Reading(None if below else float(low), None if above else float(high), qualifier)
    return [found, Reading(float(low), float(high), "none")] if low < high and (below or above) else [found]


def _amount(tokens: list[_Token], thousands: str, decimals: str) -> Fraction | None:
    """A number with its scale, or several with falling scales (1 млн 562 тыс. 518); None for anything else."""
    total, above, rest = Fraction(0), None, list(tokens)
    if not rest:
        return None
    while rest:
        first = rest.pop(0) if rest[0].kind != "scale" else _Token("word", Fraction(1))
        scale = Fraction(1)
        while rest and rest[0].kind == "scale":
            scale *= Fraction(rest.pop(0).value)
        value = Fraction(first.value) if first.kind == "word" else _number(str(first.value), thousands, decimals)
        if scale == 1 and (
            first.kind == "word" or re.fullmatch(rf"\d{{1,3}}{re.escape(decimals)}000", str(first.value))
        ):
            value = None  # "1,000" is never one with three decimals
        if value is None or (above is not None and value * scale >= above):
            return None
        total, above = total + value * scale, scale
    return total


def _number(digits: str, thousands: str, decimals: str) -> Fraction | None:
    """The value of digits under one way to mark thousands and decimals; Indian groups of two are known with commas."""
    mark = re.escape(thousands)
    groups = rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+" + (r"|[1-9]\d?(?:,\d{2})+,\d{3}" if thousands == "," else "")
    match = re.fullmatch(rf"({groups}|\d+)(?:{re.escape(decimals)}(\d+))?", digits)
    if not match:
        return None
    return Fraction(f"{match[1].replace(thousands, '')}.{match[2] or 0}")
