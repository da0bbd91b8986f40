"""What every chart is: options with types, a picture, the same picture in words, and a name by which a record keeps it.

    class Tally(Chart):
        unit: str                                                       # an option, with its type

        def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure: …
        def in_words(self, data: pd.DataFrame) -> Description: …

    Tally(unit="claims").model_dump(mode="json")                        # {"name": "tally", "unit": "claims"}

Belongs here: what all charts share. Not here: a chart (each has a file of its own), reading one back from a record
(`exhibits.registry`).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Literal, NamedTuple

import pandas as pd
from matplotlib.figure import Figure
from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from edition.charts.style import Scheme

WORDS = 250  # the longest description
Pairs = tuple[tuple[str, str], ...]  # what would be a mapping, but a notebook's file keeps no order of keys
Paragraphs = list[str]
CHARTS: dict[str, type[Chart]] = {}  # every chart that was imported, by its name; filled by the charts themselves


class Description(NamedTuple):
    """A picture in words: a paragraph each for what it is, what it shows, and what stands out.

    Attributes:
        full: with every value.
        brief: with groups and their extremes in place of values, for more than can be listened to; empty for a chart that
            is never so long.
    """

    full: Paragraphs
    brief: Sequence[str] = ()


class Chart(BaseModel, ABC):
    """A chart: its options are its fields; the rows that it draws are given to `draw` and `describe`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[Literal["chart", "map"]] = "chart"

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Make the chart known by its name.

        Raises:
            TypeError: another chart has the same name.
        """
        known = CHARTS.setdefault(cls.name(), cls)
        if known.__module__ != cls.__module__:
            raise TypeError(
                f"{cls.__module__}: there is a chart {cls.name()!r} in {known.__module__}; allowed: another name"
            )
        CHARTS[cls.name()] = cls

    @classmethod
    def name(cls) -> str:
        """The name by which a record keeps the chart.

        >>> SpecificationCurve.name()
        'specification_curve'
        """
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()

    @abstractmethod
    def draw(self, data: pd.DataFrame, scheme: Scheme) -> Figure:
        """The picture of some rows, in one scheme."""

    @abstractmethod
    def in_words(self, data: pd.DataFrame) -> Description:
        """The picture of some rows in words, for those who cannot see it."""

    def describe(self, data: pd.DataFrame) -> Paragraphs:
        """The paragraphs of `in_words`: in full, or in brief where that is longer than `WORDS` words and there is a brief form."""
        full, brief = self.in_words(data)
        paragraphs = full if sum(len(text.split()) for text in full) <= WORDS or not brief else brief
        return [text for text in paragraphs if text]

    @model_serializer(mode="wrap")
    def _named(self, options: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"name": self.name(), **options(self)}
