"""The world total: what is claimed, what the printed numbers reach, and the share abroad that follows."""

from __future__ import annotations

import itertools
from typing import Literal

import numpy as np
import pandas as pd

from analysis.chapters.estimates import added_sources
from analysis.claims import headlines
from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result, bounded
from edition.charts.answers import Answers
from edition.charts.grid import Grid
from edition.claims.verdicts import IN_PART
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers import bounds
from edition.numbers.bounds import Span
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    NBSP,
    Cited,
    cite,
    in_words,
    least_and_most,
    listing,
    number,
    ordinal,
    percent,
    quantity,
    source_line,
    span,
)


class WorldTotal(Chapter):
    """The world total."""

    reading: Literal["lowest", "highest"] = one_of(
        "whether the share abroad is told for the lowest or the highest number of Kazakhs abroad",
        {"lowest": "the lowest number", "highest": "the highest number"},
    )


ABROAD = ["t1-abroad-mendikulova", "t1-abroad-tatimov", "p-abroad-wak-five-million", "p-abroad-wak-over-five-million"]
HOMES = ["t1-kazakhstan-mendikulova", "t2-kazakhstan-official", "p-kazakhstan-nine-million"]
WORLD = "p-world-mendikulova"
CLAIMS = ["s-abroad-one-third", "s-abroad-wak", "s-abroad-mamashev"]
SHARES = ("one-third", "thirty-to-thirty-five", "thirty")  # the same claims, by their names in the multiverse

SAY = Sentences(__name__)


def label(tables: Tables, row: pd.Series) -> str:
    """A number with whom it is credited to."""
    credit = tables.label[row["source_id"]] + (", added" if row["table"] == stocks.ADDED else "")
    return f"{quantity(row['low'], row['high'], row['qualifier'])} ({credit})"


def grid(tables: Tables, *, added: bool = False) -> pd.DataFrame:
    """Every number abroad against every number at home; open bounds are taken at the number printed.

    Args:
        added: whether the numbers of the reader's own source are among them, a range with each of its ends.

    Returns:
        `abroad_id`, `home_id`, `abroad`, `home` (persons), `percent` (abroad in all), `repeats` (bool: an earlier
        row has the same two numbers, which the paper prints more than once).
    """
    more_abroad, more_homes = (
        stocks.added_of(tables, place)["id"] if added else [] for place in (stocks.TOTAL, stocks.HOME)
    )
    pairs = [
        (abroad, home, *values)
        for home in [*HOMES, *more_homes]
        for abroad in [*ABROAD, *more_abroad]
        for values in itertools.product(_values(tables, abroad), _values(tables, home))
        if sum(values)
    ]
    data = pd.DataFrame(pairs, columns=["abroad_id", "home_id", "abroad", "home"])
    return data.assign(
        percent=100 * data["abroad"] / (data["abroad"] + data["home"]), repeats=data.duplicated(["abroad", "home"])
    )


def within(tables: Tables) -> dict[str, pd.DataFrame]:
    """The pairs of different numbers whose share, to the nearest per cent, is one that a claim states; by claim."""
    pairs = grid(tables).query("not repeats")
    nearest = pairs["percent"].round()
    return {row.id: pairs[nearest.between(round(row.low), round(row.high))] for row in claims(tables).itertuples()}


def claims(tables: Tables) -> pd.DataFrame:
    """The shares that the paper states, in per cent."""
    rows = tables.rows("shares", CLAIMS)
    return rows.assign(label=rows["source_id"].map(tables.label))


@exhibit
def totals(tables: Tables) -> Table:
    """The totals that are claimed, and what the numbers for single hosts reach."""
    printed = tables.rows("stocks", [*ABROAD, WORLD])
    added = stocks.added_of(tables, *printed["place_id"])
    rows = pd.concat([printed, added], ignore_index=True) if len(added) else printed
    low, high = stocks.sum_range(tables)
    kinds = {"world": "all Kazakhs, at home and abroad", stocks.TOTAL: "Kazakhs abroad"}
    mark = (rows["exhibit"] == stocks.ADDED).map({True: " (added, not the paper's)", False: ""})
    shown = pd.DataFrame(
        {
            "Number of": rows["place_id"].map(kinds) + mark,
            "persons": [quantity(row.low, row.high, row.qualifier) for row in rows.itertuples()],
            "date": rows["as_of"].str.replace("/", "–").replace("", "not stated"),
            "credited to": rows["source_id"].map(tables.label),
        }
    )
    last = pd.DataFrame(
        [
            ["countries added, smallest to largest choice", span(low, high), "mixed", "computed"],
            ["all Kazakhs, less those at home", span(*_less_home(tables)), "mixed", "computed"],
        ],
        columns=shown.columns,
    )
    return Table(
        **SAY.exhibit(
            "tbl-world-totals",
            least=low,
            most=high,
            claimed=_most(tables.rows("stocks", ABROAD)),
            added=added_sources(tables, rows),
        ),
        source=source_line(pd.concat([rows, tables.rows("stocks", HOMES), stocks.rivals(tables)]), tables),
        data=rows,
        shown=pd.concat([shown, last], ignore_index=True),
        numeric=("persons",),
        verdict=headlines.verdict(tables, "five-million"),
    )


