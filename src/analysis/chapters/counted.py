"""Kazakhs counted in Kazakhstan, census by census, and their share of the country: from outside the paper.

Belongs here: the long series that several chapters show beside the paper's numbers. Not here: counts of the countries abroad
(`host`), the table of one stage's years (`beside`).
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis.chapters import beside
from analysis.computing import outside
from analysis.tables import Tables
from edition.charts.time_series import Fall, TimeSeries
from edition.exhibits.exhibit import Picture, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import NBSP, number, percent

HOME = "kazakhstan"

SAY = Sentences(__name__)


class Drop(NamedTuple):
    """The deepest fall between two neighbouring censuses: their years, and how many fewer the later one counted."""

    first: int
    last: int
    before: float
    after: float

    @property
    def fewer(self) -> float:
        """Persons."""
        return self.before - self.after


def censuses(tables: Tables) -> pd.DataFrame:
    """Every census that counted Kazakhs in Kazakhstan, with `year` and `share` (per cent of all inhabitants; NaN: not known).

    Returns:
        Rows of `outside` in the order of their years, one for each census; of two that speak of the same one, that of the higher
        confidence (`outside.relied_on`).
    """
    known = outside.relied_on(tables).query("place_id == @HOME and basis == 'ethnicity'")
    known = known.assign(year=outside.years(known["as_of"]))
    counts = known.query("kind == 'census_count'").drop_duplicates("year").sort_values("year", ignore_index=True)
    shares = known.query("kind == 'share'").drop_duplicates("year").set_index("year")
    return counts.assign(
        year=counts["year"].astype(int),
        share=counts["year"].map(shares["low"]),
        share_id=counts["year"].map(shares["id"]),
        share_source=counts["year"].map(shares["source_id"]),
    )


def drop(rows: pd.DataFrame) -> Drop:
    """The deepest fall from one census to the next.

    Args:
        rows: of `censuses`.
    """
    change = rows["low"].diff()
    after = rows.loc[change.idxmin()]
    before = rows.loc[change.idxmin() - 1]
    return Drop(int(before["year"]), int(after["year"]), float(before["low"]), float(after["low"]))


@exhibit
def at_home(tables: Tables) -> Picture:
    """How many Kazakhs each census counted in Kazakhstan, with the fall of the famine; simple enough to be shown small."""
    rows = censuses(tables)
    fell, last = drop(rows), rows.iloc[-1]
    told = [rows["year"].min(), fell.first, fell.last, int(last["year"])]
    data = rows[["id", "year", "low", "high", "source_id", "confidence", "caveats"]].assign(
        line="counted",
        until=rows["year"],
        text=[_millions(row.low) if row.year in told else "" for row in rows.itertuples()],
        meaning="outside",
    )
    lost = f"{fell.first}–{fell.last}:\n{number(fell.fewer)} fewer"
    return Picture(
        **SAY.exhibit(
            "fig-home-counts",
            censuses=len(rows),
            first=rows["low"].iloc[0],
            first_year=rows["year"].iloc[0],
            last=last["low"],
            last_year=last["year"],
            before_year=fell.first,
            after_year=fell.last,
            after=fell.after,
            fewer=fell.fewer,
            fewer_percent=percent(fell.fewer, fell.before, 0),
        ),
        source=beside.source_line(tables, rows),
        data=data,
        chart=TimeSeries(
            unit="Kazakhs in Kazakhstan",
            lines=(("counted", ""),),
            fall=Fall(first=fell.first, last=fell.last, text=lost, meaning="outside"),
        ),
    )


@exhibit
def share_at_home(tables: Tables) -> Picture:
    """What part of the country's inhabitants were Kazakhs at each census that says so."""
    rows = censuses(tables)
    known = rows.dropna(subset=["share"])
    least = known.loc[known["share"].idxmin()]
    told = {int(known["year"].iloc[0]), int(least["year"]), int(known["year"].iloc[-1])}
    data = pd.DataFrame(
        {
            "id": rows["share_id"],
            "line": "share",
            "year": rows["year"],
            "until": rows["year"],
            "low": rows["share"],
            "high": rows["share"],
            "text": [
                f"{row.share:.1f} %" if row.year in told and row.share == row.share else "" for row in rows.itertuples()
            ],
            "meaning": "outside",
            "source_id": rows["share_source"],
        }
    )
    return Picture(
        **SAY.exhibit(
            "fig-home-share",
            least=f"{least['share']:g}",
            least_percent=percent(least["share"], 100, 0),
            least_year=least["year"],
            first_year=known["year"].iloc[0],
            first_percent=percent(known["share"].iloc[0], 100, 0),
            last_year=known["year"].iloc[-1],
            shares=[f"{row.share:g}{NBSP}% in {row.year}" for row in known.itertuples()],
            unknown=[*rows.loc[rows["share"].isna(), "year"]],
        ),
        source=beside.source_line(tables, known.assign(source_id=known["share_source"])),
        data=data,
        chart=TimeSeries(unit="per cent of all inhabitants", lines=(("share", ""),), height=2.2, top=100),
    )


def _millions(persons: float) -> str:
    """A count in short.

    >>> _millions(13497891)
    '13.5 million'
    """
    return f"{persons / 1e6:.1f} million"
