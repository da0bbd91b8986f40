"""What a clock that was ahead left behind.

Whether a step is out of date is no question of dates (`dependencies`). But Snakemake fails where an output seems older than
what it was made from, and Sphinx passes over a page that seems older than when it last read it; both happen once a clock
that was ahead is put right. Belongs here: putting such dates right. Not here: any other use of a date.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

SPHINX = Path("book", "_build")  # with when it read each page


def put_right(build: Path) -> list[Path]:
    """Date what was made in `build` and is dated in the future as of now; Sphinx then reads all pages again.

    Returns:
        What was dated so.
    """
    now = time.time()
    ahead = [path for path in _made(build) if path.stat().st_mtime > now]
    for path in ahead:
        os.utime(path)
    if ahead:
        shutil.rmtree(build / SPHINX, ignore_errors=True)
    return ahead


def _made(build: Path) -> Iterator[Path]:
    """The outputs of the steps."""
    yield from (path for name in ("validated", "published") if (path := build / name).exists())
    for top in (build / "book", build / "release", build / "extras", build / "sweeps"):
        for folder, inside, files in os.walk(top):
            inside[:] = [name for name in inside if Path(folder, name) != build / SPHINX]
            yield from (path for name in (*inside, *files) if (path := Path(folder, name)).exists())
