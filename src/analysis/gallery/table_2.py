"""Table 2: official figures beside a field study's."""

from __future__ import annotations

import pandas as pd

from analysis import stocks
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.gallery.cells import as_printed
from analysis.parameters import Table2
from analysis.spans import Span
from analysis.wording import listing, number, signed, source_line, span

PRINTED = "Table 2"
COLUMNS = {"yermekbay_official": "official data", "yermekbay_field": "field study data"}
OFFICIAL, FIELD = COLUMNS
LONE = ("mongolia", "turkey")


def rows(tables: Tables, chosen: Table2) -> pd.DataFrame:
    """The table's numbers, lone and marked ones settled as chosen."""
    column = {"official": OFFICIAL, "field": FIELD}.get(chosen.lone_numbers)
    cells = stocks.assign_lone(stocks.exhibit(tables, PRINTED), dict.fromkeys(LONE, column))
    if chosen.stray_mark == "leave out":
        marked = cells["caveats"].str.contains("stray_mark")
        cells.loc[marked, ["low", "high"]] = float("nan")
    return cells


def compared(tables: Tables, chosen: Table2) -> pd.DataFrame:
    """The two columns host by host; see `stocks.side_by_side`."""
    return stocks.side_by_side(stocks.hosts(rows(tables, chosen)), OFFICIAL, FIELD)


def totals(tables: Tables, chosen: Table2) -> dict[str, Span]:
    """The sum of each column's host countries; the table prints none."""
    cells = rows(tables, chosen)
    return {source: stocks.total(cells, source) for source in COLUMNS}


@exhibit
def printed(tables: Tables) -> Table:
    """Table 2 as the paper prints it, cell by cell."""
    numbers = stocks.exhibit(tables, PRINTED)
    ranks = tables.quantities[(tables.quantities["exhibit"] == PRINTED) & (tables.quantities["unit"] == "rank")]
    cells = pd.concat([ranks, numbers], ignore_index=True)
    labels = cells["locator"].str.extract(r"row (.*), column (.*)")
    cells = cells.assign(row=labels[0], column=labels[1])
    shown, notes = as_printed(
        cells, tables.caveats, first="Country",
        columns={"Ranking": "Ranking", "Official data": "Official data", "Field study data": "Field study data 2007–2009"},
    )  # fmt: skip
    return Table(
        id="tbl-table-2-printed", reproduces=PRINTED,
        caption=f"{PRINTED} of the paper as printed, under the same title as Table 1.",
        source=source_line(numbers, tables.sources), data=cells, shown=shown, notes=notes, numeric=tuple(shown.columns[1:]),
    )  # fmt: skip


@exhibit
def side_by_side(tables: Tables, chosen: Table2) -> Picture:
    """The two columns on one axis."""
    cells = stocks.hosts(rows(tables, chosen))
    data = cells.rename(columns={"name": "place", "source_id": "series"})
    both = compared(tables, chosen)
    silent = [name for name, group in cells.groupby("name", sort=False) if group["low"].isna().all()]
    return Picture(
        id="fig-table-2-columns",
        caption="Kazakhs abroad by host country: official data beside the field study of 2007–2009. A bar is a printed range.",
        alt="Dot plot with up to two marks per row. "
            + " ".join(f"{row.name}: {span(row.left_low, row.left_high)} by official data, {span(row.right_low, row.right_high)} by the field study."
                       for row in both.itertuples(index=False))
            + (f" No number for {listing(silent)}." if silent else ""),
        source=source_line(cells, tables.sources), chart="charts.estimates",
        data=data[["id", "place", "series", "as_of", "value_text", "low", "high", "qualifier", "locator", "caveats"]],
        options={"series": COLUMNS, "unit": "Kazakhs"},
    )  # fmt: skip


@exhibit
def differences(tables: Tables, chosen: Table2) -> Table:
    """Field study less official data, and the sums of the columns."""
    both = compared(tables, chosen)
    shown = pd.DataFrame({
        "Host country": both["name"],
        "official data": [span(row.left_low, row.left_high) for row in both.itertuples()],
        "field study": [span(row.right_low, row.right_high) for row in both.itertuples()],
        "difference": [signed(row.difference_low) if row.difference_low == row.difference_high
                       else f"{signed(row.difference_low)} to {signed(row.difference_high)}" for row in both.itertuples()],
    })  # fmt: skip
    total = totals(tables, chosen)
    last = {"Host country": "all numbers of the column", "official data": span(*total[OFFICIAL]), "field study": span(*total[FIELD]), "difference": ""}
    return Table(
        id="tbl-table-2-differences",
        caption="Field study less official data where both give a number, and the sum of each column without Kazakhstan; the paper prints no sum.",
        source=source_line(stocks.hosts(rows(tables, chosen)), tables.sources), data=both,
        shown=pd.concat([shown, pd.DataFrame([last])], ignore_index=True), numeric=("official data", "field study", "difference"),
    )  # fmt: skip


def home_number(tables: Tables) -> str:
    """Kazakhstan's number, which both columns print alike; "" when they differ."""
    values = stocks.exhibit(tables, PRINTED).query("place_id == @stocks.HOME")["low"].unique()
    return number(values[0]) if len(values) == 1 else ""
