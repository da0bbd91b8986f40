"""The map as data: areas, ranks, neighbours, distances, centres, and the countries in which places lie.

Belongs here: reading what `prepare` has worked out and written into `data/geography/`. Not here: measuring, or drawing (`maps`).
Borders are Natural Earth's of today; no historical border is drawn anywhere.

    geography.neighbours(tables.folder, name)       # names of the countries that touch it
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pandas as pd

from edition.data.load import DataError

EARTH_KM = 6371.0  # radius of the sphere that the earth is taken for


@functools.cache
def table(folder: Path, name: str) -> pd.DataFrame:
    """A table of `data/geography/`, its numbers as they were written.

    Raises:
        DataError: the file is missing.
    """
    path = folder / "geography" / f"{name}.csv"
    if not path.is_file():
        raise DataError(f"data/geography/{path.name} is missing; `python -m edition.maps.prepare` writes it")
    return pd.read_csv(path, keep_default_na=False)


def areas(folder: Path, without: Collection[str] = ()) -> pd.DataFrame:
    """Area in square kilometres and rank by it, largest first: columns `name`, `km2`, `rank`.

    Args:
        without: names that are not ranked.
    """
    measured = table(folder, "areas")
    measured = measured[~measured["name"].isin(without)].sort_values("km2", ascending=False, ignore_index=True)
    return measured.assign(rank=measured.index + 1)


def reach(folder: Path) -> pd.Series:
    """How far countries would reach from their middle if they were discs, in degrees of latitude, by name."""
    km2 = table(folder, "areas").set_index("name")["km2"]
    return np.degrees(np.sqrt(km2 / np.pi) / EARTH_KM)


def neighbours(folder: Path, name: str) -> list[str]:
    """Names of the countries whose shapes touch the named one, in alphabetical order."""
    pairs = table(folder, "neighbours")
    return list(pairs.loc[pairs["name"] == name, "neighbour"])


def centre(folder: Path, name: str) -> tuple[float, float]:
    """Longitude and latitude of the middle of a country's widest part, as far as it lies in the paper's region.

    Raises:
        DataError: the country does not reach into it.
    """
    known = table(folder, "centres").set_index("name")
    if name not in known.index:
        raise DataError(f"data/geography/centres.csv: no {name!r}; allowed: a country in the paper's `region.near`")
    longitude, latitude = known.loc[name, ["longitude", "latitude"]]
    return float(longitude), float(latitude)


def holders(folder: Path, place_id: str) -> list[str]:
    """Names of the countries in which a place of the paper lies, those included on whose border it stands."""
    found = table(folder, "holders")
    return list(found.loc[found["place_id"] == place_id, "name"])


def distance_km(folder: Path, name: str) -> pd.Series:
    """Kilometres from one of the region's home countries to each other near one, by name; 0 for those that touch it.

    Raises:
        DataError: it is not one of them.
    """
    pairs = table(folder, "distances")
    if name not in set(pairs["name"]):
        raise DataError(f"data/geography/distances.csv: no {name!r}; allowed: one of the paper's `region.homes`")
    return pairs[pairs["name"] == name].set_index("other")["km"].rename_axis("name")
