"""The refugees of 1916: where they were, how many, and what the account leaves over."""

from __future__ import annotations

import pandas as pd

from analysis import geography, movements
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.gallery.homeland import HOME, NATURAL_EARTH
from analysis.parameters import Refugees1916
from analysis.wording import listing, source_line, span

FRAME = (64.0, 36.5, 97.0, 53.0)
LABELS = {
    "p-altai-1916": "in the Altai region", "p-tarbagatai-1916": "in the Tarbagatai region", "p-ili-1916": "in the Ili region",
    "parts": "the three regions added", "printed": "the total as printed", "returned": "returned by end of May 1917",
    "remained": "left over: total less returned", "crossed": "Kazakhs and Kyrgyz who crossed", "unexplained": "left over: crossed less total",
}  # fmt: skip
MEANING = {"parts": "total", "printed": "total", "returned": "returned", "remained": "unexplained", "crossed": "left", "unexplained": "unexplained"}
SIDES = {"altai_territory": "above", "tarbagatai": "right", "ili": "right"}


def account(tables: Tables, chosen: Refugees1916) -> pd.DataFrame:
    """The balance with labels and text; see `movements.balance_1916`."""
    items = movements.balance_1916(tables, **chosen.model_dump())
    return items.assign(
        label=items["item"].map(LABELS), meaning=items["item"].map(MEANING).fillna("refuge"),
        text=[span(row.low, row.high) for row in items.itertuples()],
    )  # fmt: skip


def _used(tables: Tables, items: pd.DataFrame) -> pd.DataFrame:
    ids = {row_id for cell in items["rows"] for row_id in cell.split()}
    known = pd.concat([tables.stocks, tables.movements], ignore_index=True)
    return known[known["id"].isin(ids)]


@exhibit
def where_they_were(tables: Tables, chosen: Refugees1916) -> Picture:
    """The three regions in which the paper counts refugees."""
    items = account(tables, chosen).set_index("item").loc[movements.PARTS_1916]
    places = tables.stocks.set_index("id").loc[items.index, "place_id"]
    points = geography.located(tables, places.to_list())
    data = points.assign(
        label=[f"{name}\n{text}" for name, text in zip(points["name"], items["text"], strict=True)],
        id=items.index, side=points["place_id"].map(SIDES), low=items["low"].to_numpy(), high=items["high"].to_numpy(),
    )  # fmt: skip
    return Picture(
        id="fig-1916-refuges",
        caption="Refugees of 1916 by region. The area of a disc is the lower number, a dashed ring the upper; each stands at the region's chief "
                "town of today, because the paper gives no bounds. Borders are today's. No route is drawn: the paper describes none for this flight.",
        alt="Map of eastern Kazakhstan and western China with a disc in each region of refuge: "
            + listing(f"{name} {text}" for name, text in zip(points["name"], items["text"], strict=True)) + ".",
        source=source_line(_used(tables, items.reset_index()), tables.sources, [NATURAL_EARTH, "towns: GeoNames"]),
        data=data, chart="maps.places",
        options={"frame": FRAME, "home": HOME, "named": {name: name for name in (HOME, "China", "Russia", "Mongolia", "Kyrgyzstan")}},
    )  # fmt: skip


@exhibit
def balance(tables: Tables, chosen: Refugees1916) -> Picture:
    """The account as bars."""
    items = account(tables, chosen)
    by = items.set_index("item")["text"]
    return Picture(
        id="fig-1916-balance",
        caption="The refugees of 1916 as an account. Solid: the lower bound; hatched: up to the upper bound; an arrow: no upper bound is printed.",
        alt=f"Bar chart of nine quantities. The three regions add up to {by['parts']}; the printed total is {by['printed']}; "
            f"{by['returned']} returned, which leaves {by['remained']}; {by['crossed']} Kazakhs and Kyrgyz crossed the border, "
            f"and {by['unexplained']} of them are not in the total.",
        source=source_line(_used(tables, items), tables.sources),
        data=items, chart="charts.balance", options={"unit": "persons"},
    )  # fmt: skip


@exhibit
def account_table(tables: Tables, chosen: Refugees1916) -> Table:
    """The account as a table, with what the paper prints for each item."""
    items = account(tables, chosen)
    printed = _used(tables, items).set_index("id")["value_text"]
    shown = pd.DataFrame({
        "Item": items["label"],
        "as printed": [printed[row] if " " not in row and item in (row, "printed", "returned", "crossed") else "computed"
                       for item, row in zip(items["item"], items["rows"], strict=True)],
        "persons": items["text"],
    })  # fmt: skip
    return Table(
        id="tbl-1916-account", caption="The account of the refugees of 1916: what is printed, and what follows from it.",
        source=source_line(_used(tables, items), tables.sources), data=items, shown=shown, numeric=("persons",),
    )  # fmt: skip
