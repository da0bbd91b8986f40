"""A figure's pictures as files: each is drawn once, and not again while nothing changed that it is drawn from.

    drawn.shown(record, "phone")        # {"phone.svg": …, "phone.dark.svg": …, "phone.words.svg": …}
    drawn.pictures(record, whose)       # all: both cuts, thumbnails, and framed to be taken away

Belongs here: which pictures there are, and everything that a byte of them depends on. Not here: how one is drawn
(`edition.charts`), keeping them (`kept`), an exhibit's other files (`downloads`).
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from edition import paper, paths
from edition.charts import cuts, dark, framed, tabled
from edition.charts.chart import Chart
from edition.charts.export import Kind, export
from edition.charts.framed import Frame
from edition.charts.style import LIGHT, Cut
from edition.exhibits import kept
from edition.exhibits.kept import Files
from edition.exhibits.record import FigureRecord, Record, TableRecord

# Where in the engine the code that draws stands; a test holds that it imports from nowhere else.
CODE = ("charts", "maps", "numbers", "data", "paper.py", "paths.py", "exhibits/drawn.py", "exhibits/record.py", "exhibits/registry.py")  # fmt: skip
LIBRARIES = ("matplotlib", "seaborn", "numpy", "pandas", "pillow", "fonttools", "contourpy", "kiwisolver", "pyparsing", "cycler")  # fmt: skip
ENGINE = Path(__file__).parents[1]
OUTLINES = Path("data", "geography")  # what maps read
NEXT = "PICTURES_ASKED_NEXT"  # environment variable: whose all pictures are that will be asked for
ID = "{id}"


@dataclasses.dataclass(frozen=True)
class Whose:
    """What a picture that stands alone says of the edition that it is from.

    Attributes:
        edition: its name.
        makers: their names.
        year: in which it was released.
        licence, licence_at: its name and address.
        address: of an exhibit, with `ID` for the exhibit's id; "" where none is set.
    """

    edition: str
    makers: str
    year: str
    licence: str
    licence_at: str
    address: str


def shown(record: FigureRecord, cut: Cut) -> Files:
    """What a page shows of a figure in one cut, by the endings of the files' names."""
    return of_chart(record.chart, record.data, cut, lambda: cuts.laid_out(record.draw, LIGHT.cut(cut)))


def of_chart(chart: Chart, rows: Any, cut: Cut, figure: Callable[[], Figure]) -> Files:
    """The same, of a chart with its rows as JSON has them; `figure` gives it laid out, and is not asked for what is kept."""
    return kept.files(_made_from(chart, rows, cut), lambda: cuts.files(figure(), cut))


def pictures(record: FigureRecord, whose: Whose) -> Files:
    """A figure's pictures: for its page, small, and framed to be taken away."""
    light = cache(lambda: cuts.laid_out(record.draw, LIGHT))
    around = frame(record, whose)
    found = shown(record, "phone") | of_chart(record.chart, record.data, "desk", light)
    return found | kept.files(
        _made_from(record.chart, record.data, dataclasses.asdict(around)), lambda: _alone(light(), around)
    )


def _alone(light: Figure, around: Frame) -> Files:
    """The pictures that stand without their page; `light` has the frame from then on."""
    thumbs: tuple[Kind, ...] = ("thumb", "dark.thumb")
    small = {f"{kind}.png": export(light, kind, LIGHT) for kind in thumbs}
    svg, png, pdf = framed.files(light, LIGHT, around, "svg", "png", "pdf")
    return small | {"svg": svg, "dark.svg": dark.svg(svg), "both.svg": dark.following(svg), "png": png, "pdf": pdf}


def table(record: TableRecord, whose: Whose) -> Files:
    """A table as a picture, framed to be taken away."""
    around, notes = frame(record, whose), "; ".join(f"{mark} {meaning}" for mark, meaning in record.notes)
    around = dataclasses.replace(around, caption=f"{around.caption} {notes}".strip())
    columns = [column.label for column in record.columns]
    numeric = [column.numeric for column in record.columns]
    return kept.files(
        _drawn_with(ENGINE.name, what=[dataclasses.asdict(around), columns, record.cells, numeric]),
        lambda: {"png": tabled.png(around, columns, record.cells, numeric)},
    )


def frame(record: Record, whose: Whose) -> Frame:
    """What a picture says of itself when it stands alone."""
    return Frame(
        title=record.heading,
        subtitle=record.subtitle,
        caption=record.caption,
        source=f"Source: {record.source}",
        credit=f"{whose.edition}, version {record.version}. {whose.makers}, {whose.year}, {record.id}. {whose.licence}.",
        author=whose.makers,
        licence=whose.licence_at,
        address=whose.address.replace(ID, record.id),
    )


@contextmanager
def all_at_once(whose: Whose) -> Iterator[None]:
    """Inside this a kernel that shows a figure makes all its pictures: they are asked for next, and it draws there anyway."""
    os.environ[NEXT] = json.dumps(dataclasses.asdict(whose))
    try:
        yield
    finally:
        del os.environ[NEXT]


def beforehand(record: FigureRecord) -> None:
    """Make all pictures of a figure that a cell shows, where that was asked for and they are kept."""
    if kept.folder() and (told := os.environ.get(NEXT)):
        pictures(record, Whose(**json.loads(told)))


def _made_from(chart: Chart, rows: Any, what: Any) -> Any:
    """Everything that a byte of a picture of a chart depends on, see `_drawn_with`."""
    package, this = type(chart).__module__.partition(".")[0], paper.current()
    maps = chart.kind == "map"
    return _drawn_with(
        package,
        _files([paths.root() / OUTLINES]) if maps else (),
        what=what,
        chart=chart.model_dump(mode="json"),
        rows=rows,
        colours=dict(this.colours),
        region=dataclasses.asdict(this.region) if maps and this.region else None,
    )


def _drawn_with(package: str, outlines: tuple[Path, ...] = (), **what: Any) -> Any:
    """What is drawn, and what with: code and type, outlines, libraries."""
    return kept.made_from((*_code(package), *outlines), LIBRARIES, **what) if kept.folder() else None


@cache
def _code(package: str) -> tuple[Path, ...]:
    """The files of code and type that a chart of a package is drawn with."""
    found = [ENGINE / name for name in CODE]
    if package != ENGINE.name:  # a chart that is the paper's alone
        found.append(Path(sys.modules[package].__path__[0]))
    return _files(found)


def _files(places: Iterable[Path]) -> tuple[Path, ...]:
    found = (file for place in places for file in ([place] if place.is_file() else place.rglob("*")))
    return tuple(sorted(file for file in found if file.is_file() and "__pycache__" not in file.parts))
