"""What each chapter may be asked, the values allowed, and one clear error.

A chapter's notebook sets its defaults in a cell tagged `parameters` and hands its namespace over:

    chosen = parameters.Table1.read(globals())

Belongs here: names, types, ranges and meanings. Not here: defaults (the notebook shows them), or what
a choice does (the computing).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PLAIN = (str, int, float, bool, list, tuple, dict, type(None))
IPYTHON = {"In", "Out"}


class ParameterError(ValueError):
    """A parameter that cannot be used: its name, its value and what is allowed."""


class Chapter(BaseModel):
    """The parameters of one chapter; subclasses declare them, all required."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    _read: ClassVar[set[str]] = set()

    @classmethod
    def chapter(cls) -> str:
        """Name of the chapter's notebook, without its ending.

        >>> Table1.chapter()
        'table_1'
        """
        return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", "_", cls.__name__).lower()

    @classmethod
    def read(cls, namespace: dict[str, Any]) -> Self:
        """The parameters found in a notebook's namespace.

        On its first call in a kernel the namespace holds the parameters and nothing else of a plain
        type, so an unknown name is a parameter that does not exist. Later, when a reader runs the cell
        again, the notebook's own variables stand there too and only the declared names are read.

        Raises:
            ParameterError: an unknown name, a wrong type, or a value out of range.
        """
        found = {
            name: value
            for name, value in namespace.items()
            if not name.startswith("_") and name not in IPYTHON and isinstance(value, PLAIN)
        }
        if cls.__name__ in Chapter._read:
            found = {name: value for name, value in found.items() if name in cls.model_fields}
        chosen = cls.check(found)
        Chapter._read.add(cls.__name__)
        return chosen

    @classmethod
    def check(cls, values: dict[str, Any]) -> Self:
        """The parameters from plain values; raises ParameterError as `read` does."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise ParameterError("\n".join(cls._say(fault) for fault in error.errors())) from None

    @classmethod
    def _say(cls, fault: Any) -> str:
        name = str(fault["loc"][0])
        if fault["type"] == "extra_forbidden":
            return f"unknown parameter {name!r} ({fault['input']!r}); allowed: {', '.join(cls.model_fields)}"
        if fault["type"] == "missing":
            return f"parameter {name!r} is missing; allowed: {cls.allowed(name)}"
        return f"parameter {name!r} is {fault['input']!r}; allowed: {cls.allowed(name)}"

    @classmethod
    def allowed(cls, name: str) -> str:
        """The values a parameter may take, in words."""
        field = cls.model_fields[name]
        if options := get_args(field.annotation):
            return ", ".join(repr(option) for option in options)
        kind = {bool: "True or False", int: "a whole number", float: "a number"}[field.annotation]  # type: ignore[index]
        limits = {type(limit).__name__: limit for limit in field.metadata}
        words = [kind]
        if "Ge" in limits and "Le" in limits:
            words.append(f"from {limits['Ge'].ge} to {limits['Le'].le}")
        return " ".join(words)


class Homeland(Chapter):
    """The homeland."""

    rank_among: Literal["countries", "countries and Antarctica"] = Field(
        description="which areas of the world map are ranked by size"
    )


class Table1(Chapter):
    """Table 1: two scholars' estimates."""

    kazakhstan_column: Literal["mendikulova", "tatimov", "neither"] = Field(
        description="whose the lone number for Kazakhstan is taken to be"
    )
    largest: int = Field(ge=1, le=12, description="how many of the largest communities to add up")


class Table2(Chapter):
    """Table 2: official and field figures."""

    lone_numbers: Literal["official", "field", "neither"] = Field(
        description="to which column the lone numbers for Mongolia and Turkey are taken to belong"
    )
    stray_mark: Literal["ignore", "leave out"] = Field(
        description="whether the number with an unexplained mark beside it is used without the mark or not at all"
    )


class Table3(Chapter):
    """Table 3: the present state."""

    merged_cell: Literal["one", "each"] = Field(
        description="whether the text that spans four countries counts as one answer or as one for each"
    )
    statements: Literal["apart", "all"] = Field(
        description="which statements of the text are set beside the answers: those that do not agree, or all"
    )


class Flight1723(Chapter):
    """The flight of 1723."""

    growth_percent: float = Field(
        ge=0,
        le=2,
        description="growth, in per cent a year, by which the numbers of Table 1 are read back to the flight",
    )


