"""The paper's estimates beside the nearest count that a census or a statistical office has made."""

from __future__ import annotations

from urllib.parse import unquote

import numpy as np
import pandas as pd
from pydantic import Field

from analysis.chapters import cells
from analysis.chapters.estimates import added_sources
from analysis.computing import outside, stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.asking.results import Result
from edition.charts.against_counts import AgainstCounts
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Source,
    in_words,
    listing,
    none_or_count,
    number,
    quantity,
    sentence_case,
    source_line,
    span,
    with_noun,
    within_brackets,
)


class Benchmark(Chapter):
    """Estimates against counts."""

    years_apart: int = Field(
        ge=1,
        le=20,
        examples=[1, 5, 20],
        description="how many years a count may lie from a dated number to be set against it",
    )
    tolerance_percent: int = Field(
        ge=0,
        le=25,
        examples=[0, 5, 25],
        description="how far a number may lie from a count and still fit it, in per cent",
    )


SEVERAL = 3  # estimates, from which a median says something of whom they are credited to

SAY = Sentences(__name__)


def estimates(tables: Tables, chosen: Benchmark, *, added: bool = False) -> pd.DataFrame:
    """Every estimate beside its count, see `outside.benchmark`; with `credit`: a label, or the table where the column is unclear."""
    found = outside.benchmark(
        tables, years_apart=chosen.years_apart, tolerance_percent=chosen.tolerance_percent, added=added
    )
    unclear = found["caveats"].str.contains("column_unclear")
    credit = tables.credit(found["source_id"], "no credit").mask(unclear, found["exhibit"] + ", column unclear")
    return found.assign(credit=credit + (found["exhibit"] == stocks.ADDED).map({True: " (added)", False: ""}))


def compared(everything: pd.DataFrame) -> pd.DataFrame:
    """Of the `estimates` those that have a count, by place, the furthest off last."""
    found = everything.query("count_id != ''")
    order = {place: n for n, place in enumerate(found["name"].drop_duplicates())}
    return found.sort_values(["name", "off"], key=lambda column: column.map(order) if column.name == "name" else column)


def uncounted(everything: pd.DataFrame) -> pd.DataFrame:
    """Of the `estimates` the hosts without any count of ethnic Kazakhs in the outside table, by `place_id`, `name`."""
    return everything.loc[everything["counts"] == 0, ["place_id", "name"]].drop_duplicates()


def _without_place(counted: str, place: str) -> str:
    """What a count is called where its place is known.

    >>> _without_place("the straight line between China, census of 2000 and China, census of 2010", "China")
    'between the censuses of 2000 and 2010'
    >>> _without_place("China, census of 2000", "China"), _without_place("China, census of 1990 (Xinjiang)", "Xinjiang")
    ('census of 2000', 'China, census of 1990 (Xinjiang)')
    """
    short = counted.replace(f"{place}, ", "").removeprefix("the straight line ")
    first, word, second = short.partition(" and census of ")
    return first.replace("between census of ", "between the censuses of ") + (" and " + second if word else "")


def _exact(found: pd.DataFrame) -> str:
    """Which numbers are those of a count, by place and count."""
    rows = found[(found["off"].abs() < 0.05) & (found["low"] == found["high"])]
    each = []
    for (place, counted), mine in rows.groupby(["name", "counted"], sort=False):
        short = _without_place(str(counted), str(place))
        each.append(
            SAY.say(
                "exact-each",
                numbers=len(mine),
                place=place,
                credits=[within_brackets(credit) for credit in mine["credit"]],
                count="the " + short if short.startswith("census") else "the count of " + short,
            )
        )
    return sentence_case(SAY.say("exact", found=each))


def _source(tables: Tables, found: pd.DataFrame) -> str:
    used = tables.rows("outside", [row for row in dict.fromkeys([*found["count_id"], *found["other_id"]]) if row])
    return source_line(
        found,
        tables,
        ["from outside the paper: " + listing(dict.fromkeys(used["source_id"].map(tables.label)))],
    )


