"""How many islanders live elsewhere: two scholars side by side."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from edition.asking.parameters import Chapter, one_of
from edition.asking.results import bounded
from edition.charts.estimates import Estimates
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Cited, cite, quantity, source_line, span
from invented.tables import Tables

SAY = Sentences(__name__)
SERIES = {"harrow_1911": "harrow", "quill_1925": "quill"}


class Islanders(Chapter):
    """How many islanders."""

    scholar: Literal["harrow", "quill"] = one_of(
        "whose numbers are added up", {"harrow": "Harrow's", "quill": "Quill's"}
    )
    bound: Literal["both", "lowest", "highest"] = one_of(
        "which ends of a printed range are taken",
        {"both": "both", "lowest": "the lowest", "highest": "the highest"},
    )
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
        **SAY.exhibit("fig-islanders", most=most["high"], island=most["name"]),
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
        **SAY.exhibit("tbl-islanders", numbers=len(found)),
        reproduces="Table 1",
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
    mine, total = _islands(tables, chosen), cite(tables.numbers, f"t1-all-{chosen.scholar}")
    return {
        "total": total,
        "sum": Cited.of(span(*bounds.add(mine)), *mine["id"]),
        **SAY.all(scholar=chosen.scholar, total=total),
    }
