"""Who moved, from where, to where, and who came back.

Belongs here: accounts of moves from the numbers printed for them. Not here: stocks at rest (`stocks`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.computing import stocks
from analysis.tables import Tables
from edition.numbers import bounds

PARTS_1916 = ["p-altai-1916", "p-tarbagatai-1916", "p-ili-1916"]


def balance_1916(
    tables: Tables, *, total: str, kazakh_percent: float, open_bound: str, about_percent: float
) -> pd.DataFrame:
    """The account of the refugees of 1916, from the paper's numbers.

    Args:
        total: "printed" (the total the paper states) or "parts" (the sum of its three regions).
        kazakh_percent: share of Kazakhs among the Kazakhs and Kyrgyz who crossed; 100 counts the number whole.
        open_bound: "as bound" takes *more than* at its number, "leave open" keeps no upper bound.
        about_percent: width of a number printed with *about*, per cent either way.

    Returns:
        One row per item: `item`, `low`, `high` (persons), `rows` (ids used), `about` (whether a number used
        is printed with *about* and was given no width), in the order of the account: the three regions,
        `parts`, `printed`, `returned`, `remained`, `crossed`, `unexplained`.
    """
    used = pd.concat([tables.stocks, tables.movements], ignore_index=True)
    used = bounds.widen(used, about_percent)
    if open_bound == "as bound":
        used = bounds.close(used)
    parts = bounds.add(used[used["id"].isin(PARTS_1916)])
    printed = bounds.of_row(used, "p-refuges-1916")
    returned = bounds.of_row(used, "m-1917-return")
    crossed = bounds.Span(*(bound * kazakh_percent / 100 for bound in bounds.of_row(used, "m-1916-crossing")))
    start, start_rows = (printed, ["p-refuges-1916"]) if total == "printed" else (parts, PARTS_1916)
    account = [
        *((row_id, bounds.of_row(used, row_id), [row_id]) for row_id in PARTS_1916),
        ("parts", parts, PARTS_1916),
        ("printed", printed, ["p-refuges-1916"]),
        ("returned", returned, ["m-1917-return"]),
        ("remained", start - returned, [*start_rows, "m-1917-return"]),
        ("crossed", crossed, ["m-1916-crossing"]),
        ("unexplained", crossed - start, ["m-1916-crossing", *start_rows]),
    ]
    loose = set(used.loc[used["qualifier"] == "about", "id"]) if not about_percent else set()
    return pd.DataFrame(
        [
            {"item": item, "low": s.low, "high": s.high, "rows": " ".join(ids), "about": not loose.isdisjoint(ids)}
            for item, s, ids in account
        ]
    )


def stolypin_years(tables: Tables) -> tuple[int, int]:
    """Years of the reform up to and including that of the count of 1911, and all of its years."""
    period = tables.row("stages", "stolypin")
    first, last = int(period["start"]), int(period["end"])
    counted = int(tables.number("p-chinese-regions-1911")["as_of"])
    return counted - first + 1, last - first + 1


def stolypin(tables: Tables, *, left_by_1911: str, about_percent: float, count_year: bool = True) -> pd.DataFrame:
    """The outflow of the Stolypin years against the count of 1911, and the population that its share implies.

    Args:
        left_by_1911: how much of the outflow had left when the count was made: "all" of it, an "even" share
            of the years up to and including the count, or "none".
        about_percent: width of a number printed with *about*, per cent either way.
        count_year: whether the year of the count is one of the years of an even share.

    Returns:
        One row per item: `item`, `low`, `high` (persons): `outflow`, `base` (the inhabitants of whom the
        outflow is the share printed), `remaining`, `left` (by the count), `counted`, `missing` (left less
        counted).
    """
    used = bounds.widen(pd.concat([tables.stocks, tables.movements], ignore_index=True), about_percent)
    share = bounds.of_row(bounds.widen(tables.shares, about_percent), "s-stolypin")
    years, whole = stolypin_years(tables)
    gone = {"all": 1.0, "even": (years - (not count_year)) / whole, "none": 0.0}[left_by_1911]
    outflow, counted = bounds.of_row(used, "m-stolypin"), bounds.of_row(used, "p-chinese-regions-1911")
    base = bounds.Span(100 * outflow.low / share.high, 100 * outflow.high / share.low)
    left = bounds.Span(outflow.low * gone, outflow.high * gone)
    account = {
        "outflow": outflow,
        "base": base,
        "remaining": bounds.Span(base.low - outflow.low, base.high - outflow.high),
        "left": left,
        "counted": counted,
        "missing": left - counted,
    }
    return pd.DataFrame([{"item": item, "low": span.low, "high": span.high} for item, span in account.items()])


BASES = {  # census of a year, from outside the paper: Kazakhs, and the per cent of all inhabitants that they were
    "1897": ("o-kazakhstan-1897-census", "o-kazakhstan-1897-share"),
    "1926": ("o-kazakhstan-1926-census", ""),
}


def stolypin_bases(tables: Tables) -> pd.DataFrame:
    """The outflow of the Stolypin years as a share of what censuses from outside the paper counted in Kazakhstan.

    Returns:
        One row per census and base: `year`, `of` ("Kazakhs", "all inhabitants"), `persons`, `percent` (the
        outflow of them), `rows` (ids of the outside rows used).
    """
    outside = tables.by_id("outside")
    outflow = bounds.of_row(tables.movements, "m-stolypin").low
    found = []
    for year, (count, share) in BASES.items():
        kazakhs = outside.loc[count, "low"]
        found.append((year, "Kazakhs", kazakhs, count))
        if share:
            found.append((year, "all inhabitants", 100 * kazakhs / outside.loc[share, "low"], f"{count} {share}"))
    rows = pd.DataFrame(found, columns=["year", "of", "persons", "rows"])
    return rows.assign(percent=100 * outflow / rows["persons"])


def kashmir(tables: Tables) -> pd.DataFrame:
    """The group in Kashmir: `arrived`, `remaining` and `lost` (persons), one row each with `low`, `high`."""
    arrived, remaining = (bounds.of_row(tables.stocks, row) for row in ("p-kashmir-1941", "p-kashmir-1941-later"))
    account = {"arrived": arrived, "remaining": remaining, "lost": arrived - remaining}
    return pd.DataFrame([{"item": item, "low": span.low, "high": span.high} for item, span in account.items()])


RETURN = "m-repatriation"
TOGETHER = {"turkmenistan": "p-mongolia-turkmenistan"}  # the only number of a place that is given with another


def origins(tables: Tables, source_id: str) -> pd.DataFrame:
    """The origins of the repatriates, each with its own numbers.

    Returns:
        `place_id`, `name`, `low` (persons, by the source; NaN: no row of its own), `least`, `most` (of all
        numbers printed for it), `shared` (id of a number given for it and another place together, or "").
    """
    rows = tables.with_names(pd.DataFrame({"place_id": tables.members("repatriate_origins")}))
    sizes = tables.stocks[tables.stocks["source_id"] == source_id].set_index("place_id")["low"]
    printed = stocks.extremes(stocks.rivals(tables)).set_index("place_id")[["low", "high"]]
    return rows.assign(
        low=rows["place_id"].map(sizes),
        least=rows["place_id"].map(printed["low"]),
        most=rows["place_id"].map(printed["high"]),
        shared=rows["place_id"].map(TOGETHER).fillna(""),
    )


def repatriates(tables: Tables, almost_percent: float) -> bounds.Span:
    """The repatriates since independence: *almost* lies below the number printed by at most that many per cent."""
    printed = bounds.of_row(tables.movements, RETURN)
    return bounds.Span(printed.low * (1 - almost_percent / 100), printed.high)


def return_counts(tables: Tables) -> pd.DataFrame:
    """Counts of repatriates from outside the paper: rows of `outside` with `moment` (years, with months; NaN: none).

    Those to Kazakhstan from all origins, by date; an open bound keeps the number printed as `low`.
    """
    rows = tables.outside.query("kind == 'repatriates' and place_id == 'kazakhstan'")
    year = pd.to_numeric(rows["as_of"].str[:4], errors="coerce")
    month = pd.to_numeric(rows["as_of"].str[5:7], errors="coerce").fillna(1)
    return rows.assign(moment=year + (month - 1) / 12).sort_values("moment", kind="stable", ignore_index=True)


def year_passed(counts: pd.DataFrame, persons: float) -> float:
    """When a straight line through dated counts passes a number, in years; NaN where it never does."""
    dated = counts.dropna(subset=["moment"])
    return float(np.interp(persons, dated["low"], dated["moment"], left=np.nan, right=np.nan))
