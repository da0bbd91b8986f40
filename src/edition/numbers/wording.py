"""Numbers, bounds and credits as text, the same in prose, tables, captions and alternative text.

    number(4134000.0), in_words(3), listing(["Brack", "Sallow"])      # "4,134,000", "three", "Brack and Sallow"
    cite(tables.numbers, row_id)                                        # a text that can be followed to its row

Belongs here: turning a number, a count, a list or a credit into words. Not here: which number a sentence tells (a chapter),
or its way into the page (`glue`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from edition.data.tables import Tables

NBSP = "\N{NO-BREAK SPACE}"
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FEW = 3  # rows that one text can be followed to


def number(value: float, places: int = 0) -> str:
    """A number with thousands commas; blank for NaN.

    >>> number(4134000.0)
    '4,134,000'
    """
    return "" if math.isnan(value) else f"{value:,.{places}f}".replace("-", "−")


def span(low: float, high: float, places: int = 0) -> str:
    """Two bounds as text; an open bound is put in words.

    >>> span(260000, 270000)
    '260,000–270,000'
    >>> span(260000, float("nan"))
    '260,000 or more'
    >>> span(-112500, 172500)
    '−112,500 to 172,500'
    """
    if math.isnan(low) and math.isnan(high):
        return ""
    if math.isnan(high):
        return f"{number(low, places)} or more"
    if math.isnan(low):
        return f"{number(high, places)} or less"
    between = "–" if low >= 0 else " to "
    return number(low, places) if low == high else f"{number(low, places)}{between}{number(high, places)}"


def quantity(low: float, high: float, qualifier: str) -> str:
    """Bounds with the word that qualifies them.

    >>> quantity(350000, float("nan"), "more than")
    'more than 350,000'
    """
    if qualifier in ("about", "almost"):
        return f"{qualifier} {span(low, high)}"
    if qualifier in ("over", "more than", "less than", "at least", "up to"):
        return f"{qualifier} {number(low if math.isnan(high) else high)}"
    return span(low, high)


def signed(value: float) -> str:
    """A difference with its sign, a true minus included."""
    return "" if math.isnan(value) else f"{value:+,.0f}".replace("-", "−")


def between(low: float, high: float, text: Callable[[float], str]) -> str:
    """Two bounds, each in words of its own; an open one is said.

    >>> between(-5, 7, signed), between(-5, float("nan"), signed)
    ('−5 to +7', '−5 or more')
    """
    if math.isnan(low) and math.isnan(high):
        return "not determined"
    if math.isnan(low) or math.isnan(high):
        return f"{text(high)} or less" if math.isnan(low) else f"{text(low)} or more"
    return " to ".join(dict.fromkeys([text(low), text(high)]))


def percent(part: float, whole: float, places: int = 1) -> str:
    """A share as text."""
    return f"{100 * part / whole:.{places}f}{NBSP}%"


def multiple(ratio: float) -> str:
    """How many times one number is another, to three digits.

    >>> multiple(1.25), multiple(9.996), multiple(37.04), multiple(1234.5)
    ('1.25', '10', '37', '1,234')
    """
    return number(ratio) if ratio >= 100 else f"{ratio:.3g}"


def in_words(count: int) -> str:
    """A number as prose has it: to ten as a word.

    >>> in_words(3), in_words(12)
    ('three', '12')
    """
    return SMALL[count] if 0 <= count < len(SMALL) else number(count)


def with_noun(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: one stage, two stages, no stages.

    >>> with_noun(1, "country", "countries")
    'one country'
    """
    return f"{in_words(count)} {noun if count == 1 else plural or noun + 's'}"


def none_or_count(count: int) -> str:
    """How many of a group, in words.

    >>> none_or_count(0), none_or_count(3)
    ('none', 'three')
    """
    return in_words(count) if count else "none"


def out_of(count: int, whole: int) -> str:
    """How many of all, in words.

    >>> out_of(0, 4), out_of(3, 4), out_of(4, 4), out_of(2, 2), out_of(0, 2)
    ('none of four', 'three of four', 'all four', 'both', 'neither of two')
    """
    if whole == 2 and count != 1:
        return "both" if count else "neither of two"
    return f"all {in_words(whole)}" if count == whole > 1 else f"{none_or_count(count)} of {in_words(whole)}"


