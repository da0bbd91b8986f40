"""All countries in one picture of strips, with some of them set off: what stands at the head of a country's chapter.

Belongs here: every printed estimate of every country beside the counts. Not here: one country's numbers with their credits
(`host`), or the columns of the paper beside each other (`estimates`).
"""

from __future__ import annotations

import pandas as pd

from analysis.chapters import host
from analysis.computing import outside, stocks
from analysis.tables import Tables
from edition.charts.strips import Strips
from edition.exhibits.exhibit import Picture, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Source, in_words, listing, multiple, source_line

KINDS = {  # who gives a number, and the name in the key
    "mendikulova": "Mendikulova",
    "tatimov": "Tatimov",
    "yermekbay_official": "Yermekbay, official data",
    "yermekbay_field": "Yermekbay, field study",
    "prose": "in the prose",
    stocks.ADDED: "added",
}
PART_OF = {"xinjiang": "china"}  # a part whose number is larger than some of the whole stands with it

SAY = Sentences(__name__)


def every_country(tables: Tables) -> pd.DataFrame:
    """Every estimate that the paper prints of one country, and the counts since the last Soviet census.

    Returns:
        Columns `id`, `place_id`, `place` (name), `low`, `high` (persons), `counted` (bool), `meaning`, `source_id`, `exhibit`,
        `locator`, `caveats`; countries by their largest estimate, the largest first.
    """
    rows = stocks.with_added(tables, stocks.rivals(tables)).dropna(subset=["low", "high"], how="all")
    rows = rows[~rows["place_id"].isin(stocks.ROWS_OF_SEVERAL)]
    rows = rows.assign(place_id=rows["place_id"].replace(PART_OF), counted=False)
    known = outside.counts(tables).query("year >= @host.SINCE")
    known = known[known["place_id"].isin(rows["place_id"])].assign(counted=True, exhibit=host.OUTSIDE, locator="")
    both = pd.concat([rows, known], ignore_index=True)
    both = both.assign(meaning=both["given_by"].fillna("outside"))
    order = rows.groupby("place_id")["high"].max().sort_values(ascending=False, kind="stable").index
    both = both.assign(
        place=both["place_id"].map(tables.name), order=both["place_id"].map({place: n for n, place in enumerate(order)})
    )
    kept = [
        "id",
        "place_id",
        "place",
        "low",
        "high",
        "counted",
        "meaning",
        "source_id",
        "exhibit",
        "locator",
        "caveats",
    ]
    return both.sort_values(["order", "counted"], kind="stable", ignore_index=True)[kept]


def _source(tables: Tables, data: pd.DataFrame) -> Source:
    """The source line of `every_country`; the counts, too many to name in it one by one, are credited all the same."""
    counts = data[data["counted"]]
    line = source_line(
        data[~data["counted"]], tables, [f"{host.OUTSIDE}: counts of {listing(dict.fromkeys(counts['place']))}"]
    )
    return Source.of(line, [*line.credited, *tables.label[counts["source_id"]]], line.added)


@exhibit
def among_all(tables: Tables, *place_ids: str, name: str = "") -> Picture:
    """The strips of all countries, those of the chapter set off.

    Args:
        place_ids: the country of the chapter, or its countries; a row of several together has no strip.
        name: what the exhibit's id says of them; the place unless given.
    """
    data = every_country(tables)
    mine = data[data["place_id"].isin(place_ids)]
    estimates, counts = mine[~mine["counted"]], mine[mine["counted"]]
    shown = tuple(dict.fromkeys(mine["place"]))
    called = shown[0] if len(shown) == 1 else ""
    added = data[data["meaning"] == stocks.ADDED]
    ends = (
        data[~data["counted"] & (data["meaning"] != stocks.ADDED)]
        .groupby("place", sort=False)[["low", "high"]]
        .agg({"low": "min", "high": "max"})
    )
    times = ends["high"] / ends["low"]
    any_counted = data.groupby("place", sort=False)["counted"].any()
    every = data[~data["counted"]].groupby("place", sort=False).size()
    raw = stocks.rivals(tables)["place_id"]
    joint = tables.stocks.loc[tables.stocks["unit"] == host.JOINT, "place_id"].drop_duplicates()
    words = SAY.exhibit(
        "fig-among",
        country=called,
        countries=shown,
        the_country=tables.the(called) if called else "",
        times=multiple(times[called] if called else times.max()),
        furthest_apart=list(map(tables.the, times.index[times == times.max()])),
        added=len(added),
        parts=[(tables.name[part], tables.name[whole]) for part, whole in PART_OF.items() if (raw == part).any()],
        joint=list(tables.name[joint]),
        uncounted=list(map(tables.the, any_counted.index[~any_counted])),
        told=[f"{place}, {in_words(count)}" for place, count in every.items()],
        estimates=[estimates["low"].min(), estimates["high"].max()],
        counts=[counts["low"].min(), counts["high"].max()] if len(counts) else [],
    )
    return Picture(
        **words | {"id": f"fig-{(name or place_ids[0]).replace('_', '-')}-among"},
        source=_source(tables, data),
        data=data,
        chart=Strips(
            unit="Kazakhs", shown=shown, kinds=tuple(kind for kind in KINDS.items() if kind[0] in set(data["meaning"]))
        ),
    )
