"""What the maps of all chapters have in common: their key, the names they must show, and what their captions explain.

Belongs here: words about marks. Not here: which marks a chapter shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.tables import Tables
from edition.charts.chart import Pairs
from edition.maps import geography, regions
from edition.maps.look import Marks
from edition.numbers.sentences import Sentences

HOME = "Kazakhstan"
NATURAL_EARTH = "borders, lakes and rivers: Natural Earth 1:50m"
REGIONS = "regions: Natural Earth 1:10m"
GEONAMES = "towns: GeoNames"
UNCLEAR = "destination in unclear words"
ROLES = ("origin", "on the way", "destination", UNCLEAR)
MARKS = Marks(
    unit="persons",
    km2_each=0.45,
    per_point=45_000,
    counted="destination",
    striped=("on the way", UNCLEAR),
    dotted=("origin",),
    usual="destination",
)
SAY = Sentences(__name__)


def filled(data: pd.DataFrame) -> set[str]:
    """The roles whose fill is drawn: of countries, of regions that have an outline, of rings; a square has none."""
    land = data["mark"].eq("country") | data["outline"].astype("object").fillna("").ne("")
    land |= data["mark"].eq("region") & data["silent"].eq(True)
    return set(data.loc[land, "role"].dropna()) - {""}


def drawn_from(data: pd.DataFrame, *, towns: bool) -> list[str]:
    """Who made what a map draws beside the paper: its borders, the outlines of regions if it has any, and its towns."""
    bounded = "outline" in data and data["outline"].astype("object").fillna("").ne("").any()
    return [NATURAL_EARTH, *([REGIONS] if bounded else []), *([GEONAMES] if towns else [])]


def key(
    data: pd.DataFrame, home_role: str = "", extra: Sequence[tuple[str, str]] = (), home_shown: bool = True
) -> Pairs:
    """The entries of a map's key, for the marks that occur; see `edition.maps.key`.

    Args:
        data: the marks.
        home_role: what the homeland is on this map.
        extra: entries to put after the homeland's, in place of those for the roles.
        home_shown: whether enough of the homeland lies on the map.
    """
    data = data.reindex(columns=["mark", "role", "low", "high", "silent", "meaning", "part", "outline"])
    areas = data["mark"].eq("region")
    data["mark"] = data["mark"].mask(areas & data["outline"].astype("object").fillna("").ne(""), "outline")
    bare = data["mark"].eq("region") & data["silent"].eq(True)  # its mark is the ring
    kinds, roles = set(data.loc[~bare, "mark"]), filled(data)
    found = [("home", SAY.say("home", country=HOME, role=home_role))] if home_shown else []
    found += extra or [(role, role) for role in ROLES if role in roles]
    for kind in ("outline", "region"):
        if kind in kinds and not any(mark.startswith(f"{kind}:") for mark, _ in extra):
            used = set(data.loc[data["mark"].eq(kind) & ~bare, "role"])
            role = next((role for role in reversed(ROLES) if role in used), "")
            alone = role if used == {role} and role not in roles else ""
            found.append((f"{kind}:{role}", SAY.say(kind, role=alone)))
    if "town" in kinds and not data.loc[data["mark"] == "town", "silent"].eq(True).all():
        found.append(("town", SAY.say("town")))
    numbers = data[data["mark"] == "number"]
    if len(numbers):
        found.append(("number", SAY.say("number")))
    if (numbers["high"] > numbers["low"]).any():
        found.append(("upper", SAY.say("upper")))
    if numbers["high"].isna().any():
        found.append(("open", SAY.say("open")))
    if data["silent"].eq(True).any():
        found.append(("silent", SAY.say("silent")))
    arrows = data[data["mark"] == "arrow"]
    for meaning in dict.fromkeys(arrows["meaning"]):
        mine = arrows[arrows["meaning"] == meaning]
        whole = mine["part"] == ""
        if (mine["low"].notna() & whole).any():
            found.append((f"known:{meaning}", SAY.say("arrow", kind=meaning, known=True)))
        if (mine["part"] == "stem").any():
            found.append((f"stem:{meaning}", SAY.say("arrow", kind=meaning, known=True)))
        if (mine["low"].isna() & whole).any():
            found.append((f"unknown:{meaning}", SAY.say("arrow", kind=meaning, known=False)))
        elif (mine["part"] == "branch").any():
            found.append((f"unknown:{meaning}", SAY.say("branch")))
    return tuple(found)


def outlined(tables: Tables, place_ids: pd.Series) -> pd.Series:
    """For each place itself where the map has its bounds of today, else ""."""
    return place_ids.where(place_ids.isin(regions.outlined(tables.folder)), "")


def standing_at(sites: pd.DataFrame) -> list[str]:
    """The areas that the paper names and does not bound, each with the town at which it stands.

    Args:
        sites: `name`, `precision`, `geonames_name` of the places shown.
    """
    points = sites.drop_duplicates("name").dropna(subset=["precision"])
    regions = points[points["precision"] != "town"]
    return [f"{row.name} at {row.geonames_name}" for row in regions.itertuples(index=False)]


def by_own_name(*countries: str) -> Pairs:
    """Countries for a map to name as Natural Earth does."""
    return tuple((name, name) for name in countries)


def names_shown(tables: Tables, sites: pd.DataFrame) -> Pairs:
    """The countries a map must name besides those it fills: the homeland, and those in which its places lie.

    Returns:
        Pairs of the name in Natural Earth and the label.
    """
    points = sites[sites["kind"] != "country"].drop_duplicates(["longitude", "latitude"])
    around = [name for place in points["place_id"] for name in geography.holders(tables.folder, place)]
    filled = set(sites.loc[sites["kind"] == "country", "map_name"])
    shown = [name for name in dict.fromkeys([HOME, *around]) if name not in filled or name == HOME]
    return tuple((name, tables.name_on_map.get(name, name)) for name in shown)
