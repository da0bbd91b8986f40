"""How the numbers were written down: what the tables hold, what the caveats mean, what is corrected."""

from __future__ import annotations

import pandas as pd

from analysis.data import CREDITED, NUMBERED, Tables
from analysis.exhibits import Table, exhibit
from analysis.wording import number

OWN = "this edition's count of its own rows."


def _credited(tables: Tables) -> pd.DataFrame:
    return pd.concat([getattr(tables, name).assign(table=name) for name in CREDITED], ignore_index=True)


@exhibit
def holdings(tables: Tables) -> Table:
    """How many rows each table holds, by where the paper prints them."""
    rows = _credited(tables)
    counts = pd.crosstab(rows["table"], rows["exhibit"]).loc[list(CREDITED)]
    counts = counts[["text", *sorted(name for name in counts.columns if name != "text")]].assign(
        all=lambda frame: frame.sum(axis=1)
    )
    shown = (
        counts.astype("str")
        .rename(columns={"text": "prose"})
        .rename_axis("table", axis=0)
        .rename_axis(None, axis=1)
        .reset_index()
    )
    return Table(
        id="tbl-holdings",
        caption="Rows of each table, by where in the paper they stand.",
        source=OWN,
        data=counts.reset_index(),
        shown=shown,
        numeric=tuple(shown.columns[1:]),
    )


@exhibit
def vocabulary(tables: Tables) -> Table:
    """What each caveat means and how many rows carry it."""
    carried = _credited(tables)["caveats"].str.split().explode().value_counts()
    counts = tables.caveats.assign(rows=tables.caveats["caveat"].map(carried).fillna(0).astype(int))
    shown = counts.assign(caveat=counts["caveat"].str.replace("_", " "), rows=counts["rows"].astype("str"))
    return Table(
        id="tbl-caveats",
        caption="The caveats, what they warn of, and how many rows carry each.",
        source=OWN,
        data=counts,
        shown=shown.rename(columns={"caveat": "Caveat"}),
        numeric=("rows",),
    )


@exhibit
def corrections(tables: Tables) -> Table:
    """What the edition takes instead of a transcription."""
    known = pd.concat([getattr(tables, name) for name in NUMBERED]).set_index("id")
    shown = pd.DataFrame(
        {
            "Row": tables.corrections["row_id"],
            "field": tables.corrections["field"],
            "as printed": [known.loc[row, "value_text"] for row in tables.corrections["row_id"]],
            "taken": tables.corrections["takes"].map(number),
            "why": tables.corrections["reason"],
            "since": tables.corrections["since"],
        }
    )
    return Table(
        id="tbl-corrections",
        caption="Corrections: the transcription stands, and this is taken in its place.",
        source=OWN,
        data=tables.corrections,
        shown=shown,
        numeric=("taken",),
    )


def findings(tables: Tables) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = _credited(tables)
    uncited = rows["caveats"].str.split().map(lambda caveats: "uncited" in caveats)
    return {
        "rows": number(len(rows)),
        "sources": number(len(tables.sources)),
        "uncited": number(uncited.sum()),
    }
