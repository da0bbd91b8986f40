"""The EPUB lacks a chapter, an exhibit or its cover, leads nowhere, or has what only a browser can do.

Of the invented paper; `make test-forms` makes the EPUB and the PDF of the whole book, and has epubcheck judge it.
"""

from __future__ import annotations

import json
import posixpath
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from edition.build import attachments
from tests.conftest import SNAKEMAKE, copy_paper, run

CHAPTERS = ("intro", "notebooks/islanders", "notebooks/verdicts")
Pages = dict[str, etree._Element]


pytestmark = pytest.mark.weekly  # it makes a book in another form; `make test-forms` looks through that of the paper


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the EPUB holds, by name."""
    folder = copy_paper(tmp_path_factory.mktemp("forms") / "paper")
    result = run(*SNAKEMAKE, "epub", cwd=folder)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    file = folder / "_build" / attachments.FOLDER / "islanders-of-vell.epub"
    with zipfile.ZipFile(file) as packed:
        assert packed.namelist()[0] == "mimetype" and packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture(scope="module")
def pages(epub: dict[str, bytes]) -> Pages:
    return {name: etree.fromstring(content) for name, content in epub.items() if name.endswith(".xhtml")}


def test_a_chapter_is_missing_or_stands_elsewhere(epub: dict[str, bytes]) -> None:
    package = etree.fromstring(epub["content.opf"])
    hrefs = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}manifest/{*}item")}
    order = [hrefs[item.get("idref")] for item in package.iterfind(".//{*}spine/{*}itemref")]
    assert [name for name in order if name.removesuffix(".xhtml") in CHAPTERS] == [f"{name}.xhtml" for name in CHAPTERS]


def test_the_epub_has_no_cover(epub: dict[str, bytes]) -> None:
    package = etree.fromstring(epub["content.opf"])
    (named,) = package.iterfind(".//{*}meta[@name='cover']")
    (cover,) = package.iterfind(f".//{{*}}item[@id='{named.get('content')}']")
    assert epub[cover.get("href")].startswith(b"\x89PNG")


def test_an_exhibit_is_missing(made: Path, pages: Pages) -> None:
    listed = json.loads((made / "_build/html/exhibits.json").read_text(encoding="utf-8"))["exhibits"]
    assert len(listed) > 3
    for entry in listed:
        page = pages[entry["page"].partition(".html")[0] + ".xhtml"]
        assert page.xpath(f"//*[@id='{entry['id']}']"), entry["id"]
        assert entry["caption"][:30] in " ".join(" ".join(page.itertext()).split())


def test_a_picture_or_a_link_leads_nowhere(epub: dict[str, bytes], pages: Pages) -> None:
    followed = 0
    for name, page in pages.items():
        for target in page.xpath("//*/@src | //*/@href"):
            if target.startswith(("http://", "https://", "mailto:", "data:")):
                continue
            path, _, anchor = target.partition("#")
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert file in epub, f"{name}: {target}"
            if anchor and file in pages:
                assert pages[file].xpath(f"//*[@id='{anchor}']"), f"{name}: {target}"
            followed += 1
    assert followed > len(pages)


def test_what_only_a_browser_can_do_is_in_it(pages: Pages) -> None:
    for name, page in pages.items():
        assert not page.xpath("//*[local-name() = 'script' or local-name() = 'button']"), name
        assert "BibTeX" not in " ".join(page.itertext()), name
