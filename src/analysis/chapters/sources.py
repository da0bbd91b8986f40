"""Who is credited for what, and how much of the paper's numbers rests on each."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.charts.units import Units
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Source, none_or_count, number, percent, sentence_case


class Sources(Chapter):
    """Who is credited for what."""

    counted: Literal["all numbers", "present-day estimates"] = one_of(
        "which numbers are counted by credit",
        {"all numbers": "all numbers", "present-day estimates": "present-day estimates alone"},
    )


NOBODY = "nobody"
SHOWN = 12

SAY = Sentences(__name__)


def credits(tables: Tables, chosen: Sources) -> pd.DataFrame:
    """Each number with whom it is credited to: `id`, `table`, `source_id`, `label` (of the work), `year` (of the work, "" if none)."""
    columns = ["id", "value_text", "source_id", "exhibit", "locator", "secondhand", "caveats"]
    if chosen.counted == "all numbers":
        frames = [getattr(tables, name)[columns].assign(table=name) for name in Tables.NUMBERED]
    else:
        frames = [stocks.rivals(tables)[columns].assign(table="stocks")]
    found = pd.concat(frames, ignore_index=True)
    known = tables.by_id("sources")
    label = (
        found["source_id"].map(known["work"].where(known["work"].isin(known.index), known.index)).map(known["label"])
    )
    label = label.where(found["source_id"] != tables.author, NOBODY)
    found = found.assign(label=label, year=found["source_id"].map(known["year"]))
    return found[found["value_text"] != ""]


def by_credit(tables: Tables, chosen: Sources) -> pd.DataFrame:
    """Per source: `label`, `numbers`, `tables` (of which stand in a printed table), most numbers first."""
    found = credits(tables, chosen)
    found = found.assign(in_table=found["exhibit"].str.startswith("Table"))
    counts = found.groupby("label", sort=False).agg(numbers=("id", "size"), tables=("in_table", "sum"))
    return counts.sort_values("numbers", ascending=False, kind="stable").reset_index()


@exhibit
def bars(tables: Tables, chosen: Sources) -> Picture:
    """How many numbers rest on each, a square for each number, those that rest on nobody first."""
    counts = by_credit(tables, chosen)
    bare, named = counts[counts["label"] == NOBODY], counts[counts["label"] != NOBODY]
    rest = named[
        named["numbers"] <= named["numbers"].iloc[SHOWN:].max()
    ]  # of those that are level none is left out alone
    rows = [bare, named.head(len(named) - len(rest))]
    if len(rest):
        rows.append(
            pd.DataFrame(
                [{"label": f"{len(rest)} others", "numbers": rest["numbers"].sum(), "tables": rest["tables"].sum()}]
            )
        )
    top = pd.concat(rows, ignore_index=True)
    data = pd.DataFrame(
        {
            "label": top["label"].where(top["label"] != NOBODY, "Nobody"),
            "solid": top["tables"],
            "open": top["numbers"] - top["tables"],
            "meaning": top["label"].eq(NOBODY).map({True: "outside", False: "bar"}),
        }
    )
    without, every = int(bare["numbers"].sum()), int(counts["numbers"].sum())
    first = named.iloc[0]
    return Picture(
        **SAY.exhibit(
            "fig-credits",
            counted=chosen.counted,
            mapped=bool((credits(tables, chosen)["exhibit"] == "Figure 1").any()),
            unclear=int(credits(tables, chosen)["caveats"].str.contains("column_unclear").sum()),
            numbers=every,
            without=without,
            without_percent=percent(without, every, 0),
            first=first["label"],
            first_numbers=first["numbers"],
            following=named["label"].iloc[1:4],
        ),
        source=SAY.say("source"),
        data=data,
        chart=Units(unit="numbers"),
    )


@exhibit
def works(tables: Tables, chosen: Sources) -> Table:
    """Everyone credited, the work as the paper names it, and what is credited to it."""
    counts = credits(tables, chosen).groupby("source_id").size()
    claimed = tables.claims.groupby("credited_to").size()
    known = tables.sources[tables.sources["source_id"] != tables.author]
    counts = counts.add(tables.added.groupby("source_id").size(), fill_value=0)
    known = known.loc[known["source_id"].map(counts).fillna(0).sort_values(ascending=False, kind="stable").index]
    added = known["source_id"].isin(tables.added["source_id"])
    shown = pd.DataFrame(
        {
            "Credited": known["label"] + added.map({True: " (added, not the paper's)", False: ""}),
            "year of the work": known["year"].where(known["year"] != "", "none given"),
            "numbers": known["source_id"].map(counts).fillna(0).map(number),
            "claims": known["source_id"].map(claimed).fillna(0).map(number),
            "how it is known": known["note"].where(known["note"] != "", "named in the text by author and year"),
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-credits",
            sources=int((~added).sum()),
            without_year=int((known["year"].eq("") & ~added).sum()),
            added=added.any(),
        ),
        source=Source.of(
            SAY.say("source"),
            known.loc[~known["source_id"].isin(tables.own) & ~added, "label"],
            known.loc[added, "label"],
        ),
        data=known,
        shown=shown,
        numeric=("numbers", "claims"),
        bars=("numbers", "claims"),
        stacked=True,
    )


RESULTS = {
    "numbers": Result("count", "numbers counted"),
    "named": Result("count", "works named"),
    "uncredited": Result("count", "numbers without a credit"),
    "uncredited-percent": Result("per cent", "share of the numbers without a credit"),
    "first": Result("count", "numbers of the work that is credited most"),
}


def results(tables: Tables, chosen: Sources) -> dict[str, float]:
    """What `RESULTS` declares."""
    found, counts = credits(tables, chosen), by_credit(tables, chosen)
    bare = int((found["label"] == NOBODY).sum())
    named = counts[counts["label"] != NOBODY]
    return {
        "numbers": len(found),
        "named": len(named),
        "uncredited": bare,
        "uncredited-percent": 100 * bare / len(found),
        "first": int(named["numbers"].iloc[0]),
    }


def findings(tables: Tables, chosen: Sources) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    found = credits(tables, chosen)
    bare = int((found["label"] == NOBODY).sum())
    persons = found.loc[found["label"] != NOBODY, "label"].str.replace(r" \(\d{4}\)$", "", regex=True).value_counts()
    mendikulova = int(found["source_id"].str.startswith("mendikulova").sum())
    old = found[found["caveats"].str.contains("anachronistic_source") & found["label"].ne(NOBODY)]
    credited = tables.sources.query("source_id != @tables.author and source_id not in @tables.added.source_id")
    return {
        "numbers": number(len(found)),
        "carrying": number(found.loc[found["label"] != NOBODY, "source_id"].nunique()),
        "first": str(persons.index[0]).removesuffix("."),  # which the sentence has
        "first-count": number(int(persons.iloc[0])),
        "bare": sentence_case(none_or_count(bare)),
        "mendikulova": number(mendikulova),
        "mendikulova-share": percent(mendikulova, len(found), 0),
        "no-year": none_or_count(int((credited["year"] == "").sum())),
        "sources": number(len(credited)),
        "old": SAY.say("old", old=[f"“{row.value_text}” in {row.locator}" for row in old.itertuples()]),
        "counted": SAY.say("counted", counted=chosen.counted, share=percent(bare, len(found), 0)),
    }
