"""Table 2: official figures beside a field study's."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.chapters.cells import as_printed, years_in_words
from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result, bounded
from edition.charts.estimates import Estimates
from edition.claims.verdicts import BY_ITSELF, IN_PART, REPRODUCED
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers import bounds
from edition.numbers.bounds import Span, add
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    between,
    cited_if_few,
    in_words,
    listing,
    number,
    signed,
    source_line,
    span,
)


class Table2(Chapter):
    """Table 2: official and field figures."""

    lone_numbers: Literal["official", "field", "neither"] = one_of(
        "to which column the lone numbers for Mongolia and Turkey are taken to belong",
        {"official": "to the official data", "field": "to the field study", "neither": "to neither"},
    )
    stray_mark: Literal["ignore", "leave out"] = one_of(
        "whether the number with an unexplained mark beside it is used without the mark or not at all",
        {"ignore": "used without the mark", "leave out": "not used at all"},
    )


PRINTED = "Table 2"
COLUMNS = {"yermekbay_official": "official data", "yermekbay_field": "field study data"}
OFFICIAL, FIELD = COLUMNS
NAMED = {"official": "official data", "field": "field study"}  # in a sentence, after "the"
LONE = ("mongolia", "turkey")

SAY = Sentences(__name__)


def settled_cells(tables: Tables, chosen: Table2) -> pd.DataFrame:
    """The table's numbers, lone and marked ones settled as chosen."""
    column = {"official": OFFICIAL, "field": FIELD}.get(chosen.lone_numbers)
    cells = stocks.assign_lone(stocks.exhibit(tables, PRINTED), dict.fromkeys(LONE, column))
    if chosen.stray_mark == "leave out":
        marked = cells["caveats"].str.contains("stray_mark")
        cells.loc[marked, ["low", "high"]] = float("nan")
    return cells


def compared(tables: Tables, chosen: Table2) -> pd.DataFrame:
    """The two columns host by host; see `stocks.side_by_side`."""
    return stocks.side_by_side(stocks.hosts(settled_cells(tables, chosen)), OFFICIAL, FIELD)


def totals(tables: Tables, chosen: Table2) -> dict[str, Span]:
    """The sum of each column's host countries; the table prints none."""
    cells = settled_cells(tables, chosen)
    return {source: stocks.total(cells, source) for source in COLUMNS}


def gap(both: pd.DataFrame) -> Span:
    """By how much the field study's numbers are above the official ones, over the hosts compared."""
    return Span(both["difference_low"].sum(), both["difference_high"].sum())


def order(tables: Tables, chosen: Table2) -> dict[str, str]:
    """Whether each column's numbers stand in the order of the ranking.

    Returns:
        Source → `follow`, `contradict`, `overlap` (ranges leave it open) or `silent` (a number is missing between
        two that are there).
    """
    ranks = tables.quantities[(tables.quantities["exhibit"] == PRINTED) & (tables.quantities["unit"] == "rank")]
    ranked = ranks[ranks["place_id"] != "other_43"].sort_values("low")["place_id"]
    found = {}
    for source in COLUMNS:
        column = stocks.credited(settled_cells(tables, chosen), source).set_index("place_id").loc[ranked]
        known = column["low"].notna()
        mine = column[known]
        if (mine["high"] < mine["low"].shift(-1)).any():
            found[source] = "contradict"
        elif not known[: known[::-1].idxmax()].all():
            found[source] = "silent"
        else:
            found[source] = "follow" if (mine["low"] > mine["high"].shift(-1)).iloc[:-1].all() else "overlap"
    return found


@exhibit
def printed(tables: Tables) -> Table:
    """Table 2 as the paper prints it, cell by cell."""
    numbers = stocks.exhibit(tables, PRINTED)
    ranks = tables.quantities[(tables.quantities["exhibit"] == PRINTED) & (tables.quantities["unit"] == "rank")]
    cells = pd.concat([ranks, numbers], ignore_index=True)
    labels = cells["locator"].str.extract(r"row (.*), column (.*)")
    cells = cells.assign(row=labels[0], column=labels[1])
    shown, notes = as_printed(
        cells,
        tables.meaning,
        first="Country",
        columns={
            "Ranking": "Ranking",
            "Official data": "Official data",
            "Field study data": "Field study data 2007–2009",
        },
    )
    shown = shown[["Ranking", "Country", *shown.columns[2:]]]
    return Table(
        **SAY.exhibit("tbl-table-2-printed", rows=len(shown)),
        reproduces=PRINTED,
        source=source_line(numbers, tables),
        data=cells,
        shown=shown,
        notes=notes,
        numeric=tuple(shown.columns[2:]),
    )


@exhibit
def side_by_side(tables: Tables, chosen: Table2) -> Picture:
    """The two columns on one axis."""
    cells = stocks.hosts(settled_cells(tables, chosen))
    data = cells.rename(columns={"name": "place", "source_id": "series"})
    both, agree = compared(tables, chosen), order(tables, chosen)
    silent = [name for name, group in cells.groupby("name", sort=False) if group["low"].isna().all()]
    return Picture(
        **SAY.exhibit(
            "fig-table-2-columns",
            more=int((both["right_low"] > both["left_high"]).sum()),
            field_years=years_in_words(cells, FIELD),
            told=[
                (row.name, span(row.left_low, row.left_high), span(row.right_low, row.right_high))
                for row in both.itertuples(index=False)
            ],
            silent=list(map(tables.the, silent)),
            ranges=list(dict.fromkeys(cells.loc[cells["low"] < cells["high"], "source_id"].map(COLUMNS))),
            lone=cells.loc[cells["place_id"].isin(LONE), "name"].drop_duplicates().to_list(),
            lone_numbers=chosen.lone_numbers,
        ),
        verdict=REPRODUCED
        if set(agree.values()) == {"follow"}
        else BY_ITSELF
        if "contradict" in agree.values()
        else IN_PART,
        source=source_line(cells, tables),
        data=data[["id", "place", "series", "as_of", "value_text", "low", "high", "qualifier", "locator", "caveats"]],
        chart=Estimates(series=tuple(COLUMNS.items()), unit="Kazakhs"),
    )


