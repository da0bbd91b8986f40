"""Change the code of the computing and the claims, a comparison, an operation or a constant at a time, and see whether anything notices.

    python -m tests.mutate_code              # all of them (hours); prints the score and who survives
    python -m tests.mutate_code --sample 80  # as many, drawn by chance, the same each time
    python -m tests.mutate_code --only claims/checks --seed 2 --sample 40

A change counts as noticed when a test of QUICK or SLOW fails, or when what a chapter computes (its exhibits' records and its sentences) is
no longer what its notebook stores; of the chapters those are asked that the changed module is behind. Each is tried in a fork of one
process, which has the tables and no code of the computing, on a copy of the package, so that none sees another's. A change without
an end is noticed by the time of the processor it takes; a machine that is slow decides nothing, and is said.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import importlib
import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from edition.build import contents, dependencies

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "analysis"
ROOMS = ("computing", "claims")
QUICK = (
    "a_check_decides_wrongly",
    "an_inconsistency_is_unfounded",
    "a_number_is_worked_out_wrong",
)  # asked before the chapters
SLOW = (
    "computing_wrong",
    "present_day_wrong",
    "claims_misjudged",
    "stages_missing",
    "statements_misjudged",
)  # after them
NOT_ASKED = "not a_changed_number and not a_picture_breaks and not has_no_mark and not reads_it_twice"  # slow, of the data or of drawing
THE_TESTS = "the tests"
SECONDS = 120  # of processor, for one change; what takes more has no end
HOURS = 0.5  # for the machine to give it those
UNDECIDED = "UNDECIDED, the machine was too slow"
ENDED = "the end of its process"
KEPT = {"analysis.data", "analysis.tables", "analysis.disagreements"}  # what loads the tables: none of it is changed
# Part of what is said of a change → why it changes nothing that can be told; they are not tried
SIGN = "only the sign is used"
EQUIVALENT: dict[str, str] = {
    '"north": ("latitude", ⟦1 → 2⟧)': SIGN,
    '"south": ("latitude", -⟦1 → 2⟧)': SIGN,
    '"east": ("longitude", ⟦1 → 2⟧)': SIGN,
    '"west": ("longitude", -⟦1 → 2⟧)': SIGN,
    'len(event["start"]) > ⟦4 → 5⟧': "a date has 4, 7 or 10 characters",
    "having.all() if ids[⟦1 → 2⟧:] else having.any()": "of one row all is as good as any",
    ".fillna(-⟦1 → 2⟧)) for row_id in ids": "it stands for an open bound, as any number below zero does",
}
IMPORTED = ("pandas", "seaborn", "frictionless", "playwright.sync_api", "IPython.core.interactiveshell", "edition.build.in_process",
            "edition.exhibits.stored", "edition.exhibits.downloads", "edition.data.load")  # fmt: skip
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REVERSED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
OF_NO_MATTER = {
    "strict",
    "sort",
    "ignore_index",
    "frozen",
    "eq",
    "maxsize",
}  # names of arguments that change no value where they are given


def told(tree: ast.AST) -> Iterator[tuple[int, ast.AST]]:
    """The pieces of a module that decide what it gives, each with its number in `ast.walk`; what says types is none."""
    left: set[int] = set()
    for node in ast.walk(tree):
        no_matter = isinstance(node, ast.keyword) and node.arg in OF_NO_MATTER
        apart = [node] if no_matter else [getattr(node, name, None) for name in ("annotation", "returns")]
        left |= {id(piece) for one in apart if one is not None for piece in ast.walk(one)}
    return ((n, node) for n, node in enumerate(ast.walk(tree)) if id(node) not in left)


def mutants() -> Iterator[tuple[Path, str, str]]:
    """Module, where and what was changed, and the changed module, for each change."""
    for room in ROOMS:
        for path in sorted((PACKAGE / room).glob("*.py")):
            text = path.read_text(encoding="utf-8")
            tree, lines = ast.parse(text), text.splitlines()
            for n, node in told(tree):
                for other in changed(node):
                    spoiled = deepcopy(tree)
                    place = next(one for k, one in enumerate(ast.walk(spoiled)) if k == n)
                    for name, value in ast.iter_fields(other):
                        setattr(place, name, value)
                    yield path, f"{path.relative_to(PACKAGE)}:{where(lines, node, other)}", ast.unparse(spoiled)


def where(lines: list[str], node: Any, other: ast.AST) -> str:
    """The number of the line, and the line with what is changed in brackets."""
    line = lines[node.lineno - 1].encode()  # as columns are counted
    rest = line[node.end_col_offset :].decode() if node.end_lineno == node.lineno else " …"
    return f"{node.lineno}: {line[: node.col_offset].decode().lstrip()}⟦{ast.unparse(node)[:90]} → {ast.unparse(other)[:90]}⟧{rest}"


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of a piece of code, as another of its kind."""
    other = deepcopy(node)
    match other:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            other.ops = [COMPARED[type(op)]()]
        case ast.BinOp(op=op) if type(op) in REVERSED:
            other.op = REVERSED[type(op)]()
        case ast.BoolOp(op=op):
            other.op = ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.IfExp():
            other.body, other.orelse = other.orelse, other.body
        case ast.keyword(value=ast.Constant(value=bool(value))):
            other.value = ast.Constant(not value)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            other.value = value + 1
        case _:
            return
    yield other


