"""Who moved, from where, to where, and who came back.

Belongs here: accounts of moves from the numbers printed for them. Not here: stocks at rest (`stocks`).
"""

from __future__ import annotations

import pandas as pd

from analysis import spans
from analysis.data import Tables

PARTS_1916 = ["p-altai-1916", "p-tarbagatai-1916", "p-ili-1916"]


def balance_1916(tables: Tables, *, total: str, open_bound: str, about_percent: float) -> pd.DataFrame:
    """The account of the refugees of 1916, from the paper's numbers.

    Args:
        total: "printed" (the total the paper states) or "parts" (the sum of its three regions).
        open_bound: "as bound" takes *more than* at its number, "leave open" keeps no upper bound.
        about_percent: width of a number printed with *about*, per cent either way.

    Returns:
        One row per item: `item`, `low`, `high` (persons), `rows` (ids used), `about` (whether a number used
        is printed with *about* and was given no width), in the order of the account: the three regions,
        `parts`, `printed`, `returned`, `remained`, `crossed`, `unexplained`.
    """
    used = pd.concat([tables.stocks, tables.movements], ignore_index=True)
    used = spans.widen(used, about_percent)
    if open_bound == "as bound":
        used = spans.close(used)
    parts = spans.add(used[used["id"].isin(PARTS_1916)])
    printed = spans.of(used, "p-refuges-1916")
    returned = spans.of(used, "m-1917-return")
    crossed = spans.of(used, "m-1916-crossing")
    start, start_rows = (printed, ["p-refuges-1916"]) if total == "printed" else (parts, PARTS_1916)
    account = [
        *((row_id, spans.of(used, row_id), [row_id]) for row_id in PARTS_1916),
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
