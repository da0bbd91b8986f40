"""A chapter cannot be swept: it hands over nothing, fails under a value it allows, or names its results by its parameters."""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from analysis.tables import Tables
from edition.asking import parameters, request
from tests.conftest import ROOT

CHAPTERS = sorted(parameters.chapters())


def other(chapter: str) -> dict[str, Any]:
    """A chapter's parameters, each with another value than its notebook's where one is allowed."""
    model, usual = parameters.chapters()[chapter], request.defaults(ROOT / "notebooks" / f"{chapter}.ipynb")
    changed = {}
    for name, value in usual.items():
        field = model.model_fields[name]
        if options := get_args(field.annotation):
            changed[name] = next(option for option in reversed(options) if option != value)
        elif isinstance(value, bool):
            changed[name] = not value
        else:
            limits = {type(limit).__name__: limit for limit in field.metadata}
            changed[name] = value + 1 if value + 1 <= limits["Le"].le else limits["Ge"].ge
    return changed


def one_by_one(chapter: str) -> Iterator[dict[str, Any]]:
    """A chapter's parameters with one of them at another of its values, or at an end of its range."""
    model, usual = parameters.chapters()[chapter], request.defaults(ROOT / "notebooks" / f"{chapter}.ipynb")
    for name, value in usual.items():
        field = model.model_fields[name]
        limits = {type(limit).__name__: limit for limit in field.metadata}
        ends = [not value] if isinstance(value, bool) else [limits["Ge"].ge, limits["Le"].le] if limits else []
        yield from (usual | {name: type(value)(end)} for end in (get_args(field.annotation) or ends) if end != value)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_hands_over_no_results(chapter: str) -> None:
    assert "export(chapter.results(tables, chosen))" in (ROOT / "notebooks" / f"{chapter}.ipynb").read_text("utf-8")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_results_depend_in_name_on_the_parameters(tables: Tables, chapter: str) -> None:
    module, model = importlib.import_module(f"analysis.chapters.{chapter}"), parameters.chapters()[chapter]
    usual = request.defaults(ROOT / "notebooks" / f"{chapter}.ipynb")
    found = [module.results(tables, model.check(values)) for values in (usual, other(chapter))]
    assert list(found[0]) == list(found[1])
    assert len(found[0]) > 1 and all(name == name.lower() and "_" not in name for name in found[0]), found[0]
    assert not any(math.isinf(value) for values in found for value in values.values())
    others = (module.results(tables, model.check(values)) for values in one_by_one(chapter))
    assert any(str(another) != str(found[0]) for another in others), "no result depends on any parameter"
