"""What a sweep costs beside the papermill command, how its time grows with its number of sets, and what that says of many more.

    python -m benchmarks.sweep_sizes             # on this machine, in a copy of the edition; ten minutes
    python -m benchmarks.sweep_sizes slurm       # on a Slurm of this machine's own (needs what `make test-cluster` needs)

Writes `benchmarks/sweep_sizes.csv` (for each place, chapter and size the median, the least and the most) and
`benchmarks/sweep_sizes.md` (what was aimed at, the line through the medians, and where it leads). What was measured in the
other place before is kept. In each round every kind has its turn, so that what slows the machine slows all of them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from tests import cluster
from tests.conftest import ROOT, copy_edition

from benchmarks.building import machine, measured

PAPERMILL, HERE, CLUSTER = "the papermill command", "this machine", "Slurm"
# Compared with papermill is a chapter that has figures, as most do; compared with Slurm one of which there can be any number of sets
# that are not alike, and which takes long enough for it
USUAL, LONG = "refugees_1916", "interlude"
NAMED = {USUAL: "*The refugees of 1916*", LONG: "*Sixty years without a wave?*"}
COMMANDS = 5  # of papermill in a round; each begins anew, so that a hundred take twenty times as long
# Sets: compared with papermill, aimed at, compared with Slurm, said from the line
FEW, MANY, LARGE, TOLD = 100, 10_000, 20_000, 1_000_000
SIZES = {
    HERE: {(USUAL, FEW): 3, (USUAL, 2000): 3, (USUAL, MANY): 1, (LONG, LARGE): 1},
    CLUSTER: {(LONG, LARGE): 1},
}  # chapter and sets → rounds
FASTER, MINUTES, DEARER = 100, 15, 1.3  # aimed at: times as fast as papermill, for MANY sets, a set on Slurm
FILE = ROOT / "benchmarks" / "sweep_sizes.csv"


FORMS = {"total": ["printed", "parts"], "open_bound": ["as bound", "leave open"]}


def sized(chapter: str, sets: int, file: Path) -> None:
    """Write a sweep of so many sets of one chapter, all different."""
    widths = min(-(-sets // 400), 25)
    grid = FORMS | {"about_percent": f"0-{widths - 1}", "kazakh_percent": f"1-{sets // (4 * widths)}"}
    asked = {"grid": grid} if chapter == USUAL else {"sample": sets}
    said = {"name": f"{sets} sets", "summary": "To be timed.", "expected": sets, "chapters": {chapter: asked}}
    file.write_text(yaml.safe_dump(said), encoding="utf-8")


def rounds(place: str) -> Iterator[pd.DataFrame]:
    """After each round every run up to then: `place`, `chapter`, `sets`, `seconds`, `mib` (of all its processes at the most), `load` (of the machine before); on this machine papermill's among them."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        edition = copy_edition(Path(folder) / "edition")
        (edition / "_build" / "loop").mkdir(parents=True)
        for chapter, sets in SIZES[place]:
            sized(chapter, sets, edition / "sweeps" / f"{sets}.yml")
        for n in range(1, max(SIZES[place].values()) + 1):
            runs = [
                (place, chapter, sets, _sweep(place, sets, edition))
                for (chapter, sets), times in SIZES[place].items()
                if n <= times
            ]
            papermill = [(PAPERMILL, USUAL, COMMANDS, _papermill())] * (place == HERE)
            for named, chapter, sets, words in papermill + runs:
                shutil.rmtree(edition / "_build" / "sweeps", ignore_errors=True)
                busy = os.getloadavg()[0]
                spent = measured(words, edition, SWEEP=f"sweeps/{sets}.yml", EDITION="")
                of_run = {"seconds": spent["seconds"], "mib": spent["mib"], "load": busy}
                found.append({"place": named, "chapter": chapter, "sets": sets, **of_run})
                print(
                    f"round {n}, {named}, {sets} sets of {chapter}: {spent['seconds']:.1f} s, {spent['mib']:.0f} MiB",
                    flush=True,
                )
            yield pd.DataFrame(found)


def _papermill() -> tuple[str, ...]:
    one = f"papermill --cwd notebooks notebooks/{USUAL}.ipynb _build/loop/$n.ipynb -p kazakh_percent $n"
    return ("bash", "-ec", f"for n in $(seq {COMMANDS}); do {one}; done")


def _sweep(place: str, sets: int, edition: Path) -> tuple[str, ...]:
    """What `make sweep` runs."""
    run, file = "python -m edition.build.sweep_run", f"sweeps/{sets}.yml"
    if place == HERE:
        return (*f"python -m edition.build.lock _build/sweeps {run} all {file} --cores 2".split(),)
    jobs = " ".join(cluster.on_slurm(edition, "sweep"))
    return ("bash", "-ec", f"{run} plan {file} --cores 2; {jobs}; {run} table {file}")


