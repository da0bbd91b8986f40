"""A process that has imported the libraries alone, and is copied for a process at hand (`fork_server`) whenever code or data changed.

    python -m edition.build.libraries 4 5    # the numbers of the door's file and of a pipe; at SIGHUP it begins anew, and says so

Libraries take seconds to import and stay as they are while a book is written; the code of the edition does not. Belongs here: which
libraries, and that copy. Not here: what it is asked (`fork_server`), or when it is to begin anew (`watch`).
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
from collections.abc import Iterable, Iterator

# What runs notebooks, what compiles the book, and what makes it
NOTEBOOKS = ("papermill", "ipykernel.debugger", "matplotlib.figure", "seaborn", "frictionless", "xlsxwriter")
COMPILING = ("sphinx.application", "sphinx.builders.html", "jupyter_book.sphinx", "jupyter_book.cli.main", "myst_nb.sphinx_ext",
             "sphinxcontrib.bibtex", "sphinx_book_theme", "sphinx_design", "citeproc")  # fmt: skip
MAKING = ("snakemake.cli",)
OWN = "edition"
# What a library has a way without, which is the one that is taken: seaborn would import all statistics for densities, of which no
# chart shows one; what it cannot draw without (`clustermap`) says so
WITHOUT = {"seaborn": "scipy"}


def alone() -> None:
    """Have no library start threads, which a copy would be without, or warn of what nobody asked for: before the first is imported."""
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the debugger of kernels


def fetch(names: Iterable[str]) -> None:
    """Import modules, one after the other. None of it is garbage: it is not looked for meanwhile, which takes a quarter of the time,
    nor ever among them, so that pages that the collector does not touch stay shared.
    """
    gc.disable()
    try:
        for name in names:
            with _without(WITHOUT.get(name, "")):
                importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


@contextlib.contextmanager
def _without(library: str) -> Iterator[None]:
    """Inside this a library that is not yet imported is not found."""
    hidden = library and library not in sys.modules
    if hidden:
        sys.modules[library] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules[library]


def main() -> None:
    """Import, then keep one copy serving at the door until the parent is gone."""
    door, tell, parent = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), os.getppid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    alone()
    fetch((*NOTEBOOKS, *COMPILING, *MAKING))
    while os.getppid() == parent:
        copy = os.fork()
        if not copy:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})
            _serve(door)
        ended = False
        while os.getppid() == parent and not signal.sigtimedwait({signal.SIGHUP}, 0.1):
            ended = ended or os.waitpid(copy, os.WNOHANG) != (0, 0)
            if ended:  # by an error in the code, which the run that meets it reports
                _turn_away(door)
        if not ended:
            os.kill(copy, signal.SIGKILL)
            os.waitpid(copy, 0)
        os.write(tell, b".")


def _turn_away(door: socket.socket) -> None:
    """Have who asks do without."""
    door.settimeout(0.1)
    with contextlib.suppress(TimeoutError):
        door.accept()[0].close()


def _serve(door: socket.socket) -> None:
    """Import the edition as it is now, and serve; never returns."""
    for name in [name for name in sys.modules if name.partition(".")[0] == OWN]:
        del sys.modules[name]
    importlib.invalidate_caches()
    try:
        importlib.import_module(f"{OWN}.build.fork_server").serve(door, again=True)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
