"""The stages of migration: when, why, from where, to where, how many, who says so.

Belongs here: joining a stage to the places, dates and numbers it names, and questions put to all stages
alike. Not here: the account of one stage (`movements`).
"""

from __future__ import annotations

import itertools

import pandas as pd

from analysis import geography
from analysis.data import Tables

ROLES = {"origin_ids": "origin", "route_ids": "on the way", "destination_ids": "destination"}


def told(tables: Tables, stage_ids: list[str] | None = None) -> pd.DataFrame:
    """Stages with their number.

    Args:
        stage_ids: the stages wanted, in this order; all of them unless given.

    Returns:
        The rows of `stages` with `low`, `high` (NaN where the paper states no number or no bound),
        `value_text`, `qualifier`, `unit` of the number, and `stated` (bool).
    """
    numbers = pd.concat([tables.movements, tables.stocks])[["id", "low", "high", "value_text", "qualifier", "unit"]]
    rows = tables.stages.merge(numbers, left_on="magnitude_id", right_on="id", how="left", validate="m:1")
    rows = rows.drop(columns="id").assign(stated=rows["magnitude_id"] != "")
    return rows.set_index("stage_id").loc[stage_ids or tables.stages["stage_id"].to_list()].reset_index()


def years(rows: pd.DataFrame, column: str) -> pd.Series:
    """First or last year of stages as float64; NaN where open or not dated."""
    return pd.to_numeric(rows[column].str[:4], errors="coerce")


def begun(rows: pd.DataFrame) -> pd.Series:
    """Year in which stages begin; of one dated to the middle of a century, the middle of its bounds."""
    start, end = years(rows, "start"), years(rows, "end")
    return start.mask(rows["precision"] == "mid_century", (start + end) / 2)


def places(tables: Tables, stage_ids: list[str]) -> pd.DataFrame:
    """The places that stages name and that can be put on a map.

    Returns:
        One row per stage, role and place: `stage_id`, `role` (origin, on the way, destination), `place_id`,
        `name`, `kind`, `map_name`, `longitude`, `latitude`. Aggregates without a place are left out.
    """
    long = (
        told(tables, stage_ids)
        .melt("stage_id", list(ROLES), "role", "place_id")
        .assign(place_id=lambda frame: frame["place_id"].str.split(), role=lambda frame: frame["role"].map(ROLES))
        .explode("place_id")
        .dropna(subset=["place_id"])
    )
    known = tables.places.merge(tables.gazetteer[["place_id", "longitude", "latitude"]], on="place_id", how="left")
    countries = geography.read(tables.folder, "countries")
    for row in known[(known["kind"] == "country") & known["place_id"].isin(long["place_id"])].itertuples():
        known.loc[row.Index, ["longitude", "latitude"]] = geography.centre(countries, row.map_name)
    found = long.merge(known, on="place_id", validate="m:1").dropna(subset=["longitude"])
    return found.drop(columns=["iso3", "note"]).reset_index(drop=True)


def arrows(tables: Tables, stage_ids: list[str]) -> pd.DataFrame:
    """The moves that can be drawn: both ends stated, and both on the map.

    A number that the paper gives for several destinations is never divided: its arrow ends in the middle of
    them. A number given for several origins together, or counted at a place, is on no arrow. Places on the
    way without an origin make an arrow only when they lead to one destination.

    Returns:
        `stage_id`, `longitude`, `latitude`, `to_longitude`, `to_latitude`, `low` (persons; NaN: no number).
    """
    where = places(tables, stage_ids)
    drawn = []
    for stage in told(tables, stage_ids).query("kind in ['outflow', 'return']").itertuples():
        mine = where[where["stage_id"] == stage.stage_id]
        start, ways, end = (mine.loc[mine["role"] == role, ["longitude", "latitude"]] for role in ROLES.values())
        if start.empty and len(end) == 1:
            start, ways = ways.head(1), ways.iloc[1:]
        one_number = len(start) == 1 and stage.magnitude_id in set(tables.movements["id"])
        if one_number and len(end) > 1:
            end = end.mean().to_frame().T
        for begin, finish in itertools.product(start.to_numpy(), end.to_numpy()):
            for one, other in itertools.pairwise([begin, *ways.to_numpy(), finish]):
                drawn.append((stage.stage_id, *one, *other, stage.low if one_number else float("nan")))
    columns = ["stage_id", "longitude", "latitude", "to_longitude", "to_latitude", "low"]
    return pd.DataFrame(drawn, columns=columns).drop_duplicates(ignore_index=True)


def overlap(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """The years that stages cover, as runs of consecutive years; stages with an open end cover their start."""
    start = years(rows, "start").dropna().astype(int)
    end = years(rows, "end").loc[start.index].fillna(start).astype(int)
    covered = sorted({year for first, last in zip(start, end, strict=True) for year in range(first, last + 1)})
    runs: list[tuple[int, int]] = []
    for year in covered:
        runs = [*runs[:-1], (runs[-1][0], year)] if runs and runs[-1][1] == year - 1 else [*runs, (year, year)]
    return runs
