"""Sixty years without a wave: every wave of the paper against them, and what growth alone would do."""

from __future__ import annotations

import math

import pandas as pd
from pydantic import Field

from analysis.chapters import beside, stage
from analysis.claims import headlines
from analysis.computing import stages, stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.asking.results import Result
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers import growth
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    NBSP,
    Cited,
    between,
    listing,
    number,
    source_line,
)


class Interlude(Chapter):
    """Sixty years without a wave."""

    last_wave: int = Field(
        ge=1917, le=1945, description="year in which the last wave of mass emigration is taken to end"
    )
    growth_percent: float = Field(ge=0, le=5, description="natural growth, in per cent a year")


RATES = (1.0, 1.5, 2.0, 2.5, 3.0)
APART = "professionals_1990s"  # the paper's word for it decides, and its years touch the beginning of the return
HOME = "kazakhstan"
CLAIM = "q-interlude"
HOSTS = ["russia", "uzbekistan", "turkmenistan", "kyrgyzstan", "tajikistan", "mongolia", "china"]

SAY = Sentences(__name__)


def claimed_years(tables: Tables) -> int:
    """The length of the pause that the paper states, in years."""
    return int(tables.low(CLAIM))


def return_year(tables: Tables) -> int:
    """The year in which repatriation begins, as the paper dates it."""
    return int(tables.row("stages", "repatriation")["start"])


def inside(tables: Tables, chosen: Interlude) -> pd.DataFrame:
    """Outflows that by the paper itself began within the pause, without the one treated apart; see `stages.with_numbers`."""
    rows = stages.with_numbers(tables).query("kind == 'outflow' and stage_id != @APART")
    return rows[stages.years_begun(rows).between(chosen.last_wave + 1, return_year(tables) - 1)]


def fitting(tables: Tables) -> pd.DataFrame:
    """Waves that can have ended as many years before the return as the paper says; columns of `stages.before_return`."""
    rows = stages.before_return(tables)
    years = claimed_years(tables)
    return rows[(rows["from_end"] <= years) & (rows["from_start"] >= years)]


def _gap(row: object) -> str:
    """How many years before the return a wave lies, in words."""
    first, last = row.from_start, row.from_end  # type: ignore[attr-defined]
    return SAY.say("gap", from_start=first, from_end=None if math.isnan(last) else last)


@exhibit
def every_wave(tables: Tables) -> Table:
    """Each wave out, and how long before the return it lies."""
    rows = stages.before_return(tables).reset_index(drop=True)
    told = stage.in_words(tables, rows["stage_id"].to_list())
    fits = set(fitting(tables)["stage_id"])
    years = claimed_years(tables)
    shown = pd.DataFrame(
        {
            "Move": told["title"],
            f"years before {return_year(tables)}": [_gap(row) for row in rows.itertuples()],
            f"could be {years} years": ["yes" if name in fits else "no" for name in rows["stage_id"]],
            "when": told["period"],
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-interlude-every-wave", fitting=len(fits), moves=len(rows), claimed=years, begins=return_year(tables)
        ),
        source=source_line(told, tables),
        data=rows,
        shown=shown,
        stacked=True,
        verdict=headlines.verdict(tables, "sixty-years"),
    )


@exhibit
def waves(tables: Tables, chosen: Interlude) -> Table:
    """The stages inside the pause."""
    rows = stage.in_words(tables, inside(tables, chosen)["stage_id"].to_list())
    columns = {"title": "Move", "counted": "how many", "period": "when", "origin": "from", "destination": "to"}
    return Table(
        **SAY.exhibit("tbl-interlude-waves", waves=len(rows), last_wave=chosen.last_wave, begins=return_year(tables)),
        source=source_line(rows, tables),
        data=rows,
        shown=rows[list(columns)].rename(columns=columns),
        stacked=True,
    )


def totals(tables: Tables, chosen: Interlude) -> pd.DataFrame:
    """The printed totals of Table 1: `source_id`, `label`, `low` (persons), `as_of`, `years` since the last wave."""
    rows = stocks.exhibit(tables, "Table 1").query("place_id == @stocks.TOTAL")
    return rows.assign(label=rows["source_id"].map(tables.label), years=rows["as_of"].astype(int) - chosen.last_wave)


@exhibit
def growth_alone(tables: Tables, chosen: Interlude) -> Table:
    """What natural growth makes of a stock over the pause, and the stock that a printed total would need at its start."""
    years = return_year(tables) - chosen.last_wave
    rows = totals(tables, chosen)
    rates = sorted({*RATES, chosen.growth_percent})
    data = pd.DataFrame({"rate": rates, "factor": [growth.factor(rate, years) for rate in rates]})
    for row in rows.itertuples():
        data[row.source_id] = [row.low / growth.factor(rate, row.years) for rate in rates]
    starts = [round(row.low / growth.factor(chosen.growth_percent, row.years), -3) for row in rows.itertuples()]
    shown = pd.DataFrame(
        {
            "growth a year": [f"{rate:g} %" for rate in rates],
            f"over {years} years": data["factor"].map(f"×{NBSP}{{:.2f}}".format),
            **{
                f"from {row.label}'s total, {row.as_of}": data[row.source_id].round(-3).map(number)
                for row in rows.itertuples()
            },
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-interlude-growth",
            growth=f"{chosen.growth_percent:g}",
            starts=between(min(starts), max(starts), number),
            totals=list(rows["as_of"]),
            last_wave=chosen.last_wave,
            begins=return_year(tables),
        ),
        source=source_line(rows, tables),
        data=data,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
    )


