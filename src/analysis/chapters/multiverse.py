"""The headline claims under every choice that their numbers leave open."""

from __future__ import annotations

import math
from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.claims import headlines
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.charts.claim_strips import ClaimStrips, Strip
from edition.charts.specification_curve import SpecificationCurve
from edition.claims.multiverse import Universe
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    NBSP,
    in_words,
    none_or_count,
    number,
    percent,
    sentence_case,
    source_line,
    span,
    within_brackets,
)


class Multiverse(Chapter):
    """Every choice at once."""

    nearness: Literal["every", "strictest"] = one_of(
        "whether a claim is taken at each degree of nearness or only at its strictest",
        {"every": "at each degree", "strictest": "only at its strictest"},
    )
    choices_shown: int = Field(
        ge=1, le=4, description="how many of the choices that move a claim most stand under its curve"
    )


POINTS = 160  # combinations drawn of a claim
HEAPS = 72  # into which they are gathered in a strip

SAY = Sentences(__name__)


def universe(tables: Tables, chosen: Multiverse, name: str) -> Universe:
    """All combinations of one headline claim, taken as strictly as chosen."""
    every = headlines.HEADLINES[name](tables)
    return every if chosen.nearness == "every" else every.strictest()


def used(tables: Tables, rows: list[str]) -> pd.DataFrame:
    """The data rows that a claim uses, with what a source line needs."""
    names = ("stocks", "shares", "quantities", "events")
    columns = ["id", "value_text", "source_id", "exhibit", "locator", "caveats"]
    frame = pd.concat([getattr(tables, name)[columns] for name in names], ignore_index=True)
    return frame[frame["id"].isin(rows)]


@exhibit
def curve(tables: Tables, chosen: Multiverse, name: str) -> Picture:
    """One claim: its combinations in the order of their value, and the options that they take."""
    found = universe(tables, chosen, name)
    shown = list(found.influence().index[: chosen.choices_shown])
    shown = [choice for choice in found.choices if choice in shown and len(found.choices[choice]) > 1]
    by_option = found.by_option().assign(percent=lambda frame: 100 * frame["share"])
    rows: list[tuple[str, str, float]] = []
    for choice in shown:
        rows.append((choice, "", 0.0))
        rows += by_option.loc[by_option["choice"] == choice, ["choice", "option", "percent"]].itertuples(index=False, name=None)  # fmt: skip
    data = found.curve(POINTS)
    value = data["value"]
    best = by_option[by_option["choice"].isin(shown)].sort_values("share").iloc[-1]
    places = 1 if value.max() < 1000 else 0
    band = len({end for end in found.target if not math.isnan(end)}) == 2
    words = SAY.exhibit(
        "fig-multiverse-each",
        claim=found.claim,
        unit=found.unit,
        combinations=found.size,
        drawn=len(data),
        holds=found.count,
        part=percent(found.count, found.size),
        mark="band" if band else "line",
        least=number(value.min(), places),
        most=number(value.max(), places),
        option=best["option"],
        choice=best["choice"],
    )
    return Picture(
        **words | {"id": f"fig-multiverse-{name}"},
        source=source_line(used(tables, found.rows), tables),
        data=data,
        chart=SpecificationCurve(
            unit=found.unit,
            target=(_known(found.target[0]), _known(found.target[1])),
            choices=tuple(rows),
        ),
    )


def _known(bound: float) -> float | None:
    """A bound that is claimed, or None."""
    return None if math.isnan(bound) else bound


@exhibit
def strips(tables: Tables, chosen: Multiverse) -> Picture:
    """All headline claims in one picture: where the combinations of each lie, and in which of them it holds."""
    found = {name: universe(tables, chosen, name) for name in headlines.HEADLINES}
    data = pd.concat([one.heaps(HEAPS).assign(claim=one.claim) for one in found.values()], ignore_index=True)
    return Picture(
        **SAY.exhibit(
            "fig-multiverse-claims",
            claims=[(one.claim, _share(one.count, one.size), one.size) for one in found.values()],
            wide=chosen.nearness == "every",
            always=sum(one.share == 1 for one in found.values()),
            never=[one.claim for one in found.values() if not one.count],
            most=max(found.values(), key=lambda one: one.share).claim,
        ),
        source=source_line(used(tables, [row for one in found.values() for row in one.rows]), tables),
        data=data,
        chart=ClaimStrips(
            strips=tuple(
                Strip(
                    claim=one.claim,
                    unit=one.unit,
                    target=(_known(one.target[0]), _known(one.target[1])),
                    size=one.size,
                    count=one.count,
                )
                for one in found.values()
            ),
            holding="claimed",
        ),
    )


