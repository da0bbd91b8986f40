"""A number for each host, chosen by the reader: the total abroad, and the shares, that follow."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from analysis.chapters.estimates import GIVEN_BY
from analysis.computing import choices, stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result, bounded
from edition.exhibits.exhibit import Choice, exhibit
from edition.numbers import bounds
from edition.numbers.bounds import Span
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Cited, in_words, number, quantity, source_line, span, with_noun


class Explorer(Chapter):
    """Choose a number for each host."""

    start: Literal["mendikulova", "tatimov", "yermekbay_official", "yermekbay_field", "highest", "lowest"] = one_of(
        "whose numbers the page opens with: a scholar of Table 1, a column of Table 2, or the highest or lowest of each country",
        {
            "mendikulova": "Mendikulova's",
            "tatimov": "Tatimov's",
            "yermekbay_official": "the official data of Table 2",
            "yermekbay_field": "the field study of Table 2",
            "highest": "the highest of each country",
            "lowest": "the lowest of each country",
        },
    )
    bound: Literal["both", "lowest", "highest"] = one_of(
        "whether the page opens with a printed range kept whole or taken at one of its ends",
        {"both": "kept whole", "lowest": "taken at its lowest", "highest": "taken at its highest"},
    )


ENDS = {
    choices.HIGHEST: "the highest number for each country in the paper",
    choices.LOWEST: "the lowest number for each country in the paper",
}
NAMES = (
    GIVEN_BY | ENDS | {"mendikulova": "Mendikulova", "tatimov": "Tatimov"}
)  # the date of each number stands beside it
SMALLEST = 0.05  # per cent; a smaller share would be rounded to none
SAID_BY_DATE = {"as_of_missing", "blank"}  # caveats that the date, or the empty cell, tells already

SAY = Sentences(__name__)


def giver(tables: Tables, name: str) -> str:
    """Who gives a column of numbers, as the book's charts name it."""
    return NAMES.get(name) or str(tables.label[name])


def numbers_offered(tables: Tables, *, added: bool = False) -> pd.DataFrame:
    """Every number to choose from, with what is said beside it: `given`, `number`, `date`, `note`; if asked, the added ones too."""
    found = choices.numbers(tables, added=added)
    credit = tables.credit(found["source_id"], "credited to nobody")
    said = {"prose": "prose: " + credit, stocks.ADDED: credit + " (added)"}
    return found.assign(
        given=[said[name][n] if name in said else giver(tables, name) for n, name in found["given_by"].items()],
        number=_as_told(found),
        date=found["as_of"].str.replace("/", "–").replace("", "no date"),
        note=[
            f"Not the paper's: {row.locator}"
            if row.given_by == stocks.ADDED
            else " ".join(tables.meaning[name] for name in row.caveats.split() if name not in SAID_BY_DATE)
            for row in found.itertuples()
        ],
    )


def _as_told(rows: pd.DataFrame) -> list[str]:
    return [quantity(row.low, row.high, row.qualifier) for row in rows.itertuples()]


def warning(tables: Tables, part: str, whole: str, *, sure: bool) -> str:
    """What a reader is told who chose both."""
    named = {"part_named": tables.name[part], "whole_named": tables.name[whole]}
    return SAY.say(
        "twice", sure=sure, part=tables.the(tables.name[part]), whole=tables.the(tables.name[whole]), **named
    )


def offer(tables: Tables, found: pd.DataFrame, chosen: Explorer) -> dict[str, Any]:
    """What the choosing needs beside the numbers: places in order, named choices, overlaps, and how the page opens."""
    columns = [name for name in dict.fromkeys(found["given_by"]) if name not in ("prose", stocks.ADDED)]
    mine = {source: f"{tables.label[source]} (added)" for source in tables.added["source_id"]}
    hosts = [place for place in dict.fromkeys(found["place_id"]) if place != stocks.HOME]
    given = found.groupby("place_id")["given_by"].agg(set)
    stated = tables.stocks[tables.stocks["place_id"].eq(stocks.TOTAL)]
    return {
        "people": "Kazakhs",
        "home": stocks.HOME,
        "places": [
            {
                "id": place,
                "name": tables.name[place],
                "several": place in stocks.ROWS_OF_SEVERAL,
                "part": tables.name[choices.WHOLE[place]] if place in choices.WHOLE else "",
                "without": [giver(tables, name) for name in columns if name not in given.get(place, ())],
            }
            for place in [*hosts, *choices.unnumbered(tables), stocks.HOME]
        ],
        "named": [
            {"id": name, "label": mine.get(name) or giver(tables, name), "picks": ids}
            for name, ids in choices.named_choices(found).items()
        ],
        "totals": [
            {"text": text, "given": tables.label[row.source_id], "value": row.low}
            for text, row in zip(_as_told(stated), bounds.close(stated).itertuples(), strict=True)
        ],
        "overlaps": [
            {"part": part, "whole": whole, "text": warning(tables, part, whole, sure=sure)}
            for part, whole, sure in choices.overlaps(tables, found)
        ],
        "start": {"named": chosen.start, "range": chosen.bound},
    }


