"""The PDF or the EPUB lacks something of the book, leads nowhere, or is not what a reading program or a printer takes.

Not among the tests of `make test`, as the two are made on request only: `make test-forms`.
"""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from fontTools.ttLib import TTFont
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from edition import paper
from edition.book import explorer
from edition.build import contents
from edition.forms import pdf as pdf_made
from tests.conftest import ROOT

SITE = ROOT / "_build" / "html"
PDF, EPUB = (f"{paper.at(ROOT).slug}.{form}" for form in ("pdf", "epub"))
CHECK = ROOT / ".venv" / "forms" / "bin" / "epubcheck"
A_BOOK_HAS = 100  # pages, at least
MARGIN = 15  # points


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return PdfReader(SITE / PDF)


@pytest.fixture(scope="module")
def texts(pdf: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def chapters() -> list[str]:
    toc = yaml.safe_load(contents.placed(ROOT))
    return [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]


def exhibits() -> list[dict[str, Any]]:
    return json.loads((SITE / "exhibits.json").read_text(encoding="utf-8"))["exhibits"]


def outline(entries: list[Any], depth: int = 0) -> Iterator[tuple[int, Any]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry, depth + 1)
        else:
            yield depth, entry


def resources(pdf: PdfReader, kind: str) -> Iterator[DictionaryObject]:
    """Every object of a kind that any page uses, each once, those within others too."""
    seen: set[int] = set()
    waiting: list[Any] = [page.get("/Resources", {}) for page in pdf.pages]
    while waiting:
        held = waiting.pop().get_object()
        for name in ("/XObject", "/Pattern", "/Font"):
            for item in held.get(name, DictionaryObject()).get_object().values():
                number = item.idnum if isinstance(item, IndirectObject) else id(item)
                if number in seen:
                    continue
                seen.add(number)
                found = item.get_object()
                if name == kind:
                    yield found
                waiting.append(found.get("/Resources", DictionaryObject()))


def test_epubcheck_refuses_the_epub() -> None:
    checked = subprocess.run([CHECK, SITE / EPUB], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert not any(word in checked.stdout for word in ("ERROR", "FATAL", "WARNING")), checked.stdout


def test_the_epub_has_no_cover() -> None:
    with zipfile.ZipFile(SITE / EPUB) as book:
        package = etree.fromstring(book.read("content.opf"))
        (named,) = package.iterfind(".//{*}meta[@name='cover']")
        (cover,) = package.iterfind(f".//{{*}}item[@id='{named.get('content')}']")
        assert book.read(cover.get("href")).startswith(b"\x89PNG")


def test_what_only_the_web_edition_can_do_leaves_a_gap(texts: list[str]) -> None:
    with zipfile.ZipFile(SITE / EPUB) as book:
        page = " ".join(etree.fromstring(book.read("notebooks/explorer.xhtml")).itertext())
        listed = " ".join(etree.fromstring(book.read("catalogue.xhtml")).itertext())
        front = " ".join(etree.fromstring(book.read("intro.xhtml")).itertext())
    assert "are in the web edition" in front and "hover" not in front
    for text in (page, " ".join(texts)):
        assert explorer.STILL.split(",")[0] in " ".join(text.split())
        assert "Pick another number" not in text
    assert "The web edition has" in listed and "exhibits.json" not in listed


def test_a_page_does_not_offer_the_forms() -> None:
    for name in chapters():
        page = (SITE / f"{name}.html").read_text(encoding="utf-8")
        up = "../" * name.count("/")
        for form in (PDF, EPUB):
            assert f'href="{up}{form}"' in page, f"{name} does not lead to {form}"


def test_a_chapter_is_missing_from_the_outline(pdf: PdfReader) -> None:
    titles = [" ".join(entry.title.split()) for depth, entry in outline(pdf.outline) if depth <= 1]
    parts = [part["caption"] for part in yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]]
    assert [title for title in titles if title in parts] == parts
    assert len(titles) == len(chapters()) + len(parts) + 1  # and the table of contents


def test_a_link_leads_nowhere(pdf: PdfReader) -> None:
    known, followed = pdf.named_destinations, 0
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            link = note.get_object()
            if link.get("/Subtype") != "/Link":
                continue
            if "/A" in link:
                assert str(link["/A"]["/URI"]).startswith(("http://", "https://")), link["/A"]["/URI"]
                continue
            assert str(link["/Dest"]) in known, link["/Dest"]
            followed += 1
    assert followed > len(exhibits())


def test_a_figure_or_table_is_missing_from_the_pdf(pdf: PdfReader, texts: list[str]) -> None:
    known = pdf.named_destinations
    for entry in exhibits():
        name = f"{entry['page'].partition('.html')[0]}:{entry['id']}"
        assert name in known, f"{entry['id']} is not in the PDF"
        page = pdf.get_destination_page_number(known[name])
        near, title = (
            "".join(text.replace("’", "'").split()) for text in ("".join(texts[page : page + 2]), entry["title"])
        )
        assert title[:30] in near, f"{entry['id']} is not where links to it lead"


def test_a_figure_is_a_raster(pdf: PdfReader) -> None:
    assert not [found for found in resources(pdf, "/XObject") if found.get("/Subtype") == "/Image"]


def test_a_font_is_not_in_the_pdf(pdf: PdfReader) -> None:
    for font in resources(pdf, "/Font"):
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        described = inner["/FontDescriptor"].get_object()
        assert any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")), font["/BaseFont"]


def test_pages_of_the_pdf_have_no_numbers(texts: list[str]) -> None:
    assert len(texts) > A_BOOK_HAS
    for number, text in enumerate(texts[1:], 2):
        assert str(number) in text.split()[:40] + text.split()[-40:], f"page {number}"


def test_the_pdf_does_not_say_what_it_is(pdf: PdfReader) -> None:
    assert pdf.metadata and pdf.metadata.title and "Kazakh Diaspora" in pdf.metadata.title
    assert pdf.root_object["/Lang"] == "en"


def test_a_screen_reader_cannot_follow_the_pdf(pdf: PdfReader) -> None:
    """Headings, tables and figures are tagged, each figure with its text."""
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    seen: dict[str, list[Any]] = {}
    waiting: list[Any] = [pdf.root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, DictionaryObject):
            seen.setdefault(str(node.get("/S")), []).append(node)
            waiting.append(node.get("/K"))
    figures = sum(entry["kind"] != "table" for entry in exhibits())
    assert len(seen["/H1"]) >= len(chapters()) and len(seen["/Figure"]) >= figures
    assert all(figure.get("/Alt") for figure in seen["/Figure"])
    assert {"/Table", "/TH", "/TD"} <= seen.keys()


def test_a_sign_has_no_picture(texts: list[str]) -> None:
    """A character that no typeface of the PDF has is set as an empty box. The NUL is pypdf's, before each Chinese letter."""
    faces = [*pdf_made.FONTS.glob("*.ttf"), *(pdf_made.HERE / "fonts").glob("*.ttf"), pdf_made.MONO]
    known = {chr(sign) for face in faces for sign in TTFont(face).getBestCmap()}
    assert set("".join(texts)) - known - {"\n", "\xad", "\0"} == set()


def test_text_is_cut_at_the_edge() -> None:
    """Every word lies on its page, in from the edge by what a printer cannot print."""
    boxes = subprocess.run(["pdftotext", "-bbox", SITE / PDF, "-"], capture_output=True, check=True).stdout
    pages = etree.fromstring(boxes, etree.XMLParser(recover=True)).iter("{*}page")
    for number, page in enumerate(pages, 1):
        width, height = float(page.get("width")), float(page.get("height"))
        for word in page.iter("{*}word"):
            left, top, right, bottom = (float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax"))
            inside = left >= MARGIN and top >= MARGIN and right <= width - MARGIN and bottom <= height - MARGIN
            assert inside, f"page {number}: {word.text!r}"
