"""Two builds of the whole book differ, plain Jupyter Book cannot make it, nbval finds a change in it, its crate is no RO-Crate, axe
finds fault with a page, or what a notebook is made from is not known, or its change not noticed by the next build.

Minutes each, so `make test-whole` runs them, and `make test` the same on the invented paper, a small crate, a page of each kind and
three kinds of change a day.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import test_change_runs_too_little as change
from tests.conftest import NBVAL, ROOT, SNAKEMAKE, run
from tests.test_crate_invalid import Faults
from tests.test_crate_invalid import faults as faults
from tests.test_input_unnoticed import KINDS, Workshop, is_noticed
from tests.test_input_unnoticed import usual as usual
from tests.test_input_unnoticed import workshop as workshop
from tests.test_pages_unreadable import HTML, PAGES, PHONE, WIDE, axe_is_content, reader
from tests.test_pipeline_breaks import digest


def test_two_builds_differ(edition: Path) -> None:
    """The book that `make book` made here, and the same files built elsewhere: notebooks, and every file of every exhibit."""
    result = run(*SNAKEMAKE, cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    for pattern in (
        "_build/book/notebooks/*.ipynb",
        "_build/book/exhibits/*/*",
        "_build/html/_images/*.svg",
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


def test_the_crate_of_the_release_is_not_valid(faults: Faults) -> None:
    assert faults(HTML) == {}


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