def noticed(folder: Path, chapters: Iterable[Path], stored: dict[Path, object], *, all_of_them: bool) -> list[str]:
    """Who notices what stands in a copy of the package: the tests, or else the first of the chapters; each, if all are asked."""
    from edition import paper
    from tests import mutate

    for name in [name for name in sys.modules if name.partition(".")[0] == "analysis" and name not in KEPT]:
        del sys.modules[name]
    paper.at.cache_clear()
    sys.path.insert(0, str(folder))
    found: list[str] = []
    asked = ["-x", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "-m", "not weekly", "-k", NOT_ASKED]

    def fail(names: tuple[str, ...]) -> bool:
        return bool(pytest.main([*asked, *(f"tests/test_{name}.py" for name in names)]))

    def differs(path: Path) -> bool:
        try:
            return mutate.run(path) != stored[path]
        except Exception:  # a chapter that fails has noticed
            return True

    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        if fail(QUICK):
            found.append(THE_TESTS)
        for path in chapters:
            if (all_of_them or not found) and differs(path):
                found.append(path.stem)
        if (all_of_them or not found) and fail(SLOW):
            found.append(THE_TESTS)
    return found


def tried(
    path: Path | None, source: str, chapters: Iterable[Path], stored: dict[Path, object], *, all_of_them: bool = False
) -> list[str]:
    """Who notices a change, in a process of its own."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        there.send(noticed(Path(name), chapters, stored, all_of_them=all_of_them))

    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(PACKAGE, Path(name) / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
        if path:
            (Path(name) / "analysis" / path.relative_to(PACKAGE)).write_text(source, encoding="utf-8")
        process = fork.Process(target=run)
        process.start()
        there.close()
        try:
            return here.recv() if here.poll(HOURS * 3600) else [UNDECIDED]
        except EOFError:
            return [ENDED]
        finally:
            process.kill()
            process.join()


def main() -> None:
    """The command line; exits with 1 when nothing notices a change that is not known to change nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="try as many, drawn by chance; without it all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a regular expression: what it finds in where and what is changed")
    asked = parser.parse_args()
    os.chdir(ROOT)
    for name in IMPORTED:
        importlib.import_module(name)
    from analysis.data import load
    from tests import mutate

    load(ROOT)  # once for all
    gc.freeze()  # what the forks share stays shared
    own = {name for name in sys.modules if name.startswith("analysis.")}
    assert own <= KEPT, f"each fork is to import its own copy of {own - KEPT}"
    every = list(mutants())
    if stale := [entry for entry in EQUIVALENT if not any(entry in said for _, said, _ in every)]:
        sys.exit("no such change, in EQUIVALENT: " + "; ".join(stale))
    possible = [one for one in every if re.search(asked.only, one[1])]
    chosen = random.Random(asked.seed).sample(possible, min(asked.sample, len(possible))) if asked.sample else possible
    chosen = [one for one in chosen if not any(entry in one[1] for entry in EQUIVALENT)]
    stored: dict[Path, object] = {path: mutate.held(path) for path in contents.chapters(ROOT)}
    differ = tried(None, "", stored, stored, all_of_them=True)  # where nothing is changed
    if {THE_TESTS, UNDECIDED, ENDED} & {*differ}:
        sys.exit(f"where nothing is changed: {', '.join(differ)}; the tests are {', '.join((*QUICK, *SLOW))}")
    if differ:
        print(f"Left out, as they are not what is stored: {', '.join(sorted(differ))}", file=sys.stderr)
    behind = {path: dependencies.code(path) for path in stored if path.stem not in differ}
    survivors, undecided, began = [], 0, time.monotonic()
    for n, (path, said, source) in enumerate(chosen, start=1):
        by = tried(path, source, [chapter for chapter, files in behind.items() if path in files], stored)
        survivors += [said] if not by else []
        undecided += UNDECIDED in by
        left = (time.monotonic() - began) / n * (len(chosen) - n)
        print(
            f"{n} of {len(chosen)}, {left:.0f} s left: {said}: {by[0] if by else 'NOTHING NOTICED'}",
            file=sys.stderr,
            flush=True,
        )
    score = {"changes there are": len(every), "tried": len(chosen) - undecided, "undecided": undecided}
    print(json.dumps(score | {"noticed": len(chosen) - undecided - len(survivors)}, indent=1))
    sys.exit("\n".join(["nothing noticed:", *survivors]) if survivors else 0)


if __name__ == "__main__":
    os.environ.setdefault("MPLBACKEND", "agg")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # none is needed, and each takes its time
    main()
