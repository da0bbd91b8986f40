"""Statements of the paper as a table: who is spoken of, of what, what is said, where.

Belongs here: what the chapters that show statements share.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.tables import Tables
from edition.exhibits.exhibit import Table
from edition.numbers.wording import source_line, within_brackets

TONES = {"difficulty": "difficulty", "strength": "strength", "neither": "neither"}


def places_in_words(rows: pd.DataFrame, prefix: str = "") -> pd.Series:
    """Where statements stand: the exhibit with its row, or section and paragraph."""
    exhibit, locator = rows[f"{prefix}exhibit"], rows[f"{prefix}locator"]
    return locator.where(exhibit == "text", exhibit + ", " + locator)


def credited(rows: pd.DataFrame, prefix: str = "") -> pd.Series:
    """Statements, each with whom the paper credits, if anybody."""
    text, credit = rows[f"{prefix}paraphrase"], rows[f"{prefix}credit"].map(within_brackets)
    return text.where(credit == "nobody", text + " (" + credit + ")")


def statements_table(tables: Tables, rows: pd.DataFrame, words: dict[str, Any], *, topic: bool = True) -> Table:
    """Rows of `statements.with_credit` as a table, with what it says (see `Sentences.exhibit`); `topic`: they have several."""
    shown = pd.DataFrame(
        {
            "Of whom": rows["name"],
            "topic": rows["topic"],
            "what the paper says": credited(rows),
            "tells of": rows["tone"].map(TONES),
            "where": places_in_words(rows),
        }
    )
    return Table(
        **words,
        source=source_line(rows, tables),
        data=rows.drop(columns=["against", "bears_on"], errors="ignore"),
        shown=shown if topic else shown.drop(columns="topic"),
        stacked=True,
        verdict="not checkable with numbers",
    )


def pairs(tables: Tables, rows: pd.DataFrame, words: dict[str, Any]) -> Table:
    """Rows of `statements.at_odds` as a table, with what it says (see `Sentences.exhibit`)."""
    shown = pd.DataFrame(
        {
            "Of whom": rows["name"],
            "it is said": credited(rows),
            "where": places_in_words(rows),
            "and it is said": (rows["other_name"] + ": ").where(rows["name"] != rows["other_name"], "")
            + credited(rows, "other_"),
            "there": places_in_words(rows, "other_"),
        }
    )
    return Table(
        **words,
        source=source_line(tables.challenges[tables.challenges["id"].isin([*rows["id"], *rows["other_id"]])], tables),
        data=rows,
        shown=shown,
        stacked=True,
        verdict="not checkable with numbers",
    )
