"""Notebooks without the wait: one process that has everything imported, and is copied for each run.

    python -m edition.build.fork_client snakemake --cores 2      # a command, with the process at hand while it runs

Importing pandas, matplotlib and seaborn takes longer than a chapter computes. Here they are imported once; each run is a fork of
that process, so runs share nothing but the imports.
Jobs find the process by the environment variable `WARM_NOTEBOOKS`; without it (another machine, another system)
they do the same work in a new process, more slowly and with the same result.

Belongs here: how the process is started and asked. Each job imports it to ask, and would else wait for more modules than
it has to do: what asking does not need is imported where it is needed. Not here: the process itself (`fork_server`), or what a
run does (`execute`).
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Callable, Iterator

TYPE_CHECKING = False  # as a checker of types takes it; `typing` is not needed to ask
if TYPE_CHECKING:
    import subprocess

WARM = "WARM_NOTEBOOKS"
# Of glibc: what a process frees stays its own, so that the dots of each picture lie where those of the last did. The system would
# fill them with zeros first, each time.
ROOM = {"MALLOC_MMAP_THRESHOLD_": f"{32 << 20}", "MALLOC_TRIM_THRESHOLD_": f"{128 << 20}"}
ONCE = "once"  # said to a process that the book is made once
LOG = "_build/errors.log"  # of the folder in which a run is asked for


def ask(kind: str, *arguments: str) -> int | None:
    """Have the process run something; its exit status, or None where there is no such process.

    Args:
        kind: a step, as `step` has it: "validate" (the data), "execute" (a notebook), "answers" (a chapter's), "publish", "release"
            or "progress" (the book, its data, all that makes it).
    """
    path = os.environ.get(WARM)
    if not path:
        return None
    with socket.socket(socket.AF_UNIX) as line:
        try:
            with _short(path) as address:
                line.connect(address)
            request = {"kind": kind, "arguments": arguments, "cwd": os.getcwd(), "env": dict(os.environ)}  # noqa: PTH109
            socket.send_fds(line, [repr(request).encode() + b"\n"], [0, 1, 2])
            answers = line.makefile("r")
            taken = answers.readline()
        except OSError:
            return None
        if not taken:
            return None
        answer = answers.readline()
    return int(answer) if answer else 1


def one_line(error: BaseException) -> str:
    """An error that nobody expects, in one line, and where it is kept whole."""
    import traceback
    from pathlib import Path

    whole, file = "".join(traceback.format_exception(error)), Path(LOG).absolute()
    line = " ".join(f"{type(error).__name__}: {error}".split())
    try:
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{whole}\n")
    except OSError:
        return f"{line}\n{whole}"
    return f"{line} (the whole of it is in {file})"


@contextlib.contextmanager
def _short(path: str) -> Iterator[str]:
    """An address for a socket's file: the system takes 107 bytes, and a temporary folder may lie deeper."""
    where, name = os.path.split(path)
    folder = os.open(where, os.O_PATH)
    try:
        yield f"/proc/self/fd/{folder}/{name}"
    finally:
        os.close(folder)


@contextlib.contextmanager
def at_hand(*said: str) -> Iterator[dict[str, str]]:
    """An environment for commands, with the process at hand while the context lasts; or, with `ONCE` said, until the book is compiled:
    who asks later does without.
    """
    with _started("fork_server", said=said) as (environment, _):
        yield environment


@contextlib.contextmanager
def again_and_again() -> Iterator[tuple[dict[str, str], Callable[[], None]]]:
    """The same for who makes the book more than once, with Snakemake at hand too; and what has the process begin anew, with the
    code and the data as they are then.
    """
    import signal

    told, tell = os.pipe()
    try:
        with _started("libraries", tell) as (environment, process):
            os.close(tell)

            def begin_anew() -> None:
                if process:
                    process.send_signal(signal.SIGHUP)
                    os.read(told, 1)  # from then on nobody is answered by what was read before

            yield environment, begin_anew
    finally:
        os.close(told)


@contextlib.contextmanager
def _started(
    module: str, *files: int, said: tuple[str, ...] = ()
) -> Iterator[tuple[dict[str, str], subprocess.Popen[bytes] | None]]:
    """The environment, and the process unless there is none here or one already; it is given the door and other open files, and
    what is said to it.
    """
    import subprocess
    import tempfile

    if sys.platform != "linux" or WARM in os.environ:
        yield dict(os.environ), None
        return
    with tempfile.TemporaryDirectory(prefix="warm-") as folder:
        path = f"{folder}/door"
        # Open from the start: who asks early waits, who asks a dead process knows
        with socket.socket(socket.AF_UNIX) as door:
            with _short(path) as address:
                door.bind(address)
            door.listen(64)
            given = [door.fileno(), *files]
            command = [sys.executable, "-m", f"edition.build.{module}", *map(str, given), *said]
            process = subprocess.Popen(command, pass_fds=given, start_new_session=True, env=os.environ | ROOM)
        try:
            yield {**os.environ, WARM: path}, process
        finally:
            process.kill()
            process.wait()


def main() -> None:
    """The command line: run a command with the process at hand; its exit status is the command's."""
    import subprocess

    if len(sys.argv) < 2:
        sys.exit("a command is needed: python -m edition.build.fork_client snakemake --cores 2")
    with at_hand(ONCE) as environment:
        try:
            status = subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        except KeyboardInterrupt:
            status = 130
    sys.exit(status)


if __name__ == "__main__":
    main()
