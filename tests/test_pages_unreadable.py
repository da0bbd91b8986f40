"""A page asks another host, breaks in the console, scrolls sideways, or cannot be read by everyone.

Pages of a kind have the same elements in the same colours, so axe judges the colours of one of each kind here; `whole` has it
judge all.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import until
from tests.conftest import ROOT, each_in_turn

HTML = ROOT / "_build" / "html"
PAGES = [
    "intro",
    "references",
    "catalogue",
    "CHANGELOG",
    "people_and_places",
    *(f"notebooks/{p.stem}" for p in sorted((ROOT / "notebooks").glob("*.ipynb"))),
]
OF_EACH_KIND = ["intro", "notebooks/table_1", "notebooks/overview", "notebooks/ledger"]  # each day; all others in turn
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]  # axe's rules on which a scheme can bear
STRUCTURE = {"runOnly": WCAG, "rules": {rule: {"enabled": False} for rule in COLOURS}}
SCHEMES = ("light", "dark")
WIDE, PHONE = 1280, 390  # on a phone: test_pages_unreadable_on_a_phone
KB, REQUESTS, SHIFT = 350, 15, 0.05  # at most, on a first visit
SHIFTS = """window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(
    e => { if (!e.hadRecentInput) window.shifted += e.value })).observe({type: 'layout-shift', buffered: true})"""
# Two frames drawn, the pictures that were asked for arrived: what a first visit loads is loaded.
LOADED = """async () => {
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    const near = [...document.images].filter(i => i.checkVisibility() && i.getBoundingClientRect().top < innerHeight);
    await Promise.all(near.map(i => i.decode())) }"""

# Every picture of an exhibit, brought into view if it is to be seen, and how wide it is once it is drawn.
PICTURES = """async () => {
    const told = [];
    for (const picture of document.querySelectorAll('article .exhibit img')) {
        const seen = picture.checkVisibility({visibilityProperty: true});
        if (seen) { picture.scrollIntoView({block: 'center', behavior: 'instant'}); await picture.decode() }
        const said = Object.fromEntries(['alt', 'src', 'width', 'height', 'loading'].map(name => [name, picture.getAttribute(name) ?? '']));
        told.push({...said, seen, drawn: seen ? picture.naturalWidth : null}) }
    return told }"""
# For each figure of the text how many of its pictures are to be seen, and whether its caption is.
FIGURES = """() => [...document.querySelectorAll('article figure')].map(figure => [
    [...figure.querySelectorAll('img')].filter(picture => picture.checkVisibility({visibilityProperty: true})).length,
    figure.querySelector('figcaption')?.checkVisibility({visibilityProperty: true}) ?? false])"""
OPEN = (
    "document.querySelectorAll('details.folded').forEach(fold => { fold.open = true })"  # of pictures that are folded
)
# Rows that a filter keeps hidden: axe does not judge what nobody sees, but takes long to find that out.
HIDDEN_ROWS = "document.querySelectorAll('tr[hidden]').forEach(row => row.remove())"
# Rows of the same elements and classes, in an even or an odd place, have the same colours: the first of them is judged.
ALIKE_ROWS = """() => { for (const body of document.querySelectorAll('tbody')) {
    const seen = new Set();
    [...body.rows].forEach((row, n) => {
        const shape = `${n % 2} ${[row, ...row.querySelectorAll('*')].map(part => `${part.tagName}.${part.className}`)}`;
        if (seen.has(shape)) row.remove(); else seen.add(shape) }) } }"""


def reader(browser: Browser, width: int) -> Iterator[Page]:
    """A page of a browser so wide that has never been here before."""
    phone = width < 600
    context = browser.new_context(viewport={"width": width, "height": 844}, is_mobile=phone, has_touch=phone)
    context.add_init_script(SHIFTS)
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    yield from reader(browser, WIDE)


@pytest.mark.parametrize("name", each_in_turn(PAGES, 7, OF_EACH_KIND))
def test_a_page_fails_a_reader(visit: Page, site: str, name: str) -> None:
    is_sound(visit, site, name)
    axe_is_content(visit, SCHEMES if name in OF_EACH_KIND else ())


def is_sound(visit: Page, site: str, name: str) -> int:
    """A page is light, asks no other host, complains of nothing, does not scroll sideways, and its pictures are as they should
    be, in each scheme.

    Returns:
        How high it is as it loads, in pixels.
    """
    asked: list[str] = []
    complaints: list[str] = []
    visit.on("request", lambda request: asked.append(request.url))
    visit.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    visit.on("pageerror", lambda error: complaints.append(str(error)))
    visit.emulate_media(color_scheme="light")
    response = visit.goto(f"{site}/{name}.html", wait_until="load")
    assert response is not None and response.ok
    visit.evaluate(LOADED)
    is_light(asked, site, name)
    height = visit.evaluate("document.documentElement.scrollHeight")
    visit.evaluate(OPEN)
    for scheme in SCHEMES:
        turn(visit, scheme)
        assert visit.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (
            scheme
        )
        pictures_are_sound(visit, scheme)
    assert visit.evaluate("shifted") < SHIFT, "what is read moves while the page loads"
    assert visit.locator("[aria-label='Toggle hidden content']").count() == 0, "a fold does not say what it holds"
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == [] and complaints == []
    return int(height)


def axe_is_content(visit: Page, schemes: tuple[str, ...] = SCHEMES) -> None:
    """Structure is judged once, colours in each of the schemes."""
    visit.evaluate("scrollTo(0, 0)")
    visit.evaluate(HIDDEN_ROWS)
    assert axe_finds(visit, STRUCTURE) == {}
    if schemes:
        visit.evaluate(ALIKE_ROWS)
    for scheme in reversed(schemes):  # the page is in the last one
        turn(visit, scheme)
        assert axe_finds(visit, {"runOnly": {"type": "rule", "values": COLOURS}}) == {}, scheme


def axe_finds(visit: Page, rules: dict[str, object]) -> dict[str, list[str]]:
    """Rule → where the page breaks it."""
    found = Axe().run(visit, options={**rules, "resultTypes": ["violations"]}).response["violations"]
    return {fault["id"]: [node["html"][:120] for node in fault["nodes"][:3]] for fault in found}


def turn(visit: Page, scheme: str) -> None:
    """Have the reader's system ask for a scheme, and wait until the page has it."""
    visit.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    until(visit, "scheme => document.documentElement.dataset.theme === scheme", arg=scheme)


