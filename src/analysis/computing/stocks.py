"""How many, where, when, and who says so: the numbers of Kazakhs as the paper prints them.

Belongs here: choosing, comparing and adding stocks. Not here: moves (`movements`) or words (`wording`).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from analysis.tables import Tables
from edition.numbers import bounds, growth
from edition.numbers.bounds import Span, add

TOTAL = "abroad"
HOME = "kazakhstan"
ADDED = "added"  # what stands for a column or table where a number is the reader's own


def exhibit(tables: Tables, name: str) -> pd.DataFrame:
    """The stocks that one table of the paper prints, in its order, with the place's `name`."""
    rows = tables.stocks[tables.stocks["exhibit"] == name]
    return tables.with_names(rows)


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


NO_HOST = {
    "world",
    TOTAL,
    HOME,
    "big_three",
    "mongolia_turkmenistan",
    "chinese_regions",
}  # or several that share a number


def rivals(tables: Tables, lone: Mapping[str, str | None] | None = None) -> pd.DataFrame:
    """Every number of Kazakhs that the paper prints for one host, or one row of hosts, of the present day.

    Args:
        lone: place → source to which its number of unclear column is taken to belong (see `assign_lone`); as
            transcribed unless given.

    Returns:
        The rows of `stocks` with `name` and `given_by`: the column of a printed table, or `prose`.
    """
    return _rivals(tables, tuple(lone.items()) if lone else ()).copy(deep=False)


@lru_cache(maxsize=8)  # asked for again and again, within a chapter and by many settings
def _rivals(tables: Tables, lone: tuple[tuple[str, str | None], ...]) -> pd.DataFrame:
    rows = assign_lone(tables.stocks, dict(lone)) if lone else tables.stocks
    rows = rows[rows["unit"].eq("kazakhs") & ~rows["place_id"].isin(NO_HOST)].dropna(subset=["low", "high"], how="all")
    given_by = rows["source_id"].str.removesuffix("_2001").str.removesuffix("_2003")
    rows = rows.assign(given_by=given_by.where(rows["exhibit"] != "text", "prose"))
    return tables.with_names(rows)


def printed_sets(tables: Tables) -> dict[str, tuple[pd.DataFrame, str]]:
    """The printed sets of numbers that have one for Kazakhstan.

    Returns:
        Set → its rows abroad, and the id of its row for Kazakhstan. The columns of Table 1 share the one number for Kazakhstan,
        and those of Table 2 the numbers of Mongolia and Turkey, which stand alone in their rows.
    """
    rows = tables.stocks
    table_2 = hosts(exhibit(tables, "Table 2")).dropna(subset=["low"])
    lone = table_2["place_id"].isin(["mongolia", "turkey"])
    return {
        "Mendikulova": (rows[rows["id"] == "t1-abroad-mendikulova"], "t1-kazakhstan-mendikulova"),
        "Tatimov, with the same number at home": (rows[rows["id"] == "t1-abroad-tatimov"], "t1-kazakhstan-mendikulova"),
        "official data": (table_2[(table_2["source_id"] == "yermekbay_official") | lone], "t2-kazakhstan-official"),
        "field study": (table_2[(table_2["source_id"] == "yermekbay_field") | lone], "t2-kazakhstan-field"),
    }


def own_shares(tables: Tables) -> dict[str, Span]:
    """The share abroad that each printed set of numbers makes with its own number for Kazakhstan: set → per cent of all Kazakhs."""
    found = {}
    for name, (abroad, home) in printed_sets(tables).items():
        part, base = add(abroad), tables.low(home)
        found[name] = Span(100 * part.low / (part.low + base), 100 * part.high / (part.high + base))
    return found


def added_shares(tables: Tables) -> dict[str, Span]:
    """The share abroad by a source of the reader's own that has one number abroad and one at home, by its id; the least and
    the most that the bounds allow, per cent.
    """
    found = {}
    for source, rows in added_of(tables, TOTAL, HOME).groupby("source_id", sort=False):
        abroad, home = (rows[rows["place_id"] == place] for place in (TOTAL, HOME))
        if len(abroad) == len(home) == 1 and float(abroad["low"].iloc[0]) + float(home["low"].iloc[0]) > 0:
            part, rest = add(abroad), add(home)
            found[str(source)] = Span(100 * part.low / (part.low + rest.high), 100 * part.high / (part.high + rest.low))
    return found


