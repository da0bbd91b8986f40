"""A sentence of a file of sentences cannot be said and nobody is told in one line, or its numbers lose their rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from jinja2 import meta

import invented.chapters.islanders
from edition.book.following import first_sentence
from edition.build import dependencies
from edition.exhibits import stored
from edition.numbers import glue
from edition.numbers.sentences import ENVIRONMENT, FOLDER, HEADING, SentenceError, Sentences
from edition.numbers.wording import Cited, Told
from tests.conftest import ROOT

FILES = sorted((ROOT / "src/analysis" / FOLDER).glob("*.md"))
Written = Callable[[str], Sentences]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str) -> Sentences:
        sentences = Sentences("edition.anything")
        sentences.file = tmp_path / "islanders.md"
        sentences.file.write_text(text, encoding="utf-8")
        return sentences

    return write


def test_a_number_in_a_sentence_loses_its_row() -> None:
    total = Cited.of("4,100", "t1-all-harrow")
    said = invented.chapters.islanders.SAY.all(scholar="harrow", total=total)["whose"]
    assert said == "Harrow walked from door to door, and counted 4,100."
    assert isinstance(said, Told) and [getattr(part, "rows", ()) for part in said.parts] == [(), ("t1-all-harrow",), ()]
    bundle = glue.kept(said)
    assert bundle["parts"][1] == ["4,100", ["t1-all-harrow"]]


def test_numbers_in_a_list_or_alone_lose_their_rows(written: Written) -> None:
    sentences = written(
        "## alone\n{{ one }}\n## several\nAll {{ [one, one, 'none'] | listing }}.\n## within\nSo {{ told }}"
    )
    one = Cited.of("1,000", "r")
    assert sentences.say("alone", one=one).rows == ("r",)  # type: ignore[attr-defined]
    several = sentences.say("several", one=one)
    assert several == "All 1,000, 1,000 and none." and [*map(type, several.parts)].count(Cited) == 2  # type: ignore[attr-defined]
    assert sentences.say("within", told=several).parts[1].rows == ("r",)  # type: ignore[attr-defined]


def test_the_lines_of_a_sentence_show(written: Written) -> None:
    sentences = written("Of Vell.\n\n## a\n\nTwo islands\n% if far\n, far away\n% endif\n, have\none\xa0% each.\n")
    assert sentences.say("a", far=True) == "Two islands, far away, have one\xa0% each."
    assert sentences.say("a", far=False) == "Two islands, have one\xa0% each."


@pytest.mark.parametrize(("text", "told"), [
    ("## a\nIt is {{ other }}.", "sentences/islanders.md, a: 'other' is undefined; given: scholar"),
    ("## a\n% if scholar == 'x'\nX\n% elif scholar == 'y'\nY\n% endif", "sentences/islanders.md, a: no variant for scholar = 'quill'; allowed: those that the file has"),
    ("## a\nOne.\n\n## a\nTwo.", "sentences/islanders.md, line 4: 'a' stands there twice; allowed: once"),
    ("## a\n\nIt {{ is }", "sentences/islanders.md, line 3: unexpected '}'"),
    ("## b\nOne.", "sentences/islanders.md: there is no sentence 'a'; allowed: b"),
])  # fmt: skip
def test_a_fault_is_not_told_in_a_line(written: Written, text: str, told: str) -> None:
    with pytest.raises(SentenceError) as raised:
        written(text).say("a", scholar="quill")
    assert str(raised.value) == told


ISLANDERS = """
## fig-islanders

% if far
title: {{ most | number }} islanders far away
% else
title: {{ total }} islanders
% endif
subtitle: Islanders
caption: Each mark
  is an island.
note: One.
note: {{ added }}
alternative text: Dots.
"""


def test_the_words_of_an_exhibit_stand_elsewhere(written: Written) -> None:
    """Under one heading, by the names of `Picture`; its notes are those that say something, and no sentence of the chapter's."""
    sentences = written(f"{ISLANDERS}\n## whose\nHarrow.")
    given = {"most": 4100, "total": Cited.of("4,100", "t1-all-harrow"), "added": ""}
    assert sentences.exhibit("fig-islanders", far=False, **given) == {
        "id": "fig-islanders",
        "title": "4,100 islanders",
        "subtitle": "Islanders",
        "caption": "Each mark is an island.",
        "alt": "Dots.",
        "notes": ("One.",),
    }
    said = sentences.exhibit("fig-islanders", **given | {"far": True, "added": "Two."})
    assert (said["title"], said["notes"]) == ("4,100 islanders far away", ("One.", "Two."))
    assert sentences.all() == {"whose": "Harrow."}


