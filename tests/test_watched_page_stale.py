"""Somebody who writes with `make watch` does not see a change, or why it cannot be made, or loses the last good page."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from edition.build import watch
from tests.conftest import ALONE, environment

SECONDS = 300  # for a book of three pages, on a machine that does much else
COMMAND = ("python", "-m", "edition.build.step", "progress", *ALONE[1:])
TOLD = "[role=alert]"


def spoken(log: Path, pattern: str) -> str:
    """What the terminal says, once it says it."""
    until = time.monotonic() + SECONDS
    while not (found := re.search(pattern, said := log.read_text(encoding="utf-8"))):
        assert time.monotonic() < until, f"{pattern} is not in: {said}"
        time.sleep(0.1)
    return found[0]


@pytest.fixture(scope="module")
def paper(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(made, tmp_path_factory.mktemp("watched") / "paper", symlinks=True)


@pytest.fixture(scope="module")
def address(paper: Path) -> Iterator[str]:
    """Where the book is served while it is watched, once it has been made."""
    log = paper.with_name("terminal")
    with log.open("w") as lines:
        process = subprocess.Popen(["python", "-m", "edition.build.watch", "0", *COMMAND], cwd=paper, env=environment(paper),
                                   stdout=lines, stderr=lines, start_new_session=True)  # fmt: skip
        try:
            spoken(log, r"The book is made")
            yield spoken(log, r"http://127\.0\.0\.1:\d+/")
        finally:
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(SECONDS) == 0, log.read_text(encoding="utf-8")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(SECONDS * 1000)
    page.goto(f"{address}intro.html")
    yield page
    page.close()


def test_the_open_page_stays_as_it_was(paper: Path, page: Page) -> None:
    text = (paper / "intro.md").read_text(encoding="utf-8")
    (paper / "intro.md").write_text(text.replace("made up", "thought out"), encoding="utf-8")
    page.wait_for_selector("text=thought out")
    published = (paper / "_build" / "html" / "intro.html").read_text(encoding="utf-8")
    assert "thought out" in published and watch.SCRIPT not in published


@pytest.mark.weekly
def test_an_error_is_not_told_or_takes_the_page_away(paper: Path, page: Page, address: str) -> None:
    sound = (paper / "intro.md").read_text(encoding="utf-8")
    before = page.inner_text("article")
    (paper / "intro.md").write_text(f"{sound}\n{{doc}}`nowhere`\n", encoding="utf-8")
    told = page.wait_for_selector(TOLD)
    assert told and "intro.md" in told.inner_text() and "nowhere" in told.inner_text()
    assert told.inner_text() in spoken(paper.with_name("terminal"), ".*nowhere.*")
    assert page.inner_text("article") == before
    with urllib.request.urlopen(f"{address}intro.html") as answer:
        assert "nowhere" not in answer.read().decode()
    (paper / "intro.md").write_text(sound, encoding="utf-8")
    page.wait_for_selector(TOLD, state="detached")


def test_a_chapter_is_run_by_a_process_that_keeps_older_code(paper: Path, page: Page, address: str) -> None:
    page.goto(f"{address}notebooks/islanders.html")
    code = paper / "src" / "invented" / "chapters" / "islanders.py"
    text = code.read_text(encoding="utf-8")
    assert '"source": ' in text
    code.write_text(text.replace('"source": ', '"counted by": '), encoding="utf-8")
    page.wait_for_selector("article >> text=counted by")


@pytest.mark.weekly
def test_a_fault_in_the_data_is_told_otherwise(paper: Path, page: Page) -> None:
    path = paper / "data" / "estimates.csv"
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("1200,1200", "1201,1200"), encoding="utf-8")
    told = page.wait_for_selector(TOLD)
    assert told and told.inner_text().startswith("data/estimates.csv, row 2, column low: 1201 is above high (1200)")
    path.write_text(sound, encoding="utf-8")
    page.wait_for_selector(TOLD, state="detached")
