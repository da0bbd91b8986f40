"""All stages at a glance: when, how many, from where to where."""

from __future__ import annotations

import math
from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.chapters import kurultays, mapping, stage
from analysis.chapters.mapping import HOME, NATURAL_EARTH
from analysis.computing import stages
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.asking.results import Result
from edition.charts.timeline import Event, Timeline, Years
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.maps.map import Map, Panel
from edition.numbers.sentences import Sentences
from edition.numbers.wording import in_words, listing, none_or_count, sentence_case, source_line, with_noun


class Overview(Chapter):
    """All stages at a glance."""

    show: Literal["all", "stated"] = Field(description="all stages, or only those with a number")


PANELS = {  # title and frame of the map for each kind of move
    "outflow": ("Moves out", (-2.0, 20.0, 103.0, 69.0)),
    "return": ("Repatriation", (22.0, 24.0, 112.0, 62.0)),
}
YEARS = Years(since=1700, bend=1900, denser=8, until=2017, ticks=(1700, 1900, 1950, 2000))  # of the timeline

SAY = Sentences(__name__)
BY = {
    "list": "by-list",
    "passage": "by-passage",
    "edition": "by-edition",
}  # who sorts a cause → the sentence that says so


def chosen_stages(tables: Tables, chosen: Overview) -> list[str]:
    """The stages that are shown."""
    rows = stages.with_numbers(tables)
    return rows.loc[rows["stated"] | (chosen.show == "all"), "stage_id"].to_list()


COLOURS = {  # what the colours of the timeline say
    "outflow": "move out",
    "return": "repatriation",
    "count": "people counted where they lived",
    "loss": "killed or captured: no migration",
}


@exhibit
def timeline(tables: Tables, chosen: Overview) -> Picture:
    """When and how many, all on one time axis, with the World Kurultays."""
    rows = stage.in_words(tables, chosen_stages(tables, chosen))
    start, end = stages.years(rows, "start"), stages.years(rows, "end")
    data = rows[["stage_id", "title", "low", "high", "source_id", "exhibit", "locator", "caveats"]].assign(
        label=rows["title"],
        start=start,
        end=end,
        start_open=rows["caveats"].str.split().map(lambda names: "start_undated" in names),
        text=rows["counted"],
        meaning=rows["kind"],
    )
    meetings = kurultays.meetings(tables)
    dated = meetings.query("start != ''")["start"].str[:4].astype(float).to_list()
    undated = meetings.query("start == ''")["event"].str.removesuffix(" World Kurultay of Kazakhs").str.lower()
    rest = f"not dated: the {listing(undated)}" if len(undated) else ""
    stated, dateless = rows[rows["stated"]], rows.loc[rows["start"] == "", "stage_id"]
    silent = len(rows) - len(stated)
    return Picture(
        id="fig-stages-timeline",
        title=stage.numbered(rows),
        subtitle=f"Dates and numbers of people, {int(start.min())} to {int(end.max())}",
        caption="Left, when: an arrow is an end, or a beginning, that is not stated. Right, how many: a bar with an arrow has no upper "
        "bound, a ring no number.",
        notes=(
            f"Before the twentieth century, where the ground is shaded, the time axis is {in_words(YEARS.denser)} times denser.",
        ),
        alt=f"Chart of {with_noun(len(rows), 'stage')}. {in_words(len(stated)).capitalize()} with a number: "
        + "; ".join(f"{row.title}, {row.counted}" for row in stated.itertuples())
        + (f". The other {in_words(silent)} {'has' if silent == 1 else 'have'} none. " if silent else ". ")
        + f"Without a date: {listing(map(tables.titled, dateless)) or 'none'}. "
        f"World Kurultays are marked in {listing(f'{year:.0f}' for year in dated)}; {rest or 'all are dated'}.",
        source=source_line(rows, tables),
        data=data,
        chart=Timeline(
            years=YEARS,
            unit="persons",
            events=(Event(label="World Kurultays", years=tuple(dated), undated=rest),),
            kinds=tuple((kind, name) for kind, name in COLOURS.items() if kind in set(rows["kind"])),
        ),
    )