def grown(tables: Tables, chosen: Interlude) -> pd.DataFrame:
    """Growth a year between outside counts of one place within the pause, with `name`; see `growth.between`."""
    counts = beside.counts(tables, [HOME, *HOSTS], chosen.last_wave, return_year(tables))
    return tables.with_names(growth.between(counts))


def _rates(rows: pd.DataFrame) -> str:
    """The least and the largest growth, in per cent a year."""
    return between(rows["percent"].min(), rows["percent"].max(), lambda rate: f"{rate:+.1f}".replace("-", "−"))


@exhibit
def counted_growth(tables: Tables, chosen: Interlude) -> Table:
    """Growth between counts from outside the paper."""
    rows = grown(tables, chosen)
    counts = beside.counts(tables, rows["place_id"].to_list(), chosen.last_wave, return_year(tables))
    used = counts[counts["year"].isin({*rows["first_year"], *rows["last_year"]})]
    shown = pd.DataFrame(
        {
            "Place": rows["name"].where(rows["place_id"] != HOME, rows["name"] + ", at home"),
            "first count": [f"{number(row.first)} in {row.first_year}" for row in rows.itertuples()],
            "last count": [f"{number(row.last)} in {row.last_year}" for row in rows.itertuples()],
            "growth a year": rows["percent"].map("{:.1f} %".format).str.replace("-", "−"),
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-interlude-counts",
            counted=len(rows),
            rates=_rates(rows),
            first=rows["first_year"].min(),
            last=rows["last_year"].max(),
        ),
        source=beside.source_line(tables, used),
        data=rows,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
    )


RESULTS = {
    "years": Result("years", "length of the pause"),
    "years-claimed": Result("years", "length of the pause that the paper claims"),
    "waves": Result("count", "moves out within the pause"),
    "waves-stated": Result("count", "moves out within the pause that have a number"),
    "factor": Result("ratio", "those at the end of the pause as a multiple of those at its beginning, by growth alone"),
    "mendikulova-2001-start": Result(
        "persons", "people at its beginning from whom growth alone would lead to Mendikulova's total"
    ),
    "tatimov-2003-start": Result(
        "persons", "people at its beginning from whom growth alone would lead to Tatimov's total"
    ),
}


def results(tables: Tables, chosen: Interlude) -> dict[str, float]:
    """What `RESULTS` declares."""
    rows, years = inside(tables, chosen), return_year(tables) - chosen.last_wave
    starts = {
        f"{row.source_id.replace('_', '-')}-start": row.low / growth.factor(chosen.growth_percent, row.years)
        for row in totals(tables, chosen).itertuples()
    }
    return {
        "years": years,
        "years-claimed": claimed_years(tables),
        "waves": len(rows),
        "waves-stated": int(rows["stated"].sum()),
        "factor": growth.factor(chosen.growth_percent, years),
        **starts,
    }


def findings(tables: Tables, chosen: Interlude) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = inside(tables, chosen)
    begins, claimed = return_year(tables), claimed_years(tables)
    years = begins - chosen.last_wave
    apart = stages.with_numbers(tables, [APART]).iloc[0]
    fits = fitting(tables)
    rates = grown(tables, chosen)
    period = stage.in_words(tables, [APART])["period"].iloc[0]
    values = {
        "years": years,
        "claimed": claimed,
        "fits": [f"the {tables.titled(name)}" for name in fits["stage_id"]],
        "waves": len(rows),
        "stated": int(rows["stated"].sum()),
        "growth": chosen.growth_percent,
        "factor": growth.factor(chosen.growth_percent, years),
    }
    return {
        "claimed": Cited.of(number(claimed), CLAIM),
        "verdict": headlines.verdict(tables, "sixty-years"),
        "begins": str(begins),
        "counted-back": str(begins - claimed),
        "last-wave": str(chosen.last_wave),
        "years": number(years),
        "apart-period": period,
        "apart-years": f"{apart['start']} to {apart['end']}",
        "totals-years": listing(totals(tables, chosen)["as_of"]),
        "first-total": totals(tables, chosen)["as_of"].min(),
        "rates": listing(
            f"{row.percent:.1f}".replace("-", "−") + f"{NBSP}% in {row.name}" for row in rates.itertuples()
        ),
        "counted-years": listing([str(rates["first_year"].min()), str(rates["last_year"].max())]),
        "growth-asked": f"{chosen.growth_percent:g}{NBSP}%",
        **SAY.all("years-verdict", "fits", "waves", "waves-count", "multiplied", **values),
    }
