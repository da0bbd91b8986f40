"""The homeland: the paper's map, redrawn, and its three statements about the country's size and place."""

from __future__ import annotations

import pandas as pd

from analysis import geography
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.parameters import Homeland
from analysis.wording import listing, number, source_line

HOME = "Kazakhstan"
FRAME = (43.0, 36.0, 91.0, 57.5)
NATURAL_EARTH = "borders, lakes and rivers: Natural Earth 1:50m"
SIDES = {"almaty": "below", "astana": "above", "south_kazakhstan": "above"}


def against_map(tables: Tables, chosen: Homeland) -> pd.DataFrame:
    """The paper's statements beside what the map measures.

    Returns:
        Columns `item`, `id` (the paper's row), `printed`, `measured` (text), `agrees` (bool).
    """
    countries = geography.read(tables.folder, "countries")
    ranked = geography.areas(countries, chosen.rank_among).set_index("name")
    stated = tables.quantities.set_index("id")
    km2, rank = float(ranked.loc[HOME, "km2"]), int(ranked.loc[HOME, "rank"])
    printed_km2, printed_rank = float(stated.loc["q-area", "low"]), int(stated.loc["q-area-rank", "low"])
    rows = [
        ("area, square kilometres", "q-area", number(printed_km2), number(km2), round(km2, -4) == printed_km2),
        (f"rank by area among {chosen.rank_among}", "q-area-rank", str(printed_rank), str(rank), rank == printed_rank),
    ]
    return pd.DataFrame(rows, columns=["item", "id", "printed", "measured", "agrees"])


@exhibit
def where_it_lies(tables: Tables, chosen: Homeland) -> Picture:
    """Kazakhstan, its neighbours, and the places in it that the paper names."""
    neighbours = geography.neighbours(geography.read(tables.folder, "countries"), HOME)
    points = geography.located(tables, list(SIDES)).rename(columns={"name": "label"})
    points["side"] = points["place_id"].map(SIDES)
    towns, regions = (points.loc[points["precision"].eq("town") == is_town, "label"] for is_town in (True, False))
    rows = tables.quantities[tables.quantities["exhibit"] == "Figure 1"]
    return Picture(
        id="fig-homeland",
        caption=f"{HOME} and its {len(neighbours)} neighbours in today's borders, with the places inside it that the paper names: "
                f"{listing(towns)} as dots, {listing(regions)} as a disc around its chief town, since the paper names no town there.",
        alt=f"Map. {HOME} is shaded; around it lie {listing(neighbours)}. Marked inside it: {listing(points['label'])}.",
        source=source_line(rows, tables.sources, [NATURAL_EARTH, "towns: GeoNames"]),
        data=points, reproduces="Figure 1", chart="maps.places",
        options={"frame": FRAME, "home": HOME, "named": {name: name for name in [HOME, *neighbours]}},
    )  # fmt: skip


@exhibit
def size_and_rank(tables: Tables, chosen: Homeland) -> Table:
    """Area and rank, as the paper states them and as the map measures them."""
    compared = against_map(tables, chosen)
    shown = compared[["item", "printed", "measured"]].rename(
        columns={"item": "Kazakhstan", "printed": "the paper", "measured": "the map"}
    )
    return Table(
        id="tbl-homeland",
        caption="Area and rank of Kazakhstan: what the paper states, and what its outline on the map measures.",
        source=source_line(tables.quantities[tables.quantities["id"].isin(compared["id"])], tables.sources, [NATURAL_EARTH]),
        data=compared, shown=shown, numeric=("the paper", "the map"),
    )  # fmt: skip
