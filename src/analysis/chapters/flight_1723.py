"""The flight of 1723 and the first migration to Europe: how long ago, and what no number says."""

from __future__ import annotations

import pandas as pd
from pydantic import Field

from analysis.chapters import stage
from analysis.computing import stages, stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.numbers import growth
from edition.numbers.wording import cited_if_few, listing, number


class Flight1723(Chapter):
    """The flight of 1723."""

    growth_percent: float = Field(
        ge=0,
        le=2,
        description="growth, in per cent a year, by which the numbers of Table 1 are read back to the flight",
    )


STAGES = ["flight_1723", "europe_early"]
HOST = "afghanistan"  # the one country of the two that Table 1 has a row for


def read_back(tables: Tables, chosen: Flight1723) -> pd.DataFrame:
    """Table 1's numbers for Afghanistan, and the number that growth alone would lead from in the year of the flight.

    Returns:
        `id`, `source_id`, `low` (persons), `as_of`, `years` (since the flight), `start` (persons).
    """
    flight = int(stages.with_numbers(tables, STAGES[:1]).iloc[0]["start"])
    rows = stocks.exhibit(tables, "Table 1").query("place_id == @HOST")[["id", "source_id", "low", "as_of"]]
    years = rows["as_of"].astype(int) - flight
    return rows.assign(
        years=years,
        start=[low / growth.factor(chosen.growth_percent, gap) for low, gap in zip(rows["low"], years, strict=True)],
    )


def results(tables: Tables, chosen: Flight1723) -> dict[str, float]:
    """For a sweep: `years` since the flight (to the earlier number), and `<source>-start`, the persons that growth alone would lead from."""
    back = read_back(tables, chosen)
    starts = {f"{row.source_id.replace('_', '-')}-start": row.start for row in back.itertuples()}
    return {"years": float(back["years"].min()), **starts}


def findings(tables: Tables, chosen: Flight1723) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = stages.with_numbers(tables, STAGES).set_index("stage_id")
    back = read_back(tables, chosen)
    return {
        **stage.findings(tables, STAGES),
        "gap": number(back["years"].min()),
        "afghanistan": cited_if_few(
            listing(f"{number(row.low)} ({tables.label[row.source_id]}, {row.as_of})" for row in back.itertuples()),
            back["id"],
        ),
        "grown": "Without any growth there would have been as many"
        if chosen.growth_percent == 0
        else f"At {chosen.growth_percent:g} per cent a year they would have grown from "
        + listing(number(value) for value in back["start"].round(-2))
        + " people",
        "europe-first": rows.loc["europe_early", "start"],
        "europe-last": rows.loc["europe_early", "end"],
    }
