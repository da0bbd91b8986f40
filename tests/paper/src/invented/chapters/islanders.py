"""How many islanders live elsewhere: two scholars side by side."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from edition.asking.parameters import Chapter
from edition.asking.results import bounded
from edition.charts.estimates import Estimates
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers import bounds
from edition.numbers.wording import Cited, cite, number, quantity, source_line, span, with_noun
from invented.tables import Tables

SERIES = {"harrow_1911": "harrow", "quill_1925": "quill"}


class Islanders(Chapter):
    """How many islanders."""

    scholar: Literal["harrow", "quill"] = Field(description="whose numbers are added up")
    bound: Literal["both", "lowest", "highest"] = Field(description="which ends of a printed range are taken")
    largest: int = Field(ge=1, le=2, description="how many of the largest islands are added up")


def estimates(tables: Tables, chosen: Islanders) -> pd.DataFrame:
    """Every number, the reader's own among them, each range as chosen."""
    found = bounds.take(pd.concat([tables.estimates, tables.added], ignore_index=True), chosen.bound)
    series = found["source_id"].map(SERIES).fillna("added")
    return found.merge(tables.places, on="place_id", validate="m:1").assign(series=series)


def _islands(tables: Tables, chosen: Islanders) -> pd.DataFrame:
    """The largest islands of the chosen scholar."""
    mine = estimates(tables, chosen).query("series == @chosen.scholar and kind == 'island'")
    return mine.sort_values("high", ascending=False).head(chosen.largest)


@exhibit
def side_by_side(tables: Tables, chosen: Islanders) -> Picture:
    """The scholars island by island."""
    found = estimates(tables, chosen)
    labels = {"harrow": "Harrow", "quill": "Quill", "added": "added"}
    most = found.loc[found["high"].idxmax()]
    return Picture(
        id="fig-islanders",
        title=f"Nobody counts more than {number(most['high'])} islanders elsewhere",
        subtitle="Islanders of Vell by island, by scholar",
        caption="Islanders of Vell by island, as two scholars have them. The axis is logarithmic.",
        notes=("Each scholar printed one number for an island.",),
        alt=f"Dot plot with a mark per scholar for each island. The largest number is {number(most['high'])}, for {most['name']}.",
        source=source_line(found, tables),
        data=found.rename(columns={"name": "place"}),
        chart=Estimates(
            series=tuple((name, labels[name]) for name in dict.fromkeys(found["series"])), unit="islanders"
        ),
    )


@exhibit
def printed(tables: Tables, chosen: Islanders) -> Table:
    """Every number of the paper, a row each."""
    found = estimates(tables, chosen)
    shown = pd.DataFrame(
        {
            "Island": found["name"],
            "source": tables.credit(found["source_id"]),
            "islanders": [quantity(row.low, row.high, row.qualifier) for row in found.itertuples()],
        }
    )
    return Table(
        id="tbl-islanders",
        reproduces="Table 1",
        title=f"The paper prints {with_noun(len(found), 'number')}",
        subtitle="Islanders by island and scholar",
        caption="Every number of the paper.",
        source=source_line(found, tables),
        data=found,
        shown=shown,
        numeric=("islanders",),
        anchors=tuple(found["id"]),
    )


RESULTS = bounded("sum", "islanders", "sum of the largest islands")


def results(tables: Tables, chosen: Islanders) -> dict[str, float]:
    """What `RESULTS` declares."""
    return bounds.by_name({"sum": bounds.add(_islands(tables, chosen))})


def findings(tables: Tables, chosen: Islanders) -> dict[str, str]:
    """What the chapter's sentences say."""
    mine = _islands(tables, chosen)
    return {
        "total": cite(tables.numbers, f"t1-all-{chosen.scholar}"),
        "sum": Cited.of(span(*bounds.add(mine)), *mine["id"]),
    }
