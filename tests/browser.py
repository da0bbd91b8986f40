"""A browser for the tests of the pages: the one found on this machine, or one installed now.

python -m tests.browser     # find or install, start it once, and say what to do if it does not start
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from edition.build.browser import FLAGS as FLAGS
from edition.build.browser import LIGHT
from edition.build.browser import find as find

DRIVER = "libatomic1"  # what playwright's own driver links to; a package of Debian's, as the browsers are
HELP = (
    "The pages cannot be tested without a browser, and none that starts was found or could be installed. "
    f"Install Chromium (Debian: apt-get install {LIGHT} {DRIVER}), or name one: make test BROWSER=/path/to/chromium"
)


def until(page: Page, expression: str, arg: object = None, seconds: float = 30) -> None:
    """Wait until an expression is true in the page; Playwright's own way would have the page evaluate a text, which its policy forbids.

    Raises:
        TimeoutError: it is not true in time.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        if time.monotonic() > end:
            raise TimeoutError(f"not true within {seconds:g} s: {expression}")
        page.wait_for_timeout(50)


def fault() -> str | None:
    """What keeps a browser from starting; None when it starts."""
    path = find()
    if not path:
        return "no browser was found"
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(executable_path=path, args=FLAGS).close()
    except Error as error:
        return f"{path}: {error.message.splitlines()[0]}"
    except Exception as error:
        return f"playwright: {error}"
    return None


def installs_packages() -> bool:
    """Whether this machine has Debian's packages, and who asks may install them: a container, or continuous integration."""
    return bool(shutil.which("apt-get")) and os.geteuid() == 0


def install() -> None:
    """Install a browser by what this machine offers; whether it worked is for `fault` to see."""
    if installs_packages():
        quiet = {
            "check": False,
            "stdout": subprocess.DEVNULL,
            "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        }
        subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
        for browser in (LIGHT, "chromium"):  # not every release has the first
            command = ["apt-get", "install", "-y", "-qq", "--no-upgrade", browser, DRIVER]
            if subprocess.run(command, **quiet).returncode == 0:  # type: ignore[call-overload]
                break
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """Find or install; exit with what to do when neither works.

    Where packages can be installed, the browser without windows is, though there be another, unless one was named: it is the
    same browser, and with it all tests take some forty seconds less. Where it cannot be had, the other does.
    """
    found = fault()
    chosen = os.environ.get("BROWSER") or Path(find() or "").name == LIGHT
    if found or (installs_packages() and not chosen):
        print(f"{found or 'The tests take longer with a browser that has windows'}: installing {LIGHT}", flush=True)
        install()
        found = fault()
    sys.exit(f"{HELP}\n({found})" if found else 0)


if __name__ == "__main__":
    main()
