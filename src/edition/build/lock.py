"""One build at a time in a folder.

    python -m edition.build.lock _build snakemake --cores 2      # a command, alone in _build while it runs
    python src/edition/build/lock.py --wait _build/.environment make environment     # it waits for another to end

The lock is the system's own and ends with the command that holds it, however that ends, so that nothing has to be
cleaned up after a build that was killed. Run as a file it needs no environment: nothing but the standard library. Belongs here: that lock. Not here: what is built.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

NAME = ".lock"


def run(folder: Path, command: list[str], *, wait: bool = False) -> int:
    """Run a command alone in a folder, which is made if need be; its exit status.

    Args:
        wait: for another command at work there, which is told, instead of raising.

    Raises:
        OSError: the folder cannot be written to.
        BlockingIOError: another command is at work there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise
            print(f"Another command is at work in {folder}; waiting for it to end", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        # The command holds the lock too: if this process alone is killed, nobody else begins while it still runs.
        return subprocess.run(command, check=False, pass_fds=[lock.fileno()]).returncode


def main() -> None:
    """The command line; its exit status is the command's."""
    wait = sys.argv[1:2] == ["--wait"]
    folder, *command = sys.argv[2 if wait else 1 :] or [""]
    if not command:
        sys.exit("a folder and a command are needed: python -m edition.build.lock _build snakemake --cores 2")
    try:
        status = run(Path(folder), command, wait=wait)
    except BlockingIOError:
        sys.exit(f"{folder}: another build is at work there; wait for it to end, or end it")
    except OSError as error:
        sys.exit(f"{folder}: cannot be written to ({error.strerror}); allowed: a folder that can")
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


if __name__ == "__main__":
    main()
