"""Change the code of the computing and the claims, a comparison, an operation or a constant at a time, and see whether anything notices.

    python -m tests.mutate_code              # all of them (hours); prints the score and who survives
    python -m tests.mutate_code --sample 80  # as many, drawn by chance, the same each time

A change counts as noticed when a test of TESTS fails, or when what a chapter computes (its exhibits' records and its sentences) is
no longer what its notebook stores. Each is tried in a fork of one process, on a copy of the package, so that none sees another's.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from edition.build import contents

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "analysis"
ROOMS = ("computing", "claims")
TESTS = (
    "computing_wrong",
    "claims_misjudged",
    "statements_misjudged",
    "stages_missing",
    "present_day_wrong",
    "a_check_decides_wrongly",
)
THE_TESTS = "the tests"
SECONDS = 180  # for one change; what takes longer has been noticed
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
}  # names of arguments that change no value where they are given


def mutants() -> Iterator[tuple[Path, str, str]]:
    """Module, where and what was changed, and the changed module, for each change."""
    for room in ROOMS:
        for path in sorted((PACKAGE / room).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for n, node in enumerate(ast.walk(tree)):
                if not (others := list(changed(node))):
                    continue
                for other in others:
                    spoiled = deepcopy(tree)
                    place = next(one for k, one in enumerate(ast.walk(spoiled)) if k == n)
                    for name, value in ast.iter_fields(other):
                        setattr(place, name, value)
                    said = f"{path.relative_to(ROOT / 'src')}:{node.lineno}: {ast.unparse(node)[:70]} → {ast.unparse(other)[:70]}"  # type: ignore[attr-defined]
                    yield path, said, ast.unparse(spoiled)


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
        case ast.keyword(arg=str(name), value=ast.Constant(value=bool(value))) if name not in OF_NO_MATTER:
            other.value = ast.Constant(not value)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            other.value = value + 1
        case _:
            return
    yield other


def noticed(folder: Path, chapters: list[str] | None) -> list[str]:
    """Who notices what stands in a copy of the package: the tests, or the first of the chapters; of all chapters each, for None."""
    sys.path.insert(0, str(folder))
    from tests import mutate

    found: list[str] = []
    asked = (
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-o",
        "addopts=",
        "-m",
        "not weekly",
        *(f"tests/test_{name}.py" for name in TESTS),
    )
    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        if pytest.main([*asked]):
            found.append(THE_TESTS)
        for path in contents.chapters(ROOT):
            if (found and chapters is not None) or (chapters is not None and path.stem not in chapters):
                continue
            try:
                same = mutate.run(path) == mutate.held(path)
            except Exception:  # a chapter that fails has noticed
                same = False
            if not same:
                found.append(path.stem)
    return found


def tried(path: Path | None, source: str, chapters: list[str] | None) -> list[str]:
    """Who notices a change, in a process of its own."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(PACKAGE, Path(name) / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
        if path:
            (Path(name) / "analysis" / path.relative_to(PACKAGE)).write_text(source, encoding="utf-8")
        process = fork.Process(target=lambda: there.send(noticed(Path(name), chapters)))
        process.start()
        there.close()
        try:
            return here.recv() if here.poll(SECONDS) else ["the clock"]
        except EOFError:
            return ["the end of its process"]
        finally:
            process.kill()
            process.join()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="try as many, drawn by chance; without it all")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.chdir(ROOT)
    for name in IMPORTED:
        importlib.import_module(name)
    assert "analysis" not in sys.modules, "each fork is to import its own copy"
    differ = tried(None, "", None)  # where nothing is changed
    if THE_TESTS in differ:
        sys.exit("the tests fail where nothing is changed: " + ", ".join(TESTS))
    if differ:
        print(f"Left out, as they are not what is stored: {', '.join(sorted(differ))}", file=sys.stderr)
    chapters = [path.stem for path in contents.chapters(ROOT) if path.stem not in differ]
    every = list(mutants())
    chosen = random.Random(asked.seed).sample(every, asked.sample) if asked.sample else every
    survivors, began = [], time.monotonic()
    for n, (path, said, source) in enumerate(chosen, start=1):
        by = tried(path, source, chapters)
        survivors += [said] if not by else []
        left = (time.monotonic() - began) / n * (len(chosen) - n)
        print(
            f"{n} of {len(chosen)}, {left:.0f} s left: {said}: {by[0] if by else 'NOTHING NOTICED'}",
            file=sys.stderr,
            flush=True,
        )
    print(
        json.dumps(
            {"changes there are": len(every), "tried": len(chosen), "noticed": len(chosen) - len(survivors)}, indent=1
        )
    )
    print("\n".join(["nothing noticed:", *survivors]))  # some of them change nothing: it is for a person to see which


if __name__ == "__main__":
    os.environ.setdefault("MPLBACKEND", "agg")
    main()
