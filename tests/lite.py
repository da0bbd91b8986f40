"""A chapter does not run in the browser, or asks another host for something. Needs `make lite`; `make test-lite` runs it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT

SECONDS = 240  # for Python to load in the browser, and a chapter to run


@pytest.fixture
def page(browser: Browser, site: str) -> Page:
    """A page that reaches no host but the book's own."""
    page = browser.new_context().new_page()
    page.set_default_timeout(SECONDS * 1000)
    page.context.route(
        lambda address: not address.startswith((site, "data:", "blob:")),
        lambda route: route.abort("addressunreachable"),
    )
    return page


def test_a_changed_parameter_changes_nothing_in_the_browser(page: Page, site: str) -> None:
    """Open a chapter by its button, ask for five communities in place of three, run all: the sum of five is told."""
    assert (ROOT / "_build/html/lite/index.html").is_file(), "no lite in _build/html: run make lite first"
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/notebooks/table_1.html")
    assert not [address for address in asked if "/lite/" in address], "JupyterLite is loaded before it is asked for"

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Run this chapter").first.click()
    lab = opened.value
    lab.set_default_timeout(SECONDS * 1000)
    cell = lab.locator(".jp-CodeCell", has_text="largest: int = 3").first
    cell.locator(".cm-line", has_text="largest: int = 3").click()
    lab.keyboard.press("End")
    lab.keyboard.press("Backspace")
    lab.keyboard.type("5")
    last = lab.locator(".jp-CodeCell").last
    lab.evaluate("document.querySelectorAll('.jp-OutputArea-child').forEach(shown => shown.remove())")
    lab.get_by_role("menuitem", name="Run", exact=True).click()
    lab.get_by_role("menuitem", name="Run All Cells").first.click()
    lab.locator(".jp-CodeCell").last.locator(".jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).wait_for()
    last.locator(".jp-OutputArea-output").first.wait_for()
    assert not lab.locator(
        "[data-mime-type='application/vnd.jupyter.stderr'], .jp-RenderedText[data-mime-type*=error]"
    ).count()

    elsewhere = {address for address in asked if not address.startswith((site, "data:", "blob:"))}
    assert not elsewhere
