"""The stages of migration: when, why, from where, to where, how many, who says so.

Belongs here: joining a stage to the places, dates and numbers it names, and questions put to all stages
alike. Not here: the account of one stage (`movements`).
"""

from __future__ import annotations

import itertools
import math
from functools import lru_cache

import pandas as pd

from analysis.tables import Tables
from edition.maps import geography

MOVES = ("outflow", "return")  # kinds of stage in which people moved; the others are a count and a loss
ROLES = {"origin_ids": "origin", "route_ids": "on the way", "destination_ids": "destination"}


def with_numbers(tables: Tables, stage_ids: list[str] | None = None) -> pd.DataFrame:
    """Stages with their number.

    Args:
        stage_ids: the stages wanted, in this order; all of them unless given.

    Returns:
        The rows of `stages` with `low`, `high` (NaN where the paper states no number or no bound),
        `value_text`, `qualifier`, `unit` of the number, and `stated` (bool).
    """
    rows = _with_numbers(tables)
    return rows.loc[stage_ids or rows.index].reset_index()


@lru_cache(maxsize=2)  # a stage's chapter asks for them again and again
def _with_numbers(tables: Tables) -> pd.DataFrame:
    numbers = pd.concat([tables.movements, tables.stocks])[["id", "low", "high", "value_text", "qualifier", "unit"]]
    rows = tables.stages.merge(numbers, left_on="magnitude_id", right_on="id", how="left", validate="m:1")
    return rows.drop(columns=["id", "proper"]).assign(stated=rows["magnitude_id"] != "").set_index("stage_id")


def years(rows: pd.DataFrame, column: str) -> pd.Series:
    """First or last year of stages as float64; NaN where open or not dated."""
    return pd.to_numeric(rows[column].str[:4], errors="coerce")


def years_begun(rows: pd.DataFrame) -> pd.Series:
    """Year in which stages begin; of one dated to the middle of a century, the middle of its bounds."""
    start, end = years(rows, "start"), years(rows, "end")
    return start.mask(rows["precision"] == "mid_century", (start + end) / 2)


def before_return(tables: Tables) -> pd.DataFrame:
    """How long before the beginning of repatriation each dated wave out lies.

    Returns:
        The rows of `with_numbers` for outflows with a year, with `from_end` (years; negative where it runs on past that
        beginning, NaN where its end is open) and `from_start`.
    """
    rows = with_numbers(tables).query("kind == 'outflow' and start != ''")
    begins = years(with_numbers(tables, ["repatriation"]), "start").iloc[0]
    return rows.assign(from_start=begins - years(rows, "start"), from_end=begins - years(rows, "end"))


def places(tables: Tables, stage_ids: list[str]) -> pd.DataFrame:
    """The places that stages name and that can be put on a map.

    Returns:
        One row per stage, role and place: `stage_id`, `role` (origin, on the way, destination), `place_id`,
        `name`, `kind`, `map_name`, `longitude`, `latitude`, and of places with a point of their own `precision`,
        `reach_km`, `geonames_name`. Aggregates without a place are left out; see `unplaced`.
    """
    point = ["place_id", "longitude", "latitude", "precision", "reach_km", "geonames_name"]
    known = tables.places.merge(tables.gazetteer[point], on="place_id", how="left")
    long = _named(tables, stage_ids)
    for row in known[(known["kind"] == "country") & known["place_id"].isin(long["place_id"])].itertuples():
        known.loc[row.Index, ["longitude", "latitude"]] = geography.centre(tables.folder, row.map_name)
    found = long.merge(known, on="place_id", validate="m:1").dropna(subset=["longitude"])
    return found.drop(columns=["iso3", "article", "also", "note"]).reset_index(drop=True)


def unplaced(tables: Tables, stage_ids: list[str]) -> pd.DataFrame:
    """The places that stages name and that no map can show, because no country or town is named: columns as in `places`."""
    return _missing(tables, stage_ids, places(tables, stage_ids))


def _missing(tables: Tables, stage_ids: list[str], shown: pd.DataFrame) -> pd.DataFrame:
    named = _named(tables, stage_ids)
    rest = named[~named["place_id"].isin(shown["place_id"])]
    return tables.with_names(rest)


