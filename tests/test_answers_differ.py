"""A page that follows its reader says, draws or cites other things than the chapter computed so, or hides what moved."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page
from pydantic import Field

from edition.asking import request
from edition.asking.parameters import Chapter
from edition.asking.states import pairs, state_name, states, stops
from edition.book import assumptions
from edition.build.answers import Answers, _Works
from edition.exhibits import citation, stored
from edition.exhibits.record import TableRecord
from invented.chapters.islanders import Islanders
from tests import oracle
from tests.browser import until
from tests.conftest import PAPER, ROOT, SNAKEMAKE, each_in_turn, run, serve
from tests.test_pages_unreadable import WCAG, axe_finds, turn

CHAPTER = "islanders"
USUAL = request.defaults(PAPER / "notebooks" / f"{CHAPTER}.ipynb")
OTHERS = states(Islanders, USUAL)[1:]
TRIED = OTHERS[4:5]  # by make test: every parameter is another one; all of them take a minute
MORE = 8_000  # bytes, packed, that a page's first load may weigh more


@pytest.fixture(scope="session")
def answered(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented paper with its book and its answers, to be looked at and not to be changed."""
    folder = shutil.copytree(made, tmp_path_factory.mktemp("answered") / "paper", symlinks=True)
    for command in ((*SNAKEMAKE, "answers"), SNAKEMAKE):
        result = run(*command, cwd=folder)
        assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return folder


@pytest.fixture(scope="session")
def address(answered: Path) -> Iterator[str]:
    with serve(answered / "_build" / "html") as site:
        yield f"{site}/notebooks/{CHAPTER}.html"


@pytest.fixture(scope="session")
def editions(answered: Path, request: pytest.FixtureRequest) -> Iterator[list[tuple[dict[str, Any], str]]]:
    """States, each with the address of the page in an edition that is made with its values as any edition is."""
    steps = []
    for n, state in enumerate(request.param):
        file, home = answered / "editions" / f"{n}.yml", f"_build/editions/{n}"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"name": f"State {n}", "summary": "One state.", "chapters": {CHAPTER: state}}))
        shutil.rmtree(answered / home, ignore_errors=True)
        shutil.copytree(answered / "_build/book", answered / home / "book", ignore=shutil.ignore_patterns("_build"))
        steps += [
            f"python -m edition.build.execute notebooks/{CHAPTER}.ipynb {home}/book/notebooks/{CHAPTER}.ipynb "
            f"--exhibits {home}/book/exhibits/{CHAPTER} --edition editions/{n}.yml",
            f"python -m edition.build.step publish {home} --edition editions/{n}.yml",
        ]
    result = run("python", "-m", "edition.build.fork_client", "bash", "-ec", "\n".join(steps), cwd=answered)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    with serve(answered / "_build" / "editions") as site:
        yield [(state, f"{site}/{n}/html/notebooks/{CHAPTER}.html") for n, state in enumerate(request.param)]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    visit = context.new_page()
    visit.on("pageerror", lambda error: complaints.append(str(error)))
    visit.goto(address)
    yield visit
    context.close()
    assert complaints == []


def told(page: Page) -> str:
    until(page, "document.querySelector('.asked [role=status]').textContent !== ''")
    return page.locator(".asked [role=status]").inner_text()


def chosen(state: dict[str, Any]) -> dict[str, str]:
    return dict(part.split("=") for part in state_name(state, USUAL).split("&"))


def test_not_every_parameter_is_tried() -> None:
    assert all(any(state[name] != USUAL[name] for state in TRIED) for name in USUAL)


@pytest.mark.parametrize(
    "editions",
    [pytest.param(TRIED, id="some"), pytest.param(OTHERS, id="all", marks=pytest.mark.weekly)],
    indirect=True,
)
def test_a_page_after_a_choice_is_not_that_of_an_edition(
    page: Page, editions: list[tuple[dict[str, Any], str]], browser: Browser
) -> None:
    """Sentences and where they lead, captions, alternative texts, descriptions, tables, pictures."""
    usual = oracle.shown(page, CHAPTER)
    other = browser.new_page()
    for n, (state, edition) in enumerate(editions):
        page.get_by_role("button", name="As published").click() if n else None
        oracle.ask(page, chosen(state))
        now = oracle.shown(page, CHAPTER)
        other.goto(edition)
        assert now == oracle.shown(other, CHAPTER), state
        assert now != usual, "nothing changes"
    page.get_by_role("button", name="As published").click()
    assert oracle.shown(page, CHAPTER) == usual, "it cannot be taken back"
    other.close()


