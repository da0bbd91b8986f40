"""How time and memory grow with a book: books of so many chapters, made of the small edition in tests/paper, each built on two cores.

    python -m benchmarks.scale             # 9, 36, 90 and 360 chapters; ten minutes
    python -m benchmarks.scale 4 12        # those sizes alone; what was measured of others before is kept

Writes `benchmarks/scale.csv` (each size) and `benchmarks/scale.md`: per size whether its processor time lies on the line through the two
smallest ones, and whether its memory at the most is that of the smallest, both within a fifth. A chapter more is the chapter
*islanders* again: module, sentences, notebook and line of the contents under a name of its own, its exhibits under ids of their own.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pandas as pd
from tests.conftest import ROOT, SNAKEMAKE, copy_paper

from benchmarks.building import machine, measured

SIZES = (9, 36, 90, 360)
CHAPTER = "islanders"  # that is there again and again
OWN = (
    f"fig-{CHAPTER}",
    f"tbl-{CHAPTER}",
    f"import {CHAPTER}",
    "How many islanders",
)  # in its files, what no two may share
WITHIN = 1.2  # a fifth more
FILE = ROOT / "benchmarks" / "scale.csv"


def book(chapters: int, folder: Path) -> Path:
    """The small edition with so many chapters, two of them its own."""
    edition = copy_paper(folder)
    chapter = edition / "src" / "invented" / "chapters"
    files = [chapter / f"{CHAPTER}.py", chapter.parent / "sentences" / f"{CHAPTER}.md", edition / "notebooks" / f"{CHAPTER}.ipynb"]  # fmt: skip
    contents = edition / "_toc.yml"
    for n in range(3, chapters + 1):
        for file in files:
            text = file.read_text(encoding="utf-8")
            for own in OWN:
                text = text.replace(own, f"{own}_{n}")
            file.with_stem(f"{CHAPTER}_{n}").write_text(text, encoding="utf-8")
        with contents.open("a", encoding="utf-8") as lines:
            lines.write(f"      - file: notebooks/{CHAPTER}_{n}\n")
    return edition


def sized(chapters: int) -> dict[str, float]:
    """What a book of so many chapters costs, see `building.measured`."""
    with tempfile.TemporaryDirectory() as folder:
        edition = book(chapters, Path(folder) / "edition")
        found = measured(SNAKEMAKE, edition, PYTHONPATH=f"{edition / 'src'}:{ROOT / 'src'}")
        pages = len(list((edition / "_build" / "html" / "notebooks").glob("*.html")))
    if pages != chapters:
        sys.exit(f"the book of {chapters} chapters has {pages}")
    return {"chapters": chapters, **found}


def judged(found: pd.DataFrame) -> pd.DataFrame:
    """Each size with `line`, its processor seconds by the two smallest, and whether time and memory are within a fifth of that."""
    (x, y), (first, second) = found["chapters"].iloc[:2], found["processor"].iloc[:2]
    line = first + (second - first) / (y - x) * (found["chapters"] - x)
    return found.assign(
        line=line,
        linear=found["processor"] <= WITHIN * line,
        flat=found["mib"] <= WITHIN * found["mib"].iloc[0],
    )


def report(found: pd.DataFrame) -> str:
    """The sizes as a table."""
    head = [
        "# How a book grows", "",
        f"Books made of the small edition in tests/paper, each from nothing. Machine: {machine()}. Made by `python -m benchmarks.scale`. "
        "Processor: the seconds of all cores together; line: those by the straight line through the two smallest sizes. Within a "
        "fifth of it, time is linear; within a fifth of the smallest book's, memory is flat.", "",
        "| chapters | seconds | processor | line | linear | memory, MiB | flat |", "|--:|--:|--:|--:|---|--:|---|",
    ]  # fmt: skip
    rows = [
        f"| {row.chapters} | {row.seconds:.1f} | {row.processor:.1f} | {row.line:.1f} | {'yes' if row.linear else 'no'} "
        f"| {row.mib:.0f} | {'yes' if row.flat else 'no'} |"
        for row in judged(found).itertuples()
    ]
    return "\n".join([*head, *rows]) + "\n"


def main() -> None:
    """The command line."""
    for size in map(int, sys.argv[1:] or SIZES):  # written after each, as large ones take long
        now = pd.DataFrame([sized(size)])
        before = pd.read_csv(FILE).query("chapters != @size") if FILE.is_file() else now.iloc[:0]
        found = pd.concat([before, now]).sort_values("chapters")
        found.to_csv(FILE, index=False, float_format="%.2f", lineterminator="\n")
        print(f"{size} chapters: {now['seconds'].item():.1f} s, {now['mib'].item():.0f} MiB", flush=True)
        if len(found) > 1:
            (ROOT / "benchmarks" / "scale.md").write_text(report(found), encoding="utf-8")
            print(report(found))


if __name__ == "__main__":
    main()