ALLOWED = (
    "allowed: title, subtitle, caption, alternative text, note, each at the beginning of a line and before a colon"
)


@pytest.mark.parametrize(("words", "other", "told"), [
    ("caption:", "captoin:", f"line 10, fig-islanders: there is no part 'captoin'; {ALLOWED}"),
    ("subtitle: Islanders\n", "", f"line 2, fig-islanders: subtitle is missing; {ALLOWED}"),
    ("\n% if far", "\nFar\n% if far", f"line 2, fig-islanders: 'Far' is in no part; {ALLOWED}"),
    ("% else\n", "", "fig-islanders: title is said 2 times; allowed: once"),
    ("caption: Each mark\n  is an island.", "caption:", "fig-islanders: caption says nothing; allowed: once"),
    ("fig-islanders", "fig-others", "there is no exhibit 'fig-islanders'; allowed: fig-others"),
])  # fmt: skip
def test_a_fault_in_the_words_of_an_exhibit_is_not_told_in_a_line(written: Written, words: str, other: str, told: str) -> None:  # fmt: skip
    with pytest.raises(SentenceError) as raised:
        written(ISLANDERS.replace(words, other, 1)).exhibit("fig-islanders", far=True, most=1, total=2, added="")
    assert str(raised.value).removeprefix("sentences/islanders.md").lstrip(":, ") == told


def test_a_file_of_sentences_is_no_input_of_its_chapter() -> None:
    """Those of a chapter and of the chapters that its module imports, and no others."""
    code = dependencies.notebook(ROOT / "notebooks" / "mongolia.ipynb")
    read = {file.stem for file in code if file.parent.name == FOLDER}
    imported = {file.stem for file in code if file.parent == ROOT / "src/analysis/chapters" and file.suffix == ".py"}
    assert {"mongolia", "host"} <= read == {file.stem for file in FILES} & imported
    assert "homeland" not in read


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_sentence_is_said_nowhere_or_is_no_sentence(file: Path) -> None:
    """Each name is glued on a page, or asked for by name; none asks for a value of a name that is no word."""
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("*.ipynb"))
    source += "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/analysis").rglob("*.py"))
    source += (ROOT / "pages" / "intro.md").read_text(encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    for name in HEADING.findall(text):
        assert re.search(rf"[`\":]{re.escape(name)}[`\"]", source), name
    assert all(name.islower() for name in meta.find_undeclared_variables(ENVIRONMENT.parse(text)))


@pytest.mark.parametrize(("text", "first"), [
    ("Harrow, A. counted 4.2 thousand. Quill did not.", "Harrow, A. counted 4.2 thousand."),
    ("Did 300,000 go? Nobody knows.", "Did 300,000 go?"),
    ("One line, and no end", "One line, and no end"),
])  # fmt: skip
def test_the_card_of_the_next_page_breaks_off(text: str, first: str) -> None:
    assert first_sentence(text) == first


NEGATION = re.compile(r"\b(no|not|none|nobody|nothing|neither|nor|never|nowhere|without|cannot|missing)\b|n't\b", re.I)
GLUE = re.compile(r"\{glue\}`([^`]+)`")
MOST = 0.20


def sentences_of(notebook: Path) -> list[str]:
    """The sentences of a chapter's text with its stored texts put in; method folded away counts too."""
    cells = nbformat.read(notebook, as_version=4).cells
    kept = stored.texts(notebook)
    said: list[str] = []
    for cell in cells:
        if cell.cell_type == "markdown":
            text = GLUE.sub(lambda found: kept.get(found[1].rpartition("::")[2], found[1]), cell.source)
            text = re.sub(r"^(#.*|```.*|:\w+:.*)$", "", text, flags=re.M)
            said += [
                one for part in re.split(r"\n\s*\n|\n- ", text) for one in re.split(r"(?<=[.?!])\s+(?=[A-Z])", part)
            ]
    return [one.strip() for one in said if len(one.split()) > 2]


def test_a_book_of_what_is_not() -> None:
    said = [one for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")) for one in sentences_of(notebook)]
    denied = [one for one in said if NEGATION.search(one)]
    assert len(denied) / len(said) < MOST, f"{len(denied)} of {len(said)} sentences"
