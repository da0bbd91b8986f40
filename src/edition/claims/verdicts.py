"""What can come of putting a claim to the test, and the form in which a test says it.

Belongs here: the verdicts. Not here: the tests, which are a paper's own, or the ledger (`ledger`).
"""

from __future__ import annotations

from typing import NamedTuple

REPRODUCED = "reproduced"
IN_PART = "reproduced in part"
BY_ITSELF = "contradicted by the paper itself"
BY_OTHERS = "contradicted by an outside source"
OPEN = "not determinable from what is printed"
NOT_CHECKABLE = "not checkable with numbers"
VERDICTS = (REPRODUCED, IN_PART, BY_ITSELF, BY_OTHERS, OPEN, NOT_CHECKABLE)


class Finding(NamedTuple):
    """A verdict, and the sentence that gives its reason."""

    verdict: str
    reason: str
