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
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edition.build import intact

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
        TimeoutError: the notebook took longer than it may; so too.
    """
    import nbformat

    target.parent.mkdir(parents=True, exist_ok=True)
    # A run that is killed leaves its draft behind: under a name that the next one takes and that is no page of a book.
    draft = target.with_name(f".{target.stem}.json")
    try:
        run(notebook, draft, parameters or {})
        executed = nbformat.read(draft, as_version=4)
        silent(executed)
        nbformat.write(timeless(executed), draft)
        if exhibits:
            take_away(draft, exhibits)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def run(notebook: Path, draft: Path, parameters: dict[str, Any]) -> None:
    """Run the notebook in its own folder; it is written to `draft` when all its cells are run, or one failed.

    Raises:
        PapermillExecutionError: a cell failed.
        TimeoutError: the notebook took longer than it may.
    """
    import papermill  # slow to import, and whoever asks for the `limit` needs none of it

    from edition.build import engine

    with within(limit()):
        papermill.execute_notebook(
            notebook,
            draft,
            parameters=parameters,
            cwd=notebook.parent,
            engine_name=engine.NAME,
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,  # nobody looks at a draft
        )


def limit() -> int:
    """The seconds that one run may take."""
    return int(os.environ.get(LIMIT, SECONDS))


@contextlib.contextmanager
def within(seconds: int) -> Iterator[None]:
    """Let something take so many seconds and no longer.

    Raises:
        TimeoutError: it took longer.
    """

    def stop(*_: object) -> None:
        raise TimeoutError(f"it did not end within {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


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
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from edition import paths
    from edition.asking import editions
    from edition.exhibits import citation, downloads, drawn, kept

    parser = argparse.ArgumentParser(description="Run one notebook.")
    parser.add_argument("notebook", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--exhibits", type=Path, help="folder for the files of its exhibits")
    parser.add_argument("--edition", default=os.environ.get(editions.CHOSEN), help="file of an edition")
    asked = parser.parse_args(arguments)
    logging.disable(logging.WARNING)  # papermill repeats each input at this level
    began = time.monotonic()
    given: dict[str, Any] = {}
    try:
        editions.enter(asked.edition)
        variant = editions.current()
        given = variant.parameters_of(asked.notebook.stem) if variant else {}
        with contextlib.ExitStack() as inside:
            if asked.exhibits:
                whose = downloads.whose(citation.edition(paths.root(), variant))
                inside.enter_context(kept.beside_the_book())
                inside.enter_context(drawn.all_at_once(whose))
            execute(asked.notebook, asked.target, given, exhibits=asked.exhibits)
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
    except DeadKernelError:
        sys.exit(f"{asked.notebook}: its kernel died, for want of memory or by a signal; parameters: {_named(given)}")
    except TimeoutError as error:
        sys.exit(f"{asked.notebook}: {error}; parameters: {_named(given)}. Allow more: {LIMIT}=1000 make book")
    except OSError as error:  # a missing file, a full disk, a folder that cannot be written to
        sys.exit(f"{asked.notebook}: {error}")
    print(f"{asked.notebook}: executed in {time.monotonic() - began:.1f} s")


def _named(given: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in given.items()) or "its own"


if __name__ == "__main__":
    main()
