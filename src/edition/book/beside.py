"""What the site carries beside its pages, written while these are, by a process of its own, as Sphinx has pages written.

Belongs here: what is written then. Not here: any of it (`holdings`, `site`, `byline`, `notes`, `takeaway`), or whether what the last build
wrote is what this one would write (`incremental`).
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from edition.book import byline, holdings, notes, site, takeaway

WRITERS = (site.finish, notes.write, byline.write, takeaway.data)  # none needs what another writes, or a page


def leave(app: Sphinx, *, old: bool) -> None:
    """Say whether what the last build wrote beside the pages is what this one would write."""
    app.beside_is_old = old  # type: ignore[attr-defined]


def begin(app: Sphinx, builder: Builder) -> None:
    """Begin to write it, where it is another or was not written; all that has been read is known now."""
    if builder.name != "html" or getattr(app, "beside_is_old", False):
        return
    holdings.copy(app)  # which others list
    at_once = app.parallel > 1 and parallel_available
    app.beside = ParallelTasks(1) if at_once else SerialTasks()  # type: ignore[attr-defined]
    app.beside.add_task(_write, app)  # type: ignore[attr-defined]


def _write(app: Sphinx) -> None:
    for writer in WRITERS:
        writer(app)


def end(app: Sphinx, error: Exception | None) -> None:
    """Wait until it is written; where the pages were not, nobody needs it."""
    if not error and not hasattr(app, "beside"):  # no page was written, which may all show what they did
        begin(app, app.builder)
    if tasks := getattr(app, "beside", None):
        tasks.terminate() if error and isinstance(tasks, ParallelTasks) else tasks.join()


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("write-started", begin)
    app.connect("build-finished", end)
