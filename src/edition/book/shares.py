"""What the processes that read and write pages, copies of the one that compiles, have to do each, and what they share.

Belongs here: the order in which pages are read, and sparing memory. Not here: which pages are read or written again (`site`,
`incremental`).
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.parallel import make_chunks

BEFORE = 300  # before others work, or copy this process


def deal(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Put pages in an order in which Sphinx, which gives each process the next so many, gives it large ones and small ones."""
    if app.parallel > 1 and pages:
        by_size = sorted(pages, key=lambda page: (-Path(env.doc2path(page)).stat().st_size, page))
        shares, rest = divmod(len(pages), len(make_chunks(pages, app.parallel)[0]))
        whole = by_size[: len(pages) - rest]
        pages[:] = [page for n in range(shares) for page in whole[n::shares]] + by_size[len(whole) :]


def spare(*_: Any) -> None:
    """Keep what is there out of the collector's sight: memory that it does not touch stays shared with the copies."""
    gc.collect()  # or what is no longer needed would be kept for good
    gc.freeze()


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("env-before-read-docs", deal)
    app.connect("env-before-read-docs", spare)
    app.connect("write-started", spare, priority=BEFORE)
