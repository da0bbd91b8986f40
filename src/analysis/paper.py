"""What this paper hands the engine, see `edition.paper`.

Belongs here: filling that protocol. Not here: anything that the chapters need.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis import __version__, data
from analysis.columns import MEANS
from analysis.tables import Tables
from edition.paper import Region

HUES = (  # for each colour of the series in their order: what it means in the whole book, and the marks that have it
    ("numbers of Mendikulova", ("mendikulova",)),
    ("numbers of Tatimov", ("tatimov",)),
    (
        "people who moved, and where they moved",
        ("outflow", "return", "origin", "destination", "destination in unclear words"),
    ),
    ("numbers of Yermekbay et al.", ("yermekbay_official", "yermekbay_field")),
    (
        "none: what is told by place, pattern or label",
        ("prose", "count", "loss", "rest", "on the way", "bar", "agrees"),
    ),
    ("none: what is counted outside the paper, a reader's own, what holds", ("added", "misses", "claimed", "outside")),
)


class Askhat:
    """Gulnash Askhat's paper on the Kazakh diaspora."""

    slug = "kazakh-diaspora"
    version = __version__
    package = "analysis"
    loads = "analysis.data"
    closing = """:::{admonition} Still open
:class: still-open
- What this chapter leaves open, in three lines at most.
:::"""
    cover = "fig-answers"
    pages = {
        "number": "notebooks/every_number",
        "outside": "notebooks/benchmark",
        "claim": "notebooks/ledger",
        "inconsistency": "notebooks/inconsistencies",
        "stage": "notebooks/overview",
        "map": "reading_maps",
    }
    periods = {
        "before 1917": (0, 1916),
        "1917–1945": (1917, 1945),
        "1946–1990": (1946, 1990),
        "since 1991": (1991, 9999),
    }
    columns = MEANS
    region = Region(
        near=(-12.0, 20.0, 105.0, 62.0),
        middle=(68.0, 48.0),
        homes=("Kazakhstan", "Russia"),
        points="gazetteer",
        on_border_km=15,  # the outlines of 1:50 million are no truer
    )
    colours = {mark: series for series, (_, marks) in enumerate(HUES) for mark in marks}

    def load(self, root: Path | None = None) -> Tables:
        """The tables."""
        return data.load(root)

    def anchors(self, tables: Tables) -> Iterator[tuple[str, str, str]]:
        """The stages of migration."""
        for row in tables.stages.itertuples():
            yield f"stage-{row.stage_id.replace('_', '-')}", "stage", f"{row.kind} in {row.locator}"

    def totals(self, tables: Tables) -> Iterator[tuple[str, int, str]]:
        """Stages with a number, estimates of a host, combinations under which a headline claim is put to the test."""
        from analysis.claims import headlines  # here for the reason given below
        from analysis.computing import stages, stocks

        stated = stages.with_numbers(tables)["stated"]
        yield "stages, stated", int(stated.sum()), "stages for which the paper prints a number"
        for place, count in stocks.rivals(tables).groupby("place_id").size().items():
            yield f"estimates, {place}", int(count), f"estimates of {tables.the(tables.name[place])}"
        for name, universe in headlines.HEADLINES.items():
            yield f"combinations, {name}", universe(tables).size, f"combinations for the claim {name}"

    def computed(self, tables: Tables) -> dict[str, pd.DataFrame]:
        """Claims with verdict and reason computed; inconsistencies with their numbers."""
        # Here and not at the top, or every chapter would be run again when a check changes: each asks for its paper.
        from analysis.claims import inconsistencies
        from analysis.claims.ledger import ledger

        return {"ledger": ledger(tables), "inconsistencies_filled": inconsistencies.confirmed(tables)}


PAPER = Askhat()
