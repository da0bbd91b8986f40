"""A computed text that travels into a sentence, and the numbers that travel into a sweep's table.

    tell(chapter.findings(tables, chosen))        # in a code cell; then {glue}`total` in the text
    export(chapter.results(tables, chosen))       # in the same cell; the page shows nothing of it

Belongs here: the hand-over to Jupyter Book's glue, so that no number in prose is typed, and to a sweep. Texts have a
MIME type of their own because glue's plain text takes "4,134,000" for three numbers. The output is that of MyST-NB's
own `glue`, made without it: importing it loads Sphinx, which a browser has no use for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from IPython.core.formatters import format_display_data
from IPython.display import display

GLUED = "application/papermill.record/"  # of MyST-NB, which puts it before each MIME type of a hidden glued value
MIME = "application/vnd.edition.said+json"
RESULTS = "application/vnd.edition.results+json"
TOLD: dict[str, str] = {}  # what was told last, for what shows it where the cells run (`asking.reading`)


@dataclass(frozen=True)
class Said:
    """Text as a notebook output: with the ids of the data rows it is, if it is a number of the data; in pieces with the rows of each,
    if it is a sentence with such numbers in it.
    """

    text: str
    rows: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        pieces = {"parts": [[part, list(getattr(part, "rows", ()))] for part in self.parts]} if self.parts else {}
        return {MIME: {"text": self.text, "rows": list(self.rows), **pieces}, "text/plain": self.text}


def tell(values: dict[str, str]) -> None:
    """Make each value available to the page's sentences under its name; a `wording.Cited` can be followed there, also within a `wording.Told`."""
    TOLD.clear()
    TOLD.update(values)
    for name, value in values.items():
        bundle, metadata = format_display_data(
            Said(str(value), getattr(value, "rows", ()), getattr(value, "parts", ()))
        )  # type: ignore[no-untyped-call]
        _hand_over(name, bundle, metadata)


def export(results: Mapping[str, float]) -> None:
    """Hand the chapter's results over to a sweep; a number that is not stated (NaN) is kept as none.

    They are one output, glued as texts are and used by no sentence, so that the page shows nothing of it.
    """
    _hand_over("results", {RESULTS: stated(results)}, {})


def stated(results: Mapping[str, float]) -> dict[str, float | None]:
    """Results as a record keeps them: None for a number that is not stated."""
    return {name: None if math.isnan(value) else float(value) for name, value in results.items()}


def _hand_over(name: str, bundle: dict[str, Any], metadata: dict[str, Any]) -> None:
    hidden = {f"{GLUED}{kind}": content for kind, content in bundle.items()}
    display(hidden, raw=True, metadata={**metadata, "scrapbook": {"name": name, "mime_prefix": GLUED}})  # type: ignore[no-untyped-call]
