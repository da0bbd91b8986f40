"""What each page weighs on a first visit, and a plain Jupyter Book page beside it.

    python -m benchmarks.pages     # the book in _build/html; writes benchmarks/pages.csv

A page is opened once in a fresh browser at 1280 pixels; other hosts cannot be reached but are counted. A file counts
with the bytes a server that packs text sends. Nothing is scrolled, so pictures far below are not in it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
from playwright.sync_api import Browser, sync_playwright
from tests import browser as finder
from tests.conftest import ROOT, serve
from tests.test_pages_unreadable import LOADED, PAGES, SHIFTS, sent

RESULT = ROOT / "benchmarks" / "pages.csv"
PLAIN = "# A plain page\n\nJupyter Book makes this page as it comes, without any configuration of its own.\n"
KINDS = {"document": "html", "stylesheet": "css", "script": "js", "font": "font", "image": "image"}
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"


def plain(folder: Path) -> Path:
    """A book of one page by Jupyter Book's defaults; returns its HTML."""
    (folder / "_config.yml").write_text("title: Plain\n")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: plain\n")
    (folder / "plain.md").write_text(PLAIN)
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "_build" / "html"


def weigh(browser: Browser, site: str, html: Path, name: str) -> dict[str, object]:
    """One row: bytes by kind, requests, other hosts, layout shift."""
    context = browser.new_context(viewport={"width": 1280, "height": 844})
    context.add_init_script(SHIFTS)
    page = context.new_page()
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.url, request.resource_type)))
    page.goto(f"{site}/{name}.html", wait_until="load")
    page.evaluate(LOADED)
    shifted = page.evaluate("shifted")
    context.close()
    weight = dict.fromkeys([*KINDS.values(), "other"], 0)
    own = [(urlsplit(url).path.lstrip("/"), kind) for url, kind in asked if url.startswith(site)]
    for path, kind in own:
        weight[KINDS.get(kind, "other")] += sent(html / path)
    elsewhere = {urlsplit(url).netloc for url, _ in asked if url.startswith("http") and not url.startswith(site)}
    return {
        "page": name,
        "bytes": sum(weight.values()),
        **weight,
        "requests": len([url for url, _ in asked if url.startswith("http")]),
        "other_hosts": " ".join(sorted(elsewhere)),
        "layout_shift": round(shifted, 4),
    }


def main() -> None:
    """Measure every page and write the table."""
    rows = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=finder.find(), args=[*finder.FLAGS, OFFLINE])
        ours = ROOT / "_build" / "html"
        for label, html, names in (("plain Jupyter Book", plain(Path(folder)), ["plain"]), ("this book", ours, PAGES)):
            with serve(html) as site:
                rows += [{"book": label, **weigh(browser, site, html, name)} for name in names]
        browser.close()
    table = pd.DataFrame(rows)
    table.to_csv(RESULT, index=False, lineterminator="\n")
    print(table.drop(columns="other_hosts").to_string(index=False))


if __name__ == "__main__":
    main()
