"""Run the sets of a sweep, many to a process, and keep what comes out.

    python -m edition.build.sweep_run all sweeps/islanders.yml --cores 2      # on this machine, to the table
    python -m edition.build.sweep_run plan sweeps/islanders.yml               # what it will take; clears what failed
    python -m edition.build.sweep_run some sweeps/islanders.yml islanders 0 5000      # a job of a cluster
    python -m edition.build.sweep_run table sweeps/islanders.yml              # when all have run

Each set is computed by the chapter's `results` alone, in processes that have the tables loaded (`workers`). What came out
is kept at once, a line for each set, in a file for each hundred of them; so a run that was stopped goes on where it was.
A file says what it was made from, and counts for nothing when that is something else now. A set that fails is a line with
its error, and is tried again by the next run. Belongs here: which sets are still to do, and these files. Not here: the
table made of them (`edition.asking.sweep_table`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edition import paths
from edition.asking import chapters, sweep_table, sweeps
from edition.asking.request import AskedError
from edition.asking.sweep_table import Answer
from edition.asking.sweeps import Sweep
from edition.build import dependencies, workers
from edition.data import own_sources
from edition.data.load import DataError

FILE = 100  # sets whose answers one file holds
TIMED = 4  # sets of each chapter by which it is said beforehand how long many take
SAID = 2.0  # seconds from one line on how far it is to the next
NAMED = 50  # failed sets that are named at the end; the table has all


@dataclass(frozen=True)
class Kept:
    """The answers of a hundred sets that follow each other: a line that says what they are, then one for each set.

    Attributes:
        first: position of the first set among its chapter's; `sets`: how many there are.
    """

    folder: Path
    chapter: str
    first: int
    sets: int
    made_from: str

    @property
    def file(self) -> Path:
        """Where they are kept."""
        return self.folder / self.chapter / f"{self.first:08d}.jsonl"

    @property
    def _head(self) -> str:
        names = list(chapters.declared(self.chapter))
        return json.dumps({"chapter": self.chapter, "first": self.first, "results": names, "made_from": self.made_from})

    def answers(self) -> dict[int, Answer]:
        """What is kept, by position; nothing if it was made from something else. A line that was cut off counts for nothing."""
        try:
            head, *lines = self.file.read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return {}
        names = list(chapters.declared(self.chapter))
        found: dict[int, Answer] = {}
        for line in lines[:-1] if head == self._head else []:
            n, told = json.loads(line)
            found[n] = told if isinstance(told, str) else dict(zip(names, told, strict=True))
        return found

    def begin(self) -> dict[int, Answer]:
        """Make ready to keep more: what is whole and did not fail stays, and is returned."""
        found: dict[int, Answer] = {n: told for n, told in self.answers().items() if not isinstance(told, str)}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.file.with_name(f".{self.file.name}")
        draft.write_text(
            "".join(f"{line}\n" for line in (self._head, *(self._line(n, answer) for n, answer in found.items()))),
            "utf-8",
        )
        draft.replace(self.file)
        return found

    def keep(self, n: int, answer: Answer) -> None:
        """Add what a set gave."""
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(f"{self._line(n, answer)}\n")

    def _line(self, n: int, answer: Answer) -> str:
        names = chapters.declared(self.chapter)
        return json.dumps(
            [n, answer if isinstance(answer, str) else [answer[name] for name in names]], ensure_ascii=False
        )


def kept(sweep: Sweep, chapter: str | None = None, first: int = 0, stop: int | None = None) -> list[Kept]:
    """The files of a sweep in order; of one chapter, those with the sets from a position to another.

    Raises:
        DependencyError: a file that a chapter is made from cannot be read.
    """
    return [
        Kept(sweep.home / "answers", name, at, min(FILE, len(sets) - at), made)
        for name, sets in sweep.sets.items()
        if chapter in (None, name)
        for made in [made_from(sweep, name)]
        for at in range(first - first % FILE, min(len(sets), stop or len(sets)), FILE)
    ]


def made_from(sweep: Sweep, chapter: str) -> str:
    """A hash of all that the answers of a chapter's sets are made from, and of which sets they are."""
    files = dependencies.notebook(paths.root() / "notebooks" / f"{chapter}.ipynb", by=__spec__.name)
    files |= {paths.root() / sweep.edition} if sweep.edition else set()
    files |= set(own_sources.files(sweep.sources)) if sweep.sources else set()
    asked = json.dumps(
        [sweep.said["chapters"][chapter], dependencies.digest(files), dependencies.environment()], default=str
    )
    return hashlib.sha256(asked.encode()).hexdigest()


def run(files: list[Kept], sweep: Sweep, cores: int) -> int:
    """Compute what the files do not hold yet; how many sets that were. A line is printed as it goes on, and for each that fails."""
    at = {(one.chapter, one.first): one for one in files}
    total, done, begun, told = sum(one.sets for one in files), 0, time.monotonic(), time.monotonic()

    def to_do() -> Iterator[workers.Task]:
        nonlocal done
        for one in files:
            there = one.begin()
            done += len(there)
            given = sweep.sets[one.chapter].iloc[one.first : one.first + one.sets].to_dict("records")
            yield from (
                workers.Task(one.chapter, one.first + n, values)
                for n, values in enumerate(given)
                if one.first + n not in there
            )

    computed = 0
    for task, answer in workers.answers(to_do(), cores):
        at[task.chapter, task.n - task.n % FILE].keep(task.n, answer)
        computed, done = computed + 1, done + 1
        if isinstance(answer, str):
            print(f"{task}: {answer}", flush=True)
        if time.monotonic() - told > SAID:
            told = time.monotonic()
            left = (told - begun) * (total - done) / computed
            print(f"{done:,} of {total:,} sets, {told - begun:.0f} s, about {left:.0f} s left", flush=True)
    return computed


