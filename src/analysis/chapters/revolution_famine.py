"""Revolution, civil war and famine: four stages without a number, and what censuses from outside the paper show."""

from __future__ import annotations

import math

import pandas as pd
from pydantic import Field

from analysis.chapters import beside, stage
from analysis.computing import stages
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.asking.results import Result
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import Cited, in_words, listing, none_or_count, number, quantity, span, with_noun


class RevolutionFamine(Chapter):
    """Revolution, civil war, famine."""

    famine_until: int = Field(ge=1930, le=1939, description="last year taken for 'the beginning of the 1930s'")


EARLY = ["soviet_power", "civil_war", "famine_1920"]
STAGES = [*EARLY, "famine_1930s"]
HOME = "kazakhstan"
AROUND = (1920, 1940)  # years of the counts shown

SAY = Sentences(__name__)


def counted(tables: Tables) -> pd.DataFrame:
    """Outside counts in Kazakhstan and in every place that the stages name as a destination; see `beside.counts`."""
    named = " ".join(stages.with_numbers(tables, STAGES)["destination_ids"]).split()
    return beside.counts(tables, [HOME, "mongolia", *dict.fromkeys(named)], *AROUND)


@exhibit
def censuses(tables: Tables) -> Table:
    """Counts of Kazakhs before and after the famine of the 1930s."""
    rows = counted(tables)
    most, (before, after) = max(_pairs(rows), key=lambda pair: pair[1][1]["low"] / pair[1][0]["low"])
    words = SAY.exhibit(
        "tbl-famine-counts",
        place=most,
        before=before["low"],
        before_year=before["year"],
        after=after["low"],
        after_year=after["year"],
    )
    return beside.table(tables, rows, words)


def _pairs(rows: pd.DataFrame) -> list[tuple[str, tuple[pd.Series, pd.Series]]]:
    """Each place with censuses of two years, and the first two of them."""
    places = rows.query("kind == 'census_count'").drop_duplicates(["name", "year"]).groupby("name", sort=False)
    return [(str(name), (group.iloc[0], group.iloc[1])) for name, group in places if len(group) > 1]


def spells(tables: Tables, chosen: RevolutionFamine) -> list[tuple[int, int]]:
    """First and last years of the stages that run into each other, as the parameter ends the famine."""
    rows = stages.with_numbers(tables, STAGES)
    rows.loc[rows["stage_id"] == "famine_1930s", "end"] = str(chosen.famine_until)
    return stages.years_covered(rows)


def home_counts(tables: Tables) -> tuple[pd.Series, pd.Series]:
    """The two outside counts in Kazakhstan between which the famine lies."""
    home = counted(tables).query("place_id == @HOME")
    return home.iloc[0], home.iloc[1]


RESULTS = {
    "first": Result("year", "first year of the early stages"),
    "last": Result("year", "last year of the early stages"),
    "again": Result("year", "first year of the later stages"),
    "until": Result("year", "last year of the later stages"),
    "pause": Result("years", "time between the early stages and the later"),
    "fewer": Result("persons", "how many fewer were counted after than before"),
}


def results(tables: Tables, chosen: RevolutionFamine) -> dict[str, float]:
    """What `RESULTS` declares."""
    (first, last), (again, until) = spells(tables, chosen)
    before, after = home_counts(tables)
    return {
        "first": first,
        "last": last,
        "again": again,
        "until": until,
        "pause": again - last - 1,
        "fewer": before["low"] - after["low"],
    }


def findings(tables: Tables, chosen: RevolutionFamine) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = stages.with_numbers(tables, STAGES)
    (first, last), (again, until) = spells(tables, chosen)
    main, *south = tables.listed("civil_war_routes")
    doubtful = stages.with_numbers(tables, ["famine_1930s"]).iloc[0]["doubtful_ids"].split()
    famine = tables.members("famine_1930s")
    before, after = home_counts(tables)
    fled = tables.number("o-famine-1930-refugees")
    return {
        **stage.findings(tables, STAGES),
        "stages": in_words(len(rows)),
        "stated": none_or_count(int(rows["stated"].sum())) + " of them",
        "first": str(first),
        "last": str(last),
        "run": in_words(last - first + 1),
        "pause": with_noun(again - last - 1, "year"),
        **SAY.all(first=again, last=until),
        "until": str(until),
        "passes": listing(map(tables.the, tables.listed("civil_war_passes"))),
        "main": main,
        "south": listing(south),
        "settled": listing(tables.listed("civil_war_settlement")),
        "sure": listing(tables.name[place] for place in famine if place not in doubtful),
        "doubtful": listing(tables.name[place] for place in doubtful),
        "before": Cited.of(f"{number(before['low'])} in {before['year']}", before["id"]),
        "after": Cited.of(f"{number(after['low'])} in {after['year']}", after["id"]),
        "deaths": Cited.of(quantity(tables.low("o-famine-1930-deaths"), math.nan, "more than"), "o-famine-1930-deaths"),
        "deaths-source": tables.outside_sources.set_index("source_id").loc["cameron_2016", "producer"],
        "fled": Cited.of(span(*fled[["low", "high"]]), fled.name),
        "fled-source": tables.label[fled["source_id"]],
        "fewer": number(before["low"] - after["low"]),
    }
