"""What the site carries beside its pages, written while these are, by a process of its own, as Sphinx has pages written; of a large
book after them, as each process comes to hold most of what is known of all pages.

Belongs here: what is written then. Not here: any of it (`holdings`, `site`, `byline`, `notes`, `takeaway`), or whether what the last build
wrote is what this one would write (`incremental`).
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from edition.book import byline, holdings, notes, site, takeaway

WRITERS = (site.finish, notes.write, byline.write, takeaway.data)  # none needs what another writes, or a page

FEW = 100  # pages


def leave(app: Sphinx, *, old: bool) -> None:
    """Say whether what the last build wrote beside the pages is what this one would write."""
    app.beside_is_old = old  # type: ignore[attr-defined]


def begin(app: Sphinx, builder: Builder) -> None:
    """Begin to write it, where there is something to write: all that has been read is known now."""
    if builder.name == "html" and app.parallel > 1 and parallel_available and len(app.env.found_docs) <= FEW:
        _write(app, ParallelTasks(1))


def end(app: Sphinx, error: Exception | None) -> None:
    """Wait until it is written, or write it; where the pages were not, nobody needs it."""
    tasks: ParallelTasks | None = getattr(app, "beside", None)
    if error and tasks:
        tasks.terminate()
    elif tasks:
        tasks.join()
    elif not error and app.builder.name == "html":
        _write(app, SerialTasks())


def _write(app: Sphinx, tasks: ParallelTasks | SerialTasks) -> None:
    """Have it written, unless what the last build wrote is the same."""
    if getattr(app, "beside_is_old", False):
        return
    holdings.copy(app)  # which others list
    site.entries(app)  # which a page shows too
    app.beside = tasks  # type: ignore[attr-defined]
    tasks.add_task(_all, app)


def _all(app: Sphinx) -> None:
    for writer in WRITERS:
        writer(app)


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("write-started", begin)
    app.connect("build-finished", end)
