"""A number, a row or a filter misleads the hand, the eye or the ear; the search finds no number. Of the invented paper, in a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rispy
from docutils import nodes
from playwright.sync_api import Browser, Locator, Page
from pybtex.database import parse_string

from edition import paper
from edition.book.search import SearchNumbers, of_sections
from edition.exhibits import citation, reference, row_citation
from invented.tables import load
from tests.browser import until
from tests.conftest import PAPER, serve
from tests.test_pages_unreadable import STRUCTURE, WCAG, axe_finds

OPEN = "document.querySelector('#note')?.matches(':popover-open') ?? false"
LOADED = "document.querySelector('#note .entry') !== null"


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    """Where the book is served."""
    with serve(made / "_build" / "html") as address:
        yield address


def visitor(browser: Browser, width: int) -> Iterator[Page]:
    phone = width < 600
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        is_mobile=phone,
        has_touch=phone,
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    yield from visitor(browser, 1280)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    yield from visitor(browser, 390)


def total(page: Page, address: str) -> Locator:
    """The page of the islanders, and the total in its first sentence."""
    page.goto(f"{address}/notebooks/islanders.html", wait_until="load")
    return page.locator("[data-said='islanders::total'] a")


# ---- the note on a number


def test_a_tap_leaves_the_page_or_the_note_the_window(phone: Page, address: str) -> None:
    number = total(phone, address)
    before = phone.url
    number.tap()
    until(phone, LOADED)
    assert phone.url == before and phone.evaluate(OPEN)
    assert phone.locator("#note").inner_text().startswith("Credited to Quill. For 1925. Printed “2,700”")
    box = phone.locator("#note").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert axe_finds(phone, {"runOnly": WCAG}) == {}
    number.tap()
    assert not phone.evaluate(OPEN), "a second tap does not close it"
    number.tap()
    phone.touchscreen.tap(380, 800)
    until(phone, f"!({OPEN})")
    number.tap()
    phone.locator("#note").get_by_role("link", name="Go to the row").tap()
    phone.wait_for_url("**/islanders.html#t1-all-quill")
    assert not phone.evaluate(OPEN)
    assert phone.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto", "the way is scrolled"


def test_a_note_cannot_be_dismissed_hovered_or_kept(desk: Page, address: str) -> None:
    """WCAG 2.1, success criterion 1.4.13."""
    number = total(desk, address)
    number.hover()
    until(desk, LOADED)
    desk.keyboard.press("Escape")
    assert not desk.evaluate(OPEN)
    desk.mouse.move(5, 5)
    number.hover()
    until(desk, OPEN)
    desk.locator("#note p").first.hover()
    desk.wait_for_timeout(500)
    assert desk.evaluate(OPEN), "it goes when the pointer comes to it"
    desk.mouse.move(5, 5)
    until(desk, f"!({OPEN})")


def test_a_number_cannot_be_cited_in_two_steps_by_keyboard(desk: Page, address: str) -> None:
    number = total(desk, address)
    desk.keyboard.press("Tab")
    number.focus()
    until(desk, LOADED)
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "note", "who hears the page is not led into the note"
    for _ in range(2):
        desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent") == "Cite"
    desk.keyboard.press("Enter")
    until(desk, "document.querySelectorAll('#note .form').length === 4")
    assert "cite/t1-all-quill.html" in desk.locator("#note .address").inner_text()
    assert axe_finds(desk, STRUCTURE) == {}
    desk.locator("#note button.copy").first.click()
    until(desk, "navigator.clipboard.readText().then(text => text.includes('“2,700” islanders in all islands, 1925'))")
    desk.keyboard.press("Escape")
    assert desk.evaluate("document.activeElement.textContent") == "2,700", "the focus is lost"
    assert not desk.evaluate(OPEN), "it opens again when the focus comes back"


def test_a_number_of_several_rows_tells_one(desk: Page, address: str) -> None:
    total(desk, address)
    desk.locator("[data-said='islanders::sum'] a").click()
    until(desk, "document.querySelectorAll('#note .entry').length === 2")
    assert [link.get_attribute("href") for link in desk.locator("#note .ways a").all()] == [
        f"{address}/notebooks/islanders.html#t1-{island}-quill" for island in ("brack", "sallow")
    ]


def test_without_script_a_number_or_a_row_leads_nowhere(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    total(page, address).click()
    page.wait_for_url("**/islanders.html#t1-all-quill")
    permanent = page.locator("#t1-all-quill a.sign").get_attribute("href")
    assert permanent == "../cite/t1-all-quill.html" and page.request.get(f"{address}/notebooks/{permanent}").ok
    context.close()


# ---- the citation of a row


@pytest.mark.parametrize(("page", "row"), [("islanders", "t1-sallow-quill"), ("verdicts", "c-total-quill"), ("verdicts", "i-total-quill")])  # fmt: skip
def test_a_row_has_no_sign_or_cites_another(desk: Page, address: str, made: Path, page: str, row: str) -> None:
    desk.goto(f"{address}/notebooks/{page}.html", wait_until="load")
    desk.locator(f"#{row} a.sign").click()
    until(desk, "document.querySelectorAll('#note .form').length === 4")
    kept = json.loads((made / f"_build/html/cite/{row}.json").read_text(encoding="utf-8"))
    assert desk.locator("#note pre").all_text_contents() == list(kept["forms"].values())
    assert f"#{row}" in desk.locator("#note .address").inner_text()


def test_two_rows_are_cited_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAPER)
    tables = load(PAPER)
    titles = [said.title for said in row_citation.titles(tables, paper.current().computed(tables)).values()]
    assert len(set(titles)) == len(titles) == 10
    assert "“900–1,100” islanders in Sallow, 1925, credited to Quill (1925), in Fenn, Table 1, row Sallow, column Quill" in titles  # fmt: skip


def test_a_form_of_a_row_is_not_what_the_style_makes_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms are filled in, because a style is slow; with a text that TeX and JSON would take for something else."""
    monkeypatch.chdir(PAPER)
    known = citation.edition(PAPER)
    said = row_citation.Titled("claim", 'A "claim" of 5 % & {more}: \\emph, verdict “open”', "Source: Fenn_1.")
    part = citation.part("c-x", "chapter", said.title, said.note, known, citation.place("c-x"))
    forms = row_citation.forms("c-x", said, known)
    assert forms == reference.forms(json.dumps([part, citation.original(known)]))
    assert json.loads(forms["csl.json"])[0]["title"] == rispy.loads(forms["ris"])[0]["title"] == said.title
    assert "islandersofvell:c-x" in parse_string(forms["bib"], "bibtex").entries


