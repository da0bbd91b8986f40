"""Two builds of the whole book differ, plain Jupyter Book cannot make it, nbval finds a change in it, its crate is no RO-Crate, axe
finds fault with a page, what a notebook is made from is not known, or its change not noticed by the next build, what a
contributor adds by the examples makes other tests fail, or a page that follows its reader shows other things than an edition.

Minutes each, so `make test-whole` runs them, and `make test` the same on the invented paper, a small crate, a page of each kind and
three kinds of change a day.
"""

from __future__ import annotations

import gzip
import itertools
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from analysis.tables import Tables
from edition.asking import chapters, request
from edition.asking.states import state_name, states
from tests import examples, oracle
from tests import states as net
from tests import test_change_runs_too_little as change
from tests.browser import until
from tests.conftest import NBVAL, ROOT, SNAKEMAKE, copy_edition, environment, run, serve
from tests.test_crate_invalid import Faults
from tests.test_crate_invalid import faults as faults
from tests.test_input_unnoticed import KINDS, Workshop, is_noticed
from tests.test_input_unnoticed import usual as usual
from tests.test_input_unnoticed import workshop as workshop
from tests.test_pages_unreadable import HTML, PAGES, PHONE, WIDE, axe_is_content, reader
from tests.test_pipeline_breaks import digest

# The tests that look at this paper's data, chapters and book; the others are about the invented paper, or about no data.
AFFECTED = [
    f"tests/test_{name}.py"
    for name in (
        "a_state_breaks", "added_source_misused", "addresses_lost", "cards_too_heavy", "change_runs_too_little",
        "claims_misjudged", "computing_wrong", "data_faults_unnoticed", "editions_misread", "engine_names_a_paper",
        "exhibits_broken", "explorer_misleads", "figure_not_told", "geography_unprepared", "hosts_misread",
        "maps_misdrawn", "numbers_miscopied", "pages_shut_out", "pages_unreadable", "parameters_unchecked",
        "present_day_wrong", "prose_typed_or_stale", "results_not_exported", "sentences_untrue", "settings_misjudged",
        "stages_missing", "statements_misjudged", "story_breaks_off", "sweeps_lose_results", "tables_answer_wrong",
        "totals_unread",
    )
]  # fmt: skip