@exhibit
def flows(tables: Tables, chosen: Overview) -> Picture:
    """Every move of which the paper names two places that a map has: those out, and those back, numbered by stage."""
    ids = chosen_stages(tables, chosen)
    rows = stage.in_words(tables, ids)
    moves = stages.arrows(tables, ids)
    drawn = rows[rows["stage_id"].isin(moves["stage_id"])].reset_index(drop=True)
    sites = stages.places(tables, drawn["stage_id"].to_list())
    numbered = {stage_id: str(n) for n, stage_id in enumerate(drawn["stage_id"], start=1)}
    badges = [
        (f"badge:{numbered[row.stage_id]}:{row.kind}", f"{row.title}: {row.counted}") for row in drawn.itertuples()
    ]
    parts: list[pd.DataFrame] = []
    panels: list[Panel] = []
    for kind, (title, frame) in PANELS.items():
        ids = drawn.loc[drawn["kind"] == kind, "stage_id"]
        if ids.empty:
            continue
        away = sites[(sites["map_name"] != HOME) & sites["stage_id"].isin(ids)].drop_duplicates("place_id")
        marks = away.assign(
            mark=away["kind"].where(away["kind"].isin(["country", "town"]), "region"), label=away["name"], role=""
        )
        arrows = moves[moves["stage_id"].isin(ids)].reset_index(drop=True)
        arrows = arrows.assign(mark="arrow", by="", badge=_badges(arrows, numbered))
        shown = ["mark", "role", "label", "map_name", "longitude", "latitude", "reach_km"]
        parts.append(pd.concat([marks[shown], arrows], ignore_index=True).assign(panel=len(panels)))
        panels.append(Panel(title=title, frame=frame, named=mapping.names_shown(tables, away)))
    data = pd.concat(parts, ignore_index=True)
    key = [entry for entry in mapping.key(data) if entry[0].partition(":")[0] != "unknown"]
    kinds = dict.fromkeys(data.loc[data["mark"] == "arrow", "meaning"])
    dashed = [(f"unknown:{kind}", f"{mapping.WORDS[kind]}, without a number of its own") for kind in kinds]
    ways = " ".join(f"{numbered[row.stage_id]}, {row.title}, {row.counted}: {_ways(moves, row.stage_id)}." for row in drawn.itertuples())  # fmt: skip
    return Picture(
        id="fig-stages-flows",
        title=sentence_case(
            f"{with_noun(len(drawn), 'stage')} can be drawn as moves, {none_or_count(int(drawn['stated'].sum()))} with a number"
        ),
        subtitle=f"{stage.spoken_of(drawn)}, in today's borders",
        caption="Above moves out, below repatriation, numbered by stage. A solid arrow is as wide as its number; a dashed one has "
        "no number of its own.",
        notes=(
            "Drawn are the moves of which two places are named that a map has.",
            "A number for several arrows together is not divided: where an arrow forks, the stem is as wide as the number; "
            "otherwise the number is only in the key.",
            *stage.begun_on_the_way(drawn, moves),
            *mapping.names_told_apart(sites),
        ),
        alt=f"{with_noun(len(panels), 'map').capitalize()} of Eurasia with {with_noun(len(moves), 'arrow')}, {int(moves['low'].notna().sum())} of them with a number. {ways}",
        source=source_line(drawn, tables, [NATURAL_EARTH, mapping.GEONAMES]),
        data=data,
        chart=Map(
            panels=tuple(panels),
            home=HOME,
            key=(*badges, key[0], ("named", "the other end of a move"), *key[1:], *dashed),
            marks=mapping.MARKS,
            context=False,
        ),
    )


def _badges(moves: pd.DataFrame, numbered: dict[str, str]) -> list[str]:
    """For each arrow the number of its stage, if it is the one to carry it: a stem, or the arrow farthest from other stages'."""
    middle = pd.DataFrame(
        {"x": (moves["longitude"] + moves["to_longitude"]) / 2, "y": (moves["latitude"] + moves["to_latitude"]) / 2}
    )
    apart = [
        math.inf if row.part == "stem"
        else (((middle - middle.loc[row.Index]) ** 2).sum(axis=1))[moves["stage_id"] != row.stage_id].min()
        for row in moves.itertuples()
    ]  # fmt: skip
    carrying = set(pd.Series(apart, index=moves.index).fillna(0).groupby(moves["stage_id"]).idxmax())
    return [numbered[row.stage_id] if row.Index in carrying else "" for row in moves.itertuples()]


def _ways(moves: pd.DataFrame, stage_id: str) -> str:
    """The arrows of one stage in words."""
    return stage.ways_in_words(moves[moves["stage_id"] == stage_id])


