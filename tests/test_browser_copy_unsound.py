"""The place to run a chapter in the browser: offered when it is not there, made of the wrong thing, or of something not free."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analysis.data import load
from edition.book import launch
from edition.build import browser_copy
from edition.data import load as package
from edition.data.load import DataError
from tests.conftest import copy_edition


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
    """A build with a place in the browser for one chapter, of three megabytes."""
    place = tmp_path / "extras" / "lite"
    for name, size in (
        ("files/notebooks/table_1.ipynb", 1),
        ("static/pyodide/a.wasm", 2_000_000),
        ("pypi/b.whl", 1_000_000),
    ):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(b" " * size)
    return tmp_path


def test_a_button_leads_nowhere(build: Path) -> None:
    assert offered(build) == "the page", "nothing was made for the browser, or it is out of date"
    assert offered(build, "lite", page="notebooks/china") == "the page", "this chapter does not run there"
    assert offered(build, "lite", builder="epub") == "the page", "a book on paper has no button"
    shown = offered(build, "lite")
    assert 'href="../lite/notebooks/index.html?path=notebooks/table_1.ipynb"' in shown and shown.endswith("the page")


def test_a_button_does_not_say_what_is_loaded(build: Path) -> None:
    assert "3 MB at most" in offered(build, "lite")


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
