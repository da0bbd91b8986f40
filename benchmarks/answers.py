"""What it takes to let a reader change what a chapter assumes: to work the answers out, to load them, to show them.

    python -m benchmarks.answers     # after `make answers`; writes benchmarks/answers.csv

For each chapter: how many states are worked out, of how many combinations of stops; the processor time of working out, in
a process that has imported everything; the weight of its answers as a server that packs text sends them; its pictures; and
how long the page takes to show an answer once it is loaded, from the choice until the page is changed, over about
`LOOKED_AT` states, each twice.
"""

from __future__ import annotations

import gzip
import json
import statistics
import tempfile
import time
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, sync_playwright
from tests import browser as finder
from tests.browser import until
from tests.conftest import ROOT, serve

from edition.asking import chapters, request
from edition.asking.states import combinations
from edition.build import answers

RESULT = ROOT / "benchmarks" / "answers.csv"
HTML = ROOT / "_build" / "html"
LOOKED_AT = 12
TIMES = "performance.getEntriesByName('answer').map(entry => entry.duration)"


def shown(browser: Browser, site: str, chapter: str, states: list[str]) -> list[float]:
    """Milliseconds until the page is changed, for each state once the answers are loaded."""
    page = browser.new_page()
    page.goto(f"{site}/notebooks/{chapter}.html?{states[0]}", wait_until="networkidle")
    until(page, f"{TIMES}.length > 0")
    for n, state in enumerate(states, start=2):
        page.evaluate(
            "state => { history.pushState(null, '', '?' + state); dispatchEvent(new PopStateEvent('popstate')) }", state
        )
        until(page, f"{TIMES}.length >= {n}")
    found: list[float] = page.evaluate(TIMES)[1:]
    page.close()
    return found


def measure(browser: Browser, site: str, chapter: str) -> dict[str, object]:
    """One row of the table."""
    notebook = ROOT / "notebooks" / f"{chapter}.ipynb"
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        answers.write_answers(notebook, Path(folder) / chapter)
        seconds = time.process_time() - began
        files = [path for path in (Path(folder) / chapter).iterdir() if path.suffix == ".svg"]
        pictures, weight = len(files) // 2, sum(path.stat().st_size for path in files)
    content = (HTML / answers.NAME / f"{chapter}.json").read_bytes()
    states = list(json.loads(content)["states"])
    took = shown(browser, site, chapter, states[:: max(1, len(states) // LOOKED_AT)] * 2)
    return {
        "chapter": chapter,
        "states": len(states) + 1,
        "combinations": combinations(chapters.parameters()[chapter], request.defaults(notebook)),
        "seconds": round(seconds, 1),
        "packed_bytes": len(gzip.compress(content, 6)),
        "pictures": pictures,
        "picture_bytes": weight,
        "shown_ms_median": round(statistics.median(took), 1),
        "shown_ms_most": round(max(took), 1),
    }


def main() -> None:
    """Measure every chapter that has parameters, and write the table."""
    with sync_playwright() as playwright, serve(HTML) as site:
        browser = playwright.chromium.launch(executable_path=finder.find(), args=finder.FLAGS)
        rows = [measure(browser, site, chapter) for chapter in chapters.parameters()]
        browser.close()
    table = pd.DataFrame(rows)
    table.to_csv(RESULT, index=False, lineterminator="\n")
    print(table.to_string(index=False))
    print(table.drop(columns="chapter").sum(numeric_only=True).to_string())


if __name__ == "__main__":
    main()
