"""The browser of this machine: found, and started to see what a reader sees.

    with browser.started() as found: ...        # None where there is none

Belongs here: that. Not here: installing one (`make browser`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LIGHT = "chromium-headless-shell"  # Chromium without windows: it opens a page in a third of the processor time
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """Path of a browser on this machine: the one named, an installed one, or playwright's own."""
    named = os.environ.get("BROWSER")
    return named or next(filter(None, map(shutil.which, NAMES)), None) or _playwrights()


def _playwrights() -> str | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Exception:  # its driver is not here or does not start; that is found out, and told, by starting a browser
        return None
    return path if Path(path).exists() else None


@contextmanager
def started() -> Iterator[Any]:
    """The browser as playwright has it; None where there is none, or no playwright."""
    path = find()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if not path:
        yield None
        return
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()
