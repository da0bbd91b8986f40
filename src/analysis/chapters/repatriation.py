"""Almost a million: what the number of repatriates can and cannot be divided into."""

from __future__ import annotations

import math
from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.chapters import statements as shown_as
from analysis.computing import movements, statements, stocks
from analysis.computing.statements import CIS_ROW
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result, bounded
from edition.charts.counts import Counts
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    cite,
    cited_if_few,
    in_words,
    listing,
    none_or_count,
    number,
    percent,
    quantity,
    source_line,
    span,
    with_noun,
)


class Repatriation(Chapter):
    """Almost a million."""

    scholar: Literal["mendikulova", "tatimov"] = one_of(
        "whose column of Table 1 is used",
        {"mendikulova": "Mendikulova's", "tatimov": "Tatimov's"},
    )
    cis_row: Literal["with the nine", "left out"] = one_of(
        "whether the row for the other CIS states, which are not named, is counted with the nine origins",
        {"with the nine": "counted with the nine", "left out": "left out"},
    )
    almost_percent: int = Field(
        ge=0, le=25, description="how far below a million 'almost a million' may lie, in per cent"
    )


COLUMNS = {"mendikulova": "mendikulova_2001", "tatimov": "tatimov_2003"}
HOME = "t2-kazakhstan-official"
OUTSIDE = "from outside the paper"
END = 2026  # of the time axis

SAY = Sentences(__name__)


def printed(tables: Tables) -> Cited:
    """The number as the paper has it."""
    return cite(tables.numbers, movements.RETURN)


def _table_1(tables: Tables, scholar: str) -> pd.DataFrame:
    return stocks.hosts(stocks.credited(stocks.exhibit(tables, "Table 1"), COLUMNS[scholar]))


def others(tables: Tables, chosen: Repatriation) -> pd.DataFrame:
    """Hosts of Table 1 that are not among the origins, with each scholar's number; the CIS row as chosen."""
    nine = set(movements.origins(tables, COLUMNS[chosen.scholar])["place_id"])
    nine |= {CIS_ROW} if chosen.cis_row == "with the nine" else set()
    sides = [_table_1(tables, scholar).set_index("place_id")["low"].rename(scholar) for scholar in COLUMNS]
    rows = tables.with_names(pd.concat(sides, axis=1).reset_index())
    return rows[~rows["place_id"].isin(nine)].reset_index(drop=True)


def stock_of_nine(tables: Tables, chosen: Repatriation) -> float:
    """People in the origins, by the scholar's column; the CIS row as chosen."""
    rest = others(tables, chosen)[chosen.scholar].sum()
    return float(_table_1(tables, chosen.scholar)["low"].sum() - rest)


def dated(tables: Tables) -> pd.DataFrame:
    """Outside counts with a date."""
    return movements.return_counts(tables).dropna(subset=["moment"]).reset_index(drop=True)


def _outside(tables: Tables, rows: pd.DataFrame) -> list[str]:
    return [f"{OUTSIDE}: {'; '.join(_labelled(tables, rows)['label'])}"]


@exhibit
def over_time(tables: Tables, chosen: Repatriation) -> Picture:
    """The number without a date as a band, and the outside counts at their dates."""
    counts = dated(tables)
    low, high = movements.repatriates(tables, chosen.almost_percent)
    # one that another follows within a year has no room for its text; of these the last speaks
    told = ~(counts["moment"].diff(-1) > -1)
    told.iloc[0] = True
    about = counts["value_text"].str.startswith("about").map({True: "about ", False: ""})
    text = counts["as_of"].str[:4] + ": " + about + counts["low"].map(number)
    row = tables.movements[tables.movements["id"] == movements.RETURN]
    since, last = float(row["as_of"].iloc[0][:4]), counts.iloc[-1]
    return Picture(
        **SAY.exhibit(
            "fig-repatriation-counts",
            since=f"{since:.0f}",
            almost_percent=chosen.almost_percent,
            printed=str(printed(tables)),
            last=last["low"],
            last_year=last["as_of"][:4],
            counts=[f"{number(count.low)} in {count.as_of[:7]}" for count in counts.itertuples()],
        ),
        source=source_line(row, tables, _outside(tables, counts)),
        data=counts.assign(text=text.where(told, "")),
        chart=Counts(
            since=since,
            until=END,
            band=(low, high),
            named=f"the paper: {printed(tables)}, no date",
            colour="return",
            squares=f"numbers {OUTSIDE}",
            unit="Kazakhs who had come to Kazakhstan",
            counted="persons",
        ),
    )


