"""Table 1: Mendikulova's estimates beside Tatimov's."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.chapters.cells import ESTIMATE, as_printed, years_in_words
from analysis.claims import headlines
from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.charts.estimates import Estimates
from edition.claims.verdicts import BY_ITSELF, IN_PART, REPRODUCED
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    cite,
    in_words,
    least_and_most,
    listing,
    number,
    percent,
    quantity,
    signed,
    source_line,
)


class Table1(Chapter):
    """Table 1: two scholars' estimates."""

    kazakhstan_column: Literal["mendikulova", "tatimov", "neither"] = one_of(
        "whose the lone number for Kazakhstan is taken to be",
        {"mendikulova": "Mendikulova's", "tatimov": "Tatimov's", "neither": "neither scholar's"},
    )
    largest: int = Field(ge=1, le=12, description="how many of the largest communities to add up")


PRINTED = "Table 1"
PRESENT = [
    "p-russia-present",
    "p-uzbekistan-2017",
    "p-china-present",
]  # the three hosts in the section on the present state
SCHOLARS = {"mendikulova_2001": "Mendikulova", "tatimov_2003": "Tatimov"}
MEANING = {"mendikulova_2001": "mendikulova", "tatimov_2003": "tatimov"}
LEFT, RIGHT = SCHOLARS

SAY = Sentences(__name__)


def settled_cells(tables: Tables, chosen: Table1) -> pd.DataFrame:
    """The table's numbers, the lone one for Kazakhstan settled as chosen."""
    source = {name.lower(): source_id for source_id, name in SCHOLARS.items()}.get(chosen.kazakhstan_column)
    return stocks.assign_lone(stocks.exhibit(tables, PRINTED), {stocks.HOME: source})


def compared(tables: Tables, chosen: Table1) -> pd.DataFrame:
    """The two scholars host by host; see `stocks.side_by_side`."""
    return stocks.side_by_side(stocks.hosts(settled_cells(tables, chosen)), LEFT, RIGHT)


def totals(tables: Tables, chosen: Table1) -> pd.DataFrame:
    """Sums against printed totals.

    Returns:
        One row per scholar: `scholar`, `printed`, `hosts` (sum of host rows), `with_home` (the same with the lone
        number for Kazakhstan, where it is taken to be this scholar's), `if_home` (as if it were), `largest` (names),
        `largest_count` (of communities, level ones included), `largest_sum` (persons).
    """
    cells = settled_cells(tables, chosen)
    lone = stocks.exhibit(tables, PRINTED).query("place_id == @stocks.HOME")["low"].max()
    found = []
    for source, name in SCHOLARS.items():
        mine = stocks.credited(cells, source)
        top, hosts = stocks.largest(mine, chosen.largest), stocks.total(cells, source).low
        found.append(
            {
                "scholar": name,
                "printed": float(mine.loc[mine["place_id"] == stocks.TOTAL, "low"].iloc[0]),
                "hosts": hosts,
                "with_home": stocks.total(cells, source, home=True).low,
                "if_home": hosts + float(lone),
                "largest": listing(top["name"].map(tables.the)),
                "largest_count": len(top),
                "largest_sum": float(top["low"].sum()),
            }
        )
    return pd.DataFrame(found)


@exhibit
def printed(tables: Tables) -> Table:
    """Table 1 as the paper prints it, cell by cell."""
    cells = stocks.exhibit(tables, PRINTED)
    labels = cells["locator"].str.extract(r"row (.*), column (.*)")
    shown, notes = as_printed(
        cells.assign(row=labels[0], column=labels[1]),
        tables.meaning,
        first="Countries",
        columns={"Mendikulova": "Mendikulova G. (as in 2001)", "Tatimov": "Tatimov M. (as in 2003)"},
    )
    return Table(
        **SAY.exhibit("tbl-table-1-printed", rows=len(shown)),
        reproduces=PRINTED,
        source=source_line(cells, tables),
        data=cells,
        shown=shown,
        notes=notes,
        numeric=tuple(shown.columns[1:]),
    )


@exhibit
def side_by_side(tables: Tables, chosen: Table1) -> Picture:
    """Who puts each community at how many."""
    cells = stocks.hosts(settled_cells(tables, chosen))
    order = cells.groupby("place_id")["low"].max().sort_values(ascending=False).index
    cells = cells.set_index("place_id").loc[order].reset_index()
    data = cells.rename(columns={"name": "place"}).assign(series=cells["source_id"].map(MEANING))
    both = compared(tables, chosen)
    apart = both.loc[both["ratio"].idxmax()]
    higher = [(name, both.loc[both["higher"] == source, "name"].map(tables.the)) for source, name in SCHOLARS.items()]
    return Picture(
        **SAY.exhibit(
            "fig-table-1-scholars",
            left=SCHOLARS[LEFT],
            left_year=years_in_words(cells, LEFT),
            right=SCHOLARS[RIGHT],
            right_year=years_in_words(cells, RIGHT),
            apart=tables.the(apart["name"]),
            by_left=apart["left_low"],
            by_right=apart["right_low"],
            higher=[(name, countries) for name, countries in higher if len(countries)],
        ),
        source=source_line(cells, tables),
        data=data[ESTIMATE],
        chart=Estimates(
            series=tuple(
                (MEANING[source], f"{name}, as in {years_in_words(cells, source)}") for source, name in SCHOLARS.items()
            ),
            unit="Kazakhs",
        ),
    )


