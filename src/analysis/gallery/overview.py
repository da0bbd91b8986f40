"""All stages at a glance: when, how many, from where to where."""

from __future__ import annotations

import math

import pandas as pd

from analysis import stages
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.gallery import kurultays, mapping, stage
from analysis.gallery.mapping import HOME, NATURAL_EARTH
from analysis.parameters import Overview
from analysis.wording import listing, lower, many, small, source_line

FRAME = (-3.0, 19.0, 106.0, 67.0)
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
    """Every move of which the paper states both ends and both can be placed, on one map, numbered by stage."""
    ids = chosen_stages(tables, chosen)
    rows = stage.told(tables, ids)
    moves = stages.arrows(tables, ids)
    drawn = rows[rows["stage_id"].isin(moves["stage_id"])].reset_index(drop=True)
    sites = stages.places(tables, drawn["stage_id"].to_list())
    away = sites[sites["map_name"] != HOME].drop_duplicates("place_id")
    kind = away["kind"].where(away["kind"].isin(["country", "town"]), "region")
    marks = away.assign(mark=kind, label=away["name"], role="")[
        ["mark", "role", "label", "map_name", "longitude", "latitude", "reach_km"]
    ]
    numbered = {stage_id: str(n) for n, stage_id in enumerate(drawn["stage_id"], start=1)}
    badges = [[f"badge:{numbered[row.stage_id]}:{row.kind}", f"{row.title}: {row.number}"] for row in drawn.itertuples()]
    arrows = moves.assign(mark="arrow", by="", badge=_badges(moves, numbered))
    data = pd.concat([marks, arrows], ignore_index=True)
    ways = " ".join(
        f"{numbered[row.stage_id]}, {row.title}, {row.number}: {_ways(moves, row.stage_id)}." for row in drawn.itertuples()
    )
    entries = [entry for entry in mapping.key(data) if entry[0] in ("home", "region:")]
    arrow_keys = [entry for entry in mapping.key(data) if entry[0].partition(":")[0] in ("known", "stem", "unknown")]
    return Picture(
        id="fig-stages-flows",
        caption=f"The moves of which the paper states both ends and both can be placed, numbered: {listing(drawn['title'])}. Blue is a move out, green a move back. "
        "A solid arrow is as wide as its number, here for both destinations together; a dashed arrow has no number of its own. "
        f"{HOME} is tan, and pale countries are ends of these moves. {mapping.SCHEMATIC} {mapping.names_told_apart(away)}",
        alt=f"Map of Eurasia with {len(moves)} arrows, {int(moves['low'].notna().sum())} of them with a number. {ways}",
        source=source_line(drawn, tables.sources, [NATURAL_EARTH, mapping.GEONAMES]),
        data=data,
        chart="maps.stage",
        options={
            "frame": FRAME,
            "home": HOME,
            "named": mapping.names_shown(tables, away),
            "key": [*badges, *entries, ["named", "end of a move"], *arrow_keys],
            "context": False,
        },
    )


def _badges(moves: pd.DataFrame, numbered: dict[str, str]) -> list[str]:
    """For each arrow the number of its stage, if it is the one to carry it: a stem, or the arrow farthest from other stages'."""
    middle = pd.DataFrame({"x": (moves["longitude"] + moves["to_longitude"]) / 2, "y": (moves["latitude"] + moves["to_latitude"]) / 2})
    apart = [
        math.inf if row.part == "stem"
        else (((middle - middle.loc[row.Index]) ** 2).sum(axis=1))[moves["stage_id"] != row.stage_id].min()
        for row in moves.itertuples()
    ]  # fmt: skip
    carrying = set(pd.Series(apart, index=moves.index).groupby(moves["stage_id"]).idxmax())
    return [numbered[row.stage_id] if row.Index in carrying else "" for row in moves.itertuples()]


def _ways(moves: pd.DataFrame, stage_id: str) -> str:
    mine = moves[(moves["stage_id"] == stage_id) & (moves["part"] != "stem")]
    ways = mine.groupby("begins", sort=False)["ends"].agg(listing)
    return "; ".join(f"from {begins} to {ends}" for begins, ends in ways.items())


