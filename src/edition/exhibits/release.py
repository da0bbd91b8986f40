"""The data to take away: every table as CSV, and all of them as one workbook, database and set of columns.

    release.write(tables, folder, edition)      # CSV, XLSX, SQLite, Parquet, a ZIP file, description, checksums in folder

Belongs here: the forms the data are given away in. Not here: the tables themselves (`data`), or exhibits.
The same tables give the same bytes.
"""

from __future__ import annotations

import ast
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
from packaging.version import Version

from edition import paper, paths
from edition.data import load, own_sources
from edition.data.tables import Tables
from edition.exhibits import citation, database, sheets
from edition.exhibits.addresses import LIST
from edition.exhibits.citation import LICENCE, LICENCE_AT, Edition
from edition.exhibits.downloads import AS_TEXT, LONG_AGO
from edition.exhibits.sheets import MARK
from edition.numbers.wording import listing, number

SUMS = "SHA256SUMS"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP file can say: the same data, the same bytes


def frames(tables: Tables) -> dict[str, pd.DataFrame]:
    """Every table by its name; and those that are computed from them, see `Paper.computed`."""
    plain = {name: getattr(tables, name) for name in (*tables.names(), "added") if len(getattr(tables, name))}
    return {**plain, **paper.current().computed(tables)}


def computed(folder: Path) -> dict[str, pd.DataFrame]:
    """What a written release has of claims and inconsistencies, see `Paper.computed`: every value as text, blanks as ""."""
    return {
        name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
        for name in ("ledger", "inconsistencies_filled")
    }


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


def revised(row: dict[str, str]) -> str:
    """What is said otherwise, in a line."""
    return f"- {row['table']}, {row['row_id']}, {row['column']}: “{row['is']}” instead of “{row['was']}”. {row['why']}"


def changelog(tables: Tables) -> str:
    """`CHANGELOG.md` of the data."""
    parts = [
        f"## Since {paper.dated(since)}\n\n" + "\n".join(f"- {line}" for line in lines)
        for since, lines in changes(tables).items()
    ]
    parts += [
        f"## Said otherwise before {paper.dated(since)}\n\n" + "\n".join(map(revised, rows.to_dict("records")))
        for since, rows in tables.revisions.groupby("since", sort=False)
    ]
    return "\n\n".join(["# Corrections of the data", "What is printed is never changed; `corrections.csv` says what is taken in its place.", *parts]) + "\n"  # fmt: skip


def whole(frame: pd.DataFrame) -> pd.DataFrame:
    """A table whose columns of whole numbers, as of persons, are such."""
    floats = [name for name, kind in frame.dtypes.items() if pd.api.types.is_float_dtype(kind)]
    counts = [name for name in floats if (known := frame[name].dropna()).size and (known % 1 == 0).all()]
    return frame.astype(dict.fromkeys(counts, "Int64"))


def _description(tables: Tables, every: dict[str, pd.DataFrame], known: Edition) -> dict[str, Any]:
    """The descriptor of the release: that of the data, with what is added or computed, who made it and which version it is."""
    said = dict(load.descriptor(tables.folder))
    if len(tables.added):
        said = own_sources.described(said, tables.ESTIMATES, tables.ADDED_UNITS)
    described = {resource["name"] for resource in said["resources"]}
    meanings = sheets.described() | dict(paper.current().columns)
    computed = [
        {
            "name": name,
            "type": "table",
            "path": f"{name}.csv",
            "title": f"{name.removesuffix('_filled').replace('_', ' ').capitalize()}, with the numbers and verdicts that this edition computes",
            "schema": {
                "fields": [
                    {"name": column, "type": _type(kind), "description": meanings.get(column, "")}
                    for column, kind in every[name].dtypes.items()
                ],
                "primaryKey": ["id"],
            },
        }
        for name in every.keys() - described
    ]
    makers = [
        {"title": f"{one.given} {one.name}".strip(), "role": "author"} | ({"path": one.orcid} if one.orcid else {})
        for one in known.makers
    ]
    said |= {
        "version": known.version,
        "keywords": list(known.keywords),
        "contributors": makers,
        "resources": [*said["resources"], *sorted(computed, key=lambda one: str(one["name"]))],
    }
    return said | ({"homepage": known.base} if known.base else {})


def _type(kind: Any) -> str:
    if pd.api.types.is_bool_dtype(kind):
        return "boolean"
    if pd.api.types.is_integer_dtype(kind):
        return "integer"
    return "number" if pd.api.types.is_numeric_dtype(kind) else "string"