@exhibit
def distances(tables: Tables, chosen: Benchmark) -> Picture:
    """How far each estimate lies from its count."""
    found = compared(estimates(tables, chosen, added=True))
    ends = pd.DataFrame(
        {"off_low": 100 * (found["low"] / found["count"] - 1), "off_high": 100 * (found["high"] / found["count"] - 1)}
    )
    date = found["as_of"].str.replace("/", "–").where(found["as_of"] != "", "no date")
    data = found.assign(**ends, label=found["credit"].str.removesuffix(" data"), group=found["name"])
    years = tables.outside.set_index("id")["as_of"].str[:4]
    counted = [
        "–".join(sorted({years[one] for one in (row.count_id, row.other_id) if one})) for row in found.itertuples()
    ]
    data = data.assign(text=[f"{d} / {c}" for d, c in zip(date, counted, strict=True)])
    worst = found.loc[found["off"].abs().idxmax()]
    keep = [
        "id",
        "group",
        "label",
        "off_low",
        "off_high",
        "fits",
        "text",
        "low",
        "high",
        "as_of",
        "count_id",
        "count",
        "count_year",
        "source_id",
    ]
    return Picture(
        **SAY.exhibit(
            "fig-benchmark",
            estimates=len(found),
            fits=int(found["fits"].sum()),
            tolerance=chosen.tolerance_percent,
            no_lower=found["low"].isna().any(),
            open=bool(found[["low", "high"]].isna().any(axis=None)),
            ranges=bool((found["low"] < found["high"]).any()),
            added=added_sources(tables, found),
            whose=worst["credit"],
            place=worst["name"],
            off=worst["off"],
        ),
        source=_source(tables, found),
        data=data[keep],
        chart=AgainstCounts(tolerance=chosen.tolerance_percent, fits="agrees", misses="misses"),
    )


@exhibit
def estimates_table(tables: Tables, chosen: Benchmark) -> Table:
    """Each estimate, its count, ratio and gap."""
    found = compared(estimates(tables, chosen, added=True))
    shown = pd.DataFrame(
        {
            "Place": found["name"],
            "estimate": [quantity(row.low, row.high, row.qualifier) for row in found.itertuples()],
            "credited to": found["credit"],
            "date": found["as_of"].str.replace("/", "–").where(found["as_of"] != "", "not stated"),
            "nearest count": [
                f"{number(row.count_)} ({within_brackets(_without_place(row.counted, row.name))})"
                for row in found.rename(columns={"count": "count_"}).itertuples()
            ],
            "ratio": [
                span(low, high, 2)
                for low, high in zip(found["low"] / found["count"], found["high"] / found["count"], strict=True)
            ],
            "years apart": [f"{abs(gap):g}" if not np.isnan(gap) else "no date" for gap in found["gap"]],
            "counts it fits": [f"{row.fitting} of {row.counts}" for row in found.itertuples()],
        }
    )
    return Table(
        **SAY.exhibit("tbl-benchmark", middle=found["off"].abs().median(), tolerance=chosen.tolerance_percent),
        source=_source(tables, found),
        data=found,
        shown=shown,
        numeric=("estimate", "ratio", "years apart"),
        stacked=True,
    )


@exhibit
def by_source(tables: Tables, chosen: Benchmark) -> Table:
    """Who is nearest to a count."""
    found = compared(estimates(tables, chosen, added=True))
    grouped = found.assign(far=found["off"].abs()).dropna(subset=["low", "high"]).groupby("credit", sort=False)
    data = grouped.agg(estimates=("id", "size"), fits=("fits", "sum"), middle=("far", "median"), widest=("far", "max"))
    data = data.sort_values(["middle", "widest"], kind="stable").reset_index()
    several = data[data["estimates"] >= SEVERAL]
    first = several if len(several) else data
    shown = pd.DataFrame(
        {
            "Credited to": data["credit"],
            "estimates with a count": data["estimates"].map(number),
            "that agree": data["fits"].map(number),
            "median distance": data["middle"].map(lambda value: f"{value:.1f} %"),
            "largest distance": data["widest"].map(lambda value: f"{value:.1f} %"),
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-benchmark-sources",
            nearest=first["credit"].iloc[0] if len(first) else "",
            several=bool(len(several)),
            no_lower=found["low"].isna().any(),
        ),
        source=_source(tables, found),
        data=data,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
    )


