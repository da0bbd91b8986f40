"""Table 3: what was asked of four host countries and what is answered."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.data import Tables


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
