"""What a paper hands the engine: one object, and where it is found.

`data/datapackage.json` names the module under `edition`; the module holds it as `PAPER`. Everything the engine has to
know of a paper is an attribute here and nothing else; the rest of the engine never names one.

    paper.current().load()          # the tables of the edition in whose folder this runs
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from packaging.version import Version

from edition import paths
from edition.data.load import DataError, descriptor

if TYPE_CHECKING:
    import pandas as pd

    from edition.data.tables import Tables

KEY = "edition"  # of datapackage.json


@dataclass(frozen=True)
class Region:
    """The part of the world that a paper is about, in today's borders; countries are named as Natural Earth names them.

    Attributes:
        near: west, south, east and north in degrees: of what lies in it, centres and distances are known.
        middle: longitude and latitude from which distances are true.
        homes: the countries from which distances are measured.
        points: name of the table of places with a point each: `place_id`, `longitude`, `latitude`.
        on_border_km: a place so near a border stands on it.
    """

    near: tuple[float, float, float, float]
    middle: tuple[float, float]
    homes: tuple[str, ...]
    points: str
    on_border_km: float


class Paper(Protocol):
    """A paper, as the engine needs it.

    Attributes:
        slug: what files that hold the whole edition are called: the workbook, the PDF, the database.
        version: of the edition.
        package: the Python package with the paper's code.
        loads: the module whose `load` gives a notebook its tables.
        closing: Markdown with which a new chapter ends; "" for none.
        cover: id of the figure that stands for a page without one of its own; "" for none.
        pages: kind of row (`number`, `outside`, `claim`, `inconsistency`, one of `anchors`) → the page on which its rows stand;
            a kind without a page has no addresses. `map`, if it is there, is the page that says how maps are read.
        colours: what a picture can mean → the number of the series colour that means it in the whole book.
        periods: name of a period → its first and last year, for the catalogue's filter.
        columns: what a column of an exhibit's data means that is none of the data tables', or means several things there, by its
            name or, where one exhibit means another thing by it, by `tbl-x:name`.
        region: where its maps lie; None for a paper without maps.
    """

    slug: str
    version: str
    package: str
    loads: str
    closing: str
    cover: str
    pages: Mapping[str, str]
    colours: Mapping[str, int]
    periods: Mapping[str, tuple[int, int]]
    columns: Mapping[str, str]
    region: Region | None

    def load(self, root: Path | None = None) -> Tables:
        """The validated tables of the edition under `root`, the current one without.

        Raises:
            DataError: a table cannot be used; one line per fault.
        """

    def anchors(self, tables: Tables) -> Iterable[tuple[str, str, str]]:
        """What else has a permanent address: anchor, kind (one of `pages`) and what it means for good."""

    def totals(self, tables: Tables) -> Iterable[tuple[str, int, str]]:
        """What else is counted beside rows, numbers, verdicts and exhibits: name, how many, and of what."""

    def computed(self, tables: Tables) -> Mapping[str, pd.DataFrame]:
        """Tables worked out from the others that the data to take away holds too, the ledger first among them."""


def code(root: Path) -> list[Path]:
    """The folders of Python that a book of the edition under `root` is made with: the engine's and the paper's.

    Raises:
        DataError: the data package names no module, or one of a package that is not installed.
    """
    package = str(descriptor(root / "data").get(KEY)).partition(".")[0]
    found = importlib.util.find_spec(package)  # which runs none of it
    if not found or not found.origin:
        raise DataError(
            f"data/datapackage.json, {KEY}: there is no package {package!r}; allowed: a module with a PAPER"
        )
    return [Path(__file__).parent, Path(found.origin).parent]


def current() -> Paper:
    """The paper of the edition in whose folder this runs.

    Raises:
        DataError: the data package names none, or what it names is none.
    """
    return at(paths.root())


@functools.cache
def at(root: Path) -> Paper:
    """The paper of the edition under `root`; raises as `current` does."""
    module = descriptor(root / "data").get(KEY)
    if not isinstance(module, str) or not all(map(str.isidentifier, module.split("."))):
        raise DataError(f"data/datapackage.json, {KEY}: {module!r}; allowed: a module with a PAPER, see edition.paper")
    try:
        found: Paper = importlib.import_module(module).PAPER
    except (ModuleNotFoundError, AttributeError) as error:
        raise DataError(
            f"data/datapackage.json, {KEY}: {module!r} ({error}); allowed: a module with a PAPER, see edition.paper"
        ) from error
    return found


def dated(version: str) -> str:
    """A version as a page has it: one above the edition's own is not yet released."""
    return f"{version} (not yet released)" if Version(version) > Version(current().version) else version
