"""The Stolypin years: an outflow, the population it implies, and a count that is smaller than it."""

from __future__ import annotations

import pandas as pd

from analysis import movements
from analysis.data import Tables
from analysis.exhibits import Picture, exhibit
from analysis.gallery import stage
from analysis.parameters import Stolypin
from analysis.wording import number, source_line, span

STAGES = ["stolypin", "count_1911"]
LABELS = {
    "outflow": "left in the Stolypin years",
    "left": "of them by the count",
    "counted": "counted in Chinese regions",
}
HOW = {
    "all": "all of them had left before the count",
    "even": "they left in equal numbers each year",
    "none": "none of them had left before the count",
}


def account(tables: Tables, chosen: Stolypin) -> pd.DataFrame:
    """The account with labels and text; see `movements.stolypin`."""
    items = movements.stolypin(tables, **chosen.model_dump())
    about = "" if chosen.about_percent else "about "
    return items.assign(text=[about + span(round(row.low), round(row.high)) for row in items.itertuples()])


@exhibit
def against_count(tables: Tables, chosen: Stolypin) -> Picture:
    """The outflow beside the count."""
    items = account(tables, chosen).set_index("item").loc[list(LABELS)].reset_index()
    items = items.assign(label=items["item"].map(LABELS), meaning=["left", "left", "total"])
    text = items.set_index("item")["text"]
    ids = ["m-stolypin", "p-chinese-regions-1911"]
    rows = [frame[frame["id"].isin(ids)] for frame in (tables.movements, tables.stocks)]
    return Picture(
        id="fig-stolypin-count",
        caption=f"The outflow of the Stolypin years beside the count of {tables.stocks.set_index('id').loc[ids[1], 'as_of']}, if {HOW[chosen.left_by_1911]}.",
        alt=f"Bar chart. {text['outflow']} left; {text['left']} of them by the count; {text['counted']} Kazakhs were counted in Chinese regions.",
        source=source_line(pd.concat(rows), tables.sources),
        data=items,
        chart="charts.balance",
        options={"unit": "persons"},
    )


def findings(tables: Tables, chosen: Stolypin) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    items = account(tables, chosen).set_index("item")
    missing = items.loc["missing"]
    share = tables.shares.set_index("id").loc["s-stolypin"]
    if missing["low"] > 0:
        verdict = f"{span(round(missing['low']), round(missing['high']))} fewer than had left"
    elif missing["high"] < 0:
        verdict = f"{span(round(-missing['high']), round(-missing['low']))} more than had left"
    else:
        verdict = "within what had left, given the width of the numbers"
    return {
        **stage.findings(tables, STAGES),
        **{item: row["text"] for item, row in items.iterrows()},
        "share": number(share["low"]),
        "how": HOW[chosen.left_by_1911],
        "verdict": verdict,
    }
