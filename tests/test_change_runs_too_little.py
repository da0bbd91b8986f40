"""A notebook is not run again although something that it is made from changed, or is run again although nothing did.

What a notebook imports when it runs is seen of those with a picture of each kind and of those that ask all
chapters; `whole` has every notebook run.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from edition.asking import chapters
from edition.asking.parameters import Chapter
from edition.build import dates, dependencies, in_process
from tests.conftest import ROOT, each_in_turn, run

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DRAWN = {"table_3", "labour", "world_total"}  # whose pictures are drawn too: a table, a map, a chart
ALL = {"rerun", "many_settings"}  # show or try what the chapters declare
TRIED = DRAWN | ALL


# In a process that has imported nothing of the code folders, each notebook in a fork of it: what that has imported at its
# end, function-level imports and such by name included. Pictures are drawn for a few.
LOADED = """
import json, sys
import IPython.core.interactiveshell, matplotlib.figure, pandas, pydantic, seaborn, frictionless, geopandas
from pathlib import Path

def loaded(notebook):
    from edition import paths
    from edition.build import execute, in_process
    drawn = Path(notebook).stem in sys.argv[1].split(",")
    records = in_process.run(Path(notebook), drawn=drawn).records
    if drawn:
        from edition.exhibits import citation, downloads, stored
        records[0].frame()
        citation.forms(records[0], citation.edition(paths.root()))
    src = str(paths.root() / "src")
    return [file for one in list(sys.modules.values()) if (file := getattr(one, "__file__", None) or "").startswith(src)]

def each(notebooks):
    import multiprocessing
    fork = multiprocessing.get_context("fork")
    for notebook in notebooks:
        receiver, sender = fork.Pipe(duplex=False)
        process = fork.Process(target=lambda: sender.send(loaded(notebook)))
        process.start()
        sender.close()
        yield notebook, receiver.recv()
        process.join()

