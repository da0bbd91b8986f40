"""The tables of this paper, and the look-ups that several chapters need.

Belongs here: which tables there are. Not here: loading them (`data`), what they must agree on (`disagreements`), or what is
computed from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from edition.data import load as package
from edition.data import tables as engine

WORDS = frozenset(
    {"touch", "apart", "counted", "than", "north", "south", "east", "west"}
)  # see the checks that read them
HEADLINES = ("five-million", "one-third", "thirty-to-thirty-five", "thirty", "ninety", "china-first", "sixty-years")


@dataclass(frozen=True, eq=False)
class Tables(engine.Tables):
    """The validated tables, one for each kind of fact."""

    gazetteer: pd.DataFrame
    stocks: pd.DataFrame
    movements: pd.DataFrame
    shares: pd.DataFrame
    quantities: pd.DataFrame
    events: pd.DataFrame
    lists: pd.DataFrame
    stages: pd.DataFrame
    answers: pd.DataFrame
    scripts: pd.DataFrame
    questions: pd.DataFrame
    challenges: pd.DataFrame

    NUMBERED: ClassVar = ("stocks", "movements", "shares", "quantities")
    CREDITED: ClassVar = (*NUMBERED, "events", "lists", "answers", "stages", "scripts", "questions", "challenges")
    ESTIMATES: ClassVar = "stocks"
    ADDED_UNITS: ClassVar = ("kazakhs",)

    def nameable(self) -> set[str]:
        """What a claim may name beside ids of rows: places, lists, works, the words of a check, claims of the multiverse."""
        return super().nameable() | set(self.lists["list"]) | set(self.sources["source_id"]) | WORDS | set(HEADLINES)

    def listed(self, name: str) -> list[str]:
        """Names of the places that the paper lists together, in its order."""
        rows = self.lists[self.lists["list"] == name].sort_values("position")
        return rows.merge(self.places, on="place_id", how="left", validate="m:1")["name"].to_list()

    def located(self, place_ids: list[str]) -> pd.DataFrame:
        """Places with coordinates: columns `place_id`, `name`, `longitude`, `latitude`, `precision`, `reach_km`,
        `geonames_name`.

        Raises:
            DataError: the gazetteer lacks one of them.
        """
        points = self.places[["place_id", "name"]].merge(self.gazetteer, on="place_id")
        points = points.set_index("place_id").drop(columns="geonames_id")
        if lacking := [p for p in place_ids if p not in points.index]:
            raise package.DataError(f"data/gazetteer.csv has no coordinates for {', '.join(lacking)}")
        return points.loc[place_ids].reset_index()
