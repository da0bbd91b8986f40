"""What several tests need: the tables, a copy of the edition to spoil, the built book and a browser."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from analysis.tables import Tables, load
from tests import browser as finder

ROOT = Path(__file__).resolve().parent.parent
LONG = (
    "test_pages_unreadable",
    "test_pages_unreadable_on_a_phone",
    "test_pipeline_breaks",
    "test_sweeps_lose_results",
    "test_versions_lost",
    "test_stored_notebooks_unbuildable",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take minutes begin first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


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


CHAPTERS = ("table_3", "labour", "world_total")  # of the small edition: tables, a map, the cover


def small_edition(target: Path) -> Path:
    """A copy of the files git knows with few chapters, to be built: what these refer to elsewhere is plain text in it."""
    copy_edition(target)
    files = ["pages/references", *(f"notebooks/{name}" for name in CHAPTERS)]
    contents = "".join(f"      - file: {name}\n" for name in files)
    (target / "_toc.yml").write_text(
        f"format: jb-book\nroot: page\nparts:\n  - chapters:\n{contents}", encoding="utf-8"
    )
    (target / "page.md").write_text("# A book\n\nOf few chapters.\n", encoding="utf-8")
    for path in [target / "pages" / "references.md", *(target / "notebooks" / f"{name}.ipynb" for name in CHAPTERS)]:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\{(?:doc|numref|ref|term)\}`([^`]*)`", r"\1", text), encoding="utf-8")
    return target


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command in a copy of the edition, with that copy's own package."""
    paths = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(cwd / "src")}
    return subprocess.run(command, cwd=cwd, env={**os.environ, **paths}, capture_output=True, text=True, timeout=600)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
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
