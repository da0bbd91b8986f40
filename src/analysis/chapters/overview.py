"""All stages at a glance: when, how many, from where to where."""

from __future__ import annotations

import itertools
import math
from typing import Any, Literal

import pandas as pd

from analysis.chapters import mapping, stage
from analysis.chapters.mapping import HOME
from analysis.computing import stages
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.charts.ribbons import Ribbons
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import source_line


class Overview(Chapter):
    """All stages at a glance."""

    show: Literal["all", "stated"] = one_of(
        "all stages, or only those with a number",
        {"all": "all stages", "stated": "only those with a number"},
    )


NOT_STATED = "not stated"
PLACES = {  # a column of the picture: the places that stand in it; one that lies in two columns stands in both
    "Europe": "europe western_europe england france italy belgium poland germany sweden norway denmark switzerland netherlands austria",
    "Turkey": "turkey istanbul",
    "India": "india kashmir",
    "Iran and Afghanistan": "iran afghanistan pamir_badakhshan",
    "Central Asia": "pamir_badakhshan uzbekistan turkmenistan kyrgyzstan central_asia",
    HOME: "kazakhstan",
    "China": "china xinjiang xinjiang_altay ili western_china kuldzhin kashkaria refuges_1916 east_turkestan",
    "Mongolia": "mongolia western_mongolia",
    "Russia": "russia",
}
ORDER = (
    "Europe",
    "Turkey",
    "India",
    "Iran and Afghanistan",
    "Central Asia",
    NOT_STATED,
    HOME,
    "China",
    "Mongolia",
    "Russia",
)
COLUMNS: dict[str, list[str]] = {}  # of each place
for _column, _places in PLACES.items():
    for _place in _places.split():
        COLUMNS.setdefault(_place, []).append(_column)
UNTIL = 2020
MOVED_PER_POINT = 50_000

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


def ways(tables: Tables, stage_ids: list[str]) -> pd.DataFrame:
    """Every way of the moves, from one column of the picture to another.

    A number stands on its one way, and one counted on the way as far as where it was; one for several origins or destinations
    together is never divided: it stands in the place where they meet, and the ways have none.

    Returns:
        `move`, `start`, `end` (years; NaN: open), `origin`, `destination` (columns), `low` (persons; NaN: no number), `part`
        ("stem" or ""), `doubt` (bool: in unclear words), `meaning` (the stage's kind); moves without a date left out.
    """
    rows = stages.with_numbers(tables, stage_ids)
    rows = rows[rows["kind"].isin(stages.MOVES)]
    rows = rows.assign(first=stages.years(rows, "start"), last=stages.years(rows, "end")).dropna(subset=["first"])
    found: list[dict[str, object]] = []
    for row in rows.itertuples():
        doubtful = _columns(row.doubtful_ids)
        stops = [_columns(ids) for ids in (row.origin_ids, *_stops(row), row.destination_ids)]
        legs = list(itertools.pairwise([stop or [NOT_STATED] for stop in stops]))
        one_way = all(len(origin) == len(destination) == 1 for origin, destination in legs)
        at = tables.by_id("stocks")["place_id"].get(row.magnitude_id)
        counted = COLUMNS[at] if at in row.route_ids.split() else legs[-1][1]
        told = {"move": row.stage_id, "start": row.first, "end": row.last, "meaning": row.kind}
        for origins, destinations in legs:
            for origin, destination in itertools.product(origins, destinations):
                found.append(
                    {**told, "origin": origin, "destination": destination, "low": row.low if one_way and [destination] == counted else math.nan, "part": "",
                     "doubt": destination in doubtful}
                )  # fmt: skip
        if row.low == row.low and not one_way:
            meets = legs[-1][1][0]
            found.append(
                {**told, "origin": meets, "destination": meets, "low": row.low, "part": "stem", "doubt": False}
            )
    return pd.DataFrame(found).drop_duplicates(ignore_index=True)


def _columns(ids: str) -> list[str]:
    """The columns in which places stand, each once."""
    return list(dict.fromkeys(column for place in ids.split() for column in COLUMNS.get(place, ())))


def _stops(row: Any) -> list[str]:
    """The ways of a stage that lie in a column other than its ends, each a stop."""
    ends = {*_columns(row.origin_ids), *_columns(row.destination_ids)}
    return (
        [" ".join(place for place in row.route_ids.split() if not ends.issuperset(COLUMNS.get(place, ())))]
        if _columns(row.route_ids)
        else []
    )


