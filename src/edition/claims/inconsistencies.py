"""What does not fit together in a paper: each entry of `data/inconsistencies.csv` put to the numbers again.

An entry says in words what does not fit, with {0}, {1} … where the numbers of its rows stand and names in
braces for what its test computes; so no number is typed, and an entry that the numbers do not bear out is an
error. A clash is two statements that exclude each other, a remark is on words, layout or what is missing or left open; an entry that was
found to be neither is withdrawn, with a reason, and keeps its address. Belongs here: filling in and confirming. Not here: the tests, which are a paper's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

import pandas as pd

from edition.data.load import DataError
from edition.data.nearest import nearest
from edition.data.validation import fault
from edition.numbers.wording import sentence_case


class Evidence(Protocol):
    """What the tests look at, as far as an entry is filled in from it."""

    @property
    def numbers(self) -> pd.DataFrame:
        """Every number by its id, see `Tables.numbers`."""

    def said(self, row_id: str) -> str:
        """A number as a sentence has it."""


CLASH, REMARK, WITHDRAWN = "clash", "remark", "withdrawn"  # what an entry is, column `what_kind`

E = TypeVar("E", bound=Evidence)
Confirmed = tuple[bool, dict[str, str]]
Test = Callable[[E, list[str]], Confirmed]


def confirmed(entries: pd.DataFrame, tests: Mapping[str, Test[E]], evidence: E) -> pd.DataFrame:
    """Every inconsistency with its numbers filled in.

    Returns:
        The rows of `entries`; `what` and `explains` as sentences, `computed` (bool) where numbers confirm it.

    Raises:
        DataError: the numbers do not bear an entry out, or it cannot be filled in.
    """
    filled = [_fill(evidence, tests, line, row) for line, row in enumerate(entries.to_dict("records"), start=2)]
    return entries.assign(
        what=[one for one, _ in filled], explains=[other for _, other in filled], computed=entries["check"] != ""
    )


def _fill(evidence: E, tests: Mapping[str, Test[E]], line: int, row: dict[str, str]) -> tuple[str, str]:
    def wrong(column: str, found: str, allowed: str) -> DataError:
        return DataError(fault("inconsistencies.csv", line, column, found, allowed))

    ids = row["value_ids"].split()
    found: dict[str, str] = {}
    if row["check"]:
        if row["check"] not in tests:
            raise wrong("check", f"{row['check']!r} is no test{nearest(row['check'], tests)}", ", ".join(tests))
        try:
            holds, found = tests[row["check"]](evidence, ids)
        except (KeyError, ValueError, IndexError) as error:
            found_ids = f"{row['check']} cannot use {row['value_ids']!r} ({error})"
            raise wrong("value_ids", found_ids, "the ids that it asks for") from error
        if not holds and row["what_kind"] != WITHDRAWN:
            said = f"{row['id']}: the numbers fit after all ({row['check']}: {row['value_ids']})"
            raise wrong("what_kind", said, "an entry that they bear out, or withdrawn")
    texts = [evidence.said(row_id) if row_id in evidence.numbers.index else row_id for row_id in ids]
    try:
        return sentence_case(row["what"].format(*texts, **found)), sentence_case(
            row["explains"].format(*texts, **found)
        )
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        allowed = ", ".join([*map(str, range(len(ids))), *found])
        raise wrong("what, explains", f"nothing to fill {error} with", allowed) from error
