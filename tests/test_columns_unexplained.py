"""A column of a file to take away is explained nowhere. Of this paper's exhibits."""

from __future__ import annotations

from edition.build import contents
from edition.exhibits import sheets, stored
from tests.conftest import ROOT

RECORDS = {record.id: record for path in contents.chapters(ROOT) for record in stored.records(path)}


def test_a_column_is_explained_nowhere() -> None:
    unexplained = {
        f"{name}: {column}"
        for name, record in RECORDS.items()
        for column, meaning in sheets.meanings(record).items()
        if not meaning
    }
    assert unexplained == set(), "say in src/analysis/columns.py what they mean"