def shares(found: pd.DataFrame, ids: list[str]) -> dict[str, Span]:
    """Share of each chosen host in the sum of all chosen, in per cent, by the id of its number."""
    picked = stocks.hosts(found[found["id"].isin(ids)]).set_index("id", drop=False)
    return {
        row_id: choices.part_of(bounds.add(picked.loc[[row_id]]), bounds.add(picked.drop(row_id)))
        for row_id in picked.index
    }


@exhibit
def explorer(tables: Tables, chosen: Explorer) -> Choice:
    """Every number of every host, and those with which the page opens."""
    found = numbers_offered(tables, added=True)
    mine = found["given_by"] == stocks.ADDED
    ids = choices.named_choices(found)[chosen.start]
    taken = bounds.take(found, chosen.bound)
    picked = taken[taken["id"].isin(ids)].set_index("place_id")
    share = shares(taken, ids)

    def line(place: str) -> list[str]:
        mine = found[found["place_id"] == place]
        every = "; ".join(f"{row.number} ({row.given}, {row.date})" for row in mine.itertuples()) or "none printed"
        if place not in picked.index:
            return [tables.name[place], "no number", "", every]
        row = picked.loc[place]
        part = share.get(row["id"])
        return [
            tables.name[place],
            quantity(row["low"], row["high"], row["qualifier"]),
            _percent(part) if part else "",
            every,
        ]

    offered, hosts = offer(tables, found, chosen), stocks.hosts(found)
    total = choices.total(taken, ids)
    body = [line(place["id"]) for place in offered["places"]]
    body.insert(-1, ["all countries together", span(*total), "", ""])
    return Choice(
        **SAY.exhibit(
            "tbl-explorer",
            numbers=len(hosts),
            places=hosts["place_id"].nunique(),
            at_first=_whose(tables, chosen),
            added=mine.any(),
        ),
        source=source_line(found, tables),
        data=found.assign(taken=found["id"].isin(ids)),
        shown=pd.DataFrame(
            body,
            columns=[
                "Place",
                "taken",
                "share",
                f"every number printed{' or added' if mine.any() else ''}",
            ],
        ),
        numeric=("taken", "share"),
        stacked=True,
        offer=offered,
    )


def _whose(tables: Tables, chosen: Explorer) -> str:
    """Which numbers are taken at the start."""
    giving = "" if chosen.start in ENDS else giver(tables, chosen.start)
    found = numbers_offered(tables)
    taken = found[found["id"].isin(choices.named_choices(found)[chosen.start])]
    ranges = bool((taken["low"] < taken["high"]).any())
    bound = chosen.bound if ranges or chosen.bound == "both" else "none"  # a choice that changes nothing here says so
    return SAY.say("start", start=chosen.start, giver=giving, bound=bound)


def _percent(share: Span) -> str:
    return "under 0.1 %" if share.high < SMALLEST else f"{span(*share, places=1)} %"


RESULTS = {
    **bounded("start", "persons", "sum of the countries as the page opens"),
    "least": Result("persons", "the lowest sum that any choice reaches"),
    "most": Result("persons", "the highest sum that any choice reaches"),
}


def results(tables: Tables, chosen: Explorer) -> dict[str, float]:
    """What `RESULTS` declares."""
    found = numbers_offered(tables)
    picks = choices.named_choices(found)
    start = choices.total(bounds.take(found, chosen.bound), picks[chosen.start])
    return {
        **bounds.by_name({"start": start}),
        "least": choices.total(found, picks[choices.LOWEST]).low,
        "most": choices.total(found, picks[choices.HIGHEST]).high,
    }


def findings(tables: Tables, chosen: Explorer) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    found = numbers_offered(tables)
    hosts = stocks.hosts(found)
    named = choices.named_choices(found)
    least, most = (choices.total(found, named[name]) for name in (choices.LOWEST, choices.HIGHEST))
    several = int((hosts.groupby("place_id")["id"].size() > 1).sum())
    ids = named[chosen.start]
    home = found[found["id"].isin(ids) & found["place_id"].eq(stocks.HOME)]
    state = "none" if len(home) != 1 else "unclear" if "column_unclear" in home["caveats"].iloc[0] else "clear"
    return {
        "hosts": with_noun(hosts["place_id"].nunique(), "place"),
        "several": in_words(several),
        "numbers": number(len(hosts)),
        "least": number(least.low),
        "most": number(most.high),
        "start": _whose(tables, chosen),
        "start-total": span(*choices.total(bounds.take(found, chosen.bound), ids)),
        "home": Cited.of(home["number"].iloc[0], home["id"].iloc[0]) if len(home) == 1 else "no number",
        "home-column": SAY.say("home-column", home=state),
        "unnumbered": in_words(len(choices.unnumbered(tables))),
    }
