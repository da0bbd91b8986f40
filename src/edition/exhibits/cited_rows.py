"""A number of the data as a sentence can be followed to it: where its row stands, and what is said of it there.

    target, ids = cited_rows.followed(["t1-all-harrow"])       # "notebooks/islanders.html#t1-all-harrow", ("t1-all-harrow",)
    cited_rows.row_in_words("t1-all-harrow")                            # "Credited to Harrow. …"

Belongs here: that, for any text that knows its rows (`wording.Cited`). Not here: how a page shows it (`book.notes`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd

from edition import paper, paths
from edition.exhibits import addresses


def followed(ids: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Where the first of some rows stands in the book, and the rows that are known; "" and none where no page shows them."""
    known = tuple(row for row in ids if row in numbers().index)
    target = target_of(known[0]) if known else ""
    return (target, known) if target else ("", ())


def target_of(row_id: str) -> str:
    """Where the row of a number stands in the book; "" where no page shows it."""
    return addresses.row_target(row_id, numbers().loc[row_id, "table"])


def numbers() -> pd.DataFrame:
    """Every number by its row's id, with whom it is credited to (`label`) and where it is printed (`where`)."""
    return _numbers(paths.root())


@cache
def _numbers(root: Path) -> pd.DataFrame:
    tables = paper.at(root).load(root)
    named = [getattr(tables, name) for name in (*tables.NUMBERED, "added")]
    printed = [rows[["id", "exhibit", "locator"]] for rows in named if len(rows)]
    where = pd.concat(printed).set_index("id")
    place = where["locator"].where(where["exhibit"] == "text", where["exhibit"] + ", " + where["locator"])
    every = tables.numbers
    return every.assign(label=every["source_id"].map(tables.label), where=place.reindex(every.index).fillna(""))


def row_in_words(row_id: str) -> str:
    """What a row says of its number: whom it is credited to, its date, as printed, caveats."""
    row = numbers().loc[row_id]
    tables, text = paper.current().load(), f"“{row['value_text']}”"
    if row["table"] == "added":
        who = f"Added, not the paper's: {row['label']}."
        seen = f"Given as {text}, {row['where'].removeprefix('added, ')}."
    elif row["table"] == "outside":
        who, seen = f"{row['label']}.", f"Seen as {text}, outside the paper."
    else:
        nobody = row["source_id"] == tables.author
        who = "Credited to nobody." if nobody else f"Credited to {row['label']}."
        seen = f"Printed {text}, {row['where']}."
    date = f"For {row['as_of'].replace('/', '–')}." if row["as_of"] else "No date is given."
    said = [who, date, seen, *(tables.meaning[name] for name in row["caveats"].split())]
    return " ".join(dict.fromkeys(said))  # a caveat may say the same
