"""A notebook is not run again although something that it is made from changed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, ClassVar

import pytest

from analysis.tables import Tables
from edition.build import dependencies
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LOADING = {"analysis.tables", "edition.data.validation", "edition.data.own_sources"}


class Watched(Tables):
    """Tables that note which of them are read by what is not a part of loading them."""

    read: ClassVar[set[str]] = set()

    def __getattribute__(self, name: str) -> Any:
        if name in Tables.__dataclass_fields__ and sys._getframe(1).f_globals["__name__"] not in LOADING:
            Watched.read.add(name)
        return super().__getattribute__(name)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_reads_a_table_that_is_not_found_in_its_source(
    notebook: Path, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(**{name: getattr(tables, name) for name in Tables.__dataclass_fields__})
    monkeypatch.setattr("analysis.data.load", lambda root=None: watched)
    Watched.read.clear()
    space: dict[str, Any] = {"__name__": "__main__"}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
    assert Watched.read - {"folder", "added"} <= {file.stem for file in dependencies.data(notebook)}


def test_a_drawing_or_a_module_behind_another_is_not_found() -> None:
    found = {file.stem for file in dependencies.code(ROOT / "notebooks" / "war.ipynb")}
    assert {"war", "stage", "map", "pieces", "placing", "style", "execute", "citation", "wording", "printed"} <= found


def test_another_chapter_s_code_runs_a_notebook_again() -> None:
    found = {file.stem for file in dependencies.code(ROOT / "notebooks" / "war.ipynb")}
    assert not found & {"russia", "host", "ledger", "multiverse", "site", "card", "estimates", "timeline"}


def test_a_sweep_or_a_chapter_that_it_asks_is_not_found() -> None:
    shown = ROOT / "notebooks" / "many_settings.ipynb"
    assert {ROOT / "sweeps" / "growth.yml", ROOT / "notebooks" / "interlude.ipynb"} <= dependencies.sweeps(shown)
    assert {"interlude", "after_1991", "uzbekistan", "world_total"} <= {file.stem for file in dependencies.code(shown)}
    assert dependencies.sweeps(ROOT / "notebooks" / "interlude.ipynb") == set()
