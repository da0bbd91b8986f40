"""The place to run a chapter in the browser: offered when it is not there, made of the wrong thing, or of something not free."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import re
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from pyodide_lock import PyodideLockSpec

from analysis.data import load
from edition.book import launch
from edition.build import answer, browser_copy, browser_page
from edition.data import load as package
from edition.data.load import DataError
from edition.exhibits import citation
from tests.conftest import ROOT, copy_edition


def offered(build: Path, *extras: str, page: str = "notebooks/table_1", builder: str = "html") -> str:
    """The body of a page in a book that is published with these extras."""
    app: Any = SimpleNamespace(
        config=SimpleNamespace(extras=extras), builder=SimpleNamespace(name=builder), srcdir=str(build / "book")
    )
    context = {"body": "the page"}
    launch.offer(app, page, "page.html", context, None)
    return context["body"]


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build with a place in the browser for one chapter, asked on a page, and for another, as a notebook."""
    place = tmp_path / "extras" / "lite"
    for name, content in (
        ("files/notebooks/table_1.ipynb", "{}"),
        ("files/notebooks/sources.ipynb", "{}"),
        ("ask/table_1.html", "a page"),
        (
            "ask/costs.json",
            json.dumps({"bytes": 2_600_000, "notebook": 5_000_000, "first": 27.9, "again": 4, "further": 1}),
        ),
    ):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_a_button_leads_nowhere(build: Path) -> None:
    assert offered(build) == "the page", "nothing was made for the browser, or it is out of date"
    assert offered(build, "lite", page="notebooks/china") == "the page", "this chapter does not run there"
    assert offered(build, "lite", builder="epub") == "the page", "a book on paper has no button"
    shown = offered(build, "lite")
    assert 'href="../lite/ask/table_1.html"' in shown and shown.endswith("the page")
    notebook = offered(build, "lite", page="notebooks/sources")
    assert 'href="../lite/notebooks/index.html?path=notebooks/sources.ipynb"' in notebook, "it has no page to ask it"


def test_a_button_does_not_say_what_is_loaded(build: Path) -> None:
    assert "3 MB (28 s where the book was made)" in offered(build, "lite")
    assert "5 MB." in offered(build, "lite", page="notebooks/sources"), "a notebook loads JupyterLite too"


def test_a_page_that_asks_lacks_an_assumption_or_what_it_costs(paper: Path) -> None:
    """Each option in words with its value behind them, each range with its ends, what is loaded, the values as they are cited."""
    known = replace(citation.edition(paper), variant="")
    made = lxml.html.fromstring(
        browser_page.page(
            "islanders", paper, ["pandas"], known, "vell ", browser_page.Costs(2_600_000, 5_000_000, 27.9, 4.0, 1.0)
        )
    )
    options = [(one.get("value"), one.text.strip()) for one in made.xpath("//select[@name='scholar']/option")]
    assert options == [("harrow", "Harrow's"), ("quill", "Quill's (in the edition)")]
    (largest,) = made.xpath("//input[@name='largest']")
    assert [largest.get(end) for end in ("min", "max", "step", "value")] == ["1", "2", "1", "2"]
    (cost,) = made.xpath("//*[@id='cost']")
    assert "2.6 MB" in cost.text and "first answer took 28 s" in cost.text and "later visit 4 s" in cost.text
    assert made.xpath("//a[@class='back']/@href") == ["../../notebooks/islanders.html"]
    assert all("ASSUMED" in text for text in made.xpath("//pre[@data-cite]/text()"))


def test_a_time_is_told_that_nobody_measured() -> None:
    assert str(browser_page.Costs(2_600_000, 5_000_000)).endswith("2.6 MB, which the browser keeps.")


