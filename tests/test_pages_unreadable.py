"""A page asks another host, breaks in the console, scrolls sideways, or cannot be read by everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT

HTML = ROOT / "_build" / "html"
PAGES = [
    "intro",
    "references",
    "catalogue",
    "CHANGELOG",
    *(f"notebooks/{p.stem}" for p in sorted((ROOT / "notebooks").glob("*.ipynb"))),
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MODES = [(1280, "light"), (1280, "dark")]  # on a phone: test_pages_unreadable_on_a_phone


def named(mode: tuple[int, str]) -> str:
    return f"{mode[0]}-{mode[1]}"


def reader(browser: Browser, mode: tuple[int, str]) -> Iterator[Page]:
    """A page of a browser as wide and in the scheme of a mode."""
    width, scheme = mode
    phone = width < 600
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        is_mobile=phone,
        has_touch=phone,  # type: ignore[arg-type]
    )
    yield context.new_page()
    context.close()


@pytest.fixture(params=MODES, ids=named, scope="module")
def visit(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    yield from reader(browser, request.param)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fails_a_reader(visit: Page, site: str, name: str) -> None:
    is_sound(visit, site, name)


def is_sound(visit: Page, site: str, name: str) -> None:
    """A page asks no other host, complains of nothing, does not scroll sideways, and axe and its pictures are content."""
    elsewhere: list[str] = []
    complaints: list[str] = []

    def asked(request: object) -> None:
        url: str = request.url  # type: ignore[attr-defined]
        if not url.startswith((site, "data:", "blob:")):
            elsewhere.append(url)

    visit.on("request", asked)
    visit.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    visit.on("pageerror", lambda error: complaints.append(str(error)))
    response = visit.goto(f"{site}/{name}.html", wait_until="networkidle")
    assert response is not None and response.ok
    assert elsewhere == [] and complaints == []
    assert visit.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    found = Axe().run(visit, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
    assert {v["id"]: [node["html"][:120] for node in v["nodes"][:3]] for v in found} == {}
    visit.remove_listener("request", asked)
    pictures_are_sound(visit)


def pictures_are_sound(visit: Page) -> None:
    """Each picture of an exhibit has text in words, a size, and the version for the reader's scheme."""
    dark = visit.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for picture in visit.locator("article .exhibit img").all():
        alt = picture.get_attribute("alt") or ""
        assert len(alt.split()) >= 8 and not re.search(r"\.svg|\.png|_images", alt), alt
        assert picture.get_attribute("width") and picture.get_attribute("height"), "the page jumps when it loads"
        if picture.is_visible():
            picture.scroll_into_view_if_needed()
            assert f"-{'dark' if dark else 'light'}.svg" in (picture.get_attribute("src") or "")
            assert picture.evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
    for figure in visit.locator("article figure").all():
        assert figure.locator("img:visible").count() == 1 and figure.locator("figcaption").is_visible()


def test_a_menu_opens_nothing_on_a_phone(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(f"{site}/notebooks/table_1.html", wait_until="networkidle")
    for button, inside in (("button.primary-toggle", ".bd-sidebar-primary a >> text=The homeland"),
                           ("button.secondary-toggle", ".bd-sidebar-secondary a >> text=As printed")):  # fmt: skip
        entry = page.locator(inside).first
        assert not in_view(page, entry)
        page.locator(f"{button}:visible").first.tap()
        page.wait_for_timeout(600)
        assert in_view(page, entry), f"{button} opens nothing"
        page.reload(wait_until="networkidle")
    context.close()


def in_view(page: Page, entry: object) -> bool:
    return bool(
        entry.evaluate(  # type: ignore[attr-defined]
            "e => { const r = e.getBoundingClientRect();"
            " return r.width > 0 && r.left >= 0 && r.right <= innerWidth && getComputedStyle(e).visibility == 'visible' }"
        )
    )


def test_there_are_two_search_boxes_or_none(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.goto(f"{site}/intro.html", wait_until="networkidle")
    assert page.locator("button.search-button-field:visible, input[type=search]:visible").count() == 1
    page.close()


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
