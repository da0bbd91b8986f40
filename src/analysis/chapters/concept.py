"""Diaspora or irredenta: the paper's definition put to the map and to Table 1."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.chapters import mapping
from analysis.chapters.mapping import HOME, NATURAL_EARTH
from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.claims.verdicts import BY_ITSELF, IN_PART, OPEN, REPRODUCED
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.maps import geography
from edition.maps.map import Map, Panel
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    listing,
    number,
    percent,
    quantity,
    source_line,
)


class Concept(Chapter):
    """Diaspora or irredenta."""

    scholar: Literal["mendikulova", "tatimov"] = one_of(
        "whose column of Table 1 is used",
        {"mendikulova": "Mendikulova's", "tatimov": "Tatimov's"},
    )
    border_km: int = Field(
        ge=0, le=100, description="how near a country must come to count as bordering, in kilometres"
    )
    cis_row: Literal["bordering", "not bordering", "left out"] = one_of(
        "how the row for the other CIS states, which are not named, is counted",
        {"bordering": "as bordering", "not bordering": "as not bordering", "left out": "not at all"},
    )


SOURCE = {"mendikulova": "mendikulova_2001", "tatimov": "tatimov_2003"}
FRAME = (33.0, 28.0, 110.0, 58.0)
HIGH = (38.0, 25.0, 104.0, 62.0)  # on a phone
CIS_ROW = ("left out", "bordering", "not bordering")
EXAMPLES = {  # list → who, in which home country dominant, called what
    "irredenta_russians": ("Russians", "Russia", "irredenta"),
    "diaspora_russians": ("Russians", "Russia", "diaspora"),
    "irredenta_kazakhs": ("Kazakhs", HOME, "irredenta"),
    "diaspora_kazakhs": ("Kazakhs", HOME, "diaspora"),
}
SEEN_KM = 1500  # host countries nearer than this lie on the map

SAY = Sentences(__name__)


def hosts(tables: Tables, source_id: str, chosen: Concept) -> pd.DataFrame:
    """Host countries of one column of Table 1: `name`, `low`, `km` from Kazakhstan (NaN: far or no country), `borders`."""
    rows = stocks.hosts(stocks.credited(stocks.exhibit(tables, "Table 1"), source_id)).drop(columns="name")
    rows = rows.merge(tables.places[["place_id", "name", "map_name"]], on="place_id")
    km = geography.distance_km(tables.folder, HOME)
    rows["km"] = rows["map_name"].map(km)
    borders = (rows["km"] <= chosen.border_km).map({True: "bordering", False: "not bordering"})
    return rows.assign(borders=borders.mask(rows["place_id"] == "cis_other", chosen.cis_row))


def shares(tables: Tables, source_id: str, chosen: Concept) -> dict[str, float]:
    """Kazakhs in bordering and other host countries of one column, in persons."""
    sums = hosts(tables, source_id, chosen).groupby("borders")["low"].sum()
    return {kind: float(sums.get(kind, 0)) for kind in ("bordering", "not bordering")}


def ways(tables: Tables, chosen: Concept) -> pd.DataFrame:
    """The share that borders, whichever way the row for the CIS is counted.

    Returns:
        `cis_row` (as the parameter has it), and for each scholar `<scholar>` (persons in bordering host countries)
        and `<scholar>_whole` (persons in all host countries counted).
    """
    found = []
    for way in CIS_ROW:
        row: dict[str, str | float] = {"cis_row": way}
        for scholar, source in SOURCE.items():
            sums = shares(tables, source, chosen.model_copy(update={"cis_row": way}))
            row |= {scholar: sums["bordering"], f"{scholar}_whole": sum(sums.values())}
        found.append(row)
    return pd.DataFrame(found)


def examples(tables: Tables, chosen: Concept) -> pd.DataFrame:
    """The paper's examples of a diaspora and of an irredenta, beside the map.

    Returns:
        Rows of `lists` with `people`, `home`, `called` (diaspora or irredenta), `name`, `km` (from the home country;
        NaN: a region, or beyond the map; 0: it touches) and `agrees` (None: a region, whose outline the map has not).
    """
    rows = tables.lists[tables.lists["list"].isin(EXAMPLES)].merge(
        tables.places.drop(columns=["article", "also", "note"]), on="place_id"
    )
    told = rows["list"].map(EXAMPLES)
    rows = rows.assign(people=told.str[0], home=told.str[1], called=told.str[2])
    km = {home: geography.distance_km(tables.folder, home) for home in rows["home"].unique()}
    rows["km"] = [km[row.home].get(row.map_name, float("nan")) for row in rows.itertuples()]
    limit = {HOME: chosen.border_km}  # the parameter widens the border of Kazakhstan alone
    rows["agrees"] = [
        None if row.kind != "country" else (row.km <= limit.get(row.home, 0)) == (row.called == "irredenta")
        for row in rows.itertuples()
    ]
    return rows


@exhibit
def on_the_map(tables: Tables, chosen: Concept) -> Picture:
    """Which host countries of Table 1 border Kazakhstan, and which countries at its border have no row there."""
    rows = hosts(tables, SOURCE[chosen.scholar], chosen)
    km = geography.distance_km(tables.folder, HOME)
    on_map = rows[rows["map_name"] != ""]
    near, far = (on_map[on_map["borders"] == kind] for kind in ("bordering", "not bordering"))
    seen = far["km"] <= SEEN_KM
    far, outside = far[seen], far[~seen]
    touching = km.index[(km <= chosen.border_km) & ~km.index.isin(rows["map_name"])]
    without = pd.DataFrame({"map_name": touching, "name": [tables.name_on_map.get(name, name) for name in touching]})
    groups = {"destination": near, "on the way": without.assign(km=km.reindex(touching).to_numpy()), "origin": far}
    mongolia = rows.set_index("place_id").loc["mongolia", "km"]
    return Picture(
        **SAY.exhibit(
            "fig-concept-borders",
            near=list(near["name"]),
            listed=len(on_map),
            outside=list(outside["name"].map(tables.the)),
            border_km=chosen.border_km,
            unlisted=list(without["name"]),
            mongolia_km=mongolia,
            far=list(far["name"]),
        ),
        source=source_line(rows, tables, [NATURAL_EARTH]),
        data=pd.concat(
            [group.assign(mark="country", role=role, label=group["name"]) for role, group in groups.items()]
        )[["mark", "role", "label", "map_name", "km", "low", "source_id", "locator"]],
        chart=Map(
            panels=(Panel(frame=FRAME, phone=HIGH, named=mapping.by_own_name(HOME)),),
            home=HOME,
            key=mapping.key(
                pd.DataFrame({"mark": ["country"]}),
                extra=[
                    ("destination", SAY.say("key-bordering", border_km=chosen.border_km)),
                    ("origin", SAY.say("key-not-bordering", border_km=chosen.border_km)),
                    ("on the way", SAY.say("key-without-a-row", border_km=chosen.border_km)),
                ],
            ),
            marks=mapping.MARKS,
        ),
    )


@exhibit
def worked_examples(tables: Tables, chosen: Concept) -> Table:
    """The paper's examples and what the map says of them."""
    rows = examples(tables, chosen)
    return Table(
        **SAY.exhibit(
            "tbl-concept-examples",
            agreeing=int(rows["agrees"].eq(True).sum()),
            measured=int(rows["agrees"].notna().sum()),
        ),
        source=source_line(rows, tables, [NATURAL_EARTH]),
        data=rows,
        shown=pd.DataFrame(
            {
                "Example": rows["people"] + " in " + rows["name"].map(tables.the),
                "the paper": rows["called"],
                "state of its people": rows["home"],
                "border": [
                    SAY.say("border", country=row.kind == "country", km=row.km, seen=row.km <= SEEN_KM)
                    for row in rows.itertuples()
                ],
                "the map": [SAY.say("agrees", agrees=agrees) for agrees in rows["agrees"]],
            }
        ),
        verdict=_verdict(rows["agrees"].to_list()),
        stacked=True,
    )


