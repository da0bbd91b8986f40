"""Turkey and Europe: named destinations, and how many of them have a number in Table 1."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.chapters import stage
from analysis.computing import stages, stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import in_words, listing, number, source_line


class Labour(Chapter):
    """Turkey and Europe."""

    scholar: Literal["mendikulova", "tatimov"] = one_of(
        "whose column of Table 1 is used",
        {"mendikulova": "Mendikulova's", "tatimov": "Tatimov's"},
    )


AGREEMENTS = ["labour_1961"]
EIGHTIES = ["separate_1980s", "iran_afghanistan_1980s"]
STAGES = [*AGREEMENTS, *EIGHTIES]
NAMING = ["labour_1961", "separate_1980s"]  # the stages that name countries of Europe
SOURCE = {"mendikulova": "mendikulova_2001", "tatimov": "tatimov_2003"}

SAY = Sentences(__name__)


def destinations(tables: Tables, chosen: Labour) -> pd.DataFrame:
    """Every European country that the stages name: `place_id`, `name`, `named_in`, `low` (Table 1; NaN: not there)."""
    rows = tables.rows("stages", NAMING)
    named = rows.assign(place_id=rows["destination_ids"].str.split()).explode("place_id")
    titles = named["stage_id"].map(tables.titled)
    named = titles.groupby(named["place_id"], sort=False).agg(listing).rename("named_in").reset_index()
    numbers = stocks.credited(stocks.exhibit(tables, "Table 1"), SOURCE[chosen.scholar])[["place_id", "low"]]
    return tables.with_names(named).merge(numbers, on="place_id", how="left")


@exhibit
def in_table_1(tables: Tables, chosen: Labour) -> Table:
    """The destinations and the numbers they have."""
    rows = destinations(tables, chosen)
    numbers = stocks.exhibit(tables, "Table 1").query("place_id in @rows.place_id and source_id in @SOURCE.values()")
    known = int(rows["low"].notna().sum())
    used = pd.concat([stages.with_numbers(tables, NAMING), numbers])
    columns = numbers.pivot_table(index="place_id", columns="source_id", values="low").reindex(rows["place_id"])
    sides = {scholar: columns[source].to_numpy() for scholar, source in SOURCE.items()}
    rows = rows.drop(columns="low").assign(**sides)
    labels = {scholar: tables.label[source] for scholar, source in SOURCE.items()}
    shown = pd.DataFrame(
        {
            "Country": rows["name"],
            **{labels[scholar]: rows[scholar].map(number).replace("", "no row") for scholar in SOURCE},
            "named in": rows["named_in"],
        }
    )
    return Table(
        **SAY.exhibit("tbl-labour-destinations", known=known, named=len(rows)),
        source=source_line(used, tables),
        data=rows,
        shown=shown,
        numeric=tuple(labels.values()),
    )


RESULTS = {
    "named": Result("count", "countries named"),
    "with-number": Result("count", "countries with a number"),
    "sum": Result("persons", "numbers for these countries, added"),
}


def results(tables: Tables, chosen: Labour) -> dict[str, float]:
    """What `RESULTS` declares."""
    rows = destinations(tables, chosen)
    return {"named": len(rows), "with-number": int(rows["low"].notna().sum()), "sum": float(rows["low"].sum())}


def findings(tables: Tables, chosen: Labour) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = destinations(tables, chosen)
    without = rows[rows["low"].isna()]
    label = tables.label[SOURCE[chosen.scholar]]
    year = stocks.credited(stocks.exhibit(tables, "Table 1"), SOURCE[chosen.scholar])["as_of"].iloc[0]
    table = stocks.exhibit(tables, "Table 1").query("place_id in @rows.place_id")
    sums = table.groupby("source_id", sort=False)["low"].sum()
    return {
        **stage.findings(tables, STAGES),
        "agreement-year": tables.date("e-agreement-1961").replace("-", "–"),
        "labour-start": tables.date("e-labour-1960s").replace("-", "–"),
        "labour-span": tables.date("e-labour-1960-1990").replace("-", "–"),
        "settled": listing(map(tables.the, tables.listed("labour_settlement"))),
        "named": in_words(len(rows)),
        "with-number": listing(map(tables.the, rows.loc[rows["low"].notna(), "name"])),
        "without-count": in_words(len(without)),
        "without": listing(map(tables.the, without["name"])),
        "scholar": label,
        "sum": number(rows["low"].sum()),
        "year": year,
        "sum-mendikulova": number(sums["mendikulova_2001"]),
        "sum-tatimov": number(sums["tatimov_2003"]),
    }
