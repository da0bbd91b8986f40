"""What the page that follows found: its first sentence, on the card that leads there.

Belongs here: that sentence, kept when a page is read, so that it stands once, on its own page. Not here: the look of the card
(`theme/components/prev-next.html`); which page follows, which Sphinx knows from the contents.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

SENTENCE = re.compile(r".+?[.?!](?=\s+[“\"(]?[A-Z\d]|\s*$)", re.DOTALL)
INITIAL = re.compile(r"\b[A-Z]\.$")  # of a name, where no sentence ends


def first_sentence(text: str) -> str:
    """A text up to the end of its first sentence.

    >>> first_sentence("Harrow, A. counted 4.2 thousand. Quill did not.")
    'Harrow, A. counted 4.2 thousand.'
    """
    end = next((found.end() for found in SENTENCE.finditer(text) if not INITIAL.search(found[0])), len(text))
    return " ".join(re.split("[ \n]+", text[:end]))


def openings(env: BuildEnvironment) -> dict[str, nodes.paragraph]:
    """The first paragraph of each page that has been read; the numbers of exhibits that it refers to are not known then."""
    if not hasattr(env, "openings"):
        env.openings = {}  # type: ignore[attr-defined]
    return env.openings  # type: ignore[attr-defined]


def finding(app: Sphinx, env: BuildEnvironment, page: str) -> str:
    """The first sentence of a page, once all have been read and every exhibit has its number; "" where there is none."""
    if page not in openings(env):
        return ""
    opening = openings(env)[page].deepcopy()
    for reference in list(opening.findall(pending_xref)):
        if domain := env.domains.get(reference["refdomain"]):
            kind, target, named = reference["reftype"], reference["reftarget"], nodes.inline("", reference.astext())
            found = domain.resolve_xref(env, page, app.builder, kind, target, reference, named)
            reference.replace_self(found or reference.children)
    return first_sentence(opening.astext())


def keep(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the first paragraph of a page that has been read."""
    opening = next((one for one in doctree.findall(nodes.paragraph) if isinstance(one.parent, nodes.section)), None)
    if opening is not None and app.env.docname != app.config.root_doc:  # which follows no page
        kept = openings(app.env)[app.env.docname] = opening.deepcopy()
        for node in kept.findall():
            node.document = None  # type: ignore[assignment]  # or all of the page is kept with it, for each process that reads or writes to load


def tell(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give the card of the page that follows its finding."""
    *_, following = app.builder.relations.get(page, (None,)) if app.builder.format == "html" else (None,)  # type: ignore[attr-defined]
    context["next_finding"] = finding(app, app.env, following or "")


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """The page is read again, or is gone."""
    openings(env).pop(page, None)


def gather(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    """Pages that were read in another process."""
    openings(env).update({page: found for page, found in openings(other).items() if page in pages})


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("doctree-read", keep)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", gather)
    app.connect("html-page-context", tell)