def _said_by(tables: Tables, data: pd.DataFrame, column: str) -> pd.Series:
    """For each number of a column, the number and below it all to whom the paper credits it, or who adds it; the table alone
    where it is unclear whose column it stands in.
    """
    rows = tables.numbers.loc[data[f"{column}_id"]]
    printed = tables.stocks.set_index("id")
    unclear = printed["exhibit"].where(printed["caveats"].str.contains("column_unclear")).reindex(rows.index)
    who = unclear.fillna(rows["source_id"].map(tables.label)) + np.where(
        rows.index.isin(tables.added["id"]), " (added)", ""
    )
    names = (
        pd.Series(who.to_numpy(), index=data.index).groupby(data[column]).agg(lambda some: listing(dict.fromkeys(some)))
    )
    return data[column].map(lambda value: f"{number(value)}\n{names[value]}")


@exhibit
def share_abroad(tables: Tables, chosen: WorldTotal) -> Picture:
    """The share abroad for every number abroad against every number at home, with those within the range claimed marked."""
    every = grid(tables, added=True)
    mine = stocks.added_of(tables, stocks.TOTAL, stocks.HOME)
    stated, fits = claims(tables), within(tables)
    band = stated.set_index("id").loc["s-abroad-wak"]
    every = every.assign(row=_said_by(tables, every, "home"), column=_said_by(tables, every, "abroad"))
    data = every.drop_duplicates(["abroad", "home"]).sort_values(["home", "abroad"], kind="stable", ignore_index=True)
    nearest = data["percent"].round()
    single = {row.id: (round(row.low), round(row.high)) for row in stated.itertuples() if row.id != "s-abroad-wak"}
    words = {"s-abroad-one-third": "a third", "s-abroad-mamashev": f"{single['s-abroad-mamashev'][0]} %"}
    data = data.assign(
        inside=nearest.between(round(band["low"]), round(band["high"])),
        also=[
            ", ".join(f"≈ {words[row_id]}" for row_id, (low, high) in single.items() if low <= value <= high)
            for value in nearest
        ],
        meaning=(data["abroad_id"].isin(mine["id"]) | data["home_id"].isin(mine["id"])).map(
            {True: "added", False: "total"}
        ),
    )
    own = data[data["meaning"] != "added"]
    used = pd.concat([tables.stocks[tables.stocks["id"].isin([*ABROAD, *HOMES])], stated, mine])
    told = {headlines.verdict(tables, name) for name in SHARES}
    claimed = span(round(band["low"]), round(band["high"]))
    by_home = data.groupby("row", sort=False)["percent"].agg(["min", "max"])

    return Picture(
        **SAY.exhibit(
            "fig-share-abroad",
            hits=len(fits["s-abroad-wak"]),
            pairs=len(own),
            claimed=claimed,
            added=len(own) < len(data),
            lone=number(tables.low(HOMES[0])),
            by_home=[
                (home.replace("\n", ", "), f"{least:.1f}", f"{most:.1f}") for home, least, most in by_home.itertuples()
            ],
            claims=[span(row.low, row.high) for row in stated.itertuples()],
        ),
        verdict=told.pop() if len(told) == 1 else IN_PART,
        source=source_line(used, tables),
        data=data,
        chart=Grid(
            unit="Kazakhs abroad as a part of all Kazakhs",
            rows="at home",
            columns="abroad",
            inside=f"within the {claimed} % claimed",
            colour="claimed",
        ),
    )