def test_what_is_loaded_holds_old_outputs_or_differs_from_build_to_build(paper: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    for target in (first, second):
        browser_page.pack(paper / "notebooks", target)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        cells = [cell for name in archive.namelist() for cell in json.loads(archive.read(name))["cells"]]
    assert cells and not any(cell.get("outputs") for cell in cells)


def test_an_answer_in_the_browser_is_not_that_of_make_ask(paper: Path) -> None:
    there = json.loads(answer.in_browser("islanders", '{"scholar": "harrow", "bound": "both", "largest": "2"}'))
    here = answer.ask("islanders", {"scholar": "harrow"})
    assert there == {"counted": answer.counted(here), "body": [html for html, _ in answer.body(here)]}
    assert "largest" in json.loads(answer.in_browser("islanders", '{"largest": "9"}'))["refused"]


@pytest.mark.parametrize(("address", "kept"), [("", False), ("https://example.org/book", True)])
def test_binder_is_offered_without_a_repository(address: str, kept: bool) -> None:
    options = {"repository_url": address, "launch_buttons": {"binderhub_url": "x", "colab_url": "y"}}
    config: Any = SimpleNamespace(html_theme_options=options)
    launch.elsewhere(SimpleNamespace(), config)  # type: ignore[arg-type]
    assert ("launch_buttons" in options) == kept


def test_a_file_with_another_hash_is_used() -> None:
    good = hashlib.sha256(b"wheel").hexdigest()
    assert browser_copy.verified(b"wheel", "a.whl", {good}) == b"wheel"
    with pytest.raises(browser_copy.LiteError, match=rf"^a\.whl: sha256 is \w+; allowed: {good}$"):
        browser_copy.verified(b"another wheel", "a.whl", {good})


def test_the_wheels_come_from_elsewhere_than_is_said() -> None:
    file = ROOT / "lite" / "sources.toml"
    assert (
        browser_copy.sources(file).source
        == f"https://cdn.jsdelivr.net/pyodide/v{browser_copy.sources(file).version}/full/"
    )
    assert re.fullmatch(r"[a-z-]+==[\d.]+", browser_copy.sources(file, "registry").source)
    assert browser_copy.sources(file, "../pyodide").source == "../pyodide"


@pytest.fixture
def release(tmp_path: Path) -> Iterator[str]:
    """An address under which a release's files stand: `a.whl` and nothing else."""
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "a.whl").write_bytes(b"wheel")
    handler = functools.partial(SimpleHTTPRequestHandler, directory=tmp_path / "release")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_wheel_of_the_release_is_fetched_twice_or_in_part(release: str, tmp_path: Path) -> None:
    assert browser_copy.reader(release, tmp_path)("a.whl") == b"wheel"
    (tmp_path / "release" / "a.whl").unlink()
    assert browser_copy.reader(release, tmp_path)("a.whl") == b"wheel"
    with pytest.raises(
        browser_copy.LiteError, match=r"b\.whl could not be fetched .*allowed .*: make lite WHEELS=registry$"
    ):
        browser_copy.reader(release, tmp_path)("b.whl")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.whl"]


def test_a_source_without_the_wheel_gets_no_clear_message(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"wheel")
    assert browser_copy.reader(str(tmp_path), tmp_path)("a.whl") == b"wheel"
    with pytest.raises(browser_copy.LiteError, match=r"^wheels: b\.whl is not in .*; allowed: a source that has it$"):
        browser_copy.reader(str(tmp_path), tmp_path)("b.whl")
    with pytest.raises(
        browser_copy.LiteError, match=r"^wheels: 'nowhere' is no folder; allowed: an address, a folder, or"
    ):
        browser_copy.reader("nowhere", tmp_path)


def lock(**depends: list[str]) -> PyodideLockSpec:
    """Pyodide's, as its newest form is written, with packages that depend on others."""
    info = {"arch": "wasm32", "platform": "emscripten_5_0_3", "python": "3.14.0", "abi_version": "2026_0"}
    packages = {
        name: {"name": name, "version": "1", "file_name": f"{name}.whl", "install_dir": "site", "depends": needed}
        for name, needed in depends.items()
    }
    return browser_copy.read_lock(json.dumps({"info": info, "packages": packages}).encode(), "314.0.3")


def test_a_package_that_another_needs_is_left_out() -> None:
    known = lock(
        pandas=["numpy", "python-dateutil"], numpy=[], other=["numpy"], **{"python-dateutil": ["six"], "six": []}
    )
    assert browser_copy.closure(known, ("Pandas",)) == ["numpy", "pandas", "python-dateutil", "six"]
    with pytest.raises(browser_copy.LiteError, match=r"'scipy' is not in Pyodide's lock; allowed: a package that is$"):
        browser_copy.closure(known, ("scipy",))


