"""Run a chapter's cells in this process, and take what they hand over.

    outputs = in_process.run(Path("notebooks/islanders.ipynb"), {"largest": 5})
    outputs.texts["total"], outputs.records[0].id, outputs.results["sum-low"]

The parameters are put in where papermill puts them, after the cell that is tagged so. Nothing is kept and nothing is
drawn, unless asked: drawing takes most of a chapter's time, and a test wants numbers. It needs no more than a
browser has. Belongs here: this one way. Not here: the notebooks of the book, which papermill runs and keeps (`execute`).
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from edition.asking.cell import value
from edition.asking.history import as_papermill
from edition.asking.notebook import cells as cells_of
from edition.exhibits.exhibit import Exhibit
from edition.exhibits.record import Record, from_json
from edition.numbers import glue
from edition.numbers.wording import Cited, Told


@dataclass(frozen=True)
class Outputs:
    """What a chapter's cells gave.

    Attributes:
        texts: what its sentences say, by name; each knows the rows that it can be followed to.
        results: the numbers that it hands over to a sweep, by name; None for one that is not stated.
        shown: the value of each cell's last line, None left out.
        places: of each of those, which of the notebook's code cells showed it.
    """

    texts: dict[str, str] = field(default_factory=dict)
    results: dict[str, float | None] = field(default_factory=dict)
    shown: list[Any] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    @property
    def records(self) -> list[Record]:
        """The records of its exhibits, as a notebook stores them."""
        kept = (json.loads(json.dumps(one.record().to_json())) for one in self.shown if isinstance(one, Exhibit))
        return [from_json(record) for record in kept]


def run(notebook: Path, parameters: dict[str, Any] | None = None, *, drawn: bool = False) -> Outputs:
    """Run the code cells in the notebook's own folder, in a namespace of their own.

    Args:
        parameters: values in place of the notebook's own.
        drawn: whether what a cell shows is also made as a notebook would show it, so that a fault in drawing is met.

    Raises:
        Exception: whatever a cell raises.
    """
    cells = [cell for cell in cells_of(notebook) if cell.code]
    asked = next((n for n, cell in enumerate(cells) if cell.defaults), -1)
    sources = [cell.source for cell in cells]
    sources[asked + 1 : asked + 1] = [as_papermill(parameters)] if parameters else []
    InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))  # for it to display, and be captured
    outputs = Outputs()
    space: dict[str, Any] = {"__name__": "__main__", "In": [""]}  # what was run, as IPython keeps it
    with contextlib.chdir(notebook.parent), capture_output() as captured:
        for n, source in enumerate(sources):
            space["In"].append(source)
            shown = value(source, f"{notebook.name}, cell {n + 1}", space)
            if shown is not None:
                outputs.shown.append(shown)
                outputs.places.append(n - (bool(parameters) and n > asked))
                if drawn and hasattr(shown, "_repr_mimebundle_"):
                    shown._repr_mimebundle_()
    outputs.results.update(glue.found(captured.outputs, glue.RESULTS))
    outputs.texts.update((name, _said(said)) for name, said in glue.found(captured.outputs, glue.MIME).items())
    return outputs


def _said(output: dict[str, Any]) -> str:
    """A text as the chapter told it; in it, what knows its rows."""
    pieces = [Cited.of(text, *rows) if rows else text for text, rows in output.get("parts", ())]
    return Told.of(pieces) if pieces else Cited.of(output["text"], *output["rows"])
