"""How papermill runs a notebook here: its cells, in a copy of the process that asks for it.

    papermill.execute_notebook(…, engine_name=engine.NAME)

A kernel of its own takes longer to start and to talk to than a chapter computes. ipykernel's kernel within a process gives the same
outputs; what a cell does to its process, to the last, is done to the copy. Belongs here: running cells that way. Not here: which
notebook, and what becomes of it (`execute`).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

import pandas as pd
from ipykernel.inprocess.blocking import BlockingInProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from IPython.core.interactiveshell import InteractiveShell
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import output_from_msg
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

NAME = "copy"
SHOWN = {"stream", "display_data", "execute_result", "error"}  # messages that are outputs of a cell
START = "fork" if sys.platform == "linux" else "spawn"  # how the copy comes about; a fork has all that is imported

# The outputs of a cell, as nbformat has them, and its number among those that were run
Ran = tuple[list[dict[str, Any]], int]


class CopyEngine(Engine):
    """Runs a notebook's code cells one after the other, up to the first that fails."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: Any) -> None:
        """Fill in the outputs of `nb_man.nb`.

        Raises:
            DeadKernelError: the copy ended before its time.
        """
        cells = [
            (n, cell) for n, cell in enumerate(nb_man.nb.cells) if cell.cell_type == "code" and cell.source.strip()
        ]
        with tempfile.TemporaryDirectory() as settings, _copy([cell.source for _, cell in cells], settings) as answers:
            for n, cell in cells:
                nb_man.cell_start(cell, n)
                cell.outputs, cell.execution_count = _next(answers)
                if any(output.output_type == "error" for output in cell.outputs):
                    nb_man.cell_exception(cell, n)
                    break
                nb_man.cell_complete(cell, n)


@contextlib.contextmanager
def _copy(sources: Sequence[str], settings: str) -> Iterator[Connection]:
    """A copy of this process that runs each cell and sends what it shows; it ends with the context, whatever it does."""
    context: Any = multiprocessing.get_context(START)
    here, there = context.Pipe(duplex=False)
    copy = context.Process(target=_run, args=(sources, settings, there))
    copy.start()
    there.close()
    try:
        yield here
    finally:
        copy.kill()
        copy.join()


def _next(answers: Connection) -> Ran:
    try:
        ran: Ran | Exception = answers.recv()
    except EOFError:
        raise DeadKernelError("Kernel died") from None
    if isinstance(ran, Exception):
        raise ran
    return ran


def _run(sources: Sequence[str], settings: str, answers: Connection) -> None:
    try:
        client = _kernel(settings)
        for source in sources:
            client.execute(source, allow_stdin=False)
            answers.send((_outputs(client), client.get_shell_msg()["content"]["execution_count"]))
    except Exception as error:  # of the kernel and not of a cell, whose error is one of its outputs
        answers.send(error)


def _kernel(settings: str) -> Any:
    """A kernel within this process, as who asks it sees it; of a person's IPython it has neither settings nor history."""
    _as_in_a_kernel()
    own = Config(HistoryManager={"enabled": False}, InteractiveShell={"ipython_dir": settings})
    kernel: Any = InProcessKernel(config=own)  # type: ignore[no-untyped-call]
    client = BlockingInProcessKernelClient(kernel=kernel, session=kernel.session)
    client.start_channels()  # type: ignore[no-untyped-call]
    return client


def _as_in_a_kernel() -> None:
    """What differs in a process that did other things before it was a kernel is put right."""
    InteractiveShell.clear_instance()
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    pd.set_option("display.max_columns", 20)  # outside a kernel pandas takes the terminal's width
    pd.set_option("display.width", 80)


def _outputs(client: Any) -> list[dict[str, Any]]:
    """What a cell shows, up to the message that it is done."""
    found: list[dict[str, Any]] = []
    while (message := client.get_iopub_msg())["content"].get("execution_state") != "idle":
        if message["msg_type"] in SHOWN:
            found.append(output_from_msg(message))
    return found


papermill_engines.register(NAME, CopyEngine)
