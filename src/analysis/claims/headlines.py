"""The paper's headline claims under every choice that their numbers leave open.

Belongs here: the choices of each headline claim, what they make of it, and its verdict, which every page that speaks of
the claim asks for here. Not here: what can be asked of such a claim (`edition.claims.multiverse`) or pictures.

    universe = headlines.HEADLINES["five-million"](tables)
    universe.size, universe.share        # how many combinations, in which part of them the claim holds
    headlines.verdict(tables, "five-million")
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from analysis.claims import tolerances
from analysis.computing import outside, stages, stocks
from analysis.tables import Tables
from edition.claims.multiverse import Options, Universe, axes
from edition.claims.verdicts import BY_ITSELF, IN_PART, REPRODUCED
from edition.numbers.bounds import add
from edition.numbers.wording import NBSP, in_words, number

BIG_THREE = ("china", "uzbekistan", "russia")
ASSOCIATION = "World Association of Kazakhs"


def printed_for(tables: Tables, place: str) -> Options:
    """Every number printed for a host, by who gives it; the two ends of a range are two options."""
    rows = stocks.rivals(tables)
    rows = rows[rows["place_id"].isin([place, "xinjiang"] if place == "china" else [place])]
    labels = tables.label.where(lambda label: label.index != tables.author, "no credit")
    found: Options = {}
    for row in rows.itertuples():
        name = labels[row.source_id] + (", for Xinjiang" if row.place_id == "xinjiang" else "")
        ends = {f"{name}, lower": row.low, f"{name}, upper": row.high} if row.low < row.high else {name: row.low}
        found |= ends
    return found


def _ids(tables: Tables, places: list[str]) -> list[str]:
    rows = stocks.rivals(tables)
    return rows.loc[rows["place_id"].isin(places), "id"].to_list()


def nearly(millions: float) -> dict[str, float]:
    """From which number on a whole number of millions may be said to be reached, by what is meant."""
    return {"the whole number": millions, "five per cent less": millions * 0.95, "rounded to a million": millions - 5e5}


@lru_cache(maxsize=2)
def five_million(tables: Tables) -> Universe:
    """Any number for each host, added up, against *about five million*."""
    rivals = stocks.rivals(tables)
    hosts = [place for place in dict.fromkeys(rivals["place_id"]) if place != "xinjiang"]
    sides = {tables.name[place]: printed_for(tables, place) for place in hosts}
    claimed = tables.low("p-abroad-wak-five-million")
    *parts, least = axes(*sides.values(), enough := nearly(claimed))
    total = reduce(np.add, parts)  # its last axis has length 1: what counts as five million changes no total
    return Universe(
        claim="five million Kazakhs abroad",
        unit="Kazakhs abroad",
        target=(claimed, math.nan),
        choices={**{name: list(side) for name, side in sides.items()}, "what counts as five million": list(enough)},
        value=total,
        holds=total >= least,
        rows=[*rivals["id"], "p-abroad-wak-five-million"],
    )


def abroad(tables: Tables) -> Options:
    """Every number of Kazakhs abroad that is printed, or is the sum of a printed column."""
    table_2 = stocks.hosts(stocks.exhibit(tables, "Table 2"))
    field = add(stocks.credited(table_2, "yermekbay_field"))
    return {
        "Mendikulova, Table 1": tables.low("t1-abroad-mendikulova"),
        "Tatimov, Table 1": tables.low("t1-abroad-tatimov"),
        "official data, Table 2 added": add(stocks.credited(table_2, "yermekbay_official")).low,
        "field study, lower, Table 2 added": field.low,
        "field study, upper, Table 2 added": field.high,
        ASSOCIATION: tables.low("p-abroad-wak-five-million"),
    }


def at_home(tables: Tables) -> Options:
    """Every number of Kazakhs in Kazakhstan that is printed."""
    return {
        "Table 1": tables.low("t1-kazakhstan-mendikulova"),
        "Table 2": tables.low("t2-kazakhstan-official"),
        "above nine million": tables.low("p-kazakhstan-nine-million"),
    }


HOME_ROWS = ["t1-kazakhstan-mendikulova", "t2-kazakhstan-official", "p-kazakhstan-nine-million"]
ABROAD_ROWS = ["t1-abroad-mendikulova", "t1-abroad-tatimov", "p-abroad-wak-five-million"]


WHOLE = {"to the nearest per cent": tolerances.WHOLE_POINTS.allows, "within two points": 2.0}


def _share(tables: Tables, claim: str, row_id: str, slack: Options) -> Universe:
    """The share abroad, for every number abroad and every number at home, or the whole as printed."""
    stated = tables.number(row_id)
    target = (float(round(stated["low"])), float(round(stated["high"])))  # a third is compared as 33 per cent
    world = tables.low("p-world-mendikulova")
    away, home = abroad(tables), at_home(tables)
    bases = {**{f"with {name} at home": number for name, number in home.items()}, "of 14 million in all": math.nan}
    part, base, give = axes(away, bases, slack)
    percent = 100 * part / np.where(np.isnan(base), world, part + base)
    table_2 = stocks.hosts(stocks.exhibit(tables, "Table 2")).dropna(subset=["low"])["id"]
    return Universe(
        claim=claim,
        unit="per cent abroad",
        target=target,
        choices={"Kazakhs abroad": list(away), "all Kazakhs": list(bases), "how near": list(slack)},
        value=percent,
        holds=(percent >= target[0] - give) & (percent < target[1] + give),
        rows=[*ABROAD_ROWS, *HOME_ROWS, "p-world-mendikulova", row_id, *table_2],
    )


@lru_cache(maxsize=2)
def one_third(tables: Tables) -> Universe:
    """The share abroad against *about one-third*."""
    near = {**WHOLE, "within a tenth of itself": 10 / 3}
    return _share(tables, "one third of all Kazakhs abroad", "s-abroad-one-third", near)


@lru_cache(maxsize=2)
def thirty_to_thirty_five(tables: Tables) -> Universe:
    """The share abroad against *30-35%*."""
    return _share(tables, f"30–35{NBSP}% abroad", "s-abroad-wak", WHOLE)


@lru_cache(maxsize=2)
def thirty(tables: Tables) -> Universe:
    """The share abroad against *30 percent of the Kazakh ethnic group*."""
    return _share(tables, f"30{NBSP}% abroad", "s-abroad-mamashev", WHOLE)


@lru_cache(maxsize=2)
def ninety(tables: Tables) -> Universe:
    """China, Uzbekistan and Russia against *90 %* of the diaspora."""
    stated = tables.low("s-three-countries")
    rivals = stocks.rivals(tables)
    sides = {name: {k: v for k, v in printed_for(tables, name).items() if "Xinjiang" not in k} for name in BIG_THREE}
    small = rivals[~rivals["place_id"].isin([*BIG_THREE, "xinjiang"])]
    claimed = tables.low("p-abroad-wak-five-million")
    rest = {
        "the other countries of Mendikulova": add(stocks.credited(small, "mendikulova_2001")).low,
        "the other countries of Tatimov": add(stocks.credited(small, "tatimov_2003")).low,
        "what is lacking to five million": math.nan,
    }
    near = {**WHOLE, "that or more": math.inf}
    *three, others, give = axes(*sides.values(), rest, near)
    part = reduce(np.add, three)
    percent = 100 * part / np.where(np.isnan(others), claimed, part + others)
    return Universe(
        claim=f"90{NBSP}% in three countries",
        unit="per cent in three countries",
        target=(stated, stated),
        choices={
            **{tables.name[k]: list(v) for k, v in sides.items()},
            "other countries": list(rest),
            "how near": list(near),
        },
        value=percent,
        holds=(percent >= stated - np.where(np.isinf(give), tolerances.WHOLE_POINTS.allows, give))
        & (percent <= stated + give),
        rows=[*_ids(tables, [*BIG_THREE]), *small["id"], "s-three-countries", "p-abroad-wak-five-million"],
    )


@lru_cache(maxsize=2)
def china_first(tables: Tables) -> Universe:
    """China against the larger of Uzbekistan and Russia."""
    sides = {name: printed_for(tables, name) for name in BIG_THREE}
    ties = {"a tie does not count": 1.0, "a tie counts": 0.0}
    china, *others, least = axes(*sides.values(), ties)
    lead = china - np.maximum(*others)
    return Universe(
        claim="China has the most Kazakhs",
        unit="Kazakhs, China less the next",
        target=(0.0, math.nan),
        choices={**{tables.name[name]: list(side) for name, side in sides.items()}, "ties": list(ties)},
        value=lead,
        holds=lead >= least,
        rows=_ids(tables, [*BIG_THREE, "xinjiang"]),
    )


@lru_cache(maxsize=2)
def sixty_years(tables: Tables) -> Universe:
    """From every wave out of the paper to the start of repatriation, against *sixty years*."""
    stated = tables.low("q-interlude")
    waves = stages.with_numbers(tables).query("kind == 'outflow'")
    first, last = stages.years(waves, "start"), stages.years(waves, "end")
    begins = stages.years(stages.with_numbers(tables, ["repatriation"]), "start").iloc[0]
    kept = first.notna() & (first < begins)
    early, late = first[kept].to_numpy(), last[kept].fillna(first[kept]).to_numpy()
    ends = {
        name: np.round(early + part * (late - early))  # of the famine of 1930–1933 each year, in its turn
        for name, part in (
            ("its first year", 0),
            ("a third of the way", 1 / 3),
            ("two thirds of the way", 2 / 3),
            ("its last year", 1),
        )
    }
    kurultay = float(tables.row("events", "e-kurultay-1")["start"][:4])
    starts = {"independence": float(begins), "the first Kurultay": kurultay}
    near = {"exactly": 0} | {f"within {in_words(years)} years": years for years in (2, 5)}
    wave = np.stack(list(ends.values()), axis=1)[:, :, None, None]
    start = np.array(list(starts.values()))[None, None, :, None]
    give = np.array(list(near.values()))[None, None, None, :]
    gap = start - wave
    return Universe(
        claim="sixty years without mass emigration",
        unit="years",
        target=(stated, stated),
        choices={
            "last wave": waves.loc[kept, "title"].to_list(),
            "which year of it": list(ends),
            "return begins with": list(starts),
            "how near": list(near),
        },
        value=gap,
        holds=np.abs(gap - stated) <= give,
        rows=["q-interlude", "e-kurultay-1", "e-independence"],
    )


HEADLINES: dict[str, Callable[[Tables], Universe]] = {  # each computed once for the same tables: many checks ask
    "five-million": five_million,
    "one-third": one_third,
    "thirty-to-thirty-five": thirty_to_thirty_five,
    "thirty": thirty,
    "ninety": ninety,
    "china-first": china_first,
    "sixty-years": sixty_years,
}


def verdict(tables: Tables, name: str) -> str:
    """Of a headline claim taken at its word: reproduced in every combination, in part in some, contradicted in none."""
    share = HEADLINES[name](tables).strictest().share
    return REPRODUCED if share == 1 else IN_PART if share else BY_ITSELF


def beside(tables: Tables, name: str) -> dict[str, Any]:
    """What must be told beside the count of combinations: the most that is reached, the columns by themselves, the counts."""
    if name == "five-million":
        return {"most": float(five_million(tables).value.max())}
    if name == "ninety":
        return {"by_column": [f"{share:.1f} ({column})" for column, share in by_column(tables).items()]}
    if name == "china-first":
        rows = outside.counts(tables).set_index("id")
        counted = ("o-china-2010-census", "o-uzbekistan-2017-estimate", "o-russia-2010-census")
        return {"counted": [f"{number(rows.loc[row, 'count'])} ({rows.loc[row, 'label']})" for row in counted]}
    return {}


def by_column(tables: Tables) -> dict[str, float]:
    """Per cent of the hosts of each column of a table in China, Uzbekistan and Russia; of a range, its middle."""
    labels = tables.sources.set_index("source_id")["label"].str.replace(" (", ", ", regex=False).str.removesuffix(")")
    found: dict[str, float] = {}
    for exhibit in ("Table 1", "Table 2"):
        rows = stocks.hosts(stocks.exhibit(tables, exhibit)).dropna(subset=["low"])
        for column, mine in rows.groupby("source_id", sort=False):
            mine = mine.assign(middle=mine[["low", "high"]].mean(axis=1))
            part = mine.loc[mine["place_id"].isin(BIG_THREE), "middle"].sum()
            if part < mine["middle"].sum():  # a column that has no other host is no share
                found[labels[column]] = 100 * part / mine["middle"].sum()
    return found
