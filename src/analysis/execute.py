"""Run one notebook and keep the result, whole or not at all.

    python -m analysis.execute notebooks/table_1.ipynb _build/book/notebooks/table_1.ipynb
    python -m analysis.execute … --edition editions/lower-bounds.yml      # with the parameters of an edition

Papermill does the running. What depends on the hour or the machine (papermill's timings, the kernel's
version) is left out of the result, so that the same inputs give the same file.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import warm

if TYPE_CHECKING:
    import nbformat

SECONDS = 300  # for one cell; a chapter takes a few seconds


def execute(
    notebook: Path, target: Path, parameters: dict[str, Any] | None = None, exhibits: Path | None = None
) -> None:
    """Run `notebook` in its own folder, write the executed notebook to `target` and its exhibits' files to `exhibits`.

    Raises:
        PapermillExecutionError: a cell failed; `target` is left as it was.
    """
    import nbformat

    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{os.getpid()}-{target.name}")
    try:
        run(notebook, draft, parameters or {})
        nbformat.write(timeless(nbformat.read(draft, as_version=4)), draft)
        if exhibits:
            take_away(draft, exhibits)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def run(notebook: Path, draft: Path | None, parameters: dict[str, Any]) -> nbformat.NotebookNode:
    """The notebook, run in its own folder; written to `draft` after each cell if one is given.

    Raises:
        PapermillExecutionError: a cell failed.
    """
    import papermill  # here, because a job that only asks the warm process needs none of it

    return papermill.execute_notebook(
        notebook,
        draft,
        parameters=parameters,
        cwd=notebook.parent,
        kernel_name="python3",
        progress_bar=False,
        execution_timeout=SECONDS,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
    )


def take_away(notebook: Path, folder: Path) -> None:
    """Write the files of a notebook's exhibits into a folder of their own, whole or not at all."""
    from analysis import editions, paths, upkeep
    from analysis.exhibits import citation, downloads

    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix="."))
    known = citation.edition(paths.root(), editions.current())
    for record in upkeep.records(notebook):
        downloads.write(record, draft, known)
    shutil.rmtree(folder, ignore_errors=True)
    draft.chmod(0o755)
    draft.replace(folder)


def timeless(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without timings and versions; changed in place and returned."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.metadata.tags.append("remove-cell")
    return notebook


def main(arguments: list[str] | None = None) -> None:
    """The command line: one line on success, one clear error otherwise."""
    from papermill.exceptions import PapermillExecutionError

    from analysis import editions

    parser = argparse.ArgumentParser(description="Run one notebook.")
    parser.add_argument("notebook", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--exhibits", type=Path, help="folder for the files of its exhibits")
    parser.add_argument("--edition", default=os.environ.get(editions.CHOSEN), help="file of an edition")
    asked = parser.parse_args(arguments)
    logging.disable(logging.WARNING)  # papermill repeats each input at this level
    began = time.monotonic()
    try:
        editions.enter(asked.edition)
        variant = editions.current()
        given = variant.given(asked.notebook.stem) if variant else {}
        execute(asked.notebook, asked.target, given, exhibits=asked.exhibits)
    except editions.EditionError as error:
        sys.exit(str(error))
    except PapermillExecutionError as error:
        sys.exit(f"{asked.notebook}, cell {error.cell_index + 1}: {error.ename}: {error.evalue}")
    except FileNotFoundError as error:
        sys.exit(f"{asked.notebook}: {error}")
    print(f"{asked.notebook}: executed in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    status = warm.ask("execute", *sys.argv[1:])
    sys.exit(status) if status is not None else main()