@exhibit
def moves(tables: Tables, chosen: Overview) -> Picture:
    """All moves through time and place: a row for each, with its years, ribbons as wide as their number, a thread where there is none."""
    ids = chosen_stages(tables, chosen)
    rows = stage.in_words(tables, ids).set_index("stage_id")
    data = ways(tables, ids)
    data = data.assign(
        label=[f"{_years(rows.loc[move])} {rows.loc[move, 'title']}{_told(rows.loc[move])}" for move in data["move"]],
        **{name: data["move"].map(rows[name]) for name in ("source_id", "exhibit", "locator", "caveats")},
    )
    told = list(dict.fromkeys(data["move"]))
    known = [move for move in told if rows.loc[move, "stated"]]
    undated = [name for name in ids if rows.loc[name, "kind"] in stages.MOVES and name not in told]
    none = int((data["origin"] == NOT_STATED).groupby(data["move"]).any().sum())
    columns = [*dict.fromkeys([*PLACES, NOT_STATED])]
    shown = [place for place in ORDER if place in {*data["origin"], *data["destination"]} and place in columns]
    return Picture(
        **SAY.exhibit(
            "fig-stages-moves",
            moves=len(told),
            numbered=[f"{rows.loc[move, 'title']}, {rows.loc[move, 'counted']}" for move in known],
            without_origin=none,
            unclear=bool(data["doubt"].any()),
            unended=[rows.loc[move, "title"] for move in dict.fromkeys(data.loc[data["end"].isna(), "move"])],
            undated=list(map(tables.titled, undated)),
            places=len(shown),
        ),
        source=source_line(rows.loc[told].reset_index(), tables),
        data=data,
        chart=Ribbons(
            places=tuple(shown),
            unstated=NOT_STATED,
            home=HOME,
            since=1900,
            until=UNTIL,
            per_point=MOVED_PER_POINT,
            unit="persons",
        ),
    )


def _years(row: pd.Series) -> str:
    """When a stage was, in years alone."""
    start, end = str(row["start"])[:4], str(row["end"])[:4]
    return f"{start}–" if not end else start if start == end else f"{start}–{end[2:] if start[:2] == end[:2] else end}"


def _told(row: pd.Series) -> str:
    return f": {row['counted']}" if row["stated"] else ""


@exhibit
def stages_table(tables: Tables, chosen: Overview) -> Table:
    """All stages as a table."""
    rows = stage.in_words(tables, chosen_stages(tables, chosen))
    columns = {
        "title": "Stage", "period": "when", "counted": "how many", "cause": "why", "cause_said": stage.KIND, "origin": "from",
        "route": "by way of", "destination": "to", "credit": "credited to",
    }  # fmt: skip
    return Table(
        **SAY.exhibit(
            "tbl-stages",
            stages=len(rows),
            with_origin=int((~rows["origin"].isin([stage.NOT_STATED, stage.NO_MOVE])).sum()),
        ),
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
    left = stage.remarks(tables, rows)
    return Table(
        **SAY.exhibit("tbl-stages-caveats", open=int(left.ne("").sum()), stages=len(rows)),
        source=source_line(rows, tables),
        data=rows[["stage_id", "title", "caveats", "source_id", "exhibit", "locator"]],
        shown=rows.assign(open=left.replace("", "none"))[["title", "open"]].rename(
            columns={"title": "Stage", "open": "caveats"}
        ),
        stacked=True,
    )


@exhibit
def places_table(tables: Tables, chosen: Overview) -> Table:
    """The regions and towns of the stages, and where their marks stand."""
    sites = stages.places(tables, chosen_stages(tables, chosen))
    rows = stages.with_numbers(tables, list(dict.fromkeys(sites["stage_id"])))
    places = stage.identified(tables, sites["place_id"].to_list())
    return stage.places_table(
        places,
        SAY.exhibit("tbl-stages-places", places=len(places), towns=bool(places["said"].str.startswith("town").any())),
        source=source_line(rows, tables, [mapping.GEONAMES]),
    )


RESULTS = {
    "shown": Result("count", "stages shown"),
    "stated": Result("count", "stages with a number"),
    "moves": Result("count", "stages that are moves"),
    "drawn": Result("count", "moves drawn, which have a date"),
    "uncredited": Result("count", "stages without a credit"),
}


def results(tables: Tables, chosen: Overview) -> dict[str, float]:
    """What `RESULTS` declares."""
    rows = stages.with_numbers(tables, chosen_stages(tables, chosen))
    return {
        "shown": len(rows),
        "stated": int(rows["stated"].sum()),
        "moves": int(rows["kind"].isin(stages.MOVES).sum()),
        "drawn": int(ways(tables, rows["stage_id"].to_list())["move"].nunique()),
        "uncredited": int(stage.uncredited(tables, rows)[0].sum()),
    }


def findings(tables: Tables, chosen: Overview) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    every = stages.with_numbers(tables)
    rows = stages.with_numbers(tables, chosen_stages(tables, chosen))
    moved = rows[rows["kind"].isin(stages.MOVES)]
    known = moved[moved["cause_by"] != ""]
    uncited, unclear = (rows.loc[one, "stage_id"] for one in stage.uncredited(tables, rows))
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
        "neither": list(moved.loc[(moved["cause"] != "") & (moved["cause_by"] == ""), "stage_id"].map(tables.titled)),
        "unsaid": int(((moved["cause"] == "") & (moved["cause_by"] == "")).sum()),
        "undated": list(rows.loc[rows["start"] == "", "stage_id"].map(tables.titled)),
        "uncited": len(uncited),
        "unclear": len(unclear),
        "in_part": int(stage.in_part(tables, rows).sum()),
        "ways": [
            SAY.say(BY[way], count=len(group), moves=list(group["stage_id"].map(tables.titled)))
            for way, group in known.groupby(pd.Categorical(known["cause_by"], list(BY)), observed=True)
        ],
    }
    told = ("division", "stated", "kinds", "causes", "undated", "uncited")
    return SAY.all(*told, **values)
