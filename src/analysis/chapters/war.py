"""Emigrants, captives, legionnaires: two groups without a number, and a number that is no migration."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.chapters import stage
from analysis.computing import stages
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import bounded
from edition.numbers import bounds
from edition.numbers.wording import Cited, listing, number, quantity, sentence_case, with_noun


class War(Chapter):
    """Emigrants, captives, legionnaires."""

    open_bound: Literal["as bound", "leave open"] = one_of(
        "whether 'more than' counts as the number itself or stays without an upper bound",
        {"as bound": "as the number itself", "leave open": "without an upper bound"},
    )


STAGES = ["political_emigration", "war_captives", "war_loss"]


def loss(tables: Tables, chosen: War) -> pd.Series:
    """The number killed or captured, its open bound as chosen."""
    told = stages.with_numbers(tables, ["war_loss"])
    return (bounds.close(told) if chosen.open_bound == "as bound" else told).iloc[0]


RESULTS = bounded("loss", "persons", "who were lost in the war")


def results(tables: Tables, chosen: War) -> dict[str, float]:
    """What `RESULTS` declares."""
    row = loss(tables, chosen)
    return {"loss-low": float(row["low"]), "loss-high": float(row["high"])}


def findings(tables: Tables, chosen: War) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    row = loss(tables, chosen)
    return {
        **stage.findings(tables, STAGES),
        "loss": Cited.of(
            f"{number(row['low'])} (the bound, taken for the number)"
            if row["high"] == row["low"]
            else quantity(row["low"], row["high"], row["qualifier"]),
            row["magnitude_id"],
        ),
        "compared": _beside_moves(tables, float(row["low"])),
        "since": tables.date("e-resistance").lower(),
    }


def _beside_moves(tables: Tables, loss: float) -> str:
    """The loss beside every number of people who moved, largest first; ties are told together."""
    moves = stages.with_numbers(tables).query("kind in @stages.MOVES and stated")
    larger, rest = moves[moves["low"] >= loss], moves[moves["low"] < loss]
    most = rest[rest["low"] == rest["low"].max()]
    smaller = f"{'are' if len(most) > 1 else 'is'} {_named(tables, most)}."
    if larger.empty:
        return f"No move for which the paper has a number is as large; the largest {smaller}"
    at_least = f"{with_noun(len(larger), 'of the moves', 'of the moves')} for which the paper has a number {'is' if len(larger) == 1 else 'are'} as large"
    at_least = f"{'Only ' if len(larger) == 1 else ''}{at_least}, {_named(tables, larger)}"
    return sentence_case(f"{at_least}; the next {smaller}" if len(rest) else f"{at_least}.")


def _named(tables: Tables, rows: pd.DataFrame) -> str:
    return listing(
        f"the {tables.titled(row.stage_id)} ({quantity(row.low, row.high, row.qualifier)})" for row in rows.itertuples()
    )