def _named(tables: Tables, stage_ids: list[str]) -> pd.DataFrame:
    """Every place that stages name: `stage_id`, `role`, `place_id`, as they are listed."""
    long = with_numbers(tables, stage_ids).melt("stage_id", list(ROLES), "role", "place_id")
    long = long.assign(place_id=long["place_id"].str.split(), role=long["role"].map(ROLES))
    return long.explode("place_id").dropna(subset=["place_id"])


FORK = 0.72  # of the way to the middle of several destinations, at which an arrow with one number for them forks


def arrows(tables: Tables, stage_ids: list[str]) -> pd.DataFrame:
    """The moves that can be drawn: both ends stated, and both on the map.

    A number that the paper gives for several destinations is never divided: its arrow is the stem of a fork, whose
    branches have none. A number given for several origins together, or counted at a place, is on no arrow. Places on
    the way without an origin make an arrow only when they lead to one destination.

    Returns:
        `stage_id`, `meaning` (the stage's kind), `begins`, `ends` (names), `longitude`, `latitude`, `to_longitude`,
        `to_latitude`, `to_map` (the country in which it ends; "" for a point), `low` (persons; NaN: no number),
        `part` ("stem" or "branch" of a fork, or ""), `by` (names of a way that is stated and cannot be placed).
    """
    where = places(tables, stage_ids)
    missing = _missing(tables, stage_ids, where)
    drawn = []
    for stage in with_numbers(tables, stage_ids).query("kind in ['outflow', 'return']").itertuples():
        mine = where[where["stage_id"] == stage.stage_id]
        start, ways, end = (_points(mine[mine["role"] == role]) for role in ROLES.values())
        unnamed = missing.loc[(missing["stage_id"] == stage.stage_id) & (missing["role"] == "on the way"), "name"]
        if not start and len(end) == 1:
            start, ways = ways[:1], ways[1:]
        one_number = len(start) == 1 and stage.magnitude_id in set(tables.movements["id"])
        known = stage.low if one_number else math.nan
        for begin in start if end else ():
            stops = [begin, *ways]
            for one, other in itertools.pairwise(stops):
                drawn.append((stage.stage_id, stage.kind, *_move(one, other), known, "", ""))
            by = " and ".join(unnamed)
            if one_number and len(end) > 1:
                fork = _fork(stops[-1], end)
                drawn.append((stage.stage_id, stage.kind, *_move(stops[-1], fork), known, "stem", by))
                drawn += [(stage.stage_id, stage.kind, *_move(fork, one), math.nan, "branch", "") for one in end]
            else:
                drawn += [(stage.stage_id, stage.kind, *_move(stops[-1], one), known, "", by) for one in end]
    columns = ["stage_id", "meaning", "begins", "ends", "longitude", "latitude", "to_longitude", "to_latitude", "to_map",
               "low", "part", "by"]  # fmt: skip
    return pd.DataFrame(drawn, columns=columns).drop_duplicates(ignore_index=True)


Stop = tuple[str, str, float, float]  # name, country, longitude, latitude


def _points(rows: pd.DataFrame) -> list[Stop]:
    return list(rows[["name", "map_name", "longitude", "latitude"]].itertuples(index=False, name=None))


def _move(one: Stop, other: Stop) -> tuple[str, str, float, float, float, float, str]:
    return one[0], other[0], one[2], one[3], other[2], other[3], other[1]


def _fork(start: Stop, ends: list[Stop]) -> Stop:
    """The point before several ends at which one arrow becomes several; it has the name of its start."""
    east, north = (sum(degrees) / len(ends) for degrees in ([end[2] for end in ends], [end[3] for end in ends]))
    return start[0], "", start[2] + FORK * (east - start[2]), start[3] + FORK * (north - start[3])


def years_covered(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """The years that stages cover, as runs of consecutive years; stages with an open end cover their start."""
    start = years(rows, "start").dropna().astype(int)
    end = years(rows, "end").loc[start.index].fillna(start).astype(int)
    covered = sorted({year for first, last in zip(start, end, strict=True) for year in range(first, last + 1)})
    runs: list[tuple[int, int]] = []
    for year in covered:
        runs = [*runs[:-1], (runs[-1][0], year)] if runs and runs[-1][1] == year - 1 else [*runs, (year, year)]
    return runs
