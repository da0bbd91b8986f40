"""From Xinjiang by Kashmir and India to Turkey: a group of which two numbers are known."""

from __future__ import annotations

from analysis import movements, stages
from analysis.data import Tables
from analysis.exhibits import Picture, exhibit
from analysis.gallery import stage
from analysis.parameters import IndiaTurkey
from analysis.wording import number, percent, source_line

STAGES = ["kashmir_1941", "xinjiang_flight"]
LABELS = {"arrived": "reached Kashmir", "left": "left within a year", "lost": "fewer"}


@exhibit
def group(tables: Tables) -> Picture:
    """The group on arrival and less than a year later."""
    items = movements.kashmir(tables)
    items = items.assign(
        label=items["item"].map(LABELS), meaning=["total", "total", "unexplained"], text=items["low"].map(number)
    )
    text = items.set_index("item")["text"]
    rows = tables.stocks[tables.stocks["id"].str.startswith("p-kashmir")]
    return Picture(
        id="fig-kashmir-group",
        caption="The first group in Kashmir: on arrival, less than a year later, and the difference.",
        alt=f"Bar chart. {text['arrived']} people reached Kashmir; less than a year later {text['left']} were left, {text['lost']} fewer.",
        source=source_line(rows, tables.sources),
        data=items,
        chart="charts.balance",
        options={"unit": "persons"},
    )


def findings(tables: Tables, chosen: IndiaTurkey) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    items = movements.kashmir(tables).set_index("item")["low"]
    rows = stages.told(tables, STAGES).set_index("stage_id")
    arrival = int(rows.loc["kashmir_1941", "start"])
    leaving = arrival + chosen.stay_years
    first, last = (int(rows.loc["xinjiang_flight", bound]) for bound in ("start", "end"))
    return {
        **stage.findings(tables, STAGES),
        **{item: number(value) for item, value in items.items()},
        "lost-share": percent(items["lost"], items["arrived"], 0),
        "arrival": str(arrival),
        "leaving": str(leaving),
        "stay": tables.quantities.set_index("id").loc["q-india-duration", "value_text"],
        "stay-years": number(chosen.stay_years),
        "window": f"{first} to {last}",
        "window-verdict": "falls into" if first <= leaving <= last else "falls outside",
    }
