"""The ledger: every claim of a paper that can be checked, with a verdict.

`data/claims.csv` holds the claims. Where numbers decide, it names a check and leaves verdict and reason blank:
both are computed here, from the rows the claim names. Where no number decides, verdict and reason are written
there by hand. Belongs here: filling in verdicts. Not here: the checks, which are a paper's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import pandas as pd

from edition.claims.verdicts import Finding
from edition.data.load import DataError
from edition.data.nearest import nearest
from edition.data.validation import fault

Evidence = TypeVar("Evidence")
Check = Callable[[Evidence, list[str]], Finding]


def judged(claims: pd.DataFrame, checks: Mapping[str, Check[Evidence]], evidence: Evidence) -> pd.DataFrame:
    """Every claim with its verdict.

    Args:
        claims: the table of claims.
        checks: name → what puts the rows a claim names to the test.
        evidence: what the checks look at.

    Returns:
        The rows of `claims`, `verdict` (one of `verdicts.VERDICTS`) and `reason` filled in by the check where one is
        named, and `computed` (bool).

    Raises:
        DataError: a claim names a check that does not exist or rows that it cannot use.
    """
    rows = claims.assign(computed=claims["check"] != "")
    found = [_judge(evidence, checks, line, claim) for line, claim in enumerate(rows.to_dict("records"), start=2)]
    return rows.assign(verdict=[finding[0] for finding in found], reason=[finding[1] for finding in found])


def _judge(
    evidence: Evidence, checks: Mapping[str, Check[Evidence]], line: int, claim: dict[str, str]
) -> tuple[str, str]:
    name = claim["check"]
    if not name:
        return claim["verdict"], claim["reason"]
    if name not in checks:
        found, allowed = f"{claim['id']}: {name!r} is no check{nearest(name, checks)}", ", ".join(sorted(checks))
        raise DataError(fault("claims.csv", line, "check", found, allowed))
    try:
        return checks[name](evidence, claim["value_ids"].split())
    except (KeyError, ValueError, IndexError) as error:
        found = f"{claim['id']}: the check {name} cannot use {claim['value_ids']!r} ({error})"
        raise DataError(fault("claims.csv", line, "value_ids", found, "the ids that it asks for")) from error
