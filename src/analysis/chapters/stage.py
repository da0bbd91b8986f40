"""What every chapter of a stage shows: the facts the paper gives, and where it happened on a map.

A new stage needs no code: a row in `stages.csv`, and a notebook that calls these.
"""

from __future__ import annotations

import math
import textwrap
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.chapters import mapping
from analysis.chapters.mapping import HOME
from analysis.computing import stages
from analysis.tables import Tables
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.maps import geography, regions
from edition.maps.map import Map, Panel
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    listing,
    quantity,
    source_line,
    with_noun,
)

NOT_STATED = "not stated"
KIND = "kind of cause"
UNSAID = {
    "from": "from where",
    "to": "where to",
    "by way of": "by which way",
    KIND: "why",
}  # what is not stated, as a question
NO_MOVE = "no move"
OTHERS = "others not named"
SAID_BY_ITEMS = {
    "uncited",
    "as_of_missing",
    "origin_missing",
    "destination_missing",
}  # caveats that a list of all items says
MANY, INWARD = 3, 1.2  # arrows that crowd a country, and by how many half widths of theirs countries are then seen less
SAY = Sentences(__name__)


def number(row: object) -> str:
    """A stage's number in words, or that none is stated."""
    return quantity(row.low, row.high, row.qualifier) if row.stated else NOT_STATED  # type: ignore[attr-defined]


def counted(tables: Tables, row: Any) -> str:
    """A stage's number with what it counts: Kyrgyz with the Kazakhs, or people at one place of the way."""
    at = tables.by_id("stocks")["place_id"].get(row.magnitude_id)
    return SAY.say(
        "counted",
        number=row.number,
        with_kyrgyz=row.unit == "kazakhs_and_kyrgyz",
        place=tables.name[at] if at else "",
        on_the_way=at in row.route_ids.split(),
    )


def names(tables: Tables, ids: str, also: str = "") -> str:
    """The places of a cell in words; "not stated" for a blank one. `also` ends a list that the paper leaves open."""
    return listing([*(tables.the(tables.name[place]) for place in ids.split()), *filter(None, [also])]) or NOT_STATED


def arrived(tables: Tables, row: Any) -> str:
    """The destinations in words, with those in an unclear phrase apart, and the others of an open list."""
    doubtful = row.doubtful_ids.split()
    sure = " ".join(place for place in row.destination_ids.split() if place not in doubtful)
    return SAY.say(
        "arrived",
        sure=names(tables, sure, OTHERS if "open_list" in row.caveats.split() else ""),
        doubtful=names(tables, row.doubtful_ids) if doubtful else "",
    )


def period(tables: Tables, row: Any) -> str:
    """When, as the paper prints it; of several dates each with what it dates; an open end in words."""
    events = tables.by_id("events").loc[row.event_ids.split()].drop_duplicates("value_text")
    texts = events["value_text"].str.replace(r"(?<=\d)-(?=\d)", "–", regex=True).str.replace("Since", "since")
    if len(texts) > 1:
        texts = texts + " (" + events["event"] + ")"
    closed = row.end or not row.start or texts.str.contains(r"\bsince\b|to the present").any()
    return SAY.say("period", dates=list(texts), end_open=not closed)


def in_words(tables: Tables, stage_ids: list[str] | None = None) -> pd.DataFrame:
    """Stages in words.

    Returns:
        The rows of `stages.with_numbers` with `period`, `cause`, `cause_said` (its kind, and who says so), `origin`,
        `route`, `destination`, `number`, `counted` (the number with what it counts), `credit`, `open` (what the
        caveats mean, as text). A count and a loss have no cause and no way.
    """
    return _in_words(tables, tuple(stage_ids or ())).copy(deep=False)


