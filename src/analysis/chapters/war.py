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
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Cited, number, quantity


class War(Chapter):
    """Emigrants, captives, legionnaires."""

    open_bound: Literal["as bound", "leave open"] = one_of(
        "whether 'more than' counts as the number itself or stays without an upper bound",
        {"as bound": "as the number itself", "leave open": "without an upper bound"},
    )


STAGES = ["political_emigration", "war_captives", "war_loss"]

SAY = Sentences(__name__)


def loss(tables: Tables, chosen: War) -> pd.Series:
    """The number killed or captured, its open bound as chosen."""
    told = stages.with_numbers(tables, ["war_loss"])
    return (bounds.close(told) if chosen.open_bound == "as bound" else told).iloc[0]


RESULTS = bounded("loss", "persons", "people who were lost in the war")


def results(tables: Tables, chosen: War) -> dict[str, float]:
    """What `RESULTS` declares."""
    row = loss(tables, chosen)
    return {"loss-low": float(row["low"]), "loss-high": float(row["high"])}


def findings(tables: Tables, chosen: War) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    row = loss(tables, chosen)
    moves = stages.with_numbers(tables).query("kind in @stages.MOVES and stated")
    larger, rest = moves[moves["low"] >= row["low"]], moves[moves["low"] < row["low"]]
    following = rest[rest["low"] == rest["low"].max()]  # ties are told together
    known = {
        "taken_for_number": row["high"] == row["low"],
        "low": number(row["low"]),
        "stated": quantity(row["low"], row["high"], row["qualifier"]),
    }
    return {
        **stage.findings(tables, STAGES),
        "loss": Cited.of(SAY.say("loss", **known), row["magnitude_id"]),
        "compared": SAY.say(
            "compared",
            larger=_named(tables, larger),
            level=bool((larger["low"] == row["low"]).any()),
            next=_named(tables, following),
        ),
        "since": tables.date("e-resistance").lower().replace("since", "from"),
    }


def _named(tables: Tables, rows: pd.DataFrame) -> list[str]:
    return [
        SAY.say("move", title=tables.titled(row.stage_id), quantity=row.counted)
        for row in stage.in_words(tables, list(rows["stage_id"])).itertuples()
    ]
