"""A parameter that cannot be used runs through, or its error does not say what is allowed."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from edition.asking import chapters, parameters
from edition.build import upkeep
from edition.exhibits.record import FigureRecord
from invented.chapters.islanders import Islanders
from tests.conftest import PAPER, ROOT

ISLANDERS = {"scholar": "quill", "bound": "both", "largest": 2}
WRONG = [
    ({"larges": 2}, ["unknown parameter 'larges'", "scholar, bound, largest"]),
    ({"largest": "2"}, ["'largest' is '2'", "a whole number from 1 to 2"]),
    ({"largest": 0}, ["'largest' is 0", "from 1 to 2"]),
    ({"largest": 1.5}, ["'largest' is 1.5", "a whole number"]),
    ({"scholar": "both"}, ["'scholar' is 'both'", "'harrow', 'quill'"]),
    ({"scholar": None}, ["'scholar' is None", "'quill'"]),
]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize(("change", "expected"), WRONG)
def test_a_wrong_value_is_taken(change: dict[str, Any], expected: list[str]) -> None:
    with pytest.raises(parameters.ParameterError) as caught:
        Islanders.check(ISLANDERS | change)
    assert all(word in str(caught.value) for word in expected), caught.value


def test_a_missing_parameter_is_taken() -> None:
    with pytest.raises(parameters.ParameterError, match="'largest' is missing; allowed: a whole number from 1 to 2"):
        Islanders.check({"scholar": "quill", "bound": "both"})


@pytest.fixture
def run_with(paper: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the chapter with parameters by papermill, as a re-executor does; the executed notebook."""
    monkeypatch.setenv("PYTHONPATH", f"{paper / 'src'}:{ROOT / 'src'}")

    def executed(change: dict[str, Any]) -> Path:
        notebook, target = paper / "notebooks" / "islanders.ipynb", paper / "out.ipynb"
        papermill.execute_notebook(notebook, target, change, cwd=notebook.parent, progress_bar=False)
        return target

    return executed


@pytest.mark.parametrize("change", [{"larges": 2}, {"largest": 99}])
def test_papermill_runs_a_notebook_with_a_wrong_parameter(run_with: Any, change: dict[str, Any]) -> None:
    with pytest.raises(PapermillExecutionError) as caught:
        run_with(change)
    assert caught.value.ename == "ParameterError"
    assert "allowed: " in caught.value.evalue and next(iter(change)) in caught.value.evalue


def test_another_parameter_changes_nothing(run_with: Any) -> None:
    (drawn,) = (record for record in upkeep.records(run_with({"bound": "highest"})) if isinstance(record, FigureRecord))
    widest = next(row for row in drawn.rows if row["id"] == "t1-sallow-quill")
    assert widest["low"] == widest["high"] == 1100 and drawn.parameters["bound"] == "highest"


def test_the_list_of_parameters_leaves_a_chapter_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAPER)
    assert chapters.parameters() == {"islanders": Islanders}
    monkeypatch.chdir(ROOT)
    for chapter, model in chapters.parameters().items():
        text = (ROOT / "notebooks" / f"{chapter}.ipynb").read_text(encoding="utf-8")
        assert f"chapter.{model.__name__}.read(globals())" in text, chapter


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_and_its_model_disagree(notebook: Path) -> None:
    """Each default is typed, allowed, explained by a comment, and none is missing."""
    cells = nbformat.read(notebook, as_version=4).cells
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    model = chapters.parameters().get(notebook.stem)
    assert len(tagged) == (model is not None)
    if model:
        assigned = list(ast.parse(tagged[0].source).body)
        assert all(isinstance(node, ast.AnnAssign) for node in assigned)
        defaults = {node.target.id: ast.literal_eval(node.value) for node in assigned}
        model.check(defaults)
        assert tagged[0].source.count("# ") >= len(defaults)
