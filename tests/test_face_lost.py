"""The pages lose their face: a letter has no typeface, a line is too long, two edges where there is one, the contents lose the page."""

from __future__ import annotations

import html
import re

import pytest
from playwright.sync_api import Browser

from edition.book import accent, faces, parts
from edition.book.parts import Entry
from tests.test_pages_unreadable import HTML, PAGES, PHONE, reader

ELSEWHERE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff]")  # Chinese, which no typeface of the book has
# Letters of each line of the longer paragraphs but the last, which ends where its text does: how many stand between two breaks.
# Code, set smaller, has other bottoms than the line it stands in.
LINES = """() => [...document.querySelectorAll('article > section > p, article section > section > p')].filter(text => !text.querySelector('code')).flatMap(text => {
    const bottoms = [], walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (walker.nextNode()) for (let n = 0; n < walker.currentNode.length; n++) {
        range.setStart(walker.currentNode, n); range.setEnd(walker.currentNode, n + 1);
        bottoms.push(Math.round(range.getBoundingClientRect().bottom / 6));
    }
    const lines = [...new Set(bottoms)], full = bottoms.filter(bottom => bottom !== lines.at(-1));
    return lines.length < 4 ? [] : [full.length / (lines.length - 1)] })"""
EDGES = """() => [...document.querySelectorAll(
    'article h1, article h2, article section > p, .exhibit .pictures img, .exhibit figcaption, .exhibit caption, .exhibit .about, .exhibit .source, .exhibit .card')]
    .filter(e => e.checkVisibility()).map(e => Math.round(e.getBoundingClientRect().left))"""


@pytest.mark.parametrize("name", PAGES)
def test_a_letter_has_no_typeface(name: str) -> None:
    text = (HTML / f"{name}.html").read_text(encoding="utf-8").partition('<article class="bd-article"')[2]
    plain = html.unescape(re.sub(r"<script.*?</script>|<[^>]+>", "", text, flags=re.S))
    assert {*ELSEWHERE.sub("", plain)} - {*faces.LATIN, *faces.CYRILLIC, "\n", "\t"} == set()


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_a_line_is_too_long_or_there_is_more_than_one_edge(browser: Browser, site: str, width: int) -> None:
    for page in reader(browser, width):
        page.goto(f"{site}/notebooks/refugees_1916.html", wait_until="load")
        page.evaluate("document.fonts.ready")
        assert page.evaluate(
            "document.fonts.check('1em \"Edition Serif\"') && document.fonts.check('1em \"Edition Sans\"')"
        )
        lines = page.evaluate(LINES)
        assert lines and min(lines) >= 52 and max(lines) <= 72, "letters a line"
        assert len(set(page.evaluate(EDGES))) == 1


@pytest.mark.parametrize("width", [1280, PHONE])
def test_the_contents_do_not_show_the_page(browser: Browser, site: str, width: int) -> None:
    for page in reader(browser, width):
        page.goto(f"{site}/notebooks/sources.html", wait_until="load")
        if width == PHONE:
            page.locator("button.primary-toggle:visible").first.tap()
            page.wait_for_timeout(600)
        here = page.locator("nav.bd-docs-nav li.current > a")
        assert here.is_visible() and page.locator("nav.bd-docs-nav details[open]").count() == 1
        box = here.bounding_box()
        assert box and 0 <= box["y"] < 844 - box["height"]


def test_parts_are_folded_wrong() -> None:
    def line(title: str, *below: Entry, holds: bool = False) -> Entry:
        return Entry(title, f"{title}.html", holds=holds, inside=True, pages=list(below))

    found = parts.folded(
        [("One", [line("a")]), ("Two", [line("b", line("<c>", holds=True), holds=True)]), ("", [line("d")])]
    )
    assert found.count("<details") == 2 and re.search(r"<details[^>]*open[^>]*><summary><span[^>]*>Two", found)
    assert found.count("current active") == 2 and "toctree-l2" in found and "&lt;c&gt;" in found
    assert parts.folded([("One", [line("a")]), ("Two", [line("b")])]).count("open") == 1


def test_an_accent_that_is_none_is_taken() -> None:
    assert "--accent: #006f82" in accent.style({"light": "#006f82", "dark": "#6fcbd9"})
    assert accent.COLOUR.fullmatch("red") is None and accent.COLOUR.fullmatch("#fff; }") is None
