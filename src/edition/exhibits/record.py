"""Exhibits: a picture or table with its id, caption, alternative text, data and sources.

A chapter's last line returns an `Exhibit`. As a notebook output it is a JSON record (what is shown, and
everything needed to show it again), a picture for JupyterLab, and plain text. The record alone is enough
to draw the exhibit: the book draws its light and dark versions from it (`downloads`), and nbval
compares it, so that a changed number fails.

Belongs here: the record and its files. Not here: what the exhibits are (`gallery`), how they look (`plots`).
"""

from __future__ import annotations

import functools
import importlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, ParamSpec, TypeVar

import pandas as pd
from matplotlib.figure import Figure

from edition import paper
from edition.asking.parameters import Chapter
from edition.charts.style import SCHEMES, Kind, Scheme, export, settle

MIME = "application/vnd.edition.exhibit+json"


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """What every figure and table carries.

    Attributes:
        id: permanent, `fig-…` or `tbl-…`.
        caption: what it shows, in a sentence.
        source: source line, built from the rows shown.
        data: exactly the rows shown.
        reproduces: the paper's own exhibit that it stands for, if any.
        verdict: what putting the paper's statement to the test found, if one is tested.
    """

    id: str
    caption: str
    source: str
    data: pd.DataFrame
    reproduces: str = ""
    verdict: str = ""
    made_by: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """Everything about the exhibit as plain JSON."""
        added = list(getattr(self.source, "added", ()))
        return {
            "id": self.id,
            "caption": self.caption,
            "source": str(self.source),
            "credits": list(getattr(self.source, "credited", ())),
            **({"added": added} if added else {}),
            "reproduces": self.reproduces,
            "verdict": self.verdict,
            "made_by": self.made_by,
            "parameters": self.parameters,
            "version": paper.current().version,
            "data": json.loads(self.data.to_json(orient="table", index=False)),
        }


@dataclass(frozen=True, kw_only=True)
class Picture(Exhibit):
    """A figure: `chart` names a function of `edition.charts` that draws `data` with `options`."""

    alt: str
    chart: str
    options: dict[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        return {**super().record(), "kind": "figure", "alt": self.alt, "chart": self.chart, "options": self.options}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        record = self.record()
        return {
            MIME: record,
            "image/svg+xml": files(record, "light", "svg")[0].decode(),
            "text/plain": f"{self.id}: {self.alt}",
        }


@dataclass(frozen=True, kw_only=True)
class Table(Exhibit):
    """A table: `shown` is its text cell by cell, the first column naming the rows.

    Attributes:
        numeric: columns whose text is numbers, set flush right.
        notes: mark → what it means, for the marks used in the cells.
        stacked: whether a narrow screen shows each row as a block, for tables whose cells hold sentences.
        anchors: an id for each row, by which it can be linked to; none unless given.
        filters: columns by whose values the page lets a reader filter the rows; with any, the text can be searched.
    """

    shown: pd.DataFrame
    numeric: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    stacked: bool = False
    anchors: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        columns = [{"label": label, "numeric": label in self.numeric} for label in self.shown.columns]
        return {
            **super().record(),
            "kind": "table",
            "columns": columns,
            "rows": self.shown.to_numpy().tolist(),
            "notes": list(map(list, self.notes.items())),
            "stacked": self.stacked,
            "anchors": list(self.anchors),
            "filters": list(self.filters),
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            MIME: self.record(),
            "text/html": self.shown.to_html(index=False),
            "text/plain": self.shown.to_string(index=False),
        }


@dataclass(frozen=True, kw_only=True)
class Choice(Table):
    """A table from whose rows of `data` a reader chooses in the browser; without script it is the table alone.

    Attributes:
        offer: what the choosing needs beside `data`: `people` (who is counted), `home` (the id of a place), `places`, `named`
            (choices by name), `overlaps`, `start`; see `book/static/explorer/explorer.js`.
    """

    offer: dict[str, Any]

    def record(self) -> dict[str, Any]:
        return {**super().record(), "offer": self.offer}


def draw(record: dict[str, Any], scheme: Scheme) -> Figure:
    """The picture of a record, in one scheme."""
    module, _, name = record["chart"].partition(".")
    function = getattr(
        importlib.import_module("edition.maps.maps" if module == "maps" else f"edition.charts.{module}"), name
    )
    data = pd.read_json(io.StringIO(json.dumps(record["data"])), orient="table")
    figure: Figure = function(data, scheme, **record["options"])
    return figure


def files(record: dict[str, Any], scheme: Literal["light", "dark"], *kinds: Kind) -> list[bytes]:
    """A record's picture in one scheme as files, drawn once: the same record and kinds give the same bytes."""
    figure = draw(record, SCHEMES[scheme])
    settle(figure, SCHEMES[scheme])
    return [export(figure, kind, SCHEMES[scheme]) for kind in kinds]


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
