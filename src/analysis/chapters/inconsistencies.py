"""What does not fit together in the paper, kind by kind."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.claims import inconsistencies
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.wording import in_words, number


class Inconsistencies(Chapter):
    """What does not fit."""

    shown: Literal["all", "confirmed by numbers"] = Field(
        description="whether every entry is listed or only those that numbers confirm"
    )


def entries(tables: Tables, chosen: Inconsistencies) -> pd.DataFrame:
    """The entries as chosen, their numbers filled in."""
    found = inconsistencies.confirmed(tables)
    return found if chosen.shown == "all" else found[found["computed"]]


@exhibit
def of_kind(tables: Tables, chosen: Inconsistencies, kind: str) -> Table:
    """The entries of one kind; one row says so when none of them is shown.

    Raises:
        ValueError: no entry of the table is of that kind.
    """
    kinds = tables.inconsistencies["kind"]
    if kind not in set(kinds):
        raise ValueError(f"no inconsistency is of the kind {kind!r}; allowed: {', '.join(kinds.unique())}")
    found = entries(tables, chosen).query("kind == @kind")
    shown = pd.DataFrame(
        {
            "What does not fit": found["what"],
            "where": found["locators"],
            "what would explain it": found["explains"],
            "found by": found["computed"].map({True: "numbers", False: "reading"}),
        }
    )
    if found.empty:
        shown.loc[0] = ["Numbers confirm no entry of this kind.", "", "", ""]
    name = kind.replace(",", "").replace(" ", "-")
    return Table(
        id=f"tbl-inconsistencies-{name}",
        caption=f"{kind[0].upper()}{kind[1:]}: what does not fit, where it stands, and what would explain it.",
        source="Askhat, the places named; worded by this edition.",
        data=found,
        shown=shown,
        stacked=True,
        anchors=tuple(found["id"]),
    )


@exhibit
def summary(tables: Tables, chosen: Inconsistencies) -> Table:
    """How many there are of each kind."""
    found = entries(tables, chosen)
    counts = found.groupby("kind", sort=False).agg(entries=("id", "size"), numbers=("computed", "sum")).reset_index()
    shown = counts.assign(entries=counts["entries"].map(number), numbers=counts["numbers"].map(number))
    return Table(
        id="tbl-inconsistencies",
        caption="Entries by kind, and how many of them numbers confirm.",
        source="Askhat; counted by this edition.",
        data=counts,
        shown=shown.rename(columns={"kind": "Kind", "entries": "entries", "numbers": "confirmed by numbers"}),
        numeric=("entries", "confirmed by numbers"),
    )


def results(tables: Tables, chosen: Inconsistencies) -> dict[str, float]:
    """For a sweep, how many `entries`, how many confirmed by `numbers`, and of how many `kinds`."""
    found = entries(tables, chosen)
    return {"entries": len(found), "numbers": int(found["computed"].sum()), "kinds": int(found["kind"].nunique())}


def findings(tables: Tables, chosen: Inconsistencies) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    found = entries(tables, chosen)
    most = found["kind"].value_counts()
    return {
        "entries": number(len(found)),
        "numbers": number(int(found["computed"].sum())),
        "reading": number(int((~found["computed"]).sum())),
        "kinds": in_words(found["kind"].nunique()),
        "most": str(most.index[0]),
        "most-count": number(int(most.iloc[0])),
    }