def _texts(tables: Tables, source: str) -> dict[str, str]:
    """One scholar's numbers with the words that qualify them, by place."""
    cells = stocks.credited(stocks.exhibit(tables, PRINTED), source)
    return {row.place_id: quantity(row.low, row.high, row.qualifier) for row in cells.itertuples()}


@exhibit
def differences(tables: Tables, chosen: Table1) -> Table:
    """The two scholars' difference, host by host."""
    both = compared(tables, chosen)

    shown = pd.DataFrame(
        {
            "Country": both["name"],
            "higher": both["higher"].map(SCHOLARS),
            SCHOLARS[LEFT]: both["place_id"].map(_texts(tables, LEFT)),
            SCHOLARS[RIGHT]: both["place_id"].map(_texts(tables, RIGHT)),
            "difference": both["difference_low"].map(signed),
            "ratio": both["ratio"].map(lambda r: f"{r:.2f}"),
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-table-1-differences",
            left=SCHOLARS[LEFT],
            left_higher=int((both["higher"] == LEFT).sum()),
            right=SCHOLARS[RIGHT],
            right_higher=int((both["higher"] == RIGHT).sum()),
        ),
        verdict=_verdict(both["higher"] != ""),
        source=source_line(stocks.hosts(settled_cells(tables, chosen)), tables),
        data=both,
        shown=shown,
        numeric=(SCHOLARS[LEFT], SCHOLARS[RIGHT], "difference", "ratio"),
        stacked=True,
    )


def _verdict(agree: pd.Series) -> str:
    """What comes of a statement that each row bears out, or does not: that the scholars' numbers do not match."""
    return REPRODUCED if agree.all() else IN_PART if agree.any() else BY_ITSELF


def _largest(chosen: Table1) -> str:
    return SAY.say("ranked", largest=chosen.largest)


@exhibit
def sums(tables: Tables, chosen: Table1) -> Table:
    """The column sums, with and without Kazakhstan, and what the largest communities make of them."""
    both = totals(tables, chosen)
    taken = chosen.kazakhstan_column
    items = {
        "total as printed": both["printed"].map(number),
        "sum of the countries": both["hosts"].map(number),
        "the same with Kazakhstan, if its number is of this column": both["if_home"].map(number),
        **({SAY.say("sum-used", kazakhstan_column=taken): both["with_home"].map(number)} if taken != "neither" else {}),
        _largest(chosen): both["largest"],
        "Kazakhs there": both["largest_sum"].map(number),
        "share of the printed total": [percent(row.largest_sum, row.printed) for row in both.itertuples()],
    }
    shown = pd.DataFrame({item: list(values) for item, values in items.items()}, index=both["scholar"].to_list()).T
    shown = shown.rename_axis("Sum").reset_index()
    return Table(
        **SAY.exhibit("tbl-table-1-sums", exact=(both["printed"] == both["hosts"]).all()),
        verdict=_verdict(both["printed"] == both["hosts"]),
        source=source_line(settled_cells(tables, chosen), tables),
        data=both,
        shown=shown,
        numeric=tuple(SCHOLARS.values()),
    )


RESULTS = {
    f"{name.lower()}-{what}": result
    for name, theirs in {"Mendikulova": "her", "Tatimov": "his"}.items()
    for what, result in {
        "printed": Result("persons", f"{name}'s total as printed"),
        "hosts": Result("persons", f"{name}'s sum of the countries"),
        "with-home": Result(
            "persons", f"{name}'s sum, with Kazakhstan where it is {theirs}{'s' if theirs == 'her' else ''}"
        ),
        "largest": Result("persons", f"{name}'s largest communities, added"),
        "largest-percent": Result("per cent", f"share of {name}'s largest communities in {theirs} total"),
    }.items()
}


def results(tables: Tables, chosen: Table1) -> dict[str, float]:
    """What `RESULTS` declares."""
    found: dict[str, float] = {}
    for row in totals(tables, chosen).itertuples():
        mine = {"printed": row.printed, "hosts": row.hosts, "with-home": row.with_home, "largest": row.largest_sum}
        mine["largest-percent"] = 100 * row.largest_sum / row.printed
        found |= {f"{row.scholar.lower()}-{name}": value for name, value in mine.items()}
    return found