def test_a_wheel_asks_for_what_the_site_does_not_have(tmp_path: Path) -> None:
    needs = ["numpy>=1", "frictionless", 'six; sys_platform == "win32"', 'other; extra == "more"']
    said = "\n".join(
        ["Metadata-Version: 2.1", "Name: A_b", "Version: 2.0", *(f"Requires-Dist: {one}" for one in needs)]
    )
    with zipfile.ZipFile(tmp_path / "a_b-2.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("a_b/__init__.py", "")
        wheel.writestr("a_b-2.0.dist-info/METADATA", said)
    known = lock(numpy=["of_six"], six=[], other=[], pandas=["numpy"], **{"of-six": []})
    made = browser_copy.bundle(known, ["numpy", "six", "other", "of-six"], tmp_path)
    assert sorted(made.packages) == ["a-b", "numpy", "of-six", "other", "six"]
    assert made.packages["numpy"].depends == ["of-six"], "a package that is needed under another spelling is left out"
    added = made.packages["a-b"]
    assert (added.depends, added.imports, added.file_name) == (
        ["numpy"],
        ["a_b"],
        "../../pypi/a_b-2.0-py3-none-any.whl",
    )
    assert added.sha256 == hashlib.sha256((tmp_path / "a_b-2.0-py3-none-any.whl").read_bytes()).hexdigest()


def test_what_is_compiled_for_one_system_is_passed_on() -> None:
    def made(tag: str, compiled: str) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as wheel:
            for name in (f"a_b/_fast.{compiled}", "a_b/__init__.py", "a_b-2.0.dist-info/METADATA"):
                wheel.writestr(name, "Name: A_b\n")
            wheel.writestr("a_b-2.0.dist-info/WHEEL", f"Tag: {tag}\n")
        return buffer.getvalue()

    linux, windows = (
        browser_copy.without_compiled(f"a_b-2.0-{tag}.whl", made(tag, compiled))
        for tag, compiled in (("cp311-cp311-linux_x86_64", "cpython-311.so"), ("cp313-cp313-win_amd64", "cp313.pyd"))
    )
    assert linux == windows and linux[0] == "a_b-2.0-py3-none-any.whl"
    with zipfile.ZipFile(io.BytesIO(linux[1])) as wheel:
        listed = [line.partition(",")[0] for line in wheel.read("a_b-2.0.dist-info/RECORD").decode().splitlines()]
        assert sorted(listed) == sorted(wheel.namelist()) and "a_b/__init__.py" in listed and len(listed) == 4


def test_a_choice_of_licences_is_read_the_wrong_way() -> None:
    allowed = ["MIT", "(MPL-2.0 OR Apache-2.0)", "GPL-3.0-only OR MIT", "Apache-2.0 WITH LLVM-exception", "mit and isc"]
    assert all(map(browser_copy.free, allowed))
    assert not any(map(browser_copy.free, ["(MIT OR GPL-3.0-only) AND GPL-2.0-only", "MIT AND", "BSD License"]))


@pytest.mark.parametrize("stated", ["GPL-3.0-only", "MIT AND Proprietary", ""])
def test_a_package_that_may_not_be_passed_on_is(tmp_path: Path, stated: str) -> None:
    listed = f"name,version,licence\ngood,1,MIT\nbad,2,{stated}\n"
    (tmp_path / "licences.csv").write_text(listed, encoding="utf-8")
    with pytest.raises(browser_copy.LiteError, match=rf"^bad 2: licence '{stated}'; allowed: 0BSD"):
        browser_copy.check_licences(listed, tmp_path / "licences.csv")


def test_a_licence_changes_unnoticed(tmp_path: Path) -> None:
    record = tmp_path / "licences.csv"
    record.write_text("name,version,licence\ngood,1,MIT\n", encoding="utf-8")
    with pytest.raises(browser_copy.LiteError, match=r"licences\.csv: is not what the packages state"):
        browser_copy.check_licences("name,version,licence\ngood,1,ISC\n", record)


def test_sealed_data_is_changed_unnoticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Frictionless is missing, only tables that were checked and sealed are read."""
    edition = copy_edition(tmp_path / "edition")
    package.seal(load(edition).folder)
    monkeypatch.setitem(sys.modules, "edition.data.schema", None)
    monkeypatch.delattr("edition.data.schema")
    package._load.cache_clear()
    assert len(load(edition).stocks)
    table = edition / "data" / "stocks.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("1500000", "1500001", 1) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"not those that were checked"):
        load(edition)
