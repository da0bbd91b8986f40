"""Sources of one's own, drawn by chance with a seed, against every sentence and exhibit of the chapters that compare estimates.

    python -m tests.own_sources                  # 300 sources, one in ten drawn as pictures too
    python -m tests.own_sources --count 20 --drawn 5

Of each source: what is said of the paper stays, no text breaks the rules of `states` or says what is none, every number
stands in every exhibit of its kind as it was written, and whoever is credited is.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.chapters import small_communities
from analysis.chapters.small_communities import SmallCommunities
from analysis.computing import choices, outside, stocks
from analysis.data import load
from analysis.tables import Tables
from edition.data import own_sources
from edition.exhibits.exhibit import Exhibit, Picture
from edition.exhibits.record import FigureRecord, Record
from tests import states
from tests.conftest import ROOT

HOSTS_OF_CHAPTERS = ("russia", "uzbekistan", "mongolia")
CHAPTERS = (
    "estimates", "explorer", "benchmark", "small_communities", "world_total", "china", "size_groups", *HOSTS_OF_CHAPTERS, "every_number",
    "sources",
)  # fmt: skip
NO_NUMBER = re.compile(r"(?<![\w-])nan\b|\binf\b|\bNone\b(?! of)|\bNaT\b")
QUALIFIED = ("about", "almost", "over", "more than", "less than", "at least", "up to")
DATES = ("", "1989", "2001", "2003", "2017", "2020-11", "2021-01-01", "2009/2010", "1999/2005", "2020-05/2021-06")
LABELS = (
    "Census office",
    "Перепись населения Қазақстан",
    "A statistical office whose name is as long as sixty letters are",
    "Ég és föld",
)
NEW = {"atlantis": "Atlantis", "lemuria": "Land of Lemuria"}


def source(chance: random.Random, places: list[str], folder: Path) -> None:
    """Write a source: rows of any qualifier, bound, date and place, among them new places, places twice and zeros."""
    labels = chance.sample(LABELS, chance.randint(1, 3))
    drawn = [_row(chance, n, chance.choice(places), chance.randrange(len(labels))) for n in range(chance.randint(1, 8))]
    if chance.random() < 0.4:
        drawn.append(drawn[0] | {"id": "mine-again", "as_of": chance.choice(DATES)})
    used = sorted({row["source_id"] for row in drawn})
    named = [
        {"place_id": name, "name": NEW[name], "kind": "country"}
        for name in NEW
        if name in {row["place_id"] for row in drawn}
    ]
    sources = [{"source_id": name, "label": labels[int(name[-1])], "reference": "A work"} for name in used]
    for name, rows in (("estimates", drawn), ("sources", sources), ("places", named)):
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)


def _row(chance: random.Random, n: int, place: str, source: int) -> dict[str, str]:
    low = chance.choice([0, 1, int(10 ** chance.uniform(0, 7)), int(10 ** chance.uniform(3, 6.5))])
    text = f"{low:,}"
    if chance.random() < 0.3:
        low = max(low, 1_000)
        text = f"{chance.choice(('', 'about ') if low else ('',))}{low:,}–{low + int(10 ** chance.uniform(3, 6)):,}"
    elif chance.random() < 0.5:
        text = f"{chance.choice(QUALIFIED)} {low or 10:,}"
    return {
        "id": f"mine-{n}", "place_id": place, "as_of": chance.choice(DATES), "value_text": text, "unit": "kazakhs",
        "source_id": f"my_{source}", "locator": f"p. {n}",
    }  # fmt: skip


def expected(tables: Tables, chapter: str) -> dict[str, set[str]]:
    """Exhibit → ids of the added numbers that it has to show."""
    mine = tables.added
    hosts = mine[~mine["place_id"].isin(stocks.NO_HOST)]
    at = {place: set(mine.loc[mine["place_id"] == place, "id"]) for place in set(mine["place_id"])}
    every, home, abroad = set(hosts["id"]), at.get(stocks.HOME, set()), at.get(stocks.TOTAL, set())
    dated = outside.benchmark(tables, years_apart=5, tolerance_percent=5, added=True).query("count_id != ''")
    known: dict[str, dict[str, set[str]]] = {
        "estimates": {"fig-estimates": every, "tbl-estimates": every},
        "explorer": {"tbl-explorer": every | home},
        "benchmark": dict.fromkeys(("fig-benchmark", "tbl-benchmark"), (every | home) & set(dated["id"])),
        "small_communities": {"fig-small-scholars": {i for name in _small(tables) for i in at.get(name, ())}},
        "world_total": {"fig-answers": abroad, "tbl-world-totals": abroad | at.get("world", set())},
        "china": {"tbl-china-xinjiang": at.get("china", set())},
        "size_groups": {"tbl-size-groups": {i for name in _members(tables) for i in at.get(name, ())}},
        "every_number": {"tbl-every-number": set(mine["id"])},
        "sources": {},
    }
    for place in HOSTS_OF_CHAPTERS:
        known[place] = {f"fig-{place}-numbers": at.get(place, set())}
    return known[chapter]


def _members(tables: Tables) -> set[str]:
    return set(tables.lists.loc[tables.lists["list"].isin(stocks.SIZE_BOUNDS), "place_id"])


def _small(tables: Tables) -> list[str]:
    return small_communities.members(tables, SmallCommunities.check(states.usual("small_communities")))


def untrue(exhibit: Exhibit, record: Record) -> Iterator[str]:
    """What is wrong in the words of an exhibit: its sentences, its cells, its description."""
    figure = isinstance(record, FigureRecord)
    sentences = [
        record.title,
        record.subtitle,
        record.caption,
        *record.folded,
        record.source,
        record.alt if figure else "",
    ]
    for text in [*sentences, states.cells(exhibit), *(record.describe() if figure else [])]:
        for match in NO_NUMBER.finditer(text):
            yield f"{match[0]!r} in …{text[max(match.start() - 80, 0) : match.end() + 40]}"
    yield from (f"{fault} in {text}" for text in sentences for fault in states.faults(text))


def faults(tables: Tables, plain: Tables, chapter: str, state: dict[str, Any], *, draw: bool) -> Iterator[str]:
    """What is wrong with a chapter that shows a source of one's own."""
    said = states.findings(tables, chapter, state)
    if said != states.findings(plain, chapter, state):
        yield "what is said of the paper changes"
    labels = set(tables.label[tables.added["source_id"].unique()])
    wanted = expected(tables, chapter) if state == states.usual(chapter) else {}
    for exhibit in states.exhibits(tables, chapter, state):
        record = exhibit.record()
        yield from (f"{record.id}: {fault}" for fault in untrue(exhibit, record))
        shown = set(exhibit.data["id"]) & set(tables.added["id"]) if "id" in exhibit.data else set()
        if lacking := wanted.get(record.id, set()) - shown:
            yield f"{record.id}: lacks {sorted(lacking)}"
        credited = set(tables.label[tables.added.set_index("id").loc[sorted(shown), "source_id"].unique()])
        if not credited <= set(record.added) <= labels:
            yield f"{record.id}: shows {credited} and credits {record.added}"
        if set(record.credits) & labels:
            yield f"{record.id}: the paper is said to credit {set(record.credits) & labels}"
        if record.id == "tbl-estimates":
            yield from _as_written(tables, exhibit, state)
        if draw and isinstance(exhibit, Picture):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                assert isinstance(record, FigureRecord)
                record.files("dark", "svg")


