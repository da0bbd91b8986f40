"""A book of which nothing changed is made again, or one of which something changed is not."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from edition.build import unchanged

MADE = """import sys
from pathlib import Path
Path("_build/html").mkdir(parents=True, exist_ok=True)
Path("_build/html/index.html").write_text("x")
Path(".snakemake/metadata").mkdir(parents=True, exist_ok=True)
with open("runs.log", "a") as log:
    log.write("x")
sys.exit(Path("fails").exists())"""
HOME = Path("_build")
COMMAND = [sys.executable, "-c", MADE]


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EDITION", raising=False)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps({"edition": "edition.paper"}))
    (tmp_path / "page.md").write_text("a page")
    assert runs() == 1
    return tmp_path


def runs() -> int:
    """How often the command has run when it was asked for once more."""
    unchanged.run(HOME, COMMAND)
    return Path("runs.log").stat().st_size


CHANGES: dict[str, Callable[[], object]] = {
    "a text": lambda: Path("page.md").write_text("a book"),
    "a text of an older date": lambda: os.utime("page.md", (1, 1)),
    "another file in its place": lambda: Path("page.md").rename("was.md").rename("page.md"),
    "a page more": lambda: Path("more.md").touch(),
    "a page less": lambda: Path("page.md").unlink(),
    "what was made, edited": lambda: Path("_build/html/index.html").write_text("y"),
    "what was made, gone": lambda: Path("_build/html/index.html").unlink(),
    "what Snakemake knows, gone": lambda: Path(".snakemake/metadata").rmdir(),
    "another edition": lambda: os.environ.update(EDITION="editions/x.yml"),
}


def test_nothing_changed_and_it_runs() -> None:
    assert runs() == 1


@pytest.mark.parametrize("change", CHANGES)
def test_something_changed_and_it_does_not_run(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION", "")
    assert runs() == 1
    CHANGES[change]()
    assert runs() == 2
    assert runs() == 2


def test_another_command_does_not_run() -> None:
    unchanged.run(HOME, [*COMMAND, "answers"])
    assert Path("runs.log").stat().st_size == 2


def test_what_failed_is_not_tried_again() -> None:
    Path("fails").touch()
    assert [runs(), runs()] == [2, 3]


def test_a_change_while_it_runs_is_lost() -> None:
    writes = [sys.executable, "-c", f"{MADE.replace('sys.exit', 'Path(chr(112)).touch(); sys.exit')}"]
    for _ in range(2):
        unchanged.run(HOME, writes)
    assert Path("runs.log").stat().st_size == 3
