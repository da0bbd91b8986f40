"""A command in a copy of this process: whatever becomes of the copy, this process goes on and can say so.

    apart.ended(partial(make, notebook), seconds=300)      # None, or what the command ends with

Belongs here: that copy. Not here: what it does (`execute`).
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from edition.build import fork_client

START = "fork" if sys.platform == "linux" else "spawn"  # how the copy comes about; a fork has all that is imported
Code = int | str | None  # of a SystemExit


def ended(command: Callable[[], object], seconds: int) -> Code:
    """What a command ends with: None if all is well, or else its exit status, or its error in one line.

    Raises:
        ChildProcessError: the copy was ended before the command was.
        TimeoutError: the command took longer than so many seconds; the copy is ended.
    """
    context: Any = multiprocessing.get_context(START)
    here, there = context.Pipe(duplex=False)
    copy = context.Process(target=_end, args=(command, there))
    copy.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise TimeoutError(f"it did not end within {seconds} s")
        code: Code = here.recv()
    except EOFError:
        raise ChildProcessError("it was ended by a signal, or for want of memory") from None
    finally:
        copy.kill()
        copy.join()
        here.close()
    return code


def _end(command: Callable[[], object], answer: Connection) -> None:
    code: Code = None
    try:
        command()
    except SystemExit as end:
        code = end.code
    except Exception as error:  # one that nobody expects
        code = fork_client.one_line(error)
    sys.stdout.flush()
    sys.stderr.flush()
    answer.send(code)
