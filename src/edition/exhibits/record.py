"""An exhibit as a notebook's output keeps it: what is shown, and everything needed to show it again.

    record = from_json(output["data"][MIME])
    record.caption, record.frame()
    if isinstance(record, FigureRecord):
        record.files("dark", "svg"), record.describe()

The record alone is enough to draw the exhibit: the book draws its light and dark versions from it (`downloads`), and nbval
compares it, so that a changed number fails. Belongs here: what is kept, and what can be made from that alone. Not here:
what a chapter returns (`exhibit`), how a picture looks (`edition.charts`).
"""

from __future__ import annotations

import hashlib
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import pandas as pd
from matplotlib.figure import Figure
from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, TypeAdapter, field_validator

from edition.charts import cuts
from edition.charts.chart import Chart
from edition.charts.export import Kind, export
from edition.charts.style import SCHEMES, Scheme
from edition.exhibits import registry

MIME = "application/vnd.edition.exhibit+json"


class ExhibitRecord(BaseModel, ABC):
    """What every figure and table keeps.

    Attributes:
        id: permanent, `fig-…` or `tbl-…`.
        title: what was found, in a sentence.
        subtitle: what is counted, of when, of whom.
        caption: how it is to be read.
        source: source line, built from the rows shown.
        credits: whose numbers it shows.
        added: sources of the reader's own among them.
        reproduces: the paper's own exhibit that it stands for, if any.
        verdict: what putting the paper's statement to the test found, if one is tested.
        made_by: the function that made it, by module and name.
        parameters: what its chapter was asked.
        version: of the edition.
        data: exactly the rows shown, as JSON Table Schema has them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    title: str = ""
    subtitle: str = ""
    caption: str
    source: str
    credits: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    reproduces: str = ""
    verdict: str = ""
    made_by: str
    parameters: dict[str, Any]
    version: str
    data: dict[str, Any]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Exactly the rows that the exhibit shows, with their provenance columns."""
        found: list[dict[str, Any]] = self.data["data"]
        return found

    @property
    def heading(self) -> str:
        """What stands above it: its title, or what its caption begins with where it has none."""
        return self.title or self.caption.partition(". ")[0].rstrip(".")

    @property
    @abstractmethod
    def folded(self) -> tuple[str, ...]:
        """What is said beside the caption, a paragraph each."""

    def frame(self) -> pd.DataFrame:
        """The same rows as a data frame."""
        return pd.read_json(io.StringIO(json.dumps(self.data)), orient="table", precise_float=True)

    def to_json(self) -> dict[str, Any]:
        """The record as plain JSON, for a notebook's output; `from_json` reads it."""
        return self.model_dump(mode="json")

    def digest(self) -> str:
        """A short hash of everything the exhibit is made from, to tell whether two are the same."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


class FigureRecord(ExhibitRecord):
    """A figure: its alternative text, the chart that draws its rows, and what is said beside its caption."""

    kind: Literal["figure"] = "figure"
    alt: str
    chart: SerializeAsAny[Chart]
    notes: tuple[str, ...] = ()

    @property
    def folded(self) -> tuple[str, ...]:
        """Its notes."""
        return self.notes

    @field_validator("chart", mode="before")
    @classmethod
    def _by_name(cls, chart: Any) -> Chart:
        return chart if isinstance(chart, Chart) else registry.chart(chart)

    def draw(self, scheme: Scheme) -> Figure:
        """The picture, in one scheme."""
        return self.chart.draw(self.frame(), scheme)

    def files(self, scheme: Literal["light", "dark"], *kinds: Kind) -> list[bytes]:
        """The picture in one scheme as files, drawn once: the same record and kinds give the same bytes."""
        figure = cuts.laid_out(self.draw, SCHEMES[scheme])
        return [export(figure, kind, SCHEMES[scheme]) for kind in kinds]

    def describe(self) -> list[str]:
        """The picture in words, a paragraph each for what it is, what it shows, and what stands out."""
        return self.chart.describe(self.frame())


class Column(BaseModel):
    """A column of a table as shown: its heading, and whether its text is numbers, set flush right."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    label: str
    numeric: bool


class TableRecord(ExhibitRecord):
    """A table: its text cell by cell, the first column naming the rows.

    Attributes:
        notes: each mark used in the cells, and what it means.
        remarks: what is said beside the caption.
        stacked, strip, bars, anchors, filters, offer: see `exhibit.Table` and `exhibit.Choice`.
    """

    kind: Literal["table"] = "table"
    columns: tuple[Column, ...]
    cells: tuple[tuple[str, ...], ...]
    notes: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    stacked: bool = False
    strip: bool = False
    bars: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    offer: dict[str, Any] | None = None

    @property
    def folded(self) -> tuple[str, ...]:
        """Its remarks."""
        return self.remarks

    def widths(self, texts: Sequence[str]) -> list[str]:
        """For each cell of a row how much room it needs: as much as its column, in a strip its own text.

        Returns:
            "sentence", "phrase", or "" for the room of a few words.
        """
        rows = [texts] if self.strip else self.cells
        longest = [max((len(cells[n]) for cells in rows), default=0) for n in range(len(self.columns))]
        return ["sentence" if most > 60 else "phrase" if most > 24 else "" for most in longest]


Record = FigureRecord | TableRecord
_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


def from_json(stored: dict[str, Any]) -> Record:
    """A record from a notebook's output.

    Raises:
        ValidationError: it is none, or an older edition of the engine wrote it.
        KeyError: it names a chart that there is not.
    """
    return _RECORD.validate_python(stored)
