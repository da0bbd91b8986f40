"""Somebody follows an example of CONTRIBUTING.md to the letter, or begins a chapter, and has what does not run or does not fit in.

What `make accept` makes of the examples takes the whole book: `tests/whole.py`.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import nbformat
import pytest

from edition.asking.parameters import Chapter
from edition.build import contents, skeleton
from edition.exhibits import stored
from edition.exhibits.record import FigureRecord, Record
from tests import examples
from tests.conftest import ROOT, run
from tests.test_prose_typed_or_stale import digits

COUNT = "from edition.build import totals, upkeep; from edition import paths; upkeep.counted(paths.root())"


def records(edition: Path, notebook: str, *options: str) -> dict[str, Record]:
    """The exhibits of a notebook of a copy, run as the book runs it."""
    out = edition / "_build" / f"{notebook}.ipynb"
    result = run(
        "python", "-m", "edition.build.execute", f"notebooks/{notebook}.ipynb", str(out), *options, cwd=edition
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return {record.id: record for record in stored.records(out)}


def said(edition: Path, notebook: str) -> dict[str, str]:
    """The computed texts of that run."""
    return stored.texts(edition / "_build" / f"{notebook}.ipynb")


def validated(edition: Path) -> str:
    """What validation says of a copy's data, its hashes written."""
    for command in ("edition.build.upkeep hashes", "edition.build.validate"):
        result = run("python", "-m", *command.split(), cwd=edition)
        assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def markdown(notebook: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "markdown"]


def fits_in(edition: Path, name: str, before: str) -> None:
    """A new chapter has the shape of the others, and stands after the one before."""
    order = [path.stem for path in contents.chapters(edition)]
    here = order.index(name)
    assert order[here - 1] == before
    text = markdown(edition / "notebooks" / f"{name}.ipynb")
    assert text[0].startswith("# ") and "{glue}" in text[0] and not [found for cell in text for found in digits(cell)]
    assert re.findall(r"^:::\{admonition\} (.*)", text[-1], re.M) == ["Still open"]


@pytest.mark.weekly
def test_the_example_of_a_number_misleads(edition: Path) -> None:
    assert examples.follow(examples.NUMBER, edition) == ["make accept"]
    rows = sum(1 for _ in (ROOT / "data" / "stocks.csv").open(encoding="utf-8")) - 1
    assert f"stocks {rows + 1}," in validated(edition)
    found = records(edition, "estimates")["tbl-estimates"]
    assert "p-germany-present" in {row["id"] for row in found.rows}
    told = run("python", "-c", COUNT, cwd=edition)
    assert told.returncode == 0, told.stderr
    changed = dict(re.findall(r"totals\.csv, (.+): (\d+, now \d+)", told.stdout))
    assert changed["stocks"] == f"{rows}, now {rows + 1}" and changed["estimates, germany"] == "2, now 3"
    assert {"numbers", "claims", "stocks, text"} < set(changed) and not {"stages", "chapters", "tables"} & set(changed)


def test_the_example_of_a_chapter_misleads(edition: Path) -> None:
    assert examples.follow(examples.CHAPTER, edition)[0].startswith("make chapter")
    assert set(records(edition, "germany")) == {"tbl-germany", "tbl-germany-apart"}
    assert said(edition, "germany") == {"count": "two numbers", "least": "2,000", "most": "7,000"}
    fits_in(edition, "germany", "small_communities")
    module = edition / "src" / "analysis" / "chapters" / "germany.py"
    for command in ("check", "format --check"):
        done = run("ruff", *command.split(), str(module), cwd=edition)
        assert done.returncode == 0, done.stdout
    done = run("mypy", str(module), cwd=edition)
    assert done.returncode == 0, done.stdout


@pytest.mark.weekly
def test_the_example_of_a_stage_misleads(edition: Path) -> None:
    assert examples.follow(examples.STAGE, edition) == ["make accept"]
    validated(edition)
    found = records(edition, "move_1905")
    drawn = found["fig-move-1905-map"]
    assert isinstance(drawn, FigureRecord) and "not stated" in drawn.alt and "tbl-move-1905-facts" in found
    assert [mark["mark"] for mark in drawn.rows].count("arrow") == 1
    assert said(edition, "move_1905")["move-1905-number"] == "not stated"
    fits_in(edition, "move_1905", "stolypin")


@pytest.mark.parametrize(("name", "title", "ids"), [
    ("brack", "Brack", ["t1-brack-harrow", "t1-brack-quill"]),
    pytest.param("old_harbours_1911", "Old harbours 1911", ["t1-brack-harrow", "t1-brack-quill"], marks=pytest.mark.weekly),
])  # fmt: skip
def test_a_new_chapter_does_not_run(paper: Path, name: str, title: str, ids: list[str]) -> None:
    done = run("python", "-m", "edition.build.skeleton", name, "--after", "islanders", cwd=paper)
    assert done.returncode == 0, done.stderr
    assert [path.stem for path in contents.chapters(paper)] == ["islanders", name, "verdicts"]
    (shown,) = records(paper, name).values()
    assert [row["id"] for row in shown.rows] == ids and shown.parameters == {"bound": "both"}
    assert said(paper, name)["most"] == "1,500"
    text = markdown(paper / "notebooks" / f"{name}.ipynb")
    assert text[0].startswith(f"# {title}\n") and text[-1].startswith("## What is open")


@pytest.mark.parametrize(("asked", "words"), [
    ([""], "NAME is ''; allowed: small letters"),
    (["Brack"], "NAME is 'Brack'; allowed: small letters"),
    (["two words"], "NAME is 'two words'; allowed: small letters"),
    (["1911"], "NAME is '1911'; allowed: small letters"),
    (["a_b"], "NAME is 'a_b'; allowed: small letters"),
    (["import"], "NAME is 'import'; allowed: small letters"),
    (["verdicts"], "NAME is 'verdicts', and verdicts.py exists; allowed: a name that no chapter has"),
    (["brack", "--after", "sallow"], "AFTER is 'sallow'; allowed: islanders, verdicts"),
])  # fmt: skip
def test_a_wrong_name_begins_a_chapter(paper: Path, asked: list[str], words: str) -> None:
    files = {path: path.read_bytes() for path in paper.rglob("*") if path.is_file()}
    done = run("python", "-m", "edition.build.skeleton", *asked, cwd=paper)
    assert done.returncode == 1 and done.stderr.startswith(words) and len(done.stderr.splitlines()) == 1
    assert {path: path.read_bytes() for path in paper.rglob("*") if path.is_file()} == files


def test_a_name_is_taken_whose_parameters_are_not_found() -> None:
    """The class is found by the notebook's name, which must follow from its own."""
    for name in ("harbours", "old_harbours", "storm_1911", "the_storm_2"):
        assert skeleton.NAME.fullmatch(name)
        made = type(skeleton.model(name), (Chapter,), {})
        assert made.chapter() == name


def test_a_chapter_without_a_name_is_begun(edition: Path) -> None:
    done = run("make", "chapter", cwd=examples.with_environment(edition))
    assert done.returncode and "NAME is ''; allowed: small letters" in done.stderr


def test_the_root_is_crowded() -> None:
    """What `ls` shows of a fresh clone."""
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    shown = {file.partition("/")[0] for file in files if file and not file.startswith(".")}
    assert len(shown) <= 22, sorted(shown)
