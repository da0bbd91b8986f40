"""The Sphinx side of the book: what a page, and the site around the pages, is made of.

Sphinx calls `setup`, named in _config.yml. `render` turns records into nodes, `card` is what stands under an
exhibit, `catalogue` lists all of them, `addresses` lead to them for good, `metadata` is for machines, `takeaway`
ends a page, `launch` begins one that can be run; `site` has the moments at which Sphinx asks for all of it.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from analysis.book import launch, render, site, takeaway


def setup(app: Sphinx) -> dict[str, bool | str]:
    """Make the book's nodes, directives and files known to Sphinx."""
    render.setup(app)
    site.setup(app)
    takeaway.setup(app)
    launch.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