@exhibit
def table(tables: Tables, chosen: Overview) -> Table:
    """All stages as a table."""
    rows = stage.told(tables, chosen_stages(tables, chosen))
    columns = {
        "title": "Stage", "period": "when", "counted": "how many", "cause_said": "kind of cause", "origin": "from",
        "route": "by way of", "destination": "to", "credit": "credited to",
    }  # fmt: skip
    return Table(
        id="tbl-stages",
        caption="The stages of migration as the paper tells them.",
        source=source_line(rows, tables.sources),
        data=rows,
        shown=rows[list(columns)].rename(columns=columns),
        stacked=True,
    )


@exhibit
def caveats(tables: Tables, chosen: Overview) -> Table:
    """What stands in the way of reading each stage as a fact."""
    rows = stage.told(tables, chosen_stages(tables, chosen))
    return Table(
        id="tbl-stages-caveats",
        caption="What is open about each stage.",
        source=source_line(rows, tables.sources),
        data=rows[["stage_id", "title", "caveats", "source_id", "exhibit", "locator"]],
        shown=rows[["title", "open"]].rename(columns={"title": "Stage", "open": "caveats"}),
        stacked=True,
    )


@exhibit
def places(tables: Tables, chosen: Overview) -> Table:
    """The regions and towns of the stages, and where their marks stand."""
    sites = stages.places(tables, chosen_stages(tables, chosen))
    rows = stages.told(tables, list(dict.fromkeys(sites["stage_id"])))
    return stage.places_table(
        tables,
        stage.identified(tables, sites["place_id"].to_list()),
        name="tbl-stages-places",
        caption="Regions and towns that the stages name, and where their marks stand on the maps. Countries are not listed.",
        source=source_line(rows, tables.sources, [mapping.GEONAMES]),
    )


KINDS = {  # of stages that are no move, in the singular and the plural
    "count": ("a count of people where they lived", "counts of people where they lived"),
    "loss": ("a loss in the war", "losses in the war"),
}


def findings(tables: Tables, chosen: Overview) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    every = stages.told(tables)
    rows = stages.told(tables, chosen_stages(tables, chosen))
    stated, moved = rows[rows["stated"]], rows[rows["kind"].isin(stages.MOVES)]
    moves = stages.arrows(tables, rows["stage_id"].to_list())
    undated = rows.loc[rows["start"] == "", "title"].map(lower)
    silent = len(every) - int(every["stated"].sum())
    others = [many(int((rows["kind"] == kind).sum()), *words) for kind, words in KINDS.items()]
    others = [text.removeprefix("one ") for text in others if not text.startswith("no ")]
    drawn = moves["stage_id"].nunique()
    return {
        "division": f"This edition divides what the paper tells into {many(len(every), 'stage')}. "
        + (
            f"Those with a number are shown here, {small(len(rows))} of them."
            if chosen.show == "stated"
            else f"For {small(len(stated))} the paper states a number, for {small(silent)} it does not."
        ),
        "kinds": f"{small(len(moved)).capitalize()} of the stages shown are moves of people; "
        f"{'with them stand ' + listing(others) if others else 'no other is among them'}.",
        "drawn": f"{many(drawn, 'of the stages', 'of the stages').capitalize()} shown can be drawn as a move, because only "
        f"for {'it' if drawn == 1 else 'them'} does the paper state an origin and a destination that can both be placed.",
        "causes": _causes(moved),
        "undated": f"Without a year {'is' if len(undated) == 1 else 'are'}: {listing(undated)}."
        if len(undated)
        else "Each of the stages shown has a year.",
        "uncited": f"For {many(int((rows['source_id'] == 'askhat').sum()), 'stage')} nobody is credited.",
    }


def _causes(moved: pd.DataFrame) -> str:
    """Which moves are political, which economic, and who says so."""
    known = moved[moved["cause_by"] != ""]
    unsaid = f"For {many(len(moved) - len(known), 'move')} no kind of cause is stated."
    if known.empty:
        return unsaid
    by, kinds = known["cause_by"].value_counts(), known["cause_kind"].value_counts()
    political, economic = (small(int(kinds.get(kind, 0))) for kind in ("political", "economic"))
    sorted_here = known.loc[known["cause_by"] == "edition", "title"].map(lower)
    return (
        f"Of the moves {political} count as political and {economic} as economic. For {small(int(by.get('list', 0)))} "
        f"that is the paper's list of reasons, which stands where it speaks of Europe; for {small(int(by.get('passage', 0)))} "
        f"the passage itself uses the word or names the economy; {small(len(sorted_here))} this edition has sorted so "
        f"({listing(sorted_here)}). {unsaid}"
    )
