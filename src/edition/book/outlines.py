"""The outline of each page, kept when it is read: what Sphinx numbers exhibits by, and links to them. It would else load all pages
again for the one, and a page for each of the others.

    outlines.outlines(env)["notebooks/islanders"]      # sections, contents and what bears a number; no text, no table's cells

Belongs here: that outline, and having Sphinx number by it. Not here: which numbers exhibits have, which is Sphinx's.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

# Children by which Sphinx sees that something bears a number
KNOWN_BY = (nodes.caption, nodes.title, nodes.literal_block)
NUMBER = TocTreeCollector.assign_figure_numbers
LINK = StandardDomain._resolve_numref_xref


def outlines(env: BuildEnvironment) -> dict[str, nodes.Element]:
    """The outline of each page that has been read."""
    if not hasattr(env, "outlines"):
        env.outlines = {}  # type: ignore[attr-defined]
    return env.outlines  # type: ignore[attr-defined]


def outline(env: BuildEnvironment, node: nodes.Element) -> nodes.Element:
    """A node with no other children than sections, contents and what bears a number, wherever they lie in it."""
    found = nodes.Element() if isinstance(node, nodes.document) else node.copy()
    found.document = None  # type: ignore[assignment]  # or all of the page is kept with it
    if not isinstance(node, nodes.document | nodes.section):
        found += [type(child)("", child.astext()) for child in node.children if isinstance(child, KNOWN_BY)]
    found += [outline(env, child) for child in _within(env, node)]
    return found


def _within(env: BuildEnvironment, node: nodes.Element) -> Iterator[nodes.Element]:
    for child in node.children:
        if isinstance(child, nodes.section | toctree) or _bears_a_number(env, child):
            yield child  # type: ignore[misc]
        elif isinstance(child, nodes.Element):
            yield from _within(env, child)


def _bears_a_number(env: BuildEnvironment, node: nodes.Node) -> bool:
    return any(domain.get_enumerable_node_type(node) for domain in env.domains.values())


class _ByOutlines:
    """The environment, with the outline of a page for the page."""

    def __init__(self, env: BuildEnvironment) -> None:
        vars(self)["env"] = env

    def __getattr__(self, name: str) -> Any:
        return getattr(self.env, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.env, name, value)

    def get_doctree(self, page: str) -> nodes.Element:
        return outlines(self.env)[page]


class _ByAnchors(_ByOutlines):
    """The environment, with what bears a number on a page, by its anchors, for the page."""

    def get_doctree(self, page: str) -> Any:
        nodes_of_page = super().get_doctree(page).findall(nodes.Element)
        return SimpleNamespace(ids={anchor: node for node in nodes_of_page for anchor in node["ids"]})


def number(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    """Number what bears a number, as Sphinx does; the pages on which that is another one."""
    return NUMBER(self, _ByOutlines(env))  # type: ignore[arg-type]


def link(self: StandardDomain, env: BuildEnvironment, *given: Any) -> nodes.Element | None:
    """A link by number, as Sphinx has it; what it leads to, as the fourth of the others says, is looked for on the outline."""
    page, anchor, *_ = self.labels.get(given[3]) or self.anonlabels.get(given[3]) or ("", "")
    known = _ByAnchors(env)
    there = page in outlines(env) and anchor in known.get_doctree(page).ids
    return LINK(self, known if there else env, *given)  # type: ignore[arg-type]


def keep(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the outline of a page that has been read."""
    outlines(app.env)[app.env.docname] = outline(app.env, doctree)


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """The page is read again, or is gone."""
    outlines(env).pop(page, None)


def gather(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    """Pages that were read in another process."""
    outlines(env).update({page: found for page, found in outlines(other).items() if page in pages})


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask, and by what to number."""
    TocTreeCollector.assign_figure_numbers = number  # type: ignore[method-assign]
    StandardDomain._resolve_numref_xref = link  # type: ignore[method-assign, assignment]
    app.connect("doctree-read", keep, priority=900)  # as it is kept on the disk
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", gather)
