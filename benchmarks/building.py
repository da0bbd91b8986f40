"""How long the book takes to make, beside Jupyter Book's own way, and what a change costs.

    python -m benchmarks.building            # five runs of each, in copies of the edition; an hour or more
    python -m benchmarks.building 2 text     # two runs of what is named

Writes `benchmarks/building.csv` (every run) and `benchmarks/building.md` (medians, spread, the machine); what is not
named keeps the runs it had. Each round makes one run of each kind, so that a machine that grows slower does so for all.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import yaml
from tests.conftest import ROOT, copy_edition

RUNS = 5
BUILD = (
    "python",
    "-m",
    "edition.build.lock",
    "_build",
    "python",
    "-m",
    "edition.build.fork_client",
    "snakemake",
    "--cores",
    "2",
)
FORCE = ("jupyter-book", "build", "--all", ".")
WHAT = {
    "jupyter-book": "Jupyter Book alone, executing all notebooks and making every exhibit's files",
    "nothing": "make book, from nothing executed",
    "unchanged": "nothing changed",
    "text": "the text of one notebook changed",
    "number": "one number of the data changed",
    "function": "one function of a chapter changed",
    "shared": "one function that most chapters use changed",
}
CHANGES = {"nothing", "unchanged", "text", "number", "function", "shared"}  # runs of this edition's own way
OTHER = "jupyter-book"  # what the rest is set against
TARGETS = {"nothing": 4, "unchanged": 20, "text": 6}  # to be so many times as fast


def measured(command: tuple[str, ...], cwd: Path, **more: str) -> dict[str, float]:
    """Run a command: its seconds, how many notebooks it executed, the memory of all its processes at the most (MiB), and
    the processor's seconds that the whole machine spent meanwhile.
    """
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(cwd / "src"),
        **more,
    }
    spent, began, most, ended = processor(), time.monotonic(), [0.0], threading.Event()
    with subprocess.Popen(command, cwd=cwd, env=environment, text=True, start_new_session=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:  # fmt: skip

        def watch() -> None:
            while not ended.wait(0.2):
                most[0] = max(most[0], memory(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        output, _ = process.communicate()
        ended.set()
        watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{output[-3000:]}")
    return {
        "seconds": time.monotonic() - began,
        "executed": output.count("executed in"),
        "mib": most[0],
        "processor": processor() - spent,
    }


def processor() -> float:
    """Seconds that all cores together have worked since the machine started; Linux alone knows it."""
    user, nice, system = map(int, Path("/proc/stat").read_text().split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def memory(top: int) -> float:
    """Memory of a process and all that it started, pages they share counted once, in MiB; Linux alone knows it."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
    family, more = {top}, {top}
    while more:
        more = {child for child, parent in parents.items() if parent in more} - family
        family |= more
    total = 0
    for member in family:
        try:
            rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M).group(1))  # type: ignore[union-attr]
    return total / 1024


def edit(path: Path, pattern: str, words: Callable[[re.Match[str]], str]) -> None:
    """Change the first place in a file that fits."""
    text = path.read_text(encoding="utf-8")
    changed = re.sub(pattern, words, text, count=1)
    assert changed != text, f"{path}: nothing fits {pattern!r}"
    path.write_text(changed, encoding="utf-8")


