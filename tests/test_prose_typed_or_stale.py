"""A page has a number typed into its text, or a notebook is not thin, or its stored outputs are unsound."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = sorted(ROOT.glob("*.md"))
BOOK_PAGES = [page for page in PAGES if page.name not in {"README.md", "CONTRIBUTING.md"}]

# Digits that are names: exhibits of the paper, chapters named for a year, licences, versions, commands, roles and links.
NAMES = [
    r"`[^`]*`",  # roles, code, parameter names
    r"```.*?```",  # commands
    r"\{[a-z:]+\}`[^`]*`",
    r"\b(Table [123]|Figure 1)\b",
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


def test_a_number_is_typed_into_a_title() -> None:
    """What a title names is computed; a year and the name of a table of the paper are no findings."""
    typed = []
    for file in sorted((ROOT / "src" / "analysis" / "chapters").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in ("title", "subtitle"):
                fields = {
                    id(part)
                    for one in ast.walk(node.value)
                    if isinstance(one, ast.FormattedValue)
                    for part in ast.walk(one)
                }
                texts = [p for p in ast.walk(node.value) if isinstance(p, ast.Constant) and isinstance(p.value, str)]
                words = [re.sub(r"Table \d|\b1\d{3}\b", "", part.value) for part in texts if id(part) not in fields]
                typed += [(file.stem, text) for text in words if re.search(r"\d", text)]
    assert typed == []


def test_the_search_for_digits_finds_none() -> None:
    assert digits("It was 4,134,000, in Table 1, or {glue}`total-2`.") == ["4,134,000,"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_chapter_lost_its_shape(path: Path) -> None:
    text = [cell.source for cell in cells(path, "markdown")]
    assert text[0].startswith("# ") and "{glue}" in text[0], "it opens with its title and a finding"
    assert "## What did not reproduce" in text[-1] or path.stem == "rerun", "it ends with what did not reproduce"


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