@exhibit
def own_shares(tables: Tables) -> Table:
    """The share abroad that each set of numbers makes with its own number for Kazakhstan."""
    found, mine = stocks.own_shares(tables), stocks.added_shares(tables)
    paragraph = _share_of_lower_limits(tables)
    rows = [(name, share.low, share.high) for name, share in found.items()]
    more = [(f"{tables.label[source]} (added)", share.low, share.high) for source, share in mine.items()]
    data = pd.DataFrame(
        [*rows, (SAY.say("lower-limits", **_lower_limits(tables)), paragraph, paragraph), *more],
        columns=["set", "low", "high"],
    )
    sets = stocks.printed_sets(tables).values()
    used = tables.stocks[tables.stocks["id"].isin([ABROAD[3], HOMES[2], *(home for _, home in sets)])]
    added = stocks.added_of(tables, stocks.TOTAL, stocks.HOME).query("source_id in @mine")
    return Table(
        **SAY.exhibit(
            "tbl-own-shares",
            least=round(data["low"].min(), 1),
            most=round(data["high"].max(), 1),
            lone=[tables.name[place] for place in ("mongolia", "turkey")],
        ),
        source=source_line(pd.concat([*(abroad for abroad, _ in sets), used, added]).drop_duplicates("id"), tables),
        data=data,
        shown=pd.DataFrame(
            {
                "Numbers of": data["set"],
                "abroad": [f"{span(round(row.low, 1), round(row.high, 1), 1)} %" for row in data.itertuples()],
            }
        ),
        numeric=("abroad",),
    )


@exhibit
def answers(tables: Tables) -> Picture:
    """How many Kazakhs live abroad: a bar for everyone the paper has an answer from, then what its other numbers give."""
    printed, mine = tables.rows("stocks", ABROAD), stocks.added_of(tables, stocks.TOTAL)
    rows = pd.concat([printed, mine], ignore_index=True) if len(mine) else printed
    added = rows["exhibit"] == stocks.ADDED
    who = rows["source_id"].map(tables.label) + added.map({True: " (added)", False: ""})
    meaning = rows["source_id"].map({"mendikulova_2001": "mendikulova", "tatimov_2003": "tatimov"})
    stated = rows.assign(
        label=[
            f"{name}, for {year}" if year else f"{name}, no date"
            for name, year in zip(who, rows["as_of"].str.replace("/", "–"), strict=True)
        ],
        text=[quantity(row.low, row.high, row.qualifier) for row in rows.itertuples()],
        meaning=meaning.fillna("prose").mask(added, "added"),
    )
    kept = ["id", "source_id", "as_of", "exhibit", "locator", "label", "text", "low", "high", "meaning"]
    twice = stated["label"].duplicated(keep=False)
    which = stated.groupby("label").cumcount().add(1).map(ordinal)
    stated = stated.assign(label=stated["label"].mask(twice, stated["label"] + ", " + which + " mention"))
    stated = stated.loc[bounds.close(rows).sort_values("high", kind="stable").index, kept]
    low, high = stocks.sum_range(tables)
    found = pd.DataFrame(
        [
            ["countries added up, smallest or largest number of each", *map(float, (low, high))],
            ["all Kazakhs of the world, less those at home", *_less_home(tables)],
        ],
        columns=["label", "low", "high"],
    )
    found = found.assign(text=[_millions(row.low, row.high) for row in found.itertuples()], meaning="computed")
    data = pd.concat([stated, found], ignore_index=True)
    used = tables.stocks[tables.stocks["id"].isin([*ABROAD, WORLD, *HOMES])]
    return Picture(
        **SAY.exhibit(
            "fig-answers",
            least=printed["low"].min(),
            most=_most(printed),
            stated=list(stated[["label", "text"]].itertuples(index=False)),
            computed=[f"{row.label}, {span(row.low, row.high)}" for row in found.itertuples()],
            added=added_sources(tables, mine),
        ),
        source=source_line(pd.concat([used, stocks.rivals(tables), mine]).drop_duplicates("id"), tables),
        data=data,
        chart=Answers(unit="Kazakhs outside Kazakhstan", computed="computed from the paper’s other numbers"),
    )


def _less_home(tables: Tables) -> Span:
    """All Kazakhs of the world as printed, less the largest and less the smallest number at home."""
    world, homes = _value(tables, WORLD), [_value(tables, home) for home in HOMES]
    return Span(world - max(homes), world - min(homes))


def _lower_limits(tables: Tables) -> dict[str, Cited]:
    """The two lower limits that the section on the present state prints, as they stand there."""
    return {"abroad": cite(tables.numbers, ABROAD[3]), "home": cite(tables.numbers, HOMES[2])}


def _share_of_lower_limits(tables: Tables) -> float:
    """The share abroad that the same two make, in per cent."""
    return 100 * tables.low(ABROAD[3]) / (tables.low(ABROAD[3]) + tables.low(HOMES[2]))


