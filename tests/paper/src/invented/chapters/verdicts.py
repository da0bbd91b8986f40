"""What the paper claims, and what does not fit together in it."""

from __future__ import annotations

import pandas as pd

from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import in_words, listing
from invented import claims
from invented.tables import Tables

SAY = Sentences(__name__)


@exhibit
def ledger(tables: Tables) -> Table:
    """Every claim with its verdict."""
    found = claims.ledger(tables)
    return Table(
        **SAY.exhibit("tbl-ledger", claims=len(found)),
        source="Fenn; verdicts of this edition.",
        data=found,
        shown=pd.DataFrame({"Claim": found["paraphrase"], "verdict": found["verdict"], "why": found["reason"]}),
        stacked=True,
        anchors=tuple(found["id"]),
        filters=("verdict",),
    )


@exhibit
def clashes(tables: Tables) -> Table:
    """What does not fit together."""
    found = claims.clashes(tables)
    return Table(
        **SAY.exhibit("tbl-inconsistencies", clashes=len(found)),
        source="Fenn; worded by this edition.",
        data=found,
        shown=pd.DataFrame({"What does not fit": found["what"], "what would explain it": found["explains"]}),
        stacked=True,
        anchors=tuple(found["id"]),
    )


def findings(tables: Tables) -> dict[str, str]:
    """What the chapter's sentences say."""
    counts = claims.ledger(tables)["verdict"].value_counts(sort=False)
    return {"verdicts": listing(f"{in_words(count)} {verdict}" for verdict, count in counts.items())}
