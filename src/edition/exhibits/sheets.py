"""The rows of an exhibit as a table to take away, and the digest by which a figure is held against its data.

    sheets.csv(record)        # the bytes of the file under every exhibit
    sheets.digest(record)     # of those bytes, as every citation gives it: sha256sum of the file is the same
    sheets.sums(records)      # the digests of all of a chapter, whose own digest the citation of the chapter gives
    sheets.explained(record)  # the file beside it that says what its columns mean

Each row has an id and says from which sources it is. Belongs here: which columns and rows a file of data has. Not here: which files
there are (`downloads`).
"""

from __future__ import annotations

import csv as tables
import hashlib
import io
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from edition import paper, paths
from edition.data.load import descriptor
from edition.exhibits.record import Record

MARK = "\ufeff"  # by which spreadsheets know that a text is in Unicode
ROW = "exhibit_row"  # of rows that the data have no id for
SOURCES = "source_ids"  # of rows that name no source of their own
ADDED = {
    ROW: "id of the row: the exhibit's, and the row's place in it",
    SOURCES: "the sources that the exhibit draws on, by their ids in the table of sources, a blank between",
}
SUMS = "sha256"  # how the name of the file with the digests of a chapter's exhibits ends
EXPLAINED = "csv-metadata.json"  # how the name of the file about a CSV file ends: tools look for it there
SHOWN = 16  # hexadecimal digits of a digest that a citation gives


def columns(record: Record) -> list[str]:
    """Names of the columns, in their order."""
    found = [str(field["name"]) for field in record.data["schema"]["fields"]]
    return [*([ROW] if "id" not in found else []), *found, *([SOURCES] if "source_id" not in found else [])]


def shown_rows(record: Record) -> list[dict[str, Any]]:
    """The rows shown, whole numbers as such; `ROW` is the exhibit's id and the row's place, `SOURCES` all that the exhibit draws on."""
    sources = " ".join(source_ids(record))
    return [
        {ROW: f"{record.id}/{n}", SOURCES: sources} | {name: _whole(value) for name, value in row.items()}
        for n, row in enumerate(record.rows, start=1)
    ]


def source_ids(record: Record) -> list[str]:
    """Sources that an exhibit names, by their ids in the data, the paper itself among them."""
    tables = paper.current().load()
    credited = {*record.credits, *record.added}
    own = str(tables.label.get(tables.author, ""))
    return [
        name for name, label in tables.label.items() if label in credited or (label == own and own in record.source)
    ]


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def csv(record: Record) -> bytes:
    """The rows as CSV in UTF-8 with its mark."""
    text = io.StringIO()
    writer = tables.DictWriter(text, columns(record), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(shown_rows(record))
    return f"{MARK}{text.getvalue()}".encode()


def digest(record: Record) -> str:
    """SHA-256 of the CSV file, in hexadecimal digits."""
    return hashlib.sha256(csv(record)).hexdigest()


def sums(records: Iterable[Record]) -> str:
    """The digests of the CSV files of several exhibits, as `sha256sum --check` reads them; "" for none."""
    return "".join(f"{digest(record)}  {record.id}.csv\n" for record in records)


def digest_of_all(records: Iterable[Record]) -> str:
    """SHA-256 of their `sums`; "" for none."""
    said = sums(records)
    return hashlib.sha256(said.encode()).hexdigest() if said else ""


def meanings(record: Record) -> dict[str, str]:
    """What each column means, in their order; "" for one that nobody explains."""
    own = paper.current().columns
    known = {**described(), **ADDED, **own}
    return {name: own.get(f"{record.id}:{name}", known.get(name, "")) for name in columns(record)}


def described() -> dict[str, str]:
    """What the columns of the data tables mean, by their names; of one in several tables what the first says."""
    return _described(paths.root())


@cache
def _described(root: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for resource in descriptor(root / "data").get("resources", []):
        for field in resource.get("schema", {}).get("fields", []):
            found.setdefault(field["name"], field.get("description", ""))
    return found


def explained(record: Record, about: dict[str, str]) -> str:
    """The columns of the CSV file in the W3C's terms (CSV on the Web).

    Args:
        about: what is said of the file, by the terms of Dublin Core.
    """
    kinds = {field["name"]: field["type"] for field in record.data["schema"]["fields"]}
    described = [
        {
            "name": re.sub(r"\W", "_", name),
            "titles": name,
            "dc:description": meaning,
            "datatype": kinds.get(name, "string"),
        }
        for name, meaning in meanings(record).items()
    ]
    key = "id" if "id" in kinds else ROW
    found = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{record.id}.csv",
        **{f"dc:{term}": text for term, text in about.items() if text},
        "tableSchema": {"columns": described, "primaryKey": key},
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"
