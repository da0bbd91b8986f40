"""The flight of 1723 and the first migration to Europe: when, and what no number says."""

from __future__ import annotations

from analysis.chapters import stage
from analysis.computing import stages, stocks
from analysis.tables import Tables
from edition.numbers.wording import cited_if_few, listing, number

STAGES = ["flight_1723", "europe_early"]
HOST = "afghanistan"  # the one country of the two that Table 1 has a row for


def findings(tables: Tables) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = stages.with_numbers(tables, STAGES).set_index("stage_id")
    cells = stocks.exhibit(tables, "Table 1").query("place_id == @HOST")
    return {
        **stage.findings(tables, STAGES),
        "afghanistan": cited_if_few(
            listing(f"{number(row.low)} ({tables.label[row.source_id]}, {row.as_of})" for row in cells.itertuples()),
            cells["id"],
        ),
        "europe-first": rows.loc["europe_early", "start"],
        "europe-last": rows.loc["europe_early", "end"],
    }
