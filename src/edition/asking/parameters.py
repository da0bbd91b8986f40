"""What each chapter may be asked, the values allowed, and one clear error.

A chapter's notebook sets its defaults in a cell tagged `parameters` and hands its namespace over:

    chosen = chapter.Islanders.read(globals())

Belongs here: what every chapter's parameters can do. Not here: the parameters of a chapter (its module declares them),
defaults (the notebook shows them), or what a choice does (the computing).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from edition.data.nearest import nearest

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

        >>> TwoScholars.chapter()
        'two_scholars'
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

    @staticmethod
    def anew() -> None:
        """Read as in a new kernel: each chapter's first call is to come."""
        Chapter._read.clear()

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
            said = f"unknown parameter {name!r} ({fault['input']!r})"
            return f"{said}; allowed: {', '.join(cls.model_fields)}{nearest(name, cls.model_fields)}"
        if fault["type"] == "missing":
            return f"parameter {name!r} is missing; allowed: {cls.allowed(name)}"
        meant = nearest(fault["input"], get_args(cls.model_fields[name].annotation))
        return f"parameter {name!r} is {fault['input']!r}; allowed: {cls.allowed(name)}{meant}"

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