@exhibit
def origins(tables: Tables, chosen: Repatriation) -> Table:
    """The origins, with the numbers printed for them."""
    rows = movements.origins(tables, COLUMNS[chosen.scholar])
    label = tables.label[COLUMNS[chosen.scholar]]
    together = [
        f"{quantity(*tables.number(row.shared)[['low', 'high', 'qualifier']])}, each or with Mongolia"
        if row.shared
        else "none"
        for row in rows.itertuples()
    ]
    everywhere = [
        other if math.isnan(row.least) else span(row.least, row.most)
        for row, other in zip(rows.itertuples(), together, strict=True)
    ]
    shown = pd.DataFrame(
        {
            "Origin": rows["name"],
            f"live there ({label})": rows["low"].map(number).replace("", "no row"),
            "range of all numbers in the paper": everywhere,
        }
    )
    used = pd.concat(
        [
            tables.movements[tables.movements["id"] == movements.RETURN],
            _table_1(tables, chosen.scholar),
            stocks.rivals(tables),
        ]
    )
    return Table(
        **SAY.exhibit("tbl-repatriation-origins", origins=len(rows)),
        source=source_line(used[used["place_id"].isna() | used["place_id"].isin(rows["place_id"])], tables),
        data=rows,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
        verdict="not determinable from what is printed",
    )


@exhibit
def not_among(tables: Tables, chosen: Repatriation) -> Table:
    """Rows of Table 1 that are not named as origins."""
    rows = others(tables, chosen)
    labels = {scholar: tables.label[source] for scholar, source in COLUMNS.items()}
    sums = pd.DataFrame([{"name": "Together", **{scholar: rows[scholar].sum() for scholar in COLUMNS}}])
    cells = pd.concat([rows, sums], ignore_index=True)
    shown = pd.DataFrame({"Country": cells["name"], **{labels[s]: cells[s].map(number) for s in COLUMNS}})
    table_1 = stocks.exhibit(tables, "Table 1")
    return Table(
        **SAY.exhibit(
            "tbl-repatriation-others",
            others=len(rows),
            scholar=chosen.scholar.capitalize(),
            people=rows[chosen.scholar].sum(),
            cis=rows.loc[rows["place_id"] == CIS_ROW, chosen.scholar].sum(),
        ),
        source=source_line(table_1[table_1["place_id"].isin(rows["place_id"])], tables),
        data=rows,
        shown=shown,
        numeric=tuple(labels.values()),
    )


@exhibit
def statements_on_return(tables: Tables) -> Table:
    """What the paper says of return in words."""
    told = statements.with_credit(tables).query("topic == 'return'")
    words = SAY.exhibit(
        "tbl-repatriation-said",
        statements=len(told),
        difficulties=int((told["tone"] == "difficulty").sum()),
        strengths=int((told["tone"] == "strength").sum()),
    )
    return shown_as.statements_table(tables, told, words, topic=False)


RESULTS = {
    **bounded("returned", "persons", "people who returned"),
    "there": Result("persons", "people in the nine countries from which they came"),
    "beside-percent": Result("per cent", "the returned as a share of the people still there"),
    "before-percent": Result("per cent", "the returned as a share of themselves and the people still there"),
    "rest": Result("persons", "people in the other countries"),
}