def forcing(edition: Path) -> None:
    """Have Jupyter Book execute everything itself."""
    config = yaml.safe_load((edition / "_config.yml").read_text(encoding="utf-8"))
    config["execute"] = {"execute_notebooks": "force", "timeout": 300}
    (edition / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")


def clear(edition: Path) -> None:
    """Leave nothing that was made."""
    for name in ("_build", ".snakemake"):
        shutil.rmtree(edition / name, ignore_errors=True)


def changes(edition: Path, n: int) -> dict[str, Callable[[], None]]:
    """What is done before each run, for round `n`."""
    source = edition / "src" / "analysis"
    return {
        "nothing": lambda: clear(edition),
        "unchanged": lambda: None,
        "text": lambda: edit(
            edition / "notebooks" / "table_3.ipynb", r"## What did not reproduce", lambda m: f"Seen {n}.\\n\\n{m[0]}"
        ),
        "number": lambda: edit(
            edition / "data" / "stocks.csv",
            r'"30,\d\d\d",30\d\d\d,30\d\d\d(,none,kazakhs,tatimov_2003)',
            lambda m: f'"30,{n:03d}",30{n:03d},30{n:03d}{m[1]}',
        ),
        "function": lambda: edit(source / "chapters" / "russia.py", r"def findings\(", lambda m: f"# {n}\n\n\n{m[0]}"),
        "shared": lambda: edit(source / "computing" / "stocks.py", r"def exhibit\(", lambda m: f"# {n}\n\n\n{m[0]}"),
    }


def rounds(runs: int, wanted: list[str]) -> Iterator[pd.DataFrame]:
    """After each round, every run so far: `what`, `round`, `seconds`, `executed`, `mib`, `processor`."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = (copy_edition(Path(folder) / name) for name in ("ours", "theirs"))
        forcing(theirs)
        if "nothing" not in wanted and CHANGES & set(wanted):
            measured(BUILD, ours)
        for n in range(1, runs + 1):
            for what in wanted:
                if what == "jupyter-book":
                    clear(theirs)
                    run = measured(FORCE, theirs)
                else:
                    changes(ours, n)[what]()
                    run = measured(BUILD, ours)
                found.append({"what": what, "round": n, **run})
                print(
                    f"round {n} of {runs}, {WHAT[what]}: {run['seconds']:.1f} s, {run['executed']:.0f} executed",
                    flush=True,
                )
            yield pd.DataFrame(found)


def machine() -> str:
    """What the machine is, in a line."""
    model = (
        re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else None
    )
    return f"{os.cpu_count()} cores, {model[1] if model else platform.processor()}, {platform.system()}, Python {platform.python_version()}"


def report(found: pd.DataFrame) -> str:
    """Medians and spread as a table, each beside Jupyter Book's own way; then what was aimed at."""
    grouped = found.groupby("what", sort=False)
    usual = grouped[["seconds", "executed", "mib", "processor"]].median()
    lines = [
        "# How long the book takes to make", "",
        f"Medians, with the least and the most. Machine: {machine()}. Made by `make bench`. The share is of Jupyter Book's own time. "
        "Processor: the seconds of all cores together.", "",
        "| what | runs | seconds | least to most | share | processor | notebooks executed | memory, MiB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    for what, rows in grouped:
        seconds, middle = rows["seconds"], usual.loc[what]
        share = f"{100 * middle.seconds / usual.seconds[OTHER]:.0f} %" if OTHER in usual.index else ""
        executed = f"{middle.executed:.0f}" if what in CHANGES else ""
        lines.append(
            f"| {WHAT[str(what)]} | {len(rows)} | {middle.seconds:.1f} | {seconds.min():.1f} to {seconds.max():.1f} "
            f"| {share} | {middle.processor:.0f} | {executed} | {middle.mib:.0f} |"
        )
    aims = [aim(what, times, usual) for what, times in TARGETS.items() if {what, OTHER} <= {*usual.index}]
    return "\n".join([*lines, "", "## What was aimed at", "", *aims]) + "\n"


def aim(what: str, times: int, usual: pd.DataFrame) -> str:
    """Whether something is as many times faster as was aimed at; where not, what it would take."""
    cores = os.cpu_count() or 1
    other, own = usual.seconds[OTHER], usual.loc[what]
    said = f"- {WHAT[what]}: {times} times as fast was aimed at, {other / own.seconds:.1f} times it is"
    if own.seconds <= other / times:
        return f"{said}."
    floor = own.processor / cores
    return (
        f"{said}: {own.seconds - other / times:.0f} s too slow. Its work is {own.processor:.0f} s of processor time, so that "
        f"{cores} cores that never wait would need {floor:.0f} s ({other / floor:.1f} times as fast); the rest is work done in turn."
    )


def kept(found: pd.DataFrame) -> pd.DataFrame:
    """The new runs with the earlier ones of what was not measured now, in the order of `WHAT`."""
    file = ROOT / "benchmarks" / "building.csv"
    before = pd.read_csv(file).query("what not in @found.what") if file.is_file() else found.iloc[:0]
    return pd.concat([before, found]).sort_values("what", key=lambda names: names.map(list(WHAT).index), kind="stable")


def main() -> None:
    """The command line."""
    words = sys.argv[1:]
    runs = int(words.pop(0)) if words and words[0].isdigit() else RUNS
    if unknown := set(words) - set(WHAT):
        sys.exit(f"{sorted(unknown)[0]!r} is not measured; allowed: {', '.join(WHAT)}")
    wanted = [what for what in WHAT if what in words or not words]
    for measured_now in rounds(runs, wanted):  # written after each, as an hour is long
        found = kept(measured_now)
        found.to_csv(ROOT / "benchmarks" / "building.csv", index=False, float_format="%.2f", lineterminator="\n")
        (ROOT / "benchmarks" / "building.md").write_text(report(found), encoding="utf-8")
    print(report(found))


if __name__ == "__main__":
    main()
