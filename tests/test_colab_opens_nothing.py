"""The notebook for Google Colab: led to wrongly, stale, or without the package. Its cells run here in a plain kernel, as they do there."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbclient
import nbformat
import pytest
from jupyter_book.config import get_final_config
from sphinx_book_theme.header_buttons import update_context_with_repository_info
from sphinx_book_theme.header_buttons.launch import add_launch_buttons

from edition.asking import chapters
from edition.book import launch
from edition.build import door
from tests.conftest import ROOT
from tests.examples import link_environment, with_environment

PAGE = "notebooks/table_1"
FETCH, ENVIRONMENT, ASK = "colab-fetch", "colab-environment", "colab-ask"


class Colab:
    """A session: the notebook's cells one by one, its forms filled in, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        read = nbformat.read(ROOT / door.FILE, as_version=4)
        self.cells = {cell.id: cell for cell in read.cells}
        self.client = nbclient.NotebookClient(read, allow_errors=True, timeout=1200, kernel_name="python3",
                                              resources={"metadata": {"path": str(folder)}})  # fmt: skip

    def run(self, name: str, **forms: str) -> tuple[str, str]:
        """What a cell prints or is refused with, and what it shows."""
        cell = nbformat.from_dict({**self.cells[name], "outputs": []})
        for form, value in forms.items():
            cell.source, found = re.subn(
                rf"(?m)^{form} = .*(?=  # @param)", lambda _, v=value, f=form: f"{f} = {v!r}", cell.source
            )
            assert found == 1, form
        self.client.execute_cell(cell, 0)
        said = ["\n".join(one["traceback"]) if "traceback" in one else one.get("text", "") for one in cell.outputs]
        return "".join(said).strip(), "".join(one["data"].get("text/html", "") for one in cell.outputs if "data" in one)


@pytest.fixture
def colab(tmp_path: Path) -> Any:
    (folder := tmp_path / "content").mkdir()
    session = Colab(folder)
    with session.client.setup_kernel():
        yield session


def ask_it(colab: Colab, repository: Path, before_environment: Callable[[], object]) -> None:
    """Fetch, make the environment, ask: rightly and wrongly."""
    address = f"file://{repository}"
    said, _ = colab.run(FETCH, repository=address, branch="no-such-branch")
    assert said.startswith("fatal: ") and "no-such-branch" in said and "Traceback" not in said
    for _ in ("the first time", "again"):
        assert re.fullmatch(
            r"Fetched: \w+, [\d-]+", (said := colab.run(FETCH, repository=address, branch="HEAD")[0])
        ), said
    before_environment()
    said, _ = colab.run(ENVIRONMENT)
    assert said.splitlines()[-1] == "The environment is ready.", said
    assert colab.run(ASK)[0].splitlines()[-1] == "One of them: make ask CHAPTER=…"
    said, shown = colab.run(ASK, chapter="table_1")
    assert re.search(r"largest=3 .*\n.*allowed: a whole number from 1 to 12", said) and not shown
    refused = {
        "table_one": {"chapter": "table_one"}, "largst": {"chapter": "table_1", "values": "largst=5"},
        "13": {"chapter": "table_1", "values": "largest=13"}, "five": {"chapter": "table_1", "values": "largest=five"},
        "No closing quotation": {"chapter": "table_1", "values": "largest='5"},
    }  # fmt: skip
    for word, forms in refused.items():
        said, shown = colab.run(ASK, **forms)
        assert word in said and "\n" not in said and not shown, said
    said, shown = colab.run(ASK, chapter="table_1", values="largest=5 'kazakhstan_column=tatimov'")
    assert said.splitlines()[-1].startswith("The page: ") and "largest: 5 (in the edition: 3)" in said
    assert 'srcdoc="&lt;!doctype html&gt;' in shown and "asked otherwise than in the edition" in shown
    assert re.search(r'<a download="table_1[\w.-]*\.html" href="data:text/html;base64,\w', shown)


def test_its_forms_are_stale_or_its_cells_no_python() -> None:
    """`make accept` fills the forms in."""
    stored = (ROOT / door.FILE).read_text(encoding="utf-8")
    assert stored == door.filled(ROOT)
    assert all(f'"{name}"' in nbformat.reads(stored, 4).cells[-1].source for name in chapters.parameters())
    for cell in nbformat.reads(stored, 4).cells:
        assert cell.cell_type == "markdown" or (ast.parse(cell.source) and not cell.outputs)


