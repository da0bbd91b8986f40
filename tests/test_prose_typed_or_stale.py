"""A page has a number typed into its text, or a notebook is not thin, or its stored outputs are unsound."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SENTENCES = sorted((ROOT / "src" / "analysis" / "sentences").glob("*.md"))
PAGES = sorted(ROOT.glob("*.md"))
BOOK_PAGES = [page for page in PAGES if page.name not in {"README.md", "CONTRIBUTING.md"}]

BOXLESS = {"rerun"}  # how to make the book again leaves nothing open

# Digits that are names: exhibits of the paper, chapters named for a year, licences, versions, commands, roles and links.
NAMES = [
    r"`[^`]*`",  # roles, code, parameter names
    r"```.*?```",  # commands
    r"\{[a-z:]+\}`[^`]*`",
    r"\b(Table\s[123]|Figure\s1)\b",
    r"(?<=^# ).*\b(1723|1911|1916)\b",
    r"\bCC BY 4\.0\b",
    r"^## \d+\.\d+\.\d+, \d{1,2} \w+ \d{4}$",  # a version and its date; test_versions_lost holds them
]


def digits(markdown: str) -> list[str]:
    for name in sorted(NAMES, key=len, reverse=True):
        markdown = re.sub(name, "", markdown, flags=re.S | re.M if "```" in name else re.M)
    return re.findall(r"\S*\d\S*", markdown)


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_number_is_typed_into_a_chapter(path: Path) -> None:
    assert [found for cell in cells(path, "markdown") for found in digits(cell.source)] == []


@pytest.mark.parametrize("path", BOOK_PAGES, ids=lambda p: p.stem)
def test_a_number_is_typed_into_a_page(path: Path) -> None:
    assert digits(re.sub(r"```\n.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)) == []


@pytest.mark.parametrize("path", SENTENCES, ids=lambda p: p.stem)
def test_a_number_is_typed_into_a_title(path: Path) -> None:
    """What a title names is computed; a year and the name of a table of the paper are no findings."""
    titles = re.findall(r"^(?:sub)?title: (.*)$", path.read_text(encoding="utf-8"), flags=re.M)
    typed = [re.sub(r"\{\{.*?\}\}|Table \d|\b1\d{3}\b", "", title) for title in titles]
    assert [title for title in typed if re.search(r"\d", title)] == []


SAID = {"title", "subtitle", "caption", "alt", "notes", "remarks"}  # parts of an exhibit that are prose


def spelled(source: str) -> list[tuple[int, str]]:
    """Where a call is given a part of an exhibit as text or pieces of it: the line, and the part."""
    if not re.search(rf"\b(?:{'|'.join(SAID)})=", source):
        return []
    parts = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.keyword) and node.arg in SAID]
    return [
        (part.lineno, str(part.arg))
        for part in parts
        if any(isinstance(node, ast.Constant) and isinstance(node.value, str) for node in ast.walk(part.value))
    ]


def test_the_words_of_an_exhibit_are_spelled_in_python() -> None:
    """They stand whole in a file of sentences, where an editor finds them."""
    assert spelled('Table(title=f"{n} rows", notes=notes, remarks=("One.",), **words)') == [
        (1, "title"),
        (1, "remarks"),
    ]
    found = {
        f"{file.parent.name}/{file.stem}": spelled(file.read_text(encoding="utf-8"))
        for file in (ROOT / "src" / "analysis").rglob("*.py")
    }
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_the_search_for_digits_finds_none() -> None:
    assert digits("It was 4,134,000, in Table 1, or {glue}`total-2`.") == ["4,134,000,"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_chapter_lost_its_shape(path: Path) -> None:
    text = [cell.source for cell in cells(path, "markdown")]
    assert text[0].startswith("# ") and "{glue}" in text[0], "it opens with its title and a finding"
    box = re.fullmatch(r"(?:.*^)?:::\{admonition\} Still open\n:class: still-open\n(.*)\n:::", text[-1], re.S | re.M)
    assert box or path.stem in BOXLESS, "it ends with what is still open"
    assert not box or len(box[1].splitlines()) <= 3, "in three lines at most"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_computes(path: Path) -> None:
    for cell in cells(path, "code"):
        assert len(cell.source.splitlines()) <= 10, cell.source
        assert not re.search(r"\b(for|def|class|lambda|Markdown|display)\b", re.sub(r"#.*", "", cell.source)), (
            cell.source
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_stored_output_is_a_warning_or_an_error(path: Path) -> None:
    outputs = [output for cell in cells(path, "code") for output in cell.outputs]
    assert {output.output_type for output in outputs} <= {"display_data", "execute_result"}


def test_a_code_cell_is_copied_between_notebooks() -> None:
    seen: dict[str, str] = {}
    for path in NOTEBOOKS:
        for cell in cells(path, "code"):
            if "chapter." in cell.source and len(cell.source.splitlines()) > 3 and "import" not in cell.source:
                assert seen.setdefault(cell.source, path.stem) == path.stem
