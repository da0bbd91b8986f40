"""The Sphinx side of the book: what a page, and the site around the pages, is made of.

Sphinx calls `setup`, named in _config.yml. `render` turns records into nodes, `cells` those of a table's cells, `shortened`
leaves long tables at their first rows and `lengths` has the button that asks for all, `card` is what stands under an exhibit,
`explorer` where a reader chooses, `catalogue` lists all exhibits, `addresses` lead to them for good; `front` shows an exhibit
on another page and marks the short path, `parts` folds the contents and begins each part, `terms` explains words of the
glossary, `notes` is what numbers and words say when asked, `mentions` the index of people and places, `search` what the
search finds, `version` and `changes` say which version this is and what changed, `following` says what the next page found,
`takeaway` ends a page, `byline` stands under its title with how to cite it, `launch` begins one that can be run,
`assumptions` says what one assumes and lets a reader change it, `folds` names the folds of code, `forms` makes one that is no
web page, `sheet` says at the edges of paper what it is; `metadata` and `coins` are for machines, `landing` is the page of a
permanent address, `holdings` lists the files of the data, `discovery` makes the site found, `assets` (an extension of its
own, for the site alone) what a page loads, `policy` what it may; `site` has the moments at which Sphinx asks for all of it, `shares` in which order it
reads the pages,
`beside` has written what is no page, `texts` what others ask of a page's text, `outlines` what bears a number on it, `borrowed` what
a page takes of others, `incremental` the choice of pages that are written again.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from edition.book import (
    assumptions,
    beside,
    borrowed,
    byline,
    cells,
    changes,
    folds,
    following,
    forms,
    front,
    holdings,
    incremental,
    launch,
    mentions,
    outlines,
    parts,
    pictures,
    render,
    search,
    shares,
    sheet,
    shortened,
    site,
    takeaway,
    terms,
    texts,
    version,
)

PARTS = (
    shares,
    pictures,
    render,
    cells,
    shortened,
    site,
    texts,
    outlines,
    borrowed,
    incremental,
    front,
    parts,
    terms,
    beside,
    mentions,
    search,
    version,
    changes,
    following,
    holdings,
    takeaway,
    byline,
    launch,
    assumptions,
    folds,
    forms,
    sheet,
)


def setup(app: Sphinx) -> dict[str, bool | str]:
    """Make the book's nodes, directives and files known to Sphinx."""
    for part in PARTS:
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