@exhibit
def other_bases(tables: Tables) -> Table:
    """Counts that are not of ethnic Kazakhs, and what they count."""
    found = tables.outside.query("basis in ['ancestry', 'birthplace'] and place_id in ['usa', 'canada']")
    printed = stocks.exhibit(tables, "Table 1").set_index(["place_id", "source_id"])["low"]
    shown = pd.DataFrame(
        {
            "Place": found["place_id"].map(tables.name),
            "year": found["as_of"].str[:4],
            "what is counted": [SAY.say("counted", basis=basis) for basis in found["basis"]],
            "number": [
                quantity(row.low, row.high, "less than" if np.isnan(row.low) else "none") for row in found.itertuples()
            ],
            "Mendikulova 2001": [number(printed[place, "mendikulova_2001"]) for place in found["place_id"]],
            "Tatimov 2003": [number(printed[place, "tatimov_2003"]) for place in found["place_id"]],
        }
    )
    return Table(
        **SAY.exhibit("tbl-benchmark-bases", counts=len(found)),
        source=SAY.say("source-of-bases", sources=dict.fromkeys(found["source_id"].map(tables.label))),
        data=found,
        shown=shown,
        numeric=("number", "Mendikulova 2001", "Tatimov 2003"),
        stacked=True,
    )


@exhibit
def everything(tables: Tables) -> Table:
    """Every fact from outside the paper that this edition uses or keeps beside it, with its source and weight."""
    found = tables.outside.merge(tables.outside_sources.drop(columns="label"), on="source_id", validate="m:1")
    behind, notes = cells.marks(found, tables.meaning)
    shown = pd.DataFrame(
        {
            "Place": found["place_id"].map(tables.name),
            "date": found["as_of"].str.replace("/", "–").where(found["as_of"] != "", "not stated"),
            "kind": found["kind"].str.replace("_", " "),
            "as seen": found["value_text"] + behind,
            "words seen": found["excerpt"],
            "of": found["unit"].str.replace("kazakhs", "Kazakhs"),
            "counted by": found["basis"],
            "made by": found["producer"],
            "seen at": found["seen_at"].map(unquote),  # an address in another script is read as such
            "licence": found["licence"],
            "weight": found["confidence"],
            "remarks": found["note"],
        }
    )
    return Table(
        **SAY.exhibit("tbl-outside", facts=len(found)),
        source=Source.of(SAY.say("source"), tables.outside["source_id"].map(tables.label)),
        data=tables.outside,
        shown=shown,
        notes=notes,
        stacked=True,
        anchors=tuple(found["id"]),
        filters=("Place", "kind", "weight"),
    )


RESULTS = {
    "estimates": Result("count", "estimates"),
    "compared": Result("count", "estimates that have a count to be compared with"),
    "fit": Result("count", "estimates that fit a count"),
    "above": Result("count", "estimates that lie above the count"),
    "below": Result("count", "estimates that lie below the count"),
    "uncounted": Result("count", "countries without a count"),
}


def results(tables: Tables, chosen: Benchmark) -> dict[str, float]:
    """What `RESULTS` declares."""
    everything = estimates(tables, chosen)
    found = compared(everything)
    off = found.loc[~found["fits"], "off"]
    return {
        "estimates": len(everything),
        "compared": len(found),
        "fit": int(found["fits"].sum()),
        "above": int((off > 0).sum()),
        "below": int((off <= 0).sum()),
        "uncounted": len(uncounted(everything)),
    }


def findings(tables: Tables, chosen: Benchmark) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    everything = estimates(tables, chosen)
    found = compared(everything)
    fits = int(found["fits"].sum())
    off = found[~found["fits"]]
    never = everything[(everything["counts"] > 0) & (everything["fitting"] == 0)]
    missing = uncounted(everything)
    above = int((off["off"] > 0).sum())
    worst = found.loc[found["off"].abs().idxmax()]
    values = {
        "whose": worst["credit"],
        "place": worst["name"],
        "percent": f"{abs(worst['off']):.0f}",
        "off": worst["off"],
        "never": len(never),
        "counted": int((everything["counts"] > 0).sum()),
        "fits": fits,
        "above": above,
        "below": len(off) - above,
        "off_count": len(off),
        "tolerance": chosen.tolerance_percent,
    }
    return {
        "estimates": number(len(everything)),
        "compared": number(len(found)),
        "fits": none_or_count(fits),
        "above": none_or_count(above),
        "below": none_or_count(len(off) - above),
        "tolerance": number(chosen.tolerance_percent),
        "years": with_noun(chosen.years_apart, "year"),
        "uncompared": number(len(everything) - len(found)),
        "exact": _exact(found),
        **SAY.all("worst", "near", "further", "never", "off", **values),
        "uncounted": listing(map(tables.the, missing["name"])),
        "uncounted-count": in_words(len(missing)),
        "outside": number(len(outside.counts(tables))),
    }
