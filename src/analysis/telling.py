"""A computed text that travels into a sentence.

    tell(chapter.findings(tables, chosen))        # in a code cell; then {glue}`total` in the text

Belongs here: the hand-over to Jupyter Book's glue, so that no number in prose is typed. It has a MIME type
of its own because glue's plain text takes "4,134,000" for three numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from myst_nb import glue

MIME = "application/vnd.kazakh-diaspora.said+json"


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
