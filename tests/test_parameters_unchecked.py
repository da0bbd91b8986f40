"""A parameter that cannot be used runs through, or its error does not say what is allowed."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from papermill.inspection import inspect_notebook

from edition.asking import chapters, parameters
from edition.asking.notebook import KEY
from edition.exhibits import stored
from edition.exhibits.record import FigureRecord
from invented.chapters.islanders import Islanders
from tests.conftest import PAPER, ROOT, papermill

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


@pytest.mark.parametrize("chapter", chapters.parameters())
def test_an_option_is_told_as_the_code_has_it(chapter: str) -> None:
    """Each option has words of its own, so that a reader is never told `neither` or `True`."""
    model = chapters.parameters()[chapter]
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        words = extra.get(parameters.WORDS, {}) if isinstance(extra, dict) else {}
        assert list(words) == parameters.options(model, name), f"{chapter}.{name}"
        assert len(set(words.values())) == len(words), f"{chapter}.{name}: two options are told alike"


@pytest.fixture
def run_with(paper: Path) -> Any:
    """Run the chapter with parameters by papermill; the executed notebook and what the terminal showed."""

    def executed(change: dict[str, Any]) -> tuple[Path, str]:
        target = paper / "out.ipynb"
        ran = papermill(paper / "notebooks" / "islanders.ipynb", target, change)
        return target, ran.stderr if ran.returncode else ""

    return executed


@pytest.mark.parametrize("change", [{"larges": 2}, {"largest": 99}])
def test_papermill_runs_a_notebook_with_a_wrong_parameter(run_with: Any, change: dict[str, Any]) -> None:
    """Papermill raises an error of its own, and Python's lines of code stand above that in a terminal: what can be held is that
    our line is the last one there, where a person looks first, and in the notebook the first and only thing that a cell shows.
    """
    target, terminal = run_with(change)
    line = terminal.strip().splitlines()[-1]
    assert line.startswith("ParameterError: "), "it is not the last line of a terminal"
    assert "allowed: " in line and next(iter(change)) in line
    cells = nbformat.read(target, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    assert [output.get("traceback") for output in outputs] == [[line]], (
        "the message stands under others, or under a traceback"
    )


def test_another_parameter_changes_nothing(run_with: Any) -> None:
    target, terminal = run_with({"bound": "highest"})
    assert not terminal
    (drawn,) = (record for record in stored.records(target) if isinstance(record, FigureRecord))
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
    """Each default is typed, allowed, explained on its line, and none is missing."""
    read = nbformat.read(notebook, as_version=4)
    tagged = [cell for cell in read.cells if "parameters" in cell.metadata.get("tags", [])]
    model = chapters.parameters().get(notebook.stem)
    assert len(tagged) == (model is not None)
    if model:
        assigned = list(ast.parse(tagged[0].source).body)
        assert all(isinstance(node, ast.AnnAssign) for node in assigned)
        defaults = {node.target.id: ast.literal_eval(node.value) for node in assigned}
        model.check(defaults)
        lines = dict(zip(defaults, tagged[0].source.splitlines(), strict=True))
        assert {name: line.partition("  # ")[2] for name, line in lines.items()} == {
            name: model.said(name) for name in model.model_fields
        }, "run make explain"
    assert read.metadata[KEY] == (defaults if model else {}), "run make explain"


def test_papermills_help_does_not_say_what_is_allowed() -> None:
    found = inspect_notebook(str(ROOT / "notebooks" / "table_1.ipynb"))
    assert found["largest"]["help"] == "how many of the largest communities to add up: a whole number from 1 to 12"


@pytest.mark.parametrize(
    "notebook", [*NOTEBOOKS, *sorted((PAPER / "notebooks").glob("*.ipynb"))], ids=lambda path: path.stem
)
def test_a_notebook_does_not_ask_for_its_parameters(notebook: Path) -> None:
    code = [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    asked = re.findall(r"\.read\(globals\(\)\)|no_parameters\(\"(\w+)\", globals\(\)\)", "\n".join(code))
    assert asked in ([""], [notebook.stem])


DEFAULTS = 'scholar: str = "quill"\nbound: str = "both"\nlargest: int = 2\n'
READ = "chosen = Islanders.read(globals())"
HISTORIES = [
    ([DEFAULTS], None),
    ([DEFAULTS, "# Parameters\nlargest = 1\n"], None),
    ([DEFAULTS, "# Parameters\nlarges = 1\n"], "larges"),
    ([DEFAULTS, "# Parameters\ndata = 5\n"], "data"),
    ([DEFAULTS, "# Parameters\n_largest = 5\n"], "_largest"),
    ([DEFAULTS, "# Parameters\nIslanders = 5\n"], "Islanders"),
    ([DEFAULTS, READ, DEFAULTS.replace("largest", "larges")], "larges"),
    ([DEFAULTS, READ, DEFAULTS.replace("largest", "larges"), READ], "larges"),
    ([DEFAULTS, READ, DEFAULTS.replace("largest", "larges"), READ, DEFAULTS], None),
    ([DEFAULTS, "# Parameters\nlarges = 1\n", READ, "# Parameters\nlargest = 1\n"], None),
    ([DEFAULTS, READ, "mine = 5\n"], None),
    ([DEFAULTS, "%matplotlib inline\n", "import os\n"], None),
]


@pytest.mark.parametrize(("cells", "refused"), HISTORIES)
def test_a_name_that_is_none_is_taken_or_one_that_was_put_right_refused(cells: list[str], refused: str | None) -> None:
    """Whatever stands in the namespace: only cells that set parameters are judged, and of those the last."""
    space = {"In": ["", *cells, READ], "Islanders": Islanders, "of_a_start_up_file": 1, **ISLANDERS}
    if refused is None:
        assert Islanders.read(space) == Islanders(**ISLANDERS)
        return
    with pytest.raises(parameters.ParameterError) as caught:
        Islanders.read(space)
    said = str(caught.value)
    assert said.startswith(f"unknown parameter {refused!r}") and "\n" not in said
    assert re.search(r"; did you mean '(scholar|bound|largest)'\?$", said)
    assert "larges" not in refused or "did you mean 'largest'" in said


def test_a_chapter_without_parameters_takes_one() -> None:
    with pytest.raises(parameters.ParameterError, match=r"unknown parameter 'x' \(5\); verdicts has no parameters"):
        parameters.no_parameters("verdicts", {"In": ["", "# Parameters\nx = 5\n", "…"]})
    parameters.no_parameters("verdicts", {"In": ["", "mine: int = 5\n", "…"], "own": 1})
