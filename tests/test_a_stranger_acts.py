"""What a stranger's file says, or how it is called, is run by a shell, by make, by a browser, a spreadsheet or TeX."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import pybtex.database
import pytest
import rispy
import yaml
from playwright.sync_api import Browser

from edition.asking import editions, request
from edition.charts import export, style
from edition.data.load import DataError
from edition.exhibits import reference
from invented import tables as invented
from tests.browser import until
from tests.conftest import ROOT, SNAKEMAKE, copy_paper, environment, run, serve

RUN = "touch PWNED"
NAMES = [  # that run something where they are interpolated: by a shell, or by make
    f"$({RUN})",
    f"$(shell {RUN})",
    f"`{RUN}`",
    f"x;{RUN};true",
    f'x";{RUN};"',
    f"x';{RUN};'",
    f"a b (c) [d] {{e}} & {RUN} #",
    "даурия қазақ 中",
]


@pytest.fixture
def front_door(tmp_path: Path) -> Path:
    """The Makefile with an environment that only notes how it is asked; in a folder whose name would run too."""
    folder = tmp_path / f'it\'s a "clone" $({RUN})'
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("Makefile", "workflow", "locks", "pyproject.toml"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile)(ROOT / name, folder / name)
    python = folder / ".venv" / "bin" / "python"
    python.write_text(
        '#!/bin/bash\nprintf "%s\\0" "$EDITION" "$SWEEP" "$@" $\'\\n\' >> asked\necho _build\n', encoding="utf-8"
    )
    python.chmod(0o755)
    for ready in (".venv/ready", ".venv/forms/ready"):
        (folder / ready).parent.mkdir(exist_ok=True)
        (folder / ready).write_text(f"{folder.resolve()}\n", encoding="utf-8")  # an environment knows where it lies
    (folder / "_build" / "html").mkdir(parents=True)
    (folder / "_build" / "html" / "index.html").touch()
    return folder


def ran(folder: Path) -> list[Path]:
    return [*folder.rglob("PWNED"), *ROOT.glob("PWNED")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("asked", ["book", "serve", "book-epub", "sweep"])
def test_a_file_name_is_run_by_make_or_its_shell(front_door: Path, asked: str, name: str) -> None:
    given = f"{name}.yml"
    variable = "SWEEP" if asked == "sweep" else "EDITION"
    free = {key: value for key, value in os.environ.items() if key not in {"EDITION", "SWEEP", "MAKEFLAGS"}}
    for command, more in (
        ([f"{variable}={given.replace('$', '$$')}"], {}),
        ([f"{variable}={given}"], {}),
        ([], {variable: given}),
    ):
        (front_door / "asked").unlink(missing_ok=True)
        result = subprocess.run(
            ["make", asked, *command], cwd=front_door, env=free | more, capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        assert not ran(front_door.parent)
        if not command or "$$" not in command[0]:
            calls = [line.split("\0") for line in (front_door / "asked").read_text(encoding="utf-8").split("\0\n\0")]
            assert given in calls[0][:2], "the name does not arrive to the letter"


def test_a_file_or_folder_name_is_run_by_a_step_of_the_build(paper: Path) -> None:
    name = f'it\'s a "{{name}}" $({RUN}) `{RUN}`; {RUN}; қазақ'
    file = an_edition(paper, name, "Mine", "Own")
    home = editions.home(editions.load(file))
    made = [f"{home}/validated", f"{home}/book/notebooks/islanders.ipynb"]
    os.environ["EDITION"] = str(file.relative_to(paper))
    try:
        result = run(*SNAKEMAKE, *made, cwd=paper)
    finally:
        del os.environ["EDITION"]
    assert result.returncode == 0, result.stderr[-2000:]
    assert not ran(paper) and all((paper / one).is_file() for one in made)
    assert "own-brack" in (paper / made[1]).read_text(encoding="utf-8")


def an_edition(paper: Path, file_name: str, name: str, label: str) -> Path:
    """The file of an edition with a source of its own, in which everything that is a text can be a stranger's."""
    sources = paper / "editions" / file_name
    sources.mkdir(parents=True)
    rows = {
        "estimates.csv": [
            ["id", "place_id", "as_of", "value_text", "low", "high", "qualifier", "unit", "source_id", "locator"],
            ["own-brack", "brack", "1911", "1,250", "1250", "1250", "none", "islanders", "own_1911", label],
        ],
        "sources.csv": [["source_id", "label", "year", "reference"], ["own_1911", label, "1911", label]],
    }
    for table, cells in rows.items():
        with (sources / table).open("w", encoding="utf-8", newline="") as written:
            csv.writer(written).writerows(cells)
    file = paper / "editions" / f"{file_name}.yml"
    file.write_text(
        yaml.safe_dump({"name": name, "summary": label, "sources": file_name}, allow_unicode=True), encoding="utf-8"
    )
    return file