def ordinal(count: int) -> str:
    """Places in an order, in words to tenth."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    return words[count - 1] if 0 < count <= len(words) else f"number {count}"


def date_in_words(iso: str) -> str:
    """A date as far as it is known: a day, a month, or a year.

    >>> date_in_words("1992-09-29"), date_in_words("2011-05"), date_in_words("2002")
    ('29 September 1992', 'May 2011', '2002')
    """
    return f"{pd.Timestamp(iso):{('%Y', '%B %Y', '%-d %B %Y')[iso.count('-')]}}"


def listing(items: Iterable[str], word: str = "and") -> str:
    """`a, b and c`."""
    names = list(items)
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


class Cited(str):
    """A number in a sentence that knows the rows of the data it is; it can be followed to them.

    Attributes:
        rows: ids of the rows, in the order of the text.
    """

    rows: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, *rows: str) -> Cited:
        """A text with its rows."""
        cited = cls(text)
        cited.rows = rows
        return cited


class Told(str):
    """A sentence with numbers in it that know their rows.

    Attributes:
        parts: the sentence in pieces, each plain or `Cited`.
    """

    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, parts: Iterable[str]) -> Told:
        """A sentence of its pieces."""
        pieces = tuple(parts)
        told = cls("".join(pieces))
        told.parts = pieces
        return told


def cite(numbers: pd.DataFrame, row_id: str) -> Cited:
    """A number as its row has it, with its qualifier.

    Args:
        numbers: rows indexed by id, with `low`, `high` and, if there is one, `qualifier` (see `Tables.numbers`).
    """
    row = numbers.loc[row_id]
    return Cited.of(quantity(row["low"], row["high"], row.get("qualifier", "none")), row_id)


def as_stated(text: str, numbers: pd.DataFrame, row_id: str, *bounds: float) -> str:
    """A text that can be followed to its row if its bounds are the row's own; widened or divided, it stays plain.

    Args:
        numbers: as in `cite`.
        bounds: those that the text tells; NaN for an open one.
    """
    own = numbers.loc[row_id, ["low", "high"]].astype("float64")
    return Cited.of(text, row_id) if pd.Series(bounds, dtype="float64").isin(own).all() else text


def stated_or_taken(text: str, numbers: pd.DataFrame, row_id: str, *bounds: float) -> str:
    """As `as_stated`, but what is widened or divided stands beside what is printed: "about 100,000 (here 94,000–106,000)"."""
    found = as_stated(text, numbers, row_id, *bounds)
    return found if isinstance(found, Cited) else f"{cite(numbers, row_id)} (here {text.removeprefix('about ')})"


def cited_if_few(text: str, rows: Iterable[str]) -> str:
    """A text of several numbers that can be followed, if there are few enough rows to be told at once."""
    ids = tuple(dict.fromkeys(rows))
    return Cited.of(text, *ids) if 0 < len(ids) <= FEW else text


def least_and_most(rows: pd.DataFrame) -> tuple[Cited, Cited]:
    """The least and the largest number of rows with `id`, `low`, `high`."""
    least, most = rows.loc[rows["low"].idxmin()], rows.loc[rows["high"].idxmax()]
    return Cited.of(number(least["low"]), least["id"]), Cited.of(number(most["high"]), most["id"])


PARAGRAPH = "¶"  # before the number of a paragraph, after its section: where a row stands in the text


class Source(str):
    """A source line that knows whom it credits.

    Attributes:
        credited: labels of those whom the paper credits, in the order of the line.
        added: labels of the reader's own sources.
    """

    credited: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, credited: Iterable[str], added: Iterable[str] = ()) -> Source:
        """A line with those it credits."""
        line = cls(text)
        line.credited, line.added = tuple(dict.fromkeys(credited)), tuple(dict.fromkeys(added))
        return line

    def __add__(self, other: str) -> Source:
        both = [(*getattr(self, name), *getattr(other, name, ())) for name in ("credited", "added")]
        return Source.of(str(self) + other, *both)


def source_line(rows: pd.DataFrame, tables: Tables, also: Sequence[str] = ()) -> Source:
    """Where drawn rows stand in the paper and whom it credits, built from the rows.

    Args:
        rows: rows drawn, with `source_id`, `exhibit`, `locator`.
        tables: whose sources they are credited to.
        also: other producers drawn beside them (a map's borders).

    Returns:
        The paper's author, and place by place what the paper credits; paragraphs of one section with the same credit are
        one place. Where the paper credits somebody for a part of a place's rows alone, the line says so, and names the row
        if it is one row of a printed table. A reader's own source (rows with the exhibit `added`) is named after the paper's.
    """
    more = rows.loc[rows["exhibit"] == "added", "source_id"]
    rows = rows.drop(index=more.index)
    places: dict[tuple[str, str], list[str]] = {}
    place = rows["exhibit"].where(rows["exhibit"] != "text", rows["locator"])
    for where, group in rows.groupby(place.to_numpy(), sort=False):
        mine = group[group["source_id"] != tables.author]
        credit = f"crediting {listing(dict.fromkeys(tables.label[mine['source_id']]))}"
        if len(mine) < len(group):
            row = mine["locator"].str.extract("^(row .+), column")[0].unique()
            credit = (
                f"{credit} for {row[0]} alone" if len(row) == 1 and isinstance(row[0], str) else f"in part {credit}"
            )
        section, sign, paragraph = str(where).partition(PARAGRAPH)
        places.setdefault((section, f", {credit}" if len(mine) else ""), []).append(sign + paragraph)
    parts = [
        f"{section}{listing(sorted(paragraphs, key=lambda one: (len(one), one)))}{credit}"
        for (section, credit), paragraphs in places.items()
    ]
    parts = [f"{tables.label[tables.author]}, {parts[0]}", *parts[1:]] if parts else []
    credited = tables.label[rows.loc[~rows["source_id"].isin(tables.own), "source_id"]]
    added = dict.fromkeys(tables.label[more])
    parts += [f"added, not from the paper: {listing(added)}"] if added else []
    return Source.of("; ".join([*parts, *also]).removesuffix(".") + ".", credited, added)


def within_brackets(text: str) -> str:
    """A text to stand in brackets: its own become commas.

    >>> within_brackets("Quill (field study)")
    'Quill, field study'
    """
    return text.replace(" (", ", ").replace(")", "")


def sentence_case(text: str) -> str:
    """A text with a capital at its start and the rest as it is."""
    return text[:1].upper() + text[1:]