def plan(sweep: Sweep, cores: int, meant: bool) -> str:
    """What is asked for, in words, and for many sets how long it will take.

    Raises:
        AskedError: there are more sets than the file says are expected, and nobody said that they are meant.
    """
    sizes = ", ".join(f"{len(sets):,} of {chapter}" for chapter, sets in sweep.sets.items())
    asked = f"{sweep.name}: {sweep.count:,} parameter sets ({sizes})"
    if sweep.count <= sweeps.MANY:
        return asked
    seconds = 0.0
    for chapter, sets in sweep.sets.items():
        some = sets.iloc[[len(sets) * (2 * n + 1) // (2 * TIMED) for n in range(TIMED)]].drop_duplicates()
        begun = time.monotonic()
        for _ in workers.answers((workers.Task(chapter, 0, given) for given in some.to_dict("records")), 1):
            pass
        seconds += (time.monotonic() - begun) / len(some) * len(sets)
    takes = f"{asked}; about {_duration(seconds / cores)} with {cores} at a time"
    if sweep.count > sweep.expected and not meant:
        raise AskedError(
            f"{sweep.file}, expected: {sweep.expected}; {takes}; allowed: expected: {sweep.count}, or YES=1 beside make sweep"
        )
    return takes


def finish(sweep: Sweep) -> str:
    """Write the table, and say what came out.

    Raises:
        AskedError: sets are missing, or failed, each with its parameters and its error.
    """
    files = kept(sweep)
    parts = ((one.chapter, one.first, _whole(one)) for one in files)
    ranges, failed = sweep_table.write(sweep, parts)
    found = sweep_table.summary_lines(ranges)
    where = f"{sweep.home}/results.parquet and .csv; what they hold is in datapackage.json, the summary in summary.csv and .md"
    if failed.empty:
        return f"{found}\n{sweep.count:,} sets done: {where}"
    columns = failed.drop(columns=["result", "unit", "value"])
    told = [
        ", ".join(f"{name} {value}" for name, value in row.dropna().items())
        for _, row in columns.head(NAMED).iterrows()
    ]
    told += [f"and {len(failed) - NAMED:,} more, in results.csv"] * (len(failed) > NAMED)
    count = f"{len(failed):,} of {sweep.count:,} sets failed; the next run tries them again:"
    raise AskedError("\n".join([found, count, *told, where]))


def _whole(one: Kept) -> list[Answer]:
    found = one.answers()
    if missing := [n for n in range(one.first, one.first + one.sets) if n not in found]:
        raise AskedError(f"{one.file}: {len(missing)} of {one.sets} sets have not run; run the sweep again")
    return [found[n] for n in range(one.first, one.first + one.sets)]


def jobs(sweep: Sweep, size: int) -> dict[str, list[tuple[int, int]]]:
    """The jobs of a cluster, by chapter: from which set to which, of about so many sets each."""
    step = max(size - size % FILE, FILE)
    return {
        chapter: [(first, min(first + step, len(sets))) for first in range(0, len(sets), step)]
        for chapter, sets in sweep.sets.items()
    }


def clear(sweep: Sweep) -> None:
    """Let those jobs of a cluster run again that have not the results of all their sets."""
    wanting = {
        (one.chapter, one.first)
        for one in kept(sweep)
        for found in [one.answers()]
        if len(found) < one.sets or any(isinstance(answer, str) for answer in found.values())
    }
    for stamp in sweep.home.glob("jobs/*/*-*"):
        first, stop = map(int, stamp.name.split("-"))
        if any((stamp.parent.name, at) in wanting for at in range(first, stop, FILE)):
            stamp.unlink()


def _duration(seconds: float) -> str:
    """A time in words, in a unit that fits.

    >>> _duration(40), _duration(600), _duration(90_000)
    ('40 s', '10 min', '25.0 hours')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} hours"


def main() -> None:
    """The command line: what came out on success, one clear error otherwise."""
    parser = argparse.ArgumentParser(description="Run the sets of a sweep.")
    parser.add_argument("action", choices=["all", "plan", "some", "table"])
    parser.add_argument("file", type=Path)
    parser.add_argument("which", nargs="*", help="of some: chapter, first set, the set after the last")
    parser.add_argument("--cores", type=int, default=1, help="how many processes compute at a time")
    parser.add_argument("--yes", action="store_true", help="as many sets are meant as there are")
    asked = parser.parse_args()
    try:
        sweep = sweeps.load(asked.file)
        sweep.enter()
        if asked.action in ("all", "plan"):
            print(plan(sweep, asked.cores, asked.yes), flush=True)
        if asked.action == "plan":
            clear(sweep)
        if asked.action == "some":
            chapter, first, stop = asked.which
            run(kept(sweep, chapter, int(first), int(stop)), sweep, asked.cores)
        if asked.action == "all":
            run(kept(sweep), sweep, asked.cores)
        if asked.action in ("all", "table"):
            print(finish(sweep))
    except (AskedError, DataError, dependencies.DependencyError, OSError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("stopped; what is done is kept, and the same command goes on from there")


if __name__ == "__main__":
    main()
