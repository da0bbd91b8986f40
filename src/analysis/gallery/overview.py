"""All stages at a glance: when, how many, from where to where."""

from __future__ import annotations

import math

import pandas as pd

from analysis import stages
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.gallery import kurultays, stage
from analysis.gallery.homeland import HOME, NATURAL_EARTH
from analysis.parameters import Overview
from analysis.wording import listing, small, source_line

FRAME = (-8.0, 20.0, 104.0, 62.0)
UNTIL = 2017


def chosen_stages(tables: Tables, chosen: Overview) -> list[str]:
    """The stages that are shown."""
    rows = stages.told(tables)
    return rows.loc[rows["stated"] | (chosen.show == "all"), "stage_id"].to_list()


@exhibit
def timeline(tables: Tables, chosen: Overview) -> Picture:
    """When and how many, all on one time axis, with the World Kurultays."""
    rows = stage.told(tables, chosen_stages(tables, chosen))
    start, end = stages.years(rows, "start"), stages.years(rows, "end")
    data = rows[["stage_id", "title", "low", "high", "source_id", "exhibit", "locator", "caveats"]].assign(
        label=rows["title"], start=start, end=end, text=rows["number"], meaning=rows["kind"]
    )
    dated = kurultays.meetings(tables).query("start != ''")["start"].str[:4].astype(float).to_list()
    stated = rows[rows["stated"]]
    return Picture(
        id="fig-stages-timeline",
        caption="The stages the paper tells: left, when; right, how many. Before the twentieth century the time axis is eight times denser. "
        "A pale stub with an arrow has no stated end, and its length means nothing; an open mark has no stated number. Blue: a move out; green: a move back; "
        "orange: a count of people at rest; purple: a loss of life or liberty, which is no migration.",
        alt=f"Chart of {len(rows)} stages. {len(stated)} have a number: "
        + "; ".join(f"{row.title}, {row.number}" for row in stated.itertuples())
        + f". The others have none. World Kurultays are marked in {listing(f'{year:.0f}' for year in dated)}.",
        source=source_line(rows, tables.sources),
        data=data,
        chart="charts.timeline",
        options={"events": [["World Kurultays", dated]], "until": UNTIL},
    )


@exhibit
def flows(tables: Tables, chosen: Overview) -> Picture:
    """Every move of which the paper states both ends, on one map."""
    ids = chosen_stages(tables, chosen)
    rows = stage.told(tables, ids)
    moves = stages.arrows(tables, ids)
    drawn = rows[rows["stage_id"].isin(moves["stage_id"])]
    sites = stages.places(tables, drawn["stage_id"].to_list()).query("map_name != @HOME").drop_duplicates("place_id")
    countries = sites[sites["kind"] == "country"].assign(mark="country", label=lambda frame: frame["name"])
    regions = sites[sites["kind"] != "country"].assign(
        mark="region", label=lambda frame: frame["name"], low=math.nan, high=math.nan
    )
    return Picture(
        id="fig-stages-flows",
        caption=f"The moves of which the paper states both ends: {listing(drawn['title'])}. A solid arrow's width is its number; "
        "a dashed arrow has none. Borders are today's. The other stages cannot be drawn as a move.",
        alt=f"Map of Eurasia with {len(moves)} arrows, {int(moves['low'].notna().sum())} of them with a number. Places: {listing(sites['name'])}.",
        source=source_line(drawn, tables.sources, [NATURAL_EARTH, "towns: GeoNames"]),
        data=pd.concat([countries, regions, moves.assign(mark="arrow")], ignore_index=True),
        chart="maps.stage",
        options={"frame": FRAME, "home": HOME, "named": [[HOME, HOME]]},
    )


@exhibit
def table(tables: Tables, chosen: Overview) -> Table:
    """All stages as a table."""
    rows = stage.told(tables, chosen_stages(tables, chosen))
    shown = rows[["title", "period", "cause_kind", "origin", "destination", "number", "credit"]].rename(
        columns={
            "title": "Stage", "period": "when", "cause_kind": "kind of cause", "origin": "from", "destination": "to",
            "number": "how many", "credit": "credited to",
        }
    )  # fmt: skip
    return Table(
        id="tbl-stages",
        caption="The stages of migration as the paper tells them.",
        source=source_line(rows, tables.sources),
        data=rows,
        shown=shown,
    )


def findings(tables: Tables, chosen: Overview) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = stages.told(tables, chosen_stages(tables, chosen))
    stated = rows[rows["stated"]]
    moves = stages.arrows(tables, rows["stage_id"].to_list())
    causes = rows["cause_kind"].value_counts()
    return {
        "count": small(len(rows)),
        "stated": small(len(stated)),
        "unstated": small(len(rows) - len(stated)),
        "moves-stated": small(int((stated["kind"] == "outflow").sum())),
        "drawn": small(moves["stage_id"].nunique()),
        "political": small(int(causes.get("political", 0))),
        "economic": small(int(causes.get("economic", 0))),
        "unexplained": small(int(causes.get("not stated", 0))),
        "undated": listing(rows.loc[rows["start"] == "", "title"].map(lambda title: title[0].lower() + title[1:]))
        or "none",
        "uncited": small(int((rows["source_id"] == "askhat").sum())),
    }