def test_the_chapter_is_run_in_the_browser_with_other_values_than_the_page_shows(page: Page) -> None:
    """The invented book has no such place, so the way to it is put above the chapter here."""
    page.evaluate("article => document.querySelector('article').insertAdjacentHTML('afterbegin', article)",
                  '<p class="run-chapter"><a href="../lite/ask/islanders.html">Work it out</a></p>')  # fmt: skip
    way = "document.querySelector('.run-chapter a').href.split('/').at(-1)"
    oracle.ask(page, {"scholar": "harrow", "largest": "1"})
    assert page.evaluate(way) == "islanders.html?scholar=harrow&largest=1"
    page.get_by_role("button", name="As published").click()
    until(page, f"{way} === 'islanders.html'")


def test_what_moved_is_not_marked_or_does_not_say_what_it_was(page: Page) -> None:
    before = page.locator("[data-said='islanders::sum'] a").inner_text()
    said = oracle.ask(page, {"scholar": "harrow", "bound": "lowest"})
    assert said == (
        "Whose numbers are added up: Harrow's; Which ends of a printed range are taken: the lowest. "
        "With that 3 passages, 1 figure and 1 table of this page changed."
    )
    sentence = page.locator(".moved[data-said='islanders::sum']")
    sentence.locator("a").focus()
    note = page.locator("#note")
    note.locator(".entry").first.wait_for()
    assert note.locator(".was").inner_text() == f"Was: {before}."
    assert note.locator(".entry p").first.inner_text().startswith("Credited to Harrow.")
    page.keyboard.press("Escape")
    cell = page.locator("#tbl-islanders td.moved")
    assert [text.split() for text in cell.all_inner_texts()] == [["900", "was", "900–1,100"]]
    figure = page.locator(".exhibit.moved:has(#fig-islanders)")
    figure.get_by_text("As it was").click()
    assert figure.locator("details.was img:visible").count() == 1
    page.get_by_role("button", name="First change").click()
    assert page.evaluate("document.activeElement.closest('.moved') !== null")


def test_a_state_is_lost_on_the_way_back_or_by_its_address(page: Page, address: str) -> None:
    oracle.ask(page, {"largest": "1"})
    oracle.ask(page, {"scholar": "harrow"})
    assert page.url == f"{address}?scholar=harrow&largest=1"
    now = oracle.shown(page, CHAPTER)
    page.go_back()
    until(page, "document.querySelector('select[name=scholar]').value === 'quill'")
    assert page.url == f"{address}?largest=1"
    page.go_forward()
    until(page, "document.querySelector('select[name=scholar]').value === 'harrow'")
    page.goto(f"{address}?utm_source=x&scholar=harrow&largest=1")
    assert told(page).startswith(
        "Whose numbers are added up: Harrow's; How many of the largest islands are added up: 1."
    )
    assert oracle.shown(page, CHAPTER) == now
    page.get_by_role("button", name="As published").click()
    assert page.url == f"{address}?utm_source=x"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("largest=99", "largest is “99” in the address; allowed: a whole number from 1 to 2. The page shows 2."),
        ("largest=", "largest is “” in the address; allowed: a whole number from 1 to 2. The page shows 2."),
        ("largest=1.5", "largest is “1.5” in the address; allowed: a whole number from 1 to 2. The page shows 2."),
        ("scholar=nobody", "scholar is “nobody” in the address; allowed: harrow or quill. The page shows quill."),
        ("largst=1", "largst is no assumption of this chapter; there are: scholar, bound and largest."),
    ],
)
def test_what_an_address_asks_in_vain_is_passed_over(page: Page, address: str, query: str, said: str) -> None:
    usual = oracle.shown(page, CHAPTER)
    page.goto(f"{address}?{query}")
    assert told(page) == said and oracle.shown(page, CHAPTER) == usual
    assert oracle.ask(page, {"largest": "1"}).startswith("How many of the largest islands are added up: 1.")


def test_answers_that_do_not_come_break_the_page(page: Page, address: str) -> None:
    page.route("**/answers/*.json", lambda route: route.abort())
    page.locator("select[name=largest]").select_option("1")
    until(page, "document.querySelector('.asked [role=status]').textContent.includes('loaded')")
    page.unroute("**/answers/*.json")
    assert oracle.ask(page, {"scholar": "harrow"}).startswith(
        "Whose numbers are added up: Harrow's; How many of the largest islands are added up: 1."
    )


