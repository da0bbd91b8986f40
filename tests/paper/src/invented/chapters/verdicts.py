"""What the paper claims, and what does not fit together in it."""

from __future__ import annotations

import pandas as pd

from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.wording import in_words, listing
from invented import claims
from invented.tables import Tables


@exhibit
def ledger(tables: Tables) -> Table:
    """Every claim with its verdict."""
    found = claims.ledger(tables)
    return Table(
        id="tbl-ledger",
        caption="Every claim of the paper with its verdict.",
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
        id="tbl-inconsistencies",
        caption="What does not fit together in the paper.",
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
