"""How many, where, when, and who says so: the numbers of Kazakhs as the paper prints them.

Belongs here: choosing, comparing and adding stocks. Not here: moves (`movements`) or words (`wording`).
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.data import Tables
from analysis.spans import Span, add

TOTAL = "abroad"
HOME = "kazakhstan"


def exhibit(tables: Tables, name: str) -> pd.DataFrame:
    """The stocks that one table of the paper prints, in its order, with the place's `name`."""
    rows = tables.stocks[tables.stocks["exhibit"] == name]
    return rows.merge(tables.places[["place_id", "name"]], on="place_id", how="left", validate="m:1")


def hosts(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of host countries: neither Kazakhstan nor a printed total."""
    return rows[~rows["place_id"].isin([HOME, TOTAL])]


def credited(rows: pd.DataFrame, source_id: str) -> pd.DataFrame:
    """Rows credited to one source."""
    return rows[rows["source_id"] == source_id]


def assign_lone(rows: pd.DataFrame, column: Mapping[str, str | None]) -> pd.DataFrame:
    """Settle numbers whose column the layout leaves open.

    Args:
        rows: rows of one printed table; those in question carry the caveat `column_unclear`.
        column: place → source to which its lone number is taken to belong; None leaves it out.

    Returns:
        The rows, each number in question moved to the chosen source's row, or to none.
    """
    settled = rows.copy()
    moved = ["value_text", "low", "high", "qualifier"]
    for place, chosen in column.items():
        open_rows = settled[(settled["place_id"] == place) & settled["caveats"].str.contains("column_unclear")]
        number = open_rows.loc[open_rows["value_text"] != "", moved].iloc[0]
        settled.loc[open_rows.index, moved] = ["", float("nan"), float("nan"), "none"]
        if chosen:
            settled.loc[open_rows.index[open_rows["source_id"] == chosen], moved] = number.to_list()
    return settled


def side_by_side(rows: pd.DataFrame, left: str, right: str) -> pd.DataFrame:
    """Two sources compared, place by place.

    Returns:
        One row per place that both give a number for: `place_id`, `name`, bounds of each (`left_low` …),
        `difference_low`, `difference_high` (right less left, in persons), `ratio` (the larger lower bound
        over the smaller), `higher` (the source with the higher number, "" when the bounds overlap).
    """
    sides = [
        credited(rows, source).set_index("place_id")[["low", "high"]].add_prefix(f"{side}_")
        for side, source in (("left", left), ("right", right))
    ]
    both = sides[0].join(sides[1], how="inner").dropna(subset=["left_low", "right_low"])
    names = rows.drop_duplicates("place_id").set_index("place_id")["name"]
    low, high = both["right_low"] - both["left_high"], both["right_high"] - both["left_low"]
    higher = pd.Series("", index=both.index, dtype="str").mask(low > 0, right).mask(high < 0, left)
    ratio = both[["left_low", "right_low"]].max(axis=1) / both[["left_low", "right_low"]].min(axis=1)
    compared = both.assign(difference_low=low, difference_high=high, ratio=ratio, higher=higher)
    return compared.join(names).reset_index()


def largest(rows: pd.DataFrame, count: int) -> pd.DataFrame:
    """The largest host communities of one source, by lower bound, single countries only."""
    countries = hosts(rows)
    countries = countries[~countries["place_id"].isin(["cis_other", "other_43"])].dropna(subset=["low"])
    return countries.nlargest(count, "low", keep="all")


def total(rows: pd.DataFrame, source_id: str, *, home: bool = False) -> Span:
    """The sum of one source's host countries, with Kazakhstan's own number if `home`.

    >>> # Table 1, Mendikulova: 4,134,000; Tatimov: 3,277,000
    """
    mine = credited(rows, source_id)
    return add(mine[mine["place_id"] != TOTAL] if home else hosts(mine))


BEYOND = {"world", TOTAL, HOME, "big_three", "mongolia_turkmenistan"}  # no single host, or home


def rivals(tables: Tables) -> pd.DataFrame:
    """Every number of Kazakhs that the paper prints for one host, or one row of hosts, of the present day.

    Returns:
        The rows of `stocks` with `name` and `given_by`: the column of a printed table, or `prose`.
    """
    rows = tables.stocks[tables.stocks["unit"].eq("kazakhs") & ~tables.stocks["place_id"].isin(BEYOND)]
    rows = rows[rows["place_id"].ne("chinese_regions")].dropna(subset=["low", "high"], how="all")
    given_by = rows["source_id"].str.removesuffix("_2001").str.removesuffix("_2003")
    rows = rows.assign(given_by=given_by.where(rows["exhibit"] != "text", "prose"))
    return rows.merge(tables.places[["place_id", "name"]], on="place_id", validate="m:1")


def extremes(rivals_: pd.DataFrame) -> pd.DataFrame:
    """Per host the smallest and largest number printed: `name`, `low`, `high`, `count` (numbers printed)."""
    bounds = rivals_.assign(low=rivals_["low"].fillna(rivals_["high"]), high=rivals_["high"].fillna(rivals_["low"]))
    return (
        bounds.groupby(["place_id", "name"], sort=False)
        .agg(low=("low", "min"), high=("high", "max"), count=("id", "size"))
        .reset_index()
    )


def reach(tables: Tables) -> Span:
    """The smallest and largest total that any choice among the printed numbers gives, host by host.

    Parts of a host (Xinjiang) count for the whole, being larger than some of its numbers; the row for the
    CIS is taken as printed, once.
    """
    rows = rivals(tables)
    rows = rows.assign(
        place_id=rows["place_id"].replace("xinjiang", "china"), name=rows["name"].replace("Xinjiang", "China")
    )
    return add(extremes(rows))