class Stolypin(Chapter):
    """The Stolypin years."""

    left_by_1911: Literal["all", "even", "none"] = Field(
        description="how much of the outflow is taken to have left before the count: all, an even share by years, or none"
    )
    base: Literal["Kazakhs", "all inhabitants"] = Field(
        description="whose percentage the outflow is taken to be, when it is set beside a census"
    )
    about_percent: int = Field(
        ge=0, le=25, description="width given to a number printed with 'about', in per cent either way"
    )


class Refugees1916(Chapter):
    """The refugees of 1916."""

    total: Literal["printed", "parts"] = Field(
        description="whether the balance starts from the printed total or from the sum of its parts"
    )
    kazakh_percent: int = Field(ge=1, le=100, description="share of Kazakhs among the Kazakhs and Kyrgyz who crossed")
    open_bound: Literal["as bound", "leave open"] = Field(
        description="whether 'more than' counts as the number itself or stays without an upper bound"
    )
    about_percent: int = Field(
        ge=0, le=25, description="width given to a number printed with 'about', in per cent either way"
    )


class RevolutionFamine(Chapter):
    """Revolution, civil war, famine."""

    famine_until: int = Field(ge=1930, le=1939, description="last year taken for 'the beginning of the 1930s'")


class IndiaTurkey(Chapter):
    """By Kashmir and India to Turkey."""

    stay_years: int = Field(ge=10, le=20, description="years taken for a stay of 'more than ten years'")


class War(Chapter):
    """Emigrants, captives, legionnaires."""

    open_bound: Literal["as bound", "leave open"] = Field(
        description="whether 'more than' counts as the number itself or stays without an upper bound"
    )


class Labour(Chapter):
    """Turkey and Europe."""

    scholar: Literal["mendikulova", "tatimov"] = Field(description="whose column of Table 1 is used")


class Interlude(Chapter):
    """Sixty years without a wave."""

    last_wave: int = Field(
        ge=1917, le=1945, description="year in which the last wave of mass emigration is taken to end"
    )
    growth_percent: float = Field(ge=0, le=5, description="natural growth, in per cent a year")


class After1991(Chapter):
    """Opening and return."""

    years: int = Field(ge=10, le=30, description="years between the two claims of five million")
    returned_before_percent: int = Field(
        ge=0, le=100, description="share of the returned who came before the first of the two claims"
    )


class Kurultays(Chapter):
    """The World Kurultays."""

    undated_counts: bool = Field(description="whether the meeting without a date counts when the average gap is formed")


class Concept(Chapter):
    """Diaspora or irredenta."""

    scholar: Literal["mendikulova", "tatimov"] = Field(description="whose column of Table 1 is used")
    border_km: int = Field(
        ge=0, le=100, description="how near a country must come to count as bordering, in kilometres"
    )
    cis_row: Literal["bordering", "not bordering", "left out"] = Field(
        description="how the row for the CIS, whose countries are not named, is counted"
    )


class Overview(Chapter):
    """All stages at a glance."""

    show: Literal["all", "stated"] = Field(description="all stages, or only those with a number")


class Estimates(Chapter):
    """Every estimate, side by side."""

    at_least: int = Field(ge=1, le=5, description="how many numbers a host must have to be shown")
    sources: Literal["all", "scholars", "mendikulova", "tatimov", "official", "field", "prose"] = Field(
        description="whose numbers are shown: the scholars of Table 1 or one of them, a column of Table 2, the prose, or all"
    )
    bound: Literal["both", "lowest", "highest"] = Field(
        description="whether a printed range is shown whole or taken at one of its ends"
    )
    uncertain: Literal["keep", "leave out"] = Field(
        description="whether numbers whose column is unclear, or that have a stray mark beside them, are shown"
    )


class WorldTotal(Chapter):
    """The world total."""

    reading: Literal["lowest", "highest"] = Field(
        description="whether the share abroad is told for the lowest or the highest number of Kazakhs abroad"
    )


class Explorer(Chapter):
    """Choose a number for each host."""

    start: Literal["mendikulova", "tatimov", "yermekbay_official", "yermekbay_field", "highest", "lowest"] = Field(
        description="whose numbers the page opens with: a scholar of Table 1, a column of Table 2, or the highest or lowest of each host"
    )
    bound: Literal["both", "lowest", "highest"] = Field(
        description="whether the page opens with a printed range kept whole or taken at one of its ends"
    )


class SizeGroups(Chapter):
    """Three sizes of community."""

    edges: Literal["included", "excluded"] = Field(
        description="whether a number that equals a bound of a category lies inside it"
    )


class China(Chapter):
    """China and Xinjiang."""

    rounding_percent: float = Field(
        ge=0, le=1, description="how far a percentage printed without decimals may be off, in per cent points"
    )


