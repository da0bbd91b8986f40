"""The ledger of claims: all of them, and what the verdicts come to."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
from pydantic import Field

from analysis.claims.ledger import ledger
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.asking.results import Result
from edition.charts.tally import Tally
from edition.claims.verdicts import BY_ITSELF, BY_OTHERS, REPRODUCED, VERDICTS
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import NBSP, in_words, none_or_count, number, percent, sentence_case, with_noun


class Ledger(Chapter):
    """The ledger of claims."""

    years_apart: int = Field(
        ge=1,
        le=20,
        examples=[1, 5, 20],
        description="how many years a count may lie from a dated number to be set against it",
    )
    tolerance_percent: int = Field(
        ge=0,
        le=25,
        examples=[0, 5, 25],
        description="how far a number may lie from a count and still agree, in per cent",
    )


SHORT = dict(
    zip(
        VERDICTS,
        ("reproduced", "in part", "against itself", "against others", "open", "undisputed", "not checkable"),
        strict=True,
    )
)


SAY = Sentences(__name__)
NAMES = ("reproduced", "in-part", "by-itself", "by-others", "open", "undisputed", "not-checkable")


@lru_cache(maxsize=16)
def claims_shown(tables: Tables, chosen: Ledger) -> pd.DataFrame:
    """The ledger under the chosen bounds, with `section` (of the paper) and `credit` (label)."""
    found = ledger(tables, years_apart=chosen.years_apart, tolerance_percent=chosen.tolerance_percent)
    section = found["locator"].str.extract(r"^([^¶,]+)")[0].str.strip()
    credit = tables.credit(found["credited_to"])
    return found.assign(section=section, credit=credit)


def _source(tables: Tables) -> str:
    return SAY.say("source", outside=len(tables.outside))


def _total(data: pd.DataFrame, *verdicts: str) -> int:
    """How many claims have one of some verdicts."""
    return int(data.loc[data["verdict"].isin(verdicts), ["solid", "open"]].to_numpy().sum())


@exhibit
def summary(tables: Tables, chosen: Ledger) -> Picture:
    """How many claims have which verdict, computed or read."""
    found = claims_shown(tables, chosen)
    counts = found.groupby(["verdict", "computed"]).size().unstack(fill_value=0).reindex(VERDICTS, fill_value=0)
    data = pd.DataFrame(
        {
            "label": [
                verdict.replace(" by ", "\nby ").replace(" from ", "\nfrom ").replace(" with ", "\nwith ")
                for verdict in VERDICTS
            ],
            "verdict": VERDICTS,
            "solid": counts.get(True, 0),
            "open": counts.get(False, 0),
        }
    ).reset_index(drop=True)
    data = data.assign(text=(data["solid"] + data["open"]).map(number))
    return Picture(
        **SAY.exhibit(
            "fig-ledger",
            claims=len(found),
            reproduced=_total(data, REPRODUCED),
            contradicted=_total(data, BY_ITSELF, BY_OTHERS),
            told=data["verdict"] + ": " + data["text"],
            computed=found["computed"].sum(),
        ),
        source=_source(tables),
        data=data,
        chart=Tally(unit="claims", colour="bar"),
    )


@exhibit
def by_section(tables: Tables, chosen: Ledger) -> Table:
    """The verdicts by section of the paper, the section with the most claims first."""
    found = claims_shown(tables, chosen)
    counts = (
        found.groupby(["section", "verdict"], sort=False)
        .size()
        .unstack(fill_value=0)
        .reindex(columns=VERDICTS, fill_value=0)
    )
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    totals = counts.sum(axis=1)
    shown = counts.rename(columns=SHORT).astype("str").replace("0", "–")
    shown.insert(0, "all", totals.map(number))
    shown = shown.reset_index()
    return Table(
        **SAY.exhibit("tbl-ledger-sections", section=totals.idxmax(), most=totals.max(), claims=totals.sum()),
        source=_source(tables),
        data=counts.reset_index(),
        shown=shown.rename(columns={"section": "Section"}).rename_axis(columns=None),
        numeric=("all", *SHORT.values()),
    )


@exhibit
def claims_table(tables: Tables, chosen: Ledger) -> Table:
    """Every claim, a row each, to be searched and filtered."""
    found = claims_shown(tables, chosen)
    shown = pd.DataFrame(
        {
            "Claim": [
                SAY.say(
                    "claim",
                    claim=row.paraphrase,
                    credit="" if row.credited_to == tables.author else row.credit.removesuffix("."),
                )
                for row in found.itertuples()
            ],
            "where": found["locator"],
            "kind": found["kind"],
            "verdict": found["verdict"],
            "why": found["reason"].str.replace(" %", f"{NBSP}%"),
            "judged by": found["computed"].map({True: "numbers", False: "reading"}),
        }
    )
    return Table(
        **SAY.exhibit("tbl-ledger", claims=len(found), computed=found["computed"].sum()),
        source=_source(tables),
        data=found,
        shown=shown,
        stacked=True,
        anchors=tuple(found["id"]),
        filters=("kind", "verdict", "judged by"),
    )


def _by_verdict(found: pd.DataFrame) -> dict[str, int]:
    """How many claims have each verdict."""
    counts = found["verdict"].value_counts()
    return {name: int(counts.get(verdict, 0)) for name, verdict in zip(NAMES, VERDICTS, strict=True)}


RESULTS = {
    "reproduced": Result("count", "claims that are reproduced"),
    "in-part": Result("count", "claims that are reproduced in part"),
    "by-itself": Result("count", "claims that the paper itself contradicts"),
    "by-others": Result("count", "claims that others contradict"),
    "open": Result("count", "claims that stay open"),
    "undisputed": Result("count", "claims that nothing disputes"),
    "not-checkable": Result("count", "claims that cannot be checked"),
    "computed": Result("count", "claims whose verdict is computed"),
}


def results(tables: Tables, chosen: Ledger) -> dict[str, float]:
    """What `RESULTS` declares."""
    found = claims_shown(tables, chosen)
    return {**_by_verdict(found), "computed": int(found["computed"].sum())}


def independent(tables: Tables, reproduced: pd.DataFrame) -> int:
    """How many different numbers the claims are about: one carried from column to column, or into a sentence, counts once."""
    named = pd.concat([getattr(tables, name) for name in tables.NUMBERED]).set_index("id")[
        ["place_id", "unit", "low", "high"]
    ]

    def about(claim: str, ids: str) -> tuple[object, ...]:
        rows = [row_id for row_id in ids.split() if row_id in named.index]
        return tuple(named.loc[rows[0]].fillna(-1)) if rows else (claim,)

    return len({about(row.id, row.value_ids) for row in reproduced.itertuples()})


def findings(tables: Tables, chosen: Ledger) -> dict[str, str]:
    """What the chapter's sentences say, as text; for each verdict its count."""
    found = claims_shown(tables, chosen)
    computed = found[found["computed"]]
    said = {name: none_or_count(count) for name, count in _by_verdict(found).items()}
    said |= {f"computed-{name}": none_or_count(count) for name, count in _by_verdict(computed).items()}
    said["computed-by-itself"] = sentence_case(said["computed-by-itself"])  # a sentence begins with it
    said["independent"] = number(independent(tables, computed[computed["verdict"] == REPRODUCED]))
    uncited = int((found["credited_to"] == tables.author).sum())
    return said | {
        "claims": number(len(found)),
        "computed": number(len(computed)),
        "read": number(len(found) - len(computed)),
        "uncited": number(uncited),
        "uncited-share": percent(uncited, len(found), 0),
        "kinds": in_words(found["kind"].nunique()),
        "years": with_noun(chosen.years_apart, "year"),
        "agrees": SAY.say("agrees", tolerance=chosen.tolerance_percent),
    }
