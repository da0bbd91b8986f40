"""The tables of this paper, and the look-ups that several chapters need.

Belongs here: which tables there are, look-ups of an id or a name. Not here: loading them (`data`), what they must agree on (`disagreements`), or what is
computed from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import pandas as pd

from edition.data import load as package
from edition.data import tables as engine

WORDS = frozenset(
    {"touch", "apart", "counted", "than", "north", "south", "east", "west", "in", "of", "or"}
)  # see the checks that read them
UNITS = {  # in words, where a unit's name is none
    "kazakhs": "Kazakhs",
    "km2": "km²",
    "percent": "per cent",
    "kazakhs_each": "Kazakhs each",
    "kazakhs_and_kyrgyz": "Kazakhs and Kyrgyz",
}
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
        """What may be named beside ids of rows: places, lists, works, questions, what ids begin with (t1 for Table 1), the
        words of a check, claims of the multiverse."""
        named = {*self.lists["list"], *self.sources["source_id"], *self.answers["question"], *WORDS, *HEADLINES}
        begun = {row_id.partition("-")[0] for name in self.CREDITED for row_id in getattr(self, name).iloc[:, 0]}
        return super().nameable() | named | begun

    def subjects(self, table: str) -> pd.Series:
        """What each number of a table counts, inside a sentence ("Kazakhs in Xinjiang"), in the order of its rows."""
        rows: pd.DataFrame = getattr(self, table)
        if table == "shares":
            return rows["part"] + ", of " + rows["whole"]
        if table == "quantities":
            return rows["what"]
        if table == "movements":
            return self.units(rows) + " " + self.routes(rows)
        place = rows["place_id"].map(self.name).map(self.the, na_action="ignore").fillna("")
        return self.units(rows) + (" in " + place).where(place != "", "")

    @staticmethod
    def units(rows: pd.DataFrame) -> pd.Series:
        """The unit of each row, in words."""
        return rows["unit"].map(lambda unit: UNITS.get(unit, unit.replace("_", " ")))

    def routes(self, moves: pd.DataFrame) -> pd.Series:
        """From where to where each movement went: "from Kazakhstan to China"; an end that is not stated is left out."""
        start, end = (moves[f"{side}_id"].map(self.name).fillna("") for side in ("origin", "destination"))
        return (("from " + start + " ").where(start != "", "") + ("to " + end).where(end != "", "")).str.strip()

    @cached_property
    def map_name(self) -> pd.Series:
        """What the world map calls a place, by the place's id; "" for one that it has not."""
        return self.by_id("places")["map_name"]

    @cached_property
    def name_on_map(self) -> pd.Series:
        """What a place is called, by the name that the world map gives it."""
        return self.places[self.places["map_name"] != ""].set_index("map_name")["name"]

    def the(self, name: str) -> str:
        """A place's name inside a sentence, with the article that some take; raises KeyError for what is no place's name.

        >>> tables.the("Netherlands")
        'the Netherlands'
        """
        return f"the {name}" if self._articles[name] == "yes" else name

    @cached_property
    def _articles(self) -> pd.Series:
        return self.places.set_index("name")["article"]

    def titled(self, stage_id: str) -> str:
        """A stage's title inside a sentence; one that begins with a name keeps its capital.

        >>> tables.titled("return_1917"), tables.titled("stolypin")
        ('return of refugees', 'Stolypin years')
        """
        stage = self.row("stages", stage_id)
        title = str(stage["title"])
        return title if stage["proper"] == "yes" else title[:1].lower() + title[1:]

    def date(self, event_id: str) -> str:
        """When an event was, as the paper prints it; raises KeyError for what is no event."""
        return str(self.row("events", event_id)["value_text"])

    def listed(self, name: str) -> list[str]:
        """Names of the places that the paper lists together, in its order."""
        return [str(self.name[place]) for place in self.members(name)]

    def members(self, name: str) -> list[str]:
        """The places that the paper lists together, in its order: their ids."""
        return self.lists[self.lists["list"] == name].sort_values("position")["place_id"].to_list()

    def located(self, place_ids: list[str]) -> pd.DataFrame:
        """Places with coordinates: columns `place_id`, `name`, `longitude`, `latitude`, `precision`, `reach_km`,
        `geonames_name`.

        Raises:
            DataError: the gazetteer lacks one of them.
        """
        points = self.by_id("gazetteer").drop(columns="geonames_id")
        if lacking := [p for p in place_ids if p not in points.index]:
            raise package.DataError(f"data/gazetteer.csv has no coordinates for {', '.join(lacking)}")
        points.insert(0, "name", self.name.reindex(points.index))
        return points.loc[place_ids].reset_index()
