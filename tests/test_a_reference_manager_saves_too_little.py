"""What a reference manager keeps of a page lacks something or names somebody else. Of the invented paper, by Zotero's rules (`zotero`)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html as lxml

from edition.book import coins, landing, metadata
from edition.build import address, verify
from edition.exhibits import addresses, citation, sheets, stored
from edition.exhibits.record import Record
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


def test_the_page_of_an_address_says_less_than_it_leads_to(made: Path) -> None:
    """For whoever does not follow, a preview, an archive or a reference manager."""
    html = made / "_build" / "html"
    for record in stored.records(PAPER / "notebooks" / "islanders.ipynb"):
        text = (html / "cite" / f"{record.id}.html").read_text(encoding="utf-8")
        body = " ".join(lxml.fromstring(text).find("body").text_content().split())
        assert citation.heading(record) in body and record.source in body and "CC BY 4.0" in body
        (item,) = zotero.items(text)
        assert item["title"] == citation.heading(record) and item["creators"] == [BODY]
        (found,) = lxml.fromstring(text).xpath("//script[@type='application/ld+json']/text()")
        assert json.loads(found)["name"] == citation.heading(record)
        for link in lxml.fromstring(text).xpath("//link[@rel='describedby' or @rel='item' or @rel='collection']/@href"):
            assert (html / "cite" / link).resolve().is_file(), link


def test_a_landing_page_names_no_address_for_good(tmp_path: Path) -> None:
    record = next(iter(stored.records(PAPER / "notebooks" / "islanders.ipynb")))
    one = addresses.Address(record.id, "exhibit", "figure: X", f"notebooks/islanders.html#{record.id}")
    landing.write([one], {record.id: record}, PUBLISHED, tmp_path)
    head = lxml.fromstring((tmp_path / "cite" / f"{record.id}.html").read_text(encoding="utf-8"))
    links = {link.get("rel"): link.get("href") for link in head.xpath("//link")}
    assert links["canonical"] == f"https://book.example/cite/{record.id}.html"
    assert links["cite-as"] == f"https://book.example/v{EDITION.version}/cite/{record.id}.html"
    assert links["license"] == citation.LICENCE_AT
    tags = {tag.get("property"): tag.get("content") for tag in head.xpath("//meta[@property]")}
    assert tags["og:url"] == links["canonical"] and tags["og:image"].endswith(f"exhibits/{record.id}.png")


def test_the_address_of_a_row_has_no_picture_in_a_preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAPER)
    one = addresses.Address("t1-brack-quill", "number", "Brack", "notebooks/islanders.html#t1-brack-quill")
    landing.write([one], dict[str, Record](), PUBLISHED, tmp_path)
    head = lxml.fromstring((tmp_path / "cite" / f"{one.id}.html").read_text(encoding="utf-8"))
    tags = {tag.get("property"): tag.get("content") for tag in head.xpath("//meta[@property]")}
    assert tags["og:image"] == "https://book.example/sharing/islanders.png" and tags["og:image:alt"]


def test_a_figure_of_other_data_passes_for_the_one_cited() -> None:
    record = next(iter(stored.records(PAPER / "notebooks" / "islanders.ipynb")))
    cited = sheets.digest(record)[: sheets.SHOWN]
    assert verify.verify(record.id, cited.upper()).startswith(f"{record.id}: the rows are those of the citation")
    whole = sheets.digest_of_all(stored.records(PAPER / "notebooks" / "islanders.ipynb"))
    assert verify.verify("islanders", whole[: sheets.SHOWN]).startswith("islanders: the rows are those")
    other = f"{'0' if cited[0] != '0' else '1'}{cited[1:]}"
    for name, digest, said in (
        (record.id, other, "other data"),
        (record.id, "x", "no digest"),
        ("fig-none", cited, "no chapter"),
    ):
        with pytest.raises(verify.VerifyError, match=said):
            verify.verify(name, digest)


def test_a_book_without_an_address_is_made_without_a_word() -> None:
    assert "No address is set" in address.reminder(PAPER)
