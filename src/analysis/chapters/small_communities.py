"""Small communities: the hosts for which the prose has no number, together, and the countries without a number."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.chapters.cells import ESTIMATE
from analysis.chapters.estimates import GIVEN_BY, added_sources
from analysis.computing import outside, stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result, bounded
from edition.charts.estimates import Estimates
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    cited_if_few,
    in_words,
    least_and_most,
    listing,
    multiple,
    none_or_count,
    number,
    percent,
    source_line,
    span,
)


class SmallCommunities(Chapter):
    """Small communities."""

    members: Literal["third category", "without a size", "without a size, and the CIS"] = one_of(
        (
            "which countries count as small: the third category, all countries of Table 1 to which the prose gives "
            "no number, or these and the row for the other CIS states"
        ),
        {
            "third category": "the third category",
            "without a size": "all countries without a number in the prose",
            "without a size, and the CIS": "those countries and the row for the other CIS states",
        },
    )
    lone_numbers: Literal["official", "field", "neither"] = one_of(
        "to which column of Table 2 the lone numbers for Mongolia and Turkey are taken to belong",
        {"official": "to the official data", "field": "to the field study", "neither": "to neither"},
    )
    bound: Literal["lowest", "highest"] = one_of(
        "the end at which the range of the field study is taken",
        {"lowest": "the lowest", "highest": "the highest"},
    )
    others: Literal["beside the named", "in all"] = one_of(
        "whether the row for the other countries counts them beside the named ones or all countries abroad together",
        {"beside the named": "those beside the named ones", "in all": "all countries abroad together"},
    )


SOURCES = {"mendikulova": "mendikulova_2001", "tatimov": "tatimov_2003"}
COLUMNS = {"official": "yermekbay_official", "field": "yermekbay_field", "neither": None}
SIZED = {"china", "uzbekistan", "russia", "mongolia", "xinjiang"}  # hosts of Table 1 to which the prose gives a size
CIS, MONGOLIA = "cis_other", "mongolia"
CLAIM, TURKMENISTAN = "p-abroad-wak-five-million", "p-mongolia-turkmenistan"
BOUND, OTHERS, COUNTRIES = "q-third-group-bound", "q-other-countries-table-2", "q-countries-wak"

SAY = Sentences(__name__)


def numbers(tables: Tables, chosen: SmallCommunities) -> pd.DataFrame:
    """The numbers for all hosts, as the parameters read them, without those of the prose; the added ones too."""
    column = COLUMNS[chosen.lone_numbers]
    rows = stocks.with_added(tables, stocks.rivals(tables, {"mongolia": column, "turkey": column}))
    return bounds.take(rows[rows["given_by"] != "prose"], chosen.bound)


def members(tables: Tables, chosen: SmallCommunities) -> list[str]:
    """The hosts that count as small, in the order of Table 1."""
    if chosen.members == "third category":
        return tables.members("third_category")
    rows = stocks.hosts(stocks.exhibit(tables, "Table 1"))["place_id"].drop_duplicates()
    left_out = SIZED if chosen.members == "without a size, and the CIS" else SIZED | {CIS}
    return rows[~rows.isin(left_out)].to_list()


def compared(tables: Tables, chosen: SmallCommunities) -> pd.DataFrame:
    """The two scholars over the small hosts, see `stocks.side_by_side`; the widest apart in proportion first."""
    rows = stocks.exhibit(tables, "Table 1")
    rows = rows[rows["place_id"].isin(members(tables, chosen))]
    both = stocks.side_by_side(rows, *SOURCES.values())
    return both.sort_values("ratio", ascending=False, kind="stable", ignore_index=True)


def sums(tables: Tables, chosen: SmallCommunities) -> pd.DataFrame:
    """The small hosts together, scholar by scholar, in persons.

    Returns:
        `given_by`, `small` (sum of the members), `total` (printed), `cis`, `mongolia` (rows of Table 1),
        `unnamed` (all hosts of Table 1 to which the prose gives no size, with the row for the CIS less the
        number that the prose has for Turkmenistan).
    """
    rows = stocks.exhibit(tables, "Table 1")
    turkmenistan = tables.low(TURKMENISTAN)
    found = []
    for given_by, source in SOURCES.items():
        mine = stocks.credited(rows, source).set_index("place_id")["low"]
        rest = mine.drop([stocks.HOME, stocks.TOTAL, *SIZED & set(mine.index)])
        found.append(
            {
                "given_by": given_by,
                "small": mine[members(tables, chosen)].sum(),
                "total": mine[stocks.TOTAL],
                "cis": mine[CIS],
                "mongolia": mine[MONGOLIA],
                "unnamed": rest.sum() - turkmenistan,
            }
        )
    return pd.DataFrame(found)


def named(tables: Tables) -> int:
    """How many countries abroad Table 2 names, beside its row for the others."""
    rows = stocks.exhibit(tables, "Table 2")["place_id"].drop_duplicates()
    return int((~rows.isin([stocks.HOME, "other_43"])).sum())


def gap(tables: Tables, chosen: SmallCommunities) -> pd.DataFrame:
    """What is missing to the five million that are claimed, column by column, and how many countries could hold it.

    Returns:
        `given_by`, `sum` (persons), `missing` (persons), `named` (countries with a number of their own),
        `countries` (without one), `each` (persons per country).
    """
    claimed = tables.low(CLAIM)
    every = int(tables.low(OTHERS)) + (named(tables) if chosen.others == "beside the named" else 0)
    rows = stocks.printed(numbers(tables, chosen))
    rows = rows[rows["place_id"] != "xinjiang"]
    found = rows.groupby("given_by", sort=False).agg(
        sum=("low", "sum"), named=("place_id", lambda ids: (ids != CIS).sum())
    )
    found = found.assign(missing=claimed - found["sum"], countries=every - found["named"])
    return found.assign(each=found["missing"] / found["countries"]).reset_index()


@exhibit
def two_scholars(tables: Tables, chosen: SmallCommunities) -> Picture:
    """The small hosts in both scholars' columns, and in Table 2 where it has them."""
    both = compared(tables, chosen)
    cells = numbers(tables, chosen)
    cells = cells[cells["place_id"].isin(both["place_id"])]
    cells = cells.assign(order=cells["place_id"].map(list(both["place_id"]).index)).sort_values("order", kind="stable")
    limit = float(tables.number("q-third-group-bound")["high"])
    factors = [(row.name, f"× {multiple(row.ratio)}") for row in both.itertuples(index=False)]
    present = [(name, label) for name, label in GIVEN_BY.items() if name in set(cells["given_by"])]

    ends_of = tables.quantities[tables.quantities["id"] == "q-third-group-bound"]
    return Picture(
        **SAY.exhibit(
            "fig-small-scholars",
            widest=tables.the(both["name"].iloc[0]),
            times=factors[0][1].removeprefix("× "),
            numbers=len(cells),
            told=list(both[["name", "left_low", "right_low"]].itertuples(index=False)),
            added=added_sources(tables, cells),
        ),
        source=source_line(pd.concat([cells, ends_of]), tables),
        data=cells.rename(columns={"name": "place"}).assign(series=cells["given_by"])[ESTIMATE],
        chart=Estimates(
            series=tuple(present),
            unit="Kazakhs",
            beside=tuple(factors),
            limits=((limit, f"third category: below {number(limit)}"),),
        ),
    )