def test_a_card_cites_or_gives_what_is_not_shown(page: Page, answered: Path) -> None:
    oracle.ask(page, {"bound": "lowest"})
    card = page.locator(".exhibit:has(#fig-islanders) .card")
    links = [(link.get_attribute("href") or "").partition(",") for link in card.locator(".cite .forms a").all()]
    assert len(links) == 4 and {kind for kind, _, _ in links} == {"data:text/plain;charset=utf-8"}
    forms = [unquote(content) for _, _, content in links]
    assert all("with bound = lowest" in form and "ASSUMED" not in form for form in forms)
    card.locator(".cite summary").press("Enter")
    until(page, "form => [...document.querySelectorAll('.cite pre')].some(one => one.textContent === form)", forms[0])
    offered = card.locator("ul li").evaluate_all(
        "items => items.map(i => [i.textContent, i.querySelector('a').getAttribute('href')])"
    )
    html = answered / "_build" / "html"
    for label, target in offered:
        if label in ("SVG, light", "SVG, dark", "data as CSV"):
            assert (html / "notebooks" / target).is_file() and "/answers/" in target
        elif label == "what its columns mean":  # the same in every state
            assert (html / "notebooks" / target).is_file() and target.startswith("../exhibits/")
        else:
            assert label.endswith("only by computing the chapter with bound = lowest") and target == "#what-it-assumes"
    assert "bound = lowest" in card.locator("dl").text_content()
    page.get_by_role("button", name="As published").click()
    # the citation's own text is asked for when its link leads there again
    until(page, "![...document.querySelectorAll('.card')].some(card => card.textContent.includes('bound = lowest'))")
    assert "/exhibits/" in (card.locator("ul a").first.get_attribute("href") or "")


