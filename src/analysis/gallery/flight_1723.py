"""The flight of 1723 and the first migration to Europe: how long ago, and what no number says."""

from __future__ import annotations

from analysis import stages, stocks
from analysis.data import Tables
from analysis.gallery import stage
from analysis.parameters import Flight1723
from analysis.wording import listing, number

STAGES = ["flight_1723", "europe_early"]


def findings(tables: Tables, chosen: Flight1723) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = stages.told(tables, STAGES).set_index("stage_id")
    first = int(rows.loc["flight_1723", "start"])
    column = tables.stocks.set_index("id").loc["t1-afghanistan-mendikulova"]
    gap = int(column["as_of"]) - first
    afghan = stocks.exhibit(tables, "Table 1").query("place_id == 'afghanistan'")["low"]
    return {
        **stage.findings(tables, STAGES),
        "gap": number(gap),
        "generations": number(gap // chosen.generation_years),
        "generation-years": number(chosen.generation_years),
        "column-year": column["as_of"],
        "afghanistan": listing(map(number, afghan)),
        "europe-first": rows.loc["europe_early", "start"],
        "europe-last": rows.loc["europe_early", "end"],
    }
