"""The paper's tables cell by cell: what is printed, with a mark for each caveat and its meaning below.

Belongs here: what the chapters of the printed tables share.
"""

from __future__ import annotations

import pandas as pd

from analysis.computing import stocks
from edition.numbers.wording import listing

ESTIMATE = [
    "id",
    "place",
    "series",
    "as_of",
    "value_text",
    "low",
    "high",
    "qualifier",
    "source_id",
    "locator",
    "caveats",
]
"""Columns of a drawn estimate: what the chart needs, and where the number is from."""

MARKS = "ᵃᵇᶜᵈᵉᶠᵍ†‡§º"  # which the book's typeface has


def years_in_words(rows: pd.DataFrame, source_id: str) -> str:
    """The years that one source's numbers speak of, as text."""
    return listing(dict.fromkeys(stocks.credited(rows, source_id)["as_of"].str.replace("/", "–")))


def marks(rows: pd.DataFrame, meaning: pd.Series) -> tuple[pd.Series, dict[str, str]]:
    """The marks behind each row for its caveats, and mark → meaning (`meaning`: that of each caveat, see `Tables`)."""
    used = dict.fromkeys(name for cell in rows["caveats"] for name in cell.split())
    letters = dict(zip(used, MARKS, strict=False))
    behind = rows["caveats"].map(lambda cell: "".join(letters[name] for name in cell.split()))
    return behind, {mark: str(meaning[name]) for name, mark in letters.items()}


def as_printed(
    rows: pd.DataFrame, meaning: pd.Series, *, first: str, columns: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """A printed table from its cells.

    Args:
        rows: one row per cell: `row`, `column`, `value_text`, `caveats`, in the paper's order.
        meaning: of each caveat, by the caveat.
        first: heading of the column that names the rows.
        columns: value of `column` → heading, in the paper's order.

    Returns:
        The text of the table, a mark behind each cell with a caveat; and mark → meaning.
    """
    behind, notes = marks(rows, meaning)
    shown = (
        rows.assign(text=rows["value_text"] + behind)
        .set_index(["row", "column"])["text"]
        .unstack("column")
        .loc[list(dict.fromkeys(rows["row"])), list(columns)]
    )
    shown = shown.rename(columns=columns).rename_axis(index=first, columns=None).reset_index()
    return shown, notes