ACTS = (
    """<img src=x onerror="document.title='PWNED'"><script>document.title='PWNED'</script></script>"""
    """<!--<script> "' {{ 7 * 7 }} {0} $x^2$ $\\frac{a}$ \\input{x} } { % & # _ ~ ]]> &lt;b&gt; қ"""
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an edition of the invented paper in which every text of the edition's own tries to act."""
    folder = copy_paper(tmp_path_factory.mktemp("hostile") / "paper")
    file = an_edition(folder, "hostile", ACTS, ACTS)
    result = subprocess.run(SNAKEMAKE, cwd=folder, env=environment(folder) | {"EDITION": str(file)}, capture_output=True, text=True)  # fmt: skip
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-3000:]
    return folder / "_build" / "editions" / "hostile" / "html"


def elements(page: Path) -> Iterator[Any]:
    yield from lxml.html.document_fromstring(
        page.read_text(encoding="utf-8").encode(), parser=lxml.html.HTMLParser(encoding="utf-8")
    ).iter("*")


def test_a_text_becomes_an_element_or_a_script_of_a_page(hostile: Path) -> None:
    pages = [*hostile.rglob("*.html")]
    for page in pages:
        for element in elements(page):
            handlers = [name for name in element.attrib if name.startswith("on")]
            assert not handlers, f"{page.name}: {element.tag} {handlers}"
            assert element.get("src") != "x", page.name
            if element.tag == "script":
                data = (element.get("type") or "").startswith("application/")
                assert element.get("src") or data, f"{page.name}: {element.text_content()[:80]}"
                if data:
                    json.loads(element.text_content())
    assert len(pages) > 5


def test_the_name_of_an_edition_is_changed_where_it_is_shown(hostile: Path) -> None:
    page = hostile / "notebooks" / "islanders.html"
    shown = {element.tag: element.text_content() for element in elements(page) if element.tag in ("title", "aside")}
    logos = [e.text_content() for e in elements(page) if "logo__title" in (e.get("class") or "")]
    linked = next(json.loads(e.text_content()) for e in elements(page) if e.get("type") == "application/ld+json")
    assert (
        ACTS in shown["title"]
        and f"Edition: {ACTS}." in shown["aside"]
        and all(ACTS in logo for logo in logos)
        and logos
    )
    assert ACTS in linked["isPartOf"]["name"]


def test_a_text_is_a_formula_a_field_or_a_command_in_a_file_to_take_away(hostile: Path) -> None:
    exhibits = hostile / "exhibits"
    for workbook in [*exhibits.glob("*.xlsx"), *(hostile / "data").glob("*.xlsx")]:
        for sheet in openpyxl.load_workbook(workbook).worksheets:
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    about = openpyxl.load_workbook(exhibits / "fig-islanders.xlsx")["about"]
    cited = {row[0].value: row[1].value for row in about.iter_rows()}["cite"]
    assert " ".join(ACTS.split()) in " ".join(cited.split())
    entry, _ = pybtex.database.parse_string(
        (exhibits / "fig-islanders.bib").read_text(encoding="utf-8"), "bibtex"
    ).entries.values()
    assert ACTS in untexed(entry.fields["booktitle"][1:-1]) and ACTS in untexed(entry.fields["note"])
    ris, _ = rispy.loads((exhibits / "fig-islanders.ris").read_text(encoding="utf-8"))
    assert ACTS in ris["secondary_title"] and ACTS in ris["notes"][0]
    csl, _ = json.loads((exhibits / "fig-islanders.csl.json").read_text(encoding="utf-8"))
    assert ACTS in csl["container-title"]
    sources = list(csv.DictReader((hostile / "data" / "added.csv").open(encoding="utf-8", newline=""))) if (hostile / "data" / "added.csv").is_file() else []  # fmt: skip
    assert all(row["locator"] == ACTS for row in sources)


