"""A page fails a reader on a phone, in a light or a dark scheme, or is too long for one. Apart from the wide ones so that both run at once.

A page has the same elements and colours on a phone, so axe judges one of each kind here; `whole` has it judge all.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import until
from tests.conftest import each_in_turn
from tests.test_pages_unreadable import OF_EACH_KIND, PAGES, PHONE, axe_is_content, is_sound, reader

SCREENS, SCREEN = 12, 844  # at most, and pixels of one
OF_DATA = ("notebooks/ledger", "notebooks/every_number", "files")  # which are as long as what they list


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    yield from reader(browser, PHONE)


@pytest.mark.parametrize("name", each_in_turn(PAGES, 7, OF_EACH_KIND))
def test_a_page_fails_a_reader_on_a_phone(visit: Page, site: str, name: str) -> None:
    height = is_sound(visit, site, name)
    assert name in OF_DATA or height <= SCREENS * SCREEN, "it is too long"
    if name in OF_EACH_KIND:
        axe_is_content(visit)


def test_the_sign_behind_a_full_line_widens_the_page(visit: Page, site: str) -> None:
    """It stands where a title of a figure ends, which may be at the very edge of the text."""
    visit.goto(f"{site}/notebooks/small_communities.html", wait_until="load")
    beyond = visit.evaluate(
        "[...document.querySelectorAll('figcaption .headerlink')].map(sign => sign.parentElement.getBoundingClientRect().right"
        " + parseFloat(getComputedStyle(sign).marginLeft) + sign.getBoundingClientRect().width - document.documentElement.clientWidth)"
    )
    assert beyond and max(beyond) <= 0


def test_what_a_phone_folds_is_lost(visit: Page, site: str) -> None:
    """An address that leads into it shows it, and paper has all of it."""
    hidden = (
        "[...document.querySelectorAll('.exhibit tbody tr, .exhibit figure')].filter(part => !part.checkVisibility())"
    )
    for page in ("inconsistencies", "multiverse"):
        visit.emulate_media(media="screen")
        visit.goto(f"{site}/notebooks/{page}.html", wait_until="load")
        last = visit.evaluate(f"{hidden}.findLast(part => part.id).id")
        visit.evaluate("id => { location.hash = id }", last)
        until(visit, "id => document.getElementById(id).checkVisibility()", arg=last)
        assert visit.evaluate(f"{hidden}.length"), "everything opens"
        visit.emulate_media(media="print")
        assert visit.evaluate(f"{hidden}.length") == 0, "paper lacks something"
