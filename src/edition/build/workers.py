"""Processes that compute parameter sets, one set after the other in each, so that one that fails costs itself alone.

    for task, answer in workers.answers(tasks, cores=2): ...

A process has the code imported and the tables loaded once. Each set may take so many seconds (`execute.limit`). One that
takes longer is ended with its process; one whose process is ended from outside, as where memory runs out, is tried once
more at the end, with nothing beside it. Belongs here: these processes. Not here: which sets they are given, or what is kept
of them (`sweep_run`).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from functools import cache
from multiprocessing import connection
from typing import Any, NamedTuple

from edition import paper
from edition.asking import chapters
from edition.asking.sweep_table import Answer
from edition.build import execute
from edition.data.tables import Tables

# Where the system can, a process is a copy of this one, which has everything imported and loaded.
PROCESSES = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


class Task(NamedTuple):
    """A parameter set of a chapter, and its position among the chapter's."""

    chapter: str
    n: int
    given: dict[str, Any]

    def __str__(self) -> str:
        """Which set it is, in words."""
        return ", ".join([self.chapter, *(f"{name} {value}" for name, value in self.given.items())])


class Worker:
    """A process, the line to it, and the set that it was given last."""

    task: Task
    until = 0.0  # when it has to be done, by the monotonic clock

    def __init__(self) -> None:
        """Start one, and wait until it is ready."""
        self.line, its = PROCESSES.Pipe()
        self.process = PROCESSES.Process(target=_work, args=(its,), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        its.close()
        self.line.recv()

    def give(self, task: Task, seconds: int) -> None:
        """Have it compute a set."""
        self.task, self.until = task, time.monotonic() + seconds
        self.line.send((task.chapter, task.given))

    def end(self) -> None:
        """End it, whatever it does."""
        self.line.close()
        self.process.kill()
        self.process.join()


def answers(tasks: Iterable[Task], cores: int) -> Iterator[tuple[Task, Answer]]:
    """What each set gives, in the order in which they are done; of one that fails why, in words.

    Raises:
        DataError: the tables cannot be used.
    """
    _tables()
    killed: list[Task] = []
    yield from _answers(iter(tasks), cores, killed)
    for task in killed:
        again: list[Task] = []
        yield from _answers(iter([task]), 1, again)
        if again:
            yield task, "ChildProcessError: its process was ended from outside, twice; memory may have run out"


def _answers(tasks: Iterator[Task], cores: int, killed: list[Task]) -> Iterator[tuple[Task, Answer]]:
    """The same; a set whose process was ended from outside is added to `killed`."""
    seconds, busy = execute.limit(), dict[Any, Worker]()

    def give(worker: Worker | None = None) -> None:
        """The next set to a process, to a new one without; none is needed when there is no set left."""
        task = next(tasks, None)
        if task is not None:
            worker = worker or Worker()
            worker.give(task, seconds)
            busy[worker.line] = worker
        elif worker:
            worker.end()

    try:
        for _ in range(cores):
            give()
        while busy:
            soonest = min(worker.until for worker in busy.values())
            ready = connection.wait(busy, timeout=max(soonest - time.monotonic(), 0))
            late = [line for line, worker in busy.items() if line not in ready and worker.until <= time.monotonic()]
            for line in [*ready, *late]:
                worker = busy.pop(line)
                task, answer = worker.task, None
                try:
                    answer = f"TimeoutError: it did not end within {seconds} s" if line in late else worker.line.recv()
                except (EOFError, ConnectionResetError):
                    killed.append(task)
                if line in late or answer is None:
                    worker.end()
                    give()
                else:
                    give(worker)
                if answer is not None:
                    yield task, answer
    finally:
        for worker in busy.values():
            worker.end()


@cache
def _tables() -> Tables:
    return paper.current().load()


def _work(line: Any) -> None:
    """Compute what is asked for, until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks ends it
    threading.Thread(target=_end_with_the_asker, daemon=True).start()
    tables = _tables()
    line.send("ready")
    while True:
        try:
            chapter, given = line.recv()
        except EOFError:
            return
        line.send(_answer(chapter, tables, given))


def _answer(chapter: str, tables: Tables, given: dict[str, Any]) -> Answer:
    try:
        return chapters.results(chapter, tables, given)
    except (Exception, SystemExit) as error:
        return " ".join(f"{type(error).__name__}: {error}".split())


def _end_with_the_asker() -> None:
    """End this process, in the middle of a set too, when the one that started it is gone, killed or not."""
    asker = multiprocessing.parent_process()
    if asker is not None:
        connection.wait([asker.sentinel])
        os._exit(1)