def untexed(text: str) -> str:
    """A text as TeX prints it, if it prints it to the letter: every command in it is a sign."""
    back = {written: chr(sign) for sign, written in reference.TEX.items()}
    found = re.split(r"(\{\\text\w+\}|\\.)", text)
    plain = [back.get(part, part) for part in found]
    assert not [part for part in found if part not in back and set(part) & set("\\{}$^~#&%_")], text
    return "".join(plain)


@pytest.mark.parametrize("starts", ["=1+1", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3", '=HYPERLINK("x")'])
def test_a_cell_of_a_table_is_a_formula(paper: Path, starts: str) -> None:
    with pytest.raises(DataError, match="begins as a formula does"):
        spoiled = paper / "data" / "places.csv"
        spoiled.write_text(
            spoiled.read_text(encoding="utf-8").replace(
                "brack,Brack", f'brack,"{starts.replace(chr(34), chr(34) * 2)}"'
            ),
            encoding="utf-8",
        )
        invented.load(paper)


def test_a_dollar_sign_in_a_picture_is_mathematics() -> None:
    with style.drawing(style.LIGHT):
        figure = style.new_figure(2)
        figure.subplots().set_title(ACTS)
        shown = export.export(figure, "svg", style.LIGHT)
    assert b"$" in shown and b"PWNED" in shown  # the label as a comment above its outlines, to the letter


def test_a_script_within_a_page_runs(hostile: Path, browser: Browser) -> None:
    """Whatever finds its way into a page: the policy holds it, and the page itself works under it."""
    page_file = hostile / "notebooks" / "islanders.html"
    text = page_file.read_text(encoding="utf-8")
    tries = (
        "<script>document.title='PWNED'</script><img src=x onerror=\"document.title='PWNED'\">"
        "<a id='link' href=\"javascript:document.title='PWNED'\">x</a><script src='https://other.example/x.js'></script>"
        "<img src='https://other.example/pixel.png'><iframe src='https://other.example/'></iframe><base href='https://other.example/'>"
        "<object data='https://other.example/x'></object><form action='https://other.example/' id='form'></form>"
    )
    (page_file.parent / "tries.html").write_text(text.replace("</article>", f"{tries}</article>", 1), encoding="utf-8")
    for name, expected in (("islanders", 0), ("tries", 6)):
        with serve(hostile) as address:
            page = browser.new_page()
            asked: list[str] = []
            held: list[str] = []
            said: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.on(
                "requestfailed",
                lambda request, held=held: held.append(request.url) if request.failure == "csp" else None,
            )
            page.on("console", lambda message, said=said: said.append(message.text))
            page.goto(f"{address}/notebooks/{name}.html")
            until(page, "document.documentElement.dataset.mode")
            if expected:
                page.evaluate("document.getElementById('link').click(); document.getElementById('form').submit()")
            page.wait_for_timeout(300)
            refused = [line for line in said if "Content Security Policy" in line]
            assert "PWNED'" not in page.title().replace(ACTS, "") and page.title() != "PWNED"
            assert [url for url in asked if not url.startswith((address, "data:")) and url not in held] == []
            assert len(refused) >= expected and (expected or refused == []), refused
            page.close()
    (page_file.parent / "tries.html").unlink()


def test_two_editions_of_one_file_name_share_a_folder(paper: Path) -> None:
    places = [paper / "editions" / "mine.yml", paper / "editions" / "mine.yaml", paper / "mine.yml", paper.parent / "mine.yml",
              paper / "editions" / "mi ne.yml", paper / "editions" / "mi-ne.yml"]  # fmt: skip
    slugs = [request.slug(place, editions.FOLDER) for place in places]
    assert slugs[0] == "mine" and slugs[5] == "mi-ne" and len(set(slugs)) == len(places)
    assert request.slug(Path("editions/../editions/mine.yml"), editions.FOLDER) == "mine"
