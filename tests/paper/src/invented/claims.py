"""What the paper claims, put to its numbers."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from edition.claims import inconsistencies
from edition.claims.ledger import judged
from edition.claims.verdicts import BY_ITSELF, REPRODUCED, Finding
from edition.numbers.bounds import Span, add, overlap
from edition.numbers.wording import cite, span
from invented.tables import Tables


@dataclass(frozen=True)
class Evidence:
    """What a check looks at."""

    numbers: pd.DataFrame

    def said(self, row_id: str) -> str:
        """A number as a sentence has it."""
        return cite(self.numbers, row_id)

    def both(self, ids: list[str]) -> tuple[Span, Span]:
        """A total, and what its parts add up to."""
        total = self.numbers.loc[ids[0]]
        return Span(total["low"], total["high"]), add(self.numbers.loc[ids[1:]])


def sum_of_parts(evidence: Evidence, ids: list[str]) -> Finding:
    """First the total, then its parts."""
    total, added = evidence.both(ids)
    reason = f"The parts add up to {span(*added)}; the total is {evidence.said(ids[0])}."
    return Finding(REPRODUCED if overlap(total, added) else BY_ITSELF, reason)


def unlike_its_parts(evidence: Evidence, ids: list[str]) -> inconsistencies.Confirmed:
    """The total is not what its parts add up to."""
    total, added = evidence.both(ids)
    return not overlap(total, added), {"added": span(*added)}


def ledger(tables: Tables) -> pd.DataFrame:
    """Every claim with its verdict."""
    return judged(tables.claims, {"sum_of_parts": sum_of_parts}, Evidence(tables.numbers))


def clashes(tables: Tables) -> pd.DataFrame:
    """Every inconsistency with its numbers."""
    tests = {"unlike_its_parts": unlike_its_parts}
    return inconsistencies.confirmed(tables.inconsistencies, tests, Evidence(tables.numbers))
