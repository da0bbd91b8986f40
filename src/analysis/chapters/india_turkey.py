"""From Xinjiang by Kashmir and India to Turkey: a group of which two numbers are known."""

from __future__ import annotations

from pydantic import Field

from analysis.chapters import stage
from analysis.computing import movements, stages
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.asking.results import Result
from edition.charts.balance import Balance
from edition.exhibits.exhibit import Picture, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Cited, cite, number, percent, source_line


class IndiaTurkey(Chapter):
    """By Kashmir and India to Turkey."""

    stay_years: int = Field(ge=10, le=20, description="years taken for a stay of 'more than ten years'")


STAGES = ["kashmir_1941", "xinjiang_flight"]
PRINTED = {"arrived": "p-kashmir-1941", "remaining": "p-kashmir-1941-later"}
LABELS = {
    "arrived": "reached Kashmir",
    "remaining": "remaining, less than\na year later",
    "lost": "difference",
}

SAY = Sentences(__name__)


@exhibit
def group(tables: Tables) -> Picture:
    """The group on arrival and less than a year later."""
    items = movements.kashmir(tables)
    items = items.assign(
        label=items["item"].map(LABELS), meaning=["outflow", "outflow", "rest"], text=items["low"].map(number)
    )
    text = items.set_index("item")["text"]
    rows = tables.stocks[tables.stocks["id"].str.startswith("p-kashmir")]
    return Picture(
        **SAY.exhibit(
            "fig-kashmir-group",
            arrived=text["arrived"],
            remaining=text["remaining"],
            fewer=text["lost"],
            arrival=tables.date("e-kashmir-1941"),
        ),
        source=source_line(rows, tables),
        data=items,
        chart=Balance(unit="persons"),
    )


def leaving(tables: Tables, chosen: IndiaTurkey) -> int:
    """The year in which the group left for Turkey, by the stay chosen."""
    return (
        int(stages.with_numbers(tables, STAGES).set_index("stage_id").loc["kashmir_1941", "start"]) + chosen.stay_years
    )


RESULTS = {
    "arrived": Result("persons", "people who arrived in Kashmir"),
    "remaining": Result("persons", "people who remained less than a year later"),
    "lost": Result("persons", "how many fewer remained than had arrived"),
    "lost-percent": Result("per cent", "how many fewer remained, as a share of those who arrived"),
    "leaving": Result("year", "year in which they left for Turkey"),
    "flight-end": Result("year", "year in which the later flight ended"),
}


def results(tables: Tables, chosen: IndiaTurkey) -> dict[str, float]:
    """What `RESULTS` declares."""
    items = movements.kashmir(tables).set_index("item")["low"]
    return {
        **{name: float(items[name]) for name in LABELS},
        "lost-percent": float(100 * items["lost"] / items["arrived"]),
        "leaving": leaving(tables, chosen),
        "flight-end": int(stages.with_numbers(tables, STAGES).set_index("stage_id").loc["xinjiang_flight", "end"]),
    }


def findings(tables: Tables, chosen: IndiaTurkey) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    items = movements.kashmir(tables).set_index("item")["low"]
    rows = stages.with_numbers(tables, STAGES).set_index("stage_id")
    numbers = tables.numbers
    left = leaving(tables, chosen)
    first, last = (int(rows.loc["xinjiang_flight", bound]) for bound in ("start", "end"))
    return {
        **stage.findings(tables, STAGES),
        **{item: cite(numbers, row_id) for item, row_id in PRINTED.items()},
        "lost": number(items["lost"]),
        "lost-share": percent(items["lost"], items["arrived"], 0),
        "arrival": tables.date("e-kashmir-1941"),
        "journey": tables.date("e-journey-1940s"),
        "stay": Cited.of(numbers.loc["q-india-duration", "value_text"], "q-india-duration"),
        "stay-years": number(chosen.stay_years),
        "window": f"{first} to {last}",
        **SAY.all(left=left, first=first, last=last),
    }
