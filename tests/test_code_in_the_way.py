"""Code stands between a sentence and its figure unasked, cannot be had, or is announced by a name that says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import serve
from tests.test_pages_unreadable import PHONE, SHIFT, SHIFTS, WCAG, WIDE, axe_finds, turn

FOLD = "details.hide"
# Whatever of the folds and the code in them the tabulator key reaches, once around the page.
REACHED = """() => [...document.querySelectorAll('a, button, summary, pre, input, select, [tabindex]')]
    .filter(one => one.closest('details.hide') && one.checkVisibility({visibilityProperty: true})).length"""
GENERIC = "Toggle hidden content"


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    with serve(made / "_build" / "html") as address:
        yield f"{address}/notebooks"


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": WIDE, "height": 844})
    context.add_init_script(SHIFTS)
    yield context
    context.close()


@pytest.fixture
def visit(reader: BrowserContext) -> Page:
    return reader.new_page()


def seen(visit: Page) -> int:
    """How many pieces of code are to be seen."""
    return sum(code.is_visible() for code in visit.locator(f"{FOLD} pre").all())


def test_code_is_in_the_way_at_first(visit: Page, address: str) -> None:
    visit.goto(f"{address}/islanders.html")
    assert visit.locator(FOLD).count() > 3
    assert not any(fold.is_visible() for fold in visit.locator(FOLD).all())
    assert visit.evaluate(REACHED) == 0
    assert visit.get_by_role("button", name="Code", exact=True, pressed=False).count() == 1
    gaps = "[...document.querySelectorAll('div.cell')].filter(c => c.checkVisibility() && !c.innerText.trim()).length"
    assert visit.evaluate(gaps) == 0, "a cell of which nothing is shown takes room"


@pytest.mark.parametrize("by", ["click", "Enter", "Space"])
def test_the_switch_shows_no_code_or_forgets(visit: Page, address: str, by: str) -> None:
    visit.goto(f"{address}/islanders.html")
    switch = visit.get_by_role("button", name="Code", exact=True)
    press = switch.click if by == "click" else lambda: switch.press(by)
    press()
    assert switch.get_attribute("aria-pressed") == "true"
    assert seen(visit) == visit.locator(FOLD).count()
    assert not any(name.is_visible() for name in visit.locator(f"{FOLD} > summary").all())
    visit.goto(f"{address}/verdicts.html")
    assert seen(visit) and switch.get_attribute("aria-pressed") == "true"
    press()
    assert not seen(visit) and switch.get_attribute("aria-pressed") == "false"
    visit.reload()
    assert not seen(visit)


def test_the_address_loses_the_code_or_what_else_it_holds(visit: Page, reader: BrowserContext, address: str) -> None:
    visit.goto(f"{address}/islanders.html?take=a.b&from=x+y#what-it-assumes")
    switch = visit.get_by_role("button", name="Code", exact=True)
    switch.click()
    shown = visit.url
    assert shown == f"{address}/islanders.html?take=a.b&from=x+y&code=1#what-it-assumes"
    switch.click()
    assert visit.url == shown.replace("&code=1", "")
    another = reader.new_page()  # nothing is kept for it but "off"
    another.goto(shown)
    assert seen(another)
    another.goto(f"{address}/verdicts.html")
    assert not seen(another), "somebody else's address changed what this reader chose"


def test_shown_code_moves_the_page_as_it_loads(visit: Page, address: str) -> None:
    visit.goto(f"{address}/islanders.html?code=1", wait_until="networkidle")
    assert seen(visit)
    assert visit.evaluate("shifted") < SHIFT


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_page_shuts_somebody_out_with_or_without_its_code(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, reduced_motion="reduce"
    )  # colours are there at once
    visit = context.new_page()
    for asked in ("", "?code=1"):
        visit.goto(f"{address}/islanders.html{asked}", wait_until="networkidle")
        for scheme in ("light", "dark"):
            turn(visit, scheme)
            assert axe_finds(visit, {"runOnly": WCAG}) == {}, (asked, scheme)
            assert visit.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()


def test_without_script_the_code_is_lost_or_its_folds_say_nothing(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    visit = context.new_page()
    visit.goto(f"{address}/islanders.html")
    assert not visit.locator(".code-switch").is_visible()
    folds = visit.locator(FOLD).all()
    assert all(fold.is_visible() for fold in folds) and not seen(visit)
    names = [fold.locator("summary").inner_text().strip() for fold in folds]
    assert {"Code of the figure", "Code of the table"} <= set(names)
    for fold in folds:
        assert fold.locator("summary").get_attribute("aria-label") is None  # so that it is called what is read
        fold.locator("summary").click()
    assert seen(visit) == len(folds)
    context.close()


def test_code_is_printed(visit: Page, address: str) -> None:
    visit.goto(f"{address}/islanders.html?code=1")
    visit.emulate_media(media="print")
    assert not seen(visit)


def test_a_page_without_code_has_a_switch(visit: Page, address: str, made: Path) -> None:
    visit.goto(f"{address}/../intro.html")
    assert visit.locator(FOLD).count() == 0 and visit.locator(".code-switch").count() == 0
    pages = (made / "_build" / "html").rglob("*.html")
    assert [page.name for page in pages if GENERIC in page.read_text("utf-8")] == []
