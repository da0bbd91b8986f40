"""In which order pages are read: so that the processes that read them have as much to read each.

Belongs here: that order. Not here: which pages are read again (`site`, `incremental`).
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.parallel import make_chunks


def deal(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Put pages in an order in which Sphinx, which gives each process the next so many, gives it large ones and small ones."""
    if app.parallel > 1 and pages:
        shares = len(pages) // len(make_chunks(pages, app.parallel)[0])
        by_size = sorted(pages, key=lambda page: (-Path(env.doc2path(page)).stat().st_size, page))
        pages[:] = [page for n in range(shares) for page in by_size[n::shares]]


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("env-before-read-docs", deal)
