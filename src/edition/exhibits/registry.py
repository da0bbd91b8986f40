"""Every chart there is, and the one that a record names.

    registry.chart({"name": "tally", "unit": "claims", "colour": "bar"})       # Tally(unit="claims", colour="bar")

A chart makes itself known when it is imported (`charts.chart`); here all are imported, so that a record is read where
nothing else did so. Belongs here: where charts stand. Not here: a list of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from edition import charts, paper
from edition.charts.chart import CHARTS, Chart


def modules() -> list[str]:
    """The modules of the engine's charts, one chart in each of most, and of the map, the one chart of its room."""
    return [*(found.name for found in pkgutil.iter_modules(charts.__path__, f"{charts.__name__}.")), "edition.maps.map"]


def chart(stored: dict[str, Any]) -> Chart:
    """A chart as a record keeps it: its `name` and its options.

    Raises:
        KeyError: no chart has that name.
        ValidationError: an option is missing, unknown or of another type.
    """
    name = stored.get("name")
    if name not in CHARTS:
        _import_all()
    if name not in CHARTS:
        raise KeyError(f"chart {name!r}; allowed: {', '.join(sorted(CHARTS))}")
    return CHARTS[name].model_validate({option: value for option, value in stored.items() if option != "name"})


@cache
def _import_all() -> None:
    for name in modules():
        importlib.import_module(name)
    paper.current()  # its module imports the charts that are this paper's alone
