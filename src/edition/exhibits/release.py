"""The data to take away: every table as CSV, and all of them as one workbook, database and set of columns.

    release.write(tables, folder, edition)      # CSV, XLSX, SQLite, Parquet, description, checksums in folder

Belongs here: the forms the data are given away in. Not here: the tables themselves (`data`), or exhibits.
The same tables give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pandas as pd
from packaging.version import Version

from edition import paper
from edition.data import load, own_sources
from edition.data.tables import Tables
from edition.exhibits.addresses import LIST
from edition.exhibits.downloads import AS_TEXT, LONG_AGO
from edition.numbers.wording import listing, number


def frames(tables: Tables) -> dict[str, pd.DataFrame]:
    """Every table by its name; and those that are computed from them, see `Paper.computed`."""
    plain = {name: getattr(tables, name) for name in (*tables.names(), "added") if len(getattr(tables, name))}
    return {**plain, **paper.current().computed(tables)}


def changes(tables: Tables) -> dict[str, list[str]]:
    """The corrections of the data by the version since which they are made, the newest first, a line for each number."""
    found: dict[str, list[str]] = {}
    for since in sorted(tables.corrections["since"].unique(), key=Version, reverse=True):
        rows = tables.corrections[tables.corrections["since"] == since]
        found[since] = [
            f"{row_id}: {_taken(mine)} instead of “{tables.number(row_id)['value_text']}”. {mine['reason'].iloc[0]}"
            for row_id, mine in rows.groupby("row_id", sort=False)
        ]
    return found


def _taken(rows: pd.DataFrame) -> str:
    first = rows["takes"].iloc[0]
    if (rows["takes"] == first).all():
        return number(first)
    return listing(f"{row.field} {number(row.takes)}" for row in rows.itertuples())


def _revised(row: dict[str, str]) -> str:
    return f"- {row['table']}, {row['row_id']}, {row['column']}: “{row['is']}” instead of “{row['was']}”. {row['why']}"


def changelog(tables: Tables) -> str:
    """`CHANGELOG.md` of the data."""
    parts = [
        f"## Since {paper.dated(since)}\n\n" + "\n".join(f"- {line}" for line in lines)
        for since, lines in changes(tables).items()
    ]
    parts += [
        f"## Said otherwise before {paper.dated(since)}\n\n" + "\n".join(map(_revised, rows.to_dict("records")))
        for since, rows in tables.revisions.groupby("since", sort=False)
    ]
    return "\n\n".join(["# Corrections of the data", "What is printed is never changed; `corrections.csv` says what is taken in its place.", *parts]) + "\n"  # fmt: skip


def _describe_added(tables: Tables, folder: Path) -> None:
    """The tables that a reader's own source makes longer as CSV, and in the descriptor what it adds."""
    path = folder / "datapackage.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said = own_sources.described(said, tables.ESTIMATES, tables.ADDED_UNITS)
    for name in ("sources", "places"):
        getattr(tables, name).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    for resource in said["resources"]:
        if resource["name"] in ("sources", "places", own_sources.EXHIBIT):
            resource |= load.described((folder / resource["path"]).read_bytes())
    path.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write(tables: Tables, folder: Path) -> list[Path]:
    """Write every form; returns the files, the checksums last."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        tables.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(LIST.name, ".*", "__pycache__")
    )
    every, slug = frames(tables), paper.current().slug
    with pd.ExcelWriter(folder / f"{slug}.xlsx", engine="xlsxwriter", engine_kwargs={"options": AS_TEXT}) as book:
        book.book.set_properties({"title": slug, "created": LONG_AGO})
        for name, frame in every.items():
            frame.to_excel(book, sheet_name=name[:31], index=False)
    database = folder / f"{slug}.sqlite"
    database.unlink(missing_ok=True)
    with sqlite3.connect(database) as connection:
        for name, frame in every.items():
            frame.to_sql(name, connection, index=False)
    connection.close()
    for name, frame in every.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)
    for name in every.keys() - set(tables.names()):
        every[name].to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    if len(tables.added):
        _describe_added(tables, folder)
    (folder / "CHANGELOG.md").write_text(changelog(tables), encoding="utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    return [*files, folder / "SHA256SUMS"]
