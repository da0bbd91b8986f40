"""What a page shows of others: remembered when it is read, so that it is written again when that is something else.

    borrowed.gathers(env, "minutes")             # while a page is read that shows the minutes of all others
    borrowed.taken(env, "notebooks/harrow")      # the computed texts that it takes of others, the names of what it links to

Belongs here: what each page takes, as it says itself. Not here: what every page shows of the next or of all, and which
pages are written again (`incremental`).
"""

from __future__ import annotations

from typing import NamedTuple

from docutils import nodes
from myst_nb.ext.glue.utils import PendingGlueReference
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

EXHIBITS, DATA = "exhibits", "data"  # what pages gather beside the fields of `texts.Text`


class Taken(NamedTuple):
    """What a page takes of others.

    Attributes:
        texts: computed texts, by page and name.
        links: names of what its links lead to.
        gathered: what it shows of all: a field of `texts.Text`, `EXHIBITS` or `DATA`.
    """

    texts: set[tuple[str, str]]
    links: set[str]
    gathered: set[str]


def _taken(env: BuildEnvironment) -> dict[str, Taken]:
    if not hasattr(env, "taken"):
        env.taken = {}  # type: ignore[attr-defined]
    return env.taken  # type: ignore[attr-defined]


def taken(env: BuildEnvironment, page: str) -> Taken:
    """What a page takes that has been read."""
    return _taken(env).setdefault(page, Taken(set(), set(), set()))


def gathers(env: BuildEnvironment, *what: str) -> None:
    """Remember that the page that is being read shows that of all others."""
    taken(env, env.docname).gathered.update(what)


def keep(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the texts and links of a page that has been read."""
    own = taken(app.env, app.env.docname)
    own.texts.update((mark.refdoc, mark.key) for mark in doctree.findall(PendingGlueReference))
    own.links.update(link["reftarget"] for link in doctree.findall(pending_xref) if link.get("refdomain") == "std")


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """The page is read again, or is gone."""
    _taken(env).pop(page, None)


def merge(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    """Pages were read in another process."""
    _taken(env).update({page: taken for page, taken in _taken(other).items() if page in pages})


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("doctree-read", keep)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
