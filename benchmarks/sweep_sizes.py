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
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from tests import cluster
from tests.conftest import ROOT, copy_edition

from benchmarks.building import machine, measured

RUNS = 3
PLACES = {
    "this machine": ("python", "-m", "analysis.warm", "snakemake", "--cores", "2"),
    "Slurm": ("env", f"PYTHONPATH=src:{ROOT}/.venv/cluster", "snakemake", "--profile", "profiles/slurm"),
}
SIZES = (10, 50, 200)
FROM, TO = 50, 50_000  # what the line is asked for
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


def line(medians: pd.DataFrame) -> tuple[float, float]:
    """Seconds for each further set, and seconds that any sweep takes: the straight line nearest to the medians."""
    slope, start = np.polyfit(medians["sets"], medians["median_seconds"], 1)
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
    for place, medians in table.groupby("place", sort=False):
        slope, start = line(medians)
        hours = [(start + slope * sets) / 3600 for sets in (FROM, TO)]
        lines += [
            f"On {'a ' if place == 'Slurm' else ''}{place}{' of one machine' if place == 'Slurm' else ''}, the straight line "
            f"through the {len(medians)} medians: {start:.1f} s, and {slope:.2f} s for each set, on two cores. "
            f"From {FROM} to {TO:,} sets that is from {60 * hours[0]:.1f} minutes to {hours[1]:.1f} hours, or "
            f"{2 * slope * TO / 3600:.0f} core-hours: an extrapolation far beyond what was measured, which takes it that "
            "nothing grows faster than the number of sets.",
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """The command line."""
    words = sys.argv[1:]
    place = "Slurm" if words[:1] == ["slurm"] and words.pop(0) else "this machine"
    if not all(word.isdigit() and 2 <= int(word) <= 200 for word in words):
        sys.exit("usage: python -m benchmarks.sweep_sizes [slurm] [numbers of sets, from 2 to 200]")
    sizes = [int(word) for word in words] or list(SIZES)
    with contextlib.ExitStack() as stack:
        if place == "Slurm":
            cluster.install()
            stack.enter_context(cluster.slurm())
        seconds = rounds(place, sizes).groupby("sets")["seconds"]
    found = pd.DataFrame(
        {
            "place": place,
            "median_seconds": seconds.median(),
            "least_seconds": seconds.min(),
            "most_seconds": seconds.max(),
        }
    )
    before = pd.read_csv(FILE) if FILE.exists() else pd.DataFrame({"place": []})
    table = pd.concat([before[before["place"] != place], found.reset_index()]).convert_dtypes()
    table = table[["place", "sets", "median_seconds", "least_seconds", "most_seconds"]]
    table.to_csv(FILE, index=False, float_format="%.2f", lineterminator="\n")
    FILE.with_suffix(".md").write_text(report(table), encoding="utf-8")
    print(report(table))


if __name__ == "__main__":
    main()
