"""Tables of this paper's form with a few invented rows, so that a step of the computing can be tried on numbers that no printed one has.

    made = tables(stocks=[number("a", 10, place_id="ash", source_id="harrow", exhibit="Table 1")])

Places and sources need no rows of their own: those that the others name are put in, each called as its id, with a capital.
"""

from __future__ import annotations

import math
from functools import cache
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.computing.stocks import HOME
from analysis.tables import Tables
from edition.data.tables import COLUMNS

DATA = Path(__file__).resolve().parent.parent / "data"
NUMBERS = {"low", "high", "position", "longitude", "latitude", "reach_km", "question_no"}

OWN = {"author": {"own": "author"}}  # the paper itself


@cache
def columns(name: str) -> list[str]:
    """Those that a table of the paper has."""
    file = DATA / f"{name}.csv"
    return pd.read_csv(file, nrows=0).columns.to_list() if file.is_file() else COLUMNS[name]


def number(row_id: str, low: float, high: float | None = None, **cells: Any) -> dict[str, Any]:
    """A row of a table of numbers: of one number, unless its upper bound is given too; NaN for an open one."""
    high = low if high is None else high
    text = f"{high if math.isnan(low) else low:,}"
    return {"id": row_id, "low": low, "high": high, "value_text": text, "unit": "kazakhs", "qualifier": "none"} | cells


@cache
def empty(name: str) -> pd.DataFrame:
    """A table without rows, made once."""
    return frame(name, [])


def frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table of them; what a row leaves out is blank."""
    cells = {
        column: [float(row.get(column, nan)) for row in rows]
        if column in NUMBERS
        else [row.get(column, "") for row in rows]
        for column in columns(name)
    }
    return (
        pd.DataFrame(cells)
        if rows
        else pd.DataFrame(cells, dtype="str").astype(dict.fromkeys(NUMBERS & cells.keys(), "float64"))
    )


def tables(**given: list[dict[str, Any]]) -> Tables:
    """The tables with the rows given, each of the others without any."""
    rows = {name: given.get(name, []) for name in (*Tables.names(), "added")}
    named = [row for table in rows.values() for row in table]
    for name, key, always, cells in (
        ("places", "place_id", HOME, {"kind": "country", "article": "no"}),
        ("sources", "source_id", "author", {"year": "2001", "own": "no"}),
    ):
        called = "name" if name == "places" else "label"
        known = {row[key] for table in (name, f"outside_{name}") for row in rows.get(table, [])}
        needed = dict.fromkeys([*(row[key] for row in named if row.get(key)), always])
        missing = [one for one in needed if one not in known]
        rows[name] = [*rows[name], *({key: one, called: one.title()} | cells | OWN.get(one, {}) for one in missing)]
    of = {"added": "stocks"}  # in whose form it is
    frames = {
        name: (frame(of.get(name, name), table) if table else empty(of.get(name, name))) for name, table in rows.items()
    }
    return Tables(**frames, folder=DATA)
