"""The homeland: the paper's map, redrawn, and its three statements about the country's size and place."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.chapters import mapping
from analysis.chapters.mapping import HOME, NATURAL_EARTH
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.claims.verdicts import BY_OTHERS, IN_PART, OPEN
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.maps import geography
from edition.maps.map import Map, Panel
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    in_words,
    listing,
    number,
    ordinal,
    source_line,
)


class Homeland(Chapter):
    """The homeland."""

    rank_among: Literal["countries", "countries and Antarctica"] = one_of(
        "which areas of the world map are ranked by size",
        {"countries": "countries alone", "countries and Antarctica": "countries and Antarctica"},
    )


FRAME = (44.0, 36.5, 90.0, 57.0)
ANTARCTICA = "Antarctica"  # the one area of the map among the largest that the paper does not name; it takes no article
INSIDE = ["almaty", "astana", "south_kazakhstan"]  # the places in the homeland that the paper names

SAY = Sentences(__name__)


def against_map(tables: Tables, chosen: Homeland) -> pd.DataFrame:
    """The paper's statements beside what the map measures.

    Returns:
        Columns `item`, `id` (the paper's row, or list of rows), `printed`, `measured` (text), `agrees` (bool).
    """
    mine = measured(tables, chosen)
    km2, rank = float(mine["km2"]), int(mine["rank"])
    printed_km2, printed_rank = tables.low("q-area"), int(tables.low("q-area-rank"))
    larger, around = tables.listed("larger_countries"), tables.listed("neighbours")
    ahead, touching = larger_on_the_map(tables, chosen), geography.neighbours(tables.folder, HOME)
    rows = [
        ("area, square kilometres", "q-area", number(printed_km2), number(km2), round(km2, -4) == printed_km2),
        (f"rank by area among {chosen.rank_among}", "q-area-rank", str(printed_rank), str(rank), rank == printed_rank),
        (
            f"larger {chosen.rank_among}",
            "larger_countries",
            str(len(larger)),
            str(len(ahead)),
            set(larger) == set(ahead),
        ),
        ("neighbours by land", "neighbours", str(len(around)), str(len(touching)), set(around) == set(touching)),
    ]
    return pd.DataFrame(rows, columns=["item", "id", "printed", "measured", "agrees"])


def ranked(tables: Tables, chosen: Homeland) -> pd.DataFrame:
    """What the parameter ranks, the largest first: columns as `geography.areas` has them."""
    return geography.areas(tables.folder, without=["Antarctica"] if chosen.rank_among == "countries" else [])


def measured(tables: Tables, chosen: Homeland) -> pd.Series:
    """Kazakhstan on the map, a row of `geography.areas`."""
    return ranked(tables, chosen).set_index("name").loc[HOME]


def larger_on_the_map(tables: Tables, chosen: Homeland) -> list[str]:
    """Names of what is larger than Kazakhstan, the largest first."""
    by_area = ranked(tables, chosen)
    larger = by_area.loc[: by_area.index[by_area["name"] == HOME][0] - 1, "name"]
    return [tables.name_on_map.get(name, name) for name in larger]


@exhibit
def where_it_lies(tables: Tables, chosen: Homeland) -> Picture:
    """Kazakhstan, its neighbours, and the places in it that the paper names."""
    neighbours = geography.neighbours(tables.folder, HOME)
    points = tables.located(INSIDE).rename(columns={"name": "label"})
    mark = points["precision"].map({"town": "town"}).fillna("region")
    points = points.assign(mark=mark, outline=mapping.outlined(tables, points["place_id"]).where(mark == "region", ""))
    regions = points.loc[mark == "region", "label"]
    rows = tables.quantities[tables.quantities["exhibit"] == "Figure 1"]
    return Picture(
        **SAY.exhibit(
            "fig-homeland",
            neighbours=neighbours,
            places=list(points["label"]),
            regions=list(regions),
        ),
        source=source_line(rows, tables, mapping.drawn_from(points, towns=True)),
        data=points,
        reproduces="Figure 1",
        verdict=OPEN,
        chart=Map(
            panels=(Panel(frame=FRAME, named=mapping.by_own_name(HOME, *neighbours)),),
            home=HOME,
            key=mapping.key(points, extra=[("outline:home", mapping.SAY.say("outline"))]),
            marks=mapping.MARKS,
        ),
    )


@exhibit
def size_and_rank(tables: Tables, chosen: Homeland) -> Table:
    """Area and rank, as the paper states them and as the map measures them."""
    compared = against_map(tables, chosen)
    shown = compared.assign(agrees=compared["agrees"].map({True: "yes", False: "no"})).drop(columns="id")
    shown = shown.rename(columns={"item": "Kazakhstan", "printed": "the paper", "measured": "the map"})
    stated = pd.concat([tables.quantities, tables.lists.assign(id=tables.lists["list"])])
    return Table(
        **SAY.exhibit("tbl-homeland", agreeing=int(compared["agrees"].sum()), statements=len(compared)),
        verdict=IN_PART if compared["agrees"].any() else BY_OTHERS,  # never whole: of *land area* the map cannot speak
        source=source_line(stated[stated["id"].isin(compared["id"])], tables, [NATURAL_EARTH]),
        data=compared,
        shown=shown,
        numeric=("the paper", "the map"),
    )


RESULTS = {
    "km2": Result("km²", "area of the homeland, as the map measures it"),
    "rank": Result("rank", "rank of the homeland by area"),
    "larger": Result("count", "areas that are larger"),
    "neighbours": Result("count", "neighbouring countries"),
}


def results(tables: Tables, chosen: Homeland) -> dict[str, float]:
    """What `RESULTS` declares."""
    mine = measured(tables, chosen)
    return {
        "km2": float(mine["km2"]),
        "rank": int(mine["rank"]),
        "larger": len(larger_on_the_map(tables, chosen)),
        "neighbours": len(geography.neighbours(tables.folder, HOME)),
    }


def findings(tables: Tables, chosen: Homeland) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    compared = against_map(tables, chosen).set_index("id")
    ahead, larger = larger_on_the_map(tables, chosen), tables.listed("larger_countries")
    touching = geography.neighbours(tables.folder, HOME)
    population = tables.number("p-kazakhstan-population")
    taken = tables.corrected("stocks").set_index("id").loc["p-kazakhstan-population"]
    reason = tables.corrections.set_index("row_id").loc["p-kazakhstan-population", "reason"].iloc[0]
    titular, latest = tables.number("s-titular-1989"), tables.number("o-kazakhstan-2021-share")
    share = Cited.of(f"{titular['low']:g}", titular.name)
    areas = tables.rows("outside", ["o-kazakhstan-area-total", "o-kazakhstan-area-land"])
    return {
        "area-printed": Cited.of(tables.number("q-area")["value_text"], "q-area"),
        "area-measured": compared.loc["q-area", "measured"],
        "area-whole": Cited.of(number(areas["low"].iloc[0]), areas["id"].iloc[0]),
        "area-land": Cited.of(number(areas["low"].iloc[1]), areas["id"].iloc[1]),
        "area-source": tables.label[areas["source_id"].iloc[0]],
        "rank-printed": Cited.of(ordinal(int(compared.loc["q-area-rank", "printed"])), "q-area-rank"),
        "rank-measured": ordinal(int(compared.loc["q-area-rank", "measured"])),
        "ahead": listing(name if name == ANTARCTICA else tables.the(name) for name in ahead),
        "neighbours": listing(touching),
        "neighbours-count": in_words(len(touching)),
        "population-printed": Cited.of(population["value_text"], population.name),
        "population-taken": Cited.of(number(taken["low"]), population.name),
        "population-reason": reason,
        "titular": share,
        **SAY.all(
            rank_among=chosen.rank_among,
            area_agrees=compared.loc["q-area", "agrees"],
            same_countries=set(ahead) == set(larger),
            same_order=ahead == larger,
            larger=[tables.the(name) for name in larger],
            neighbours_agree=compared.loc["neighbours", "agrees"],
            titular=share,
            titular_low=titular["low"],
            titular_year=titular["as_of"],
            latest=Cited.of(f"{latest['low']:g}", latest.name),
            latest_year=latest["as_of"],
        ),
    }
