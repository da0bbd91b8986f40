"""Answers that only some places can work out, written down for those that cannot.

    @kept
    def neighbours(folder: Path, name: str) -> list[str]: …

A chapter asks about borders; what measures them (geopandas, shapely, pyproj) is not at hand in a browser. There the answers
that the book's own chapters need stand in a file beside the data, and the same question is answered from it. A question is
the function's name and its arguments, an answer anything that JSON holds, and the same wherever it comes from.
Belongs here: looking up, remembering. Not here: any answer (`geography`, `plots.ground`).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

FILE = "kept.json"  # in `data/`, only where the chapters run in a browser
Answer = TypeVar("Answer")
Question = TypeVarTuple("Question")


def kept(work_out: Callable[[Path, *Question], Answer]) -> Callable[[Path, *Question], Answer]:
    """Answer from what is known of `data/`, and work out only what is not.

    Raises (when asked):
        ModuleNotFoundError: the answer is not known, and what works it out is not installed.
    """

    @functools.wraps(work_out)
    def asked(folder: Path, *question: *Question) -> Answer:
        known, key = answers(folder), json.dumps([work_out.__name__, *question])
        if key not in known:
            try:
                found = work_out(folder, *question)
            except ModuleNotFoundError as error:
                raise ModuleNotFoundError(
                    f"{key} was not worked out for this copy of the book, and {error.name} is not installed here; "
                    "allowed: what a chapter of the book asks, or an environment that has it",
                    name=error.name,
                ) from None
            known[key] = json.loads(json.dumps(found))
        answer: Answer = known[key]
        return answer

    return asked


@functools.cache
def answers(folder: Path) -> dict[str, Any]:
    """What is known of a folder of data, by question: what its file says, and what was asked since."""
    file = folder / FILE
    known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return known
