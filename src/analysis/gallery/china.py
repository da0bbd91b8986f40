"""China and Xinjiang: one number for a part and for the whole, and what a percentage implies."""

from __future__ import annotations

import pandas as pd

from analysis import stocks
from analysis.claims.evidence import BY_ITSELF, REPRODUCED
from analysis.data import Tables
from analysis.exhibits import Table, exhibit
from analysis.parameters import China
from analysis.wording import listing, number, quantity, small, source_line

PART = "p-xinjiang-rakisheva"


def against_part(tables: Tables) -> pd.DataFrame:
    """Every number for China beside the one for Xinjiang: rows of `stocks.rivals` with `less_part` (persons)."""
    rivals = stocks.rivals(tables)
    part = float(rivals.set_index("id").loc[PART, "low"])
    rows = rivals[rivals["place_id"] == "china"]
    return rows.assign(less_part=rows["high"] - part).sort_values("less_part", kind="stable")


@exhibit
def whole_and_part(tables: Tables) -> Table:
    """The whole less the part, number by number."""
    rows = against_part(tables)
    credit = tables.sources.set_index("source_id")["label"]
    shown = pd.DataFrame(
        {
            "Credited to": rows["source_id"].map(credit).where(rows["source_id"] != "askhat", "nobody"),
            "Kazakhs in China": [quantity(row.low, row.high, row.qualifier) for row in rows.itertuples()],
            "less those in Xinjiang": rows["less_part"].map(
                lambda value: f"{value:+,.0f}".replace("-", "−") if value else "0"
            ),
        }
    )
    part = stocks.rivals(tables).query("id == @PART")
    return Table(
        id="tbl-china-xinjiang",
        caption="Every number for China less the number for Xinjiang, which is a part of it. Below zero the part is larger than the whole.",
        source=source_line(pd.concat([rows, part]), tables.sources),
        data=rows,
        shown=shown,
        numeric=("Kazakhs in China", "less those in Xinjiang"),
        verdict=BY_ITSELF if (rows["less_part"] < 0).any() else REPRODUCED,
    )


def implied(tables: Tables, chosen: China) -> tuple[float, float]:
    """Population of Xinjiang, in persons, that its Kazakhs and their share imply: lower and upper bound."""
    kazakhs = float(tables.stocks.set_index("id").loc[PART, "low"])
    share = float(tables.shares.set_index("id").loc["s-xinjiang", "low"])
    return 100 * kazakhs / (share + chosen.rounding_percent), 100 * kazakhs / (share - chosen.rounding_percent)


def findings(tables: Tables, chosen: China) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = against_part(tables)
    survey = tables.shares.set_index("id")
    old, native = survey.loc["s-china-four-generations"], survey.loc["s-china-indigenous"]
    low, high = implied(tables, chosen)
    part = tables.stocks.set_index("id").loc[PART]
    same = rows[rows["less_part"] == 0]
    dates = sorted(set(rows["as_of"]) - {""})
    return {
        "part": part["value_text"],
        "numbers": small(len(rows)),
        "smaller": small(int((rows["less_part"] < 0).sum())),
        "same": small(len(same)),
        "same-where": same["locator"].iloc[0] if len(same) else "nowhere",
        "most-short": number(-rows["less_part"].min()),
        "share": f"{survey.loc['s-xinjiang', 'low']:g}",
        "implied": f"between {number(round(low, -5))} and {number(round(high, -5))} people lived there, if the percentage is rounded by at most "
        f"{chosen.rounding_percent:g} point{'' if chosen.rounding_percent == 1 else 's'}"
        if low < high
        else f"about {number(round(low, -5))} people lived there, if the percentage is exact",
        "dated": small(int((rows["as_of"] != "").sum())),
        "dates": listing(date.replace("/", "–") for date in dates),
        "part-date": f"it dates the number for Xinjiang to {part['as_of']}"
        if part["as_of"]
        else "it gives no date for the number for Xinjiang",
        "old": f"{old['low']:g}",
        "native": f"{native['low']:g}",
        "survey-sum": f"{old['low'] + native['low']:g}",
        "survey-verdict": "less than half" if native["low"] < 50 else "half or more",
    }
