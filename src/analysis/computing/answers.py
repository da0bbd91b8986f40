"""Table 3: what was asked of four host countries and what is answered."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.computing import stocks
from analysis.tables import Tables


def tally(tables: Tables, merged_cell: Literal["one", "each"]) -> pd.DataFrame:
    """Per question: `question_no`, `question_paraphrase`, `yes`, `no`, `text` (numbers of answers).

    Args:
        merged_cell: whether the text that spans four columns counts once or once per country.
    """
    cells = tables.answers
    if merged_cell == "one":
        cells = cells[~(cells["caveats"].str.contains("merged_cell") & cells.duplicated("question_no"))]
    counts = pd.crosstab([cells["question_no"], cells["question_paraphrase"]], cells["answer"])
    return counts.reindex(columns=["yes", "no", "text"], fill_value=0).reset_index().rename_axis(columns=None)


def of_host(tables: Tables, place_id: str) -> pd.Series:
    """How many questions are answered for one host, by answer (yes, no, text)."""
    mine = tables.answers[tables.answers["place_id"] == place_id]
    return mine["answer"].value_counts().reindex(["yes", "no", "text"], fill_value=0)


def spread(tables: Tables) -> dict[str, float]:
    """How much the answers of yes or no tell apart.

    Returns:
        `answers` (number), `kinds` (of answer), `bits` (the entropy of the answers together: 0 when all are the
        same, as many as there are answers when yes and no are even), `ways` (in which they could be given),
        `variance` (the largest within a row or a column, yes as 1 and no as 0).
    """
    cells = tables.answers[tables.answers["answer"] != "text"]
    given = cells["answer"]
    grid = cells.assign(yes=given.eq("yes").astype(float)).pivot(index="question", columns="place_id", values="yes")
    variance = max(grid.var(axis=axis, ddof=0).max() for axis in (0, 1))
    share = given.value_counts(normalize=True)
    bits = float(-(share * np.log2(share)).sum() * len(given))
    return {
        "answers": len(given),
        "kinds": len(share),
        "bits": abs(bits),
        "ways": 2 ** len(given),
        "variance": float(variance),
    }


def questions(tables: Tables) -> pd.DataFrame:
    """What the paper sets out to ask, with what its table answers.

    Returns:
        The rows of `questions` with `yes` and `no` (numbers of answers in the row that takes the question up)
        and `row_no` (that row's number; NaN for none).
    """
    kinds = pd.crosstab(tables.answers["question"], tables.answers["answer"])
    kinds = kinds.reindex(columns=["yes", "no"], fill_value=0)
    numbers = tables.answers.drop_duplicates("question").set_index("question")["question_no"]
    rows = tables.questions
    counts = {kind: rows["answer_row"].map(kinds[kind]).fillna(0).astype(int) for kind in kinds}
    return rows.assign(**counts, row_no=rows["answer_row"].map(numbers))


def people_covered(tables: Tables, source_id: str) -> tuple[float, float]:
    """People in the hosts that the table asks about, and in all hosts, by one source."""
    mine = stocks.hosts(stocks.credited(tables.stocks[tables.stocks["exhibit"] != "text"], source_id))
    return float(mine.loc[mine["place_id"].isin(tables.answers["place_id"]), "low"].sum()), float(mine["low"].sum())
