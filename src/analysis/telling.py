"""A computed text that travels into a sentence, and the numbers that travel into a sweep's table.

    tell(chapter.findings(tables, chosen))        # in a code cell; then {glue}`total` in the text
    export(chapter.results(tables, chosen))       # in the same cell; the page shows nothing of it

Belongs here: the hand-over to Jupyter Book's glue, so that no number in prose is typed, and to `cell`. Texts have a
MIME type of their own because glue's plain text takes "4,134,000" for three numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from IPython.display import display
from myst_nb import glue

MIME = "application/vnd.kazakh-diaspora.said+json"
RESULTS = "application/vnd.kazakh-diaspora.results+json"


@dataclass(frozen=True)
class Said:
    """Text as a notebook output, with the ids of the data rows it is, if it is a number of the data."""

    text: str
    rows: tuple[str, ...] = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {MIME: {"text": self.text, "rows": list(self.rows)}, "text/plain": self.text}


def tell(values: dict[str, str]) -> None:
    """Make each value available to the page's sentences under its name; a `wording.Cited` can be followed there."""
    for name, value in values.items():
        glue(name, Said(str(value), getattr(value, "rows", ())), display=False)


def export(results: Mapping[str, float]) -> None:
    """Hand the chapter's results over, each under its name; a number that is not stated (NaN) is kept as none.

    Notebook and sweep take them from this one output; it has no other form, so the page shows nothing.
    """
    record = {name: None if math.isnan(value) else float(value) for name, value in results.items()}
    display({RESULTS: record}, raw=True)  # type: ignore[no-untyped-call]
