"""Choosing a number for each country gives a wrong total, loses the choice, or shuts somebody out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from analysis.chapters import explorer as gallery
from analysis.chapters.explorer import Explorer
from analysis.computing import choices, stocks
from analysis.tables import Tables
from edition.numbers.wording import quantity
from tests.conftest import each_in_turn
from tests.test_pages_unreadable import WCAG

PAGE = "notebooks/explorer.html"
START = Explorer.check({"start": "mendikulova", "bound": "both"})


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(f"{site}/{PAGE}")
    yield opened
    context.close()


def told(page: Page) -> str:
    return page.locator(".explorer .sum").inner_text().replace("\n", "")


def number_of(page: Page, row_id: str) -> None:
    page.locator(f".hosts select:has(option[value='{row_id}'])").select_option(row_id)


def test_a_named_choice_is_not_what_the_paper_adds_up_to(tables: Tables) -> None:
    rows = choices.numbers(tables)
    named = choices.named_choices(rows)
    printed = tables.stocks.set_index("id")["low"]
    for scholar in ("mendikulova", "tatimov"):
        assert choices.total(rows, named[scholar]).low == printed[f"t1-abroad-{scholar}"]
    reach = stocks.sum_range(tables)
    assert choices.total(rows, named[choices.LOWEST]).low == reach.low
    assert choices.total(rows, named[choices.HIGHEST]).high == reach.high


def test_a_named_choice_takes_two_numbers_for_a_place_or_counts_a_part_twice(tables: Tables) -> None:
    rows = choices.numbers(tables).set_index("id")
    for ids in choices.named_choices(choices.numbers(tables)).values():
        places = rows.loc[ids, "place_id"].to_list()
        assert len(places) == len(set(places)) and not {"china", "xinjiang"} <= set(places)


def test_a_number_that_can_be_chosen_is_not_a_row_of_the_data(tables: Tables) -> None:
    shown = gallery.explorer(tables, START).data.set_index("id")
    printed = tables.stocks.set_index("id").loc[shown.index]
    assert shown[["low", "high"]].equals(printed[["low", "high"]])
    assert set(stocks.rivals(tables)["id"]) < set(shown.index)


def test_a_row_of_no_numbers_is_guessed_or_left_out(tables: Tables) -> None:
    shown = gallery.explorer(tables, START).shown.set_index("Place")
    assert shown.loc["43 other countries", ["taken", "every number printed"]].to_list() == ["no number", "none printed"]


def test_a_part_beside_its_aggregate_is_not_warned_of(tables: Tables) -> None:
    rows = choices.numbers(tables)
    another = rows[rows["place_id"] == "iran"].assign(id="x", place_id="kyrgyzstan")
    found = choices.overlaps(tables, pd.concat([rows, another]))  # a source of the reader's own
    assert ("xinjiang", "china", True) in found and ("kyrgyzstan", "cis_other", False) in found


def test_a_choice_does_not_move_the_total_by_exactly_its_rows(page: Page, tables: Tables) -> None:
    value = tables.stocks.set_index("id")[["low", "high"]]
    rows = choices.numbers(tables)
    start = choices.named_choices(rows)["mendikulova"]
    assert f"{choices.total(rows, start).low:,.0f} abroad" in told(page)
    for row_id in ("t2-uzbekistan-field", "t1-china-tatimov", "p-russia-present"):
        place = tables.stocks.set_index("id").loc[row_id, "place_id"]
        start = [i for i in start if tables.stocks.set_index("id").loc[i, "place_id"] != place] + [row_id]
        number_of(page, row_id)
        hosts = [i for i in start if not i.startswith("t1-kazakhstan")]
        low, high = (int(value.loc[hosts, end].sum()) for end in ("low", "high"))
        assert f"{low:,}–{high:,} abroad" in told(page)
    home = value.loc["t1-kazakhstan-mendikulova", "low"]
    assert f"{100 * low / (low + home):.1f}–{100 * high / (high + home):.1f} % of all Kazakhs" in told(page)
    page.locator(".explorer .ends select").select_option("highest")
    assert f"{high:,} abroad" in told(page) and "–" not in told(page)


def test_script_and_book_add_up_differently(page: Page, tables: Tables) -> None:
    rows = choices.numbers(tables)
    for button, ids in zip(
        page.locator(".explorer .named button").all(), choices.named_choices(rows).values(), strict=True
    ):
        button.click()
        low, high = choices.total(rows, ids)
        assert (f"{low:,.0f} abroad" if low == high else f"{low:,.0f}–{high:,.0f} abroad") in told(page)
        assert button.get_attribute("aria-pressed") == "true"
        share = gallery.shares(rows, ids)
        china = next(row for row in rows[rows["id"].isin(ids)].itertuples() if row.place_id in ("china", "xinjiang"))
        said = page.locator(f"li[data-place={china.place_id}] .share").inner_text()
        assert f"{share[china.id].low:.1f}" in said and f"{share[china.id].high:.1f}" in said


def test_an_address_does_not_bring_the_choice_back(page: Page, site: str) -> None:
    number_of(page, "t2-china-field")
    number_of(page, "p-uzbekistan-2017")
    page.locator(".explorer .ends select").select_option("lowest")
    before, address = told(page), page.url
    assert "t2-china-field" in address and address.endswith("&range=lowest")
    page.goto(f"{site}/intro.html")
    page.goto(address)
    assert told(page) == before and page.url == address
    assert page.locator("#pick-china").input_value() == "t2-china-field"
    assert len(urlsplit(address).query) < 80, "it is long"


def test_the_same_choice_has_two_addresses(page: Page, site: str) -> None:
    page.get_by_role("button", name="Tatimov").click()
    named = page.url
    assert urlsplit(named).query == "from=tatimov"
    number_of(page, "t2-china-field")
    number_of(page, "t1-iran-mendikulova")
    one = page.url
    page.get_by_role("button", name="Mendikulova").click()
    assert urlsplit(page.url).query == ""
    page.get_by_role("button", name="Tatimov").click()
    number_of(page, "t1-iran-mendikulova")
    number_of(page, "t2-china-field")
    assert page.url == one
    assert urlsplit(one).query == "from=tatimov&but=t2-china-field.t1-iran-mendikulova"
    ids = [value for one in page.locator(".hosts select").all() if (value := one.input_value())]
    page.goto(f"{site}/{PAGE}?take={'.'.join(reversed(ids))}")
    assert page.url == one, "an address as it once was leads elsewhere"
    page.locator("#pick-iran").select_option("")
    assert urlsplit(page.url).query == "from=tatimov&but=t2-china-field.-iran"


@pytest.mark.parametrize(
    "query",
    [
        "take=t9-atlantis",
        "but=t9-atlantis",
        "but=-atlantis",
        "from=nobody",
        "range=middle",
        "take=t1-china-tatimov.t2-china-field",
    ],
)
def test_what_an_address_asks_in_vain_is_passed_over_in_silence(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}/{PAGE}?{query}")
    assert query.partition("=")[2].split(".")[-1] in page.locator(".explorer .ignored").inner_text()
    assert "abroad" in told(page)
    number_of(page, "t1-iran-tatimov")
    assert page.locator(".explorer .ignored").count() == 0


def test_a_choice_that_counts_twice_or_mixes_is_not_warned_of(page: Page) -> None:
    assert page.locator(".explorer .warnings").count() == 0
    number_of(page, "p-xinjiang-rakisheva")
    said = page.locator(".explorer .warnings").inner_text()
    assert "counted twice" in said and "mixed" in said


def test_the_page_without_script_is_not_whole(browser: Browser, site: str, tables: Tables) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{PAGE}")
    assert not page.locator(".explorer").is_visible()
    table = page.locator("#tbl-explorer, table:has(caption)").first
    assert table.is_visible()
    text = table.inner_text()
    assert "4,134,000" in text
    for row in stocks.rivals(tables).itertuples():
        assert f"{row.low:,.0f}" in text, row.id
    context.close()


def test_it_cannot_be_worked_from_the_keyboard(page: Page) -> None:
    page.locator(".explorer .named button").first.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "3,913,500–4,113,500" in told(page)
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "pick-china"
    page.keyboard.press("ArrowDown")
    assert "but=" in page.url
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "focus is not seen"


@pytest.mark.parametrize("name", ["Mendikulova", "Tatimov", "field study"])
def test_the_table_below_shows_another_choice(page: Page, tables: Tables, name: str) -> None:
    page.get_by_role("button", name=name).click()
    chosen = Explorer.check({"start": {"field study": "yermekbay_field"}.get(name, name.lower()), "bound": "both"})
    wanted = gallery.explorer(tables, chosen).shown.iloc[:, :3].to_numpy().tolist()
    rows = [row.locator("th, td").all_inner_texts() for row in page.locator("#tbl-explorer tbody tr").all()]
    assert [[cell.strip() for cell in row[:3]] for row in rows] == wanted


def test_a_printed_total_is_not_on_the_line(page: Page, tables: Tables) -> None:
    said = page.locator(".explorer .axis").get_attribute("aria-label") or ""
    for row in tables.stocks[tables.stocks["place_id"] == stocks.TOTAL].itertuples():
        wanted = quantity(row.low, row.high, row.qualifier)
        assert wanted in said and wanted in page.locator(".explorer .printed-totals").inner_text()


def test_the_total_is_not_announced_or_by_more_than_one(page: Page) -> None:
    live = ":is([aria-live], [role=status], [role=alert], output)"
    assert page.locator(f".explorer {live}").count() == 1
    assert (
        page.locator(f"article {live}").count() == 1 + page.locator(f".asked {live}").count()
    )  # which says what a choice changed
    total = page.locator(".explorer .sum")
    assert total.get_attribute("role") == "status"
    kept = total.element_handle()
    number_of(page, "t1-china-tatimov")
    assert kept.evaluate("(e) => e.isConnected"), "a live region that is made anew says nothing"


@pytest.mark.parametrize("scheme", each_in_turn(["light", "dark"], 2))
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fails_a_reader(browser: Browser, site: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/{PAGE}?take=t9.p-xinjiang-rakisheva.t1-china-tatimov")
    assert page.locator(".explorer .warnings li").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
    assert {v["id"]: [node["html"][:120] for node in v["nodes"][:3]] for v in found} == {}
    assert page.evaluate("getComputedStyle(document.querySelector('.explorer .reach')).transitionDuration") == "0s"
    context.close()


def test_another_page_loads_the_script(browser: Browser, site: str) -> None:
    for name, expected in (("notebooks/world_total.html", False), (PAGE, True)):
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(f"{site}/{name}", wait_until="networkidle")
        assert any(re.search("lit-html|explorer.(js|css)", url) for url in asked) == expected
        page.close()
