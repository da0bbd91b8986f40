"""How the time of a sweep grows with its number of sets, and what that says of many more.

    python -m benchmarks.sweep_sizes             # on this machine, in a copy of the edition; ten minutes
    python -m benchmarks.sweep_sizes slurm       # on a Slurm of this machine's own (needs what `make test-cluster` needs)
    python -m benchmarks.sweep_sizes 10 20 40    # other sizes

Writes `benchmarks/sweep_sizes.csv` (for each size the median, the least and the most) and `benchmarks/sweep_sizes.md`
(the line through the medians, and where it leads). What was measured in the other place before is kept. What grows
with the number of sets beside their runs is measured by what Snakemake plans for a sweep of many, none of which is run:
each job of a cluster reads the whole sweep, and the sweep itself is planned once.
"""

from __future__ import annotations

import contextlib
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

HERE, CLUSTER = "this machine", "Slurm"
RUNS = {HERE: 3, CLUSTER: 1}
SIZES = {HERE: (10, 50, 200), CLUSTER: (50, 100, 150)}  # on Slurm 25 sets are one job, and two run at a time
FROM, TO = 50, 50_000  # what the line is asked for
# Rows of the table beside the places: what is planned of a sweep of so many sets
FEW, MANY = 2, 5000
READ, PLANNED = "read by a job", "planned"
PLANS = {READ: "fingerprint", PLANNED: "sweep"}
FILE = ROOT / "benchmarks" / "sweep_sizes.csv"


def sized(sets: int, file: Path) -> None:
    """Write a sweep of so many sets of one chapter."""
    widths = -(-sets // 200)
    grid = {
        "total": ["printed", "parts"],
        "kazakh_percent": list(range(101 - sets // widths // 2, 101)),
        "about_percent": list(range(widths)),
    }
    said = {"name": f"{sets} sets", "summary": "To be timed.", "chapters": {"refugees_1916": {"grid": grid}}}
    file.write_text(yaml.safe_dump(said), encoding="utf-8")


def rounds(place: str, sizes: list[int]) -> pd.DataFrame:
    """Every run: `place`, `sets`, `seconds`; on this machine those of what is only planned among them."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        edition = copy_edition(Path(folder) / "edition")
        for sets in {*sizes, FEW, MANY}:
            sized(sets, edition / "sweeps" / f"{sets}.yml")
        here = ("python", "-m", "edition.build.fork_client", "snakemake", "--cores", "2")
        swept = (*here, "sweep") if place == HERE else cluster.on_slurm(edition, "sweep")
        runs = [(place, sets, swept) for sets in sizes]
        dry = ("snakemake", "--cores", "1", "--dry-run", "--quiet", "all", "--")
        if place == HERE:
            runs += [(named, sets, (*dry, rule)) for named, rule in PLANS.items() for sets in (FEW, MANY)]
        measured((*here, "_build/sweeps/made-from"), edition, SWEEP=f"sweeps/{FEW}.yml", EDITION="")
        for n in range(1, RUNS[place] + 1):
            for named, sets, words in runs:
                shutil.rmtree(edition / "_build" / "sweeps" / str(sets), ignore_errors=True)
                seconds = measured(words, edition, SWEEP=f"sweeps/{sets}.yml", EDITION="")["seconds"]
                found.append({"place": named, "sets": sets, "seconds": seconds})
                print(f"round {n} of {RUNS[place]}, {named}, {sets} sets: {seconds:.1f} s", flush=True)
    return pd.DataFrame(found)


def medians(found: pd.DataFrame) -> pd.DataFrame:
    """For each place and size: `place`, `sets`, `runs`, `median_seconds`, `least_seconds`, `most_seconds`."""
    seconds = found.groupby(["place", "sets"], sort=False)["seconds"]
    return seconds.agg(runs="count", median_seconds="median", least_seconds="min", most_seconds="max").reset_index()


def line(measured: pd.DataFrame) -> tuple[float, float]:
    """Seconds for each further set, and seconds that any sweep takes: the straight line nearest to the medians."""
    slope, start = np.polyfit(measured["sets"], measured["median_seconds"], 1)
    return float(slope), float(start)


def report(table: pd.DataFrame) -> str:
    """What was measured, the line through it, and where it leads."""
    lines = [
        "# What a sweep costs", "",
        f"Sets of one chapter (1916), on a machine of {machine()}; seconds are medians of the runs. "
        "Made by `python -m benchmarks.sweep_sizes`.", "",
        "| where | sets | runs | seconds | least to most |",
        "|---|--:|--:|--:|--:|",
        *(
            f"| {row.place} | {row.sets} | {row.runs} | {row.median_seconds:.1f} | "
            f"{row.least_seconds:.1f} to {row.most_seconds:.1f} |"
            for row in table.itertuples()
        ), "",
    ]  # fmt: skip
    slopes = {}
    for place, said in ((HERE, "On this machine alone"), (CLUSTER, "On Slurm")):
        if (table["place"] == place).any():
            slopes[place], start = line(table[table["place"] == place])
            first, last = (start + slopes[place] * sets for sets in (FROM, TO))
            lines += [
                f"{said}, the straight line nearest to the medians: {start:.1f} s, and {slopes[place]:.2f} s for each set, on two cores. "
                f"From {FROM} to {TO:,} sets that is from {first / 60:.1f} minutes to {last / 3600:.1f} hours, "
                f"{2 * last / 3600:.0f} hours of one core. This is an extrapolation, far beyond what was measured.",
                "",
            ]
    if CLUSTER in slopes:
        times = slopes[CLUSTER] / slopes[HERE]
        lines += [
            f"On Slurm a set takes {times:.1f} times as long, as Snakemake, pandas and the rest are started for each: "
            f"a cluster is sooner done than two cores of one machine if it gives {2 * times:.0f} cores at a time or more.",
            "",
        ]
    read, planned = (line(table[table["place"] == kind])[0] for kind in PLANS)
    lines.append(
        f"Two things grow beside the runs. Snakemake plans the sweep once: {1000 * planned:.1f} ms for each of its sets, "
        f"{planned * TO / 60:.1f} minutes for {TO:,} if it goes on as straight as between {FEW} and {MANY:,}. And on a cluster "
        f"the job of each set reads the whole sweep: {1000 * read:.2f} ms for each of its sets, so that of {TO:,} sets each "
        f"would take {read * TO:.0f} s more, {read * TO * TO / 3600:,.0f} hours of one core in all; ten sweeps of a tenth "
        "of the sets would take a tenth of that."
    )
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """The command line."""
    words = sys.argv[1:]
    place = CLUSTER if words[:1] == ["slurm"] and words.pop(0) else HERE
    if len(words) == 1 or not all(word.isdigit() and int(word) in range(2, 201, 2) for word in words):
        sys.exit("usage: python -m benchmarks.sweep_sizes [slurm] [two or more even numbers of sets, up to 200]")
    with contextlib.ExitStack() as stack:
        if place == CLUSTER:
            cluster.install()
            stack.enter_context(cluster.slurm())
        new = medians(rounds(place, [int(word) for word in words] or list(SIZES[place])))
    kept = pd.read_csv(FILE) if FILE.exists() else new.iloc[:0]
    both = [new, kept[~kept["place"].isin(new["place"])]]
    table = pd.concat([rows[rows["place"] == place] for place in (HERE, CLUSTER, *PLANS) for rows in both])
    table.to_csv(FILE, index=False, float_format="%.2f", lineterminator="\n")
    FILE.with_suffix(".md").write_text(report(table), encoding="utf-8")
    print(report(table))


if __name__ == "__main__":
    main()
