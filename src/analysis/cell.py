"""Run a chapter with one parameter set of a sweep, and keep what it exports.

    python -m analysis.cell table_1 '{"largest": 5}' _build/sweeps/x/table_1/largest~5.json

The executed notebook itself is not kept and no picture is drawn: a sweep wants numbers. A set that fails is a record
too, with its error in place of results, so that the rest goes on.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import warm

if TYPE_CHECKING:
    import nbformat


def record(chapter: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """`chapter`, `parameters`, `results` (by name), and `error` in words if the run failed."""
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from analysis import execute, exhibits, paths

    os.environ[exhibits.UNDRAWN] = "1"
    found: dict[str, Any] = {"chapter": chapter, "parameters": parameters, "results": {}}
    try:
        found["results"] = exported(execute.run(paths.root() / "notebooks" / f"{chapter}.ipynb", None, parameters))
    except PapermillExecutionError as error:
        found["error"] = f"{error.ename}: {error.evalue}"
    except (TimeoutError, DeadKernelError) as error:
        found["error"] = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return found


def exported(notebook: nbformat.NotebookNode) -> dict[str, float | None]:
    """The results that an executed notebook hands over, by name."""
    from analysis.telling import GLUED, RESULTS

    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return {
        name: value for output in outputs for name, value in output.get("data", {}).get(f"{GLUED}{RESULTS}", {}).items()
    }


def main(arguments: list[str] | None = None) -> None:
    """The command line: chapter, parameters as JSON, file to write; a failed set is told in one line."""
    chapter, given, target = arguments or sys.argv[1:]
    logging.disable(logging.WARNING)  # papermill repeats each input at this level
    found = record(chapter, json.loads(given))
    path = Path(target)
    draft = path.with_name(f".{path.stem}.draft")
    draft.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)
    if "error" in found:
        asked = ", ".join(f"{name} {value}" for name, value in found["parameters"].items())
        print(f"{chapter}, {asked}: {found['error']}")


if __name__ == "__main__":
    status = warm.ask("cell", *sys.argv[1:])
    sys.exit(status) if status is not None else main()