def _most(printed: pd.DataFrame) -> str:
    """The largest of some numbers, as printed."""
    most = printed.loc[bounds.close(printed)["high"].idxmax()]
    over = printed[printed["qualifier"].eq("over") & (printed["low"] >= most["low"])]
    return quantity(*(over.iloc[-1] if len(over) else most)[["low", "high", "qualifier"]])


def _value(tables: Tables, row_id: str) -> float:
    """A number as printed; where a bound is open, the one that is not."""
    return _values(tables, row_id)[0]


def _values(tables: Tables, row_id: str) -> list[float]:
    """A number as printed, or the ends of a range; where a bound is open, the one that is not."""
    ends = tables.number(row_id)[["low", "high"]].astype("float64").dropna()
    return list(dict.fromkeys(map(float, ends)))


def _millions(low: float, high: float) -> str:
    return f"{low / 1e6:.1f}–{high / 1e6:.1f} million"


def shares_abroad(tables: Tables, chosen: WorldTotal) -> pd.Series:
    """The shares abroad, in per cent, that follow from the number abroad chosen."""
    data = grid(tables).query("not repeats")
    pick = data["abroad"].min() if chosen.reading == "lowest" else data["abroad"].max()
    return data.loc[data["abroad"] == pick, "percent"]


RESULTS = {
    **bounded("reach", "persons", "sum of the countries"),
    **bounded("share", "per cent", "share of all Kazakhs who live abroad"),
    "claimed": Result("persons", "people abroad, as the paper claims"),
}


def results(tables: Tables, chosen: WorldTotal) -> dict[str, float]:
    """What `RESULTS` declares."""
    share = shares_abroad(tables, chosen)
    ends_of = {
        "reach": Span(*map(float, stocks.sum_range(tables))),
        "share": Span(float(share.min()), float(share.max())),
    }
    return {**bounds.by_name(ends_of), "claimed": tables.low(ABROAD[2])}


def findings(tables: Tables, chosen: WorldTotal) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    low, high = stocks.sum_range(tables)
    claimed = tables.low(ABROAD[2])
    data, share = grid(tables).query("not repeats"), shares_abroad(tables, chosen)
    fits, apart, band = within(tables), _less_home(tables), tables.number("s-abroad-wak")
    return {
        "claims": in_words(len(ABROAD) + 1),
        "claims-abroad": in_words(len(ABROAD)),
        "lowest": least_and_most(tables.rows("stocks", ABROAD))[0],
        "claimed": Cited.of(number(claimed), ABROAD[2]),
        "most": Cited.of(_most(tables.rows("stocks", ABROAD)), ABROAD[3]),
        "reach-low": number(low),
        "reach-high": number(high),
        "pairs": in_words(len(data)),
        "share-low": f"{data['percent'].min():.0f}",
        "share-high": f"{data['percent'].max():.0f}",
        "reading": chosen.reading,
        "told-low": f"{share.min():.0f}",
        "told-high": f"{share.max():.0f}",
        **SAY.all(
            short=claimed - high,
            claimed=number(claimed),
            claimed_number=claimed,
            apart=_millions(*apart),
            most_apart=apart.high,
            pairs=len(data),
            third=[(number(row.abroad), number(row.home)) for row in fits["s-abroad-one-third"].itertuples()],
            band=len(fits["s-abroad-wak"]),
            thirty=len(fits["s-abroad-mamashev"]),
            **_lower_limits(tables),
        ),
        "five-million-verdict": headlines.verdict(tables, "five-million"),
        "by-all-of-these": SAY.say(
            "by-all-of-these",
            **{
                said: headlines.verdict(tables, name)
                for said, name in zip(("third", "band", "thirty"), SHARES, strict=True)
            },
        ),
        "home-needed": _millions(*stocks.home_needed(tables, ABROAD[2], "s-abroad-wak")),
        "own-shares": listing(
            f"{span(round(share.low, 1), round(share.high, 1), 1)}{NBSP}% ({name})"
            for name, share in stocks.own_shares(tables).items()
        ),
        "third-stated": Cited.of(f"{round(tables.low(CLAIMS[0]))}", CLAIMS[0]),
        "world": cite(tables.numbers, WORLD),
        "lower-limits-share": percent(_share_of_lower_limits(tables), 100),
        "band-stated": Cited.of(f"{span(band['low'], band['high'])}{NBSP}%", "s-abroad-wak"),
        "thirty-stated": Cited.of(f"{tables.low(CLAIMS[2]):g}{NBSP}%", CLAIMS[2]),
        "world-less-home": number(tables.low(WORLD) - tables.low(HOMES[1])),
    }
