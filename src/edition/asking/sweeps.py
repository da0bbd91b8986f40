"""Sweeps: many parameter sets over one or more chapters, and one table of what came out.

    sweep = sweeps.load(Path("sweeps/islanders.yml"))
    sweep.sets["islanders"]        # one row per parameter set, every parameter of the chapter a column

    python -m edition.asking.sweeps ready sweeps/islanders.yml      # before a run: checks, and clears what failed
    python -m edition.asking.sweeps write sweeps/islanders.yml      # the table
    python -m edition.asking.sweeps report sweeps/islanders.yml     # after it: what came out

The file holds `name`, `summary` and `chapters`: for each chapter a `grid` (parameter → values, every combination) or a
`list` (of parameter sets). A parameter not named keeps the value of the chapter's notebook.
Belongs here: that file, and the table. Not here: what a set's run does (`edition.build.sweep_set`), or when each runs (`workflow/rules/sweep.smk`).
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from edition import paths
from edition.asking import chapters, request
from edition.asking.parameters import Chapter
from edition.asking.request import AskedError
from edition.data.tables import Tables

FOLDER = "sweeps"  # where the paper's own lie
KEYS = ("name", "summary", "chapters")
FORMS = "grid (parameter: list of values) or list (of parameter sets)"
TABLE, ENDINGS = "results", (".parquet", ".csv")
EXPORT = "export("  # how a chapter's notebook hands its results over, see `numbers.glue`


@dataclass(frozen=True)
class Sweep:
    """What a sweep's file asks for.

    Attributes:
        slug: name of its folder, see `request.slug`.
        sets: chapter → its parameter sets, one row each, every parameter a column.
    """

    slug: str
    name: str
    summary: str
    sets: dict[str, pd.DataFrame]

    @property
    def home(self) -> str:
        """The folder in which it is made."""
        return f"_build/sweeps/{self.slug}"


@cache
def load(file: Path) -> Sweep:
    """A sweep from its file, each set checked before anything runs.

    Raises:
        AskedError: the file is missing or not of this form, or a chapter, parameter or value does not exist.
    """
    said = request.read(file, "a file of a sweep, e.g. sweeps/*.yml", KEYS)
    per_chapter = request.per_chapter(file, said.get("chapters"))
    return Sweep(
        request.slug(file, FOLDER),
        said["name"],
        said["summary"],
        {chapter: _sets(file, chapter, form) for chapter, form in per_chapter.items()},
    )


def _sets(file: Path, chapter: str, form: dict[str, Any]) -> pd.DataFrame:
    """The parameter sets of one chapter."""
    notebook = paths.root() / "notebooks" / f"{chapter}.ipynb"
    if EXPORT not in notebook.read_text(encoding="utf-8"):
        raise request.fault(file, "chapters", chapter, f"a chapter whose notebook exports results ({EXPORT}…))")
    key = f"chapters, {chapter}"
    if len(form) != 1 or not set(form) <= {"grid", "list"}:
        raise request.fault(file, key, ", ".join(form), FORMS)
    if "grid" in form:
        grid = request.mapping(file, f"{key}, grid", form["grid"])
        for name, values in grid.items():
            if not isinstance(values, list) or not values:
                raise request.fault(file, f"{key}, grid, {name}", values, "a list of values")
        given = [dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]
    else:
        if not isinstance(form["list"], list) or not form["list"]:
            raise request.fault(file, f"{key}, list", form["list"], "a list of parameter sets")
        given = [request.mapping(file, f"{key}, list", values) for values in form["list"]]
    rows = pd.DataFrame([chosen.model_dump() for chosen in request.check(file, chapter, given)])
    if rows.duplicated().any():
        twice = ", ".join(f"{name} {value}" for name, value in rows[rows.duplicated()].iloc[0].items())
        raise request.fault(file, key, twice, "each parameter set once")
    return rows


def safe(sets: pd.DataFrame) -> pd.DataFrame:
    """The sets with each value as a word that can stand in a file's name and in a scheduler's command.

    >>> safe(pd.DataFrame({"taken": ["the first, and the last"], "growth_percent": [0.5]})).to_dict("records")
    [{'taken': 'the-first-and-the-last', 'growth_percent': '0.5'}]
    """
    return sets.map(lambda value: re.sub(r"[^\w.]+", "-", str(value)))


def evaluate(sweep: Sweep, tables: Tables) -> pd.DataFrame:
    """The table of a sweep, see `gather`, computed in this process from the chapters' `results` alone.

    No notebook is run: this is for a chapter that shows a sweep, and whatever cannot be computed is raised.
    """
    records = [
        {
            "chapter": chapter,
            "parameters": given,
            "results": _results(chapter)(tables, chapters.parameters()[chapter].check(given)),
        }
        for chapter, sets in sweep.sets.items()
        for given in sets.to_dict("records")
    ]
    return gather(sweep, records)


def _results(chapter: str) -> Callable[[Tables, Chapter], dict[str, float]]:
    results: Callable[[Tables, Chapter], dict[str, float]] = chapters.module(chapter).results
    return results


def gather(sweep: Sweep, found: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """One tidy table of the records of a sweep's sets, see `build.sweep_set.record`, in the order of its file.

    Returns:
        One row per set and result: `chapter`, one column per parameter (of all the chapters, blank where a chapter
        has no such parameter), `result`, `value` (blank: not stated), `error` (why the set failed; it has one row).
    """
    names = dict.fromkeys(name for sets in sweep.sets.values() for name in sets.columns)
    records = {(record["chapter"], json.dumps(record["parameters"])): record for record in found}
    rows: list[dict[str, Any]] = []
    for chapter, sets in sweep.sets.items():
        for given in sets.to_dict("records"):
            record = records[chapter, json.dumps(given)]
            row = {"chapter": chapter, **{name: given.get(name) for name in names}}
            results = {None: None} if "error" in record else record["results"]
            rows += [
                {**row, "result": name, "value": value, "error": record.get("error")} for name, value in results.items()
            ]
    return pd.DataFrame(rows).convert_dtypes().astype({"result": "string", "value": "float64", "error": "string"})


def ranges(table: pd.DataFrame) -> pd.DataFrame:
    """How far each result moves over the sets of a sweep, and with which parameters.

    Args:
        table: see `gather`.

    Returns:
        One row per chapter and result: `chapter`, `result`, `low`, `high`, `sets` (how many), `moved_by` (the parameters, parted
        by blanks, that change it while all others stay; "" where none does).
    """
    names = [name for name in table.columns if name not in {"chapter", "result", "value", "error"}]
    found = []
    for (chapter, result), rows in table.dropna(subset="result").groupby(["chapter", "result"], sort=False):
        mine = [name for name in names if rows[name].notna().all()]
        moving = [name for name in mine if _moves(rows, [other for other in mine if other != name])]
        ends = rows["value"].min(), rows["value"].max()
        found.append((chapter, result, *ends, len(rows), " ".join(moving)))
    return pd.DataFrame(found, columns=["chapter", "result", "low", "high", "sets", "moved_by"])


def _moves(rows: pd.DataFrame, others: list[str]) -> bool:
    """Whether the value differs among some rows that have all these parameters in common."""
    alike = rows.groupby(others, dropna=False) if others else [("", rows)]
    return any(len(group["value"].drop_duplicates()) > 1 for _, group in alike)


def write(sweep: Sweep) -> str:
    """Write the table, as Parquet and CSV; where it is, in words."""
    table, stem = gather(sweep, (record for _, record in _records(sweep))), Path(sweep.home, TABLE)
    table.to_parquet(stem.with_suffix(".parquet"), index=False)
    table.to_csv(stem.with_suffix(".csv"), index=False, lineterminator="\n")
    return f"{stem}.parquet and .csv: {len(table)} rows"


def read(file: Path) -> pd.DataFrame:
    """A sweep's table from its CSV."""
    return pd.read_csv(file).convert_dtypes().astype({"value": "float64", "error": "string"})