@exhibit
def summary(tables: Tables, chosen: Multiverse) -> Table:
    """All headline claims, a row each."""
    found = {name: universe(tables, chosen, name) for name in headlines.HEADLINES}
    influence = {name: one.influence() for name, one in found.items()}
    data = pd.DataFrame(
        {
            "claim": [one.claim for one in found.values()],
            "combinations": [one.size for one in found.values()],
            "holds": [one.count for one in found.values()],
            "decided_by": [effect.index[0] for effect in influence.values()],
            "moves": [100 * effect.iloc[0] for effect in influence.values()],
            "verdict": [headlines.verdict(tables, name) for name in found],
            "part": [one.count / one.size for one in found.values()],
        }
    )
    shown = pd.DataFrame(
        {
            "Claim": data["claim"],
            "combinations": data["combinations"].map(number),
            "it holds in": data["holds"].map(number),
            "share": [_share(row.holds, row.combinations) for row in data.itertuples()],
            "moved most by": [row.decided_by if row.moves else "no choice" for row in data.itertuples()],
            "by how much": data["moves"].map(lambda moved: f"{moved:.0f}{NBSP}points"),
            "verdict, strictly taken": data["verdict"],
        }
    )
    rows = used(tables, [row for one in found.values() for row in one.rows])
    least, most = (_share(row.holds, row.combinations) for row in data.sort_values("part").iloc[[0, -1]].itertuples())
    return Table(
        **SAY.exhibit("tbl-multiverse", least=least, most=most),
        source=source_line(rows, tables),
        data=data,
        shown=shown,
        numeric=("combinations", "it holds in", "share", "by how much"),
        stacked=True,
    )


def _decided(choice: str, options: pd.DataFrame) -> str:
    """Which choice moves the share most, between which ends; options from the least share to the largest."""

    def having(share: float) -> str:
        return SAY.say(
            "with",
            options=[within_brackets(one) for one in options.loc[(options["share"] - share).abs() < 1e-9, "option"]],
        )

    least, most = options["share"].iloc[0], options["share"].iloc[-1]
    return SAY.say(
        "decided",
        choice=choice,
        least=f"{100 * least:.0f}",
        least_with=having(least),
        most=f"{100 * most:.0f}",
        most_with=having(most),
    )


def _share(count: int, size: int) -> str:
    return "none" if count == 0 else "all" if count == size else percent(count, size, 1 if count / size > 0.001 else 3)


CLAIMS = {name: name.replace("-", " ") for name in headlines.HEADLINES}
RESULTS = {
    **{
        f"{name}-size": Result("count", f"combinations of choices for the claim “{words}”")
        for name, words in CLAIMS.items()
    },
    **{
        f"{name}-percent": Result("per cent", f"share of combinations in which the claim “{words}” holds")
        for name, words in CLAIMS.items()
    },
}


def results(tables: Tables, chosen: Multiverse) -> dict[str, float]:
    """What `RESULTS` declares."""
    every = {name.replace("_", "-"): universe(tables, chosen, name) for name in headlines.HEADLINES}
    return {
        **{f"{name}-size": one.size for name, one in every.items()},
        **{f"{name}-percent": 100 * one.share for name, one in every.items()},
    }


def findings(tables: Tables, chosen: Multiverse) -> dict[str, str]:
    """What the chapter's sentences say, as text; for each claim `<name>-size`, `-claimed`, `-holds`, `-part`, `-decided`, `-low`, `-high`."""
    said: dict[str, str] = {"claims": sentence_case(in_words(len(headlines.HEADLINES)))}
    always, never = [], []
    total = 0
    for name in headlines.HEADLINES:
        one = universe(tables, chosen, name)
        total += one.size
        places = 1 if one.value.max() < 1000 else 0
        options = one.by_option()
        decided = one.influence()
        first = options[options["choice"] == decided.index[0]].sort_values("share")
        ends = [end for end in one.target if not math.isnan(end)]
        said |= {
            f"{name}-size": number(one.size),
            f"{name}-claimed": span(min(ends), max(ends)),
            f"{name}-holds": none_or_count(one.count),
            f"{name}-part": SAY.say("part", count=one.count, size=one.size, share=_share(one.count, one.size)),
            f"{name}-decided": _decided(decided.index[0] if decided.iloc[0] > 0 else "", first),
            f"{name}-low": number(float(one.value.min()), places).replace("-", "−"),
            f"{name}-high": number(float(one.value.max()), places).replace("-", "−"),
        }
        always += [one.claim] * (one.share == 1)
        never += [one.claim] * (one.count == 0)
    return said | {
        "total": number(total),
        "always": SAY.say("always", always=always),
        "never": SAY.say("never", never=never),
        "nearness": SAY.say("nearness", nearness=chosen.nearness),
    }