def _verdict(agree: list[bool | None]) -> str:
    """Reproduced if every example could be measured and agrees; in part if some do."""
    if all(agree):
        return REPRODUCED
    return IN_PART if any(agree) else BY_ITSELF if False in agree else OPEN


@exhibit
def by_border(tables: Tables, chosen: Concept) -> Table:
    """Host by host: does it border, and how many."""
    rows, sums = hosts(tables, SOURCE[chosen.scholar], chosen), shares(tables, SOURCE[chosen.scholar], chosen)
    shown = pd.DataFrame(
        {
            "Country": rows["name"],
            "Kazakhstan's border": rows["borders"],
            "on this reading": rows["borders"]
            .map({"bordering": "irredenta, at most", "not bordering": "diaspora"})
            .fillna("left out"),
            "Kazakhs": [quantity(row.low, row.high, row.qualifier) for row in rows.itertuples()],
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-concept-hosts",
            share=percent(sums["bordering"], sum(sums.values())),
            scholar=chosen.scholar.capitalize(),
            border_km=chosen.border_km,
            cis=SAY.say("cis", cis=chosen.cis_row),
        ),
        source=source_line(rows, tables, [NATURAL_EARTH]),
        data=rows,
        shown=shown,
        numeric=("Kazakhs",),
        bars=("Kazakhs",),
    )


