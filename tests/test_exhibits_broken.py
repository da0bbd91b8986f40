"""An exhibit lacks what it must carry, draws something other than its data, or is not drawn alike twice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import lxml.html
import numpy as np
import pytest
from pydantic import ValidationError

from analysis.chapters.cells import MARKS
from edition.build import contents, upkeep
from edition.charts.style import SCHEMES
from edition.charts.tally import Tally
from edition.data import names
from edition.exhibits import registry, stored
from edition.exhibits.record import FigureRecord, TableRecord, from_json
from edition.maps.map import Map
from tests.conftest import ROOT
from tests.pictures import faults

RECORDS = {record.id: record for path in contents.chapters(ROOT) for record in stored.records(path)}
DRAWN = ROOT / "_build" / "book" / "exhibits"
FIGURES = {name: record for name, record in RECORDS.items() if isinstance(record, FigureRecord)}
TABLES = {name: record for name, record in RECORDS.items() if isinstance(record, TableRecord)}


def test_an_id_is_used_twice() -> None:
    ids = [r.id for path in contents.chapters(ROOT) for r in stored.records(path)]
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("name", RECORDS)
def test_an_exhibit_is_incomplete(name: str) -> None:
    record = RECORDS[name]
    assert re.fullmatch(r"(fig|tbl)(-[a-z0-9]+)+", name)
    assert record.caption.endswith(".") and record.source.endswith(".")
    assert record.made_by.startswith("analysis.chapters.")
    assert record.rows, "no data behind it"


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_no_alternative_text_in_words(name: str) -> None:
    alt = FIGURES[name].alt
    assert len(alt.split()) >= 8 and not re.search(r"\.(svg|png)|_images|nan", alt, re.I)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_nan_or_has_an_unexplained_mark(name: str) -> None:
    record = TABLES[name]
    text = " ".join(cell for row in record.cells for cell in row)
    assert not re.search(r"\bnan\b", text.lower())
    marks = set(re.findall(f"[{MARKS}]", text))
    assert marks == {mark for mark, _ in record.notes}


@pytest.mark.parametrize("name", [name for name, record in FIGURES.items() if not isinstance(record.chart, Map)])
def test_texts_in_a_figure_overlap_or_leave_it(name: str) -> None:
    """Of the maps in `test_maps_misdrawn`, which draws them for more than this."""
    assert not faults(FIGURES[name].draw(SCHEMES["light"]))


@pytest.mark.parametrize("name", ["fig-table-1-scholars", "fig-table-2-columns"])
def test_the_marks_are_not_where_the_data_are(name: str) -> None:
    record = FIGURES[name]
    data = record.frame().dropna(subset=["low"])
    points = data[data["low"] == data["high"]]
    axes = record.draw(SCHEMES["light"]).axes[0]
    drawn = np.vstack([collection.get_offsets() for collection in axes.collections])
    assert sorted(drawn[:, 0]) == pytest.approx(sorted(points["low"]))


def test_the_bars_are_not_as_long_as_the_data() -> None:
    record = FIGURES["fig-1916-balance"]
    bars = [patch for patch in record.draw(SCHEMES["light"]).axes[0].patches if not patch.get_hatch()]
    assert [bar.get_width() for bar in bars] == record.frame()["low"].to_list()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", FIGURES)
def test_light_and_dark_are_the_same_or_unsound(name: str) -> None:
    """Of the files that the book has, drawn when its notebooks were run."""
    (folder,) = {file.parent for file in DRAWN.glob(f"*/{name}.svg")}
    light, dark = (folder.joinpath(f"{name}.{ending}").read_bytes() for ending in ("svg", "dark.svg"))
    assert light != dark
    for picture in (light, dark):
        root = ElementTree.fromstring(picture)
        assert not root.findall(".//{http://www.w3.org/2000/svg}script")
        assert b"<image" not in picture and b"font-family" not in picture


def test_the_readme_table_is_stale() -> None:
    assert upkeep.readme(ROOT) == (ROOT / "README.md").read_text(encoding="utf-8"), "run make readme"


def test_an_exhibit_or_a_page_is_called_otherwise_outside_the_book() -> None:
    assert upkeep.called(ROOT) == (ROOT / names.FILE).read_text(encoding="utf-8"), "run make accept"


def test_an_exhibit_has_another_number_in_the_book() -> None:
    site = ROOT / "_build" / "html" / "notebooks"
    for path in contents.chapters(ROOT):
        page = lxml.html.parse(site / f"{path.stem}.html")
        for one in page.xpath("//*[contains(@class, 'caption-number')]"):
            (named,) = one.xpath("ancestor::*[starts-with(@id, 'fig-') or starts-with(@id, 'tbl-')][1]/@id")
            assert one.text_content().strip() == names.exhibit(named)


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_another_when_it_is_read_again(name: str) -> None:
    stored = json.loads(json.dumps(RECORDS[name].to_json(), sort_keys=True))
    assert from_json(stored) == RECORDS[name] and from_json(stored).digest() == RECORDS[name].digest()


def test_a_chart_is_not_found_where_no_chapter_imported_it() -> None:
    """Every stored chart is read in a process that imported nothing but the registry."""
    stored = [record.chart.model_dump(mode="json") for record in FIGURES.values()]
    asked = "import json, sys; from edition.exhibits import registry; print(*(registry.chart(one).name() for one in json.load(sys.stdin)))"
    done = subprocess.run([sys.executable, "-c", asked], input=json.dumps(stored), capture_output=True, text=True, check=False, cwd=ROOT)  # fmt: skip
    assert done.stdout.split() == [chart["name"] for chart in stored], done.stderr


def test_two_charts_share_a_name() -> None:
    with pytest.raises(TypeError, match=r"there is a chart 'tally' in edition\.charts\.tally"):
        type("Tally", (Tally,), {"__module__": "another.paper"})
    assert registry.chart({"name": "tally", "unit": "claims", "colour": "bar"}).__class__ is Tally


@pytest.mark.parametrize(
    ("stored", "message"),
    [
        ({"name": "pie", "unit": "claims"}, "chart 'pie'; allowed: against_counts, "),
        ({"unit": "claims"}, "chart None; allowed: "),
        ({"name": "tally", "unit": "claims"}, "colour"),
        ({"name": "tally", "unit": "claims", "colour": "bar", "angle": 3}, "angle"),
        ({"name": "tally", "unit": 5, "colour": "bar"}, "unit"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_read(stored: dict[str, Any], message: str) -> None:
    with pytest.raises((KeyError, ValidationError), match=message):
        registry.chart(stored)
