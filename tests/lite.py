"""A chapter does not run in the browser, or asks another host for something. Needs `make lite`; `make test-lite` runs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, expect

from edition.build import in_process
from edition.exhibits import markup
from edition.exhibits.record import TableRecord
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
    """The tables of a chapter as it shows them here, cell by cell, with what differs from the edition told."""
    file = ROOT / "notebooks" / f"{chapter}.ipynb"
    usual = {record.id: record for record in in_process.run(file).records}
    here = [record for record in in_process.run(file, parameters).records if isinstance(record, TableRecord)]
    tables = [markup.html(record, usual.get(record.id)) for record in here]
    return [
        [cell.text_content().strip() for cell in lxml.html.fromstring(table).xpath("//tbody//td")] for table in tables
    ]


def shown(page: Page, within: str) -> list[list[str]]:
    """The tables that a page shows, cell by cell."""
    cells = (
        "tables => tables.map(table => [...table.querySelectorAll('tbody td')].map(cell => cell.textContent.trim()))"
    )
    found: list[list[str]] = page.locator(f"{within} table").evaluate_all(cells)
    return found


@pytest.mark.parametrize(
    ("chapter", "values"),
    [("table_1", {"kazakhstan_column": "tatimov", "largest": 5}), ("overview", {"show": "stated"})],  # with maps
)
def test_a_chapter_asked_in_the_browser_answers_otherwise(
    page: Page, site: str, asked: list[str], chapter: str, values: dict[str, Any]
) -> None:
    """By the button of the chapter, with the values of its address; what was said of size is what came; and the way back."""
    assert (ROOT / "_build/html/lite/index.html").is_file(), "no lite in _build/html: run make lite first"
    page.goto(f"{site}/notebooks/{chapter}.html")
    leads = page.locator(".run-chapter a").get_attribute("href")
    came: dict[str, int] = {}
    page.context.on("requestfinished", lambda request: came.update({request.url: _size(request)}))
    page.goto(f"{page.url.rpartition('/')[0]}/{leads}?{urlencode(values)}")
    for name, value in values.items():
        expect(page.locator(f"[name={name}]")).to_have_value(str(value))
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator("main[data-answered='1']")).to_be_attached(timeout=SECONDS * 1000)

    assert shown(page, "main") == native(chapter, **values) != native(chapter)
    assert page.locator("main mark").count() and page.locator("main figure img").count()
    assert page.locator("main img").evaluate_all("all => all.every(one => one.complete && one.naturalWidth)")
    said = float(re.search(r"([\d.]+) MB", page.locator("#cost").inner_text())[1])  # type: ignore[index]
    assert sum(came.values()) / 1e6 == pytest.approx(said, abs=0.3)
    page.get_by_role("link", name="Back to the chapter").click()
    assert page.url == f"{site}/notebooks/{chapter}.html?{urlencode(values)}"
    assert not asked


def _size(request: Any) -> int:
    return int(request.response().headers.get("content-length", 0))


def test_a_notebook_runs_otherwise_or_what_is_saved_stays(page: Page, site: str, asked: list[str]) -> None:
    """As a notebook, with another value, all cells: the tables are those of the chapter here; then it is saved, and forgotten."""
    page.goto(f"{site}/lite/ask/table_1.html")
    page.get_by_role("link", name="The chapter as a notebook").click()
    lab, line, changed = page, "largest: int = 3", "largest: int = 5"
    editor = lab.locator(".jp-CodeCell .cm-content", has_text=line).first
    editor.click()
    text = editor.evaluate("editor => editor.cmView.view.state.doc.toString()")
    lab.keyboard.press("Control+A")
    lab.keyboard.insert_text(text.replace(line, changed))
    lab.get_by_role("menuitem", name="Run", exact=True).click()
    lab.get_by_role("menuitem", name="Run All Cells").first.click()
    expect(lab.locator(".jp-InputPrompt", has_text="*").first).to_be_visible()
    expect(lab.locator(".jp-InputPrompt", has_text="*")).to_have_count(0, timeout=SECONDS * 1000)

    errors = lab.locator("[data-mime-type='application/vnd.jupyter.error']").all_inner_texts()
    assert not errors, errors
    assert shown(lab, ".jp-OutputArea-output") == native("table_1", largest=5)
    assert lab.locator(".edition-first", has_text="in the edition").count(), "no sentence is filled in"
    lab.keyboard.press("Control+S")
    lab.wait_for_timeout(2000)
    page.goto(f"{site}/lite/ask/table_1.html")
    page.get_by_role("button", name="Forget them").click()
    expect(page.locator(".kept")).to_contain_text("forgotten")
    page.get_by_role("link", name="The chapter as a notebook").click()
    expect(lab.locator(".jp-CodeCell .cm-content", has_text=line).first).to_be_visible()
    assert not asked
