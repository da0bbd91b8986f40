"""What the site carries beside its pages, written when these are: each kind by a process of its own, as Sphinx has pages written.

Belongs here: what is written then, at once. Not here: any of it (`holdings`, `site`, `byline`, `notes`, `takeaway`), or whether what the last build
wrote is what this one would write (`incremental`).
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from edition.book import byline, holdings, notes, site, takeaway

WRITERS = (takeaway.data, byline.write, notes.write, site.finish)  # none needs what another writes


def leave(app: Sphinx, *, old: bool) -> None:
    """Say whether what the last build wrote beside the pages is what this one would write."""
    app.beside_is_old = old  # type: ignore[attr-defined]


def write(app: Sphinx, error: Exception | None) -> None:
    """Write it, where it is another or was not written."""
    if error or app.builder.name != "html" or getattr(app, "beside_is_old", False):
        return
    holdings.copy(app)  # which others list
    at_once = app.parallel > 1 and parallel_available
    tasks = ParallelTasks(app.parallel) if at_once else SerialTasks()
    for writer in WRITERS:
        tasks.add_task(writer, app)
    tasks.join()


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("build-finished", write)
