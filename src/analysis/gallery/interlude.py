"""Sixty years without a wave: the stages that lie inside them, and what growth alone would do."""

from __future__ import annotations

import pandas as pd

from analysis import growth, stages, stocks
from analysis.data import Tables
from analysis.exhibits import Table, exhibit
from analysis.gallery import stage
from analysis.parameters import Interlude
from analysis.wording import none, number, small, source_line

RATES = (1.0, 1.5, 2.0, 2.5, 3.0)


def claimed_years(tables: Tables) -> int:
    """The length of the pause that the paper states, in years."""
    return int(tables.quantities.set_index("id").loc["q-interlude", "low"])


def return_year(tables: Tables) -> int:
    """The year in which repatriation begins, as the paper dates it."""
    return int(tables.stages.set_index("stage_id").loc["repatriation", "start"])


def inside(tables: Tables, chosen: Interlude) -> pd.DataFrame:
    """Outflows that the paper itself tells within the pause, in words."""
    rows = stages.told(tables).query("kind == 'outflow'")
    found = rows[stages.begun(rows).between(chosen.last_wave + 1, return_year(tables) - 1)]
    return stage.told(tables, found["stage_id"].to_list())


@exhibit
def waves(tables: Tables, chosen: Interlude) -> Table:
    """The stages inside the pause."""
    rows = inside(tables, chosen)
    shown = rows[["title", "period", "origin", "destination", "number"]]
    return Table(
        id="tbl-interlude-waves",
        caption=f"Moves out that the paper tells between {chosen.last_wave} and {return_year(tables)}.",
        source=source_line(rows, tables.sources),
        data=rows,
        shown=shown.rename(
            columns={"title": "Stage", "period": "when", "origin": "from", "destination": "to", "number": "how many"}
        ),
    )


@exhibit
def growth_alone(tables: Tables, chosen: Interlude) -> Table:
    """What natural growth makes of a stock over the pause, and the stock that a printed total would need at its start."""
    years = return_year(tables) - chosen.last_wave
    totals = stocks.exhibit(tables, "Table 1").query("place_id == @stocks.TOTAL").set_index("source_id")["low"]
    rates = sorted({*RATES, chosen.growth_percent})
    data = pd.DataFrame(
        {
            "rate": rates,
            "factor": [growth.factor(rate, years) for rate in rates],
            **{source: [total / growth.factor(rate, years) for rate in rates] for source, total in totals.items()},
        }
    )
    shown = pd.DataFrame(
        {
            "growth a year": [f"{rate:g} %" for rate in rates],
            "multiplies by": data["factor"].map("{:.2f}".format),
            "start for Mendikulova's total": data["mendikulova_2001"].round(-3).map(number),
            "start for Tatimov's total": data["tatimov_2003"].round(-3).map(number),
        }
    )
    return Table(
        id="tbl-interlude-growth",
        caption=f"Growth alone over {years} years: the factor, and the number of Kazakhs abroad that each printed total would have had to start from.",
        source=source_line(stocks.exhibit(tables, "Table 1").query("place_id == @stocks.TOTAL"), tables.sources),
        data=data,
        shown=shown,
        numeric=tuple(shown.columns[1:]),
    )


def findings(tables: Tables, chosen: Interlude) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = inside(tables, chosen)
    begins = return_year(tables)
    years = begins - chosen.last_wave
    famine = stages.told(tables, ["famine_1930s"]).iloc[0]
    return {
        "claimed": number(claimed_years(tables)),
        "begins": str(begins),
        "counted-back": str(begins - claimed_years(tables)),
        "last-wave": str(chosen.last_wave),
        "years": number(years),
        "years-verdict": "as many as the paper says"
        if years == claimed_years(tables)
        else "not as many as the paper says",
        "waves-count": small(len(rows)),
        "waves": "; ".join(rows["title"].str[0].str.lower() + rows["title"].str[1:]) or "none",
        "stated-count": none(int(rows["stated"].sum())) + " of them",
        "growth": f"{chosen.growth_percent:g}",
        "factor": f"{growth.factor(chosen.growth_percent, years):.1f}",
        "famine": famine["title"][0].lower() + famine["title"][1:],
    }
