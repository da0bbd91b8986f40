"""A page is no valid HTML, as the Nu validator sees it; `make test-whole` runs this, with the validator that locks/vnu.sha256 names.

pytest -o addopts="" tests/valid.py
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT

VALIDATOR = ROOT / ".venv" / "valid" / "vnu.jar"
HTML = ROOT / "_build" / "html"
PIECE = ".piece.html"  # to be put into a page
ASKED = ("--format", "json", "--errors-only", "--exit-zero-always")


def faults(pages: list[Path]) -> Counter[str]:
    """What the validator finds in pages: each message with the first page and line where it stands, and how often."""
    command = ("java", "-Xss4m", "-jar", VALIDATOR, *ASKED, *pages)
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900).stderr
    found, first = Counter[str](), dict[str, str]()
    for one in json.loads(told)["messages"]:
        place = first.setdefault(one["message"], f"{one.get('url', '')}, line {one.get('lastLine', '')}")
        found[f"{one['message']} ({place})"] += 1
    return found


def test_the_validator_finds_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html lang='en'><title>x</title><details><summary><p>a</p></summary></details>")
    assert [text.partition(" not allowed")[0] for text in faults([page])] == ["Element “p”"]


@pytest.mark.parametrize("own", [True, False], ids=["the book's own pages", "what lies beside them"])
def test_a_page_is_no_valid_html(own: bool) -> None:
    beside = {HTML / "cite", HTML / "exhibits", HTML / "asked", HTML / "lite"}
    pages = sorted(
        page
        for page in HTML.rglob("*.html")
        if beside.isdisjoint(page.parents) == own and "lite" not in page.parts and not page.name.endswith(PIECE)
    )
    assert pages and faults(pages) == {}
