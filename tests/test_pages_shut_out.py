"""A page shuts out who uses a keyboard, wants no motion, reads by landmarks, on paper or without script; what axe does not see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from edition.book import sheet
from tests.conftest import ROOT, each_in_turn
from tests.test_pages_unreadable import HTML, OF_EACH_KIND, PAGES, WIDE, reader

# What can be used by pointer, seen, and not within something that is itself used.
USABLE = """[...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.getBoundingClientRect().width > 1
        && !e.closest('.sidebar-toggle, .search-button__wrapper'))"""
FOCUSED = """() => { const e = document.activeElement, look = getComputedStyle(e), rest = e.closest('li, summary, label') ?? e;
    const ring = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 || s.boxShadow !== 'none';
    const seen = ring(look) || [...e.children].some(c => ring(getComputedStyle(c)))
        || ring(getComputedStyle(e, '::before')) || ring(getComputedStyle(e.parentElement ?? e));
    window.met ??= new Set(); const again = met.has(e); met.add(e);
    return {again, seen, what: e.outerHTML.slice(0, 120), body: e === document.body} }"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from reader(browser, WIDE)


@pytest.mark.parametrize("scheme", each_in_turn(["light", "dark"], 2))
@pytest.mark.parametrize("name", each_in_turn(OF_EACH_KIND, 2, ["notebooks/table_1"]))
def test_the_keyboard_does_not_reach_something_or_its_place_cannot_be_seen(
    page: Page, site: str, name: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(f"{site}/{name}.html", wait_until="load")
    unseen = []
    for _ in range(1000):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if focus["body"] or focus["again"]:
            break
        if not focus["seen"]:
            unseen.append(focus["what"])
    assert unseen == []
    missed = page.evaluate(f"{USABLE}.filter(e => !met.has(e)).map(e => e.outerHTML.slice(0, 120))")
    assert missed == []


def test_the_first_key_does_not_lead_past_the_menus(page: Page, site: str) -> None:
    page.goto(f"{site}/notebooks/table_1.html", wait_until="load")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to main content" and skip.is_visible()
    page.wait_for_timeout(300)  # it slides in
    assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_does_not_say_its_language_or_name_its_parts(name: str) -> None:
    text = (HTML / f"{name}.html").read_text(encoding="utf-8")
    assert re.search(r'<html[^>]* lang="en"', text)
    assert len(re.findall(r"<main\b", text)) == 1
    navigations = re.findall(r"<nav\b[^>]*>", text)
    names = [found[1] for nav in navigations if (found := re.search(r'aria-label(?:ledby)?="([^"]+)"', nav))]
    assert len(names) == len(navigations) == len(set(names)), navigations


@pytest.mark.parametrize("name", ["intro", "catalogue", "notebooks/table_1"])
def test_something_moves_for_who_wants_no_motion(page: Page, site: str, name: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/{name}.html", wait_until="load")
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(e => ['', '::before', '::after'].some(part => {
            const s = getComputedStyle(e, part || null);
            return [s.transitionDuration, s.animationDuration].some(d => d.split(',').some(t => parseFloat(t) > 0.001))
                || s.scrollBehavior === 'smooth' })).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_a_dark_page_is_light_at_first_or_shows_the_light_picture(browser: Browser, site: str) -> None:
    for script in (True, False):
        context = browser.new_context(color_scheme="dark", java_script_enabled=script)
        visit = context.new_page()
        visit.goto(f"{site}/notebooks/table_1.html", wait_until="load")
        figure = visit.locator("article .exhibit figure").first
        assert figure.locator("img:visible").count() == 1, "two pictures of the same, or none"
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_table_says_too_little(name: str) -> None:
    """Each table has a caption and header cells, and every mark in its cells is explained below it."""
    text = (HTML / f"{name}.html").read_text(encoding="utf-8")
    for exhibit in re.findall(r'<div class="exhibit docutils container">(.*?)<div class="card"', text, flags=re.S):
        if "<table" not in exhibit:
            continue
        table, _, below = exhibit.partition("</table>")
        assert re.search(r"<caption>\s*\S", table)
        assert re.search(r"<thead>.*<th\b", table, flags=re.S)
        assert all("<th" in row or 'class="label"' in row for row in table.split("<tr")[2:]), "a row has no name"
        marks = set(re.findall(r"[*†‡‖]+", re.sub(r"<[^>]+>", " ", table.partition("<tbody>")[2])))
        assert all(mark in below for mark in marks), marks


@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_a_table_pushes_a_phone_aside_or_loses_its_columns(browser: Browser, site: str, name: str) -> None:
    """At 390 px: a table is as wide as the page, or scrolls in a box that the keyboard reaches; numbers stand flush."""
    for page in reader(browser, 390):
        page.goto(f"{site}/{name}.html", wait_until="load")
        for table in page.locator("article .exhibit table:not(.stacked)").all():
            box = table.locator("xpath=ancestor::*[contains(@class, 'pst-scrollable-table-container')]").first
            if table.evaluate("t => t.scrollWidth > document.documentElement.clientWidth"):
                assert box.get_attribute("tabindex") == "0" and box.get_attribute("aria-label")
            aligned = table.evaluate("t => [...t.querySelectorAll('.number')].map(c => getComputedStyle(c).textAlign)")
            assert set(aligned) <= {"right"}


def test_paper_shows_what_only_a_screen_can_use(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site}/notebooks/table_1.html", wait_until="load")
    page.emulate_media(color_scheme="dark", media="print")
    for gone in (
        ".card summary",
        ".card a",
        ".bd-sidebar-primary",
        ".bd-header-article",
        ".prev-next-footer",
        "button",
        ".copybtn",
    ):
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    assert (
        page.locator("article .exhibit figure img:visible").evaluate_all("all => all.map(i => i.className)")
        == ["only-light"] * page.locator("article .exhibit figure").count()
    )
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    assert "BibTeX" not in text and "http" not in text.split("Source")[0]


def test_a_sheet_does_not_say_what_it_is_or_loses_rows(page: Page, site: str) -> None:
    """Title, edition, version, licence and number stand on each sheet, and a table that folds or is filtered is whole on paper."""
    page.goto(f"{site}/notebooks/ledger.html", wait_until="load")
    rows = page.evaluate("document.querySelector('#tbl-ledger').tBodies[0].rows.length")
    page.emulate_media(media="print")
    assert page.locator("#tbl-ledger tbody tr:visible").count() == rows > 500
    page.goto(f"{site}/notebooks/table_1.html", wait_until="load")
    sheets = [one.extract_text() for one in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    for n, text in enumerate(sheets, start=1):
        assert f"{n} / {len(sheets)}" in text and "version" in text and "CC BY 4.0" in text


def test_what_a_sheet_says_ends_its_style() -> None:
    assert "<" not in sheet.quoted('Six </style> "million"\\') and sheet.quoted("a\nb") == '"a\\00000ab"'


def test_an_icon_is_an_empty_square() -> None:
    drawn = set(
        re.findall(r"\.(fa-[\w-]+) \{ --icon", (ROOT / "src/edition/book/static/icons.css").read_text(encoding="utf-8"))
    )
    used = {
        name
        for page in HTML.rglob("*.html")
        for classes in re.findall(r'class="([^"]*\bfa[sb]?[ -][^"]*)"', page.read_text(encoding="utf-8"))
        for name in classes.split()
        if name.startswith("fa-")
    }
    assert used - {"fa-solid", "fa-brands", "fa-lg"} <= drawn


def test_something_is_published_that_no_page_asks_for() -> None:
    names = {file.name for file in Path(HTML / "_static").rglob("*") if file.is_file()}
    assert not [
        name for name in names if re.search(r"fontawesome|^fa-|all\.min|thebe|require|mathjax|\.map$", name, re.I)
    ]
    text = " ".join(page.read_text(encoding="utf-8") for page in HTML.rglob("*.html"))
    assert not re.search(r"thebe|require\.js|mathjax|fontawesome", text, flags=re.I)
