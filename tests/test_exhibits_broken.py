"""An exhibit lacks what it must carry, draws something other than its data, or is not drawn alike twice."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from edition.build import contents, upkeep
from edition.charts.style import SCHEMES
from edition.exhibits import stored
from edition.exhibits.record import draw, files
from tests.conftest import ROOT
from tests.pictures import faults

RECORDS: dict[str, dict[str, Any]] = {r["id"]: r for path in contents.chapters(ROOT) for r in stored.records(path)}
FIGURES = [name for name, record in RECORDS.items() if record["kind"] == "figure"]
TABLES = [name for name, record in RECORDS.items() if record["kind"] == "table"]


def data_of(record: dict[str, Any]) -> pd.DataFrame:
    return pd.read_json(io.StringIO(json.dumps(record["data"])), orient="table")


def test_an_id_is_used_twice() -> None:
    ids = [r["id"] for path in contents.chapters(ROOT) for r in stored.records(path)]
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("name", RECORDS)
def test_an_exhibit_is_incomplete(name: str) -> None:
    record = RECORDS[name]
    assert re.fullmatch(r"(fig|tbl)(-[a-z0-9]+)+", name)
    assert record["caption"].endswith(".") and record["source"].endswith(".")
    assert record["made_by"].startswith("analysis.chapters.")
    assert record["data"]["data"], "no data behind it"


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_no_alternative_text_in_words(name: str) -> None:
    alt = RECORDS[name]["alt"]
    assert len(alt.split()) >= 8 and not re.search(r"\.(svg|png)|_images|nan", alt, re.I)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_nan_or_has_an_unexplained_mark(name: str) -> None:
    record = RECORDS[name]
    text = " ".join(cell for row in record["rows"] for cell in row)
    assert "nan" not in text.lower()
    marks = set(re.findall("[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡ]", text))
    assert marks == {mark for mark, _ in record["notes"]}


@pytest.mark.parametrize("name", FIGURES)
def test_texts_in_a_figure_overlap_or_leave_it(name: str) -> None:
    assert not faults(draw(RECORDS[name], SCHEMES["light"]))


@pytest.mark.parametrize("name", ["fig-table-1-scholars", "fig-table-2-columns"])
def test_the_marks_are_not_where_the_data_are(name: str) -> None:
    record = RECORDS[name]
    data = data_of(record).dropna(subset=["low"])
    points = data[data["low"] == data["high"]]
    axes = draw(record, SCHEMES["light"]).axes[0]
    drawn = np.vstack([collection.get_offsets() for collection in axes.collections])
    assert sorted(drawn[:, 0]) == pytest.approx(sorted(points["low"]))


def test_the_bars_are_not_as_long_as_the_data() -> None:
    record = RECORDS["fig-1916-balance"]
    bars = [patch for patch in draw(record, SCHEMES["light"]).axes[0].patches if not patch.get_hatch()]
    assert [bar.get_width() for bar in bars] == data_of(record)["low"].to_list()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", FIGURES)
def test_light_and_dark_are_the_same_or_unsound(name: str) -> None:
    light, dark = (files(RECORDS[name], scheme, "svg")[0] for scheme in ("light", "dark"))  # type: ignore[arg-type]
    assert light != dark
    for picture in (light, dark):
        root = ElementTree.fromstring(picture)
        assert not root.findall(".//{http://www.w3.org/2000/svg}script")
        assert b"<image" not in picture and b"font-family" not in picture


def test_the_readme_table_is_stale() -> None:
    assert upkeep.readme(ROOT) == (ROOT / "README.md").read_text(encoding="utf-8"), "run make readme"
