"""Outside the book a notebook does not say what the book says: its sentences stay unfilled, a change goes unmarked, a caption is missing."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser

from edition.asking import chapters, notebook, prose, states
from edition.asking.parameters import ParameterError
from edition.build import in_process
from edition.data import names
from edition.exhibits import markup, stored
from edition.exhibits.record import FigureRecord, Record
from tests.conftest import ROOT, copy_paper, each_in_turn, papermill

WITH_PARAMETERS = [(chapter, name) for chapter, model in chapters.parameters().items() for name in model.model_fields]
STORED = sorted((ROOT / "notebooks").glob("*.ipynb"))


def ran(paper: Path, **given: Any) -> list[list[dict[str, Any]]]:
    """The invented chapter run by papermill, as it stands or with a change: its outputs, cell by cell."""
    made = paper / "made.ipynb"
    done = papermill(paper / "notebooks" / "islanders.ipynb", made, given)
    assert not done.returncode, done.stderr[-3000:]
    cells = nbformat.read(made, as_version=4).cells
    return [
        [output["data"] for output in cell.outputs if "data" in output] for cell in cells if cell.cell_type == "code"
    ]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> list[list[dict[str, Any]]]:
    """What it shows as it stands."""
    return ran(copy_paper(tmp_path_factory.mktemp("usual") / "paper"))


def said(outputs: list[list[dict[str, Any]]]) -> str:
    """The prose that the cells show."""
    return "\n".join(data["text/markdown"] for cell in outputs for data in cell if "text/markdown" in data)


def test_a_sentence_is_not_filled_in(usual: Any) -> None:
    text = said(usual)
    assert re.search(r"The total is [^{`]*\d,\d{3}", text) and "(figure)" in text
    assert "{" not in re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL)
    assert "<mark>" not in text, "something differs from the edition, and nothing was asked"


def test_prose_stands_twice_and_nothing_says_so(usual: Any) -> None:
    """VS Code shows a sentence as it is written too; JupyterLab does not, and hides what says so."""
    assert said(usual).count('class="edition-twice"') == 1
    assert re.search(r"^\.jp-OutputArea \.edition-twice,$", said(usual), re.MULTILINE)


def test_a_change_is_not_marked(usual: Any, paper: Path) -> None:
    outputs = ran(paper, largest=1)
    text = said(outputs)
    assert "1 (`largest`; in the edition: 2)" in text
    before, after = (re.search(r"add up to (.*?) \(figure", said(one), re.DOTALL)[1] for one in (usual, outputs))  # type: ignore[index]
    assert after.startswith("<mark>") and after.endswith(f"(in the edition: {before})</small>")


def test_a_default_that_a_reader_saved_counts_as_the_editions(paper: Path) -> None:
    file = paper / "notebooks" / "islanders.ipynb"
    file.write_text(file.read_text(encoding="utf-8").replace("largest: int = 2", "largest: int = 1"), encoding="utf-8")
    assert "1 (`largest`; in the edition: 2)" in said(ran(paper))


def test_an_exhibit_has_no_caption_or_ground(usual: Any) -> None:
    shown = [data["text/html"] for cell in usual for data in cell if "text/html" in data]
    figure = next(one for one in shown if "<img" in one)
    assert "<b>Figure. Nobody counts more" in figure and "<p>Islanders of Vell" in figure and "Source: Fenn" in figure
    assert "background-color: white" in figure and 'alt="Dot plot' in figure
    # where no HTML is shown
    told = next(data["text/markdown"] for cell in usual for data in cell if data.get("text/html"))
    assert told.startswith("**Figure. Nobody counts more") and "\n\n[Dot plot" in told and "Source: Fenn" in told


def test_a_table_leaves_out_its_notes_or_cuts_its_cells() -> None:
    records = {record.id: record for record in in_process.run(notebook.file_of("table_1")).records}
    asked = {record.id: record for record in in_process.run(notebook.file_of("table_1"), {"largest": 5}).records}
    record = records["tbl-table-1-printed"]
    for shown in (markup.html(record), markup.markdown(record)):
        assert names.exhibit(record.id) in shown
        assert all(f"{mark} {meaning}" in shown for mark, meaning in record.notes)  # type: ignore[union-attr]
    usual = records["tbl-table-1-sums"]
    assert "| <mark>the five largest" in markup.markdown(asked[usual.id], usual) and "<mark>" not in markup.markdown(
        usual
    )


def test_many_columns_squeeze_a_long_text() -> None:
    shown = {record.id: markup.html(record) for record in stored.records(notebook.file_of("refugees_1916"))}
    wide = re.search(r'<td style="([^"]*)">The number counts Kazakhs together', shown["tbl-refugees-1916-facts"])
    assert wide and "min-width" in wide[1]
    assert "min-width" not in shown["tbl-1916-account"]


# What VS Code shows without an extension; of an output of no such kind it says that it knows none that shows it.
SHOWN = {"text/html", "text/markdown", "text/plain", "image/svg+xml", "image/png", "image/jpeg"}


@pytest.mark.parametrize("file", STORED, ids=lambda file: file.stem)
def test_an_editor_has_nothing_to_show_an_output_with(file: Path) -> None:
    outputs = [
        output.data for output in stored.outputs(file) if output.output_type in ("display_data", "execute_result")
    ]
    assert outputs and all(SHOWN & data.keys() for data in outputs)
    hidden = [data for data in outputs if not any(data[kind] for kind in SHOWN & data.keys())]
    assert len(hidden) <= 2, "one output for the texts and one for the results leave no gap"


@pytest.mark.parametrize("file", STORED, ids=lambda file: file.stem)
def test_a_stored_notebook_leaves_prose_unfilled(file: Path) -> None:
    """Every cell of prose stands filled in among the outputs, once, in order."""
    cells = nbformat.read(file, as_version=4).cells
    shown = [
        output["data"]["text/markdown"]
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/markdown" in output.get("data", {})
    ]
    text = "\n".join(shown)
    told = stored.texts(file)
    texts, at = prose.Texts(told, told), 0
    for source in [cell.source for cell in cells if cell.cell_type == "markdown"]:
        expected = prose.fill_in(re.sub(r"\A# .+\n*", "", source), texts)
        assert expected in text[at:], expected
        at = text.index(expected, at) + len(expected)
    assert "<mark>" not in text and not re.search(r"\{\w+\}`", text)


def as_jupyterlab(cell: Any) -> str:
    """A cell in the elements in which JupyterLab shows it, its prose in one below its title."""
    if cell.cell_type == "markdown":
        title, text = re.fullmatch(r"(?:# (.+)\n*)?(.*)", cell.source, re.DOTALL).groups()  # type: ignore[union-attr]
        shown = f"{f'<h1>{title}</h1>' if title else ''}<p>{html.escape(text)}</p>"
        return f'<div class="jp-MarkdownCell"><div class="jp-MarkdownOutput">{shown}</div></div>'
    told = "".join(str(output.get("data", {}).get("text/markdown", "")) for output in cell.outputs)
    return f'<div class="jp-CodeCell"><div class="jp-OutputArea">{told}</div></div>'


def test_jupyterlab_shows_prose_as_it_is_written_too(browser: Browser) -> None:
    """Where several cells of prose follow each other as well; with its title, each is read once."""
    page = browser.new_page()
    for file in STORED:
        page.set_content("".join(map(as_jupyterlab, nbformat.read(file, as_version=4).cells)))
        left = page.evaluate("""[...document.querySelectorAll('.jp-MarkdownOutput > *')]
            .filter(one => one.checkVisibility() && one.textContent && one.localName != 'h1').map(one => one.textContent)""")
        assert left == [], file.stem
    page.close()


def test_the_books_page_shows_the_prose_twice() -> None:
    pages = list((ROOT / "_build" / "html" / "notebooks").glob("*.html"))
    assert pages, "there is no book to look at: make book"
    assert not [page.name for page in pages if "edition-before" in page.read_text(encoding="utf-8")]


@cache
def usually_seen(chapter: str, *, drawn: bool) -> list[str]:
    """What a person sees of a chapter as it stands."""
    return seen(chapter, {}, drawn=drawn)


def seen(chapter: str, given: dict[str, Any], *, drawn: bool) -> list[str]:
    """What a person sees of a chapter: its prose filled in, and its exhibits, the pictures only if `drawn`."""
    file = notebook.file_of(chapter)
    outputs = in_process.run(file, given)
    texts = prose.Texts(dict(outputs.texts), dict(outputs.texts))
    told = [prose.fill_in(cell.source, texts) for cell in notebook.cells(file) if not cell.code]
    return told + [_seen(record, drawn=drawn) for record in outputs.records]


def _seen(record: Record, *, drawn: bool) -> str:
    return (
        markup.html(record, picture="" if drawn else "a picture")
        if isinstance(record, FigureRecord)
        else markup.html(record)
    )


@pytest.mark.parametrize("asked", each_in_turn(map("-".join, WITH_PARAMETERS), 7))
def test_a_parameter_changes_nothing_that_a_person_sees(asked: str) -> None:
    chapter, name = asked.split("-")
    usual = notebook.defaults(notebook.file_of(chapter))
    others = [stop for stop in states.stops(chapters.parameters()[chapter], name, usual[name]) if stop != usual[name]]
    for drawn in (False, True):  # a picture takes long to draw, and is looked at only if nothing else tells
        before = usually_seen(chapter, drawn=drawn)
        for stop in others:
            try:
                if seen(chapter, {name: stop}, drawn=drawn) != before:
                    return
            except ParameterError as error:  # a choice that leaves nothing says so
                assert "allowed" in str(error)
    pytest.fail(f"{chapter}: nothing changes for {name} = {others}")


def test_a_directive_or_a_special_character_is_left_as_it_is() -> None:
    texts = prose.Texts({"a": "1*2 <3>"}, {"a": "1*2 <3>"})
    assert prose.fill_in("{glue}`a`", texts) == r"1\*2 \<3\>"
    assert (
        prose.fill_in("```{admonition} How\n:class: dropdown\n{glue}`a`\n```", texts)
        == "> **How**\n>\n> " + r"1\*2 \<3\>"
    )
    assert prose.fill_in("a\n\n```{only} builder_html\nof the page\n```", texts) == "a"
    assert (
        prose.fill_in("{term}`hosts <host>`, {doc}`table_2`, {ref}`glossary`", texts)
        == "hosts, *Official figures and a field study*, *Glossary*"
    )