# ---- filters


def test_a_filter_shows_the_wrong_rows_or_forgets_them(desk: Page, address: str) -> None:
    desk.goto(f"{address}/notebooks/verdicts.html", wait_until="load")
    rows, told = desk.locator("#tbl-ledger tbody tr:visible"), desk.locator(".filters output")
    assert rows.count() == 3 and told.inner_text() == "3 of 3 rows shown"
    desk.locator(".filters select").select_option("contradicted by the paper itself")
    assert rows.count() == 1 and "Quill" in rows.inner_text() and told.inner_text() == "1 of 3 rows found"
    desk.reload(wait_until="load")
    assert rows.count() == 1 and "only-verdict=contradicted+by+the+paper+itself" in desk.url
    desk.locator(".filters select").select_option("all")
    desk.locator(".filters input[type=search]").fill("harrow")
    assert rows.count() == 1 and "Harrow" in rows.inner_text() and desk.url.endswith("?find=harrow")
    desk.evaluate("location.hash = 'c-content'")
    until(desk, "!document.getElementById('c-content').hidden")


# ---- the search


@pytest.mark.parametrize("query", ["2,700", "2700"])
def test_a_number_is_not_found(desk: Page, address: str, query: str) -> None:
    desk.goto(f"{address}/search.html?q={query}", wait_until="load")
    first = desk.locator("#search-results li").first
    first.locator("p.context").wait_for()
    assert (first.locator("a").get_attribute("href") or "").endswith("islanders.html#t1-all-quill")
    assert "Quill" in first.inner_text()
    desk.locator("#search-results li").nth(1).locator("p.context").wait_for()
    assert "2,700" in desk.locator("#search-results li").nth(1).inner_text(), "it is not quoted"


def test_pages_that_list_others_come_before_what_they_list(desk: Page, address: str) -> None:
    desk.goto(f"{address}/search.html?q=islanders", wait_until="load")
    desk.locator("#search-results li").first.wait_for()
    found = [  # page, title, anchor, description, score, file: as the search has them
        ["catalogue", "All figures", "", None, 5, ""],
        ["notebooks/islanders", "How many islanders", "", None, 5, ""],
        ["notebooks/verdicts", "What holds", "#c-content", None, 40, ""],
        ["notebooks/islanders", "How many islanders", "", None, 15, ""],
    ]
    scores = [desk.evaluate("one => Scorer.score(one)", one) for one in found]
    assert scores == sorted(scores)


def test_a_word_of_a_heading_leads_to_no_section(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAPER)
    inner = nodes.section("", nodes.title("", "The harbours of Brack"), ids=["harbours"])
    closing = nodes.section("", nodes.title("", "What is open"), ids=["open"])
    chapter = nodes.section("", nodes.title("", "Islands"), inner, closing, ids=["islands"])
    assert list(of_sections(chapter)) == [("harbours", "harbours"), ("brack", "harbours")]


def test_script_and_index_split_words_differently(desk: Page, address: str) -> None:
    text = "In 1916 some 1,557,457 or 12 of 2000, not 3.5 per cent; Kazakhs’ and ş"
    desk.goto(f"{address}/search.html", wait_until="load")
    words = sorted(SearchNumbers({}).split(text))
    assert sorted(desk.evaluate("text => splitQuery(text)", text)) == words
    assert {"1,916", "1,557,457", "2,000"} < set(words)


# ---- what the theme leaves behind where a finger points, and what is read twice


def test_a_tooltip_of_the_theme_stays_on_a_phone(phone: Page, address: str) -> None:
    phone.goto(f"{address}/notebooks/islanders.html", wait_until="load")
    phone.locator("button.secondary-toggle:visible").tap()
    phone.wait_for_timeout(900)  # the theme shows one after half a second
    assert phone.locator(".tooltip").count() == 0


def test_a_caption_is_read_twice(desk: Page, address: str) -> None:
    desk.goto(f"{address}/notebooks/islanders.html", wait_until="load")
    heard = desk.locator(".exhibit", has=desk.locator("#fig-islanders")).aria_snapshot()
    title = "Nobody counts more than 2,700 islanders elsewhere"
    assert f'figure "Fig. 1 {title} Islanders of Vell by island' in heard
    assert heard.count("The axis is logarithmic.") == 1
    rows = desk.locator(".exhibit", has=desk.locator("#tbl-islanders")).aria_snapshot()
    assert 'rowheader "Brack"' in rows, "a row's sign is read with its name"
