"""What does not fit together in the paper, kind by kind."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.claims import inconsistencies
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.claims.inconsistencies import CLASH, REMARK, WITHDRAWN
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import in_words, number


class Inconsistencies(Chapter):
    """What does not fit."""

    shown: Literal["all", "confirmed by numbers"] = one_of(
        "whether every entry is listed or only those that computing confirms",
        {"all": "every entry", "confirmed by numbers": "only those that computing confirms"},
    )


SAY = Sentences(__name__)
COUNTED = {  # columns of the summary, as its heads have them
    "clash": "clashes",
    "clash_computed": "clashes, computed",
    "remark": "remarks",
    "remark_computed": "remarks, computed",
}


def entries(tables: Tables, chosen: Inconsistencies) -> pd.DataFrame:
    """The entries as chosen, their numbers filled in."""
    found = standing(tables)
    return found if chosen.shown == "all" else found[found["computed"]]


def standing(tables: Tables) -> pd.DataFrame:
    """The entries that are not withdrawn, clashes before remarks."""
    found = inconsistencies.confirmed(tables).query("what_kind != @WITHDRAWN")
    return found.sort_values("what_kind", kind="stable")


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
            "clash or remark": found["what_kind"],
            "where": found["locators"],
            "what would explain it": found["explains"],
            "judged by": found["computed"].map({True: "computing", False: "reading"}),
        }
    )
    if found.empty:
        shown.loc[0] = [SAY.say("none-of-kind"), "", "", "", ""]
    clashes = int((found["what_kind"] == CLASH).sum())
    name = kind.replace(",", "").replace(" ", "-")
    return Table(
        **SAY.exhibit("tbl-inconsistencies-of-kind", kind=kind, clashes=clashes, others=len(found) - clashes)
        | {"id": f"tbl-inconsistencies-{name}"},
        source=SAY.say("source"),
        data=found,
        shown=shown,
        stacked=True,
        anchors=tuple(found["id"]),
    )


@exhibit
def summary(tables: Tables, chosen: Inconsistencies) -> Table:
    """How many there are of each kind."""
    found = entries(tables, chosen)
    clash, remark = found["what_kind"] == CLASH, found["what_kind"] == REMARK
    marked = found.assign(
        clash=clash, clash_computed=clash & found["computed"], remark=remark, remark_computed=remark & found["computed"]
    )
    counted = list(COUNTED)
    counts = marked.groupby("kind", sort=False)[counted].sum()
    counts = counts.loc[
        [kind for kind in tables.inconsistencies["kind"].unique() if kind in counts.index]
    ].reset_index()
    total = pd.DataFrame([{"kind": SAY.say("all-kinds"), **counts[counted].sum()}])
    shown = pd.concat([counts, total], ignore_index=True)
    shown[counted] = shown[counted].map(number)
    return Table(
        **SAY.exhibit("tbl-inconsistencies", clashes=int(counts["clash"].sum()), others=int(counts["remark"].sum())),
        source=SAY.say("source-of-counts"),
        data=counts,
        shown=shown.rename(columns={"kind": "Kind", **COUNTED}),
        numeric=tuple(COUNTED.values()),
    )


@exhibit
def withdrawn(tables: Tables) -> Table:
    """Entries that stood here once and were found to be none."""
    found = inconsistencies.confirmed(tables).query("what_kind == @WITHDRAWN")
    shown = pd.DataFrame(
        {
            "What was said not to fit": found["what"],
            "where": found["locators"],
            "why it was withdrawn": found["withdrawn"],
        }
    )
    return Table(
        **SAY.exhibit("tbl-inconsistencies-withdrawn", entries=len(found)),
        source=SAY.say("source"),
        data=found,
        shown=shown,
        stacked=True,
        anchors=tuple(found["id"]),
    )


RESULTS = {
    "entries": Result("count", "entries of the list"),
    "clashes": Result("count", "entries that are clashes"),
    "numbers": Result("count", "entries confirmed by computing"),
    "kinds": Result("count", "kinds of entry"),
}


def results(tables: Tables, chosen: Inconsistencies) -> dict[str, float]:
    """What `RESULTS` declares."""
    found = entries(tables, chosen)
    return {
        "entries": len(found),
        "clashes": int((found["what_kind"] == CLASH).sum()),
        "numbers": int(found["computed"].sum()),
        "kinds": int(found["kind"].nunique()),
    }


def findings(tables: Tables, chosen: Inconsistencies) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    found = entries(tables, chosen)
    clashes = found[found["what_kind"] == CLASH]
    most = clashes["kind"].value_counts()
    return {
        "entries": number(len(found)),
        "clashes": number(len(clashes)),
        "remarks": number(len(found) - len(clashes)),
        "confirmed": SAY.say("confirmed", shown=chosen.shown, numbers=int(clashes["computed"].sum())),
        "kinds": in_words(found["kind"].nunique()),
        "most": str(most.index[0]),
        "most-count": number(int(most.iloc[0])),
        "withdrawn": in_words(int((tables.inconsistencies["what_kind"] == WITHDRAWN).sum())),
    }
