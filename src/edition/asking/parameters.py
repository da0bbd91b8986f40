"""What each chapter may be asked, the values allowed, and one clear error.

A chapter's notebook sets its defaults in a cell tagged `parameters` and hands its namespace over; one that has none says so:

    chosen = chapter.Islanders.read(globals())
    no_parameters("verdicts", globals())

Belongs here: what every chapter's parameters can do. Not here: the parameters of a chapter (its module declares them),
defaults (the notebook shows them), which names a reader has set (`history`), or what a choice does (the computing).
"""

from __future__ import annotations

import re
import reprlib
from typing import Any, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edition.asking import history, reading
from edition.data.nearest import nearest

WORDS = "words"  # of a field's extra: its options in words


def one_of(description: str, words: dict[Any, str]) -> Any:
    """The field of a parameter that is a choice among few.

    Args:
        description: what is chosen, as in "whose column is used".
        words: each option as a reader is told it, to be read after the description: {"quill": "Quill's"}.
    """
    return Field(description=description, json_schema_extra={WORDS: dict(words)})


class ParameterError(ValueError):
    """A parameter that cannot be used: its name, its value and what is allowed."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it: the message, which says all; the lines of code that found it out say nothing."""
        return [f"{type(self).__name__}: {self}"]


class Chapter(BaseModel):
    """The parameters of one chapter; subclasses declare them, all required."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @classmethod
    def chapter(cls) -> str:
        """Name of the chapter's notebook, without its ending.

        >>> TwoScholars.chapter()
        'two_scholars'
        """
        return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", "_", cls.__name__).lower()

    @classmethod
    def read(cls, namespace: dict[str, Any]) -> Self:
        """The parameters found in a notebook's namespace; what the notebook says is shown filled in from here on.

        A name that the reader has set as a parameter (see `history`) and that is none is an error, whatever became of it since.

        Raises:
            ParameterError: an unknown name, a wrong type, or a value out of range.
        """
        asked = history.assigned(namespace.get("In", ()), set(cls.model_fields))
        chosen = cls.check(asked | {name: namespace[name] for name in cls.model_fields if name in namespace})
        reading.begin(cls.chapter(), chosen.model_dump(), cls.otherwise)
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
            return f"{_unknown(name, fault['input'])}; allowed: {', '.join(cls.model_fields)}{nearest(name, cls.model_fields, like=0)}"
        if fault["type"] == "missing":
            return f"parameter {name!r} is missing; allowed: {cls.allowed(name)}"
        meant = nearest(fault["input"], get_args(cls.model_fields[name].annotation))
        return f"parameter {name!r} is {fault['input']!r}; allowed: {cls.allowed(name)}{meant}"

    @classmethod
    def said(cls, name: str) -> str:
        """What a parameter means and may be, in a line."""
        return f"{cls.model_fields[name].description}: {cls.allowed(name)}"

    @classmethod
    def otherwise(cls, name: str, value: Any, usual: Any) -> str:
        """What is said of a parameter that has another value than usual."""
        meant = cls.model_fields[name].description or name
        return f"{meant}: {value_in_words(cls, name, value)} (`{name}`; in the edition: {value_in_words(cls, name, usual)})"

    @classmethod
    def allowed(cls, name: str) -> str:
        """The values a parameter may take, in words."""
        annotation = cls.model_fields[name].annotation
        if annotation is bool:
            return "True or False"
        if values := options(cls, name):
            return ", ".join(map(repr, values))
        kind = {int: "a whole number", float: "a number"}[annotation]  # type: ignore[index]
        try:
            low, high = limits(cls, name)
        except ValueError:
            return kind
        return f"{kind} from {low} to {high}"


def value_in_words(model: type[Chapter], name: str, value: Any) -> str:
    """A value of a parameter as a reader is told it: the words of an option, a number as it is.

    >>> value_in_words(Islanders, "scholar", "quill"), value_in_words(Islanders, "largest", 2)
    ("Quill's", '2')
    """
    extra = model.model_fields[name].json_schema_extra
    words: Any = extra.get(WORDS, {}) if isinstance(extra, dict) else {}
    return str(words.get(value, in_address(value)))


def in_address(value: Any) -> str:
    """A value as an address has it.

    >>> in_address("leave open"), in_address(2.0), in_address(True)
    ('leave open', '2', 'true')
    """
    return (
        str(value).lower() if isinstance(value, bool) else f"{value:.15g}" if isinstance(value, float) else str(value)
    )


def options(model: type[Chapter], name: str) -> list[Any]:
    """The values of a parameter that is a choice among few, in order; empty for a number."""
    annotation = model.model_fields[name].annotation
    return [True, False] if annotation is bool else list(get_args(annotation))


def limits(model: type[Chapter], name: str) -> tuple[Any, Any]:
    """The lowest and the highest number that a parameter may be.

    Raises:
        ValueError: it has no lower or no upper end.
    """
    ends = {type(limit).__name__: limit for limit in model.model_fields[name].metadata}
    if not {"Ge", "Le"} <= set(ends):
        raise ValueError(f"{model.__name__}.{name} has no lower or upper end; allowed: ge and le, or examples")
    return ends["Ge"].ge, ends["Le"].le


def no_parameters(chapter: str, namespace: dict[str, Any]) -> None:
    """Say that a chapter has no parameters, in place of reading them; what the notebook says is shown filled in from here on.

    Raises:
        ParameterError: it is given one.
    """
    for name, value in history.assigned(namespace.get("In", ()), set()).items():
        raise ParameterError(f"{_unknown(name, value)}; {chapter} has no parameters")
    reading.begin(chapter, {})


def _unknown(name: str, value: Any) -> str:
    return f"unknown parameter {name!r} ({reprlib.repr(value)})"
