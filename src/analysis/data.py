"""Load and validate the tables of `data/`, in one place.

`datapackage.json` says what each table may hold; Frictionless checks it; `faults` checks what a table schema cannot
say (a number as printed must agree with its bounds; each caveat is in the vocabulary).
Belongs here: reading, the corrections sidecar. Not here: how a fault is found and said, or any choice an analysis makes.

    tables = data.load()
    tables.stocks        # one row per printed number, low and high as floats, blanks as ""
"""

from __future__ import annotations

import functools
import hashlib
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import added, faults, paths
from analysis.faults import CREDITED as CREDITED
from analysis.faults import NUMBERED as NUMBERED

SEAL = "checked.sha256"  # beside the tables, in a copy of them for a place without Frictionless


class DataError(ValueError):
    """A table that cannot be used; one line per fault, with file, row, column, value, what is allowed."""


@dataclass(frozen=True, eq=False)  # told apart as objects, so that what is computed from one can be remembered
class Tables:
    """The validated tables, as transcribed. Numbers are float64 (NaN: no bound printed), text is str.

    `added` holds the estimates of a reader's own source, in the form of `stocks`; empty unless one is given. Its
    sources stand in `sources` too.
    """

    places: pd.DataFrame
    gazetteer: pd.DataFrame
    sources: pd.DataFrame
    caveats: pd.DataFrame
    stocks: pd.DataFrame
    movements: pd.DataFrame
    shares: pd.DataFrame
    quantities: pd.DataFrame
    events: pd.DataFrame
    lists: pd.DataFrame
    stages: pd.DataFrame
    answers: pd.DataFrame
    scripts: pd.DataFrame
    questions: pd.DataFrame
    challenges: pd.DataFrame
    corrections: pd.DataFrame
    outside: pd.DataFrame
    outside_sources: pd.DataFrame
    claims: pd.DataFrame
    inconsistencies: pd.DataFrame
    added: pd.DataFrame
    folder: Path

    def numbers(self) -> pd.DataFrame:
        """Every number, of the paper, from outside it and of the reader's own source, in one frame.

        Returns:
            Index: the row's id. Columns: `table` (where the row stands), `value_text`, `low`, `high`,
            `qualifier`, `unit`, `as_of`, `source_id`, `caveats`.
        """
        columns = ["id", "value_text", "low", "high", "qualifier", "unit", "as_of", "source_id", "caveats"]
        frames = {name: getattr(self, name) for name in (*NUMBERED, "outside", "added")}
        rows = [frame.reindex(columns=columns).assign(table=name) for name, frame in frames.items()]
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


def load(root: Path | None = None) -> Tables:
    """Every table of the data package under `root` (default: the edition's own folder), and the source added to it.

    Raises:
        DataError: something is missing or wrong; the message holds one line per fault.
    """
    folder, more = (root or paths.root()) / "data", added.folder()
    known = _fingerprint(folder)
    return _with(folder, known, more, _fingerprint(more)) if more else _load(folder, known)


def _fingerprint(folder: Path, *kinds: str) -> str:
    """A hash of the tables and their description: the same files are read and checked once in a process.

    Args:
        kinds: of files, if not all; JupyterLite writes JSON in its own way, so a seal is on the tables.
    """
    content = hashlib.sha256()
    for file in sorted(file for kind in kinds or ("*.csv", "*.json") for file in folder.glob(kind)):
        content.update(f"{file.name} {file.stat().st_size} ".encode() + file.read_bytes())
    return content.hexdigest()


@functools.lru_cache(maxsize=1)
def _load(folder: Path, fingerprint: str) -> Tables:
    descriptor = _descriptor(folder)
    listed = [r for r in descriptor["resources"] if r.get("type") == "table"]
    frames = _frames({**descriptor, "resources": listed}, folder)
    tables = Tables(**frames, added=frames["stocks"].head(0), folder=folder)
    if found := faults.once(faults.across(tables)):
        raise DataError("\n".join(found))
    return tables


def _frames(package: dict[str, Any], folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of a package, each cell checked."""
    if found := _check(package, folder):
        raise DataError("\n".join(found))
    return {resource["name"]: _frame(folder, resource) for resource in package["resources"]}


def _check(package: dict[str, Any], folder: Path) -> list[str]:
    """What is wrong with the cells. Where Frictionless is not at hand, the files must be those that it has checked."""
    try:
        from analysis import schema
    except ModuleNotFoundError:
        kept = folder / SEAL
        if kept.is_file() and kept.read_text(encoding="utf-8") == _fingerprint(folder, "*.csv"):
            return []
        return [
            f"data/: the tables are not those that were checked; allowed here, without Frictionless: those of {SEAL}"
        ]
    return schema.check(package, folder)


def seal(root: Path) -> None:
    """Check the tables under `root` and note that they were, for a place where Frictionless is not at hand.

    Raises:
        DataError: they are not sound.
    """
    folder = load(root).folder
    (folder / SEAL).write_text(_fingerprint(folder, "*.csv"), encoding="utf-8")


@functools.lru_cache(maxsize=1)
def _with(folder: Path, fingerprint: str, more: Path, added_fingerprint: str) -> Tables:
    """The tables with a source of the reader's own."""
    tables = _load(folder, fingerprint)
    try:
        frames = _frames(added.package(_descriptor(folder)), more)
        found = faults.once(
            added.across(
                **frames,
                places=tables.places["place_id"],
                ids=tables.numbers().index.to_series(),
                credited=pd.concat([tables.sources["source_id"], tables.outside_sources["source_id"]]),
            )
        )
        if found:
            raise DataError("\n".join(found))
    except DataError as error:  # `faults` names files of data/
        lines = [f"{more}/{line.removeprefix('data/')}" for line in str(error).splitlines()]
        raise DataError("\n".join(lines)) from None
    sources = pd.concat([tables.sources, added.as_sources(frames["sources"])], ignore_index=True)
    return replace(tables, added=added.as_stocks(frames["estimates"]), sources=sources)


def _descriptor(folder: Path) -> dict[str, Any]:
    path = folder / "datapackage.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise DataError(f"data/{path.name}: the file is missing; allowed: a description of each table") from None
    except json.JSONDecodeError as error:
        raise DataError(
            faults.fault(path.name, error.lineno, str(error.colno), f"not JSON ({error.msg})", "a JSON object")
        ) from None


def _frame(folder: Path, resource: dict[str, Any]) -> pd.DataFrame:
    typed = {"number": "float64", "integer": "int64"}
    kinds = {field["name"]: typed.get(field.get("type", ""), "str") for field in resource["schema"]["fields"]}
    frame = pd.read_csv(folder / resource["path"], dtype="str", keep_default_na=False)
    numbers = [name for name, kind in kinds.items() if kind != "str"]
    return frame.assign(**{n: pd.to_numeric(frame[n]).astype(kinds[n]) for n in numbers})


def main() -> None:
    """Validate and say what was found; exit with 1 and one line per fault when something is wrong."""
    from frictionless.exception import FrictionlessException

    try:
        tables = load()
    except (DataError, FrictionlessException) as error:
        sys.exit(str(error))
    counts = ", ".join(f"{name} {len(getattr(tables, name))}" for name in CREDITED)
    print(f"data: valid ({counts} rows)")


if __name__ == "__main__":
    main()
