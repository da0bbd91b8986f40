"""How long the book takes to make, beside Jupyter Book's own way, and what a change costs.

    python -m benchmarks.building               # five runs of each, in copies of the edition; an hour
    python -m benchmarks.building 2 seen-text   # two runs of what is named

Writes `benchmarks/building.csv` (every run) and `benchmarks/building.md` (medians, spread, the machine); what is not
named keeps the runs it had. Each round makes one run of each kind, so that a machine that grows slower does so for all.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from tests.conftest import ROOT, copy_edition

from edition.build import browser

RUNS, SECONDS = 5, 600  # of each; until something is given up
ALONE = ("python", "-m", "edition.build.lock", "_build")
# What `make book` and `make watch` run
BUILD = (
    *ALONE,
    "python",
    "-m",
    "edition.build.unchanged",
    "_build",
    "python",
    "-m",
    "edition.build.fork_client",
    "python",
    "-m",
    "edition.build.progress",
    "--cores",
    "2",
)
WATCH = (
    "python",
    "-m",
    "edition.build.watch",
    "0",
    *ALONE,
    "python",
    "-m",
    "edition.build.step",
    "progress",
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
    "seen-text": "`make watch`: the text of one notebook changed, until the open page shows it",
    "seen-function": "`make watch`: one function of a chapter changed, until the open page is the new one",
}
SEEN = {"seen-text": "notebooks/table_3.html", "seen-function": "notebooks/russia.html"}  # the page that is open
CHANGES = {*WHAT} - {"jupyter-book"}  # runs of this edition's own way
OTHER = "jupyter-book"  # what the rest is set against
TARGETS = {"seen-text": 4, "seen-function": 7, "number": 30, "unchanged": 2.5}  # seconds at the most
SHARE, MEMORY = 0.3, 800  # from nothing, of the time of `OTHER`; MiB of any run at the most


def measured(command: tuple[str, ...], cwd: Path, **more: str) -> dict[str, float]:
    """Run a command: its seconds, how many notebooks it executed, the memory of all its processes at the most (MiB), and
    the processor's seconds that the whole machine spent meanwhile.
    """
    with subprocess.Popen(command, cwd=cwd, env=environment(cwd, **more), text=True, start_new_session=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process, costs(process.pid) as cost:  # fmt: skip
        output, _ = process.communicate()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{output[-3000:]}")
    return {"executed": output.count("executed in"), **cost}


def environment(cwd: Path, **more: str) -> dict[str, str]:
    """What a command runs with in a copy of the edition."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(cwd / "src"), **more}


@contextmanager
def costs(top: int) -> Iterator[dict[str, float]]:
    """What is done in the context costs, filled in at its end: `seconds`, `processor`, and `mib`, see `memory`."""
    cost: dict[str, float] = {"mib": 0.0}
    spent, began, ended = processor(), time.monotonic(), threading.Event()

    def watch() -> None:
        took = 0.0
        while not ended.wait(max(0.2, 20 * took)):  # to look costs the processor too
            looked = time.thread_time()
            cost["mib"] = max(cost["mib"], memory(top))
            took = time.thread_time() - looked

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield cost
    cost |= {"seconds": time.monotonic() - began, "processor": processor() - spent}
    ended.set()
    watcher.join()


@contextmanager
def watched(edition: Path) -> Iterator[Callable[[str, int], dict[str, float]]]:
    """The book served while it is watched, and a browser: a function that makes a change, and tells what it costs to see it."""
    log = edition.with_name("terminal")
    with (
        log.open("w") as lines,
        subprocess.Popen(WATCH, cwd=edition, env=environment(edition), stdout=lines, stderr=lines, start_new_session=True) as process,
        browser.started() as found,
    ):  # fmt: skip
        if found is None:
            sys.exit("What an open page shows is measured in a browser, and none was found: make browser")
        page = found.new_page()
        try:
            address = spoken(log, r"http://127\.0\.0\.1:\d+/")
            spoken(log, r"The book is made")

            def seen(what: str, n: int) -> dict[str, float]:
                page.goto(f"{address}{SEEN[what]}")
                book = of_page(page)
                executed = log.read_text().count("executed in")
                with costs(process.pid) as cost:
                    changes(edition, n)[what.removeprefix("seen-")]()
                    until(lambda: of_page(page) not in ("", book))
                    if what == "seen-text":
                        page.wait_for_selector(f"text=Seen {n}.", timeout=SECONDS * 1000)
                return {"executed": log.read_text().count("executed in") - executed, **cost}

            yield seen
        finally:
            os.killpg(process.pid, signal.SIGINT)


def of_page(page: Any) -> str:
    """Which book the open page is of; "" while it is being loaded."""
    scripts = page.query_selector_all("script[data-book]")
    return str(scripts[0].get_attribute("data-book")) if scripts else ""


def until(seen: Callable[[], bool]) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + SECONDS
    while not _soundly(seen):
        if time.monotonic() > end:
            sys.exit(f"a change was not seen within {SECONDS} s")
        time.sleep(0.05)


def _soundly(seen: Callable[[], bool]) -> bool:
    try:
        return seen()
    except Exception:  # the page is just being exchanged
        return False


def spoken(log: Path, pattern: str) -> str:
    """What a terminal says, once it says it."""
    found: list[str] = []
    until(lambda: bool(found.extend(re.findall(pattern, log.read_text())) or found))
    return found[0]


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
        "unchanged": lambda: measured(BUILD, edition) and None,  # what `make watch` made before is looked at once
        "text": lambda: edit(
            edition / "notebooks" / "table_3.ipynb", r"The questions ask", lambda m: f"Seen {n}.\\n\\n{m[0]}"
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
                elif what in SEEN:
                    with watched(ours) as seen:
                        seen(what, 100 + n)  # the first change finds less at hand than those of a day's work
                        run = seen(what, 200 + n)
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
    aims = [aim(WHAT[what], usual.loc[what], most) for what, most in TARGETS.items() if what in usual.index]
    if {"nothing", OTHER} <= {*usual.index}:
        aims.append(aim(WHAT["nothing"], usual.loc["nothing"], SHARE * usual.seconds[OTHER]))
    own = found[found["what"] != OTHER]
    aims.append(f"- memory: {MEMORY} MiB at the most was aimed at, {own['mib'].max():.0f} MiB it is")
    return "\n".join([*lines, "", "## What was aimed at", "", *aims]) + "\n"


def aim(what: str, cost: pd.Series, most: float) -> str:
    """Whether something takes no longer than was aimed at; where it does, what of that is work."""
    said = f"- {what}: {most:.1f} s at the most was aimed at, {cost.seconds:.1f} s it is"
    if cost.seconds <= most:
        return f"{said}."
    cores = os.cpu_count() or 1
    floor = cost.processor / cores
    return f"{said}. Its work is {cost.processor:.0f} s of processor time: {cores} cores that never wait would need {floor:.1f} s."


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