def medians(found: pd.DataFrame) -> pd.DataFrame:
    """For each place, chapter and size: `place`, `chapter`, `sets`, `runs`, `median_seconds`, `least_seconds`, `most_seconds`, `mib` and `load` (the most)."""
    groups = found.groupby(["place", "chapter", "sets"], sort=False)
    seconds = groups["seconds"].agg(runs="count", median_seconds="median", least_seconds="min", most_seconds="max")
    return seconds.assign(mib=groups["mib"].max(), load=groups["load"].max()).reset_index()


def line(measured: pd.DataFrame) -> tuple[float, float]:
    """Seconds for each further set, and seconds that any sweep takes: the straight line nearest to the medians."""
    slope, start = np.polyfit(measured["sets"], measured["median_seconds"], 1)
    return float(slope), float(start)


def report(table: pd.DataFrame) -> str:
    """What was measured beside what was aimed at, the line through it, and where it leads."""
    by = table.set_index(["place", "chapter", "sets"]).sort_index()
    seconds, memory = by["median_seconds"], by["mib"]
    usual = table[(table["place"] == HERE) & (table["chapter"] == USUAL)]
    lines = [
        "# What a sweep costs", "",
        f"Sets of a chapter, on a machine of {machine()}; seconds are medians of the runs, memory that of all processes "
        "together, load how many others wanted a core when a run began, at the most. Made by `python -m benchmarks.sweep_sizes`.", "",
        "| where | chapter | sets | runs | seconds | least to most | memory, MiB | load |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
        *(
            f"| {row.place} | {NAMED[row.chapter]} | {row.sets:,} | {row.runs} | {row.median_seconds:.1f} | "
            f"{row.least_seconds:.1f} to {row.most_seconds:.1f} | {row.mib:.0f} | {row.load:.1f} |"
            for row in table.itertuples()
        ), "", "## What was aimed at", "",
    ]  # fmt: skip
    asked = seconds[PAPERMILL, USUAL]
    papermill = asked.iloc[0] / asked.index[0] * FEW
    lines.append(
        f"- {FEW} sets: {FASTER} times as fast as papermill was aimed at, {papermill / seconds[HERE, USUAL, FEW]:.0f} times it is: "
        f"{seconds[HERE, USUAL, FEW]:.1f} s, where the command would take {papermill:.0f} s at what {asked.index[0]} of it took."
    )
    if (HERE, USUAL, MANY) in seconds.index:
        lines.append(
            f"- {MANY:,} sets on two cores: at most {MINUTES} minutes were aimed at, {seconds[HERE, USUAL, MANY] / 60:.1f} it is, with "
            f"{memory[HERE, USUAL, MANY]:.0f} MiB where {FEW} sets take {memory[HERE, USUAL, FEW]:.0f}."
        )
    if {(HERE, LONG, LARGE), (CLUSTER, LONG, LARGE)} <= set(seconds.index):
        times = seconds[CLUSTER, LONG, LARGE] / seconds[HERE, LONG, LARGE]
        lines.append(
            f"- {LARGE:,} sets on a Slurm of the same two cores: at most {DEARER} times the seconds were aimed at, {times:.2f} times it is."
        )
    if len(usual) > 1:
        slope, start = line(usual)
        many = start + slope * TOLD
        lines += [
            "",
            f"The straight line nearest to the medians of this machine for {NAMED[USUAL]}: {start:.1f} s, and {1000 * slope:.1f} ms for each "
            f"set, on two cores. By it {TOLD:,} sets would take {many / 3600:.1f} hours, {2 * many / 3600:.0f} hours of one core. This is an "
            "extrapolation, far beyond what was measured.",
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """The command line."""
    if len(sys.argv) > 1 and sys.argv[1:] != ["slurm"]:
        sys.exit("usage: python -m benchmarks.sweep_sizes [slurm]")
    place = CLUSTER if sys.argv[1:] else HERE
    with contextlib.ExitStack() as stack:
        if place == CLUSTER:
            cluster.install()
            stack.enter_context(cluster.slurm())
        before = [pd.read_csv(FILE)] if FILE.exists() else []
        for found in rounds(place):  # written after each, as they are long
            new = medians(found)
            both = pd.concat([new, *(kept[~kept["place"].isin(new["place"])] for kept in before)])
            table = pd.concat([both[both["place"] == one] for one in (PAPERMILL, HERE, CLUSTER)])
            table.to_csv(FILE, index=False, float_format="%.2f", lineterminator="\n")
            FILE.with_suffix(".md").write_text(report(table), encoding="utf-8")
    print(report(table))


if __name__ == "__main__":
    main()
