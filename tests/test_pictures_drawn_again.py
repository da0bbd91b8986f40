"""A picture is drawn again though nothing changed that it is drawn from, or an old one is taken though something did."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import edition
from edition import paper as papers
from edition.build import dependencies
from edition.charts import tabled
from edition.charts.estimates import Estimates
from edition.exhibits import citation, downloads, drawn, kept, stored
from edition.exhibits.kept import Files
from edition.exhibits.record import FigureRecord, TableRecord
from tests.conftest import PAPER

ENGINE = Path(edition.__file__).parent


class DrawnError(Exception):
    """Something was drawn."""


@pytest.fixture(scope="module")
def record() -> FigureRecord:
    found = stored.records(PAPER / "notebooks" / "islanders.ipynb")
    return next(one for one in found if isinstance(one, FigureRecord))


@pytest.fixture(scope="module")
def known() -> citation.Edition:
    return citation.edition(PAPER)


@pytest.fixture(scope="module")
def taken(
    record: FigureRecord, known: citation.Edition, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Files]:
    """Where the pictures of a figure of the invented paper are kept, and what was drawn."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(PAPER)
        patch.setenv(kept.WHERE, str(folder))
        return folder, drawn.pictures(record, downloads.whose(known))


@pytest.fixture
def undrawn(taken: tuple[Path, Files], monkeypatch: pytest.MonkeyPatch) -> Files:
    """The same, in a process in which nothing can be drawn."""

    def draw(*_: object) -> None:
        raise DrawnError

    monkeypatch.chdir(PAPER)
    monkeypatch.setenv(kept.WHERE, str(taken[0]))
    monkeypatch.setattr(Estimates, "draw", draw)
    return taken[1]


def test_an_unchanged_picture_is_drawn_again(record: FigureRecord, known: citation.Edition, undrawn: Files) -> None:
    assert drawn.pictures(record, downloads.whose(known)) == undrawn
    assert drawn.shown(record, "desk").items() <= undrawn.items()


def test_a_kept_picture_is_not_the_one_that_is_drawn(
    record: FigureRecord, taken: tuple[Path, Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PAPER)
    monkeypatch.delenv(kept.WHERE, raising=False)
    assert drawn.shown(record, "phone").items() <= taken[1].items()


def test_another_edition_or_title_draws_what_its_page_shows_again(
    record: FigureRecord, known: citation.Edition, undrawn: Files
) -> None:
    other = record.model_copy(update={"title": "Another title", "version": "9.0.0"})
    assert drawn.shown(other, "phone").items() <= undrawn.items()
    for changed, edition_of in ((other, known), (record, replace(known, variant="lower bounds"))):
        with pytest.raises(DrawnError):  # for what is written around it
            drawn.pictures(changed, downloads.whose(edition_of))


def test_an_unchanged_table_is_set_as_a_picture_again(
    known: citation.Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PAPER)
    monkeypatch.setenv(kept.WHERE, str(tmp_path))
    found = stored.records(PAPER / "notebooks" / "islanders.ipynb")
    table, whose = next(one for one in found if isinstance(one, TableRecord)), downloads.whose(known)
    first = drawn.table(table, whose)
    monkeypatch.delattr(tabled, "png")
    assert drawn.table(table, whose) == first
    with pytest.raises(AttributeError):
        drawn.table(table.model_copy(update={"cells": table.cells[1:]}), whose)


def row(record: FigureRecord, patch: pytest.MonkeyPatch) -> FigureRecord:
    first, *others = record.rows
    return record.model_copy(update={"data": record.data | {"data": [first | {"low": 1.0}, *others]}})


def option(record: FigureRecord, patch: pytest.MonkeyPatch) -> FigureRecord:
    return record.model_copy(update={"chart": record.chart.model_copy(update={"unit": "sheep"})})


def hue(record: FigureRecord, patch: pytest.MonkeyPatch) -> FigureRecord:
    this = papers.current()
    patch.setattr(this, "colours", dict.fromkeys(this.colours, 5))
    return record


def typeface(record: FigureRecord, patch: pytest.MonkeyPatch) -> FigureRecord:
    before, digest = drawn._code("edition"), kept.digest
    assert ENGINE / "charts" / "fonts" / "SourceSans3-Regular.ttf" in before
    patch.setattr(kept, "digest", lambda files: digest(files) + "another" * (files == before))
    return record


def library(record: FigureRecord, patch: pytest.MonkeyPatch) -> FigureRecord:
    patch.setattr(kept, "version", lambda name: f"{name} 0.1")
    return record


@pytest.mark.parametrize("change", [row, option, hue, typeface, library])
def test_an_old_picture_is_taken_for_a_new_one(
    change: Callable[..., FigureRecord], record: FigureRecord, undrawn: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DrawnError):
        drawn.shown(change(record, monkeypatch), "desk")


def test_code_that_changes_during_a_build_leaves_a_picture_under_another_s_name(
    record: FigureRecord, undrawn: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was imported before is not what lies there now: nothing is taken, and nothing kept."""
    monkeypatch.setattr(kept, "BEGAN", 0.0)
    with pytest.raises(DrawnError):
        drawn.shown(record, "desk")


def test_code_that_draws_lies_elsewhere() -> None:
    files = {file for file in dependencies.behind("edition.exhibits.record") if file.is_relative_to(ENGINE)}
    assert {file for file in files - set(drawn._code("edition")) if file.read_text(encoding="utf-8").strip()} <= {
        ENGINE / "__init__.py",
        ENGINE / "exhibits" / "__init__.py",
    }
    asked = [
        re.findall(r"paper\.current\(\)(?:\.(\w+)|$)", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for room in ("charts", "maps")
        for file in (ENGINE / room).glob("*.py")
        if file.name != "prepare.py"  # draws nothing
    ]
    assert {name for found in asked for name in found} == {"colours", "region"}


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def edited(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"PK", b"pk", 1))


def another_s(file: Path) -> None:
    kept.files("another", lambda: {"svg": b"<svg/>"})
    (other,) = (one for one in file.parent.iterdir() if one != file)
    other.replace(file)


@pytest.mark.parametrize("damage", [cut_off, edited, another_s, Path.unlink])
def test_a_damaged_file_is_taken(
    damage: Callable[[Path], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(kept.WHERE, str(tmp_path))
    whole = {"svg": b"<svg>" + os.urandom(500) + b"</svg>"}
    kept.files("this", lambda: whole)
    (file,) = tmp_path.iterdir()
    damage(file)
    assert kept.files("this", lambda: {"svg": b"made again"}) == {"svg": b"made again"}
    assert kept.files("this", dict) == {"svg": b"made again"}, "it does not heal"


def test_what_is_kept_grows_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kept.WHERE, str(tmp_path))
    for n, name in enumerate(("first", "second", "third")):
        kept.files(name, lambda: {"png": bytes(1000)})
        for file in set(tmp_path.iterdir()):
            if not file.stat().st_mtime < 1e9:
                os.utime(file, (n, n))
    kept.files("first", dict)  # used last
    size = next(tmp_path.iterdir()).stat().st_size
    kept.drop(tmp_path, most=2 * size)
    assert [bool(kept.files(name, dict)) for name in ("first", "third", "second")] == [True, True, False]
    kept.drop(tmp_path / "nothing")
