"""The computed texts that travel into a page's sentences, and the numbers that travel into a sweep's table.

    tell(chapter.findings(tables, chosen))        # in a code cell; then {glue}`total` in the text
    export(chapter.results(tables, chosen))       # in the same cell; the page shows nothing of it

Belongs here: what a cell hands over, so that no number in prose is typed, and finding it in a notebook's outputs. Not here: how a page
sets it (`edition.book.render`). All texts are one output, glued as MyST-NB has it, without importing that: it loads Sphinx, which a
browser has no use for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from IPython.display import display

GLUED = "application/papermill.record/"  # of MyST-NB, which puts it before each MIME type of a hidden glued value
MIME = "application/vnd.edition.said+json"
RESULTS = "application/vnd.edition.results+json"
NAME = "said"  # of the output with all texts
TOLD: dict[str, str] = {}  # what was told last, for what shows it where the cells run (`asking.reading`)


def tell(values: Mapping[str, str]) -> None:
    """Make each value available to the page's sentences under its name; a `wording.Cited` can be followed there, also within a `wording.Told`."""
    TOLD.clear()
    TOLD.update(values)
    _hand_over(NAME, MIME, {name: kept(value) for name, value in values.items()})


def kept(text: str) -> dict[str, Any]:
    """A text as a notebook keeps it: with the ids of the data rows it is, if it is a number of the data; in pieces with the rows of
    each, if it is a sentence with such numbers in it.
    """
    parts = [[part, list(getattr(part, "rows", ()))] for part in getattr(text, "parts", ())]
    return {"text": str(text), "rows": list(getattr(text, "rows", ()))} | ({"parts": parts} if parts else {})


def export(results: Mapping[str, float]) -> None:
    """Hand the chapter's results over to a sweep; a number that is not stated (NaN) is kept as none.

    They are one output, glued as texts are and used by no sentence, so that the page shows nothing of it.
    """
    _hand_over("results", RESULTS, stated(results))


def stated(results: Mapping[str, float]) -> dict[str, float | None]:
    """Results as a record keeps them: None for a number that is not stated."""
    return {name: None if math.isnan(value) else float(value) for name, value in results.items()}


def found(outputs: Iterable[Any], kind: str) -> dict[str, Any]:
    """What was handed over in a notebook's outputs: the texts (`MIME`), each as `kept` has it, or the results (`RESULTS`)."""
    held: dict[str, Any] = {}
    for output in outputs:
        held |= getattr(output, "data", {}).get(f"{GLUED}{kind}", {})
    return held


def _hand_over(name: str, kind: str, content: dict[str, Any]) -> None:
    # An empty page beside it: of an output of no kind that it knows, VS Code says so, with a button to search its market
    data = {f"{GLUED}{kind}": content, "text/html": ""}
    display(data, raw=True, metadata={"scrapbook": {"name": name, "mime_prefix": GLUED}})  # type: ignore[no-untyped-call]
