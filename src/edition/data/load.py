"""Load and validate the tables of `data/`, in one place.

`datapackage.json` says what each table may hold; Frictionless checks it (`schema`); what a table schema cannot say, a
paper's own `disagreements` check. Belongs here: reading. Not here: how a fault is found and said (`validation`), or any
choice an analysis makes.

    tables = load.tables(Tables, root)      # Tables: the paper's own class
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from edition.data import description, own_sources, own_tables, spreadsheets, validation
from edition.data.tables import COLUMNS, Tables

SEAL = "checked.sha256"  # beside the tables, in a copy of them for a place without Frictionless
T = TypeVar("T", bound=Tables)
Disagreements = Callable[[Any], Iterator[str]]
State = tuple[tuple[str | int, ...], ...]

pd.set_option("mode.string_storage", "python")  # of small tables: pyarrow's text takes a third of all computing longer


class DataError(ValueError):
    """A table that cannot be used; one line per fault, with file, row, column, value, what is allowed."""


def tables(kind: type[T], disagreements: Disagreements, root: Path) -> T:
    """Every table of the data package under `root`, and the source added to it.

    Args:
        kind: the paper's class of tables.
        disagreements: what is wrong between its tables, one line per fault.

    Raises:
        DataError: something is missing or wrong; the message holds one line per fault.
    """
    folder, more = root / "data", own_sources.folder()
    now = _state(folder, "csv", "json")
    if not more:
        return _load(kind, disagreements, folder, now)  # type: ignore[arg-type]  # a class can be hashed
    added = _state(more, *spreadsheets.ENDINGS)
    return _with(kind, disagreements, folder, now, more, added)  # type: ignore[arg-type]


def _state(folder: Path, *endings: str) -> State:
    """Files with what changes when they do: while that is the same, they are read and checked once in a process."""
    with os.scandir(folder) as found:
        files = [(file.name, file.stat()) for file in found if file.name.endswith(tuple(f".{one}" for one in endings))]
    return tuple(sorted((name, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns) for name, at in files))


@functools.lru_cache(maxsize=1)
def _load(kind: type[T], disagreements: Disagreements, folder: Path, now: State) -> T:
    said = descriptor(folder)
    listed = [r for r in said["resources"] if r.get("type") == "table" and r["name"] in kind.names()]
    for resource in listed:
        path = folder / resource["path"]
        if path.is_file() and len(path.read_bytes().splitlines()) == 1:  # which is told before all that follows from it
            column, allowed = (
                resource["schema"]["fields"][0]["name"],
                "at least one, or no such table in datapackage.json",
            )
            raise DataError(validation.fault(resource["path"], 2, column, "the table has no row", allowed))
    frames = _frames({**said, "resources": listed}, folder)
    absent = {name: pd.DataFrame(columns=columns) for name, columns in COLUMNS.items() if name not in frames}
    if lacking := set(kind.names()) - set(frames) - set(absent):
        raise DataError(
            f"data/datapackage.json: no table {', '.join(sorted(lacking))}; allowed: each of {', '.join(kind.names())}"
        )
    nothing = frames[kind.ESTIMATES].head(0) if kind.ESTIMATES else pd.DataFrame()
    found = kind(**frames, **absent, added=nothing, folder=folder)
    if faults := validation.first_of_each_cell(disagreements(found)):
        raise DataError("\n".join(faults))
    return found


def _frames(package: dict[str, Any], folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of a package, each cell checked."""
    if found := _check(package, folder):
        raise DataError("\n".join(found))
    return {resource["name"]: _frame(folder, resource) for resource in package["resources"]}


def _check(package: dict[str, Any], folder: Path) -> list[str]:
    """What is wrong with the cells. Where Frictionless is not at hand, the files must be those that it has checked."""
    try:
        from edition.data import schema
    except ModuleNotFoundError:
        kept = folder / SEAL
        if kept.is_file() and kept.read_text(encoding="utf-8") == _content(folder):
            return []
        return [
            f"data/: the tables are not those that were checked; allowed here, without Frictionless: those of {SEAL}"
        ]
    return schema.check(package, folder)


def seal(folder: Path) -> None:
    """Note that the tables in `folder` were checked, for a place where Frictionless is not at hand."""
    (folder / SEAL).write_text(_content(folder), encoding="utf-8")


def _content(folder: Path) -> str:
    """A hash of the tables; not of their description, which JupyterLite writes in its own way."""
    content = hashlib.sha256()
    for file in sorted(folder.glob("*.csv")):
        content.update(f"{file.name} {file.stat().st_size} ".encode() + file.read_bytes())
    return content.hexdigest()


@functools.lru_cache(maxsize=1)
def _with(kind: type[T], disagreements: Disagreements, folder: Path, now: State, more: Path, added: State) -> T:
    """The tables with a source of the reader's own."""
    plain = _load(kind, disagreements, folder, now)  # type: ignore[arg-type]
    ids = plain.numbers.index.to_series()
    has = own_tables.Known(plain.places, ids, pd.concat([plain.sources, plain.outside_sources]))
    own = own_tables.read(more, own_sources.package(descriptor(folder), kind.ESTIMATES, kind.ADDED_UNITS), has, _check)
    if own.faults:
        raise DataError("\n".join(own.faults))
    return replace(
        plain,
        added=own_sources.as_estimates(own.estimates)[list(getattr(plain, kind.ESTIMATES))],
        sources=pd.concat([plain.sources, own_sources.as_sources(own.sources)], ignore_index=True),
        places=pd.concat([plain.places, own.places], ignore_index=True),
    )


def described(content: bytes) -> dict[str, Any]:
    """What a descriptor says of a file's content: its size and hash."""
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def files(folder: Path) -> list[Path]:
    """The data package's own files: its descriptor, and what that describes.

    Raises:
        DataError: the descriptor is missing or cannot be used.
    """
    return [folder / "datapackage.json", *(folder / resource["path"] for resource in descriptor(folder)["resources"])]


def descriptor(folder: Path) -> dict[str, Any]:
    """What `datapackage.json` says.

    Raises:
        DataError: it is missing or cannot be used.
    """
    try:
        return description.read(folder)
    except description.DescriptionError as error:
        raise DataError(str(error)) from None


def _frame(folder: Path, resource: dict[str, Any]) -> pd.DataFrame:
    typed = {"number": "float64", "integer": "int64"}
    kinds = {field["name"]: typed.get(field.get("type", ""), "str") for field in resource["schema"]["fields"]}
    frame = pd.read_csv(folder / resource["path"], dtype="str", keep_default_na=False)
    numbers = [name for name, kind in kinds.items() if kind != "str"]
    return frame.assign(**{n: pd.to_numeric(frame[n]).astype(kinds[n]) for n in numbers})