print(json.dumps(dict(each(sys.argv[2:]))))
"""


def loaded(notebooks: list[Path]) -> dict[Path, set[Path]]:
    """The files of code that each of some notebooks of this paper has imported when it has run."""
    told = run("python", "-c", LOADED, ",".join(DRAWN), *map(str, notebooks), cwd=ROOT)
    assert told.returncode == 0, told.stderr[-3000:]
    return {Path(name): set(map(Path, files)) for name, files in json.loads(told.stdout).items()}


@pytest.fixture(scope="module")
def some(request: pytest.FixtureRequest) -> dict[Path, set[Path]]:
    """Of those that are asked of today, in one process."""
    asked = {one.callspec.params["name"] for one in request.session.items if "some" in getattr(one, "fixturenames", ())}
    return loaded([notebook for notebook in NOTEBOOKS if notebook.stem in asked])


@pytest.mark.parametrize("name", each_in_turn(sorted(TRIED), 3))
def test_a_notebook_is_run_with_code_that_is_not_found_in_its_source(some: dict[Path, set[Path]], name: str) -> None:
    notebook = ROOT / "notebooks" / f"{name}.ipynb"
    is_found(notebook, some[notebook])


def is_found(notebook: Path, files: set[Path]) -> None:
    """The files that a notebook was run with are found in its source."""
    known = dependencies.code(notebook)
    runner = {Path(inspect.getfile(in_process))}  # in place of papermill here
    if notebook.stem in ALL:  # it imports every chapter, for what that declares and no more: see below
        known |= {file for other in NOTEBOOKS for file in dependencies.code(other)}
    assert len(files) > 20
    assert {file.relative_to(ROOT).as_posix() for file in files - runner - known} == set()


def code(chapter: str) -> set[str]:
    return {
        file.relative_to(ROOT / "src").as_posix() for file in dependencies.code(ROOT / "notebooks" / f"{chapter}.ipynb")
    }


def run_by(file: str) -> set[str]:
    """The chapters that are run again when a file of code changes."""
    return {notebook.stem for notebook in NOTEBOOKS if file in code(notebook.stem)}


def test_a_drawing_a_font_or_a_module_behind_another_is_not_found() -> None:
    assert {
        "analysis/chapters/war.py", "analysis/chapters/stage.py", "edition/maps/map.py", "edition/charts/style.py",
        "edition/charts/fonts/SourceSans3-Regular.ttf", "edition/build/execute.py", "edition/exhibits/citation.py",
        "edition/data/printed.py", "analysis/paper.py", "analysis/tables.py", "analysis/__init__.py",
    } <= code("war")  # fmt: skip


def test_a_chapter_s_code_runs_others() -> None:
    assert run_by("analysis/chapters/russia.py") == {"russia", *ALL}
    assert run_by("analysis/claims/checks.py") == {"ledger", "verdicts"}, "what shows a check's answers"


@pytest.mark.parametrize(
    "file",
    ["exhibits/addresses.py", "exhibits/release.py", "build/upkeep.py", "build/publish.py", "book/site.py", "book/card.html"],
)  # fmt: skip
def test_what_only_the_book_is_made_with_runs_a_notebook(file: str) -> None:
    assert (ROOT / "src" / "edition" / file).is_file() and not run_by(f"edition/{file}")


def test_a_chapter_that_shows_all_parameters_is_not_run_again_for_one() -> None:
    declaring = {f"analysis/chapters/{chapter}.py" for chapter in chapters.parameters()}
    assert len(declaring) > 20 and all(declaring <= code(chapter) for chapter in ALL)


@pytest.mark.parametrize(("chapter", "model"), chapters.parameters().items())
def test_a_parameter_is_declared_with_another_module_s_help(chapter: str, model: type[Chapter]) -> None:
    """Who asks what all chapters declare has their files behind it, and not what these import."""
    tree = ast.parse(inspect.getsource(inspect.getmodule(model) or model))
    imported = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis")
        for name in node.names
    }
    (declared,) = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == model.__name__]
    assert (
        not {node.id for node in ast.walk(declared) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        & imported
    )


def test_a_table_or_its_description_is_behind_some_notebooks_only() -> None:
    files = {"datapackage.json", "stocks.csv", "claims.csv", "geography/countries-50m.json"}
    for notebook in NOTEBOOKS:
        assert {ROOT / "data" / name for name in files} <= dependencies.notebook(notebook)


def test_a_new_address_runs_notebooks() -> None:
    published = ROOT / dependencies.PROMISED
    assert published.is_file()
    assert all(published not in dependencies.notebook(notebook) for notebook in NOTEBOOKS)


def test_a_sweep_or_a_chapter_that_it_asks_is_not_found() -> None:
    shown = ROOT / "notebooks" / "many_settings.ipynb"
    assert {ROOT / "sweeps" / "growth.yml", ROOT / "notebooks" / "interlude.ipynb"} <= dependencies.sweeps(shown)
    assert {f"analysis/chapters/{name}.py" for name in ("interlude", "after_1991", "world_total")} <= code(shown.stem)
    assert dependencies.sweeps(ROOT / "notebooks" / "interlude.ipynb") == set()


# ---- what is missing or cannot be read


def without(file: Path) -> None:
    file.unlink()


def not_python(file: Path) -> None:
    file.write_text("def (", encoding="utf-8")


def not_text(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")


PLAN = ("snakemake", "--dry-run", "--quiet", "all", "--cores", "1")


@pytest.mark.parametrize(
    ("spoil", "name", "said"),
    [
        (without, "src/analysis/computing/stocks.py", "stocks"),
        (without, "data/stocks.csv", "data/stocks.csv: cannot be read (No such file or directory)"),
        (not_python, "src/analysis/chapters/war.py", "src/analysis/chapters/war.py, line 1: cannot be read"),
        (not_text, "src/analysis/chapters/war.py", "src/analysis/chapters/war.py: cannot be read"),
        (not_text, "notebooks/war.ipynb", "notebooks/war.ipynb: cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_taken_for_nothing_to_do(
    edition: Path, spoil: Callable[[Path], None], name: str, said: str
) -> None:
    spoil(edition / name)
    told = run(*PLAN, cwd=edition)
    assert told.returncode != 0, told.stdout + told.stderr
    assert said in told.stdout + told.stderr and "Nothing to be done" not in told.stdout + told.stderr


# ---- hashes and dates


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for file in files:
        file.write_text("1\n", encoding="utf-8")
    return files


def hashed(files: list[Path]) -> str:
    dependencies.look_again()  # as in another process
    return dependencies.digest(files)


def test_an_older_file_with_other_content_goes_unnoticed(pair: list[Path]) -> None:
    before = hashed(pair)
    pair[0].write_text("2\n", encoding="utf-8")
    os.utime(pair[0], (0, 0))
    assert hashed(pair) != before


def test_a_touched_file_is_taken_for_a_changed_one(pair: list[Path]) -> None:
    before = hashed(pair)
    os.utime(pair[0])
    assert hashed(pair) == before


def test_a_file_gone_or_renamed_goes_unnoticed(pair: list[Path]) -> None:
    before = hashed(pair)
    assert hashed(pair[:1]) != before
    renamed = pair[1].rename(pair[1].with_name("three.csv"))
    assert hashed([pair[0], renamed]) != before


def test_what_was_made_by_a_clock_that_was_ahead_stays_in_the_future(tmp_path: Path) -> None:
    page, notes = tmp_path / "book" / "notebooks" / "war.ipynb", tmp_path / "book" / "_build" / "environment.pickle"
    for file in (page, notes):
        file.parent.mkdir(parents=True)
        file.write_text("", encoding="utf-8")
    assert dates.put_right(tmp_path) == [] and notes.is_file()
    later = time.time() + 3600
    os.utime(page, (later, later))
    assert dates.put_right(tmp_path) == [page]
    assert page.stat().st_mtime <= time.time() and not notes.exists(), "Sphinx goes by when it read a page"
