"""The chapters of the paper: each is a module of its package `chapters`, named like its notebook.

    chapters.results("islanders", tables, {"largest": 2, …})     # the numbers that its notebook hands over, by name

A module that declares parameters has one class of them, a `Chapter` of that name, a function `results(tables, chosen)` and
what that gives, `RESULTS`. Belongs here: finding these, and asking a chapter for its numbers alone. Not here: what a
parameter may be (`parameters`) or a result is (`results`), or many parameter sets (`sweeps`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from edition import paper, paths
from edition.asking.parameters import Chapter
from edition.asking.results import Result
from edition.data.tables import Tables
from edition.numbers.glue import stated


def module(chapter: str) -> ModuleType:
    """The module of a chapter, by the name of its notebook.

    Raises:
        ModuleNotFoundError: there is none.
    """
    return importlib.import_module(f"{paper.current().package}.chapters.{chapter}")


def parameters() -> dict[str, type[Chapter]]:
    """The parameters of every chapter that has any, by the name of its notebook."""
    return _parameters(paths.root())


@cache  # a sweep asks for each of its sets
def _parameters(root: Path) -> dict[str, type[Chapter]]:
    package = importlib.import_module(f"{paper.at(root).package}.chapters")
    notebooks = {path.stem for path in (root / "notebooks").glob("*.ipynb")}
    names = [one.name for one in pkgutil.iter_modules(package.__path__) if one.name in notebooks]
    return {
        model.chapter(): model
        for name in names
        for model in vars(importlib.import_module(f"{package.__name__}.{name}")).values()
        if isinstance(model, type) and issubclass(model, Chapter) and model.chapter() == name
    }


def declared(chapter: str) -> Mapping[str, Result]:
    """What a chapter hands over, by name; empty for nothing."""
    found: Mapping[str, Result] = getattr(module(chapter), "RESULTS", {})
    return found


def results(chapter: str, tables: Tables, given: Mapping[str, Any]) -> dict[str, float | None]:
    """What the chapter's notebook hands over under these values, every parameter named; None for what is not stated.

    It does what the notebook's first cell does, without its sentences, and without a kernel.

    Raises:
        ParameterError: a name is unknown or missing, or a value not allowed.
        KeyError: the chapter hands over a number that it does not declare.
    """
    found = stated(module(chapter).results(tables, parameters()[chapter].check(dict(given))))
    if undeclared := sorted(found.keys() - declared(chapter).keys()):
        raise KeyError(f"results of {chapter} gives {undeclared[0]!r}, which its RESULTS does not declare")
    return found
