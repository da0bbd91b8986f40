"""Addresses that stay: `cite/<id>.html` leads to where an exhibit, a claim, a number or another row stands now.

`data/published.csv` lists every id ever published and what it means; a test fails when one
disappears or comes to mean something else. What a number, a claim or a stage means follows from its row; what an exhibit
shows is written in the list, once, in words that stay true whatever its numbers become. `data/retired.csv`, which a paper
need not have, says what took the place of an exhibit that is gone, and why. Belongs here: the ids and where they lead. Not here: what stands there, or what the page of an address says (`edition.book.landing`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from edition import paper, paths
from edition.data.tables import Tables
from edition.exhibits.record import Record

LIST = Path("data", "published.csv")
GONE = Path("data", "retired.csv")
EXHIBIT = "exhibit"  # the kind of address whose meaning is written in the list


@dataclass(frozen=True)
class Address:
    """One permanent id: its kind, what it means, and the page and anchor where it stands now.

    Attributes:
        instead: id of what took the place of an exhibit that is gone; "" for what is there.
        why: why that is gone, as a sentence.
    """

    id: str
    kind: str
    means: str
    target: str
    instead: str = ""
    why: str = ""


def row_target(row_id: str, table: str) -> str:
    """Where the row of a number stands, one of the paper or one from outside it; "" where no page shows such rows."""
    return _at("outside" if table == "outside" else "number", row_id)


def _at(kind: str, anchor: str) -> str:
    """The page on which rows of a kind stand, and where on it; "" where there is none."""
    page = paper.current().pages.get(kind)
    return f"{page}.html#{anchor}" if page else ""


def of_exhibits(records: Iterable[tuple[str, Record]]) -> list[Address]:
    """Exhibits; one means what its title says, until the list has words for it that stay. One that is gone leads to what
    took its place.
    """
    found = {
        record.id: Address(record.id, EXHIBIT, f"{record.kind}: {record.heading}", f"{page}.html#{record.id}")
        for page, record in records
    }
    gone = [
        replace(found[new], id=old, instead=new, why=why)
        for old, (new, why) in retired(paths.root()).items()
        if new in found
    ]
    return [*found.values(), *gone]


def _means(row: Any) -> str:
    where = (
        f"{row.exhibit}, {row.locator}"
        if hasattr(row, "locator")
        else f"{row.kind.replace('_', ' ')} of {row.as_of or 'no date'}"
    )
    return f"{row.value_text or 'blank'} in {where}"


def of_rows(tables: Tables) -> list[Address]:
    """Numbers, claims, inconsistencies, and what else the paper gives an address; none for what no page shows."""
    found = [
        Address(
            row.id,
            "number",
            _means(row),
            row_target(row.id, name),
        )
        for name in (*tables.NUMBERED, "outside", "added")
        for row in tables.as_published(name).query("value_text != ''").itertuples()  # a blank is no number
    ]
    found += [
        Address(row.id, "claim", f"{row.kind} in {row.locator}", _at("claim", row.id))
        for row in tables.as_published("claims").itertuples()
    ]
    found += [
        Address(row.id, "inconsistency", row.locators, _at("inconsistency", row.id))
        for row in tables.as_published("inconsistencies").itertuples()
    ]
    found += [
        Address(anchor, kind, means, _at(kind, anchor)) for anchor, kind, means in paper.current().anchors(tables)
    ]
    return [one for one in found if one.target]


def has_address(root: Path, row_id: str) -> bool:
    """Whether a row of the edition under `root` has an address."""
    return row_id in _rows(root)


@cache
def _rows(root: Path) -> frozenset[str]:
    return frozenset(one.id for one in of_rows(paper.at(root).load(root)))


def published(root: Path) -> dict[str, tuple[str, str]]:
    """Every id ever published: id → kind and meaning."""
    text = (root / LIST).read_text(encoding="utf-8")
    return {row["id"]: (row["kind"], row["means"]) for row in csv.DictReader(io.StringIO(text))}


def retired(root: Path) -> dict[str, tuple[str, str]]:
    """Every exhibit that is gone: id → id of what took its place, and why."""
    if not (root / GONE).exists():
        return {}
    text = (root / GONE).read_text(encoding="utf-8")
    return {row["id"]: (row["instead"], row["why"]) for row in csv.DictReader(io.StringIO(text))}


def registry(old: dict[str, tuple[str, str]], addresses: list[Address]) -> str:
    """`published.csv` with new ids added; an id once listed stays, with the meaning it was given.

    Args:
        old: what is listed, see `published`.
    """
    rows = {**{one.id: (one.kind, one.means) for one in addresses}, **old}
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["id", "kind", "means"])
    writer.writerows((row_id, *meaning) for row_id, meaning in sorted(rows.items()))
    return buffer.getvalue()
