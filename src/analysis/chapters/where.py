"""Where the Kazakhs live now, on a map: a disc for each country, half of it by each of the scholars of Table 1.

Belongs here: the map of stocks. Not here: maps of moves (`stage`), the numbers beside each other (`estimates`).
"""

from __future__ import annotations

import math

import pandas as pd

from analysis.chapters.mapping import HOME, MARKS, NATURAL_EARTH
from analysis.computing import stocks
from analysis.tables import Tables
from edition.exhibits.exhibit import Picture, exhibit
from edition.maps import geography
from edition.maps.map import Map, Panel
from edition.numbers.sentences import Sentences
from edition.numbers.wording import quantity, source_line

FRAME = (-6.0, 20.0, 108.0, 66.0)
HIGH = (-6.0, 20.0, 122.0, 74.0)  # on a phone
SCHOLARS = {"mendikulova_2001": "mendikulova", "tatimov_2003": "tatimov"}
TOLD = 500_000  # a smaller number is not written beside its disc, where the map has no room for it
PLACED = {"china": "xinjiang"}  # the number of the whole country stands where the paper says that most of them live

SAY = Sentences(__name__)


def by_country(tables: Tables) -> pd.DataFrame:
    """Both scholars' numbers for each row of Table 1.

    Returns:
        `place_id`, `name`, `map_name`, `low` (the first scholar's; NaN: none), `high` (the second's), `said` (both in words),
        `longitude`, `latitude` (NaN: not on the map).
    """
    rows = stocks.exhibit(tables, "Table 1").query("place_id != @stocks.TOTAL")
    said = [quantity(row.low, row.high, row.qualifier) for row in rows.itertuples()]
    cells = rows.assign(said=said).pivot(index="place_id", columns="source_id", values=["low", "said"])
    cells = cells.loc[rows["place_id"].unique()]
    wide = cells["low"].astype("float64").reindex(columns=list(SCHOLARS))
    words = cells["said"].reindex(columns=list(SCHOLARS))
    places = tables.by_id("places").loc[wide.index]
    points = [_point(tables, place) for place in wide.index]
    return pd.DataFrame(
        {
            "place_id": wide.index,
            "name": places["name"].to_list(),
            "map_name": places["map_name"].to_list(),
            "low": wide.iloc[:, 0].to_list(),
            "high": wide.iloc[:, 1].to_list(),
            "said": [_both(*row) for row in words.itertuples(index=False)],
            "longitude": [at[0] for at in points],
            "latitude": [at[1] for at in points],
        }
    )


def _point(tables: Tables, place: str) -> tuple[float, float]:
    """Where the disc of a country stands; NaN for one that the map does not reach, and for several countries together."""
    if place in PLACED:
        row = tables.located([PLACED[place]]).iloc[0]
        return float(row["longitude"]), float(row["latitude"])
    name = str(tables.map_name[place])
    known = set(geography.table(tables.folder, "centres")["name"])
    return geography.centre(tables.folder, name) if name in known else (math.nan, math.nan)


@exhibit
def they_live(tables: Tables) -> Picture:
    """The map."""
    rows = by_country(tables)
    abroad = rows[
        rows["place_id"] != stocks.HOME
    ]  # whose the number at home is, the layout leaves open: it has no half
    shown, beyond = abroad[abroad["longitude"].notna()], abroad[abroad["longitude"].isna()]
    words = [tables.label[source] for source in SCHOLARS]
    data = shown.assign(
        mark="halves",
        meaning=" ".join(SCHOLARS.values()),
        label=shown["name"],
        detail=shown["said"].where(shown[["low", "high"]].max(axis=1) >= TOLD, "").str.replace(" and ", "\nand "),
    )
    top = abroad.nlargest(3, "low")["name"]
    used = stocks.exhibit(tables, "Table 1").query("place_id != @stocks.TOTAL and value_text != ''")
    years = [used.loc[used["source_id"] == source, "as_of"].iloc[0] for source in SCHOLARS]
    return Picture(
        **SAY.exhibit(
            "fig-where-they-live",
            largest=top.map(tables.the),
            left=words[0],
            left_year=years[0],
            right=words[1],
            right_year=years[1],
            most=abroad[["low", "high"]].max(axis=None),
            beyond=[f"{tables.the(name)} ({said})" for name, said in zip(beyond["name"], beyond["said"], strict=True)],
            home=tables.name[stocks.HOME],
            one_sided=bool(shown[["low", "high"]].isna().any(axis=None)),
            unplaced=beyond["name"].map(tables.the),
            shown=[f"{name} {said}" for name, said in zip(shown["name"], shown["said"], strict=True)],
            abroad=[abroad["low"].sum(), abroad["high"].sum()],
        ),
        source=source_line(used, tables, [NATURAL_EARTH]),
        data=data,
        chart=Map(
            panels=(Panel(frame=FRAME, phone=HIGH),),
            home=HOME,
            key=tuple(
                (f"half:{side}:{meaning}", word)
                for side, meaning, word in zip(("left", "right"), SCHOLARS.values(), words, strict=True)
            ),
            marks=MARKS,
            context=False,
        ),
    )


def _both(*words: object) -> str:
    """Two numbers in words, the left one first; one where the other is missing or the same."""
    return " and ".join(dict.fromkeys(word for word in words if isinstance(word, str)))
