"""What a chapter shows: a picture or a table with its id, title, caption, alternative text, data and sources.

    @exhibit
    def verdicts(tables: Tables, chosen: Ledger) -> Picture:
        return Picture(**SAY.exhibit("fig-verdicts", claims=…), chart=Tally(unit="claims", colour="bar"), data=…, source=…)

Its id and its words come from the chapter's file of sentences (`numbers.sentences`). A chapter's cell ends in an `Exhibit`. As a
notebook's output it is a record (`record`), HTML and Markdown for Jupyter (`markup`), and plain text. Belongs here: what a chapter fills in. Not here: what is made from that (`record`, `downloads`, `citation`).
"""

from __future__ import annotations

import functools
import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec, TypeVar

import pandas as pd

from edition import paper
from edition.asking import reading
from edition.asking.parameters import Chapter
from edition.charts.chart import Chart
from edition.exhibits import drawn, markup
from edition.exhibits.record import MIME, Column, FigureRecord, Record, TableRecord

TITLE, CAPTION = 12, 35  # words at most


@dataclass(frozen=True, kw_only=True)
class Exhibit(ABC):
    """What every figure and table is given.

    Attributes:
        id: permanent, `fig-…` or `tbl-…`.
        title: what was found, in a sentence of at most `TITLE` words without a full stop; stands above it.
        subtitle: what is counted, of when, of whom; stands below the title.
        caption: how it is to be read, in at most `CAPTION` words; stands below it.
        source: source line, built from the rows shown; a `wording.Source` says too whom it credits.
        data: exactly the rows shown.
        reproduces: the paper's own exhibit that it stands for, if any.
        verdict: what putting the paper's statement to the test found, if one is tested.
        made_by, parameters: filled in by `exhibit`.
    """

    id: str
    title: str = ""
    subtitle: str = ""
    caption: str
    source: str
    data: pd.DataFrame
    reproduces: str = ""
    verdict: str = ""
    made_by: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)

    @abstractmethod
    def record(self) -> Record:
        """Everything about the exhibit, as a notebook keeps it."""

    def _bundle(self, plain: str) -> dict[str, Any]:
        record, other = self.record(), reading.USUAL.get(self.id)
        usual = other.record() if isinstance(other, Exhibit) else None
        return {
            MIME: record.to_json(),
            "text/html": markup.html(record, usual),
            "text/markdown": markup.markdown(record, usual),
            "text/plain": plain,
        }

    def _kept(self) -> dict[str, Any]:
        """What a record keeps of a figure and of a table alike."""
        return {
            "id": self.id,
            "title": self.title,
            "subtitle": self.subtitle,
            "caption": self.caption,
            "source": str(self.source),
            "credits": getattr(self.source, "credited", ()),
            "added": getattr(self.source, "added", ()),
            "reproduces": self.reproduces,
            "verdict": self.verdict,
            "made_by": self.made_by,
            "parameters": self.parameters,
            "version": paper.current().version,
            "data": json.loads(self.data.to_json(orient="table", index=False)),
        }


@dataclass(frozen=True, kw_only=True)
class Picture(Exhibit):
    """A figure.

    Attributes:
        alt: the short alternative text.
        chart: what draws `data`, and describes it in words.
        notes: what is to be said beside the caption, a paragraph each; folded on a page.
    """

    alt: str
    chart: Chart
    notes: tuple[str, ...] = ()

    def record(self) -> FigureRecord:
        """The figure as a notebook keeps it."""
        return FigureRecord(**self._kept(), alt=self.alt, chart=self.chart, notes=self.notes)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        drawn.beforehand(self.record())
        return self._bundle(f"{self.id}: {self.alt}")


@dataclass(frozen=True, kw_only=True)
class Table(Exhibit):
    """A table: `shown` is its text cell by cell, the first column naming the rows.

    Attributes:
        numeric: columns whose text is numbers, set flush right.
        notes: mark → what it means, for the marks used in the cells.
        remarks: what is to be said beside the caption, a paragraph each; folded on a page.
        stacked: whether a narrow screen shows each row as a block, for tables whose cells hold sentences.
        strip: whether each row stands as a strip of what its cells hold, at every width, those without text left out.
        bars: columns whose numbers are compared with each other, each with a bar.
        anchors: an id for each row, by which it can be linked to; none unless given.
        filters: columns by whose values the page lets a reader filter the rows; with any, the text can be searched.
    """

    shown: pd.DataFrame
    numeric: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    stacked: bool = False
    strip: bool = False
    bars: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()

    def record(self) -> TableRecord:
        """The table as a notebook keeps it."""
        return TableRecord(
            **self._kept(),
            columns=tuple(Column(label=label, numeric=label in self.numeric) for label in self.shown.columns),
            cells=self.shown.to_numpy().tolist(),
            notes=tuple(self.notes.items()),
            remarks=self.remarks,
            stacked=self.stacked,
            strip=self.strip,
            bars=self.bars,
            anchors=self.anchors,
            filters=self.filters,
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self._bundle(self.shown.to_string(index=False))


@dataclass(frozen=True, kw_only=True)
class Choice(Table):
    """A table from whose rows of `data` a reader chooses in the browser; without script it is the table alone.

    Attributes:
        offer: what the choosing needs beside `data`: `people` (who is counted), `home` (the id of a place), `places`, `named`
            (choices by name), `totals` (sums that the paper prints), `overlaps`, `start`; see `book/static/explorer/explorer.js`.
    """

    offer: dict[str, Any]

    def record(self) -> TableRecord:
        """The table as a notebook keeps it, with its offer."""
        return super().record().model_copy(update={"offer": self.offer})


P = ParamSpec("P")
E = TypeVar("E", bound=Exhibit)


def exhibit(function: Callable[P, E]) -> Callable[P, E]:
    """Let an exhibit know the function and the parameters that made it."""

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> E:
        asked = [value for value in (*args, *kwargs.values()) if isinstance(value, Chapter)]
        parameters = {name: value for chapter in asked for name, value in chapter.model_dump().items()}
        return replace(
            function(*args, **kwargs), made_by=f"{function.__module__}.{function.__name__}", parameters=parameters
        )

    return wrapper
