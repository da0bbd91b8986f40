"""Run a chapter with one parameter set of a sweep, and keep what it exports.

    python -m edition.build.in_process islanders '{"largest": 5}' _build/sweeps/x/islanders/largest~5.json
    python -m edition.build.in_process islanders '{"largest": 5}' _build/sweeps/x/islanders/largest~5.json 137    # lost: keep that

The set is put in as papermill does it, and the cells are run by IPython in this process: one process runs one set, so
nothing of another set is left in it, and a kernel beside it would only cost time. The executed notebook is not kept and
nothing is shown: a sweep wants numbers. A set that fails is a record too, with its error in place of results, so that
the rest goes on; for one whose process was killed each time it was tried, another process keeps the status it ended with.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from pathlib import Path
from typing import Any

from edition.build import fork_client


def record(chapter: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """`chapter`, `parameters`, `results` (by name), and `error` in words if the run failed; once in a process."""
    from edition import paths
    from edition.build import execute

    found: dict[str, Any] = {"chapter": chapter, "parameters": parameters, "results": {}}
    try:
        with execute.within(execute.limit()):
            found["results"] = results(paths.root() / "notebooks" / f"{chapter}.ipynb", parameters)
    except (Exception, SystemExit) as error:
        found["error"] = " ".join(f"{type(error).__name__}: {error}".split())
    return found


def lost(chapter: str, parameters: dict[str, Any], status: str) -> dict[str, Any]:
    """The record of a set whose process ended before it could keep one, each time it was tried."""
    error = f"ChildProcessError: its process ended before it kept anything, status {status}, each time it was tried; memory may have run out"
    return {"chapter": chapter, "parameters": parameters, "results": {}, "error": error}


def results(notebook: Path, parameters: dict[str, Any]) -> dict[str, float | None]:
    """What a notebook hands over when its cells are run in its own folder; whatever a cell raises is raised."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook
    from traitlets.config import Config

    from edition.numbers.glue import GLUED, RESULTS

    cells = parameterize_notebook(load_notebook_node(str(notebook)), parameters).cells
    shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    found: dict[str, float | None] = {}
    with contextlib.chdir(notebook.parent), capture_output() as captured:
        for cell in cells:
            if cell.cell_type == "code":
                shell.run_cell(cell.source, silent=True).raise_error()  # type: ignore[no-untyped-call]
    for output in captured.outputs:
        found |= output.data.get(f"{GLUED}{RESULTS}", {})
    return found


def main(arguments: list[str] | None = None) -> None:
    """The command line: chapter, parameters as JSON, file to write, if it is lost the exit status; a failed set is told in one line."""
    chapter, given, target, *status = arguments or sys.argv[1:]
    logging.disable(logging.WARNING)  # papermill repeats each input at this level
    found = lost(chapter, json.loads(given), *status) if status else record(chapter, json.loads(given))
    path = Path(target)
    draft = path.with_name(f".{path.stem}.draft")
    draft.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)
    if "error" in found:
        asked = ", ".join(f"{name} {value}" for name, value in found["parameters"].items())
        print(f"{chapter}, {asked}: {found['error']}")


if __name__ == "__main__":
    status = fork_client.ask("cell", *sys.argv[1:])
    sys.exit(status) if status is not None else main()