def is_light(asked: list[str], site: str, name: str) -> None:
    """What a first visit loads, as a server that packs text sends it, is not too much."""
    files = [HTML / url.removeprefix(site).partition("?")[0].lstrip("/") for url in asked if url.startswith(site)]
    weights = {file.name: sent(file) for file in files}
    if name != "catalogue":  # a page of many small pictures
        assert len(files) <= REQUESTS, sorted(weights)
    assert sum(weights.values()) <= KB * 1000, weights


@cache
def sent(file: Path) -> int:
    """Bytes of a file on the wire; pictures of dots and typefaces are packed already."""
    content = file.read_bytes()
    return len(content if file.suffix in {".png", ".woff2"} else gzip.compress(content, 6))


def pictures_are_sound(visit: Page, scheme: str) -> None:
    """Each picture of an exhibit has text in words, a size, and the version for the reader's scheme, and comes late."""
    for picture in visit.evaluate(PICTURES):
        assert len(picture["alt"].split()) >= 8 and not re.search(r"\.svg|\.png|_images", picture["alt"]), picture
        assert picture["width"] and picture["height"], "the page jumps when it loads"
        assert picture["loading"] == "lazy", "a picture far below is loaded at once"
        if picture["seen"]:
            of_night = re.search(r"[-.]dark\.svg", picture["src"]) is not None
            assert of_night == (scheme == "dark") and picture["drawn"] > 0, picture
    assert [figure for figure in visit.evaluate(FIGURES) if figure != [1, True]] == []


def test_a_menu_opens_nothing_on_a_phone(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(f"{site}/notebooks/table_1.html", wait_until="load")
    for button, inside in (("button.primary-toggle", ".bd-sidebar-primary a >> text=Every estimate, side by side"),
                           ("button.secondary-toggle", ".bd-sidebar-secondary a >> text=As printed")):  # fmt: skip
        entry = page.locator(inside).first
        assert not in_view(page, entry)
        page.locator(f"{button}:visible").first.tap()
        page.wait_for_timeout(600)
        assert in_view(page, entry), f"{button} opens nothing"
        page.reload(wait_until="load")
    context.close()


def in_view(page: Page, entry: object) -> bool:
    return bool(
        entry.evaluate(  # type: ignore[attr-defined]
            "e => { const r = e.getBoundingClientRect();"
            " return r.width > 0 && r.left >= 0 && r.right <= innerWidth && getComputedStyle(e).visibility == 'visible' }"
        )
    )


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_there_are_two_searches_or_none(browser: Browser, site: str, width: int) -> None:
    for page in reader(browser, width):
        page.goto(f"{site}/notebooks/table_1.html", wait_until="load")
        ways = page.locator(
            "button.search-button:visible, button.search-button-field:visible, input[type=search]:visible"
        )
        assert ways.count() == 1
        ways.click()
        page.keyboard.type("jut")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=jut")


@pytest.mark.parametrize("name", PAGES)
def test_a_number_is_set_as_code(name: str) -> None:
    """MyST-NB sets as code what one page takes from another; see `SaidElsewhere`."""
    text = (HTML / f"{name}.html").read_text(encoding="utf-8")
    assert re.findall(r"<code[^>]*>(?:<[^>]+>)*\d{1,3}(?:,\d{3})+<", text) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_link_or_a_reference_leads_nowhere(name: str) -> None:
    text = (HTML / f"{name}.html").read_text(encoding="utf-8")
    folder = (HTML / f"{name}.html").parent
    for target in re.findall(r'(?:href|src)="([^"]+)"', text):
        if target.startswith(("http", "data:", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        file = (folder / path.partition("?")[0]).resolve() if path else HTML / f"{name}.html"
        assert file.exists(), target
        if anchor and file.suffix == ".html":
            assert f'id="{anchor}"' in file.read_text(encoding="utf-8"), target
