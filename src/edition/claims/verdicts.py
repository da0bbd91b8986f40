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
UNDISPUTED = "not in dispute"
NOT_CHECKABLE = "not checkable with numbers"
VERDICTS = (REPRODUCED, IN_PART, BY_ITSELF, BY_OTHERS, OPEN, UNDISPUTED, NOT_CHECKABLE)
MEANS = {
    REPRODUCED: "Every part of the claim agrees with independent evidence: rows credited to somebody else, a source outside the paper, the map, or arithmetic on numbers that are not the claim's own.",
    IN_PART: "Some part agrees and another does not, or is tested by nothing; or it holds in one column or reading of the numbers and not in another.",
    BY_ITSELF: "A row or sentence of the paper excludes it, and nothing independent bears it out.",
    BY_OTHERS: "A source outside the paper that speaks of the same thing excludes it.",
    OPEN: "It could be tested, but neither the paper nor a fact at hand does so.",
    UNDISPUTED: "Nothing at hand tests it, and nobody disputes it.",
    NOT_CHECKABLE: "An aim, a definition, an opinion, a policy, or a description without a measure.",
}


class Finding(NamedTuple):
    """A verdict, and the sentence that gives its reason."""

    verdict: str
    reason: str
