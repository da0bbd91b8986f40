"""The world total: what is claimed, what the printed numbers reach, and the share abroad that follows."""

from __future__ import annotations

import math

import pandas as pd

from analysis import stocks
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.parameters import WorldTotal
from analysis.wording import listing, none, number, quantity, small, source_line, span

ABROAD = ["t1-abroad-mendikulova", "t1-abroad-tatimov", "p-abroad-wak-five-million", "p-abroad-wak-over-five-million"]
HOMES = ["t1-kazakhstan-mendikulova", "t2-kazakhstan-official", "p-kazakhstan-nine-million"]
WORLD = "p-world-mendikulova"
CLAIMS = ["s-abroad-one-third", "s-abroad-wak", "s-abroad-mamashev"]


def label(tables: Tables, row: pd.Series) -> str:
    """A number with whom it is credited to."""
    credit = tables.sources.set_index("source_id")["label"][row["source_id"]]
    return f"{quantity(row['low'], row['high'], row['qualifier'])} ({credit})"


def grid(tables: Tables) -> pd.DataFrame:
    """Every number abroad against every number at home; open bounds are taken at the number printed.

    Returns:
        `abroad_id`, `home_id`, `abroad`, `home` (persons), `percent` (abroad in all).
    """
    rows = tables.stocks.set_index("id")
    value = rows["low"].fillna(rows["high"])
    pairs = [(abroad, home, value[abroad], value[home]) for home in HOMES for abroad in ABROAD]
    data = pd.DataFrame(pairs, columns=["abroad_id", "home_id", "abroad", "home"])
    return data.assign(percent=100 * data["abroad"] / (data["abroad"] + data["home"]))


def claims(tables: Tables) -> pd.DataFrame:
    """The shares that the paper states, in per cent."""
    rows = tables.shares.set_index("id").loc[CLAIMS].reset_index()
    return rows.assign(label=rows["source_id"].map(tables.sources.set_index("source_id")["label"]))


@exhibit
def totals(tables: Tables) -> Table:
    """The totals that are claimed, and what the numbers for single hosts reach."""
    rows = tables.stocks.set_index("id").loc[[*ABROAD, WORLD]].reset_index()
    low, high = stocks.reach(tables)
    credit = tables.sources.set_index("source_id")["label"]
    names = {WORLD: "all Kazakhs, at home and abroad"}
    shown = pd.DataFrame(
        {
            "Number of": [names.get(row_id, "Kazakhs abroad") for row_id in rows["id"]],
            "persons": [quantity(row.low, row.high, row.qualifier) for row in rows.itertuples()],
            "speaks of": rows["as_of"].str.replace("/", "–").replace("", "not stated"),
            "credited to": rows["source_id"].map(credit),
        }
    )
    last = pd.DataFrame(
        [["hosts added, smallest to largest choice", span(low, high), "mixed", "computed"]], columns=shown.columns
    )
    return Table(
        id="tbl-world-totals",
        caption="Totals the paper prints, and what its numbers for single hosts add up to when the smallest, or the largest, is chosen for each.",
        source=source_line(pd.concat([rows, stocks.rivals(tables)]), tables.sources),
        data=rows,
        shown=pd.concat([shown, last], ignore_index=True),
        numeric=("persons",),
        verdict="contradicted by the paper itself"
        if high < rows.set_index("id").loc[ABROAD[2], "low"]
        else "reproduced",
    )


@exhibit
def share_abroad(tables: Tables, chosen: WorldTotal) -> Picture:
    """The share abroad for every pair of numbers, with the shares that are claimed."""
    rows = tables.stocks.set_index("id")
    data = grid(tables)
    data = data.assign(
        row="at home: " + data["home_id"].map(lambda home: label(tables, rows.loc[home])),
        text=data["abroad"].map(number),
    )
    stated = claims(tables)
    bands = [{"label": f"claimed: {row.label}", "low": row.low, "high": row.high} for row in stated.itertuples()]
    used = pd.concat([tables.stocks[tables.stocks["id"].isin([*ABROAD, *HOMES])], stated])
    by_home = data.groupby("row", sort=False)["percent"].agg(["min", "max"])
    return Picture(
        id="fig-share-abroad",
        caption="Share of all Kazakhs who live abroad, for every printed number abroad (the dots of a row) against every printed number at home "
        "(the rows). Below: the shares the paper states. The number at home in the first row is one whose column is unclear.",
        alt="Dot plot in rows. "
        + " ".join(f"{row}: from {pair['min']:.1f} to {pair['max']:.1f} per cent." for row, pair in by_home.iterrows())
        + f" Claimed are {listing(span(row.low, row.high) if row.low != row.high else f'{row.low:.0f}' for row in stated.itertuples())} per cent.",
        source=source_line(used, tables.sources),
        data=data,
        chart="charts.shares",
        options={"claims": bands},
    )


def findings(tables: Tables, chosen: WorldTotal) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    low, high = stocks.reach(tables)
    rows = tables.stocks.set_index("id")
    claimed = float(rows.loc[ABROAD[2], "low"])
    data = grid(tables)
    pick = data["abroad"].min() if chosen.reading == "lowest" else data["abroad"].max()
    told = data[data["abroad"] == pick]["percent"]
    stated = claims(tables)
    within = {row.id: int(data["percent"].between(row.low - 0.5, row.high + 0.5).sum()) for row in stated.itertuples()}
    world = float(rows.loc[WORLD, "low"])
    return {
        "claims": small(len(ABROAD) + 1),
        "lowest": number(min(rows.loc[ABROAD, "low"])),
        "claimed": number(claimed),
        "reach-low": number(low),
        "reach-high": number(high),
        "reach-verdict": f"No choice among them reaches {number(claimed)}; the largest falls short by {number(claimed - high)}"
        if high < claimed
        else f"Some choices among them reach {number(claimed)}",
        "pairs": number(len(data)),
        "share-low": f"{data['percent'].min():.0f}",
        "share-high": f"{data['percent'].max():.0f}",
        "reading": chosen.reading,
        "told-low": f"{told.min():.0f}",
        "told-high": f"{told.max():.0f}",
        "third": none(within["s-abroad-one-third"]),
        "band": none(within["s-abroad-wak"]),
        "thirty": none(within["s-abroad-mamashev"]),
        "world": quantity(world, math.nan, "over"),
        "world-less-home": number(world - rows.loc[HOMES[1], "low"]),
    }
