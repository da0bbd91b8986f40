"""One number for each host: those to choose from, the choices with a name, and what would count people twice.

Belongs here: what can be chosen and what comes of it. Not here: how a reader chooses (`chapters.explorer`).
"""

from __future__ import annotations

import pandas as pd

from analysis.computing import stocks
from analysis.tables import Tables
from edition.numbers import bounds
from edition.numbers.bounds import Span

WHOLE = {"xinjiang": "china"}  # a part that has numbers of its own → the host it is counted in
OF_CIS = (  # states that the row for the rest of the CIS may count; the paper names none of them
    "kyrgyzstan",
    "turkmenistan",
    "tajikistan",
    "ukraine",
)
HIGHEST, LOWEST = "highest", "lowest"


def at_home(tables: Tables) -> pd.DataFrame:
    """Every number of Kazakhs in Kazakhstan, as `stocks.rivals` has those of the hosts."""
    rows = tables.stocks[tables.stocks["unit"].eq("kazakhs") & tables.stocks["place_id"].eq(stocks.HOME)]
    rows = tables.with_names(rows.dropna(subset=["low", "high"], how="all"))
    column = rows["source_id"].str.removesuffix("_2001").str.removesuffix("_2003")
    return rows.assign(given_by=column.where(rows["exhibit"] != "text", "prose"))


def numbers(tables: Tables) -> pd.DataFrame:
    """All numbers to choose from: those of the hosts, in the order of the tables, then those at home."""
    rows = pd.concat([stocks.rivals(tables), at_home(tables)], ignore_index=True)
    order = {place: n for n, place in enumerate(dict.fromkeys(rows["place_id"]))}
    for part, whole in WHOLE.items():
        order[part] = order[whole] + 0.5  # type: ignore[assignment]  # beside what it is a part of
    return rows.sort_values("place_id", key=lambda place: place.map(order), kind="stable", ignore_index=True)


def unnumbered(tables: Tables) -> list[str]:
    """Hosts for which a printed table has a row, and no source a number."""
    rows = stocks.hosts(tables.stocks[tables.stocks["exhibit"].ne("text")])
    blank = rows.groupby("place_id", sort=False)["low"].count()
    return blank.index[blank == 0].to_list()


def named_choices(rows: pd.DataFrame) -> dict[str, list[str]]:
    """The choices with a name: each source that gives a column, then the highest and the lowest number of each host.

    Returns:
        Name → the ids of the numbers it takes, at most one for a place. A part takes the place of its whole where
        its own number is the one that is sought, so that nobody counts twice.
    """
    columns = [name for name in dict.fromkeys(rows["given_by"]) if name != "prose"]
    found = {name: rows.loc[rows["given_by"] == name, "id"].to_list() for name in columns}
    closed = bounds.close(rows).assign(whole=rows["place_id"].replace(WHOLE))
    by_host = closed.groupby("whole", sort=False)
    picked = {HIGHEST: by_host["high"].idxmax(), LOWEST: by_host["low"].idxmin()}
    return found | {name: rows.loc[sorted(where), "id"].to_list() for name, where in picked.items()}


def overlaps(tables: Tables, rows: pd.DataFrame) -> list[tuple[str, str, bool]]:
    """Pairs of places that count some people twice when both are chosen: part, whole, and whether that is certain."""
    present = list(dict.fromkeys(rows["place_id"]))
    rest = stocks.exhibit(tables, "Table 2")["place_id"].to_list()
    pairs = [
        *((part, whole, True) for part, whole in WHOLE.items()),
        *((part, "cis_other", False) for part in OF_CIS),
        *((part, "other_43", False) for part in present if part not in rest and part not in WHOLE),
    ]
    return [(part, whole, sure) for part, whole, sure in pairs if part in present and whole in present]


def total(rows: pd.DataFrame, ids: list[str]) -> Span:
    """The sum of chosen numbers, home left out.

    >>> # Table 1, Mendikulova: 4,134,000, as the table prints it
    """
    return bounds.add(stocks.hosts(rows[rows["id"].isin(ids)]))


def part_of(part: Span, rest: Span) -> Span:
    """The least and the largest share, in per cent, that a part can have beside the rest.

    >>> part_of(Span(1.0, 1.0), Span(3.0, 3.0))
    Span(low=25.0, high=25.0)
    """
    return Span(100 * part.low / (part.low + rest.high), 100 * part.high / (part.high + rest.low))
