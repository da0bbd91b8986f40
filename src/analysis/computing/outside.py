"""Counts and other facts from outside the paper, and the paper's estimates beside them.

Belongs here: which outside number an estimate is set against, and how far apart they are. Not here: rival
estimates within the paper (`stocks`), or verdicts (`claims`). Outside rows are never added to the paper's.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.computing import stocks
from analysis.tables import Tables

COUNTED = ("census_count", "official_estimate")
PRESENT = 1989  # the last Soviet census; an undated estimate of the present day is set against no earlier count
LINE_YEARS = 10  # two counts further apart in time are not joined by a straight line


def relied_on(tables: Tables) -> pd.DataFrame:
    """The rows of `outside` that may decide or be drawn: no second sighting of a fact, and none of low confidence."""
    return tables.outside.query("repeats == '' and confidence != 'low'")


def counts(tables: Tables) -> pd.DataFrame:
    """Counts of ethnic Kazakhs by a census or a statistical office, as rows of `outside` with `count`, `year`, `label`."""
    return _counts(tables).copy(deep=False)


@lru_cache(maxsize=2)  # a chapter of a country asks for them again and again
def _counts(tables: Tables) -> pd.DataFrame:
    rows = relied_on(tables).query("kind in @COUNTED and basis == 'ethnicity' and unit == 'kazakhs'")
    rows = rows.assign(count=rows[["low", "high"]].mean(axis=1))  # one derived from a rounded share has bounds
    return rows.assign(year=years(rows["as_of"]), label=rows["source_id"].map(tables.label))


def years(as_of: pd.Series) -> pd.Series:
    """The year that dates speak of, float64: of a period its middle; NaN where there is no date."""
    ends = as_of.str.extract(r"^(\d{4})[^/]*(?:/(\d{4}))?")
    return ends.astype("float64").mean(axis=1)


def estimates(tables: Tables, *, added: bool = False) -> pd.DataFrame:
    """The paper's present-day estimates of one place, Kazakhstan included, with `year` and `latest`; if asked, the added ones too.

    Returns:
        The rows of `stocks.rivals` and those for Kazakhstan; `latest` is the last year the estimate can speak
        of: its own, or that of the work it is credited to, or that of the paper's latest work.
    """
    home = tables.stocks.query("place_id == @stocks.HOME and unit == 'kazakhs'").dropna(
        subset=["low", "high"], how="all"
    )
    rows = [stocks.rivals(tables), home.assign(name=tables.name[stocks.HOME], given_by="home")]
    if added and len(tables.added):
        rows = [stocks.with_added(tables, rows[0]), rows[1], stocks.added_of(tables, stocks.HOME)]
    rows = pd.concat(rows, ignore_index=True)
    own = years(rows["as_of"])
    works = pd.to_numeric(tables.by_id("sources")["year"], errors="coerce")
    last = works.drop(
        set(tables.added["source_id"]), errors="ignore"
    ).max()  # a reader's own source dates no other number
    return rows.assign(year=own, latest=own.fillna(rows["source_id"].map(works)).fillna(last))


def benchmark(tables: Tables, *, years_apart: float, tolerance_percent: float, added: bool = False) -> pd.DataFrame:
    """Each estimate beside the count nearest to it.

    A dated estimate is set against the count nearest in time, or, between two counts at most `LINE_YEARS` apart, against
    the straight line that joins them. An undated one is set against the count nearest
    in size, among those since `PRESENT` and no later than the work it is credited to. A range is taken at its nearer end.

    Args:
        years_apart: a count further away in time is not compared.
        tolerance_percent: how far an estimate may lie from a count and still fit it, in per cent of the count.
        added: whether those of the reader's own source are among them.

    Returns:
        One row per estimate: `id`, `place_id`, `name`, `source_id`, `low`, `high` (persons), `as_of`, `dated`
        (bool), `count_id`, `other_id` (the second count of a line, or ""), `count` (persons), `counted` (its label),
        `count_year` (on a line that of the estimate), `gap` (years, estimate less the nearest count), `off` (per cent of the count; 0 inside a range), `fits` (bool), and `fitting` (how many counts
        of the place, of whatever date, the estimate fits), `counts` (how many there are). Without a count to
        compare: NaN, "" and False.
    """
    return _benchmark(tables, years_apart, tolerance_percent, added).copy(deep=False)


@lru_cache(maxsize=4)  # each figure of a chapter asks for it
def _benchmark(tables: Tables, years_apart: float, tolerance_percent: float, added: bool) -> pd.DataFrame:
    known = counts(tables)
    return pd.DataFrame(
        [
            _beside(row, known[known["place_id"] == row["place_id"]], years_apart, tolerance_percent)
            for row in estimates(tables, added=added).to_dict("records")
        ]
    )


def _beside(
    row: dict[str, Any], known: pd.DataFrame, years_apart: float, tolerance_percent: float
) -> dict[str, object]:
    kept = ["id", "place_id", "name", "source_id", "low", "high", "qualifier", "as_of", "exhibit", "locator", "caveats"]
    base = {name: row[name] for name in kept}
    off = distance(row["low"], row["high"], known["count"])
    dated = not math.isnan(row["year"])
    base |= {"dated": dated, "counts": len(known), "fitting": int((off.abs() <= tolerance_percent).sum())}
    if dated:
        gap = row["year"] - known["year"]
        near = known[gap.abs() <= years_apart]
        best = gap.loc[near.index].abs().idxmin() if len(near) else None
    else:
        near = known[known["year"].between(PRESENT, row["latest"])]
        best = off.loc[near.index].abs().idxmin() if len(near) else None
    if best is None:
        nothing = dict.fromkeys(["count", "count_year", "gap", "off"], math.nan)
        return base | {"count_id": "", "other_id": "", "counted": "", **nothing, "fits": False}
    found = known.loc[best]
    beside = {
        "count_id": found["id"],
        "other_id": "",
        "counted": found["label"],
        "count": found["count"],
        "count_year": found["year"],
        "gap": row["year"] - found["year"],
        "off": off[best],
    }
    if dated and (other := _across(known, found, row["year"])) is not None:
        beside |= _line(row, found, other)
    return base | beside | {"fits": bool(abs(beside["off"]) <= tolerance_percent)}


def _across(known: pd.DataFrame, found: pd.Series, year: float) -> pd.Series | None:
    """The next count on the other side of a year, if both are near enough for a straight line."""
    if found["year"] == year:
        return None
    beyond = known[np.sign(known["year"] - year) == -np.sign(found["year"] - year)]
    if beyond.empty:
        return None
    other = beyond.loc[(beyond["year"] - year).abs().idxmin()]
    return other if abs(other["year"] - found["year"]) <= LINE_YEARS else None


def _line(row: dict[str, Any], one: pd.Series, other: pd.Series) -> dict[str, object]:
    """An estimate beside the point of its own year on the straight line between two counts."""
    early, late = sorted([one, other], key=lambda count: count["year"])
    part = (row["year"] - early["year"]) / (late["year"] - early["year"])
    count = early["count"] + part * (late["count"] - early["count"])
    return {
        "other_id": other["id"],
        "counted": f"the straight line between {early['label']} and {late['label']}",
        "count": count,
        "count_year": row["year"],
        "off": distance(row["low"], row["high"], pd.Series([count])).iloc[0],
    }


def distance(low: float, high: float, count: pd.Series) -> pd.Series:
    """How far a range lies from counts, in per cent of each; 0 inside it, negative below; open bounds reach on.

    >>> distance(90, 110, pd.Series([100.0, 200.0])).to_list()
    [0.0, -45.0]
    """
    low, high = (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)
    return 100 * (np.maximum(low - count, 0) + np.minimum(high - count, 0)) / count