def test_without_script_or_answers_nobody_is_told_what_is_assumed(browser: Browser, address: str, made: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    visit = context.new_page()
    visit.goto(address)
    rows = visit.locator("#what-it-assumes tbody tr")
    assert rows.count() == len(USUAL) and visit.locator("select").count() == 0
    assert rows.nth(2).locator("td").all_inner_texts()[:2] == ["2", "a whole number from 1 to 2"]
    assert "sum of the largest islands, at the most: 1,500 to 2,600 islanders (2,600 here)" in rows.nth(2).inner_text()
    assert "make ask CHAPTER=islanders scholar=harrow" in visit.locator("article").inner_text()
    context.close()
    plain = (made / "_build/html/notebooks/islanders.html").read_text(encoding="utf-8")
    assert 'id="what-it-assumes"' in plain and "asking" not in plain


def test_what_an_assumption_moves_cannot_be_read() -> None:
    row = {"unit": "persons", "usual": 3.0, "low": -2000.0, "high": 3.0, "not_stated": "", "moved": True}
    both = [row | {"meaning": f"people who left, at the {end}"} for end in ("least", "most")]
    year = row | {"meaning": "year of the count", "unit": "year", "usual": 1911.0, "low": 1911.0, "high": 1921.0}
    ratio = row | {"meaning": "growth as a multiple", "unit": "ratio", "usual": 1.5, "low": 1.0, "high": 1.5}
    said = assumptions.moves(pd.DataFrame([*both, year, ratio]))
    assert (
        said
        == "people who left: −2,000 to 3 persons (3 here); growth as a multiple: 1 to 1.50 times (1.50 here); and one further result"
    )
    assert assumptions.moves(pd.DataFrame([year])) == "year of the count: 1911 to 1921 (1911 here)"
    apart = assumptions.moves(pd.DataFrame([both[0], both[1] | {"high": 9.0}]))
    assert "at the least: −2,000 to 3" in apart and "at the most: −2,000 to 9" in apart


def test_a_range_is_said_to_be_tried_to_its_ends() -> None:
    class Harbours(Chapter):
        percent: int = Field(50, ge=1, le=100, examples=[25, 50, 100])
        whole: int = Field(2, ge=1, le=9)
        scholar: Literal["harrow", "quill"] = "quill"

    assert assumptions._tried(Harbours, "percent", 50) == "Tried between 25 and 100: "
    assert assumptions._tried(Harbours, "whole", 2) == assumptions._tried(Harbours, "scholar", "quill") == ""


def test_a_sentence_on_another_page_does_not_follow(page: Page, address: str) -> None:
    page.goto(address.replace("notebooks/islanders", "intro"))
    oracle.ask(page, {"largest": "1"})
    assert page.locator(".live [data-said='islanders::sum']").inner_text() == "1,500"


@pytest.mark.parametrize("width", each_in_turn([1280, 390], 2))
def test_changing_shuts_somebody_out(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    visit = context.new_page()
    visit.goto(f"{address}?bound=lowest&scholar=harrow")
    assert told(visit)
    for scheme in ("light", "dark"):
        visit.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        turn(visit, scheme)
        assert axe_finds(visit, {"runOnly": WCAG}) == {}, scheme
        assert visit.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()


def test_the_first_load_becomes_heavy(answered: Path, made: Path) -> None:
    name = f"_build/html/notebooks/{CHAPTER}.html"
    page, plain = (len(gzip.compress((folder / name).read_bytes())) for folder in (answered, made))
    section = re.search(r'<section id="what-it-assumes">.*?</section>', (made / name).read_text("utf-8"), flags=re.S)
    style = (ROOT / "src/edition/book/static/book.css").read_text("utf-8").partition("/* What a page assumes")[2]
    script = (answered / "_build/html/_static/asking/asking.js").read_bytes()
    assert section and style
    rest = sum(len(gzip.compress(part)) for part in (section[0].encode(), style.encode(), script))
    assert page - plain + rest <= MORE


def test_pairs_are_not_asked_where_there_are_too_many_combinations() -> None:
    found = [state_name(state, USUAL) for state in pairs(Islanders, USUAL, "scholar", "largest")]
    assert found == ["scholar=harrow&largest=1", "scholar=harrow", "largest=1", ""]
    assert len(found) == len(stops(Islanders, "scholar", "quill")) * len(stops(Islanders, "largest", 2))


def test_equal_things_are_kept_twice() -> None:
    answers = Answers()
    assert [
        answers.place(answers.said, ["a"]),
        answers.place(answers.cells, ["a"]),
        answers.place(answers.said, ["a"]),
    ] == [0, 0, 0]
    assert answers.said == [["a"]]


def test_a_column_keeps_the_room_of_a_text_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAPER)
    usual = next(
        one for one in stored.records(PAPER / "notebooks" / f"{CHAPTER}.ipynb") if isinstance(one, TableRecord)
    )
    (first, *more), *rows = usual.cells
    other = usual.model_copy(update={"cells": ((f"{first}, {'by its own count ' * 2}", *more), *rows)})
    works = _Works(Answers(), tmp_path, citation.edition(PAPER))
    assert works.differences(usual, other)["widths"] == [["phrase"] + [""] * len(more)]
    assert "widths" not in works.differences(other, usual)


def test_a_page_gives_a_column_other_room_or_a_number_another_bar_than_it_needs(page: Page, answered: Path) -> None:
    kept = json.loads((answered / f"_build/html/answers/{CHAPTER}.json").read_text(encoding="utf-8"))
    rows = page.locator("#tbl-islanders tbody tr")
    other = {"rows": [-1 - n for n in range(rows.count())], "widths": [["sentence", "", ""]]}
    kept["states"]["scholar=harrow"].setdefault("shown", {})["tbl-islanders"] = len(kept["shown"])
    kept["shown"].append({"cite": 0, "data": "", **other})
    page.route(f"**/answers/{CHAPTER}.json", lambda route: route.fulfill(json=kept))
    page.evaluate("""document.querySelectorAll('#tbl-islanders tbody td.number p').forEach(
        text => text.append(Object.assign(document.createElement('span'), {className: 'bar'})))""")
    cells = page.locator("#tbl-islanders tbody tr > .sentence")
    assert cells.count() == 0
    oracle.ask(page, {"scholar": "harrow"})
    assert cells.count() == rows.count() > 0
    numbers = page.locator("#tbl-islanders tbody td.number").all_inner_texts()
    counts = [int(re.findall(r"\d[\d,]*", number)[0].replace(",", "")) for number in numbers]
    bars = page.locator("#tbl-islanders .bar").evaluate_all("bars => bars.map(bar => bar.getAttribute('style'))")
    assert bars == [f"--part: {count / max(counts):.3f}" for count in counts]
    page.get_by_role("button", name="As published").click()
    assert cells.count() == 0
