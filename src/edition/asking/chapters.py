"""The chapters of the paper: each is a module of its package `chapters`, named like its notebook.

A module that declares parameters has one class of them, a `Chapter` of that name. Belongs here: finding modules and
parameters. Not here: what a parameter may be (`parameters`).
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from types import ModuleType

from edition import paper, paths
from edition.asking.parameters import Chapter


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
