"""Table 1: Mendikulova's estimates beside Tatimov's."""

from __future__ import annotations

import pandas as pd

from analysis import stocks
from analysis.data import Tables
from analysis.exhibits import Picture, Table, exhibit
from analysis.gallery.cells import as_printed
from analysis.parameters import Table1
from analysis.wording import listing, number, percent, signed, small, source_line

PRINTED = "Table 1"
SCHOLARS = {"mendikulova_2001": "Mendikulova", "tatimov_2003": "Tatimov"}
MEANING = {"mendikulova_2001": "mendikulova", "tatimov_2003": "tatimov"}
LEFT, RIGHT = SCHOLARS


def rows(tables: Tables, chosen: Table1) -> pd.DataFrame:
    """The table's numbers, the lone one for Kazakhstan settled as chosen."""
    source = {name.lower(): source_id for source_id, name in SCHOLARS.items()}.get(chosen.kazakhstan_column)
    return stocks.assign_lone(stocks.exhibit(tables, PRINTED), {stocks.HOME: source})


def compared(tables: Tables, chosen: Table1) -> pd.DataFrame:
    """The two scholars host by host; see `stocks.side_by_side`."""
    return stocks.side_by_side(stocks.hosts(rows(tables, chosen)), LEFT, RIGHT)


def totals(tables: Tables, chosen: Table1) -> pd.DataFrame:
    """Sums against printed totals.

    Returns:
        One row per scholar: `scholar`, `printed`, `hosts` (sum of host rows), `with_home`, `largest` (names),
        `largest_sum` (persons).
    """
    cells = rows(tables, chosen)
    found = []
    for source, name in SCHOLARS.items():
        mine = stocks.credited(cells, source)
        top = stocks.largest(mine, chosen.largest)
        found.append(
            {
                "scholar": name,
                "printed": float(mine.loc[mine["place_id"] == stocks.TOTAL, "low"].iloc[0]),
                "hosts": stocks.total(cells, source).low,
                "with_home": stocks.total(cells, source, home=True).low,
                "largest": listing(top["name"]),
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
        tables.caveats,
        first="Countries",
        columns={"Mendikulova": "Mendikulova (as in 2001)", "Tatimov": "Tatimov (as in 2003)"},
    )
    return Table(
        id="tbl-table-1-printed",
        reproduces=PRINTED,
        caption=f"{PRINTED} of the paper as printed: estimated numbers of Kazakhs abroad.",
        source=source_line(cells, tables.sources),
        data=cells,
        shown=shown,
        notes=notes,
        numeric=tuple(shown.columns[1:]),
    )


@exhibit
def side_by_side(tables: Tables, chosen: Table1) -> Picture:
    """Who puts each community at how many."""
    cells = stocks.hosts(rows(tables, chosen))
    order = cells.groupby("place_id")["low"].max().sort_values(ascending=False).index
    cells = cells.set_index("place_id").loc[order].reset_index()
    data = cells.rename(columns={"name": "place"}).assign(series=cells["source_id"].map(MEANING))
    both = compared(tables, chosen)
    apart = both.loc[both["ratio"].idxmax()]
    higher = {name: both.loc[both["higher"] == source, "name"] for source, name in SCHOLARS.items()}
    return Picture(
        id="fig-table-1-scholars",
        caption=f"Kazakhs abroad by host country: {SCHOLARS[LEFT]}'s numbers for 2001 beside {SCHOLARS[RIGHT]}'s for 2003. "
        "The axis is logarithmic, so equal distances are equal ratios.",
        alt="Dot plot with two marks per host country. "
        + " ".join(f"{name} is higher for {listing(places)}." for name, places in higher.items() if len(places))
        + f" They lie furthest apart for {apart['name']}: {number(apart['left_low'])} against {number(apart['right_low'])}.",
        source=source_line(cells, tables.sources),
        chart="charts.estimates",
        data=data[
            [
                "id",
                "place",
                "series",
                "as_of",
                "value_text",
                "low",
                "high",
                "qualifier",
                "source_id",
                "locator",
                "caveats",
            ]
        ],
        options={
            "series": [[MEANING[source], f"{name}, as in {source[-4:]}"] for source, name in SCHOLARS.items()],
            "unit": "Kazakhs",
        },
    )


@exhibit
def differences(tables: Tables, chosen: Table1) -> Table:
    """The two scholars' difference, host by host."""
    both = compared(tables, chosen)
    shown = pd.DataFrame(
        {
            "Host country": both["name"],
            SCHOLARS[LEFT]: both["left_low"].map(number),
            SCHOLARS[RIGHT]: both["right_low"].map(number),
            "difference": both["difference_low"].map(signed),
            "ratio": both["ratio"].map(lambda r: f"{r:.2f}"),
            "higher": both["higher"].map(SCHOLARS),
        }
    )
    return Table(
        id="tbl-table-1-differences",
        caption=f"{SCHOLARS[RIGHT]} less {SCHOLARS[LEFT]}, host by host; the ratio is the higher number over the lower.",
        source=source_line(stocks.hosts(rows(tables, chosen)), tables.sources),
        data=both,
        shown=shown,
        numeric=(SCHOLARS[LEFT], SCHOLARS[RIGHT], "difference", "ratio"),
    )


@exhibit
def sums(tables: Tables, chosen: Table1) -> Table:
    """The column sums, with and without Kazakhstan, and what the largest communities make of them."""
    both = totals(tables, chosen)
    items = {
        "total as printed": both["printed"].map(number),
        "sum of the host countries": both["hosts"].map(number),
        "sum with Kazakhstan": [
            number(row.with_home) if row.with_home > row.hosts else "no number for Kazakhstan"
            for row in both.itertuples()
        ],
        f"the {chosen.largest} largest communities": both["largest"],
        "their sum": both["largest_sum"].map(number),
        "their share of the printed total": [percent(row.largest_sum, row.printed) for row in both.itertuples()],
    }
    shown = pd.DataFrame({item: list(values) for item, values in items.items()}, index=both["scholar"].to_list()).T
    shown = shown.rename_axis("Column").reset_index()
    return Table(
        id="tbl-table-1-sums",
        verdict="reproduced" if both["printed"].equals(both["hosts"]) else "contradicted by the paper itself",
        caption=f"The sums of {PRINTED}, and the share of the largest communities.",
        source=source_line(rows(tables, chosen), tables.sources),
        data=both,
        shown=shown,
        numeric=tuple(SCHOLARS.values()),
    )


def findings(tables: Tables, chosen: Table1) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    sum_of = totals(tables, chosen).set_index("scholar")
    both = compared(tables, chosen)
    widest = both.loc[(both["difference_high"].abs()).idxmax()]
    apart = both.loc[both["ratio"].idxmax()]
    closest = both.loc[both["ratio"].idxmin()]
    lone = stocks.exhibit(tables, PRINTED).query("place_id == @stocks.HOME")["value_text"].max()
    exact = (sum_of["printed"] == sum_of["hosts"]).all()
    with_home = {name: row["with_home"] for name, row in sum_of.iterrows() if row["with_home"] > row["hosts"]}
    mine = {source: both.loc[both["higher"] == source, "name"] for source in SCHOLARS}
    claimed = tables.shares.set_index("id").loc["s-three-countries"]
    said = {
        "sums-verdict": "are exactly the sums of the host countries in their columns"
        if exact
        else "are not the sums of the host countries in their columns",
        "total-gap": number(abs(sum_of["printed"].diff().iloc[-1])),
        "total-ratio": f"{sum_of['printed'].max() / sum_of['printed'].min():.2f}",
        "lone": lone,
        "lone-reading": f"Read as {listing(with_home)}'s, it lifts that column to {number(max(with_home.values()))}, which the paper prints nowhere."
        if with_home
        else "In this edition it belongs to neither column, and no sum uses it.",
        "widest": widest["name"],
        "widest-gap": number(abs(widest["difference_high"])),
        "apart": apart["name"],
        "apart-low": number(min(apart["left_low"], apart["right_low"])),
        "apart-high": number(max(apart["left_low"], apart["right_low"])),
        "apart-ratio": f"{apart['ratio']:.0f}",
        "closest": closest["name"],
        "closest-ratio": f"{closest['ratio']:.2f}",
        "largest-count": small(chosen.largest),
        "claimed-share": f"{claimed['low']:g}",
    }
    for source, name in SCHOLARS.items():
        row = sum_of.loc[name]
        said |= {
            f"{name.lower()}-total": number(row["printed"]),
            f"{name.lower()}-year": source[-4:],
            f"{name.lower()}-higher-count": small(len(mine[source])),
            f"{name.lower()}-higher": listing(mine[source]),
            f"{name.lower()}-largest": row["largest"],
            f"{name.lower()}-share": percent(row["largest_sum"], row["printed"]),
        }
    return said
