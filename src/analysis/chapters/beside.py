"""Facts from outside the paper, shown beside a stage in a table of their own and never added to the paper's.

Belongs here: the source line and the table of counts that chapters of stages share.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.chapters import cells
from analysis.computing.outside import relied_on
from analysis.tables import Tables
from edition.exhibits.exhibit import Table
from edition.numbers.wording import number

COUNTS = ("census_count", "official_estimate", "scholarly_estimate")


def source_line(tables: Tables, rows: pd.DataFrame) -> str:
    """A source line for rows of `outside`."""
    return f"From outside the paper: {'; '.join(dict.fromkeys(tables.label[rows['source_id']]))}."


def counts(tables: Tables, place_ids: list[str], first: int, last: int) -> pd.DataFrame:
    """Counts and estimates of ethnic Kazakhs in places within some years, both included.

    Returns:
        The rows of `outside` with `year` and `name`, place by place in the order given, then by year.
    """
    rows = relied_on(tables).query("kind in @COUNTS and basis == 'ethnicity' and unit == 'kazakhs'")
    rows = rows[rows["place_id"].isin(place_ids) & rows["as_of"].ne("")]
    rows = rows.assign(year=rows["as_of"].str[:4].astype(int))
    rows = tables.with_names(rows[rows["year"].between(first, last)])
    order = rows["place_id"].map({place: n for n, place in enumerate(place_ids)})
    return rows.assign(order=order).sort_values(["order", "year"], kind="stable", ignore_index=True)


def table(tables: Tables, rows: pd.DataFrame, words: dict[str, Any]) -> Table:
    """Rows of `counts` as a table, each with its source and what is open about it; `words`: see `Sentences.exhibit`."""
    marks, notes = cells.marks(rows, tables.meaning)
    shown = pd.DataFrame(
        {
            "Place": rows["name"],
            "year": rows["year"].astype("str"),
            "Kazakhs": rows["low"].map(number) + marks,
            "source": rows["source_id"].map(tables.label),
        }
    )
    return Table(
        **words,
        source=source_line(tables, rows),
        data=rows.drop(columns="order"),
        shown=shown,
        numeric=("Kazakhs",),
        notes=notes,
    )
