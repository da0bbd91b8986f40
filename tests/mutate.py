"""Change every number of `data/` in turn, and see whether anything notices.

    python -m tests.mutate              # all of them; prints who survives
    python -m tests.mutate --every 25   # a sample

A changed number counts as noticed when loading refuses it, when a chapter fails, or when an exhibit or a computed
text of a chapter is no longer what is stored. The chapters that list the data as they are notice everything; with
--lists-last they come last, and how many only they notice is told apart.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from analysis.data import load
from edition.build import contents, in_process
from edition.data.load import DataError
from edition.exhibits import stored
from edition.exhibits.record import Record
from tests.conftest import ROOT

TABLES = ("stocks", "movements", "shares", "quantities", "outside", "gazetteer")
LISTS = ("every_number", "benchmark", "the_numbers")  # chapters that show rows of the data as they are
NUMBERS = {"low", "high", "longitude", "latitude"}


def mutants() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Table, row's id, and the changed cells, for every number."""
    for table in TABLES:
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            cells = {name: _other(row[name]) for name in NUMBERS & row.keys() if row[name]}
            if cells:
                yield table, next(iter(row.values())), cells


def _other(number: str) -> str:
    value = float(number) * 1.1 + (1 if abs(float(number)) < 1000 else 0)
    return f"{round(value, 5):.15g}"


def spoiled(folder: Path, table: str, row_id: str, cells: dict[str, str]) -> Iterator[None]:
    """The table with one row changed, for as long as the context lasts."""
    path = folder / "data" / f"{table}.csv"
    sound = path.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(sound)))
    for row in rows:
        if next(iter(row.values())) == row_id:
            row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    try:
        yield
    finally:
        path.write_text(sound, encoding="utf-8")


def held(path: Path) -> tuple[list[Record], dict[str, str]]:
    """Records and computed texts that a notebook's outputs hold."""
    return list(stored.records(path)), stored.texts(path)


def run(path: Path) -> tuple[list[Record], dict[str, str]]:
    """The same, from the notebook's cells run here and now; no picture is drawn."""
    outputs = in_process.run(path)
    return outputs.records, outputs.texts


def noticed(chapters: list[Path], known: dict[str, tuple[list[Record], dict[str, str]]]) -> str:
    """Name of the first chapter that differs from what is stored, or how loading fails; "" if nothing does."""
    try:
        load(Path.cwd())
    except DataError:
        return "loading"
    for path in chapters:
        try:
            if run(path) != known[path.stem]:
                return path.stem
        except Exception:  # a chapter that fails has noticed
            return path.stem
    return ""


def main() -> None:
    """The command line; exits with 1 when a number survives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--lists-last", action="store_true", help="tell what only the lists of the data notice (slower)"
    )
    parser.add_argument("--every", type=int, default=1, help="change only every so manieth number")
    asked = parser.parse_args()
    survivors, score = mutate(asked.every, lists_last=asked.lists_last)
    print(json.dumps(score, indent=1))
    sys.exit(f"nothing noticed: {', '.join(survivors)}" if survivors else 0)


def mutate(every: int, *, lists_last: bool = False) -> tuple[list[str], dict[str, int]]:
    """Change every so manieth number; returns the survivors and how many were noticed by whom.

    With `lists_last` the chapters that show the data as they are come last, which tells what only they notice and
    takes longer.
    """
    known = {path.stem: held(path) for path in contents.chapters(ROOT)}
    survivors: list[str] = []
    score: dict[str, int] = {"changed": 0, "noticed": 0, "by a list of the data alone": 0}
    chosen = list(mutants())[::every]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        for part in ("data", "notebooks", "sweeps"):
            shutil.copytree(ROOT / part, folder / part)
        paths = [folder / "notebooks" / f"{chapter}.ipynb" for chapter in known]
        texts = {path: path.read_text(encoding="utf-8") for path in paths}
        for n, (table, row_id, cells) in enumerate(chosen, start=1):
            named = re.compile(rf"\b{re.escape(row_id)}\b")
            order = sorted(
                paths, key=lambda p: (lists_last and p.stem in LISTS, not named.search(texts[p]), p.stem == "ledger")
            )
            with contextlib.contextmanager(spoiled)(folder, table, row_id, cells), _loosely():
                by = noticed(order, known)
            score["changed"] += 1
            score["noticed"] += bool(by)
            score["by a list of the data alone"] += by in LISTS
            if not by:
                survivors.append(f"{table}/{row_id}")
            if sys.stderr.isatty() or every == 1:
                left = (time.monotonic() - began) / n * (len(chosen) - n)
                print(
                    f"{n} of {len(chosen)}, {left:.0f} s left: {table}/{row_id} {by or 'NOTHING NOTICED'}",
                    file=sys.stderr,
                )
    return survivors, score


@contextlib.contextmanager
def _loosely() -> Iterator[None]:
    """Load without holding bounds against the printed text, which would notice every change and hide the rest."""
    from edition.data import validation

    agree, validation._agree = validation._agree, lambda stated, read: True  # type: ignore[attr-defined]
    try:
        yield
    finally:
        validation._agree = agree  # type: ignore[attr-defined]


if __name__ == "__main__":
    os.environ.setdefault("MPLBACKEND", "agg")
    main()
