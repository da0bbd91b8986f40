"""A chapter says nonsense, or nothing, or hands over other results, in one of the states in which a reader can ask it."""

from __future__ import annotations

import math
import re

import pytest

from analysis.tables import Tables
from edition.asking import chapters
from edition.asking.parameters import ParameterError
from edition.exhibits.exhibit import Table
from tests import states
from tests.conftest import each_in_turn

WITH_PARAMETERS = sorted(chapters.parameters())


@pytest.mark.parametrize("chapter", each_in_turn(states.NOTEBOOKS, 3))
def test_a_sentence_breaks(tables: Tables, chapter: str) -> None:
    for state in states.of(chapter):
        try:
            said = states.findings(tables, chapter, state)
        except ParameterError as error:  # a choice that leaves nothing says so
            assert "allowed" in str(error)
            continue
        assert states.faults(states.page(chapter, said)) == [], state


@pytest.mark.parametrize("chapter", each_in_turn(states.NOTEBOOKS, 7))
def test_an_exhibit_breaks(tables: Tables, chapter: str) -> None:
    """A title, a caption or an alternative text is no sentence or too long, and something is drawn without a row."""
    for state in states.of(chapter):
        try:
            shown = states.exhibits(tables, chapter, state)
        except ParameterError as error:
            assert "allowed" in str(error)
            continue
        assert shown, "the chapter shows nothing"
        for exhibit in shown:
            assert exhibit.caption and (len(exhibit.data) or isinstance(exhibit, Table)), (exhibit.id, state)
            states.told_short(exhibit)
            said = "\n".join([*states.told(exhibit), exhibit.source, getattr(exhibit, "alt", "")])
            assert states.faults(said) == [], (exhibit.id, state)
            assert not re.search(r"\bnan\b|<NA>|\bNaT\b", states.cells(exhibit)), (exhibit.id, state)


@pytest.mark.parametrize("chapter", each_in_turn(WITH_PARAMETERS, 7))
def test_results_depend_in_name_on_the_parameters(tables: Tables, chapter: str) -> None:
    module, model = chapters.module(chapter), chapters.parameters()[chapter]
    found = []
    for state in states.of(chapter):
        try:
            found.append(module.results(tables, model.check(state)))
        except ParameterError as error:
            assert "allowed" in str(error)
    assert len(found[0]) > 1 and all(name == name.lower() and "_" not in name for name in found[0]), found[0]
    assert all(list(one) == list(found[0]) for one in found)
    assert not any(math.isinf(value) for one in found for value in one.values())
    assert any(str(one) != str(found[0]) for one in found), "no result depends on any parameter"
