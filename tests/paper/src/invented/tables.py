"""The tables of the paper: the engine's, and one of estimates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pandas as pd

from edition import paths
from edition.data import load as package
from edition.data import tables as engine
from edition.data.validation import faults_of_tables


@dataclass(frozen=True, eq=False)
class Tables(engine.Tables):
    """The validated tables."""

    estimates: pd.DataFrame

    NUMBERED: ClassVar = ("estimates",)
    CREDITED: ClassVar = ("estimates",)
    ESTIMATES: ClassVar = "estimates"
    ADDED_UNITS: ClassVar = ("islanders",)


def load(root: Path | None = None) -> Tables:
    """Every table of the data package under `root`; raises DataError with one line per fault."""
    return package.tables(Tables, faults_of_tables, root or paths.root())