@exhibit
def stages_table(tables: Tables, chosen: Overview) -> Table:
    """All stages as a table."""
    rows = stage.in_words(tables, chosen_stages(tables, chosen))
    columns = {
        "title": "Stage", "period": "when", "counted": "how many", "cause_said": "kind of cause", "origin": "from",
        "route": "by way of", "destination": "to", "credit": "credited to",
    }  # fmt: skip
    return Table(
        id="tbl-stages",
        title=sentence_case(
            f"{with_noun(len(rows), 'stage')}, {none_or_count(int((rows['origin'] != stage.NOT_STATED).sum()))} with a stated origin"
        ),
        subtitle="Stages of migration in the order of time, as the paper tells them",
        caption="What is stated of each: when, how many, why, from where, to where, and who is credited.",
        source=source_line(rows, tables),
        data=rows,
        shown=rows[list(columns)].rename(columns=columns),
        stacked=True,
        anchors=tuple("stage-" + rows["stage_id"].str.replace("_", "-")),
    )


@exhibit
def caveats(tables: Tables, chosen: Overview) -> Table:
    """What stands in the way of reading each stage as a fact."""
    rows = stage.in_words(tables, chosen_stages(tables, chosen))
    return Table(
        id="tbl-stages-caveats",
        title=sentence_case(f"{with_noun(int(rows['open'].ne('').sum()), 'stage')} with something open"),
        subtitle=f"Caveats of {with_noun(len(rows), 'stage')}",
        caption="What stands in the way of reading each stage as a fact.",
        source=source_line(rows, tables),
        data=rows[["stage_id", "title", "caveats", "source_id", "exhibit", "locator"]],
        shown=rows[["title", "open"]].rename(columns={"title": "Stage", "open": "caveats"}),
        stacked=True,
    )


@exhibit
def places_table(tables: Tables, chosen: Overview) -> Table:
    """The regions and towns of the stages, and where their marks stand."""
    sites = stages.places(tables, chosen_stages(tables, chosen))
    rows = stages.with_numbers(tables, list(dict.fromkeys(sites["stage_id"])))
    return stage.places_table(
        tables,
        stage.identified(tables, sites["place_id"].to_list()),
        name="tbl-stages-places",
        caption="Where each stands on the maps, and whether it had to be identified. Countries are not listed.",
        source=source_line(rows, tables, [mapping.GEONAMES]),
    )


RESULTS = {
    "shown": Result("count", "stages shown"),
    "stated": Result("count", "stages with a number"),
    "moves": Result("count", "stages that are moves"),
    "drawn": Result("count", "stages drawn as arrows"),
    "uncredited": Result("count", "stages without a credit"),
}


def results(tables: Tables, chosen: Overview) -> dict[str, float]:
    """What `RESULTS` declares."""
    rows = stages.with_numbers(tables, chosen_stages(tables, chosen))
    return {
        "shown": len(rows),
        "stated": int(rows["stated"].sum()),
        "moves": int(rows["kind"].isin(stages.MOVES).sum()),
        "uncredited": int((rows["source_id"] == tables.author).sum()),
    }


def findings(tables: Tables, chosen: Overview) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    every = stages.with_numbers(tables)
    rows = stages.with_numbers(tables, chosen_stages(tables, chosen))
    moved = rows[rows["kind"].isin(stages.MOVES)]
    known = moved[moved["cause_by"] != ""]
    causes, kinds = known["cause_kind"].value_counts(), rows["kind"].value_counts()
    values = {
        "show": chosen.show,
        "every": len(every),
        "numbered": int(every["stated"].sum()),
        "moves": len(moved),
        "counts": int(kinds.get("count", 0)),
        "losses": int(kinds.get("loss", 0)),
        "political": int(causes.get("political", 0)),
        "economic": int(causes.get("economic", 0)),
        "unsaid": len(moved) - len(known),
        "undated": list(rows.loc[rows["start"] == "", "stage_id"].map(tables.titled)),
        "uncited": int((rows["source_id"] == tables.author).sum()),
        "ways": [
            SAY.say(BY[way], count=len(group), moves=list(group["stage_id"].map(tables.titled)))
            for way, group in known.groupby(pd.Categorical(known["cause_by"], list(BY)), observed=True)
        ],
    }
    told = ("division", "stated", "kinds", "causes", "undated", "uncited")
    return {name: SAY.say(name, **values) for name in told}
