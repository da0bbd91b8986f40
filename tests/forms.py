"""The PDF or the EPUB lacks something of the book, leads nowhere, or is not what a reading program or a printer takes.

Not among the tests of `make test`, as the two are made on request only: `make test-forms`.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from analysis import extras
from tests.conftest import ROOT

SITE = ROOT / "_build" / "html"
CHECK = ROOT / ".venv" / "forms" / "bin" / "epubcheck"
A_BOOK_HAS = 100  # pages, at least


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return PdfReader(SITE / extras.PDF)


@pytest.fixture(scope="module")
def texts(pdf: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def chapters() -> list[str]:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
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
    checked = subprocess.run([CHECK, SITE / extras.EPUB], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert not any(word in checked.stdout for word in ("ERROR", "FATAL", "WARNING")), checked.stdout


def test_a_page_does_not_offer_the_forms() -> None:
    for name in chapters():
        page = (SITE / f"{name}.html").read_text(encoding="utf-8")
        up = "../" * name.count("/")
        for form in (extras.PDF, extras.EPUB):
            assert f'href="{up}{form}"' in page, f"{name} does not lead to {form}"


def test_a_chapter_is_missing_from_the_outline(pdf: PdfReader) -> None:
    titles = [" ".join(entry.title.split()) for depth, entry in outline(pdf.outline) if depth <= 1]
    entries = json.loads(json.dumps(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))))
    assert [part["caption"] for part in entries["parts"]] == [
        title for title in titles if title in {p["caption"] for p in entries["parts"]}
    ]
    assert len(titles) == len(chapters()) + len(entries["parts"]) + 1


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
        near = "".join(texts[page : page + 2]).replace(" ", "")
        assert entry["caption"].replace(" ", "")[:30] in near, f"{entry['id']} is not where links to it lead"


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
        assert str(number) in (text.split()[-1], text.split()[0]) or str(number) in text.split(), f"page {number}"


def test_the_pdf_does_not_say_what_it_is(pdf: PdfReader) -> None:
    assert pdf.metadata and pdf.metadata.title and "Kazakh Diaspora" in pdf.metadata.title
    assert pdf.root_object["/Lang"] == "en"


def test_text_is_cut_at_the_edge(pdf: PdfReader) -> None:
    """Every piece of text begins on the page, and ends there by the width of its own letters."""
    for number, page in enumerate(pdf.pages, 1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)

        def inside(text: str, cm: list[float], tm: list[float], font: Any, size: float, page: int = number) -> None:
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            assert not text.strip() or (0 <= x <= width and 0 <= y <= height), f"page {page}: {text[:60]!r} at {x}, {y}"

        page.extract_text(visitor_text=inside)