def test_two_builds_differ(edition: Path) -> None:
    """The book that `make book` made here, and the same files built elsewhere: notebooks, and every file of every exhibit."""
    result = run(*SNAKEMAKE, cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    for pattern in (
        "_build/book/notebooks/*.ipynb",
        "_build/book/exhibits/*/*",
        "_build/html/_images/fig-*.svg",  # of exhibits: a book with answers has others too
        "_build/html/data/*",
    ):
        first, second = digest(ROOT, pattern), digest(edition, pattern)
        assert first, f"no {pattern}: run make book first"
        assert first == second


def test_jupyter_book_alone_cannot_build_the_stored_notebooks(edition: Path) -> None:
    result = run("jupyter-book", "build", "-W", "-n", "--keep-going", ".", cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
    assert digest(edition, "_build/html/exhibits/*") == digest(ROOT, "_build/html/exhibits/*")


def test_nbval_finds_other_outputs_than_are_stored() -> None:
    result = run(*NBVAL, "notebooks", cwd=ROOT)
    assert result.returncode == 0, result.stdout[-4000:]


def test_the_crate_of_the_release_is_not_valid(faults: Faults, tmp_path: Path) -> None:
    """All that it says of the release and its makers, and one file of each kind: of all 1,670 the same is said, and the validator, which
    looks through the whole crate anew for each of its checks, came to no end in five minutes with 200.
    """
    crate = json.loads((HTML / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    files = [one["@id"] for one in crate["@graph"] if one["@type"] == "File"]
    assert [name for name in files if not (HTML / name).is_file()] == []
    kinds = {(name.partition("/")[0], Path(name).name.partition(".")[2]): name for name in files}
    left = set(files) - set(kinds.values())
    crate["@graph"] = [one for one in crate["@graph"] if one["@id"] not in left]
    (root,) = (one for one in crate["@graph"] if one["@id"] == "./")
    root["hasPart"] = [one for one in root["hasPart"] if one["@id"] not in left]
    for name in kinds.values():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(HTML / name, tmp_path / name)
    (tmp_path / "ro-crate-metadata.json").write_text(json.dumps(crate), encoding="utf-8")
    assert faults(tmp_path) == {}


def test_a_notebook_is_run_with_code_that_is_not_found_in_its_source() -> None:
    for notebook, files in change.loaded(change.NOTEBOOKS).items():
        change.is_found(notebook, files)


@pytest.mark.parametrize("kind", KINDS)
def test_the_next_build_makes_another_book_than_one_from_nothing(
    workshop: Workshop, usual: dict[str, str], kind: str
) -> None:
    is_noticed(workshop, usual, kind)


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shuts_somebody_out(browser: Browser, site: str, name: str, width: int) -> None:
    for visit in reader(browser, width):
        visit.goto(f"{site}/{name}.html", wait_until="load")
        axe_is_content(visit)


EDITIONS = 5  # as many others as the states of `table_2` and `uzbekistan`, so that all of theirs are looked at
ANSWERS = 80_000  # bytes of a chapter's answers, packed, without pictures


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Editions of the whole book, in each of which every chapter is in another state."""
    folder = copy_edition(tmp_path_factory.mktemp("editions") / "book")
    for n in range(EDITIONS):
        file = folder / "editions" / f"state-{n}.yml"
        asked = {chapter: others[n % len(others)] for chapter, others in OTHERS.items()}
        file.write_text(json.dumps({"name": f"State {n}", "summary": "One state of each chapter.", "chapters": asked}))
        made = {**environment(folder), "EDITION": str(file.relative_to(folder))}
        result = subprocess.run(SNAKEMAKE, cwd=folder, env=made, capture_output=True, text=True, timeout=1800)
        assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return folder / "_build" / "editions"


def _others(chapter: str) -> list[dict[str, object]]:
    usual = request.defaults(ROOT / "notebooks" / f"{chapter}.ipynb")
    return states(chapters.parameters()[chapter], usual)[1:]


OTHERS = {chapter: _others(chapter) for chapter in chapters.parameters()}


@pytest.mark.parametrize("chapter", OTHERS)
def test_a_page_after_a_choice_is_not_that_of_an_edition(
    browser: Browser, site: str, editions: Path, chapter: str
) -> None:
    usual = request.defaults(ROOT / "notebooks" / f"{chapter}.ipynb")
    page, other = browser.new_page(), browser.new_page()
    with serve(editions) as made:
        for n, state in itertools.islice(enumerate(OTHERS[chapter]), EDITIONS):
            asked = dict(part.split("=") for part in state_name(state, usual).split("&"))
            page.goto(f"{site}/notebooks/{chapter}.html?{oracle.address(asked)}", wait_until="networkidle")
            until(page, f"{oracle.ANSWERED} > 0")
            other.goto(f"{made}/state-{n}/html/notebooks/{chapter}.html", wait_until="networkidle")
            assert oracle.shown(page, chapter) == oracle.shown(other, chapter), state
    page.close()
    other.close()


@pytest.mark.parametrize("chapter", OTHERS)
def test_a_sentence_breaks_in_a_state_that_is_worked_out(tables: Tables, chapter: str) -> None:
    kept = json.loads((HTML / "answers" / f"{chapter}.json").read_text(encoding="utf-8"))
    usual = net.findings(tables, chapter, net.usual(chapter))
    for name, changes in kept["states"].items():
        said = {key: _text(kept["said"][place]) for key, place in changes.get("said", {}).items()}
        assert net.faults(net.page(chapter, usual | said)) == [], name


def _text(told: list[Any]) -> str:
    """A sentence as it is kept: its text first, or pieces that are kept so."""
    return "".join(map(_text, told)) if isinstance(told[0], list) else str(told[0])


@pytest.mark.parametrize("chapter", OTHERS)
def test_the_answers_of_a_chapter_are_too_heavy(chapter: str) -> None:
    content = (HTML / "answers" / f"{chapter}.json").read_bytes()
    assert len(gzip.compress(content, 6)) <= ANSWERS
    assert set(json.loads(content)["states"]) >= {
        state_name(state, request.defaults(ROOT / "notebooks" / f"{chapter}.ipynb")) for state in OTHERS[chapter]
    }


def test_the_examples_for_contributors_cannot_be_accepted(edition: Path) -> None:
    """All three of CONTRIBUTING.md in one book: `make accept` puts right all that they change, and no test is edited."""
    examples.with_environment(edition)
    for title in (examples.NUMBER, examples.CHAPTER, examples.STAGE):
        examples.follow(title, edition)
    result = run("make", "accept", cwd=edition, seconds=1800)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    assert "stages: " in result.stdout and "fig-move-1905-map: new" in result.stdout
    result = run(
        "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", *AFFECTED, cwd=edition, seconds=1800
    )
    assert result.returncode == 0, result.stdout[-6000:]
