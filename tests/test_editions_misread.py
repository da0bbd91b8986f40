"""An edition's file is taken though it is wrong, changes what it does not name, or its pages do not say what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from edition.asking import editions
from edition.book import site
from edition.build import execute
from edition.exhibits import citation, stored
from tests.conftest import ROOT

SHIPPED = sorted((ROOT / "editions").glob("*.yml"))
SOUND = "name: Mine\nsummary: What I assume.\n"
WRONG = [
    ("name: [", "allowed: YAML"),
    ("- a list", "allowed: names with values"),
    ("summary: no name", "name: None; allowed: a text"),
    ("name: Mine\nsummary: 3\n", "summary: 3; allowed: a text"),
    (SOUND + "chapter: {}\n", "top: 'chapter'; allowed: name, summary, everywhere, chapters, sources"),
    (SOUND + "everywhere: lowest\n", "everywhere: 'lowest'; allowed: names with values"),
    (SOUND + "everywhere: {bounds: lowest}\n", "everywhere: 'bounds'; allowed: "),
    (SOUND + "everywhere: {bound: middle}\n", "parameter 'bound' is 'middle'; allowed: 'both', 'lowest', 'highest'"),
    (SOUND + "chapters: {table_4: {largest: 3}}\n", "chapters: 'table_4'; allowed: homeland, table_1"),
    (SOUND + "chapters: {table_1: 3}\n", "chapters, table_1: 3; allowed: names with values"),
    (SOUND + "chapters: {table_1: {largest: 13}}\n", "chapter table_1: parameter 'largest' is 13; allowed: a whole number"),
    (SOUND + "chapters: {table_1: {larges: 3}}\n", "chapter table_1: unknown parameter 'larges'"),
    (SOUND + "sources: nowhere\n", "sources: 'nowhere'; allowed: a folder"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def default_afterwards() -> Iterator[None]:
    yield
    editions.enter(None)


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=[expected[:40] for _, expected in WRONG])
def test_a_wrong_file_is_taken(tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(editions.EditionError) as caught:
        editions.load(file)
    assert str(file) in str(caught.value) and expected in str(caught.value)


def test_a_missing_file_is_taken(tmp_path: Path) -> None:
    with pytest.raises(editions.EditionError, match="there is no such file; allowed: a file of an edition"):
        editions.load(tmp_path / "none.yml")


def test_too_few_editions_ship() -> None:
    assert len(SHIPPED) >= 4


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_edition_differs_in_nothing(file: Path) -> None:
    variant = editions.load(file)
    differing = {chapter for chapter in variant.parameters if variant.differences(chapter, ROOT)}
    assert differing or variant.sources


def test_a_parameter_for_all_reaches_a_chapter_that_has_none_of_its_name() -> None:
    variant = editions.load(ROOT / "editions" / "lower-bounds.yml")
    assert variant.given("uzbekistan") == {"bound": "lowest"} and variant.given("table_1") == {}


def test_a_notebook_ignores_its_edition_or_its_exhibits_do(tmp_path: Path) -> None:
    target, exhibits = tmp_path / "uzbekistan.ipynb", tmp_path / "exhibits"
    execute.main([str(ROOT / "notebooks" / "uzbekistan.ipynb"), str(target), "--exhibits", str(exhibits),
                  "--edition", str(ROOT / "editions" / "upper-bounds.yml")])  # fmt: skip
    record = next(record for record in stored.records(target) if record["id"] == "fig-uzbekistan-numbers")
    field = next(row for row in record["data"]["data"] if row["id"] == "t2-uzbekistan-field")
    assert record["parameters"]["bound"] == "highest" and field["low"] == field["high"] == 1_500_000
    assert "(Upper bounds)" in (exhibits / "fig-uzbekistan-numbers.txt").read_text(encoding="utf-8")


def test_a_page_does_not_say_how_it_differs() -> None:
    editions.enter(str(ROOT / "editions" / "lower-bounds.yml"))
    note = site.note("notebooks/uzbekistan")
    for words in ("Lower bounds", "<code>bound</code> is <em>lowest</em>, in the default edition <em>both</em>"):
        assert words in note
    assert "No parameter of this chapter differs" in site.note("notebooks/table_1")
    assert "Lower bounds" in site.note("intro") and "chapter" not in site.note("intro")


def test_the_default_edition_carries_a_note() -> None:
    assert site.note("notebooks/uzbekistan") == ""


def test_an_edition_has_the_citation_or_the_address_of_the_default_one(tmp_path: Path) -> None:
    for name in ("CITATION.cff", "_config.yml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(
            text.replace("html:\n", "html:\n  baseurl: https://example.org/book\n", 1), encoding="utf-8"
        )
    usual = citation.edition(tmp_path)
    other = citation.edition(tmp_path, editions.load(ROOT / "editions" / "official.yml"))
    assert other.named == f"{usual.title} (Official counts alone)" != usual.named
    assert usual.address("fig-x") == "https://example.org/book/cite/fig-x.html"
    assert other.address("fig-x") == "https://example.org/book/editions/official/cite/fig-x.html"
