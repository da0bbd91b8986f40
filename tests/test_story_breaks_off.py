"""A chapter lacks a part or leads nowhere, the front page and the chapters disagree, a word or a name is not explained."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from playwright.sync_api import Browser

from edition.book import mentions
from edition.book.texts import Text
from edition.build import contents
from edition.exhibits import stored
from edition.exhibits.record import FigureRecord
from tests.conftest import ROOT

SITE = ROOT / "_build" / "html"
CHAPTERS = contents.chapters(ROOT)
CONTENTS = yaml.safe_load(contents.placed(ROOT))
ORDER = [CONTENTS["root"], *(chapter["file"] for part in CONTENTS["parts"] for chapter in part["chapters"])]
TEN_MINUTES = 2400  # words, at the pace at which grown-ups read plain prose in silence


def prose(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"]


@cache
def told(name: str) -> dict[str, str]:
    return stored.texts(ROOT / "notebooks" / name)


class Page(HTMLParser):
    """What a built page has: its text, links with their text, and ids."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.text, self.ids, self.links = "", set[str](), list[str]()
        self.feed((SITE / f"{name}.html").read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids |= {found.get("id") or ""}
        self.links += [found["href"] or ""] if tag == "a" and "href" in found else []

    def handle_data(self, data: str) -> None:
        self.text += data


def article(name: str) -> str:
    """The HTML of a page's own text, without menus."""
    return (SITE / f"{name}.html").read_text(encoding="utf-8").partition('<article class="bd-article"')[2]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_does_not_lead_on(path: Path) -> None:
    """At its foot the card of the page that follows says the first sentence of that page."""
    following = ORDER[ORDER.index(f"notebooks/{path.stem}") + 1]
    page = (SITE / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
    card = re.search(r'class="right-next"\s+href="([^"#]+)"(.*?)</a>', page, flags=re.S)
    assert card and (SITE / "notebooks" / card[1]).resolve() == (SITE / f"{following}.html").resolve()
    finding = re.search(r'<p class="prev-next-finding">(.*?)</p>', card[2], flags=re.S)
    opening = re.sub(r'<span role="tooltip".*?</span>|<[^>]+>', "", article(following), flags=re.S)
    assert finding and " ".join(finding[1].split()) in " ".join(opening.split())


def test_a_card_has_the_id_of_an_exhibit_for_its_number(made: Path) -> None:
    page = (made / "_build/html/notebooks/islanders.html").read_text(encoding="utf-8")
    assert re.search(r'<p class="prev-next-finding">Of the claims, [^<]+ \(Table 2\)\.</p>', page)


def test_the_front_page_speaks_of_another_form_of_the_book() -> None:
    text = article("intro")
    assert "On hover, focus or tap" in text and "web edition" not in text


def test_chapters_open_alike() -> None:
    """No more than two chapters begin with the same four words."""
    starts = [" ".join(prose(path)[0].split("\n\n")[1].split()[:4]) for path in CHAPTERS]
    assert [start for start in set(starts) if starts.count(start) > 2] == []


def test_the_front_page_has_other_numbers_than_the_chapters() -> None:
    """Each finding is, word for word, its sentences with the chapter's own texts put in, and leads to that chapter."""
    source = (ROOT / "pages" / "intro.md").read_text(encoding="utf-8")
    findings = source.partition("## Five findings")[2].partition("\n## ")[0]
    plain = re.sub(r"<[^>]+>", "", article("intro"), flags=re.S)
    shown = re.sub(r"[ \n]+", " ", html.unescape(plain)).replace("’", "'").replace("‘", "'")
    items = re.findall(r"^- (.*) \{doc\}`/notebooks/(\w+)`$", findings, flags=re.M)
    assert len(items) == 5
    for item, chapter in items:
        notebooks = set(re.findall(r"\{glue\}`/notebooks/(\w+)\.ipynb::", item))
        assert notebooks == {chapter}, item
        text = re.sub(r"\{glue\}`/notebooks/([\w.]+)::([\w-]+)`", lambda found: told(found[1])[found[2]], item)
        text = re.sub(r"\{term\}`([^`<]+?)(?: <[^`]*>)?`", r"\1", text)
        assert re.sub(r"\*", "", text) in shown
        assert text.startswith("**") and re.match(r"\*\*\S*\d|\*\*\w+ of \d", text), "a number leads it"
        assert len(text.split()) <= 20, text


def test_the_picture_of_the_front_page_is_lost() -> None:
    record = next(one for one in stored.records(ROOT / "notebooks/world_total.ipynb") if one.id == "fig-answers")
    pictures = [one for one in re.findall(r"<img [^>]+>", article("intro")) if ".thumb." not in one]
    assert "caption-number" not in article("intro"), "it would shift the numbers of all others"
    assert isinstance(record, FigureRecord)
    assert len(pictures) == 2 and all(record.alt.partition("'")[0] in picture for picture in pictures)
    for scheme, picture in zip(("light", "dark"), pictures, strict=True):
        assert f'class="only-{scheme}"' in picture
        source = re.search(r'src="([^"]+)"', picture)
        assert source and (SITE / source[1]).is_file()
    answers = {row["label"]: row["high"] for row in record.rows}
    assert answers["Tatimov, for 2003"] == 3_277_000 and answers["Mendikulova, for 2001"] == 4_134_000
    assert answers["all Kazakhs of the world, less those at home"] == 14_000_000 - 8_725_000


def short_path() -> list[str]:
    source = (ROOT / "pages" / "intro.md").read_text(encoding="utf-8")
    return re.findall(r"\{doc\}`/([^`]+)`", source.partition(":::{short-path}")[2].partition(":::\n")[0])


def test_the_short_path_is_not_marked_or_breaks_off() -> None:
    path = short_path()
    assert path == sorted(path, key=ORDER.index), "it runs with the book"
    for name in ORDER:
        note = re.search(r'<p class="path-note">.*?href="([^"#]+)".*?</p>', article(name), flags=re.S)
        assert (note is not None) == (name in path), name
        if note:
            then = [*path, ORDER[0]][path.index(name) + 1]
            assert note[1] == (f"../{then}.html" if then == ORDER[0] else f"{Path(then).name}.html")


def test_ten_minutes_are_not_enough_for_the_short_path() -> None:
    pages = [(ROOT / "pages" / "intro.md").read_text(encoding="utf-8").partition("## Where to start")[0]]
    pages += ["\n".join(prose(ROOT / f"{name}.ipynb")) for name in short_path()]
    plain = [re.sub(r"^```\{admonition.*?^```", "", page, flags=re.S | re.M) for page in pages]
    assert sum(len(page.split()) for page in plain) < TEN_MINUTES


def terms() -> dict[str, str]:
    """The glossary's terms with the entry of each."""
    block = (
        (ROOT / "pages" / "glossary.md")
        .read_text(encoding="utf-8")
        .partition("```{glossary}\n")[2]
        .partition("\n```")[0]
    )
    entries = re.split(r"\n\n(?=\S)", block)
    return {name: entry for entry in entries for name in re.findall(r"^(?! )\S.*$", entry, flags=re.M)}


def test_a_word_has_no_entry_or_an_entry_no_source() -> None:
    used = [
        re.sub(r".*<(.*)>", r"\1", name)
        for path in [*CHAPTERS, ROOT / "pages" / "intro.md"]
        for name in re.findall(r"\{term\}`([^`]+)`", path.read_text(encoding="utf-8"))
    ]
    assert set(used) <= set(terms())
    wanted = {"diaspora", "irredenta", "kandas", "oralman", "kurultay", "jut", "zhuz", "zhetiata", "repatriate", "stock",
              "flow", "as-of date", "titular nation", "census"}  # fmt: skip
    assert wanted <= set(terms()) & {*used}, "each is explained, and used in a chapter"
    for name, entry in terms().items():
        source = re.search(r"^  Source: (.+)$", entry, flags=re.M)
        assert source and re.search(r"the paper|this edition|\]\(http", source[1]), name


def test_the_note_on_a_word_cannot_be_reached_by_keyboard(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site}/notebooks/concept.html")
    page.keyboard.press("Tab")
    page.locator('a[href$="#term-irredenta"]').first.focus()
    page.locator("#note .entry").wait_for()
    assert page.locator("#note").inner_text().startswith("An ethnic minority")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#term-irredenta")
    assert page.locator("#term-irredenta").count() == 1
    page.close()


def index() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for name, rest in re.findall(r"<li><p><strong>(.*?)</strong>: (.*?)</p>", article("people_and_places"), flags=re.S):
        yield name, re.findall(r'<a class="reference internal" href="([^"]+)">(.*?)</a>', rest)


def test_the_index_leads_nowhere_or_where_the_name_is_not() -> None:
    entries = dict(index())
    pages = {address.partition("#")[0] for links in entries.values() for address, _ in links}
    known = {name: Page(name.removesuffix(".html")) for name in pages}
    for name, links in entries.items():
        assert links, name
        for address, _ in links:
            page, _, anchor = address.partition("#")
            wanted = mentions.search_name(name)
            words = {wanted, *(word for word, meant in mentions.other_words().items() if meant == wanted)}
            assert anchor in known[page].ids and any(word in known[page].text for word in words), (name, address)


def test_a_name_is_not_in_the_index() -> None:
    entries = {name: [title for _, title in links] for name, links in index()}
    assert {
        "Mendikulova, G.",
        "Tatimov, M.",
        "Chokai, Mustafa",
        "Elishan Batyr",
        "Xinjiang",
        "Kashmir",
        "Mongolia",
    } <= set(entries)
    assert "By Kashmir and India to Turkey" in entries["Kashmir"]
    assert "Emigrants, captives, legionnaires" in entries["Chokai, Mustafa"]
    assert "The homeland" not in entries["Kashmir"]
    lists = article("people_and_places").partition("Regions and towns")
    assert "<strong>England</strong>" in lists[0] and "<strong>England</strong>" not in lists[2]


def test_three_places_of_one_name_stand_as_one() -> None:
    entries = {name: {title for _, title in links} for name, links in index()}
    assert "The World Kurultays" in entries["Turkestan"]
    assert "Emigrants, captives, legionnaires" in entries["Turkestan (region)"] - entries["Turkestan"]
    assert "The refugees of 1916" in entries["Xinjiang"] - entries["Turkestan"] - entries["Turkestan (region)"]
    sections = (("one", "In Old Vell."), ("two", "In Vell, and the Vell guard."))
    pages = [("a", Text(sections, 1)), ("b", Text((("one", "Vellers, Sark"),), 1))]
    words = {"Vell": "Vell", "Old Vell": "Sark", "Vell guard": "Vell (region)", "Sark": "Sark"}
    found = mentions.first_mentions(words, pages)
    assert found == {"Sark": [("a", "one"), ("b", "one")], "Vell": [("a", "two")], "Vell (region)": [("a", "two")]}


VARIANTS = {  # another spelling, or a name for another form, that no sentence of ours may use
    "Kusçu": "Kuşçu", "Uyghur": "Uygur", "Uighur": "Uygur", "Sinkiang": "Xinjiang", "Xinjian ": "Xinjiang",
    "Kurultai": "Kurultay", "Kirghiz": "Kyrgyz", "Jungar": "Dzungar", "Shokay": "Chokai", "Kazaks": "Kazakhs",
    "Syroezhkin": "Syroyezhkin", "Ermekbay": "Yermekbay", "Turkistan": "Turkestan", "irridenta": "irredenta",
}  # fmt: skip


def sentences() -> Iterator[tuple[str, str]]:
    for path in ROOT.glob("*.md"):
        yield path.name, path.read_text(encoding="utf-8")
    for path in CHAPTERS:
        yield path.stem, "\n".join(prose(path))
        for record in stored.records(path):
            yield (
                path.stem,
                f"{record.title} {record.subtitle} {record.caption} {record.alt if isinstance(record, FigureRecord) else ''}",
            )
        yield path.stem, json.dumps(told(path.name), ensure_ascii=False)


def test_a_name_is_spelt_in_two_ways() -> None:
    found = [(where, name) for where, text in sentences() for name in VARIANTS if re.search(rf"\b{name}", text)]
    assert found == []


def test_the_search_for_spellings_finds_none() -> None:
    text: Any = "The Uyghur"
    assert [name for name in VARIANTS if re.search(rf"\b{name}", text)] == ["Uyghur"]