def _as_written(tables: Tables, exhibit: Exhibit, state: dict[str, Any]) -> Iterator[str]:
    """Each number of the table of estimates as its source has it, where a range is kept whole."""
    if state.get("bound") != "both":
        return
    told = dict(zip(exhibit.data["id"], exhibit.shown["Kazakhs"], strict=True))  # type: ignore[attr-defined]
    for row in tables.added[tables.added["id"].isin(told)].itertuples():
        if told[row.id] != row.value_text:
            yield f"tbl-estimates: {row.value_text} is told as {told[row.id]}"


def places(tables: Tables) -> list[str]:
    """Where a number can be: every host of the paper, home, the totals, rows of several, and what is new."""
    hosts = list(dict.fromkeys(choices.numbers(tables)["place_id"]))
    return [*hosts, *hosts, "abroad", "abroad", "world", "kazakhstan", "big_three", "liechtenstein", *NEW]


def rounds(count: int, drawn: int, first: int = 0) -> Iterator[str]:
    """The faults that a number of sources brings about, each with the seed that does; one in `drawn` is drawn."""
    os.environ.pop(own_sources.FOLDER, None)
    plain = load(ROOT)
    known = [place for place in places(plain) if place in set(plain.places["place_id"]) or place in NEW]
    for seed in range(first, first + count):
        chance = random.Random(seed)
        with tempfile.TemporaryDirectory() as name:
            source(chance, known, Path(name))
            os.environ[own_sources.FOLDER] = name
            try:
                tables = load(ROOT)
                for chapter in CHAPTERS:
                    state = states.usual(chapter) if chance.random() < 0.7 else chance.choice(states.of(chapter))
                    try:
                        found = list(faults(tables, plain, chapter, state, draw=drawn > 0 and seed % drawn == 0))
                    except Exception as error:
                        found = [f"{type(error).__name__}: {error}"]
                    yield from (f"seed {seed}, {chapter} {state}: {fault}" for fault in found)
            except Exception as error:
                yield f"seed {seed}: {type(error).__name__}: {error}"
            finally:
                os.environ.pop(own_sources.FOLDER)


def main() -> None:
    """The command line; exit with 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--drawn", type=int, default=10, help="one in so many is drawn; 0 for none")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    given = parser.parse_args()
    found = 0
    for fault in rounds(given.count, given.drawn, given.first):
        found += 1
        print(fault, flush=True)
    print(f"{given.count} sources of one's own, {found} faults")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
