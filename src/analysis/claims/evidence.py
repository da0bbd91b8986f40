"""What a check may look at: the paper's numbers, the counts from outside, the map. No check is here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.computing import outside, stocks
from analysis.tables import Tables
from edition.numbers.bounds import Span
from edition.numbers.wording import quantity, span, within_brackets


@dataclass(frozen=True)
class Evidence:
    """The tables, and what several checks take from them, computed once."""

    tables: Tables
    years_apart: float
    tolerance_percent: float

    @property
    def numbers(self) -> pd.DataFrame:
        """Every number by its id, see `Tables.numbers`."""
        return self.tables.numbers

    @cached_property
    def benchmark(self) -> pd.DataFrame:
        """Each estimate beside the nearest count, by the estimate's id."""
        return outside.benchmark(
            self.tables, years_apart=self.years_apart, tolerance_percent=self.tolerance_percent
        ).set_index("id")

    @cached_property
    def rivals(self) -> pd.DataFrame:
        """The paper's present-day numbers for one host."""
        return stocks.rivals(self.tables)

    def named(self, ids: list[str]) -> list[str]:
        """Rows that name things: those given, or the rows of the one list given by its name."""
        rows = self.tables.lists
        return (
            rows.loc[rows["list"] == ids[0], "id"].to_list() if len(ids) == 1 and ids[0] in set(rows["list"]) else ids
        )

    def span(self, row_id: str) -> Span:
        """Bounds of a row; raises KeyError when there is none."""
        row = self.tables.number(row_id)
        return Span(float(row["low"]), float(row["high"]))

    def corrected(self, row_id: str) -> Span:
        """Bounds of a row as the edition takes them, see `Tables.corrected`."""
        name = str(self.numbers.loc[row_id, "table"])
        if name not in set(self.tables.corrections["table"]):
            return self.span(row_id)
        row = self.tables.corrected(name).set_index("id").loc[row_id]
        return Span(float(row["low"]), float(row["high"]))

    def said(self, row_id: str) -> str:
        """A number with its qualifier and, for per cent, its unit."""
        row = self.tables.number(row_id)
        text = quantity(row["low"], row["high"], row["qualifier"])
        if row["unit"] == "percent":
            places = 0 if float(row["low"]).is_integer() else 1
            text = f"{span(row['low'], row['high'], places)} %"
        return text

    def counted_by(self, row_id: str) -> str:
        """Label of the outside source of a row, to stand in brackets: its own brackets become commas."""
        source = self.tables.number(row_id)["source_id"]
        return within_brackets(str(self.tables.label[source]))

    def said_by(self, row_id: str) -> str:
        """A number, and in brackets who counted it where it is from outside the paper."""
        inside = row_id not in set(self.tables.outside["id"])
        return self.said(row_id) + ("" if inside else f" ({self.counted_by(row_id)})")
