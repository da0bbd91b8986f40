"""Spoil the tables of a data package at random, and see whether each fault is told in one line that says where it is.

    python -m tests.fuzz                        # 600 faults in this paper's data; prints how many of each kind were told
    python -m tests.fuzz --count 50 --seed 7    # fewer, others

Every fault is one that would change what a reader is told: nothing else is tried. A fault is told when loading the tables,
or putting the claims to them, is refused with lines of the one form, one of which names the file, the row and the column.
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import json
import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import chdir
from copy import deepcopy as copy_of
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edition import paper
from edition.data.load import DataError
from tests.conftest import ROOT

CELL = re.compile(r"data/[\w/.-]+, row \d+, column .+: .+; allowed: .+")
WHOLE = re.compile(r"data/[\w/.-]+(, [^:]+)?: .+; allowed: .+")  # a whole file, or a part of datapackage.json
CYRILLIC = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")  # letters that look the same


@dataclass
class Table:
    """A table to be spoiled: its cells, and what the schema says of each column."""

    name: str
    header: list[str]
    rows: list[list[str]]
    fields: list[dict[str, Any]]
    references: set[str]
    numbered: bool

    def text(self) -> bytes:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return buffer.getvalue().encode()


@dataclass
class Fault:
    """What was done: the file's new bytes, and the row and column that a line has to name; None where any may."""

    content: bytes | None
    row: int | None = None
    column: str | None = None


Kind = Callable[[random.Random, Table], Fault | None]


def cells(
    right: Callable[[Table, dict[str, Any], list[str], str], bool], change: Callable[[random.Random, str], str]
) -> Kind:
    """Change one cell, of those that are right for it."""

    def spoil(rng: random.Random, table: Table) -> Fault | None:
        places = [
            (n, m)
            for n, row in enumerate(table.rows)
            for m, field in enumerate(table.fields)
            if right(table, field, row, row[m])
        ]
        if not places:
            return None
        n, m = rng.choice(places)
        before = table.rows[n][m]
        table.rows[n][m] = change(rng, before)
        return Fault(table.text(), n + 2, table.header[m]) if table.rows[n][m] != before else None

    return spoil


def limits(field: dict[str, Any]) -> dict[str, Any]:
    return dict(field.get("constraints", {}))


def is_number(table: Table, field: dict[str, Any], row: list[str], text: str) -> bool:
    return field["type"] in ("number", "integer") and bool(text)


def is_bound(table: Table, field: dict[str, Any], row: list[str], text: str) -> bool:
    return table.numbered and field["name"] in ("low", "high") and bool(text)


def is_required(table: Table, field: dict[str, Any], row: list[str], text: str) -> bool:
    return bool(limits(field).get("required")) or is_bound(table, field, row, text)


