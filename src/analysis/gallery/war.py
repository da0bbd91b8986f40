"""Emigrants, captives, legionnaires: two groups without a number, and a number that is no migration."""

from __future__ import annotations

from analysis import spans, stages
from analysis.data import Tables
from analysis.gallery import stage
from analysis.parameters import War
from analysis.wording import number, quantity

STAGES = ["political_emigration", "war_captives", "war_loss"]


def findings(tables: Tables, chosen: War) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    loss = stages.told(tables, ["war_loss"])
    bounds = spans.close(loss) if chosen.open_bound == "as bound" else loss
    row = bounds.iloc[0]
    moves = stages.told(tables).query("kind == 'outflow' and stated")
    largest = moves.loc[moves["low"].idxmax()]
    above = row["low"] > largest["low"]
    return {
        **stage.findings(tables, STAGES),
        "loss": number(row["low"])
        if row["high"] == row["low"]
        else quantity(row["low"], row["high"], row["qualifier"]),
        "largest": quantity(largest["low"], largest["high"], largest["qualifier"]),
        "largest-stage": largest["title"],
        "compared": "larger than" if above else "not larger than",
        "since": tables.events.set_index("id").loc["e-resistance", "value_text"],
    }