@lru_cache(maxsize=8)  # what a chapter shows of its stages it says too
def _in_words(tables: Tables, stage_ids: tuple[str, ...]) -> pd.DataFrame:
    rows = stages.with_numbers(tables, list(stage_ids))
    moved = rows["kind"].isin(stages.MOVES)
    rows = rows.assign(
        period=[period(tables, row) for row in rows.itertuples()],
        cause=rows["cause"].where(rows["cause"] != "", NOT_STATED),
        cause_said=[SAY.say("cause", kind=row.cause_kind, by=row.cause_by) for row in rows.itertuples()],
        origin=rows["origin_ids"].map(lambda ids: names(tables, ids)),
        route=[
            names(tables, row.route_ids) + ", or directly" * ("way_of_some" in row.caveats.split())
            for row in rows.itertuples()
        ],
        destination=[arrived(tables, row) for row in rows.itertuples()],
        number=[number(row) for row in rows.itertuples()],
        credit=[
            SAY.say("credit", credit=one, unclear=unclear, in_part=in_part)
            for one, unclear, in_part in zip(
                tables.credit(rows["source_id"]), uncredited(tables, rows)[1], in_part(tables, rows), strict=True
            )
        ],
        open=rows["caveats"].map(lambda cell: " ".join(tables.meaning[name] for name in cell.split())),
    )
    rows = rows.assign(counted=[counted(tables, row) for row in rows.itertuples()])
    text = ["cause", "origin", "route", "destination"]
    return rows.assign(**{column: rows[column].where(moved, NO_MOVE) for column in text})


