"""A chapter does not run in the browser, or asks another host for something. Needs `make lite`; `make test-lite` runs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, expect

from edition.build import in_process
from edition.exhibits.exhibit import Table
from tests.conftest import ROOT

SECONDS = 300  # for Python to load in the browser, and a chapter to run


@pytest.fixture
def asked() -> list[str]:
    """Every address on another host that a page asked for."""
    return []


@pytest.fixture
def page(browser: Browser, site: str, asked: list[str]) -> Iterator[Page]:
    """A page that reaches no host but the book's own."""
    context = browser.new_context()
    context.set_default_timeout(SECONDS * 1000)

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.abort("addressunreachable")

    context.route(lambda address: not address.startswith((f"{site}/", "data:", "blob:")), refuse)
    yield context.new_page()
    context.close()


def native(chapter: str, **parameters: Any) -> list[list[str]]:
    """The tables of a chapter as it shows them here, cell by cell."""
    shown = in_process.run(ROOT / "notebooks" / f"{chapter}.ipynb", parameters).shown
    tables = [one._repr_mimebundle_()["text/html"] for one in shown if isinstance(one, Table)]
    return [
        [cell.text_content().strip() for cell in lxml.html.fromstring(table).xpath("//tbody//td")] for table in tables
    ]


def shown(lab: Page) -> list[list[str]]:
    """The tables that the notebook shows, cell by cell."""
    cells = (
        "tables => tables.map(table => [...table.querySelectorAll('tbody td')].map(cell => cell.textContent.trim()))"
    )
    found: list[list[str]] = lab.locator(".jp-OutputArea-output table").evaluate_all(cells)
    return found


@pytest.mark.parametrize(
    ("chapter", "line", "changed", "value"),
    [
        ("table_1", "largest: int = 3", "largest: int = 5", {"largest": 5}),
        ("overview", 'show: str = "all"', 'show: str = "stated"', {"show": "stated"}),  # with maps
    ],
)
def test_a_changed_parameter_changes_nothing_in_the_browser(
    page: Page,
    site: str,
    asked: list[str],
    chapter: str,
    line: str,
    changed: str,
    value: dict[str, Any],
) -> None:
    """By the button, with another value, all cells: the tables are those that the chapter gives here with that value."""
    assert (ROOT / "_build/html/lite/index.html").is_file(), "no lite in _build/html: run make lite first"
    page.goto(f"{site}/notebooks/{chapter}.html")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Run this chapter").first.click()
    lab = opened.value
    editor = lab.locator(".jp-CodeCell .cm-content", has_text=line).first
    editor.click()
    before = shown(lab)
    text = editor.evaluate("editor => editor.cmView.view.state.doc.toString()")
    lab.keyboard.press("Control+A")
    lab.keyboard.insert_text(text.replace(line, changed))
    lab.get_by_role("menuitem", name="Run", exact=True).click()
    lab.get_by_role("menuitem", name="Run All Cells").first.click()
    expect(lab.locator(".jp-InputPrompt", has_text="*").first).to_be_visible()
    expect(lab.locator(".jp-InputPrompt", has_text="*")).to_have_count(0, timeout=SECONDS * 1000)

    after = shown(lab)
    errors = lab.locator("[data-mime-type='application/vnd.jupyter.error']").all_inner_texts()
    assert not errors, errors
    assert before != after, "the tables are those of the default"
    assert after == native(chapter, **value)
    assert lab.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg").count(), "no picture is shown"
    assert not asked
