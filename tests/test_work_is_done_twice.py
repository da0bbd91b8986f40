"""What was done already is done again: a file written as it was, a page loaded for a number that is known, data read anew.

That it takes less time is measured in `benchmarks`; here it is held that nothing else comes of it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from sphinx.domains.std import StandardDomain

from edition.book import beside, outlines, shares
from edition.build import fork_client
from edition.exhibits import put
from tests.conftest import PAPER, environment, run


def test_a_file_is_written_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    put.file(file, "né")
    place = file.stat().st_mtime_ns, file.stat().st_ino
    put.file(file, "né".encode())
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == place
    put.file(file, "no")
    assert file.read_text(encoding="utf-8") == "no"


@pytest.mark.parametrize("count", [1, 2, 7, 19, 46, 360])
def test_one_process_reads_all_large_pages(tmp_path: Path, count: int) -> None:
    pages = [f"page_{n:03}" for n in range(count)]
    for n, page in enumerate(pages):
        (tmp_path / page).write_bytes(b"x" * 10 * (n + 1))
    env: Any = SimpleNamespace(doc2path=lambda page: tmp_path / page)
    dealt = list(pages)
    shares.deal(SimpleNamespace(parallel=2), env, dealt)  # type: ignore[arg-type]
    assert sorted(dealt) == pages, "each is read once"
    chunks = shares.make_chunks(dealt, 2)
    full = [sum((tmp_path / page).stat().st_size for page in chunk) for chunk in chunks if len(chunk) == len(chunks[0])]
    assert max(full) - min(full) <= 10 * count, "no more than one page"


def test_a_link_by_number_loads_the_page_it_leads_to() -> None:
    figure = nodes.figure("", nodes.caption("", "Islanders"), ids=["fig-islanders"])
    pages = {"there": nodes.document(None, None, "", nodes.section("", figure, nodes.paragraph("", "", ids=["text"])))}  # type: ignore[arg-type]
    loaded = list[str]()

    def get_doctree(page: str) -> Any:
        loaded.append(page)
        found = pages[page].findall(nodes.Element)
        return SimpleNamespace(ids={name: node for node in found for name in node["ids"]})

    env: Any = SimpleNamespace(
        app=SimpleNamespace(registry=SimpleNamespace(enumerable_nodes={})),
        config=SimpleNamespace(numfig=True, numfig_format={"figure": "F%s"}),
        domaindata={},
        toc_fignumbers={"there": {"figure": {"fig-islanders": (7,)}}},
        get_doctree=get_doctree,
    )
    domain = StandardDomain(env)
    env.domains = {"std": domain}
    outlines.outlines(env)["there"] = outlines.outline(env, pages["there"])
    domain.anonlabels.update({"fig-islanders": ("there", "fig-islanders"), "text": ("there", "text")})
    builder: Any = SimpleNamespace(name="html", get_relative_uri=lambda here, there: f"{there}.html")

    def linked(target: str) -> Any:
        node: Any = nodes.inline("", "", refexplicit=False, refwarn=True)
        return outlines.link(domain, env, "here", builder, "numref", target, node, nodes.inline("", target))

    assert linked("fig-islanders").astext() == "F7"
    assert linked("fig-islanders")["refuri"] == "there.html#fig-islanders"
    assert not loaded
    assert linked("text") is None, "what bears no number is looked for as Sphinx does"
    assert loaded == ["there"]


@pytest.mark.parametrize(("pages", "at_once"), [(beside.FEW, True), (beside.FEW + 1, False)])
def test_what_stands_beside_the_pages_is_written_twice_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int, at_once: bool
) -> None:
    """That of a large book after its pages, by the process itself."""

    def note(_: object) -> None:
        with (tmp_path / "written").open("a") as file:  # by another process, perhaps
            file.write("once ")

    monkeypatch.setattr(beside, "WRITERS", (note,))
    monkeypatch.setattr(beside.holdings, "copy", lambda app: None)
    monkeypatch.setattr(beside.site, "entries", lambda app: None)
    app: Any = SimpleNamespace(
        parallel=2, env=SimpleNamespace(found_docs=set(range(pages))), builder=SimpleNamespace(name="html")
    )
    beside.begin(app, app.builder)
    assert hasattr(app, "beside") is at_once
    beside.end(app, None)  # type: ignore[arg-type]
    assert (tmp_path / "written").read_text() == "once "


def test_data_spoiled_after_they_were_read_are_sound(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The process at hand has read the tables when it is asked whether they are sound."""
    monkeypatch.setenv("PYTHONPATH", str(paper / "src"))
    monkeypatch.delenv(fork_client.WARM, raising=False)
    with fork_client.at_hand() as environment:
        monkeypatch.setenv(fork_client.WARM, environment[fork_client.WARM])
        assert fork_client.ask("validate") == 0
        table = paper / "data" / "estimates.csv"
        table.write_text(table.read_text(encoding="utf-8").replace(",1200,1200,", ",1300,1200,"), encoding="utf-8")
        assert fork_client.ask("validate") == 1
    assert "data: valid" in capfd.readouterr().out


def test_the_process_at_hand_imports_what_no_page_needs() -> None:
    """Statistics and geometry are half of what there is to import; who asks for them later has them."""
    asks = (
        "import sys; from edition.build import fork_server, libraries; from edition.exhibits import registry\n"
        "libraries.fetch((*fork_server.IMPORTED, *registry.modules()))\n"
        "print([name for name in ('scipy', 'geopandas', 'shapely', 'pyproj') if name in sys.modules])\n"
        "from scipy.stats import qmc"
    )
    done = run("python", "-c", asks, cwd=PAPER)
    assert done.stdout == "[]\n" and not done.returncode, done.stderr[-2000:]


def test_one_notebook_goes_on_where_another_ended() -> None:
    """A process at hand runs a cell beforehand, so that no notebook has to find what a first kernel looks for."""
    asks = (
        "from nbformat.v4 import new_code_cell, new_notebook; import papermill; from edition.build import engine\n"
        "engine.ready()\n"
        "kernel = {'kernelspec': {'name': 'python3', 'display_name': '', 'language': 'python'}}\n"
        "for source in ('before = 1; print(7)', 'print(\"before\" in globals())'):\n"
        "    book = new_notebook(cells=[new_code_cell(source)], metadata=kernel)\n"
        "    cell = papermill.execute_notebook(book, None, engine_name=engine.NAME, progress_bar=False).cells[0]\n"
        "    print(cell.execution_count, [output['text'] for output in cell.outputs])"
    )
    done = run("python", "-c", asks, cwd=PAPER)
    assert done.stdout == "1 ['7\\n']\n1 ['False\\n']\n", done.stderr[-2000:]


def test_the_process_at_hand_takes_memory_beside_what_compiles_or_is_missed(paper: Path) -> None:
    """Once the book is compiled nothing is asked for; who does ask later does without and is answered as well."""
    compiled = "python -m edition.build.step publish _build --help > /dev/null"
    gone = "for n in $(seq 100); do python -c 'from edition.build import fork_client as f; raise SystemExit(f.ask(\"validate\") is not None)' && exit 0; sleep 0.1; done; exit 1"
    later = "python -m edition.build.step validate"
    command = (sys.executable, "-m", "edition.build.fork_client", "bash", "-c", f"{compiled}; ({gone}) && {later}")
    done = subprocess.run(command, cwd=paper, env=environment(paper), capture_output=True, text=True, check=False)
    assert not done.returncode and "data: valid" in done.stdout, done.stdout + done.stderr
