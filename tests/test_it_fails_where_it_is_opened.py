"""A page opened by a double click does not say what it lacks, one that is served without TLS copies nothing, or what a person has
set for other work reaches a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import matplotlib as mpl
import pytest
from matplotlib import font_manager
from playwright.sync_api import Browser, Route

from edition.charts import cuts, export, style
from edition.exhibits import stored
from edition.exhibits.record import FigureRecord
from tests import hostile
from tests.browser import until
from tests.conftest import ROOT, serve

PLAIN = "http://book.example"  # another host than this machine, without TLS


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    with serve(made / "_build" / "html") as address:
        yield address


def test_a_page_opened_as_a_file_does_not_say_what_it_lacks(browser: Browser, made: Path, address: str) -> None:
    page, page_name = browser.new_page(), "notebooks/islanders.html"
    page.goto((made / "_build" / "html" / page_name).as_uri(), wait_until="load")
    said = page.locator(".opened-as-file")
    assert said.is_visible() and "python -m http.server" in said.inner_text()
    page.goto(f"{address}/{page_name}", wait_until="load")
    assert said.count() == 0
    page.close()


def test_without_tls_nothing_is_copied(browser: Browser, made: Path, address: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(
            path=(made / "_build" / "html").resolve() / route.request.url.removeprefix(PLAIN + "/").partition("?")[0]
        )

    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.route(f"{PLAIN}/**", answer)
    reader = context.new_page()
    reader.goto(f"{address}/intro.html", wait_until="load")
    page = context.new_page()
    page.goto(f"{PLAIN}/notebooks/islanders.html", wait_until="load")
    assert not page.evaluate("isSecureContext")
    page.locator(".card summary", has_text="Cite").first.press("Enter")
    form = page.locator('.card .forms a[href$=".bib"]').first
    place = urlsplit(str(form.evaluate("link => link.href"))).path.lstrip("/")
    text = (made / "_build" / "html" / place).read_text(encoding="utf-8")
    form.locator("xpath=following-sibling::button[1]").click()
    until(page, "[...document.querySelectorAll('button.copy')].some(button => button.textContent === 'Copied')")
    reader.bring_to_front()
    assert reader.evaluate("navigator.clipboard.readText()").strip() == text.strip()
    context.close()


def picture(*kinds: export.Kind) -> list[bytes]:
    """Files of a picture, drawn now."""
    records = stored.records(ROOT / "notebooks" / "stolypin.ipynb")
    record = next(one for one in records if isinstance(one, FigureRecord))
    figure = cuts.laid_out(record.draw, style.LIGHT.cut("desk"))
    return [export.export(figure, kind, style.LIGHT) for kind in kinds]


def test_a_matplotlibrc_of_ones_own_changes_a_picture(tmp_path: Path) -> None:
    before = picture("svg", "thumb")
    file = tmp_path / "matplotlibrc"
    file.write_text(hostile.MATPLOTLIBRC, encoding="utf-8")
    with mpl.rc_context(fname=file):
        assert mpl.rcParams["text.usetex"] and mpl.rcParams["font.weight"] == "bold"
        assert picture("svg", "thumb") == before


def test_a_typeface_of_the_same_name_is_taken_for_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = font_manager.FontManager.__new__(font_manager.FontManager)
    manager.__dict__ |= font_manager.fontManager.__dict__ | {"ttflist": []}
    manager.addfont(hostile.other_typeface(tmp_path / "Other.ttf"))
    monkeypatch.setattr(font_manager, "fontManager", manager)
    style._register_fonts.__wrapped__()
    assert Path(manager.findfont(style.FONT)).name == "SourceSans3-Regular.ttf"