def is_date(table: Table, field: dict[str, Any], row: list[str], text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", text)) and "-\\d{2}" in limits(field).get("pattern", "")


def is_listed(table: Table, field: dict[str, Any], row: list[str], text: str) -> bool:
    return "enum" in limits(field) and bool(text)


def is_reference(table: Table, field: dict[str, Any], row: list[str], text: str) -> bool:
    return field["name"] in table.references and bool(text)


def has(pattern: str, but: str = "") -> Callable[[Table, dict[str, Any], list[str], str], bool]:
    return lambda table, field, row, text: bool(re.search(pattern, text)) and field["name"] != but


def alike(rng: random.Random, text: str) -> str:
    """One letter in a word of Latin letters by one that looks the same."""
    places = [m.start() for m in re.finditer(r"(?<=[a-zA-Z])[aceopxy]|[aceopxyABCEHKMOPTX](?=[a-zA-Z])", text)]
    at = rng.choice(places)
    return text[:at] + text[at].translate(CYRILLIC) + text[at + 1 :]


def insert(*what: str) -> Callable[[random.Random, str], str]:
    def change(rng: random.Random, text: str) -> str:
        at = rng.randint(0, len(text))
        return text[:at] + rng.choice(what) + text[at:]

    return change


def other_digits(rng: random.Random, text: str) -> str:
    """One digit by that of another script."""
    at = rng.choice([m.start() for m in re.finditer("[0-9]", text)])
    return text[:at] + chr(rng.choice((0xFF10, 0x0660, 0x06F0)) + int(text[at])) + text[at + 1 :]


def scaled(rng: random.Random, text: str) -> str:
    return f"{float(text) * rng.choice((0.1, 10, 1000)):.15g}"


def last_digit(rng: random.Random, text: str) -> str:
    step = 10 ** -len(text.partition(".")[2])
    return f"{float(text) + step:.15g}"


def row_of(change: Callable[[random.Random, Table, int], Fault | None]) -> Kind:
    return lambda rng, table: change(rng, table, rng.randrange(len(table.rows)))


def doubled_id(rng: random.Random, table: Table, n: int) -> Fault | None:
    others = [k for k in range(len(table.rows)) if k != n]
    if not others or not limits(table.fields[0]).get("unique"):
        return None
    table.rows[n][0] = table.rows[rng.choice(others)][0]
    return Fault(table.text(), None, table.header[0])


def doubled_row(rng: random.Random, table: Table, n: int) -> Fault | None:
    table.rows.insert(n, list(table.rows[n]))
    return Fault(table.text(), n + 3)


def crossed(rng: random.Random, table: Table, n: int) -> Fault | None:
    """Low and high change places, or low is made larger than high."""
    if not table.numbered:
        return None
    low, high = table.header.index("low"), table.header.index("high")
    row = table.rows[n]
    if not row[low] or not row[high]:
        return None
    row[low], row[high] = (row[high], row[low]) if row[low] != row[high] else (f"{float(row[low]) + 1:.15g}", row[high])
    return Fault(table.text(), n + 2)


def unclosed(rng: random.Random, table: Table, n: int) -> Fault | None:
    lines = table.text().decode().split("\n")
    if any('"' in line for line in lines[n + 1 :]):
        return None  # the next quotation mark would close it
    lines[n + 1] = '"' + lines[n + 1]
    return Fault("\n".join(lines).encode(), n + 2)


def cut_row(rng: random.Random, table: Table, n: int) -> Fault | None:
    table.rows[n] = table.rows[n][: rng.randrange(1, len(table.rows[n]))]
    return Fault(table.text(), n + 2)


def long_row(rng: random.Random, table: Table, n: int) -> Fault | None:
    table.rows[n].insert(rng.randint(0, len(table.rows[n])), "more")
    return Fault(table.text(), n + 2)


def blank_row(rng: random.Random, table: Table, n: int) -> Fault | None:
    table.rows.insert(n, [])
    return Fault(table.text(), n + 2)


def emptied(rng: random.Random, table: Table) -> Fault:
    table.rows = []
    return Fault(table.text(), 2)


def headed(change: Callable[[random.Random, list[str]], list[str]]) -> Kind:
    def spoil(rng: random.Random, table: Table) -> Fault | None:
        before = list(table.header)
        table.header = change(rng, list(before))
        return Fault(table.text(), 1) if table.header != before else None

    return spoil


def recoded(change: Callable[[bytes], bytes]) -> Kind:
    def spoil(rng: random.Random, table: Table) -> Fault | None:
        before = table.text()
        return Fault(after, None) if (after := change(before)) != before else None

    return spoil


KINDS: dict[str, Kind] = {
    "a blank where a value is needed": cells(is_required, lambda rng, text: ""),
    "blanks and nothing else": cells(has("."), lambda rng, text: rng.choice((" ", "   "))),
    "a blank at an end": cells(has("."), lambda rng, text: rng.choice((f" {text}", f"{text} "))),
    "an infinite number": cells(is_number, lambda rng, text: rng.choice(("inf", "-inf", "nan", "NaN", "Infinity", "INF"))),
    "a number as Python writes it": cells(
        is_number, lambda rng, text: rng.choice((f"{text}_000", f"+{text}", "1e3", "0x1F", f"{text}.", ".5", "True", "10**9"))
    ),
    "a number as Excel writes it": cells(is_number, lambda rng, text: rng.choice(("1,5", "1 000", "1.000.000", "5%", "#REF!", "1E+06"))),
    "a number without end": cells(is_number, lambda rng, text: "9" * 40),
    "a negative number": cells(is_bound, lambda rng, text: f"-{text}"),
    "ten times too much or too little": cells(is_bound, scaled),
    "the last digit": cells(is_bound, last_digit),
    "low above high": row_of(crossed),
    "an id that stands twice": row_of(doubled_id),
    "a row that stands twice": row_of(doubled_row),
    "a reference to nothing": cells(is_reference, lambda rng, text: f"{text}x"),
    "a word that is not in the list": cells(is_listed, lambda rng, text: rng.choice((text.upper() + "x", f"{text}s", "?"))),
    "a date that is none": cells(is_date, lambda rng, text: f"{text[:4]}{rng.choice(('-02-30', '-13', '-00', '-06-31'))}"),
    "a control character": cells(has("."), insert("\x00", "\x07", "\x1b", "\t", "\x7f", "\u0085")),
    "a character that nobody sees": cells(has("."), insert("\u00a0", "\u200b", "\u202e", "\ufeff", "\u2009", "\u00ad")),
    "a letter that looks like another": cells(has(r"[a-zA-Z][aceopxy]|[aceopxyABCEHKMOPTX][a-zA-Z]"), alike),
    "a digit of another script": cells(has("[0-9]", but="excerpt"), other_digits),
    "a letter in two parts": cells(has("[aeou]"), lambda rng, text: re.sub("([aeou])", "\\1\u0301", text, count=1)),
    "a quotation mark that is not closed": row_of(unclosed),
    "a short row": row_of(cut_row),
    "a long row": row_of(long_row),
    "a blank row": row_of(blank_row),
    "a table without a row": emptied,
    "a column that is missing": headed(lambda rng, header: header[:-1]),
    "a column of another name": headed(lambda rng, header: [*header[:-1], f"{header[-1]}s"]),
    "columns in another order": headed(lambda rng, header: header[::-1]),
    "a column twice": headed(lambda rng, header: [*header[:-1], header[0]]),
    "semicolons": recoded(lambda raw: raw.replace(b",", b";")),
    "a byte-order mark": recoded(lambda raw: b"\xef\xbb\xbf" + raw),
    "UTF-16": recoded(lambda raw: raw.decode().encode("utf-16")),
    "Latin-1": recoded(lambda raw: raw.replace(b"e", "é".encode("latin-1"), 1)),
    "nothing in the file": recoded(lambda raw: b""),
    "no file": lambda rng, table: Fault(None),
}  # fmt: skip

DESCRIBED = {  # what can be wrong with datapackage.json
    "a part that is missing": lambda rng, said: said.pop("resources"),
    "no list of tables": lambda rng, said: said.update(resources={}),
    "a table without a name": lambda rng, said: rng.choice(said["resources"]).pop("name"),
    "a table without a file": lambda rng, said: rng.choice(said["resources"]).update(path="../elsewhere.csv"),
    "a table twice": lambda rng, said: said["resources"].append(said["resources"][0]),
    "a table without fields": lambda rng, said: said["resources"][0]["schema"].update(fields=[]),
    "a field without a name": lambda rng, said: said["resources"][0]["schema"]["fields"][0].pop("name"),
    "a field of no known type": lambda rng, said: said["resources"][0]["schema"]["fields"][0].update(type="text"),
    "a field with a wrong pattern": lambda rng, said: said["resources"][0]["schema"]["fields"][0].update(constraints={"pattern": "("}),
    "a field with a rule that is none": lambda rng, said: said["resources"][0]["schema"]["fields"][0].update(constraints={"requird": True}),
    "a key of no column": lambda rng, said: said["resources"][0]["schema"].update(primaryKey=["none"]),
    "a key in no table": lambda rng, said: said["resources"][0]["schema"].update(
        foreignKeys=[{"fields": [said["resources"][0]["schema"]["fields"][0]["name"]], "reference": {"resource": "none", "fields": ["x"]}}]
    ),
    "no module of a paper": lambda rng, said: said.update(edition=rng.choice(("nowhere.paper", "edition", "..", 3, None))),
}  # fmt: skip


def tables(folder: Path) -> list[Table]:
    """The tables of a data package that can be spoiled."""
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    found = []
    known = paper.current().load(folder.parent)
    for resource in said["resources"]:
        if resource.get("type") != "table" or resource["name"] not in known.names():
            continue
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        schema = resource["schema"]
        keys = {name for key in schema.get("foreignKeys", []) for name in key["fields"]}
        loose = {"row_id", "check", "repeats", "against", "magnitude_id"}
        numbered = resource["name"] in (*known.NUMBERED, "outside")
        found.append(Table(resource["path"], header, rows, schema["fields"], keys | loose & set(header), numbered))
    return found


def told(root: Path) -> list[str]:
    """The lines with which the data package under a folder is refused; none if it is taken.

    Raises:
        Exception: the refusal is none of the edition's own.
    """
    paper.at.cache_clear()
    try:
        mine = paper.at(root)
        mine.computed(mine.load(root))
    except DataError as error:
        return str(error).splitlines()
    return []


def judged(lines: list[str], file: str, fault: Fault) -> str:
    """What is wrong with the lines; "" if they tell the fault."""
    if not lines:
        return "taken"
    if odd := [line for line in lines if not (CELL.fullmatch(line) or WHOLE.fullmatch(line))]:
        return f"of another form: {odd[0]}"
    row = rf", row {fault.row}, " if fault.row else ""
    names = (
        "low|high" if fault.column in ("low", "high") else re.escape(fault.column or "")
    )  # each is held against the other
    column = rf"column [^:]*\b({names})\b" if fault.column else ""
    named = re.compile(rf"data/{re.escape(file)}.*{row}.*{column}")
    return "" if any(named.search(line) for line in lines) else f"not named: {lines[0]}"


def fuzz(root: Path, count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Try so many faults in a copy of the data under `root`; how many of each kind were tried, and what was not told."""
    rng = random.Random(seed)
    tried: Counter[str] = Counter()
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as name, chdir(name):
        copy = Path(name).resolve() / "paper"
        shutil.copytree(root / "data", copy / "data")
        os.chdir(copy)
        kinds, all_tables = [*KINDS, *DESCRIBED], tables(copy / "data")
        for kind in itertools.islice(itertools.cycle(kinds), count):
            if kind in KINDS:
                some = (copy_of(table) for table in rng.sample(all_tables, len(all_tables)))
                spoiled = ((table.name, fault) for table in some if (fault := KINDS[kind](rng, table)))
                file, fault = next(spoiled, ("", Fault(None)))
                if not file:  # no table of this package has what this kind spoils
                    continue
            else:
                said = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
                DESCRIBED[kind](rng, said)
                file, fault = "datapackage.json", Fault(json.dumps(said).encode())
            path = copy / "data" / file
            sound = path.read_bytes()
            path.unlink()
            if fault.content is not None:
                path.write_bytes(fault.content)
            try:
                wrong = judged(told(copy), file, fault)
            except Exception as error:  # whatever ends in a traceback is not told
                wrong = f"{type(error).__name__}: {error}"
            path.write_bytes(sound)
            tried[kind] += 1
            if wrong:
                missed.append(f"{kind}, {file}, row {fault.row}, column {fault.column}: {wrong}")
    return tried, missed


def main() -> None:
    """The command line; exits with 1 when a fault is not told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paper", type=Path, default=ROOT, help="folder with the data package")
    asked = parser.parse_args()
    root = asked.paper.resolve()
    os.chdir(root)
    tried, missed = fuzz(root, asked.count, asked.seed)
    lost = Counter(line.partition(",")[0] for line in missed)
    for kind, number in sorted(tried.items()):
        print(f"{number - lost[kind]} of {number} told: {kind}")
    sys.exit("\n".join([f"{len(missed)} of {tried.total()} faults not told", *missed]) if missed else 0)


if __name__ == "__main__":
    main()