def home_needed(tables: Tables, abroad: str, share: str) -> Span:
    """The Kazakhs at home that a number abroad needs to be a share of all Kazakhs, each given as the id of a row."""
    number, percent = tables.low(abroad), tables.number(share)
    return Span(number * (100 / percent["high"] - 1), number * (100 / percent["low"] - 1))


def with_added(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `rivals` and, below them, those of the reader's own source, `given_by` "added".

    What is said of the paper is computed from its own rows alone (`printed`); this is for what shows estimates beside each
    other, and whatever a chapter does to the ones it does to the others.
    """
    mine = tables.with_names(tables.added)
    mine = mine[~mine["place_id"].isin(NO_HOST)].assign(given_by=ADDED)
    return pd.concat([rows, mine], ignore_index=True) if len(mine) else rows


def added_of(tables: Tables, *place_ids: str) -> pd.DataFrame:
    """Numbers of the reader's own source for places that are no host, as `with_added` has those of the hosts."""
    mine = tables.with_names(tables.added)
    return mine[mine["place_id"].isin(place_ids)].assign(given_by=ADDED)


def printed(rows: pd.DataFrame) -> pd.DataFrame:
    """The paper's own among rows of `with_added`."""
    return rows[rows["given_by"] != ADDED]


def extremes(rivals_: pd.DataFrame) -> pd.DataFrame:
    """Per host the smallest and largest number printed: `name`, `low`, `high`, `count` (numbers printed)."""
    ends_of = rivals_.assign(low=rivals_["low"].fillna(rivals_["high"]), high=rivals_["high"].fillna(rivals_["low"]))
    return (
        ends_of.groupby(["place_id", "name"], sort=False)
        .agg(low=("low", "min"), high=("high", "max"), count=("id", "size"))
        .reset_index()
    )


def sum_range(tables: Tables) -> Span:
    """The smallest and largest total that any choice among the printed numbers gives, host by host.

    Parts of a host (Xinjiang) count for the whole, being larger than some of its numbers; the row for the
    CIS is taken as printed, once.
    """
    rows = rivals(tables)
    rows = rows.assign(
        place_id=rows["place_id"].replace("xinjiang", "china"), name=rows["name"].replace("Xinjiang", "China")
    )
    return add(extremes(rows))


GROUPS = {
    "scholars": ["mendikulova", "tatimov"],
    "mendikulova": ["mendikulova"],
    "tatimov": ["tatimov"],
    "official": ["yermekbay_official"],
    "field": ["yermekbay_field"],
    "prose": ["prose"],
}
UNCERTAIN = ("column_unclear", "stray_mark")
ROWS_OF_SEVERAL = {"cis_other", "other_43"}


def select(
    rivals_: pd.DataFrame,
    *,
    sources: Literal["all", "scholars", "mendikulova", "tatimov", "official", "field", "prose"] = "all",
    uncertain: Literal["keep", "leave out"] = "keep",
    bound: Literal["both", "lowest", "highest"] = "both",
) -> pd.DataFrame:
    """Rows of `rivals` that a reader wants to see.

    Args:
        sources: the scholars of Table 1 or one of them, the official or the field column of Table 2, the prose, or all.
        uncertain: whether numbers whose column is unclear, or beside which a stray mark stands, are kept.
        bound: the end at which a printed range is taken.
    """
    rows = rivals_ if sources == "all" else rivals_[rivals_["given_by"].isin(GROUPS[sources])]
    if uncertain == "leave out":
        rows = rows[~rows["caveats"].str.contains("|".join(UNCERTAIN))]
    return bounds.take(rows, bound)


def by_date(rows: pd.DataFrame) -> pd.DataFrame:
    """Numbers in the order of the years they speak of, those without a year last: adds `first`, `last` (NaN: none)."""
    years = rows["as_of"].str.extract(r"^(\d{4})[^/]*(?:/(\d{4}))?").astype("float64")
    dated = rows.assign(first=years[0], last=years[1].fillna(years[0]))
    return dated.sort_values("first", kind="stable", na_position="last", ignore_index=True)


def steps(rows: pd.DataFrame) -> pd.DataFrame:
    """What each dated number would mean after the one before it, if they were counts of one series.

    Returns:
        One row per step: `from_id`, `to_id`, `years_low`, `years_high`, `change_low`, `change_high` (persons),
        `rate_low`, `rate_high` (per cent a year: the least and the most that the bounds of both numbers and of
        both dates allow; NaN where a bound is open, a number is 0, or the dates may be the same).
    """
    found = []
    for before, after in itertools.pairwise(by_date(rows).dropna(subset=["first"]).itertuples()):
        years = (after.first - before.last, after.last - before.first)
        change = Span(after.low, after.high) - Span(before.low, before.high)
        least, most = (
            [_rate(start, end, time) for time in years]
            for start, end in ((before.high, after.low), (before.low, after.high))
        )
        found.append((before.id, after.id, *years, *change, np.min(least), np.max(most)))
    columns = ["from_id", "to_id", "years_low", "years_high", "change_low", "change_high", "rate_low", "rate_high"]
    return pd.DataFrame(found, columns=columns)


def _rate(start: float, end: float, years: float) -> float:
    return growth.rate(start, end, years) if start > 0 and end > 0 and years > 0 else math.nan


def ranks(rivals_: pd.DataFrame, place_id: str) -> pd.DataFrame:
    """The place by size that each column, and the prose, gives a country among the host countries it has a number for.

    Returns:
        One row per column with a number for the country: `given_by`, `best`, `worst` (1: the largest; they differ
        where bounds overlap), `among` (countries compared), `level` (names of those with the same bounds).
    """
    rows = rivals_[~rivals_["place_id"].isin({*ROWS_OF_SEVERAL, "xinjiang"})]
    rows = rows.fillna({"low": 0.0, "high": math.inf})  # an open bound reaches on
    ends = rows.groupby(["given_by", "place_id", "name"], sort=False).agg(low=("low", "min"), high=("high", "max"))
    found = []
    for given_by, column in ends.reset_index().groupby("given_by", sort=False):
        mine, others = (column[column["place_id"].eq(place_id) == own] for own in (True, False))
        for row in mine.itertuples():
            level = others[others["low"].eq(row.low) & others["high"].eq(row.high)]
            best, worst = (others["low"] > row.high).sum(), (others["high"] > row.low).sum()
            found.append((given_by, 1 + best, 1 + worst, len(column), list(level["name"])))
    return pd.DataFrame(found, columns=["given_by", "best", "worst", "among", "level"])


def same_numbers(rivals_: pd.DataFrame, place_id: str) -> pd.DataFrame:
    """Numbers for other hosts that are the same, to the last digit, as one for this host; rows of `rivals`."""
    mine = rivals_.loc[rivals_["place_id"] == place_id, ["low", "high"]].drop_duplicates()
    return rivals_[rivals_["place_id"] != place_id].merge(mine, on=["low", "high"])


SIZE_BOUNDS = {"second_category": "q-second-group-bounds", "third_category": "q-third-group-bound"}


def size_audit(tables: Tables, *, edges: Literal["included", "excluded"], added: bool = False) -> pd.DataFrame:
    """Each member of a bounded size category against each printed column that has a number for it.

    Args:
        edges: whether a number that equals a bound lies inside; *less than* leaves its own bound outside always.
        added: whether the numbers of the reader's own source are among them.

    Returns:
        `id`, `category`, `place_id`, `name`, `given_by`, `low`, `high` (persons), `source_id`, `exhibit`, `locator`,
        `caveats`, `floor`, `ceiling` (of the category; NaN where none is stated), `inside` (bool; an open number lies
        outside only where what is known of it does).
    """
    known = rivals(tables).query("given_by != 'prose'")
    members = tables.lists[tables.lists["list"].isin(SIZE_BOUNDS)][["list", "place_id"]]
    rows = members.rename(columns={"list": "category"}).merge(
        with_added(tables, known) if added else known, on="place_id"
    )
    ends_of = tables.rows("quantities", rows["category"].map(SIZE_BOUNDS))
    floor, ceiling = ends_of["low"], ends_of["high"]
    low = rows["low"].fillna(rows["high"]).where(rows["high"].notna())
    high = rows["high"].fillna(rows["low"]).where(rows["low"].notna())
    if edges == "included":
        below, above = low < floor, high > ceiling
    else:
        below, above = low <= floor, high >= ceiling
    above |= ends_of["qualifier"].eq("less than") & (high >= ceiling)
    kept = [
        "id",
        "category",
        "place_id",
        "name",
        "given_by",
        "low",
        "high",
        "source_id",
        "exhibit",
        "locator",
        "caveats",
    ]
    return rows[kept].assign(floor=floor, ceiling=ceiling, inside=~(below | above))
