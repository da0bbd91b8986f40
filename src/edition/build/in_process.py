"""Run a chapter's cells in this process, and take what they hand over.

    outputs = in_process.run(Path("notebooks/islanders.ipynb"), {"largest": 5})
    outputs.texts["total"], outputs.records[0].id, outputs.results["sum-low"]

The parameters are put in where papermill puts them, after the cell that is tagged so. Nothing is kept and nothing is
drawn, unless asked: drawing takes most of a chapter's time, and a test wants numbers. It needs no more than a
browser has. Belongs here: this one way. Not here: the notebooks of the book, which papermill runs and keeps (`execute`).
"""

from __future__ import annotations

import ast
import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from edition.asking.parameters import Chapter
from edition.exhibits.exhibit import Exhibit
from edition.exhibits.record import Record, from_json
from edition.numbers.glue import GLUED, MIME, RESULTS
from edition.numbers.wording import Cited

PARAMETERS = "parameters"  # the tag of the cell that holds the defaults


@dataclass(frozen=True)
class Outputs:
    """What a chapter's cells gave.

    Attributes:
        texts: what its sentences say, by name; each knows the rows that it can be followed to.
        results: the numbers that it hands over to a sweep, by name; None for one that is not stated.
        shown: the value of each cell's last line, None left out.
    """

    texts: dict[str, str] = field(default_factory=dict)
    results: dict[str, float | None] = field(default_factory=dict)
    shown: list[Any] = field(default_factory=list)

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
    cells = [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    asked = next((n for n, cell in enumerate(cells) if PARAMETERS in cell["metadata"].get("tags", [])), -1)
    InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))  # for it to display, and be captured
    Chapter.anew()
    outputs, space = Outputs(), {"__name__": "__main__", **(parameters or {} if asked < 0 else {})}
    with contextlib.chdir(notebook.parent), capture_output() as captured:
        for n, cell in enumerate(cells):
            value = _value("".join(cell["source"]), f"{notebook.name}, cell {n + 1}", space)
            if n == asked:
                space |= parameters or {}
            if value is not None:
                outputs.shown.append(value)
                if drawn and hasattr(value, "_repr_mimebundle_"):
                    value._repr_mimebundle_()
    for output in captured.outputs:
        outputs.results.update(output.data.get(f"{GLUED}{RESULTS}", {}))
        if said := output.data.get(f"{GLUED}{MIME}"):
            outputs.texts[output.metadata["scrapbook"]["name"]] = Cited.of(said["text"], *said["rows"])
    return outputs


def _value(source: str, name: str, space: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line, None where that has none."""
    tree = ast.parse(source, name)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, name, "exec"), space)
        return None
    exec(compile(ast.Module(tree.body[:-1], []), name, "exec"), space)
    return eval(compile(ast.Expression(last.value), name, "eval"), space)