class Russia(Chapter):
    """Russia."""

    about_covers: Literal["first cell", "both cells"] = Field(
        description="whether the word 'about' in the row for Russia covers the cell it stands in or both cells"
    )
    about_percent: int = Field(
        ge=0, le=25, description="width given to a number printed with 'about', in per cent either way"
    )
    uncredited: Literal["keep", "leave out"] = Field(
        description="whether numbers for which the paper credits nobody are used"
    )


class Uzbekistan(Chapter):
    """Uzbekistan."""

    bound: Literal["both", "lowest", "highest"] = Field(
        description="whether the range of the field study is used whole or at one of its ends"
    )
    difference: Literal["net", "gross"] = Field(
        description="whether the scholars' difference is that of their totals, or the sum of the differences of all rows"
    )


class Mongolia(Chapter):
    """Mongolia, and Turkmenistan."""

    lone_number: Literal["official", "field", "neither"] = Field(
        description="to which column of Table 2 the lone number for Mongolia is taken to belong"
    )
    sentence: Literal["each", "together"] = Field(
        description="whether the sentence on Mongolia and Turkmenistan speaks of each or of both together"
    )
    about_percent: int = Field(ge=0, le=25, description="width given to 'more or less', in per cent either way")


class SmallCommunities(Chapter):
    """Small communities."""

    members: Literal["third category", "without a size", "without a size, and the CIS"] = Field(
        description="which hosts count as small: the third category, all countries of Table 1 to which the prose gives "
        "no size, or these and the row for the CIS"
    )
    lone_numbers: Literal["official", "field", "neither"] = Field(
        description="to which column of Table 2 the lone numbers for Mongolia and Turkey are taken to belong"
    )
    bound: Literal["lowest", "highest"] = Field(description="the end at which the range of the field study is taken")
    others: Literal["beside the named", "in all"] = Field(
        description="whether the row for the other countries counts them beside the named ones or all host countries together"
    )


class Language(Chapter):
    """Language and script."""

    scholar: Literal["mendikulova", "tatimov"] = Field(description="whose column of Table 1 is used")
    cis: Literal["row, Uzbekistan and Russia", "row alone", "nobody"] = Field(
        description="which hosts the statement on the CIS countries covers: the row of Table 1 and the two countries "
        "its label takes out by name, the row alone, or nobody"
    )
    tone: Literal["all", "difficulty", "strength"] = Field(
        description="which statements on the condition of the Kazakhs are listed"
    )


class Repatriation(Chapter):
    """Almost a million."""

    scholar: Literal["mendikulova", "tatimov"] = Field(description="whose column of Table 1 is used")
    cis_row: Literal["with the nine", "left out"] = Field(
        description="whether the row for the CIS, whose countries are not named, is counted with the nine origins"
    )
    almost_percent: int = Field(
        ge=0, le=25, description="how far below a million 'almost a million' may lie, in per cent"
    )


class Multiverse(Chapter):
    """Every choice at once."""

    nearness: Literal["every", "strictest"] = Field(
        description="whether a claim is taken at each degree of nearness or only at its strictest"
    )
    choices_shown: int = Field(
        ge=1, le=4, description="how many of the choices that move a claim most stand under its curve"
    )


class Ledger(Chapter):
    """The ledger of claims."""

    years_apart: int = Field(
        ge=1, le=20, description="how many years a count may lie from a dated number to be set against it"
    )
    tolerance_percent: int = Field(
        ge=0, le=25, description="how far a number may lie from a count and still agree, in per cent"
    )


class Benchmark(Chapter):
    """Estimates against counts."""

    years_apart: int = Field(
        ge=1, le=20, description="how many years a count may lie from a dated number to be set against it"
    )
    tolerance_percent: int = Field(
        ge=0, le=25, description="how far a number may lie from a count and still fit it, in per cent"
    )


class Inconsistencies(Chapter):
    """What does not fit."""

    shown: Literal["all", "confirmed by numbers"] = Field(
        description="whether every entry is listed or only those that numbers confirm"
    )


class Sources(Chapter):
    """Who is credited for what."""

    counted: Literal["all numbers", "present-day estimates"] = Field(description="which numbers are counted by credit")


class EveryNumber(Chapter):
    """Every number."""

    blanks: bool = Field(description="whether cells in which the paper prints nothing are listed too")


@cache  # a sweep asks for each of its sets
def chapters() -> dict[str, type[Chapter]]:
    """The parameters of every chapter that has any, by the name of its notebook."""
    return {model.chapter(): model for model in Chapter.__subclasses__()}