def uncredited(tables: Tables, rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Which stages the paper credits to nobody, and for which it is unclear whether it does."""
    without = rows["source_id"] == tables.author
    unclear = without & _credit_unclear(rows)
    return without & ~unclear, unclear


def _credit_unclear(rows: pd.DataFrame) -> pd.Series:
    return rows["caveats"].str.split().map(lambda names: "credit_unclear" in names)


def in_part(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Which stages have a credit that stands with one sentence of several."""
    return (rows["source_id"] != tables.author) & _credit_unclear(rows)


def credited(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Stages for a source line: one that is credited in part stands there for the author too."""
    return pd.concat([rows, rows[in_part(tables, rows)].assign(source_id=tables.author)], ignore_index=True)


def strips(shown: pd.DataFrame) -> pd.DataFrame:
    """Stages as strips: the text of each item that is stated, "" for one that is not, and last the names of those."""
    asked = [name for name in shown if name != KIND or "why" not in shown]
    unsaid = [
        listing(UNSAID.get(name, name) for name in asked if row[name] == NOT_STATED) for _, row in shown.iterrows()
    ]
    return shown.where(~shown.isin([NOT_STATED, NO_MOVE]), "").assign(**{NOT_STATED: unsaid})


def remarks(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """What the caveats of stages mean, as text, but for those that a list of all items says already."""
    rest = rows["caveats"].map(lambda cell: [name for name in cell.split() if name not in SAID_BY_ITEMS])
    return rest.map(lambda names: " ".join(tables.meaning[name] for name in names))


@exhibit
def facts(tables: Tables, stage_ids: list[str]) -> Table:
    """What the paper says of each stage, item by item, and what it leaves open."""
    rows = in_words(tables, stage_ids)
    rows = rows.assign(open=remarks(tables, rows))
    items = {
        "period": "when", "counted": "how many", "cause": "why", "cause_said": KIND, "origin": "from",
        "route": "by way of", "destination": "to", "credit": "credited to", "open": "caveats",
    }  # fmt: skip
    words = SAY.exhibit(
        "tbl-stage-facts",
        titles=list(rows["title"]),
        in_running_text=rows["stage_id"].map(tables.titled),
        numbered=int(rows["stated"].sum()),
    )
    return Table(
        **words | {"id": f"tbl-{stage_ids[0].replace('_', '-')}-facts"},
        source=source_line(credited(tables, rows), tables),
        data=rows,
        shown=strips(rows[["title", *items]].rename(columns={"title": "Stage", **items})),
        stacked=True,
        strip=True,
    )


def identified(tables: Tables, place_ids: list[str]) -> pd.DataFrame:
    """Regions and towns as the paper names them, what they are taken for, and where their mark stands.

    Returns:
        `place_id`, `name`, `note` (of `places`), `geonames_name`, `precision` (of the gazetteer), `said` (it in words).
    """
    marks = tables.gazetteer[["place_id", "geonames_name", "precision"]]
    known = tables.places[["place_id", "name", "note"]].merge(marks, on="place_id").set_index("place_id")
    rows = known.loc[[place for place in dict.fromkeys(place_ids) if place in known.index]].reset_index()
    return rows.assign(said=[SAY.say("mark", precision=one) for one in rows["precision"]])


def places_table(rows: pd.DataFrame, words: dict[str, Any], *, source: str) -> Table:
    """Rows of `identified` as a table, with what it says (see `Sentences.exhibit`)."""
    columns = {"name": "In the paper", "note": "note", "geonames_name": "put at"}
    if len(set(rows["said"])) > 1:
        columns |= {"said": "kind"}
    return Table(
        **words,
        source=source,
        data=rows,
        shown=rows[list(columns)].rename(columns=columns),
        stacked=True,
    )


@exhibit
def stages_map(tables: Tables, stage_ids: list[str]) -> Picture:
    """Origins, ways and destinations on a map, with arrows where both ends are stated and can be placed."""
    rows = in_words(tables, stage_ids)
    sites = stages.places(tables, stage_ids)
    moves = stages.arrows(tables, stage_ids)
    marks = _marks(tables, rows, sites, moves)
    arrows = moves.assign(mark="arrow", by=moves["by"].map(_by_way))
    data = pd.concat([marks, _notes(tables, rows, sites, moves), arrows], ignore_index=True)
    home = listing(dict.fromkeys(sites.loc[sites["map_name"] == HOME, "role"]))
    frame, phone = _frame(sites), _frame(_nearer(tables, sites, moves), narrow=True)
    seen = bool(home) or _shows_home(frame)
    around = mapping.names_shown(tables, sites)
    words = SAY.exhibit(
        "fig-stage-map",
        **_moved(tables, rows, sites),
        **_years(rows),
        **_key(marks, moves),
        open_list=rows["caveats"].str.split().map(lambda names: "open_list" in names).any(),
        broken=(moves["by"] != "").any(),
        without_origin=begun_on_the_way(rows, moves),
        without_arrow=without_arrow(tables, rows, moves),
        areas=mapping.standing_at(sites),
        places=_places_told(sites),
        arrows=ways_in_words(moves),
        numbers=[
            SAY.say("told", title=row.title, counted=row.counted if row.stated else "") for row in rows.itertuples()
        ],
    )
    return Picture(
        **words | {"id": f"fig-{stage_ids[0].replace('_', '-')}-map"},
        source=source_line(
            credited(tables, rows), tables, mapping.drawn_from(data, towns=sites["precision"].notna().any())
        ),
        data=data,
        chart=Map(
            panels=(Panel(frame=frame, phone=phone, named=tuple(pair for pair in around if seen or pair[0] != HOME)),),
            home=HOME if seen else "",
            key=mapping.key(data, home, home_shown=seen),
            marks=mapping.MARKS,
        ),
    )


def _marks(tables: Tables, rows: pd.DataFrame, sites: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Each place once, in its role; a number that was counted at a place stands there, and its lack is marked.

    A lack is marked where the number would stand: where people went to, or from where they came back; but not at an end
    of an arrow without a number, which says it already.
    """
    counted = tables.by_id("stocks").reindex(rows["magnitude_id"])["place_id"].to_list()
    at_place = {place: row for place, row in zip(counted, rows.itertuples(), strict=True) if isinstance(place, str)}
    end = rows.set_index("stage_id")["kind"].map({"outflow": "destination", "return": "origin"})
    bare = moves[moves["low"].isna()]
    told = {*zip(bare["stage_id"], bare["begins"], strict=True), *zip(bare["stage_id"], bare["ends"], strict=True)}
    asked = {
        site.place_id
        for site in sites[sites["role"] == sites["stage_id"].map(end)].itertuples()
        if (site.stage_id, site.name) not in told
    }
    roles = sites.drop_duplicates(["place_id", "role"]).groupby("place_id")["role"].agg(listing)
    doubtful = set(" ".join(rows["doubtful_ids"]).split())
    roles = roles.mask(roles.index.isin(doubtful), mapping.UNCLEAR)
    bounded = regions.outlined(tables.folder)
    marks = []
    for site in sites[sites["map_name"] != HOME].drop_duplicates("place_id").itertuples():
        here = at_place.get(site.place_id)
        kind = site.kind if site.kind in ("country", "town") else "region"
        marks.append(
            {
                "mark": "number" if here and kind != "country" else kind,
                "role": roles[site.place_id],
                "label": site.name,
                "detail": here.number if here else "",
                "map_name": site.map_name,
                "longitude": site.longitude,
                "latitude": site.latitude,
                "outline": site.place_id if kind == "region" and site.place_id in bounded else "",
                "low": here.low if here else math.nan,
                "high": here.high if here else math.nan,
                "silent": here is None and site.place_id in asked,
            }
        )
        if here and site.place_id in bounded:  # the region below the disc
            marks.append({**marks[-1], "mark": "region", "label": "", "detail": "", "low": math.nan, "high": math.nan})
    return pd.DataFrame(marks)


def _notes(tables: Tables, rows: pd.DataFrame, sites: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """The number beside each arrow that carries one, and once at the destination where it is for all arrows together."""
    known = moves.dropna(subset=["low"])
    notes = [
        {"stage_id": row.stage_id, "longitude": (row.longitude + row.to_longitude) / 2,
         "latitude": (row.latitude + row.to_latitude) / 2, "of": ""}
        for row in known.itertuples()
    ]  # fmt: skip
    together = rows[rows["magnitude_id"].isin(tables.movements["id"]) & ~rows["stage_id"].isin(known["stage_id"])]
    for row in together.itertuples():
        end = sites[(sites["stage_id"] == row.stage_id) & (sites["role"] == "destination")]
        if len(end) == 1:
            place = end.iloc[0]
            notes.append({"stage_id": row.stage_id, "longitude": place["longitude"], "latitude": place["latitude"],
                          "of": "\nin all"})  # fmt: skip
    facts_of = rows.set_index("stage_id")
    return pd.DataFrame(
        [
            {
                "mark": "note",
                "detail": facts_of.loc[note["stage_id"], "number"] + note["of"],
                "longitude": note["longitude"],
                "latitude": note["latitude"],
                "meaning": facts_of.loc[note["stage_id"], "kind"],
            }
            for note in notes
        ]
    )


def _by_way(names: str) -> str:
    """A way that cannot be placed, as the label of an arrow that is broken there."""
    return "\n".join(textwrap.wrap(f"by way of {names[0].lower()}{names[1:]}", 24)) if names else ""


def _places_told(sites: pd.DataFrame) -> list[str]:
    """The places by role, for a reader who does not see the map."""
    roles = sites.drop_duplicates(["role", "place_id"]).groupby("role", sort=False)["name"].agg(listing)
    return [f"{role}: {places}" for role, places in roles.items()]


def ways_in_words(moves: pd.DataFrame) -> list[str]:
    """Which arrow goes where, for a reader who does not see it; origins with the same ends together."""
    ways = moves[moves["part"] != "stem"].groupby(["begins", "by"], sort=False)["ends"].agg(listing).reset_index()
    ways = ways.groupby(["ends", "by"], sort=False)["begins"].agg(listing)
    return [
        SAY.say("way", begins=begins, ends=ends, by=f"{by[:1].lower()}{by[1:]}") for (ends, by), begins in ways.items()
    ]


SEVERAL = 3  # stages that no title names one by one


def _years(rows: pd.DataFrame) -> dict[str, Any]:
    """Of which years some stages tell."""
    years = [int(year[:4]) for bound in ("start", "end") for year in rows[bound] if year]
    return {
        "first_year": min(years, default=0),
        "last_year": max(years, default=0),
        "open_end": (rows["start"].ne("") & rows["end"].eq("")).any(),
    }


def _moved(tables: Tables, rows: pd.DataFrame, sites: pd.DataFrame) -> dict[str, Any]:
    """How many went where; of stages without one number, how many places they name."""
    stated = rows[rows["stated"]]
    if len(stated) != 1:
        return {
            "way": "not one number",
            "moves": tables.titled(rows["stage_id"].iloc[0]) if len(rows) == 1 else with_noun(len(rows), "move"),
            "destinations": sites.loc[sites["role"] == "destination", "place_id"].nunique(),
        }
    row = stated.iloc[0]
    ends, at = row["destination_ids"].split(), tables.by_id("stocks")["place_id"].get(row["magnitude_id"])
    way = "through" if at else "to several" if len(ends) >= SEVERAL else "to one or two"
    return {
        "way": "return" if row["kind"] == "return" else way,
        "counted": row["counted"],
        "number": row["number"],
        "destination": row["destination"],
        "destinations": len(ends),
        "origins": len(row["origin_ids"].split()),
        "on_the_way_in": tables.the(tables.name[at]) if at else "",
    }


def _key(marks: pd.DataFrame, moves: pd.DataFrame) -> dict[str, Any]:
    """Which marks are to be explained that differ from map to map."""
    roles = mapping.filled(marks)
    fills = {"origin": "dots", "on the way": "stripes", "destination": "plain", mapping.UNCLEAR: "coarse"}
    return {
        "fills": [SAY.say(fill) for role, fill in fills.items() if role in roles],
        "stem": (moves["part"] == "stem").any(),
        "solid": moves["low"].notna().any(),
        "dashed": (moves["low"].isna() & (moves["part"] == "")).any(),
    }


def begun_on_the_way(rows: pd.DataFrame, moves: pd.DataFrame) -> list[str]:
    """The stages whose arrows do not begin at an origin, because none is stated, by their titles."""
    return list(rows.loc[(rows["origin_ids"] == "") & rows["stage_id"].isin(moves["stage_id"]), "title"])


def without_arrow(tables: Tables, rows: pd.DataFrame, moves: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Why some stages have no arrow, an end that is not stated or one that cannot be placed; with the titles of each group.

    Where there is one reason and no arrow at all no title is needed.
    """
    told_of = {"origin": "origin_ids", "destination": "destination_ids"}
    missing = stages.unplaced(tables, rows["stage_id"].to_list())
    reasons: dict[str, list[str]] = {}
    for row in rows[~rows["stage_id"].isin(moves["stage_id"]) & rows["kind"].isin(["outflow", "return"])].itertuples():
        lacking = [role for role, column in told_of.items() if not getattr(row, column)]
        vague = missing[(missing["stage_id"] == row.stage_id) & missing["role"].isin(told_of)]["name"]
        reason = SAY.say("no-arrow-because", lacking=lacking, vague=list(vague))
        reasons.setdefault(reason, []).append(row.title)
    return [(reason, titles if len(reasons) > 1 or len(moves) else []) for reason, titles in reasons.items()]


def _frame(sites: pd.DataFrame, *, narrow: bool = False) -> tuple[float, float, float, float]:
    """A frame around the places, with room for names and for a country's land, never closer than a region is wide.

    Narrow, for a phone, it has less land on both sides and is nearly as high as wide, so that names find room below each other.
    """
    country = sites["kind"] == "country"
    beside, wide, closest = (0.6, 1.1, 20.0) if narrow else (1.0, 1.6, 26.0)
    east_west, north_south = beside * country.map({True: 6.0, False: 7.0}), country.map({True: 3.5, False: 1.5})
    beyond = 0.0 if not narrow else 5.0 * ~country  # the name of a town or a region stands rather right of it
    west, east = (sites["longitude"] - east_west).min(), (sites["longitude"] + east_west + beyond).max()
    south, north = (sites["latitude"] - north_south).min(), (sites["latitude"] + north_south).max()
    middle, centre = (west + east) / 2, (south + north) / 2
    stretch = 1 / math.cos(math.radians(centre))
    width = max((east - west) * 1.12, (north - south) * 1.2 * wide / 1.23 * stretch, closest)
    height = max((north - south) * 1.2, width / (wide * stretch), 14.0)
    return (middle - width / 2, max(centre - height / 2, 2.0), middle + width / 2, min(centre + height / 2, 72.0))


def _nearer(tables: Tables, sites: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Sites for a narrow frame: where many arrows meet in one country, what room there is belongs to them.

    Of the countries from which they come it need not have the middle: each site is moved towards the others by a little more
    than half its country's width, if that were a disc.
    """
    met = moves.groupby("to_map")["begins"].transform("nunique") > MANY
    away = sites["longitude"] - sites["longitude"].mean()
    degrees = sites["map_name"].map(geography.reach(tables.folder)) / np.cos(np.radians(sites["latitude"]))
    inward = np.sign(away) * np.minimum(away.abs(), INWARD * degrees)
    moved = (sites["kind"] == "country") & sites["name"].isin(moves.loc[met, "begins"])
    return sites.assign(longitude=sites["longitude"].mask(moved, sites["longitude"] - inward))


def _shows_home(frame: tuple[float, float, float, float]) -> bool:
    """Whether more than a corner of the homeland lies in a frame."""
    west, south, east, north = frame
    return min(east, 85.0) - max(west, 50.0) > 8 and min(north, 54.0) - max(south, 42.0) > 1.5


def findings(tables: Tables, stage_ids: list[str]) -> dict[str, str]:
    """For each stage: `<stage>-period`, `-number`, `-from`, `-way`, `-to`, `-credit`, as text."""
    said: dict[str, str] = {}
    for row in in_words(tables, stage_ids).itertuples():
        stage = row.stage_id.replace("_", "-")
        said |= {
            f"{stage}-period": row.period,
            f"{stage}-number": Cited.of(row.number, row.magnitude_id) if row.stated else row.number,
            f"{stage}-from": row.origin,
            f"{stage}-way": row.route,
            f"{stage}-to": row.destination,
            f"{stage}-credit": row.credit,
        }
    return said
