"""The tables of an edition: those that every paper's data package can hold, and what is asked of them again and again.

A paper's own class adds its tables to these and says which of them hold its numbers. A table that the package does not
have is empty here. Belongs here: look-ups that several rooms need. Not here: reading files (`load`), computing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import pandas as pd

COLUMNS = {  # of a table that a data package need not have
    "places": ["place_id", "name", "kind"],
    "caveats": ["caveat", "meaning"],
    "corrections": ["table", "row_id", "field", "takes", "reason", "since"],
    "revisions": ["table", "row_id", "column", "was", "is", "why", "since"],
    "claims": ["id", "locator", "kind", "credited_to", "paraphrase", "value_ids", "verdict", "reason", "check"],
    "inconsistencies": ["id", "what_kind", "kind", "locators", "what", "explains", "value_ids", "check", "withdrawn"],
    "outside": ["id", "place_id", "as_of", "kind", "value_text", "low", "high", "unit", "source_id", "caveats"],
    "outside_sources": ["source_id", "label"],
    "reckonings": ["row_id", "sum"],
}


@dataclass(frozen=True, eq=False)  # told apart as objects, so that what is computed from one can be remembered
class Tables:
    """The validated tables, as transcribed. Numbers are float64 (NaN: no bound printed), text is str.

    `corrections` says what is taken instead of what is printed, `revisions` what the edition itself said before and
    says no longer. `outside` holds numbers that are not the paper's, `reckonings` how some of them are worked out, `added` the estimates of a reader's own source, in the form of the
    table `ESTIMATES`; empty unless one is given. Its sources stand in `sources` too.
    """

    sources: pd.DataFrame
    places: pd.DataFrame
    caveats: pd.DataFrame
    corrections: pd.DataFrame
    revisions: pd.DataFrame
    claims: pd.DataFrame
    inconsistencies: pd.DataFrame
    outside: pd.DataFrame
    outside_sources: pd.DataFrame
    reckonings: pd.DataFrame
    added: pd.DataFrame
    folder: Path

    NUMBERED: ClassVar[tuple[str, ...]] = ()  # tables whose rows are numbers of the paper
    CREDITED: ClassVar[tuple[str, ...]] = ()  # tables whose rows say whom the paper credits
    ESTIMATES: ClassVar[str] = ""  # the table in whose form a reader's own source is
    ADDED_UNITS: ClassVar[tuple[str, ...]] = ()  # units that such a source may use

    @classmethod
    def names(cls) -> list[str]:
        """Names of the tables that a data package may hold."""
        return [field.name for field in fields(cls) if field.name not in ("added", "folder")]

    @cached_property
    def own(self) -> frozenset[str]:
        """Sources behind which the paper names nobody else: its author, and a study of its own."""
        return frozenset(self.sources.loc[self.sources["own"] != "no", "source_id"])

    @cached_property
    def author(self) -> str:
        """The source that is the paper itself: a row with it is credited to nobody."""
        return str(self.sources.loc[self.sources["own"] == "author", "source_id"].iloc[0])

    @cached_property
    def label(self) -> pd.Series:
        """How a source line names a source, by the source's id: those of the paper, those from outside it, the added ones."""
        both = pd.concat([self.sources, self.outside_sources], ignore_index=True)
        return both.set_index("source_id")["label"]

    @cached_property
    def name(self) -> pd.Series:
        """What a place is called, by the place's id."""
        return self.by_id("places")["name"]

    @cached_property
    def meaning(self) -> pd.Series:
        """What a caveat means, by the caveat."""
        return self.by_id("caveats")["meaning"]

    def by_id(self, table: str) -> pd.DataFrame:
        """A table's rows by what identifies them: its first column becomes the index."""
        frame: pd.DataFrame = getattr(self, table)
        return frame.set_index(frame.columns[0])

    def row(self, table: str, row_id: str) -> pd.Series:
        """One row of a table; its id is the row's `name`.

        Raises:
            KeyError: the table has no such row.
        """
        return self.by_id(table).loc[row_id]

    def rows(self, table: str, row_ids: Iterable[str]) -> pd.DataFrame:
        """Those rows of a table, in the order asked for; raises as `row` does."""
        return self.by_id(table).loc[list(row_ids)].reset_index()

    def number(self, row_id: str) -> pd.Series:
        """One row of `numbers`, whichever table it stands in; raises as `row` does."""
        return self.numbers.loc[row_id]

    def low(self, row_id: str) -> float:
        """The lower bound of a number, which is the number where no range is printed; raises as `row` does."""
        return float(self.numbers.loc[row_id, "low"])

    def subjects(self, table: str) -> pd.Series:
        """What each number of a table counts, inside a sentence ("islanders in Brack"), in the order of its rows.

        A paper whose tables hold other columns than these says it itself.
        """
        rows: pd.DataFrame = getattr(self, table)
        place = rows["place_id"].map(self.name).fillna("")
        return rows["unit"].str.replace("_", " ") + (" in " + place).where(place != "", "")

    def with_names(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with the `name` of the place that their `place_id` is, NaN where it is blank; numbered anew."""
        return rows.reset_index(drop=True).assign(name=lambda frame: frame["place_id"].map(self.name))

    def credit(self, source_ids: pd.Series, nobody: str = "nobody") -> pd.Series:
        """Whom the paper credits, as a source line names them; `nobody` where it credits nobody."""
        return source_ids.map(self.label).mask(source_ids == self.author, nobody)

    def nameable(self) -> set[str]:
        """What a claim may name beside ids of rows: places, and whatever else the paper's checks know by name."""
        return set(self.places["place_id"])

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """Every number, of the paper, from outside it and of the reader's own source, in one frame.

        Returns:
            Index: the row's id. Columns: `table` (where the row stands), `value_text`, `low`, `high`,
            `qualifier`, `unit`, `as_of`, `source_id`, `caveats`.
        """
        columns = ["id", "value_text", "low", "high", "qualifier", "unit", "as_of", "source_id", "caveats"]
        frames = {name: getattr(self, name) for name in (*self.NUMBERED, "outside", "added")}
        rows = [frame.reindex(columns=columns).assign(table=name) for name, frame in frames.items() if len(frame)]
        return pd.concat(rows, ignore_index=True).fillna({"qualifier": "none"}).set_index("id")

    def corrected(self, name: str) -> pd.DataFrame:
        """The table with the sidecar's corrections taken, and a column `corrected` that says where.

        Raises:
            DataError: a correction names a row that the table does not hold.
        """
        frame = getattr(self, name).set_index("id").assign(corrected=False)
        for row in self.corrections.query("table == @name").itertuples():
            frame.loc[row.row_id, [row.field, "corrected"]] = [row.takes, True]
        return frame.reset_index()

    def as_published(self, name: str) -> pd.DataFrame:
        """The table with its revisions undone: each cell as it was when its row was first published."""
        frame = getattr(self, name)
        key = frame.columns[0]
        frame = frame.set_index(key)
        rows = self.revisions.query("table == @name")
        for row in rows[rows["column"].isin(frame.columns) & rows["row_id"].isin(frame.index)].iloc[::-1].itertuples():
            frame.loc[row.row_id, row.column] = row.was
        return frame.reset_index()