def results(tables: Tables, chosen: Repatriation) -> dict[str, float]:
    """What `RESULTS` declares."""
    back, there = movements.repatriates(tables, chosen.almost_percent), stock_of_nine(tables, chosen)
    return {
        **bounds.by_name({"returned": back}),
        "there": there,
        "beside-percent": 100 * back.high / there,
        "before-percent": 100 * back.high / (back.high + there),
        "rest": float(others(tables, chosen)[chosen.scholar].sum()),
    }


def findings(tables: Tables, chosen: Repatriation) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    nine = movements.origins(tables, COLUMNS[chosen.scholar])
    low, high = movements.repatriates(tables, chosen.almost_percent)
    there = stock_of_nine(tables, chosen)
    rest = others(tables, chosen)
    counts = dated(tables)
    when = [movements.year_passed(counts, bound) for bound in (low, high)]
    years = list(dict.fromkeys(f"{math.floor(year)}" for year in when if not math.isnan(year)))
    partial = tables.outside.query("kind == 'repatriates' and place_id in @nine.place_id")
    share = tables.number("s-abroad-mamashev")
    home = tables.low(HOME)
    abroad = float(_table_1(tables, chosen.scholar)["low"].sum())
    undated = movements.return_counts(tables)
    undated = undated[undated["moment"].isna()]
    parts = tables.movements.query("kind == 'return' and destination_id == 'kazakhstan' and origin_id != ''")
    return {
        "number": printed(tables),
        "full": Cited.of(number(high), movements.RETURN),
        "since": tables.date("e-independence"),
        "origins-count": in_words(len(nine)),
        "origins": listing(nine["name"]),
        "scholar": tables.label[COLUMNS[chosen.scholar]],
        "with-number": in_words(int(nine["low"].notna().sum())),
        "without-row": listing(nine.loc[nine["low"].isna(), "name"]) or "none",
        "without-any": listing(nine.loc[nine["least"].isna() & (nine["shared"] == ""), "name"]) or "none",
        "shared": listing(nine.loc[nine["shared"] != "", "name"]) or "none",
        "there": number(there),
        "beside": percent(high, there),
        "before": percent(high, high + there),
        "rest": listing(map(tables.the, rest["name"])),
        "rest-count": in_words(len(rest)),
        "rest-people": number(rest[chosen.scholar].sum()),
        "rest-share": percent(rest[chosen.scholar].sum(), abroad),
        "counts": with_noun(len(counts), "number"),
        "counts-by": _givers(tables, counts),
        "first": _dated(counts.iloc[0]),
        "last": _dated(counts.iloc[-1]),
        "above": none_or_count(int((counts["low"] > high).sum())),
        **SAY.all(cis_row=chosen.cis_row, told=len(parts), years=years, least=number(low), most=number(high)),
        "undated": cited_if_few(
            listing(f"{row.value_text} ({row.label})" for row in _labelled(tables, undated).itertuples()) or "none",
            undated["id"],
        ),
        "partial": cited_if_few(
            listing(
                f"{row.value_text} from {tables.name[row.place_id]} ({row.label})"
                for row in _labelled(tables, partial).itertuples()
            )
            or "none",
            partial["id"],
        ),
        "partial-count": in_words(len(partial)),
        "thirty": Cited.of(f"{share['low']:g}", share.name),
        "shift": f"{100 * high / (abroad + home):.1f}",
        "latest": str(
            max(int(year) for year in tables.sources.query("source_id not in @tables.added.source_id")["year"] if year)
        ),
    }


def _dated(row: pd.Series) -> Cited:
    return Cited.of(f"{number(row['low'])} by {row['as_of'][:4]}", row["id"])


def _givers(tables: Tables, rows: pd.DataFrame) -> str:
    """How many numbers each has given, by the name before the first comma."""
    producers = tables.outside_sources.set_index("source_id")["producer"]
    names = rows["source_id"].map(producers).str.partition(",")[0]
    return "; ".join(f"{name}: {in_words(count)}" for name, count in names.value_counts(sort=False).items())


def _labelled(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(label=rows["source_id"].map(tables.label))
