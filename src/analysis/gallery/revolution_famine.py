"""Revolution, civil war and famine: four stages without a number."""

from __future__ import annotations

from analysis import stages
from analysis.data import Tables
from analysis.gallery import stage
from analysis.parameters import RevolutionFamine
from analysis.wording import listing, none, small

EARLY = ["soviet_power", "civil_war", "famine_1920"]
STAGES = [*EARLY, "famine_1930s"]


def findings(tables: Tables, chosen: RevolutionFamine) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = stages.told(tables, STAGES)
    rows.loc[rows["stage_id"] == "famine_1930s", "end"] = str(chosen.famine_until)
    (first, last), (again, until) = stages.overlap(rows)
    prose = tables.lists.set_index("list")
    known = tables.places.set_index("place_id")["name"]
    return {
        **stage.findings(tables, STAGES),
        "stages": small(len(rows)),
        "stated": none(int(rows["stated"].sum())) + " of them",
        "first": str(first),
        "last": str(last),
        "run": small(last - first + 1),
        "pause": small(again - last - 1),
        "again": str(again),
        "until": str(until),
        "passes": listing(known[prose.loc["civil_war_passes", "place_id"]]),
        "settled": listing(known[prose.loc["civil_war_settlement", "place_id"]]),
    }
