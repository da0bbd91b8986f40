"""A chapter cannot be swept: it hands over nothing, what it does not declare, or to a sweep something else than its notebook does."""

from __future__ import annotations

import random
from typing import Any

import pytest

from analysis.tables import Tables
from edition.asking import chapters, request, sensitivity
from edition.asking.states import states
from edition.build import in_process
from edition.charts.tornado import Tornado
from edition.exhibits import stored
from edition.numbers import glue
from tests.conftest import ROOT, each_in_turn, run

CHAPTERS = sorted(chapters.parameters())
BY_PAPERMILL = ("refugees_1916", "table_1")
TRIED = 2  # sets of each chapter, its usual one among them


def sampled(chapter: str) -> list[dict[str, Any]]:
    """Some of a chapter's sets, the same in every run."""
    usual = request.defaults(ROOT / "notebooks" / f"{chapter}.ipynb")
    first, *others = states(chapters.parameters()[chapter], usual)
    return [first, *random.Random(chapter).sample(others, min(TRIED - 1, len(others)))]


@pytest.mark.parametrize("chapter", each_in_turn(CHAPTERS, 3))
def test_a_sweep_gives_other_results_than_the_notebook(chapter: str, tables: Tables) -> None:
    for given in sampled(chapter):
        ran = in_process.run(ROOT / "notebooks" / f"{chapter}.ipynb", given)
        assert ran.results and chapters.results(chapter, tables, given) == ran.results, given


@pytest.mark.parametrize("chapter", each_in_turn(BY_PAPERMILL, 2))
def test_a_sweep_gives_other_results_than_papermill(chapter: str, tables: Tables, tmp_path: Any) -> None:
    given = sampled(chapter)[-1]
    values = [word for name, value in given.items() for word in ("-p", name, str(value))]
    target = tmp_path / "ran.ipynb"
    done = run("papermill", "--cwd", "notebooks", f"notebooks/{chapter}.ipynb", str(target), *values, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    expected = glue.found(stored.outputs(target), glue.RESULTS)
    assert expected and chapters.results(chapter, tables, given) == expected


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_result_has_no_unit_or_a_unit_no_result(chapter: str, tables: Tables) -> None:
    declared = chapters.declared(chapter)
    for given in sampled(chapter):
        assert list(chapters.results(chapter, tables, given)) == list(declared)
    assert all(one.unit and one.meaning for one in declared.values())
    assert len({one.meaning for one in declared.values()}) == len(declared), "two results mean the same"


def test_an_assumption_is_said_to_move_what_it_does_not(tables: Tables) -> None:
    """270,000 of 300,000 are 90 per cent, so that at fewer Kazakhs among those who crossed nobody is left over."""
    found = sensitivity.sensitivity("refugees_1916", tables).set_index(["result", "parameter"])
    crossed = found.loc[("crossed-low", "kazakh_percent")]
    assert crossed[["usual", "low", "high", "at_low", "at_high"]].to_list() == [300_000, 3_000, 300_000, "1", "100"]
    assert not found.loc[("p-altai-1916-low", "kazakh_percent"), "moved"]
    ili = found.loc[("p-ili-1916-high", "open_bound")]
    assert ili["moved"] and ili["not_stated"] == "without an upper bound" and ili["high"] == 100_000
    drawn = sensitivity.bars(found.reset_index(), most=3)
    assert drawn["result"].nunique() == 3 and drawn["moved"].all()
    for _, rows in drawn.groupby("result"):
        assert (rows["high"] - rows["low"]).is_monotonic_decreasing


def test_a_tornado_is_not_told(tables: Tables) -> None:
    fields = chapters.parameters()["refugees_1916"].model_fields.items()
    chart = Tornado(parameters=tuple((name, str(field.description)) for name, field in fields))
    rows = sensitivity.bars(sensitivity.sensitivity("refugees_1916", tables))
    full = " ".join(chart.in_words(rows).full)
    assert "110,000 persons without a change" in full and "from 2,500 with 25 to 110,000 with 0" in full
    assert "nothing is stated with the sum of its parts" in full
