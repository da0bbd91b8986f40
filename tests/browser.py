"""A browser for the tests of the pages: the one found on this machine, or one installed now.

python -m tests.browser     # find or install, and say which
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
HELP = (
    "No browser was found and none could be installed, and the pages cannot be tested without one. "
    "Install Chromium (Debian: apt-get install chromium), or name one: make test BROWSER=/path/to/chromium"
)


def find() -> str | None:
    """Path of a browser on this machine, if there is one."""
    named = os.environ.get("BROWSER")
    return named or next(filter(None, map(shutil.which, NAMES)), None) or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None  # noqa: PTH110


def install() -> None:
    """Install a browser by what this machine offers; failing is for the caller to see."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, stdout=subprocess.DEVNULL)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """Find or install; exit with what to do when neither works."""
    if not find():
        print("No browser found: installing one", flush=True)
        install()
    sys.exit(0 if find() else HELP)


if __name__ == "__main__":
    main()
