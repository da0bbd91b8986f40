"""How many there are of everything an edition holds, in one file, so that a change of any is seen and none is typed in a test.

    totals.counted(root)        # {"stocks": Total(64, "rows of stocks"), "stocks, Table 1": …}
    totals.read_totals(root)    # the same as `tests/totals.csv` has it

Written by `make accept`, which shows what changed in it, to be read. Belongs here: counting. Not here: whether a count is
right, or what is computed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from edition import paper
from edition.asking import chapters
from edition.build import contents
from edition.data.tables import Tables
from edition.exhibits import stored

LIST = Path("tests", "totals.csv")


class Total(NamedTuple):
    """How many, and of what."""

    value: int
    meaning: str


def counted(root: Path) -> dict[str, Total]:
    """Every total of the edition under `root`, in whose folder this runs, by name: of its data, of what is computed from them, of its stored notebooks.

    Raises:
        DataError: a table cannot be used.
    """
    mine = paper.at(root)
    tables = mine.load(root)
    found = [*_of_book(root), *_of_tables(tables), *_of_ledger(mine.computed(tables)), *mine.totals(tables)]
    return {name: Total(value, meaning) for name, value, meaning in found}


def read_totals(root: Path) -> dict[str, Total]:
    """The totals as the file has them."""
    text = (root / LIST).read_text(encoding="utf-8")
    return {row["name"]: Total(int(row["value"]), row["meaning"]) for row in csv.DictReader(io.StringIO(text))}


def changes(before: Mapping[str, Total], now: Mapping[str, Total]) -> list[str]:
    """A line on each total that came, went or is another, to be read.

    >>> changes({"stocks": Total(64, "rows of stocks")}, {"stocks": Total(65, "rows of stocks")})
    ['stocks: 64, now 65 (rows of stocks)']
    """
    names = dict.fromkeys([*before, *now])
    values = [(name, before.get(name), now.get(name)) for name in names]
    return [
        f"{name}: {was.value if was else 'none'}, now {became.value if became else 'none'} ({(became or was).meaning})"  # type: ignore[union-attr]
        for name, was, became in values
        if was != became
    ]


def file_of(found: Mapping[str, Total]) -> str:
    """The file with these totals."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["name", *Total._fields])
    writer.writerows((name, *total) for name, total in found.items())
    return buffer.getvalue()


def _of_book(root: Path) -> Iterator[tuple[str, int, str]]:
    notebooks = contents.chapters(root)
    kinds = [record.kind for notebook in notebooks for record in stored.records(notebook)]
    yield "chapters", len(notebooks), "chapters of the book"
    yield "figures", kinds.count("figure"), "figures of the book"
    yield "tables", kinds.count("table"), "tables of the book"
    models = chapters.parameters().values()
    yield "parameters", sum(len(model.model_fields) for model in models), "parameters of the chapters"


def _of_tables(tables: Tables) -> Iterator[tuple[str, int, str]]:
    values = pd.concat([getattr(tables, name)["value_text"] for name in tables.NUMBERED])
    yield "numbers", int((values != "").sum()), "numbers that the paper prints"
    yield "blanks", int((values == "").sum()), "blanks where a number could stand"
    for name in tables.names():
        rows = getattr(tables, name)
        yield name, len(rows), f"rows of {name}"
        if name in tables.CREDITED:
            for where, count in rows["exhibit"].value_counts().sort_index().items():
                yield f"{name}, {where}", count, f"rows of {name} from {where}"
    kinds = tables.inconsistencies.get("what_kind", pd.Series(dtype=str))
    for kind, count in kinds.value_counts().sort_index().items():
        yield f"inconsistencies, {kind}", count, f"inconsistencies of the kind {kind}"


def _of_ledger(computed: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, int, str]]:
    ledger = next(iter(computed.values()))
    for verdict, count in ledger["verdict"].value_counts().sort_index().items():
        yield f"claims, {verdict}", count, f"claims with the verdict {verdict}"
