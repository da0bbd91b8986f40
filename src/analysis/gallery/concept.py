"""Diaspora or irredenta: the paper's definition put to the map and to Table 1."""

from __future__ import annotations

import pandas as pd

from analysis import geography, stocks
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.gallery.homeland import HOME, NATURAL_EARTH
from analysis.parameters import Concept
from analysis.wording import listing, number, percent, source_line

SOURCE = {"mendikulova": "mendikulova_2001", "tatimov": "tatimov_2003"}
FRAME = (30.0, 26.0, 112.0, 60.0)


def hosts(tables: Tables, source_id: str, chosen: Concept) -> pd.DataFrame:
    """Host countries of one column of Table 1: `name`, `low`, `km` from Kazakhstan (NaN: far or no country), `borders`."""
    rows = stocks.hosts(stocks.credited(stocks.exhibit(tables, "Table 1"), source_id)).drop(columns="name")
    rows = rows.merge(tables.places[["place_id", "name", "map_name"]], on="place_id")
    km = geography.distance_km(geography.read(tables.folder, "countries"), HOME)
    rows["km"] = rows["map_name"].map(km)
    borders = (rows["km"] <= chosen.border_km).map({True: "bordering", False: "not bordering"})
    return rows.assign(borders=borders.mask(rows["place_id"] == "cis_other", chosen.cis_row))


def shares(tables: Tables, source_id: str, chosen: Concept) -> dict[str, float]:
    """Kazakhs in bordering and other host countries of one column, in persons."""
    return hosts(tables, source_id, chosen).groupby("borders")["low"].sum().to_dict()


@exhibit
def on_the_map(tables: Tables, chosen: Concept) -> Picture:
    """Which host countries of Table 1 border Kazakhstan."""
    rows = hosts(tables, SOURCE[chosen.scholar], chosen)
    near = rows[(rows["borders"] == "bordering") & (rows["map_name"] != "")]
    mongolia = rows.set_index("place_id").loc["mongolia", "km"]
    within = "touch it" if chosen.border_km == 0 else f"come within {chosen.border_km} km of it"
    return Picture(
        id="fig-concept-borders",
        caption=f"Host countries of Table 1 that border {HOME}: those shaded {within} in today's borders. Mongolia comes within {mongolia:.0f} km.",
        alt=f"Map of Central Asia and its surroundings. Shaded as bordering {HOME}: {listing(near['name'])}.",
        source=source_line(rows, tables.sources, [NATURAL_EARTH]),
        data=near.assign(mark="country", label=near["name"])[
            ["mark", "label", "map_name", "km", "low", "source_id", "locator"]
        ],
        chart="maps.stage",
        options={"frame": FRAME, "home": HOME, "named": [[HOME, HOME], ["Mongolia", "Mongolia"]]},
    )


@exhibit
def by_border(tables: Tables, chosen: Concept) -> Table:
    """Host by host: does it border, and how many."""
    rows = hosts(tables, SOURCE[chosen.scholar], chosen)
    shown = pd.DataFrame(
        {
            "Host country": rows["name"],
            "Kazakhstan's border": rows["borders"],
            "on this reading": rows["borders"]
            .map({"bordering": "irredenta, at most", "not bordering": "diaspora"})
            .fillna("left out"),
            "Kazakhs": rows["low"].map(number),
        }
    )
    return Table(
        id="tbl-concept-hosts",
        caption=f"Host countries by border, with {chosen.scholar.capitalize()}'s numbers.",
        source=source_line(rows, tables.sources, [NATURAL_EARTH]),
        data=rows,
        shown=shown,
        numeric=("Kazakhs",),
    )


def findings(tables: Tables, chosen: Concept) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    said: dict[str, str] = {"cis": chosen.cis_row}
    for name, source in SOURCE.items():
        sums = shares(tables, source, chosen)
        whole = sums.get("bordering", 0) + sums.get("not bordering", 0)
        said[f"{name}-share"] = percent(sums.get("bordering", 0), whole)
        said[f"{name}-persons"] = number(sums.get("bordering", 0))
    rows = hosts(tables, SOURCE[chosen.scholar], chosen).set_index("place_id")
    germany, mongolia = rows.loc["germany", "borders"], rows.loc["mongolia", "borders"]
    return {
        **said,
        "bordering": listing(rows.loc[rows["borders"] == "bordering", "name"]),
        "mongolia-km": f"{rows.loc['mongolia', 'km']:.0f}",
        "examples": "As far as whole countries show it, the examples agree with the map"
        if (germany, mongolia) == ("not bordering", "not bordering")
        else "Its example of Mongolia as a diaspora does not agree with the map under this distance",
    }