def about(known: Edition) -> dict[str, str]:
    """What the release says of itself."""
    found = {
        "title": known.named,
        "version": known.version,
        "released": known.released,
        "maker": "; ".join(known.authors),
        "licence": f"{LICENCE}, {LICENCE_AT}",
        "address": known.pinned("") or known.where(""),
        "paper": str(known.paper),
        "citation": citation.book(known)["txt"].strip(),
    }
    return {name: text for name, text in found.items() if text}


def write(tables: Tables, folder: Path, known: Edition) -> list[Path]:
    """Write every form; returns the files, the checksums last."""
    folder.mkdir(parents=True, exist_ok=True)
    paths.copy_tree(tables.folder, folder, LIST.name, ".*", "__pycache__")
    every = {name: whole(frame) for name, frame in frames(tables).items()}
    slug, said = paper.current().slug, _description(tables, every, known)
    made = {"sources", "places"} if len(tables.added) else set()
    for name in (every.keys() - set(tables.names())) | made:
        every[name].to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    for file in folder.rglob("*.csv"):
        file.write_bytes(MARK.encode() + file.read_bytes().removeprefix(MARK.encode()))
    for resource in said["resources"]:
        resource |= load.described((folder / resource["path"]).read_bytes())
    (folder / "datapackage.json").write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(changelog(tables), encoding="utf-8")
    _in_one(folder, slug, every, said, known)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files]
    (folder / SUMS).write_text("\n".join(sums) + "\n", encoding="utf-8")
    return [*files, folder / SUMS]


def _in_one(folder: Path, slug: str, every: dict[str, pd.DataFrame], said: dict[str, Any], known: Edition) -> None:
    """All tables as one workbook, one database, one archive; and each as Parquet."""
    schemas = {one["name"]: one["schema"] for one in said["resources"] if one["name"] in every}
    schemas = {name: schemas[name] for name in every}
    packed = sorted(path for path in folder.rglob("*") if path.suffix in (".csv", ".json", ".md"))
    with zipfile.ZipFile(folder / f"{slug}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in packed:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("CITATION.txt", EPOCH), citation.book(known)["txt"])
    own = about(known)
    with pd.ExcelWriter(folder / f"{slug}.xlsx", engine="xlsxwriter", engine_kwargs={"options": AS_TEXT}) as book:
        book.book.set_properties({"title": own["title"], "author": own["maker"], "created": LONG_AGO})
        for name, frame in every.items():
            frame.to_excel(book, sheet_name=name[:31], index=False)
        database.explained(schemas).to_excel(book, sheet_name=database.COLUMNS, index=False)
        pd.Series(own).to_excel(book, sheet_name=database.ABOUT, header=False)
    database.write(every, schemas, own, folder / f"{slug}.sqlite")
    for name, frame in every.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)


def contents(folder: Path) -> list[tuple[str, str]]:
    """Each file of a written release with what it is, those that hold everything first."""
    slug = paper.current().slug
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    named = {one["path"]: one.get("title", "") for one in said["resources"]}
    whole = {
        f"{slug}.xlsx": "All tables in one workbook, with what the columns mean",
        f"{slug}.sqlite": "All tables in one SQLite database, with their keys and what the columns mean",
        f"{slug}.zip": "All tables as CSV, with their description",
        "datapackage.json": "What every table and every column is (Frictionless Data Package)",
        "README.md": "What the tables hold, for readers",
        "CHANGELOG.md": "What is corrected, and since when",
        SUMS: "Checksums of all files (SHA-256)",
    }
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    found = {name: what for name, what in whole.items() if name in files}
    found |= {name: named[name] for name in files if name in named}
    tables = {
        name: named.get(f"{name.removesuffix('.parquet')}.csv", "") for name in files if name.endswith(".parquet")
    }
    found |= {name: f"{title} (Parquet)" for name, title in tables.items()}
    other = {
        ".bib": "Works that the paper names (BibTeX)",
        ".md": "What the folder holds",
    }
    found |= {name: _purpose(folder / name) for name in files if name.endswith(".py")}
    found |= {name: other.get(Path(name).suffix, "Names that the book uses") for name in files if name not in found}
    return list(found.items())


def _purpose(script: Path) -> str:
    """What a script is, as the first line of its docstring has it."""
    said = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or "A script."
    return said.splitlines()[0].removesuffix(".")
