"""Every claim of the paper with its verdict.

    ledger(tables)        # one row per claim, verdict and reason filled in

Belongs here: which checks and which evidence decide. Not here: the checks (`checks`), or how the ledger is filled in
(`edition.claims.ledger`).
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analysis.claims.checks import CHECKS
from analysis.claims.evidence import Evidence
from analysis.claims.tolerances import APART, COUNT
from analysis.tables import Tables
from edition.claims.ledger import judged


def ledger(
    tables: Tables, *, years_apart: float = APART.allows, tolerance_percent: float = COUNT.allows
) -> pd.DataFrame:
    """Every claim with its verdict, see `edition.claims.ledger.judged`.

    Args:
        years_apart: a count from outside that is further away in time is not set against a dated number.
        tolerance_percent: how far a number may lie from a count, or from the sum it should be, and still agree.
    """
    return _judged(tables, years_apart, tolerance_percent).copy(deep=False)


@lru_cache(maxsize=4)  # the data are checked with it, and several chapters and the data to take away have it
def _judged(tables: Tables, years_apart: float, tolerance_percent: float) -> pd.DataFrame:
    return judged(tables.claims, CHECKS, Evidence(tables, years_apart, tolerance_percent))
