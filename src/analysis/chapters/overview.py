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
from edition.numbers.wording import in_words, listing, number, source_line, with_noun


class Overview(Chapter):
    """All stages at a glance."""

    show: Literal["all", "stated"] = Field(description="all stages, or only those with a number")


PANELS = {  # title and frame of the map for each kind of move
    "outflow": ("Moves out", (-2.0, 20.0, 103.0, 69.0)),
    "return": ("Repatriation", (22.0, 24.0, 112.0, 62.0)),
}
YEARS = Years(since=1700, bend=1900, denser=8, until=2017, ticks=(1700, 1900, 1950, 2000))  # of the timeline


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
        caption="The stages of the paper: on the left when, on the right how many. Before the twentieth century, where the ground is shaded, the time axis is "
        f"{in_words(YEARS.denser)} times denser. A pale stub with an arrow has no stated end, and its length means nothing; an arrow to the left: it began earlier, at a time not stated. "
        "A ring with a question mark: no number is stated. A bar with an arrow has no upper bound.",
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
        caption="The moves that can be drawn, because the paper names two places of each that a map has; above those out, below those of repatriation, numbered by stage. "
        f"Blue is a move out, green a repatriation; {HOME} is tan, and pale orange marks the other ends of these moves. A solid arrow is as wide as its number. "
        "A number that the paper gives for several arrows together is not divided: where an arrow forks, the stem is as wide as the number; otherwise the number is only in the key. "
        f"{' '.join([*stage.begun_on_the_way(drawn, moves), mapping.SCHEMATIC, mapping.names_told_apart(sites)])}",
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
        caption="The stages of migration as the paper describes them.",
        source=source_line(rows, tables),
        data=rows,
        shown=stage.strips(rows[list(columns)].rename(columns=columns)),
        stacked=True,
        strip=True,
        anchors=tuple("stage-" + rows["stage_id"].str.replace("_", "-")),
    )


@exhibit
def caveats(tables: Tables, chosen: Overview) -> Table:
    """What stands in the way of reading each stage as a fact."""
    rows = stage.in_words(tables, chosen_stages(tables, chosen))
    return Table(
        id="tbl-stages-caveats",
        caption="What is open about each stage.",
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
        caption="Regions and towns that the stages name, and where their marks stand on the maps. Countries are not listed.",
        source=source_line(rows, tables, [mapping.GEONAMES]),
    )


KINDS = {  # of stages that are no move, in the singular and the plural
    "count": ("a count of people in the place where they lived", "counts of people in the place where they lived"),
    "loss": ("a loss in the war", "losses in the war"),
}


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
        "drawn": int(stages.arrows(tables, rows["stage_id"].to_list())["stage_id"].nunique()),
        "uncredited": int((rows["source_id"] == tables.author).sum()),
    }


def findings(tables: Tables, chosen: Overview) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    every = stages.with_numbers(tables)
    rows = stages.with_numbers(tables, chosen_stages(tables, chosen))
    stated, moved = rows[rows["stated"]], rows[rows["kind"].isin(stages.MOVES)]
    moves = stages.arrows(tables, rows["stage_id"].to_list())
    undated = rows.loc[rows["start"] == "", "stage_id"].map(tables.titled)
    silent = len(every) - int(every["stated"].sum())
    others = [with_noun(int((rows["kind"] == kind).sum()), *words) for kind, words in KINDS.items()]
    others = [text.removeprefix("one ") for text in others if not text.startswith("no ")]
    rest = f"the other{' is' if len(rows) - len(moved) == 1 else 's are'} {listing(others)}"
    drawn = moves["stage_id"].nunique()
    return {
        "division": f"This edition divides the paper's account into {with_noun(len(every), 'stage')}. "
        + (
            f"Those with a number are shown here, {in_words(len(rows))} of them."
            if chosen.show == "stated"
            else f"For {in_words(len(stated))} the paper states a number, for {in_words(silent)} it does not."
        ),
        "stated": f"{in_words(len(stated))} of {number(len(every))}",
        "kinds": f"{in_words(len(moved)).capitalize()} of the stages shown are moves of people; "
        f"{rest if others else 'no other is among them'}.",
        "drawn": f"{with_noun(drawn, 'of the stages', 'of the stages').capitalize()} shown can be drawn as a move, because only "
        f"for {'it' if drawn == 1 else 'them'} does the paper name both ends of an arrow that a map can show: an origin, or a "
        "stop on the way to a single destination, and where people went.",
        "causes": _causes(tables, moved),
        "undated": f"Without a year {'is' if len(undated) == 1 else 'are'}: {listing(undated)}."
        if len(undated)
        else "Each of the stages shown has a year.",
        "uncited": f"For {with_noun(int((rows['source_id'] == tables.author).sum()), 'stage')} nobody is credited.",
    }


def _causes(tables: Tables, moved: pd.DataFrame) -> str:
    """Which moves are political, which economic, and who says so."""
    known = moved[moved["cause_by"] != ""]
    unsaid = f"For {with_noun(len(moved) - len(known), 'move')} no kind of cause is stated."
    if known.empty:
        return unsaid
    by, kinds = known["cause_by"].value_counts(), known["cause_kind"].value_counts()
    political, economic = (in_words(int(kinds.get(kind, 0))) for kind in ("political", "economic"))
    sorted_here = known.loc[known["cause_by"] == "edition", "stage_id"].map(tables.titled)
    said = {
        "list": "by the list of reasons that the paper gives where it speaks of Europe",
        "passage": "by the words of the passage on the move itself",
        "edition": f"by this edition ({listing(sorted_here)})",
    }
    ways = "; ".join(f"{in_words(int(by[way]))} {words}" for way, words in said.items() if way in by)
    return f"Of the moves {political} count as political and {economic} as economic: {ways}. {unsaid}"
