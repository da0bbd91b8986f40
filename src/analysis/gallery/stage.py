"""What every chapter of a stage shows: the facts the paper gives, and where it happened on a map.

A new stage needs no code: a row in `stages.csv`, and a notebook that calls these.
"""

from __future__ import annotations

import math

import pandas as pd

from analysis import stages
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.gallery.homeland import HOME, NATURAL_EARTH
from analysis.wording import listing, quantity, source_line

NOT_STATED = "not stated"


def number(row: object) -> str:
    """A stage's number in words, or that none is stated."""
    return quantity(row.low, row.high, row.qualifier) if row.stated else NOT_STATED  # type: ignore[attr-defined]


def names(tables: Tables, ids: str) -> str:
    """The places of a cell in words; "not stated" for a blank one."""
    known = tables.places.set_index("place_id")["name"]
    return listing(known[place] for place in ids.split()) or NOT_STATED


def period(tables: Tables, event_ids: str) -> str:
    """When, as the paper prints it."""
    printed = tables.events.set_index("id")["value_text"]
    return "; ".join(dict.fromkeys(printed[event] for event in event_ids.split())) or "not dated"


def told(tables: Tables, stage_ids: list[str] | None = None) -> pd.DataFrame:
    """Stages in words: `title`, `period`, `cause`, `origin`, `route`, `destination`, `number`, `credit`, bounds."""
    rows = stages.told(tables, stage_ids)
    credit = tables.sources.set_index("source_id")["label"]
    return rows.assign(
        period=rows["event_ids"].map(lambda ids: period(tables, ids)),
        cause=rows["cause"].where(rows["cause"] != "", NOT_STATED),
        origin=rows["origin_ids"].map(lambda ids: names(tables, ids)),
        route=rows["route_ids"].map(lambda ids: names(tables, ids)),
        destination=rows["destination_ids"].map(lambda ids: names(tables, ids)),
        number=[number(row) for row in rows.itertuples()],
        credit=rows["source_id"].map(credit).where(rows["source_id"] != "askhat", "nobody"),
    )


@exhibit
def facts(tables: Tables, stage_ids: list[str]) -> Table:
    """What the paper says of each stage, item by item."""
    rows = told(tables, stage_ids)
    items = {
        "period": "when", "cause": "why", "cause_kind": "kind of cause", "origin": "from", "route": "by way of",
        "destination": "to", "number": "how many", "credit": "credited to",
    }  # fmt: skip
    shown = rows.set_index("title")[list(items)].T.rename(index=items)
    return Table(
        id=f"tbl-{stage_ids[0].replace('_', '-')}-facts",
        caption=f"What the paper says of {listing(rows['title'])}.",
        source=source_line(rows, tables.sources),
        data=rows,
        shown=shown.rename_axis("Item", axis=0).rename_axis(None, axis=1).reset_index(),
    )


@exhibit
def where(tables: Tables, stage_ids: list[str]) -> Picture:
    """Origins, ways and destinations on a map, with arrows where both ends are stated."""
    rows = told(tables, stage_ids)
    sites = stages.places(tables, stage_ids)
    moves = stages.arrows(tables, stage_ids)
    data = pd.concat([_marks(tables, rows, sites), _notes(rows, moves), moves.assign(mark="arrow")], ignore_index=True)
    roles = sites.drop_duplicates(["role", "place_id"]).groupby("role", sort=False)["name"].agg(listing)
    told_numbers = [f"{row.title}: {row.number}" for row in rows.itertuples()]
    return Picture(
        id=f"fig-{stage_ids[0].replace('_', '-')}-map",
        caption=f"{listing(rows['title'])} on a map in today's borders. {_key(sites, moves)}",
        alt=f"Map. {'; '.join(f'{role}: {places}' for role, places in roles.items())}. Number of people: {'; '.join(told_numbers)}.",
        source=source_line(rows, tables.sources, [NATURAL_EARTH, "towns: GeoNames"]),
        data=data,
        chart="maps.stage",
        options={"frame": _frame(sites), "home": HOME, "named": [[HOME, HOME]]},
    )


def _marks(tables: Tables, rows: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Each place once; a number that was counted at a place stands there."""
    counted = tables.stocks.set_index("id").reindex(rows["magnitude_id"])["place_id"].to_list()
    at_place = {place: row for place, row in zip(counted, rows.itertuples(), strict=True) if isinstance(place, str)}
    marks = []
    for site in sites[sites["map_name"] != HOME].drop_duplicates("place_id").itertuples():
        here = at_place.get(site.place_id)
        kind = "country" if site.kind == "country" else "number" if here else "region"
        marks.append(
            {
                "mark": kind,
                "label": f"{site.name}\n{here.number}" if here else site.name,
                "map_name": site.map_name,
                "longitude": site.longitude,
                "latitude": site.latitude,
                "low": here.low if here else math.nan,
                "high": here.high if here else math.nan,
            }
        )
    return pd.DataFrame(marks)


def _notes(rows: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """The number beside each arrow that carries one."""
    text = rows.set_index("stage_id")["number"]
    known = moves.dropna(subset=["low"])
    return pd.DataFrame(
        {
            "mark": "note",
            "label": known["stage_id"].map(text),
            "longitude": (known["longitude"] + known["to_longitude"]) / 2,
            "latitude": (known["latitude"] + known["to_latitude"]) / 2 + 1,
        }
    )


def _key(sites: pd.DataFrame, moves: pd.DataFrame) -> str:
    """What the marks mean, as far as they occur."""
    said = []
    if (sites["kind"] == "country").any():
        said.append("Countries named are shaded whole.")
    if (sites["kind"] != "country").any():
        said.append("A disc stands for a region, at its chief town of today.")
    if moves["low"].notna().any():
        said.append("The width of a solid arrow is the number.")
    if moves["low"].isna().any():
        said.append("A dashed arrow is a move whose number is not stated.")
    if moves.empty:
        said.append("No arrow is drawn, because the paper does not state both ends of the move.")
    return " ".join(said)


def _frame(sites: pd.DataFrame) -> tuple[float, float, float, float]:
    """A frame around the places, with room for names, never closer than a region is wide."""
    west, east = sites["longitude"].min(), sites["longitude"].max()
    south, north = sites["latitude"].min(), sites["latitude"].max()
    middle, centre = (west + east) / 2, (south + north) / 2
    stretch = 1 / math.cos(math.radians(centre))
    width = max((east - west) * 1.3, (north - south) * 1.5 * 1.45 * stretch, 26.0)
    height = max((north - south) * 1.5, width / (1.7 * stretch), 14.0)
    return (middle - width / 2, max(centre - height / 2, 2.0), middle + width / 2, min(centre + height / 2, 72.0))


def findings(tables: Tables, stage_ids: list[str]) -> dict[str, str]:
    """For each stage: `<stage>-period`, `-number`, `-from`, `-to`, `-credit`, as text."""
    said: dict[str, str] = {}
    for row in told(tables, stage_ids).itertuples():
        stage = row.stage_id.replace("_", "-")
        said |= {
            f"{stage}-period": row.period,
            f"{stage}-number": row.number,
            f"{stage}-from": row.origin,
            f"{stage}-to": row.destination,
            f"{stage}-credit": row.credit,
        }
    return said