def findings(tables: Tables, chosen: Table1) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    sum_of = totals(tables, chosen).set_index("scholar")
    both = compared(tables, chosen)
    widest = both.loc[(both["difference_high"].abs()).idxmax()]
    apart = both.loc[both["ratio"].idxmax()]
    closest = both.loc[both["ratio"].idxmin()]
    cells = stocks.exhibit(tables, PRINTED)
    least, most = least_and_most(cells[cells["place_id"] == apart["place_id"]])
    lone = cells[cells["place_id"].eq(stocks.HOME) & cells["value_text"].ne("")].iloc[0]
    total = cells[cells["place_id"] == stocks.TOTAL].set_index("source_id")["id"]
    exact = (sum_of["printed"] == sum_of["hosts"]).all()
    mine = {source: both.loc[both["higher"] == source, "name"].map(tables.the) for source in SCHOLARS}
    named = shares_of_the_named(tables)
    claimed = tables.number("s-three-countries")
    near = [name for name, share in named.items() if round(share) == claimed["low"]]
    said = {
        "total-gap": number(abs(sum_of["printed"].diff().iloc[-1])),
        "total-gap-up": percent(abs(sum_of["printed"].diff().iloc[-1]), sum_of["printed"].min()),
        "total-gap-down": percent(abs(sum_of["printed"].diff().iloc[-1]), sum_of["printed"].max()),
        "ninety-verdict": headlines.verdict(tables, "ninety"),
        "ninety-present": percent(
            tables.rows("stocks", PRESENT)["low"].sum(), tables.low("p-abroad-wak-over-five-million")
        ),
        "present-sum": number(tables.rows("stocks", PRESENT)["low"].sum()),
        "present-total": cite(tables.numbers, "p-abroad-wak-over-five-million"),
        "total-ratio": f"{sum_of['printed'].max() / sum_of['printed'].min():.2f}",
        "lone": Cited.of(lone["value_text"], lone["id"]),
        "widest": tables.the(widest["name"]),
        "widest-gap": number(abs(widest["difference_high"])),
        "apart": tables.the(apart["name"]),
        "apart-low": least,
        "apart-high": most,
        "apart-ratio": f"{apart['ratio']:.0f}",
        "closest": tables.the(closest["name"]),
        "closest-ratio": f"{closest['ratio']:.2f}",
        "largest": _shares(sum_of, chosen, tables.listed("first_category")),
        "three": listing(f"{percent(share, 100)} of {name}'s total" for name, share in named.items()),
        "three-names": listing(tables.listed("first_category")),
        "claimed-share": Cited.of(f"{claimed['low']:g}", claimed.name),
        "sums-verdict": SAY.say("sums-verdict", exact=exact),
        "lone-readings": SAY.say(
            "lone-readings", with_home=[(name, number(row["if_home"])) for name, row in sum_of.iterrows()]
        ),
        "lone-reading": SAY.say("lone-reading", kazakhstan_column=chosen.kazakhstan_column),
        "claimed-verdict": SAY.say("claimed-verdict", giving=near),
    }
    for source, name in SCHOLARS.items():
        row = sum_of.loc[name]
        said |= {
            f"{name.lower()}-total": Cited.of(number(row["printed"]), total[source]),
            f"{name.lower()}-year": source[-4:],
            f"{name.lower()}-higher-count": in_words(len(mine[source])),
            f"{name.lower()}-higher": listing(mine[source]),
        }
    return said


def _shares(sum_of: pd.DataFrame, chosen: Table1, three: list[str]) -> str:
    """What the largest communities make of each printed total; communities that were just named are not named again."""
    left, right = sum_of.index
    ranked = _largest(chosen)
    told = {
        name: SAY.say("place", names=row["largest"], count=row["largest_count"], largest=chosen.largest, ranked=ranked)
        for name, row in sum_of.iterrows()
    }
    share = {name: percent(row["largest_sum"], row["printed"]) for name, row in sum_of.iterrows()}
    return SAY.say(
        "largest",
        left=left,
        right=right,
        told_left=told[left],
        told_right=told[right],
        share_left=share[left],
        share_right=share[right],
        just_named=sum_of.loc[left, "largest"] == listing(three),
        ranked=ranked,
    )


def shares_of_the_named(tables: Tables) -> dict[str, float]:
    """Per scholar, the share of the printed total in the countries of which the paper claims one, in per cent."""
    cells = stocks.exhibit(tables, PRINTED)
    named = cells["place_id"].isin(tables.members("first_category"))
    parts, totals_ = (
        cells[mask].groupby("source_id")["low"].sum() for mask in (named, cells["place_id"] == stocks.TOTAL)
    )
    return {name: float(100 * parts[source] / totals_[source]) for source, name in SCHOLARS.items()}