def _records(sweep: Sweep) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in Path(sweep.home).glob("*/*.json"):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def ready(sweep: Sweep) -> str:
    """Clear the records of sets that failed, so that they are tried again; what is asked for, in words."""
    for path, record in list(_records(sweep)):
        if "error" in record:
            path.unlink()
            for ending in ENDINGS:  # with the table in place Snakemake would not miss the record
                Path(sweep.home, TABLE + ending).unlink(missing_ok=True)
    sizes = ", ".join(f"{len(sets)} of {chapter}" for chapter, sets in sweep.sets.items())
    return f"{sweep.name}: {_count(sweep)} parameter sets ({sizes})"


def report(sweep: Sweep) -> str:
    """What came out, in words.

    Raises:
        AskedError: sets failed, each with its parameters and its error.
    """
    table = pd.read_parquet(Path(sweep.home, TABLE).with_suffix(".parquet"))
    failed = table[table["error"].notna()].drop(columns=["result", "value"])
    if failed.empty:
        return f"{_count(sweep)} sets done"
    told = [", ".join(f"{name} {value}" for name, value in row.dropna().items()) for _, row in failed.iterrows()]
    raise AskedError(
        "\n".join([f"{len(failed)} of {_count(sweep)} sets failed; the next run tries them again:", *told])
    )


def _count(sweep: Sweep) -> int:
    return sum(map(len, sweep.sets.values()))


def main() -> None:
    """The command line: one line on success, one clear error otherwise."""
    actions = {action.__name__: action for action in (ready, write, report)}
    if len(sys.argv) != 3 or sys.argv[1] not in actions:
        sys.exit(f"usage: python -m edition.asking.sweeps {{{'|'.join(actions)}}} sweeps/….yml")
    try:
        print(actions[sys.argv[1]](load(Path(sys.argv[2]))))
    except AskedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
