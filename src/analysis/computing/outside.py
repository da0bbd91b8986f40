"""Counts and other facts from outside the paper, and the paper's estimates beside them.

Belongs here: which outside number an estimate is set against, and how far apart they are. Not here: rival
estimates within the paper (`stocks`), or verdicts (`claims`). Outside rows are never added to the paper's.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analysis.computing import stocks
from analysis.tables import Tables

COUNTED = ("census_count", "official_estimate")
PRESENT = 1989  # the last Soviet census; an undated estimate of the present day is set against no earlier count


def counts(tables: Tables) -> pd.DataFrame:
    """Counts of ethnic Kazakhs by a census or a statistical office, as rows of `outside` with `count`, `year`, `label`."""
    rows = tables.outside.query("kind in @COUNTED and basis == 'ethnicity' and unit == 'kazakhs'")
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
        of: its own, or that of the work it is credited to, or NaN.
    """
    home = tables.stocks.query("place_id == @stocks.HOME and unit == 'kazakhs'").dropna(
        subset=["low", "high"], how="all"
    )
    rivals = stocks.rivals(tables)
    rivals = stocks.with_added(tables, rivals) if added else rivals
    rows = pd.concat([rivals, home.assign(name="Kazakhstan", given_by="home")], ignore_index=True)
    own = years(rows["as_of"])
    work = pd.to_numeric(rows["source_id"].map(tables.by_id("sources")["year"]), errors="coerce")
    return rows.assign(year=own, latest=own.fillna(work))


def benchmark(tables: Tables, *, years_apart: float, tolerance_percent: float, added: bool = False) -> pd.DataFrame:
    """Each estimate beside the count nearest to it.

    A dated estimate is set against the count nearest in time. An undated one is set against the count nearest
    in size, among those since `PRESENT` and no later than the work it is credited to. A range is taken at its nearer end.

    Args:
        years_apart: a count further away in time is not compared.
        tolerance_percent: how far an estimate may lie from a count and still fit it, in per cent of the count.
        added: whether those of the reader's own source are among them.

    Returns:
        One row per estimate: `id`, `place_id`, `name`, `source_id`, `low`, `high` (persons), `as_of`, `dated`
        (bool), `count_id`, `count` (persons), `counted` (its label), `count_year`, `gap` (years, estimate less
        count), `off` (per cent of the count; 0 inside a range), `fits` (bool), and `fitting` (how many counts
        of the place, of whatever date, the estimate fits), `counts` (how many there are). Without a count to
        compare: NaN, "" and False.
    """
    known = counts(tables)
    return pd.DataFrame(
        [
            _beside(row, known[known["place_id"] == row["place_id"]], years_apart, tolerance_percent)
            for row in estimates(tables, added=added).to_dict("records")
        ]
    )


def _beside(
    row: dict[str, object], known: pd.DataFrame, years_apart: float, tolerance_percent: float
) -> dict[str, object]:
    kept = ["id", "place_id", "name", "source_id", "low", "high", "qualifier", "as_of", "exhibit", "locator", "caveats"]
    base = {name: row[name] for name in kept}
    off = distance(row["low"], row["high"], known["count"])  # type: ignore[arg-type]
    dated = not math.isnan(row["year"])  # type: ignore[arg-type]
    base |= {"dated": dated, "counts": len(known), "fitting": int((off.abs() <= tolerance_percent).sum())}
    if dated:
        gap = row["year"] - known["year"]
        near = known[gap.abs() <= years_apart]
        best = gap.loc[near.index].abs().idxmin() if len(near) else None
    else:
        latest = row["latest"]
        near = known[known["year"].between(PRESENT, math.inf if math.isnan(latest) else latest)]  # type: ignore[arg-type]
        best = off.loc[near.index].abs().idxmin() if len(near) else None
    if best is None:
        nothing = dict.fromkeys(["count", "count_year", "gap", "off"], math.nan)
        return base | {"count_id": "", "counted": "", **nothing, "fits": False}
    found = known.loc[best]
    return base | {
        "count_id": found["id"],
        "counted": found["label"],
        "count": found["count"],
        "count_year": found["year"],
        "gap": row["year"] - found["year"],
        "off": off[best],
        "fits": bool(abs(off[best]) <= tolerance_percent),
    }


def distance(low: float, high: float, count: pd.Series) -> pd.Series:
    """How far a range lies from counts, in per cent of each; 0 inside it, negative below; open bounds reach on.

    >>> distance(90, 110, pd.Series([100.0, 200.0])).to_list()
    [0.0, -45.0]
    """
    low, high = (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)
    return 100 * (np.maximum(low - count, 0) + np.minimum(high - count, 0)) / count
