"""An edition's file is taken though it is wrong, changes what it does not name, or its pages do not say what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from edition.asking import editions
from edition.book import site
from edition.build import execute
from edition.data import plain_yaml
from edition.exhibits import citation, stored
from tests.conftest import ROOT

SHIPPED = sorted((ROOT / "editions").glob("*.yml"))
SOUND = "name: Mine\nsummary: What I assume.\n"
LOWER = "name: Lower ends\nsummary: Ranges at their lower end.\neverywhere: {bound: lowest}\n"
WRONG = [
    ("name: [", "allowed: YAML"),
    ("- a list", "allowed: names with values"),
    ("summary: no name", "name: None; allowed: a text"),
    ("name: Mine\nsummary: 3\n", "summary: 3; allowed: a text"),
    (SOUND + "chapter: {}\n", "top: 'chapter'; allowed: name, summary, by, everywhere, chapters, sources"),
    (SOUND + "everywhere: lowest\n", "everywhere: 'lowest'; allowed: names with values"),
    (SOUND + "everywhere: {bounds: lowest}\n", "everywhere: 'bounds'; allowed: bound, largest, scholar"),
    (SOUND + "everywhere: {bound: middle}\n", "parameter 'bound' is 'middle'; allowed: 'both', 'lowest', 'highest'"),
    (SOUND + "chapters: {table_4: {largest: 3}}\n", "chapters: 'table_4'; allowed: islanders"),
    (SOUND + "chapters: {verdicts: {largest: 3}}\n", "chapters: 'verdicts'; allowed: islanders"),
    (SOUND + "chapters: {islanders: 3}\n", "chapters, islanders: 3; allowed: names with values"),
    (SOUND + "chapters: {islanders: {largest: 3}}\n", "chapter islanders: parameter 'largest' is 3; allowed: a whole number"),
    (SOUND + "chapters: {islanders: {larges: 2}}\n", "chapter islanders: unknown parameter 'larges'"),
    (SOUND + "by: [1]\n", "by: [1]; allowed: a text: who made the edition"),
    (SOUND + "sources: nowhere\n", "sources: 'nowhere'; allowed: a folder"),
    (SOUND + "sources: ''\n", "sources: ''; allowed: a folder"),
    (SOUND + "sources: 3\n", "sources: 3; allowed: a folder"),
    (SOUND + "sources: notebooks\n", "sources: 'notebooks'; allowed: a folder with tables"),
    (SOUND + "chapters: false\n", "chapters: False; allowed: names with values"),
    (SOUND + "chapters: {}\n", "chapters: {}; allowed: names with values"),
    (SOUND + "chapters: {islanders: {}}\n", "chapters, islanders: {}; allowed: names with values"),
    (SOUND + "everywhere:\n", "everywhere: None; allowed: names with values"),
    (SOUND + "everywhere: {bounds: lowest}\n", "; did you mean 'bound'?"),
    (SOUND + "everywhere: {bound: lowst}\n", "; did you mean 'lowest'?"),
    (SOUND + "chapters: {islander: {largest: 3}}\n", "; did you mean 'islanders'?"),
    (SOUND + "chapters: {islanders: {larges: 2}}\n", "; did you mean 'largest'?"),
    (SOUND + "chapters: {islanders: {largest: '2,0'}}\n", "parameter 'largest' is '2,0'; allowed: a whole number"),
    (SOUND + "everywhere:\n  bound: lowest\neverywhere:\n  bound: highest\n",
     "line 5: 'everywhere' is written twice, first in line 3; allowed: each name once"),
    (SOUND + "chapters: {islanders: {largest: 02}}\n", "line 3: '02' can be read as more than one number"),
    (SOUND + "chapters: {islanders: {largest: 0,5}}\n", "line 3: '5' stands as a name and is no text"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def default_afterwards() -> Iterator[None]:
    yield
    editions.enter(None)


@pytest.fixture
def lower(paper: Path) -> Path:
    """The file of an edition of the invented paper."""
    file = paper / "editions" / "lower-ends.yml"
    file.parent.mkdir()
    file.write_text(LOWER, encoding="utf-8")
    return file


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=[expected[:40] for _, expected in WRONG])
def test_a_wrong_file_is_taken(paper: Path, text: str, expected: str) -> None:
    file = paper / "mine.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(editions.EditionError) as caught:
        editions.load(file)
    assert str(file) in str(caught.value) and expected in str(caught.value)


OTHERWISE = {  # what is written, and what the line says
    "010": "'010' can be read as more than one number",
    "0x1F": "'0x1F' can be read",
    "0b11": "'0b11' can be read",
    "1_000": "'1_000' can be read",
    "1:30": "'1:30' can be read",
    "1:30.5": "'1:30.5' can be read",
    ".5": "'.5' can be read",
    ".inf": "'.inf' can be read",
    ".nan": "'.nan' can be read",
    "yes": "'yes' can be read as a text or as true or false",
    "Off": "'Off' can be read",
    "2021-02-30": "'2021-02-30' is no date",
    "2021-2-3 10:00:00": "is no date",
    "[0,5]": "'0,5' in a list; allowed: a decimal point",
    "{1: x}": "'1' stands as a name",
    "{[a]: x}": "'[a]' stands as a name",
    "{~: x}": "'~' stands as a name",
    "{<<: {a: 1}}": "'<<' stands as a name",
    "{a: 1, a: 1}": "'a' is written twice, first in line 1",
    "&a [*a]": "an anchor or alias, 'a'",
    "*a": "an anchor or alias, 'a'",
    "!!python/object/apply:os.system [touch PWNED]": "a tag",
    "!!set {a}": "a tag",
    "[" * 5000: "more than 20 lists",
    "{a: " * 5000: "more than 20 lists",
    "'open": "quoted scalar",
    "\x07": "special characters are not allowed",
    "a\n--- b": "but found",
}


@pytest.mark.parametrize("text", OTHERWISE, ids=lambda text: text[:20])
def test_yaml_is_read_otherwise_than_it_was_meant_or_ends_in_a_traceback(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(plain_yaml.PlainYamlError) as caught:
        plain_yaml.read(file)
    said = str(caught.value)
    assert said.startswith(f"{file}") and OTHERWISE[text] in said and "; allowed: " in said and "\n" not in said


def test_plain_yaml_is_refused_or_changed(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text(
        "a: [1, -2, 0.5, 1.5e+3, true, 2021-02-28, '010', \"yes\", 0, ~]\nб:\n  c: text\n  d: 1,5\n", encoding="utf-8"
    )
    assert plain_yaml.read(file) == {
        "a": [1, -2, 0.5, 1500.0, True, "2021-02-28", "010", "yes", 0, None],
        "б": {"c": "text", "d": "1,5"},
    }


def test_a_missing_file_is_taken(paper: Path) -> None:
    with pytest.raises(editions.EditionError, match="there is no such file; allowed: a file of an edition"):
        editions.load(paper / "none.yml")


def test_a_parameter_for_all_reaches_a_chapter_that_has_none_of_its_name(lower: Path) -> None:
    variant = editions.load(lower)
    assert variant.parameters_of("islanders") == {"bound": "lowest"} and variant.parameters_of("verdicts") == {}


def test_a_notebook_ignores_its_edition_or_its_exhibits_do(lower: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lower.parent.parent
    monkeypatch.setenv("PYTHONPATH", f"{root / 'src'}:{ROOT / 'src'}")
    execute.main([str(root / "notebooks" / "islanders.ipynb"), str(root / "out.ipynb"), "--exhibits", str(root / "drawn"),
                  "--edition", str(lower)])  # fmt: skip
    (record, _) = stored.records(root / "out.ipynb")
    ranged = next(row for row in record.rows if row["id"] == "t1-sallow-quill")
    assert record.parameters["bound"] == "lowest" and ranged["low"] == ranged["high"] == 900
    assert "(Lower ends)" in (root / "drawn" / "fig-islanders.txt").read_text(encoding="utf-8")


def test_a_page_does_not_say_how_it_differs(lower: Path) -> None:
    editions.enter(str(lower))
    note = site.note("notebooks/islanders")
    for words in ("Lower ends", "<code>bound</code> is <em>lowest</em>, in the default edition <em>both</em>"):
        assert words in note
    assert "No parameter of this chapter differs" in site.note("notebooks/verdicts")
    assert "Lower ends" in site.note("intro") and "chapter" not in site.note("intro")


def test_the_default_edition_carries_a_note(paper: Path) -> None:
    assert site.note("notebooks/islanders") == ""


def test_an_edition_has_the_citation_or_the_address_of_the_default_one(lower: Path) -> None:
    root = lower.parent.parent
    config = root / "_config.yml"
    config.write_text(
        config.read_text(encoding="utf-8") + "html:\n  baseurl: https://example.org/book\n", encoding="utf-8"
    )
    usual = citation.edition(root)
    other = citation.edition(root, editions.load(lower))
    assert other.named == f"{usual.title} (Lower ends)" != usual.named
    assert usual.address("fig-x") == "https://example.org/book/cite/fig-x.html"
    assert other.address("fig-x") == "https://example.org/book/editions/lower-ends/cite/fig-x.html"


# ---- those that ship with the paper


def test_too_few_editions_ship() -> None:
    assert len(SHIPPED) >= 4


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_edition_differs_in_nothing(file: Path) -> None:
    variant = editions.load(file)
    differing = {chapter for chapter in variant.parameters if variant.differences(chapter, ROOT)}
    assert differing or variant.sources
