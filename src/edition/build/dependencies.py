"""What a notebook is made from: the modules it imports and the files of `data/` these read, found in their source.

    needs.code(Path("notebooks/russia.ipynb"))      # {…/gallery/russia.py, …/stocks.py, …}
    needs.data(Path("notebooks/russia.ipynb"))      # {data/stocks.csv, data/places.csv, …}
    needs.sweeps(Path("notebooks/many_settings.ipynb"))     # {sweeps/growth.yml, notebooks/interlude.ipynb, …}

The pipeline runs a notebook again when one of these changes, and not when another file does. What is found may be
more than a run touches, never less; a test holds that. Belongs here: reading source. Not here: running it.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from edition import paper, paths

RUNS = "edition.build.execute"  # runs every notebook, and makes the files of its exhibits
SWEEP = re.compile(r"sweeps/[\w-]+\.yml")
BORDERS = {"edition.maps.geography", "edition.maps.outlines"}  # reads data/geography/
TABLES = "tables"  # what the loaded tables are called everywhere
EVERY = "*"


def code(notebook: Path) -> set[Path]:
    """The files of this package that a notebook is run with."""
    return {_file(name) for name in _run_with(notebook) | _modules(frozenset({RUNS}))}


def behind(module: str) -> set[Path]:
    """The files of this package that a module of it imports, its own included, and what lies beside them that is no Python.

    A record is read with every chart, which nothing imports by name: see `exhibits.registry`.
    """
    from edition.exhibits import (
        registry,  # here, because Snakemake asks for no drawing, and to import one takes a while
    )

    files = {_file(name) for name in _modules(frozenset({module, *registry.modules()}))}
    beside = {
        path
        for folder in {file.parent for file in files} - set(paper.code(paths.root()))
        for path in folder.rglob("*.*")
    }
    return files | {path for path in beside if path.suffix in {".html", ".css", ".js", ".ttf"}}


def data(notebook: Path) -> set[Path]:
    """The tables that a notebook may read, and the borders if it draws a map."""
    folder = paths.root() / "data"
    tables = {path.stem: path for path in folder.glob("*.csv")}
    modules = _run_with(notebook) - {
        "analysis.tables",
        "analysis.disagreements",
        "edition.data.validation",
        "edition.data.tables",
    }
    read = set(_read(_cells(notebook))).union(*(_read(_source(name)) for name in modules))
    found = read if read <= set(tables) | {"folder"} else set(tables)  # a verb of the tables may read any
    borders = (
        {*(folder / "geography").glob("*.*json"), *(folder / "geography").glob("*.csv")} if BORDERS & modules else set()
    )
    return {tables[name] for name in found & set(tables)} | borders


def sweeps(notebook: Path) -> set[Path]:
    """The files of sweeps that a notebook names, and the notebooks of the chapters these ask, whose parameters they take."""
    root = paths.root()
    named = {
        root / node.value
        for name in _modules(frozenset(_imports(_cells(notebook))))
        for node in ast.walk(_source(name))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SWEEP.fullmatch(node.value)
    }
    asked = {chapter for file in named for chapter in yaml.safe_load(file.read_text(encoding="utf-8"))["chapters"]}
    return named | {root / "notebooks" / f"{chapter}.ipynb" for chapter in asked}


def _run_with(notebook: Path) -> set[str]:
    """The modules that a notebook imports, and those of the chapters that it sweeps."""
    asked = [file for file in sweeps(notebook) if file.suffix == ".ipynb"]
    return _modules(frozenset(name for file in (notebook, *asked) for name in _imports(_cells(file))))


@cache
def _modules(begin: frozenset[str]) -> set[str]:
    """Modules that are imported from these on."""
    waiting, found = set(begin), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in found and _file(name).is_file():
            found.add(name)
            waiting |= {name.rpartition(".")[0] or name, *_imported(name)}
    return found


@cache
def _imported(module: str) -> frozenset[str]:
    return frozenset(_imports(_source(module)))


def _cells(notebook: Path) -> ast.Module:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ast.parse("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"))


def _file(module: str) -> Path:
    package, *rest = module.split(".")
    path = next(folder for folder in paper.code(paths.root()) if folder.name == package).joinpath(*rest)
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def _source(module: str) -> ast.Module:
    return ast.parse(_file(module).read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    """Modules of this package that a source imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from _own(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from _own([node.module, *(f"{node.module}.{name.name}" for name in node.names)])


def _own(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name.partition(".")[0] in {folder.name for folder in paper.code(paths.root())})


@cache
def _read(tree: ast.Module) -> frozenset[str]:
    """The attributes that a source takes of the tables; `EVERY` where it takes one by a name that it works out."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _are_tables(node.value):
            found.add(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"getattr", "fields"}:
            found |= {EVERY} if any(map(_are_tables, node.args)) else set()
    return frozenset(found)


def _are_tables(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == TABLES) or (
        isinstance(node, ast.Attribute) and node.attr == TABLES
    )
