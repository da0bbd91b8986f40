"""How a verdict is reached: the rules, the function that carries each, the tolerances, and every verdict that was changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from analysis.claims import checks, headlines, inconsistencies, tolerances
from analysis.claims.ledger import ledger
from analysis.computing import outside
from analysis.tables import Tables
from edition import paper
from edition.claims import inconsistencies as entries
from edition.claims.ledger import judged
from edition.claims.verdicts import MEANS, NOT_CHECKABLE, REPRODUCED, VERDICTS
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import NBSP, in_words, number

SAY = Sentences(__name__)


class Rule(NamedTuple):
    """One rule, and what carries it.

    Attributes:
        name, says: the sentence that is its name, and that with what it says, by their names in the file.
        carried_by: the functions that hold it.
    """

    name: str
    says: str
    carried_by: tuple[Callable[..., Any], ...]


RULES = (
    Rule("same-test", "same-test-says", (headlines.verdict, checks.under_every_choice)),
    Rule(
        "no-agreement-with-oneself",
        "no-agreement-with-oneself-says",
        (checks.ranked_by_size, checks.besides_hosts, checks.more_than_its_part),
    ),
    Rule("like-with-like", "like-with-like-says", (outside.counts, outside.estimates)),
    Rule("evidence-at-hand", "evidence-at-hand-says", (checks.counted, checks.near_outside, checks.met)),
    Rule("known-to-all", "known-to-all-says", (judged,)),
    Rule("one-table", "one-table-says", (tolerances.near, tolerances.points, outside.benchmark)),
    Rule("credit", "credit-says", (Tables.credit,)),
    Rule("clashes-and-remarks", "clashes-and-remarks-says", (entries.confirmed, inconsistencies.confirmed)),
)


def _named(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


@exhibit
def meanings(tables: Tables) -> Table:
    """The verdicts, what each means, and how many claims have it."""
    counts = ledger(tables)["verdict"].value_counts()
    data = pd.DataFrame(
        {
            "verdict": VERDICTS,
            "means": [MEANS[one] for one in VERDICTS],
            "claims": [int(counts.get(one, 0)) for one in VERDICTS],
        }
    )
    shown = data.assign(claims=data["claims"].map(number))
    return Table(
        **SAY.exhibit(
            "tbl-verdicts",
            verdicts=len(data),
            claims=data["claims"].sum(),
            unchecked=int(counts.get(NOT_CHECKABLE, 0)),
            reproduced=int(counts.get(REPRODUCED, 0)),
        ),
        source=SAY.say("source"),
        data=data,
        shown=shown.rename(columns={"verdict": "Verdict", "means": "when"}),
        numeric=("claims",),
        stacked=True,
    )


@exhibit
def rules() -> Table:
    """The rules, and the functions that carry them."""
    data = pd.DataFrame(
        {
            "rule": [SAY.say(rule.name) for rule in RULES],
            "says": [SAY.say(rule.says) for rule in RULES],
            "carried_by": ["; ".join(map(_named, rule.carried_by)) for rule in RULES],
        }
    )
    return Table(
        **SAY.exhibit("tbl-rules", rules=len(data)),
        source=SAY.say("source"),
        data=data,
        shown=data.rename(columns={"rule": "Rule", "says": "what it says", "carried_by": "applied by"}),
        stacked=True,
    )


@exhibit
def widths() -> Table:
    """How near is near, as the checks have it."""
    data = pd.DataFrame(
        [(tolerances.SAY.say(one.of), one.allows, one.unit, tolerances.SAY.say(one.why)) for one in tolerances.TABLE],
        columns=["of", "allows", "unit", "why"],
    )
    allows = [
        "exact" if one.unit == "exact" else f"{one.allows:g}{NBSP}{one.unit.replace('per cent', '%')}"
        for one in tolerances.TABLE
    ]
    return Table(
        **SAY.exhibit("tbl-tolerances", widths=len(data)),
        source=SAY.say("source"),
        data=data,
        shown=pd.DataFrame({"Compared": data["of"], "allowed": allows, "why": data["why"]}),
        stacked=True,
    )


def changed(tables: Tables) -> pd.DataFrame:
    """Every verdict that was another before: the rows of `revisions`, with the claim's `paraphrase` and `locator`."""
    rows = tables.revisions.query("table == 'claims' and column == 'verdict'")
    return rows.merge(tables.claims[["id", "paraphrase", "locator"]], left_on="row_id", right_on="id", validate="1:1")


@exhibit
def changes_by_class(tables: Tables) -> Table:
    """How many verdicts were changed, from which to which."""
    data = (
        changed(tables)
        .groupby(["was", "is"])
        .size()
        .rename("claims")
        .reset_index()
        .sort_values("claims", ascending=False, kind="stable", ignore_index=True)
    )
    return Table(
        **SAY.exhibit("tbl-changes-by-class", claims=data["claims"].sum(), ways=len(data)),
        source=SAY.say("source-of-changes"),
        data=data,
        shown=data.assign(claims=data["claims"].map(number)).rename(columns={"was": "Was", "is": "is now"}),
        numeric=("claims",),
        stacked=True,
    )


@exhibit
def changes(tables: Tables) -> Table:
    """Every verdict that was changed, with its reason."""
    rows = changed(tables)
    shown = rows[["paraphrase", "locator", "was", "is", "why", "since"]]
    shown = shown.assign(since=shown["since"].map(paper.dated), why=shown["why"].str.replace(" %", f"{NBSP}%"))
    since = list(dict.fromkeys(shown["since"]))
    if len(since) == 1:  # the caption says it for all
        shown = shown.drop(columns="since")
    return Table(
        **SAY.exhibit("tbl-changes", claims=len(rows), since=since),
        source=SAY.say("source-of-changes"),
        data=rows.drop(columns="id"),
        shown=shown.rename(columns={"paraphrase": "Claim", "locator": "where", "is": "is now"}),
        stacked=True,
        filters=("was", "is now"),
    )


def findings(tables: Tables) -> dict[str, str]:
    """What the page's sentences say, as text."""
    revised = tables.revisions
    unclear = pd.concat([getattr(tables, name)[["caveats"]] for name in tables.CREDITED])
    return {
        "claims": number(len(tables.claims)),
        "verdicts": in_words(len(VERDICTS)),
        "rules": in_words(len(RULES)),
        "changed": number(len(changed(tables))),
        "credits": number(int((revised["column"].isin(["credited_to", "source_id"])).sum())),
        "words": number(int(((revised["table"] == "claims") & (revised["column"] == "paraphrase")).sum())),
        "unclear": number(int(unclear["caveats"].str.contains(r"\bcredit_unclear\b").sum())),
    }