def test_an_address_or_another_papers_chapters_are_misread(paper: Path) -> None:
    (paper / door.FILE).parent.mkdir()
    shutil.copyfile(ROOT / door.FILE, paper / door.FILE)
    address = 'https://github.com/a/b"; import os #\\'
    with (paper / "_config.yml").open("a", encoding="utf-8") as config:
        config.write(f"\nrepository: {{url: '{address}', branch: trunk}}\n")
    cells = {cell.id: cell.source for cell in nbformat.reads(door.filled(paper), 4).cells}
    values = {
        ast.unparse(node.targets[0]): ast.literal_eval(node.value)
        for node in ast.parse(cells[FETCH]).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    assert values == {"repository": address, "branch": "trunk"}
    assert 'chapter = ""  # @param ["", "islanders"] {"allow-input": true}' in cells[ASK]


def test_without_an_address_it_does_not_say_what_to_set(colab: Colab) -> None:
    said, _ = colab.run(FETCH, repository="")
    assert said == "repository is empty; set it, in this form, to the address of the edition's repository"


def test_a_chapter_is_answered_wrongly_there(colab: Colab, tmp_path: Path, edition: Path) -> None:
    """With the environment that runs this; `test_its_environment_is_not_made` has it make its own."""
    ask_it(colab, with_environment(edition), lambda: link_environment(tmp_path / "content" / "edition"))


@pytest.mark.weekly
def test_its_environment_is_not_made(colab: Colab, tmp_path: Path, edition: Path) -> None:
    ask_it(colab, with_environment(edition), lambda: None)
    assert (tmp_path / "content/edition/.venv/pyvenv.cfg").is_file()


def groups(folder: Path, address: str) -> list[dict[str, Any]]:
    """The theme's buttons above a chapter of this book, were this its repository's address in `_config.yml`."""
    known = (ROOT / "_config.yml").read_text(encoding="utf-8")
    written, found = re.subn(r"(?m)^  url: .*$", f'  url: "{address}"', known)
    assert found == 1
    (config := folder / "_config.yml").write_text(written, encoding="utf-8")
    options = get_final_config(user_yaml=config, cli_config={"latex_individualpages": False})[0]["html_theme_options"]
    context: dict[str, Any] = {"header_buttons": [], "pagename": PAGE, "sourcename": f"{PAGE}.ipynb"}
    env = SimpleNamespace(metadata={PAGE: {"kernelspec": {}}}, doc2path=lambda page: f"{page}.ipynb")
    at: Any = SimpleNamespace(html_theme_options=options, html_context=context)
    launch.elsewhere(SimpleNamespace(), at)  # type: ignore[arg-type]
    update_context_with_repository_info(SimpleNamespace(config=at, builder=None))
    add_launch_buttons(
        SimpleNamespace(config={"html_theme_options": options}, env=env), PAGE, "page.html", context, None
    )
    launch.colab(SimpleNamespace(), PAGE, "page.html", context, None)  # type: ignore[arg-type]
    return context["header_buttons"]


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("", []),
        ("https://github.com/a/b", ["Binder", "Colab"]),
        ("https://github.com/a/b.git", ["Binder", "Colab"]),
        ("https://github.com/a/b/", ["Binder", "Colab"]),
        ("https://gitlab.com/a/b", ["Binder"]),
    ],
)
def test_it_is_not_offered_or_led_to_wrongly(tmp_path: Path, address: str, offered: list[str]) -> None:
    """Jupyter Book put the options of the theme in place of those that it makes of the address and the buttons."""
    found = groups(tmp_path, address)
    urls = {button["text"]: button["url"] for group in found for button in group["buttons"]}
    assert list(urls) == offered
    drawn = (ROOT / "src/edition/book/static/icons.css").read_text(encoding="utf-8")
    assert all(f".{group['icon'].split()[-1]} {{ --icon" in drawn for group in found)
    if "Colab" in offered:
        assert urls["Colab"] == "https://colab.research.google.com/github/a/b/blob/main/lite/colab.ipynb"
        assert urls["Binder"] == f"https://mybinder.org/v2/gh/a/b/main?urlpath=lab/tree/{PAGE}.ipynb"