@exhibit
def together(tables: Tables, chosen: SmallCommunities) -> Table:
    """The small hosts added up, beside what the prose does name."""
    found = sums(tables, chosen)
    names = {
        "small": "small communities together",
        "share": "their share of the printed total",
        "cis": "row for other CIS states",
        "mongolia": "Mongolia",
        "unnamed": "countries without a number in the prose, and other CIS states without Turkmenistan",
    }
    told = found.assign(share=[percent(row.small, row.total) for row in found.itertuples()]).set_index("given_by").T
    shown = told.loc[list(names)].map(lambda value: value if isinstance(value, str) else number(value))
    shown = shown.rename(index=names, columns=GIVEN_BY).rename_axis(index="Of Table 1", columns=None).reset_index()
    used = tables.stocks[tables.stocks["exhibit"].eq("Table 1") | tables.stocks["id"].eq(TURKMENISTAN)]
    return Table(
        **SAY.exhibit(
            "tbl-small-together",
            sums=[f"{number(row.small)} by {GIVEN_BY[row.given_by][:-5]}" for row in found.itertuples()],
            members=chosen.members,
            turkmenistan=tables.low(TURKMENISTAN),
        ),
        source=source_line(stocks.hosts(used), tables),
        data=found,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
    )


@exhibit
def to_fill(tables: Tables, chosen: SmallCommunities) -> Table:
    """What each country without a number would have to hold."""
    found = gap(tables, chosen)
    shown = pd.DataFrame(
        {
            "Column": found["given_by"].map(GIVEN_BY),
            "numbers printed, added": found["sum"].map(number),
            "missing": found["missing"].map(number),
            "countries left": found["countries"].map(number),
            "each, on average": found["each"].map(number),
        }
    )
    claim = tables.stocks[tables.stocks["id"] == CLAIM]
    others = tables.quantities[tables.quantities["id"] == OTHERS]
    return Table(
        **SAY.exhibit(
            "tbl-small-gap",
            claimed=claim["low"].iloc[0],
            least=found["missing"].min(),
            most=found["missing"].max(),
            others=chosen.others,
            count=int(others["low"].iloc[0]),
            named=named(tables),
        ),
        source=source_line(pd.concat([stocks.printed(numbers(tables, chosen)), claim, others]), tables),
        data=found,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
        stacked=True,
        verdict="not determinable from what is printed",
    )


