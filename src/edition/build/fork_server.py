"""The process that `fork_client` keeps at hand: it has imported everything, and forks for each run and each kernel.

Belongs here: that process, and the kernel provisioner by which Jupyter gets its kernels from it (entry point in
pyproject.toml). Not here: how it is found and asked (`fork_client`).
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from edition.build import dependencies, fork_client

PROVISIONER = "warm"  # the name under which pyproject.toml makes `Provisioner` known
IMPORTED = ("papermill", "ipykernel.kernelapp", "ipykernel.debugger", "matplotlib.figure", "seaborn", "frictionless",
            "edition.build.execute", "edition.build.in_process", "edition.exhibits.exhibit", "edition.numbers.glue",
            "edition.exhibits.downloads", "edition.exhibits.stored", "xlsxwriter")  # fmt: skip
# What compiles the book, which is done last: one after the other, while nobody asks for anything.
LATER = ("sphinx.application", "sphinx.builders.html", "jupyter_book.sphinx", "jupyter_book.cli.main", "myst_nb.sphinx_ext",
         "sphinxcontrib.bibtex", "sphinx_book_theme", "sphinx_design", "edition.book.assets", "edition.book", "citeproc",
         "edition.build.publish")  # fmt: skip
AGAIN = ("edition.build.progress",)  # and what makes the book, where it is made again


class Provisioner(KernelProvisionerBase):
    """Gives Jupyter a kernel that is a fork of the process."""

    pid: int | None = None

    @property
    def has_process(self) -> bool:
        """Whether a kernel was started and not yet seen to end."""
        return self.pid is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """The kernel's command line, its connection file written."""
        manager: Any = self.parent
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return await super().pre_launch(cmd=manager.format_kernel_cmd(kwargs.pop("extra_arguments", [])), **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Ask for the fork; `cmd` is what a new process would be started with."""
        self.pid = fork_client.ask("kernel", *cmd[cmd.index("-m") + 2 :])
        return self.connection_info

    async def poll(self) -> int | None:
        """None while the kernel runs."""
        if self.pid is None:
            return 0
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 1
        return None

    async def wait(self) -> int | None:
        """Wait for the kernel's end."""
        while await self.poll() is None:
            await asyncio.sleep(0.02)
        self.pid = None
        return 0

    async def send_signal(self, signum: int) -> None:
        """A signal for the kernel and whatever it started."""
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """Nothing is kept."""


def serve(door: socket.socket, *, again: bool = False) -> None:
    """Import, then fork for each request at the door until the parent is gone.

    Args:
        again: see `fork_client.at_hand`.
    """
    parent = os.getppid()
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # a fork copies no thread
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # or the kernels' debugger warns of what nobody asked for
    for name in (*IMPORTED, *importlib.import_module("edition.exhibits.registry").modules()):
        importlib.import_module(name)
    importlib.import_module("nbformat.validator").get_validator(4, 5)  # compiles the schema of notebooks
    with contextlib.suppress(Exception):  # unsound data is for the run that meets it to report
        importlib.import_module("edition.paper").current().load()
    gc.freeze()  # pages that the collector does not touch stay shared
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the system
    later: list[Callable[[], object]] = [partial(importlib.import_module, name) for name in (*LATER, *AGAIN * again)]
    waiting = [*[_sources] * again, *reversed(later)]
    while os.getppid() == parent:
        door.settimeout(0.1 if waiting else 0.5)
        try:
            line, _ = door.accept()
        except TimeoutError:
            if waiting:
                waiting.pop()()
                gc.freeze()
            continue
        with line:
            _answer(line, door)


def _sources() -> None:
    """Read what every source imports, which whoever compiles the book asks for, or looks what is to be made again."""
    with contextlib.suppress(Exception):  # unsound code or data is for the run that meets it to report
        dependencies.behind("edition.book.assets")


def _answer(line: socket.socket, door: socket.socket) -> None:
    line.settimeout(5)
    received, streams, _, _ = socket.recv_fds(line, 1 << 20, 3)
    while not received.endswith(b"\n"):
        received += line.recv(1 << 20)
    request = json.loads(received)
    child = os.fork()
    if child:
        for stream in streams:
            os.close(stream)
        line.sendall(f"taken\n{child}\n".encode() if request["kind"] == "kernel" else b"taken\n")
        return
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
        status = _RUN[request["kind"]](request["arguments"], line)
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


def _command(module: str, arguments: list[str], line: socket.socket) -> int:
    """Run a module's command line and send its exit status."""
    command = importlib.import_module(module)
    os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = PROVISIONER
    status = _status(lambda: command.main(arguments))
    sys.stdout.flush()
    line.sendall(f"{status}\n".encode())
    return status


def _kernel(arguments: list[str], line: socket.socket) -> int:
    """Be a kernel. What differs in a process that imported pandas before it was one is put right."""
    from ipykernel.kernelapp import IPKernelApp

    line.close()
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    pandas = importlib.import_module("pandas")
    pandas.set_option("display.max_columns", 20)  # outside a kernel pandas takes the terminal's width
    pandas.set_option("display.width", 80)
    os.environ.pop("JPY_PARENT_PID", None)
    return _status(lambda: IPKernelApp.launch_instance(argv=arguments))


_RUN: dict[str, Callable[[list[str], socket.socket], int]] = {
    "execute": partial(_command, "edition.build.execute"),
    "answers": partial(_command, "edition.build.answers"),
    "publish": partial(_command, "edition.build.publish"),
    "release": partial(_command, "edition.build.release"),
    "progress": partial(_command, "edition.build.progress"),
    "kernel": _kernel,
}


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
    serve(socket.socket(fileno=int(sys.argv[1])), again="again" in sys.argv[2:])