@exhibit
def each_way(tables: Tables, chosen: Concept) -> Table:
    """How much the row for the CIS decides."""
    rows = ways(tables, chosen)
    parts = [
        100 * part / whole for name in SOURCE for part, whole in zip(rows[name], rows[f"{name}_whole"], strict=True)
    ]
    shown = {"The row for other CIS states": [SAY.say("cis", cis=way) for way in rows["cis_row"]]}
    for scholar in SOURCE:
        name = scholar.capitalize()
        shown[f"{name}, bordering"] = rows[scholar].map(number)
        shown[f"{name}, share"] = [percent(*pair) for pair in zip(rows[scholar], rows[f"{scholar}_whole"], strict=True)]
    used = stocks.hosts(stocks.exhibit(tables, "Table 1"))
    return Table(
        **SAY.exhibit("tbl-concept-ways", least=round(min(parts)), most=round(max(parts)), border_km=chosen.border_km),
        source=source_line(used, tables, [NATURAL_EARTH]),
        data=rows,
        shown=pd.DataFrame(shown),
        numeric=tuple(shown)[1:],
        stacked=True,
    )


RESULTS = {
    name: result
    for scholar, whose in {"mendikulova": "Mendikulova's", "tatimov": "Tatimov's"}.items()
    for name, result in {
        f"{scholar}-bordering": Result("persons", f"{whose} numbers for bordering countries, added"),
        f"{scholar}-percent": Result("per cent", f"share of Kazakhs in bordering countries, by {whose} numbers"),
    }.items()
} | {
    "bordering": Result("count", "countries abroad that border on the homeland"),
    "examples-agree": Result("count", "examples of the paper that agree with the map"),
}


def results(tables: Tables, chosen: Concept) -> dict[str, float]:
    """What `RESULTS` declares."""
    found: dict[str, float] = {}
    for name, source in SOURCE.items():
        sums = shares(tables, source, chosen)
        found |= {
            f"{name}-bordering": sums["bordering"],
            f"{name}-percent": 100 * sums["bordering"] / sum(sums.values()),
        }
    rows = hosts(tables, SOURCE[chosen.scholar], chosen)
    agree = examples(tables, chosen)["agrees"]
    return found | {
        "bordering": int((rows["borders"] == "bordering").sum()),
        "examples-agree": int(agree.eq(True).sum()),
    }


def findings(tables: Tables, chosen: Concept) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    said: dict[str, str] = {"cis": SAY.say("cis", cis=chosen.cis_row)}
    every = ways(tables, chosen).set_index("cis_row")
    for name, source in SOURCE.items():
        sums = shares(tables, source, chosen)
        said[f"{name}-share"] = percent(sums["bordering"], sum(sums.values()))
        said[f"{name}-persons"] = number(sums["bordering"])
        portion = (every[name] / every[f"{name}_whole"]).sort_values()
        said[f"{name}-least"], said[f"{name}-most"] = (percent(portion.iloc[end], 1) for end in (0, -1))
    rows = hosts(tables, SOURCE[chosen.scholar], chosen).set_index("place_id")
    given = examples(tables, chosen)
    measured = given[given["agrees"].notna()]
    against = measured.loc[~measured["agrees"].astype(bool), "name"]
    named = given["people"] + " in " + given["name"].map(tables.the)
    values = {
        "cis": chosen.cis_row,
        "shares": [said[f"{name}-share"] for name in SOURCE],
        "given": len(given),
        "measured": len(measured),
        "agreeing": len(measured) - len(against),
        "against": list(against.map(tables.the)),
        "border_km": chosen.border_km,
    }
    return {
        **said,
        "bordering": listing(rows.loc[rows["borders"] == "bordering", "name"].map(tables.the)),
        "mongolia-km": f"{rows.loc['mongolia', 'km']:.0f}",
        "as-irredenta": listing(named[given["called"] == "irredenta"]),
        "as-diaspora": listing(named[given["called"] == "diaspora"]),
        **SAY.all("opening", "examples", **values),
        "regions": listing(given.loc[given["agrees"].isna(), "name"].map(tables.the)),
    }
