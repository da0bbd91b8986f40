"""Snakemake, telling what a reader of its output wants to know: which step of how many, how long it has taken, and errors.

    python -m edition.build.progress --cores 2                # the arguments of snakemake
    python -m edition.build.progress --cores 2 sweep          # with SWEEP in the environment: and how long it will still take

A logger plugin of Snakemake's, so that it goes by Snakemake's events and not by its sentences. What the steps themselves
print is left alone. Belongs here: what is told. Not here: what is done (`workflow/Snakefile`).
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time

from edition.build import libraries

libraries.fetch((*libraries.MAKING, "edition.build.dependencies"))  # which the workflow asks
from snakemake import cli  # noqa: E402
from snakemake_interface_logger_plugins.base import LogHandlerBase  # noqa: E402
from snakemake_interface_logger_plugins.common import LogEvent  # noqa: E402
from snakemake_interface_logger_plugins.registry import LoggerPluginRegistry  # noqa: E402

NAME = "edition"  # of the plugin
SILENCE = 20  # seconds after which a step that still runs says so


class LogHandler(LogHandlerBase):
    """Tells each step that is done, warnings and errors; Snakemake's other news is left to its log file."""

    begun = told = time.monotonic()
    done = 0  # steps, of all that were to do

    def emit(self, record: logging.LogRecord) -> None:
        """Print what is to be told of an event."""
        if getattr(record, "event", None) == LogEvent.PROGRESS:
            LogHandler.done = done = vars(record)["done"]
            LogHandler.told = time.monotonic()
            print(line(done, vars(record)["total"], LogHandler.told - self.begun), flush=True)
        elif record.levelno >= logging.WARNING:
            print(self.format(record), file=sys.stderr, flush=True)

    writes_to_stream = True
    writes_to_file = False
    has_filter = False
    has_formatter = False
    needs_rulegraph = False


def line(done: int, total: int, seconds: float) -> str:
    """How far it is; of a sweep, whose steps are alike, also how long it will still take."""
    left = f", about {seconds * (total - done) / done:.0f} s left" if os.environ.get("SWEEP") and done else ""
    return f"step {done} of {total}, {seconds:.0f} s{left}"


def still_at_work() -> None:
    """Say now and then that a step takes its time, for as long as the process lasts."""
    while True:
        time.sleep(1)
        if time.monotonic() - LogHandler.told >= SILENCE:
            LogHandler.told = time.monotonic()
            print(f"still at work, {LogHandler.told - LogHandler.begun:.0f} s", flush=True)


def main(arguments: list[str] | None = None) -> None:
    """The command line: Snakemake's, and its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    LogHandler.begun = LogHandler.told = time.monotonic()  # not when this was imported, by a process that is kept
    threading.Thread(target=still_at_work, daemon=True).start()
    LoggerPluginRegistry().register_plugin(f"snakemake_logger_plugin_{NAME}", sys.modules[__name__])
    try:
        cli.main([f"--logger={NAME}", *given])  # so that a target may come first
    except SystemExit as end:
        if not end.code and not LogHandler.done:
            print("Nothing changed: nothing was executed.")
        raise
    finally:
        # Snakemake would look once more, a second later, whether it may start another step
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.cancel()


if __name__ == "__main__":
    main()
