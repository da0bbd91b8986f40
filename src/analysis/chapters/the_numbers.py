"""How the numbers were written down: what the tables hold, what the caveats mean, what is corrected."""

from __future__ import annotations

import pandas as pd

from analysis.chapters import stage
from analysis.tables import Tables
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import in_words, listing, number

SAY = Sentences(__name__)


def _credited(tables: Tables) -> pd.DataFrame:
    return pd.concat([getattr(tables, name).assign(table=name) for name in Tables.CREDITED], ignore_index=True)


@exhibit
def holdings(tables: Tables) -> Table:
    """How many rows each table holds, by where the paper prints them."""
    rows = _credited(tables)
    counts = pd.crosstab(rows["table"], rows["exhibit"]).loc[list(Tables.CREDITED)]
    counts = counts[["text", *sorted(name for name in counts.columns if name != "text")]].assign(
        all=lambda frame: frame.sum(axis=1)
    )
    shown = (
        counts.astype("object")
        .where(counts > 0, "–")
        .astype("str")
        .rename(columns={"text": "prose"})
        .rename_axis("table", axis=0)
        .rename_axis(None, axis=1)
        .reset_index()
    )
    numeric = tuple(shown.columns[1:])
    shown["a row is"] = [SAY.say("row", table=table) for table in counts.index]
    added = {"table": "all", **counts.sum().astype("str").rename({"text": "prose"}), "a row is": ""}
    return Table(
        **SAY.exhibit("tbl-holdings", rows=counts["all"].sum(), tables=len(counts)),
        source=SAY.say("source"),
        data=counts.reset_index(),
        shown=pd.concat([shown, pd.DataFrame([added])], ignore_index=True),
        numeric=numeric,
        stacked=True,
    )


@exhibit
def vocabulary(tables: Tables) -> Table:
    """What each caveat means and how many rows carry it."""
    counts = tables.caveats
    for column, rows in (("paper", _credited(tables)), ("outside", tables.outside)):
        carried = rows["caveats"].str.split().explode().value_counts()
        counts = counts.assign(**{column: counts["caveat"].map(carried).fillna(0).astype(int)})
    counts = counts.sort_values(["paper", "outside"], ascending=False, kind="stable", ignore_index=True)
    shown = counts.astype("str").assign(caveat=counts["caveat"].str.replace("_", " "))
    return Table(
        **SAY.exhibit(
            "tbl-caveats", caveats=len(counts), top=shown["caveat"].iloc[0], most=int(counts["paper"].iloc[0])
        ),
        source=SAY.say("source"),
        data=counts,
        shown=shown.rename(columns={"caveat": "Caveat", "paper": "rows of the paper", "outside": "rows from outside"}),
        numeric=("rows of the paper", "rows from outside"),
        stacked=True,
    )


def _subjects(tables: Tables, corrected: pd.DataFrame) -> pd.Series:
    """What each of some numbers counts, as a sentence has it."""
    found = pd.concat([tables.subjects(name).set_axis(getattr(tables, name)["id"]) for name in Tables.NUMBERED])
    return found.loc[corrected.index]


@exhibit
def corrections(tables: Tables) -> Table:
    """What the edition takes instead of a transcription."""
    rows = tables.corrections.drop_duplicates(["row_id", "takes"])  # both bounds of a number may take the same
    corrected = tables.numbers.loc[rows["row_id"]]
    shown = pd.DataFrame(
        {
            "Number of": list(_subjects(tables, corrected)),
            "as printed": corrected["value_text"].to_list(),
            "taken": rows["takes"].map(number).to_list(),
            "why": rows["reason"].to_list(),
        }
    )
    return Table(
        **SAY.exhibit("tbl-corrections", corrections=rows["row_id"].nunique()),
        source=SAY.say("source-of-corrections"),
        data=tables.corrections,
        shown=shown,
        numeric=("taken",),
        stacked=True,
    )


@exhibit
def gazetteer(tables: Tables) -> Table:
    """Where the places of the paper are put on the maps."""
    rows = tables.with_names(tables.gazetteer)
    shown = pd.DataFrame(
        {
            "Place": rows["name"],
            "put at": rows["geonames_name"],
            "degrees east": rows["longitude"].map("{:.2f}".format),
            "degrees north": rows["latitude"].map("{:.2f}".format),
            "placed as": [stage.SAY.say("mark", precision=one) for one in rows["precision"]],
        }
    )
    return Table(
        **SAY.exhibit("tbl-gazetteer", places=len(rows)),
        source=SAY.say("source-of-towns"),
        data=rows,
        shown=shown,
        numeric=("degrees east", "degrees north"),
        stacked=True,
    )


def findings(tables: Tables) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    numbered = pd.concat([getattr(tables, name) for name in Tables.NUMBERED], ignore_index=True)
    printed = pd.concat([numbered, tables.events], ignore_index=True).query("value_text != ''")
    work = tables.by_id("sources")["work"]
    credited = printed[~printed["source_id"].isin(tables.own)]["source_id"]
    caveats = _credited(tables)["caveats"].str.split().explode().value_counts()
    return {
        "numbers": number(int((numbered["value_text"] != "").sum())),
        "dates": number(int((tables.events["value_text"] != "").sum())),
        "blanks": in_words(int((numbered["value_text"] == "").sum())),
        "blank-dates": in_words(int((tables.events["value_text"] == "").sum())),
        "works": number(credited.map(work.where(work != "", work.index.to_series())).nunique()),
        "uncited": number(int(printed["source_id"].isin(tables.own).sum())),
        "places": number(len(tables.lists)),
        "lists": number(tables.lists["list"].nunique()),
        "stages": number(len(tables.stages)),
        "indefinite": in_words(int(caveats["indefinite_number"])),
        "indefinite-words": listing(
            f'"{word}"'
            for word in dict.fromkeys(numbered.loc[numbered["caveats"].str.contains("indefinite"), "value_text"])
        ),
        "unclear": in_words(
            int(((numbered["caveats"].str.contains("column_unclear")) & (numbered["value_text"] != "")).sum())
        ),
        "corrected": in_words(tables.corrections["row_id"].nunique()),
    }
