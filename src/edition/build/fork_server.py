"""The process that `fork_client` keeps at hand: it has imported everything, and forks for each run.

Belongs here: that process. Not here: how it is found and asked (`fork_client`).
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

from edition import paths
from edition.build import fork_client, libraries

IMPORTED = (*libraries.NOTEBOOKS, "edition.build.engine", "edition.build.execute", "edition.build.in_process",
            "edition.build.validate", "edition.exhibits.exhibit", "edition.numbers.glue", "edition.exhibits.downloads", "edition.exhibits.stored")  # fmt: skip
# What asks which versions of libraries there are
KEYED = ("edition.exhibits.drawn", "edition.exhibits.downloads", "edition.exhibits.reference")
# What compiles the book, which is done last: one after the other, while nobody asks for anything.
LATER = (*libraries.COMPILING, "edition.book.assets", "edition.book", "edition.build.publish")
# What may be asked for, by its name
MODULES = {
    kind: f"edition.build.{kind}" for kind in ("validate", "execute", "answers", "publish", "release", "progress")
}
LAST = "publish"
AGAIN = (*libraries.MAKING, "edition.build.progress")  # and what makes the book, where it is made again


def serve(door: socket.socket, *, again: bool = False, once: bool = False) -> None:
    """Import, then fork for each request at the door until the parent is gone.

    Args:
        again: whether the book is made more than once, so that Snakemake is kept at hand too.
        once: whether it is made once, so that nothing is asked for when it is being compiled, and this process, of which the copy
            that compiles shares ever less, need not take memory beside it.
    """
    parent = os.getppid()
    libraries.alone()
    libraries.fetch(IMPORTED)
    libraries.fetch(importlib.import_module("edition.exhibits.registry").modules())
    importlib.import_module("nbformat.validator").get_validator(4, 5)  # compiles the schema of notebooks
    importlib.import_module("edition.build.engine").ready()
    for library in {library for name in KEYED for library in importlib.import_module(name).LIBRARIES}:
        importlib.import_module("edition.exhibits.kept").version(library)
    _tables()
    _keep()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the system
    later: list[Callable[[], object]] = [partial(libraries.fetch, [name]) for name in (*LATER, *AGAIN * again)]
    waiting = [_sources, *reversed(later)]
    while os.getppid() == parent:
        door.settimeout(0.1 if waiting else 0.5)
        try:
            line, _ = door.accept()
        except TimeoutError:
            if waiting:
                waiting.pop()()
                _keep()
            continue
        with line:
            kind = _answer(line, door)
        if once and kind == LAST:
            return


def _keep() -> None:
    """Keep what is there out of the collector's sight: pages that it does not touch stay shared, and what a copy of this process
    leaves behind counts from nothing, or it would grow as large as a part of all this before it is looked at.
    """
    gc.freeze()
    gc.collect()


def _tables() -> None:
    """Read and check the tables, and what every citation says."""
    with contextlib.suppress(Exception):  # unsound data is for the run that meets it to report
        importlib.import_module("edition.paper").current().load()
        importlib.import_module("edition.exhibits.citation").edition(paths.root())


def _computed() -> None:
    """Judge the claims here and not in a copy: after the check of the data the data to take away and several chapters ask for them."""
    with contextlib.suppress(Exception):  # as above
        paper = importlib.import_module("edition.paper").current()
        paper.computed(paper.load())
    _keep()


def _sources() -> None:
    """Read what the book is made from, which whoever compiles it asks for, or looks what is to be made again."""
    with contextlib.suppress(Exception):  # unsound code or data is for the run that meets it to report
        importlib.import_module("edition.build.dependencies").ahead()


def _answer(line: socket.socket, door: socket.socket) -> str:
    """Have a copy do what is asked for; says what that is."""
    line.settimeout(5)
    received, streams, _, _ = socket.recv_fds(line, 1 << 20, 3)
    while not received.endswith(b"\n"):
        received += line.recv(1 << 20)
    request = ast.literal_eval(received.decode())
    if request["kind"] == "validate":
        _computed()
    child = os.fork()
    if child:
        for stream in streams:
            os.close(stream)
        line.sendall(b"taken\n")
        return str(request["kind"])
    status = 1
    try:
        os.setsid()
        door.close()
        line.settimeout(None)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _end_with_the_asker(line)
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        _find_modules_as_the_asker_does()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        status = _run(request["kind"], request["arguments"], line)
    except Exception as error:  # nobody above it would say so
        print(fork_client.one_line(error), file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _find_modules_as_the_asker_does() -> None:
    """What is not yet imported comes from where a new process would find it: a paper's own folder, say."""
    named = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:0] = [folder for folder in named if folder not in sys.path]


def _end_with_the_asker(line: socket.socket) -> None:
    """When the process that asked is gone, killed or not, this one and what it started end too.

    Nobody else would see to it: a fork is a child of the process that is kept at hand, not of the one who asked.
    """
    asker = int.from_bytes(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 4), sys.byteorder)
    try:
        alive = os.pidfd_open(asker)
    except ProcessLookupError:
        os.killpg(0, signal.SIGKILL)
    except (OSError, AttributeError):  # a kernel or a Python that does not know it
        alive = None

    def watch() -> None:
        if alive is not None:
            select.select([alive], [], [])
        else:
            with contextlib.suppress(ProcessLookupError):
                while True:
                    os.kill(asker, 0)
                    time.sleep(0.2)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def _run(kind: str, arguments: list[str], line: socket.socket) -> int:
    """Run the command line of a module that is asked for by its name, and send its exit status."""
    command = importlib.import_module(MODULES[kind])
    status = _status(lambda: command.main(arguments))
    sys.stdout.flush()
    line.sendall(f"{status}\n".encode())
    return status


def _status(action: Callable[[], object]) -> int:
    try:
        action()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return end.code or 0
    return 0


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), once=sys.argv[2:] == [fork_client.ONCE])