@exhibit
def differences(tables: Tables, chosen: Table2) -> Table:
    """Field study less official data, and the sums of the columns."""
    both = compared(tables, chosen)
    shown = pd.DataFrame(
        {
            "Country": both["name"],
            "official data": [span(row.left_low, row.left_high) for row in both.itertuples()],
            "field study": [span(row.right_low, row.right_high) for row in both.itertuples()],
            "difference": [between(row.difference_low, row.difference_high, signed) for row in both.itertuples()],
        }
    )
    total, ends = totals(tables, chosen), both.sum(numeric_only=True)
    added = {
        "Country": SAY.say("added", countries=len(both)),
        "official data": span(ends["left_low"], ends["left_high"]),
        "field study": span(ends["right_low"], ends["right_high"]),
        "difference": between(*gap(both), signed),
    }
    last = {
        "Country": "all numbers of the column",
        "official data": span(*total[OFFICIAL]),
        "field study": span(*total[FIELD]),
        "difference": "",
    }
    return Table(
        **SAY.exhibit("tbl-table-2-differences", more=span(*gap(both)), countries=len(both)),
        source=source_line(stocks.hosts(settled_cells(tables, chosen)), tables),
        data=both,
        shown=pd.concat([shown, pd.DataFrame([added, last])], ignore_index=True),
        numeric=("official data", "field study", "difference"),
    )


RESULTS = {
    **bounded("official", "persons", "sum of the official data"),
    **bounded("field", "persons", "sum of the field study"),
    **bounded("gap", "persons", "field study less official data, over the countries that have both"),
    "compared": Result("count", "countries that have both"),
}


def results(tables: Tables, chosen: Table2) -> dict[str, float]:
    """What `RESULTS` declares."""
    both, sums = compared(tables, chosen), totals(tables, chosen)
    ends_of = {"official": sums[OFFICIAL], "field": sums[FIELD], "gap": gap(both)}
    return {**bounds.by_name(ends_of), "compared": len(both)}


def _lone_read(tables: Tables) -> list[tuple[str, pd.DataFrame]]:
    """The table with its lone numbers in neither column, and with them in that of the field study."""
    cells = stocks.exhibit(tables, PRINTED)
    lone = cells["place_id"].isin(LONE) & cells["low"].notna()
    return [("without", cells), ("with", cells.assign(source_id=cells["source_id"].mask(lone, FIELD)))]


def findings(tables: Tables, chosen: Table2) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    cells, both, sums = settled_cells(tables, chosen), compared(tables, chosen), totals(tables, chosen)
    homes = cells.query("place_id == @stocks.HOME")
    home = homes["low"].unique()
    field = stocks.credited(cells, FIELD).set_index("place_id")
    prose_china, table_china = tables.number("p-china-official"), tables.number("t2-china-official")
    marked = stocks.exhibit(tables, PRINTED).query("caveats.str.contains('stray_mark')").iloc[0]
    named = cells[~cells["place_id"].isin([stocks.HOME, "other_43"])]["place_id"].nunique()
    others = int(tables.low("q-other-countries-table-2"))
    claimed = int(tables.low("q-countries-wak"))
    above = float(field.loc["uzbekistan", "high"] - field.loc["china", "high"])
    agree = order(tables, chosen)
    return {
        "field-years": tables.date("e-table-2-field"),
        "official-sum": span(*sums[OFFICIAL]),
        "field-sum": span(*sums[FIELD]),
        **{
            f"field-{reading}": span(*add(stocks.hosts(rows).query("source_id == @FIELD")))
            for reading, rows in _lone_read(tables)
        },
        "compared": listing(both["name"]),
        "compared-count": in_words(len(both)),
        "gap": span(*gap(both)),
        "home": cited_if_few(number(home[0]), homes["id"]) if len(home) == 1 else "",
        "lone": listing(cells[cells["place_id"].isin(LONE)]["name"].drop_duplicates()),
        "marked": Cited.of(marked["value_text"], marked["id"]),
        "china-table": Cited.of(table_china["value_text"], table_china.name),
        "china-prose": Cited.of(prose_china["value_text"], prose_china.name),
        "china-gap": number(abs(table_china["low"] - prose_china["low"])),
        "named-count": in_words(named),
        "others": Cited.of(number(others), "q-other-countries-table-2"),
        "listed": number(named + others),
        "claimed": Cited.of(number(claimed), "q-countries-wak"),
        **SAY.all(
            countries=len(both),
            **chosen.model_dump(),
            field_higher=(both["higher"] == FIELD).all(),
            one_home=len(home) == 1,
            official=agree[OFFICIAL],
            field=agree[FIELD],
            above=number(above),
            listed=named + others,
            claimed=claimed,
        ),
    }
