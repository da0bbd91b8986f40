"""What several tests need: the tables, a copy of the edition to spoil, the built book and a browser."""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from analysis.data import load
from analysis.tables import Tables
from edition.build import fork_client
from tests import browser as finder

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "tests" / "paper"
ALONE = (
    "snakemake",
    "--snakefile",
    str(ROOT / "workflow" / "Snakefile"),
    "--cores",
    "2",
)  # when no notebook is to be run
SNAKEMAKE = ("python", "-m", "edition.build.fork_client", *ALONE)
SANITIZE = ROOT / "tests" / "nbval.cfg"
NBVAL = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "--nbval", "--nbval-current-env",
         f"--nbval-sanitize-with={SANITIZE}")  # fmt: skip
LONG = (
    "test_answers_differ",
    "test_pages_unreadable",
    "test_a_state_breaks",
    "test_pipeline_breaks",
    "test_input_unnoticed",
    "test_pages_unreadable_on_a_phone",
    "test_sweeps_lose_results",
    "test_pages_shut_out",
    "test_another_paper_cannot_be_made",
    "test_explorer_misleads",
    "test_sentences_untrue",
    "test_change_runs_too_little",
    "test_watched_page_stale",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take minutes begin first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


def papermill(notebook: Path, target: Path, given: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Run a notebook as a re-executor does: in a process of its own, since a cell that fails leaves a task of nbclient's behind,
    which spoils whatever the process does next.
    """
    asked = (sys.executable, "-m", "papermill", "--no-progress-bar", "--parameters_yaml", json.dumps(given))
    root = notebook.parent.parent
    return subprocess.run([*asked, notebook, target], cwd=notebook.parent, env=environment(root), capture_output=True, text=True,
                          timeout=300)  # fmt: skip


def each_in_turn(names: Iterable[str], days: int, always: Container[str] = ()) -> list[Any]:
    """What to ask of each name: of some today, so that so many days ask all, and of all when the weekly tests run too."""
    day = datetime.date.today().toordinal()
    return [
        pytest.param(name, marks=[] if name in always or (n + day) % days == 0 else [pytest.mark.weekly])
        for n, name in enumerate(names)
    ]


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load(ROOT)


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A copy of the files git knows, to be changed."""
    return copy_edition(tmp_path / "edition")


def copy_edition(target: Path) -> Path:
    names = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def copy_paper(target: Path) -> Path:
    """A copy of the invented paper: what the engine does for any paper is tried on it."""
    return shutil.copytree(PAPER, target, ignore=shutil.ignore_patterns("_build", ".snakemake", "__pycache__"))


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the invented paper, to be changed; the test runs in it."""
    monkeypatch.chdir(copied := copy_paper(tmp_path / "paper"))
    return copied


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented paper with its book made, to be looked at and not to be changed; one for all workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "made"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second waits
        if not (folder / "_build" / "published").exists():
            shutil.rmtree(folder, ignore_errors=True)
            result = run(*SNAKEMAKE, cwd=copy_paper(folder))
            assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return folder


def run(*command: str, cwd: Path, seconds: int = 600) -> subprocess.CompletedProcess[str]:
    """A command in a copy of an edition, with that copy's own package, and the engine of this checkout if it has none.

    A copy with the engine of this checkout has it imported by the one process that is at hand for all of them.
    """
    at_hand = {} if (cwd / "src" / "edition").is_dir() else _at_hand()
    return subprocess.run(
        command, cwd=cwd, env=environment(cwd) | at_hand, capture_output=True, text=True, timeout=seconds
    )


AT_HAND = contextlib.ExitStack()


@functools.cache
def _at_hand() -> dict[str, str]:
    with contextlib.chdir(ROOT):
        return {fork_client.WARM: AT_HAND.enter_context(fork_client.at_hand())[fork_client.WARM]}


def pytest_sessionfinish() -> None:
    """Nothing outlives the tests."""
    AT_HAND.close()


def environment(folder: Path) -> dict[str, str]:
    """The environment of a command in a copy of an edition."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": f"{folder / 'src'}:{ROOT / 'src'}"}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Address of a folder, served on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Address of the built book, served on this machine."""
    folder = ROOT / "_build" / "html"
    assert (folder / "index.html").is_file(), "no book in _build/html: run make book first"
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = finder.find()
    assert path, finder.HELP
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=finder.FLAGS)
        yield running
        running.close()
