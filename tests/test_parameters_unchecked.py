"""A parameter that cannot be used runs through, or its error does not say what is allowed."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from analysis.chapters.table_1 import Table1
from edition.asking import parameters
from edition.build import in_process
from tests.conftest import ROOT

TABLE_1 = {"kazakhstan_column": "neither", "largest": 3}
WRONG = [
    ({"larges": 3}, ["unknown parameter 'larges'", "kazakhstan_column, largest"]),
    ({"largest": "3"}, ["'largest' is '3'", "a whole number from 1 to 12"]),
    ({"largest": 0}, ["'largest' is 0", "from 1 to 12"]),
    ({"largest": 2.5}, ["'largest' is 2.5", "a whole number"]),
    ({"kazakhstan_column": "both"}, ["'kazakhstan_column' is 'both'", "'mendikulova', 'tatimov', 'neither'"]),
    ({"kazakhstan_column": None}, ["'kazakhstan_column' is None", "'neither'"]),
]


@pytest.mark.parametrize(("change", "expected"), WRONG)
def test_a_wrong_value_is_taken(change: dict[str, Any], expected: list[str]) -> None:
    with pytest.raises(parameters.ParameterError) as caught:
        Table1.check(TABLE_1 | change)
    assert all(word in str(caught.value) for word in expected), caught.value


def test_a_missing_parameter_is_taken() -> None:
    with pytest.raises(parameters.ParameterError, match="'largest' is missing; allowed: a whole number from 1 to 12"):
        Table1.check({"kazakhstan_column": "neither"})


@pytest.mark.parametrize("change", [{"larges": 3}, {"largest": 99}])
def test_papermill_runs_a_notebook_with_a_wrong_parameter(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(PapermillExecutionError) as caught:
        papermill.execute_notebook(
            ROOT / "notebooks" / "table_1.ipynb",
            tmp_path / "out.ipynb",
            change,
            cwd=ROOT / "notebooks",
            progress_bar=False,
        )
    assert caught.value.ename == "ParameterError"
    assert "allowed: " in caught.value.evalue and next(iter(change)) in caught.value.evalue


def test_another_parameter_changes_nothing() -> None:
    outputs = in_process.run(ROOT / "notebooks" / "table_1.ipynb", {"largest": 5})
    sums = next(record for record in outputs.records if record["id"] == "tbl-table-1-sums")
    assert ["the five largest communities", *["China, Uzbekistan, Russia, Mongolia and Afghanistan"] * 2] in sums[
        "rows"
    ]
    assert sums["parameters"]["largest"] == 5


@pytest.mark.parametrize(("chapter", "model"), parameters.chapters().items())
def test_the_list_of_parameters_names_no_notebook(chapter: str, model: type[parameters.Chapter]) -> None:
    file = ROOT / "notebooks" / f"{chapter}.ipynb"
    assert file.is_file() and f"parameters.{model.__name__}.read" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_and_its_model_disagree(notebook: Path) -> None:
    """Each default is typed, allowed, explained by a comment, and none is missing."""
    cells = nbformat.read(notebook, as_version=4).cells
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    source = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    if not tagged:
        assert "parameters." not in source
        return
    (cell,) = tagged
    model = getattr(parameters, source.partition("parameters.")[2].partition(".read")[0])
    assigned = list(ast.parse(cell.source).body)
    assert all(isinstance(node, ast.AnnAssign) for node in assigned)
    defaults = {node.target.id: ast.literal_eval(node.value) for node in assigned}
    model.check(defaults)
    assert cell.source.count("# ") >= len(defaults)
