"""How papermill runs a notebook here: its cells, one after the other, in the process that asks for it.

    papermill.execute_notebook(…, engine_name=engine.NAME)

A kernel of its own takes longer to start and to talk to than a chapter computes. ipykernel's kernel within a process gives the same
outputs; what a cell does to its process stays done, so a process runs one notebook (`apart`). Belongs here: running cells that way.
Not here: which notebook, and what becomes of it (`execute`).
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from typing import Any

import pandas as pd
from ipykernel.inprocess.blocking import BlockingInProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import output_from_msg
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

NAME = "here"
SHOWN = {"stream", "display_data", "execute_result", "error"}  # messages that are outputs of a cell


class HereEngine(Engine):
    """Runs a notebook's code cells one after the other, up to the first that fails."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: Any) -> None:
        """Fill in the outputs of `nb_man.nb`."""
        with _kernel() as client:
            for n, cell in enumerate(nb_man.nb.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                nb_man.cell_start(cell, n)
                client.execute(cell.source, allow_stdin=False)
                cell.outputs = _outputs(client)
                cell.execution_count = client.get_shell_msg()["content"]["execution_count"]
                if any(output.output_type == "error" for output in cell.outputs):
                    nb_man.cell_exception(cell, n)
                    break
                nb_man.cell_complete(cell, n)


def ready() -> None:
    """Run a cell that nobody asked for: what a first kernel imports and looks up, a copy of this process has."""
    with _kernel() as client:
        client.execute("None", allow_stdin=False)
        _outputs(client)


@contextlib.contextmanager
def _kernel() -> Iterator[Any]:
    """A kernel within this process, as who asks it sees it; of a person's IPython it has neither settings nor history."""
    InteractiveShell.clear_instance()  # of who asks
    pd.set_option("display.max_columns", 20)  # outside a kernel pandas takes the terminal's width
    pd.set_option("display.width", 80)
    with tempfile.TemporaryDirectory() as settings, _cut_off():
        own = Config(HistoryManager={"enabled": False}, InteractiveShell={"ipython_dir": settings})
        kernel: Any = InProcessKernel(config=own)  # type: ignore[no-untyped-call]
        client = BlockingInProcessKernelClient(kernel=kernel, session=kernel.session)
        client.start_channels()  # type: ignore[no-untyped-call]
        try:
            yield client
        finally:
            kernel.shell.clear_instance()


@contextlib.contextmanager
def _cut_off() -> Iterator[None]:
    """What a cell writes to the terminal past its kernel, or would read there, is lost."""
    terminal = [os.dup(number) for number in range(3)]
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    os.close(nothing)
    try:
        yield
    finally:
        for number, its in enumerate(terminal):
            os.dup2(its, number)
            os.close(its)


def _outputs(client: Any) -> list[dict[str, Any]]:
    """What a cell shows, up to the message that it is done."""
    found: list[dict[str, Any]] = []
    while (message := client.get_iopub_msg())["content"].get("execution_state") != "idle":
        if message["msg_type"] in SHOWN:
            found.append(output_from_msg(message))
    return found


papermill_engines.register(NAME, HereEngine)
