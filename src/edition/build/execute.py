"""Run one notebook and keep the result, whole or not at all.

    python -m edition.build.execute notebooks/islanders.ipynb _build/book/notebooks/islanders.ipynb
    python -m edition.build.execute … --edition editions/lower-bounds.yml      # with the parameters of an edition

Papermill does the running. What depends on the hour or the machine (papermill's timings, the kernel's
version) is left out of the result, so that the same inputs give the same file.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import shutil
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edition.build import apart, intact

if TYPE_CHECKING:
    import nbformat

SECONDS = 300  # for one notebook; a chapter takes a few seconds
LIMIT = "NOTEBOOK_SECONDS"  # environment variable: another limit


def execute(
    notebook: Path, target: Path, parameters: dict[str, Any] | None = None, exhibits: Path | None = None
) -> None:
    """Run `notebook` in its own folder, write the executed notebook to `target` and its exhibits' files to `exhibits`.

    Raises:
        PapermillExecutionError: a cell failed; `target` is left as it was.
        NoisyError: a cell wrote to standard error; so too.
    """
    import nbformat

    target.parent.mkdir(parents=True, exist_ok=True)
    executed = timeless(run(notebook, parameters or {}))
    silent(executed)
    nbformat.write(executed, _draft(target))
    if exhibits:
        take_away(_draft(target), exhibits)
    _draft(target).replace(target)


def _draft(target: Path) -> Path:
    """Where a notebook is written first. A run that is killed leaves it behind: under a name that the next one takes and that is no
    page of a book.
    """
    return target.with_name(f".{target.stem}.json")


def run(notebook: Path, parameters: dict[str, Any]) -> nbformat.NotebookNode:
    """The notebook with what its cells show, run in its own folder and in this process.

    Raises:
        PapermillExecutionError: a cell failed.
    """
    import papermill  # slow to import, and whoever asks for the `limit` needs none of it

    from edition.build import engine

    return papermill.execute_notebook(
        notebook,
        None,
        parameters=parameters,
        cwd=notebook.parent,
        engine_name=engine.NAME,
        kernel_name="python3",
        progress_bar=False,
    )


def limit() -> int:
    """The seconds that one run may take."""
    return int(os.environ.get(LIMIT, SECONDS))


def take_away(notebook: Path, folder: Path) -> None:
    """Write the files of a notebook's exhibits into a folder of their own, whole or not at all."""
    from edition import paths
    from edition.asking import editions
    from edition.exhibits import citation, downloads, stored

    draft = folder.with_name(f".{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed
    draft.mkdir(parents=True)
    known = citation.edition(paths.root(), editions.current())
    for record in stored.records(notebook):
        downloads.write(record, draft, known)
    shutil.rmtree(folder, ignore_errors=True)
    draft.replace(folder)


class NoisyError(ValueError):
    """A cell that wrote to standard error, which is no part of a page: which one, and its first line."""


def silent(notebook: nbformat.NotebookNode) -> None:
    """Make sure that no cell wrote to standard error.

    Raises:
        NoisyError: one did.
    """
    for n, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                first = next(filter(str.strip, output.text.splitlines()), "").strip()
                raise NoisyError(f"cell {n}: it wrote to standard error, which is no part of a page: {first}")


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
    from edition.asking import editions

    parser = argparse.ArgumentParser(description="Run one notebook.")
    parser.add_argument("notebook", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--exhibits", type=Path, help="folder for the files of its exhibits")
    parser.add_argument("--edition", default=os.environ.get(editions.CHOSEN), help="file of an edition")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    try:
        error = apart.ended(partial(_make, asked), limit())
    except ChildProcessError:
        error = f"{asked.notebook}: its kernel died, for want of memory or by a signal; parameters: {_named(asked)}"
    except TimeoutError as late:
        error = f"{asked.notebook}: {late}; parameters: {_named(asked)}. Allow more: {LIMIT}=1000 make book"
    finally:
        _draft(asked.target).unlink(missing_ok=True)
    if error:
        sys.exit(error)
    print(f"{asked.notebook}: executed in {time.monotonic() - began:.1f} s")


def _make(asked: argparse.Namespace) -> None:
    """Execute what the command line asks for, and note what was made.

    Raises:
        SystemExit: why it could not be, in one line.
    """
    from papermill.exceptions import PapermillExecutionError

    from edition import paths
    from edition.asking import editions
    from edition.exhibits import citation, downloads, drawn, kept

    logging.disable(logging.WARNING)  # papermill repeats each input at this level
    try:
        editions.enter(asked.edition)
        variant = editions.current()
        with contextlib.ExitStack() as inside:
            if asked.exhibits:
                whose = downloads.whose(citation.edition(paths.root(), variant))
                inside.enter_context(kept.beside_the_book())
                inside.enter_context(drawn.all_at_once(whose))
            execute(asked.notebook, asked.target, _given(asked), exhibits=asked.exhibits)
        home = Path(editions.home(variant))
        step, *made = intact.chapter(home, asked.target.stem)
        if made == [asked.target, asked.exhibits]:
            intact.keep_dates(home, step, made)
            intact.note(home, step, made)
    except editions.EditionError as error:
        sys.exit(str(error))
    except PapermillExecutionError as error:
        sys.exit(f"{asked.notebook}, cell {error.cell_index + 1}: {error.ename}: {error.evalue}")
    except NoisyError as error:
        sys.exit(f"{asked.notebook}, {error}")
    except OSError as error:  # a missing file, a full disk, a folder that cannot be written to
        sys.exit(f"{asked.notebook}: {error}")


def _given(asked: argparse.Namespace) -> dict[str, Any]:
    """The parameters that the notebook is given in place of its own."""
    from edition.asking import editions

    return editions.load(Path(asked.edition)).parameters_of(asked.notebook.stem) if asked.edition else {}


def _named(asked: argparse.Namespace) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in _given(asked).items()) or "its own"


if __name__ == "__main__":
    main()
