"""What a reference manager keeps of a page lacks something or names somebody else. Of the invented paper, by Zotero's rules (`zotero`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.book import coins, metadata
from edition.exhibits import citation, stored
from tests import zotero
from tests.conftest import PAPER

EDITION = citation.edition(PAPER)
PUBLISHED = citation.Edition(**{**EDITION.__dict__, "base": "https://book.example/"})
EDITOR = citation.Name("Doe", "Jo", "https://orcid.org/0000-0002-1825-0097")
BODY = {"lastName": "The makers of nothing", "isInstitution": True}


@pytest.fixture(autouse=True)
def in_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAPER)


def test_the_button_offers_the_chapter_and_none_of_its_exhibits(made: Path) -> None:
    for page in ("islanders", "verdicts"):
        text = (made / "_build" / "html" / "notebooks" / f"{page}.html").read_text(encoding="utf-8")
        shown = list(stored.records(PAPER / "notebooks" / f"{page}.ipynb"))
        offered = zotero.items(text)
        assert len(offered) == 1 + len(shown) > 1
        for item, record in zip(offered[1:], shown, strict=True):
            assert item["title"] == citation.heading(record) and record.source in item["abstractNote"]
        for item in offered:
            assert item["itemType"] == "bookSection" and item["publicationTitle"] == EDITION.title
            assert item["creators"] == [BODY] and item["publisher"] == "The makers of nothing"
            assert (item["edition"], item["date"], item["language"]) == (EDITION.version, EDITION.released, "en")
            assert item["abstractNote"] and "CC BY 4.0" in item["rights"]


def test_the_front_page_is_saved_as_a_chapter(made: Path) -> None:
    (item,) = zotero.items((made / "_build" / "html" / "intro.html").read_text(encoding="utf-8"))
    assert (item["itemType"], item["title"], item["creators"]) == ("book", EDITION.title, [BODY])


def test_what_is_saved_has_no_address_that_stays() -> None:
    record = next(iter(stored.records(PAPER / "notebooks" / "islanders.ipynb")))
    own, exhibit = zotero.items(
        f"<p>{coins.of_page('notebooks/islanders', 'A+B & C', 'D', [record], PUBLISHED, front=False)}</p>"
    )
    assert own["url"] == f"https://book.example/v{EDITION.version}/notebooks/islanders.html"
    assert exhibit["url"] == f"https://book.example/v{EDITION.version}/cite/{record.id}.html"
    assert own["title"] == "A B & C", "Zotero reads a plus as a blank; an ampersand must not end the title"


def test_an_editor_is_saved_as_a_body_or_a_body_as_a_person() -> None:
    known = citation.Edition(**{**PUBLISHED.__dict__, "makers": (*EDITION.makers, EDITOR)})
    (item,) = zotero.items(f"<p>{coins.of_page('x', 'X', 'Y', [], known, front=False)}</p>")
    assert {"lastName": "Doe", "firstName": "Jo"} in item["creators"] and BODY in item["creators"]


def test_the_tags_of_a_page_say_less_than_its_reference() -> None:
    head = metadata.head("notebooks/x", "X", "What it says.", [], PUBLISHED)
    item = zotero.tagged(f"<html><head>{head}</head><body></body></html>")
    assert item["creators"] == [{"lastName": "The makers of nothing", "firstName": ""}]
    assert item["itemType"] == "bookSection" and item["publicationTitle"] == EDITION.title
    assert (item["title"], item["abstractNote"], item["language"]) == ("X", "What it says.", "en")
    assert item["publisher"] == "The makers of nothing" and item["date"] == EDITION.released.replace("-", "/")
    assert item["url"] == f"https://book.example/v{EDITION.version}/notebooks/x.html"
