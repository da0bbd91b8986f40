"""How the time of a sweep grows with its number of sets, and what that says of many more.

    python -m benchmarks.sweep_sizes             # on this machine, in a copy of the edition; half an hour
    python -m benchmarks.sweep_sizes slurm       # on a Slurm of this machine's own (needs what `make test-cluster` needs)
    python -m benchmarks.sweep_sizes 10 20 40    # other sizes

Writes `benchmarks/sweep_sizes.csv` (for each size the median, the least and the most) and `benchmarks/sweep_sizes.md`
(the line through the medians, and where it leads). What was measured in the other place before is kept.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from tests import cluster
from tests.conftest import ROOT, copy_edition

from analysis import sweeps
from benchmarks.building import machine, measured

RUNS = 3
PLACES = {
    "this machine": ("python", "-m", "analysis.warm", "snakemake", "--cores", "2"),
    "Slurm": ("env", f"PYTHONPATH=src:{ROOT}/.venv/cluster", "snakemake", "--profile", "profiles/slurm"),
}
SIZES = (10, 50, 200)
FROM, TO = 50, 50_000  # what the line is asked for
READING, READ = "reading a sweep", 4000  # a row of the table beside the places; of so many sets
FILE = ROOT / "benchmarks" / "sweep_sizes.csv"


def sized(sets: int, file: Path) -> None:
    """Write a sweep of so many sets of one chapter."""
    grid = {"total": ["printed", "parts"], "kazakh_percent": list(range(101 - sets // 2, 101))}
    said = {"name": f"{sets} sets", "summary": "To be timed.", "chapters": {"refugees_1916": {"grid": grid}}}
    file.write_text(yaml.safe_dump(said), encoding="utf-8")


def rounds(place: str, sizes: list[int]) -> pd.DataFrame:
    """Every run: `sets`, `seconds`."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        edition = copy_edition(Path(folder) / "edition")
        for sets in sizes:
            sized(sets, edition / "sweeps" / f"{sets}.yml")
        os.environ |= {"SWEEP": f"sweeps/{sizes[0]}.yml", "EDITION": ""}
        measured((*PLACES["this machine"], "_build/sweeps/made-from"), edition)
        for n in range(1, RUNS + 1):
            for sets in sizes:
                shutil.rmtree(edition / "_build" / "sweeps" / str(sets), ignore_errors=True)
                os.environ["SWEEP"] = f"sweeps/{sets}.yml"
                seconds = measured((*PLACES[place], "sweep"), edition)["seconds"]
                found.append({"sets": sets, "seconds": seconds})
                print(f"round {n} of {RUNS}, {place}, {sets} sets: {seconds:.1f} s", flush=True)
    return pd.DataFrame(found)


def reading() -> pd.DataFrame:
    """How long it takes to read a sweep's file and check its sets: `sets`, `seconds`, as `rounds`."""
    grid = {
        "total": ["printed", "parts"],
        "kazakh_percent": list(range(1, 101)),
        "about_percent": list(range(READ // 200)),
    }
    said = {"name": "Many sets", "summary": "To be timed.", "chapters": {"refugees_1916": {"grid": grid}}}
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(RUNS):
            file = Path(folder) / f"{n}.yml"  # each is read once
            file.write_text(yaml.safe_dump(said), encoding="utf-8")
            began = time.monotonic()
            sweeps.load(file)
            found.append({"sets": READ, "seconds": time.monotonic() - began})
    return pd.DataFrame(found)


def medians(place: str, found: pd.DataFrame) -> pd.DataFrame:
    """For each size of a place: `place`, `sets`, `median_seconds`, `least_seconds`, `most_seconds`."""
    seconds = found.groupby("sets")["seconds"]
    table = seconds.agg(median_seconds="median", least_seconds="min", most_seconds="max").reset_index()
    table.insert(0, "place", place)
    return table


def line(measured: pd.DataFrame) -> tuple[float, float]:
    """Seconds for each further set, and seconds that any sweep takes: the straight line nearest to the medians."""
    slope, start = np.polyfit(measured["sets"], measured["median_seconds"], 1)
    return float(slope), float(start)


def report(table: pd.DataFrame) -> str:
    """What was measured, the line through it, and where it leads."""
    lines = [
        "# What a sweep costs", "",
        f"Sets of one chapter (1916), on a machine of {machine()}; medians of {RUNS} runs. "
        "Made by `python -m benchmarks.sweep_sizes`.", "",
        "| where | sets | seconds | least to most |",
        "|---|--:|--:|--:|",
        *(
            f"| {row.place} | {row.sets} | {row.median_seconds:.1f} | {row.least_seconds:.1f} to {row.most_seconds:.1f} |"
            for row in table.itertuples()
        ), "",
    ]  # fmt: skip
    for place, rows in table[table["place"] != READING].groupby("place", sort=False):
        slope, start = line(rows)
        first, last = (start + slope * sets for sets in (FROM, TO))
        lines += [
            f"{'On Slurm' if place == 'Slurm' else 'On this machine alone'}, the straight line nearest to the medians: {start:.1f} s, and "
            f"{slope:.2f} s for each set, on two cores. From {FROM} to {TO:,} sets that is from {first / 60:.1f} minutes to "
            f"{last / 3600:.1f} hours, {2 * last / 3600:.0f} hours of one core. This is an extrapolation, far beyond what was measured.",
            "",
        ]
    each = table.loc[table["place"] == READING, "median_seconds"].iloc[0] / READ
    lines.append(
        f"On a cluster one thing grows faster than the number of sets: the job of each set reads the whole sweep, which takes "
        f"{1000 * each:.2f} ms for each of its sets. At {FROM} sets that is nothing; at {TO:,} it would be {each * TO:.0f} s more for every set, "
        f"{each * TO * TO / 3600:,.0f} hours of one core in all, and ten sweeps of a tenth of the sets would take a tenth of that."
    )
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """The command line."""
    words = sys.argv[1:]
    place = "Slurm" if words[:1] == ["slurm"] and words.pop(0) else "this machine"
    if not all(word.isdigit() and int(word) in range(2, 201, 2) for word in words):
        sys.exit("usage: python -m benchmarks.sweep_sizes [slurm] [even numbers of sets, up to 200]")
    sizes = [int(word) for word in words] or list(SIZES)
    with contextlib.ExitStack() as stack:
        if place == "Slurm":
            cluster.install()
            stack.enter_context(cluster.slurm())
        found = rounds(place, sizes)
    new = pd.concat([medians(place, found), medians(READING, reading())])
    kept = pd.read_csv(FILE) if FILE.exists() else new.iloc[:0]
    table = pd.concat([kept[~kept["place"].isin(new["place"])], new], ignore_index=True)
    table.to_csv(FILE, index=False, float_format="%.2f", lineterminator="\n")
    FILE.with_suffix(".md").write_text(report(table), encoding="utf-8")
    print(report(table))


if __name__ == "__main__":
    main()