RESULTS = {
    "hosts": Result("count", "countries that count as small"),
    "sum-mendikulova": Result("persons", "Mendikulova's numbers for them, added"),
    "sum-tatimov": Result("persons", "Tatimov's numbers for them, added"),
    "widest-ratio": Result(
        "ratio", "larger of the scholars' numbers for one country as a multiple of the smaller, where it is widest"
    ),
    **bounded("missing", "persons", "what the columns lack to the five million that are claimed"),
    **bounded("each", "persons", "what is missing, for each country without a number"),
}


def results(tables: Tables, chosen: SmallCommunities) -> dict[str, float]:
    """What `RESULTS` declares."""
    both, found, short = compared(tables, chosen), sums(tables, chosen), gap(tables, chosen)
    return {
        "hosts": len(both),
        **{f"sum-{row.given_by}": float(row.small) for row in found.itertuples()},
        "widest-ratio": float(both["ratio"].iloc[0]),
        **bounds.by_name({name: bounds.Span(short[name].min(), short[name].max()) for name in ("missing", "each")}),
    }


def findings(tables: Tables, chosen: SmallCommunities) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    both, found, short = compared(tables, chosen), sums(tables, chosen), gap(tables, chosen)
    by = found.set_index("given_by")
    limit = float(tables.number(BOUND)["high"])
    others, claimed = int(tables.low(OTHERS)), int(tables.low(COUNTRIES))
    widest = both.iloc[0]
    table_1 = stocks.exhibit(tables, "Table 1")
    least, most = least_and_most(table_1[table_1["place_id"] == widest["place_id"]])
    cis = table_1[table_1["place_id"] == CIS]
    third = table_1[table_1["place_id"].isin(tables.members("third_category"))]
    reached = third[third["low"] >= limit]
    higher = {source: both.loc[both["higher"] == source, "name"].map(tables.the) for source in SOURCES.values()}
    turkmenistan = tables.low(TURKMENISTAN)
    ancestry = tables.outside.query("basis == 'ancestry' and kind == 'census_count' and place_id in @both.place_id")
    return {
        "hosts": in_words(len(both)),
        "members": chosen.members,
        "sum-mendikulova": number(by.loc["mendikulova", "small"]),
        "sum-tatimov": number(by.loc["tatimov", "small"]),
        "share-mendikulova": percent(by.loc["mendikulova", "small"], by.loc["mendikulova", "total"]),
        "share-tatimov": percent(by.loc["tatimov", "small"], by.loc["tatimov", "total"]),
        "widest": tables.the(widest["name"]),
        "widest-low": least,
        "widest-high": most,
        "widest-ratio": multiple(widest["ratio"]),
        "doubled": none_or_count(int((both["ratio"] >= 2).sum())),
        "mendikulova-higher": listing(higher[SOURCES["mendikulova"]]) or "none of them",
        "tatimov-higher": listing(higher[SOURCES["tatimov"]]) or "none of them",
        "limit": Cited.of(number(limit), BOUND),
        "reached": cited_if_few(
            listing(
                f"{tables.the(row.name)} with {number(row.low)} ({tables.label[row.source_id]})"
                for row in reached.itertuples(index=False)
            )
            or "none of them",
            reached["id"],
        ),
        "cis": cited_if_few(listing(map(number, cis["low"])), cis["id"]),
        "unnamed": listing(number(value) for value in found["unnamed"]),
        "turkmenistan": Cited.of(number(turkmenistan), TURKMENISTAN),
        "unnamed-share": listing(percent(row.unnamed, row.total) for row in found.itertuples()),
        "others": Cited.of(number(others), OTHERS),
        "claimed-countries": Cited.of(number(claimed), COUNTRIES),
        "named": in_words(named(tables)),
        "with-named": number(others + named(tables)),
        "without-named": number(claimed - named(tables)),
        "claim": Cited.of(number(tables.low(CLAIM)), CLAIM),
        "missing": span(short["missing"].min(), short["missing"].max()),
        "each": span(round(short["each"].min(), -2), round(short["each"].max(), -2)),
        **SAY.all(
            cis_more=(found["cis"] > found["small"]).all(),
            unnamed_more=(found["unnamed"] > turkmenistan).all(),
            same_countries=others + named(tables) == claimed,
            members=chosen.members,
            others=chosen.others,
            each_above=(short["each"] > limit).all(),
        ),
        "third-count": in_words(third["place_id"].nunique()),
        "ancestry": cited_if_few(
            listing(
                f"{'fewer than ' + number(row.high) if pd.isna(row.low) else number(row.low)} in {tables.the(tables.name[row.place_id])} ({row.as_of})"
                for row in ancestry.itertuples()
            )
            or "none",
            ancestry["id"],
        ),
        "uncounted": listing(
            tables.the(tables.name[p])
            for p in both["place_id"]
            if p not in set(outside.counts(tables)["place_id"]) and p != CIS
        )
        or "none",
    }
