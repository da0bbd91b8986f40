"""Run notebooks with no packages but those named: which of them a browser that has only these can run.

    python -m edition.build.rehearsal numpy,pandas,… one.ipynb two.ipynb      # prints the files of those that ran

Belongs here: hiding packages. Not here: running the cells (`in_process`), which packages a browser has (`browser_copy`).
"""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from edition.build import in_process

SHARED = (
    "seaborn",
    "edition.build.answer",
    "edition.exhibits.exhibit",
    "edition.numbers.glue",
)  # imported once for all


class Hidden(MetaPathFinder):
    """Finds what the given finders find, but no package outside the allowed ones and the standard library."""

    def __init__(self, allowed: set[str], finders: list[Any]) -> None:
        self.allowed, self.finders = allowed | set(sys.stdlib_module_names), finders

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """None for a package that is hidden, as for one that is not installed."""
        top = name.partition(".")[0]
        if top not in self.allowed and not top.startswith("_"):
            return None
        found = (finder.find_spec(name, path, target) for finder in self.finders)
        return next((spec for spec in found if spec), None)


def runs(notebook: str) -> bool:
    """Run the code cells of a notebook in this process, with all that they show; whether no package was missing."""
    try:
        in_process.run(Path(notebook), drawn=True)
    except ModuleNotFoundError:
        return False
    return True


def main() -> None:
    """The command line; each notebook has a process of its own, forked from this one.

    Raises:
        Exception: what a cell raised, if it was anything but a package that is hidden.
    """
    allowed, *notebooks = sys.argv[1:]
    sys.meta_path[:] = [Hidden(set(allowed.split(",")), sys.meta_path[:])]
    for name in SHARED:
        importlib.import_module(name)
    print("\n".join(notebook for notebook, ran in each(notebooks) if ran))


def each(notebooks: list[str]) -> Iterator[tuple[str, bool]]:
    """Each notebook and whether it ran, in a process of its own, two at a time.

    They are forked here and not by a pool: a pool forks beside its own threads, and such a child can wait for ever.

    Raises:
        RuntimeError: a process ended without a result; what it raised is on standard error.
    """
    fork = multiprocessing.get_context("fork")
    for first in range(0, len(notebooks), 2):
        begun = []
        for notebook in notebooks[first : first + 2]:
            receiver, sender = fork.Pipe(duplex=False)
            process = fork.Process(target=_report, args=(notebook, sender))
            process.start()
            sender.close()
            begun.append((notebook, receiver, process))
        for notebook, receiver, process in begun:
            try:
                yield notebook, receiver.recv()
            except EOFError:
                raise RuntimeError(f"{notebook}: did not run to its end; its error is above") from None
            process.join()


def _report(notebook: str, sender: Connection) -> None:
    sender.send(runs(notebook))


if __name__ == "__main__":
    main()
