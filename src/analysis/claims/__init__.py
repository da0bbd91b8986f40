"""The ledger: every claim of the paper that can be checked, with a verdict.

`data/claims.csv` holds the claims. Where numbers decide, it names a check and leaves verdict and reason blank:
both are computed here, from the rows the claim names. Where no number decides, verdict and reason are written
there by hand.

Belongs here: the verdicts, and the ledger. The checks themselves are in `checks`, the claims that depend on a
choice in `analysis.multiverse`, the inconsistencies in `tensions`.

    claims.ledger(tables)        # one row per claim, verdict and reason filled in
"""

from __future__ import annotations

import pandas as pd

from analysis.claims.checks import CHECKS
from analysis.claims.evidence import Evidence
from analysis.data import DataError, Tables


def ledger(tables: Tables, *, years_apart: float = 5, tolerance_percent: float = 5) -> pd.DataFrame:
    """Every claim with its verdict.

    Args:
        years_apart: a count from outside that is further away in time is not set against a dated number.
        tolerance_percent: how far a number may lie from a count, or from the sum it should be, and still agree.

    Returns:
        The rows of `claims`, `verdict` (one of `evidence.VERDICTS`) and `reason` filled in by the check where one is
        named, and `computed` (bool).

    Raises:
        DataError: a claim names a check that does not exist or rows that it cannot use.
    """
    evidence = Evidence(tables, years_apart, tolerance_percent)
    rows = tables.claims.assign(computed=tables.claims["check"] != "")
    found = [_judge(evidence, claim) for claim in rows.to_dict("records")]
    return rows.assign(verdict=[finding[0] for finding in found], reason=[finding[1] for finding in found])


def _judge(evidence: Evidence, claim: dict[str, str]) -> tuple[str, str]:
    name = claim["check"]
    if not name:
        return claim["verdict"], claim["reason"]
    if name not in CHECKS:
        raise DataError(
            f"data/claims.csv, claim {claim['id']}, column check: {name!r}; allowed: {', '.join(sorted(CHECKS))}"
        )
    try:
        return CHECKS[name](evidence, claim["value_ids"].split())
    except (KeyError, ValueError, IndexError) as error:
        raise DataError(
            f"data/claims.csv, claim {claim['id']}, column value_ids: the check {name} cannot use {claim['value_ids']!r} ({error})"
        ) from error
