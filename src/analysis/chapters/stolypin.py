"""The Stolypin years: an outflow, the population it implies, and a count that is smaller than it."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.chapters import beside, stage
from analysis.computing import movements
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import bounded
from edition.charts.balance import Balance
from edition.data.printed import MONTHS
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import NBSP, Cited, in_words, number, quantity, source_line, span, stated_or_taken


class Stolypin(Chapter):
    """The Stolypin years."""

    left_by_1911: Literal["all", "even", "none"] = one_of(
        "how much of the outflow is taken to have left before the count: all, an even share by years, or none",
        {"all": "all of it", "even": "an even share by years", "none": "none of it"},
    )
    base: Literal["Kazakhs", "all inhabitants"] = one_of(
        "whose percentage the outflow is taken to be, when it is set beside a census",
        {"Kazakhs": "of the Kazakhs", "all inhabitants": "of all inhabitants"},
    )
    about_percent: int = Field(
        ge=0, le=25, description="width given to a number printed with 'about', in per cent either way"
    )


STAGES = ["stolypin", "count_1911"]
STOLYPIN = "m-stolypin"
PRINTED = {"outflow": STOLYPIN, "counted": "p-chinese-regions-1911"}  # items that are numbers of the paper
LABELS = {
    "outflow": "left in the Stolypin years",
    "left": "of these, gone by the count",
    "counted": "counted in Chinese regions",
}
SAY = Sentences(__name__)


def account(tables: Tables, chosen: Stolypin, *, count_year: bool = True) -> pd.DataFrame:
    """The account with labels and text; see `movements.stolypin`."""
    items = movements.stolypin(
        tables, left_by_1911=chosen.left_by_1911, about_percent=chosen.about_percent, count_year=count_year
    )
    text = [
        _about(chosen) + span(round(row.low), round(row.high)) if row.high else "none" for row in items.itertuples()
    ]
    return items.assign(text=text)


def _about(chosen: Stolypin) -> str:
    """The word before numbers that are not given a width."""
    return "" if chosen.about_percent else "about "


@exhibit
def against_count(tables: Tables, chosen: Stolypin) -> Picture:
    """The outflow beside the count."""
    items = account(tables, chosen).set_index("item").loc[list(LABELS)].reset_index()
    items = items.assign(label=items["item"].map(LABELS), meaning=["outflow", "outflow", "count"])
    text = items.set_index("item")["text"]
    ids = list(PRINTED.values())
    rows = [frame[frame["id"].isin(ids)] for frame in (tables.movements, tables.stocks)]
    return Picture(
        **SAY.exhibit(
            "fig-stolypin-count",
            outflow=text["outflow"],
            left=text["left"],
            year=tables.number(ids[1])["as_of"],
            counted=text["counted"],
            how=_how(tables, chosen),
        ),
        source=source_line(pd.concat(rows), tables),
        data=items,
        chart=Balance(unit="persons"),
    )


@exhibit
def bases(tables: Tables, chosen: Stolypin) -> Table:
    """The outflow as a share of what censuses counted."""
    rows = movements.stolypin_bases(tables)
    used = tables.outside[tables.outside["id"].isin(" ".join(rows["rows"]).split())]
    return Table(
        **SAY.exhibit(
            "tbl-stolypin-bases",
            kazakhs=_percents(rows.query("of == 'Kazakhs'")),
            inhabitants=_percents(rows.query("of == 'all inhabitants'")),
            printed=stage.in_words(tables, STAGES[:1])["number"].iloc[0],
        ),
        source=source_line(tables.movements.query("id == @STOLYPIN"), tables) + f" {beside.source_line(tables, used)}",
        data=rows,
        shown=pd.DataFrame(
            {
                "Census of": rows["year"],
                "base": rows["of"],
                "people": rows["persons"].round(-3).map(number),
                "outflow as a share of them": rows["percent"].map(lambda share: f"{share:.1f}{NBSP}%"),
            }
        ),
        numeric=("people", "outflow as a share of them"),
    )


RESULTS = {
    **bounded("outflow", "persons", "people who left in the Stolypin years"),
    **bounded("base", "persons", "the population from which they left"),
    **bounded("remaining", "persons", "people who did not leave"),
    **bounded("left", "persons", "people who had left by the time of the count"),
    **bounded("counted", "persons", "people counted in Chinese regions"),
    **bounded("missing", "persons", "those who had left less those counted"),
    **bounded("percent", "per cent", "the outflow as a share of what censuses counted"),
}


def results(tables: Tables, chosen: Stolypin) -> dict[str, float]:
    """What `RESULTS` declares."""
    items = account(tables, chosen)
    bases = movements.stolypin_bases(tables).query("of == @chosen.base")
    ends_of = {row.item: bounds.Span(row.low, row.high) for row in items.itertuples()}
    return bounds.by_name({**ends_of, "percent": bounds.Span(bases["percent"].min(), bases["percent"].max())})


def _percents(rows: pd.DataFrame) -> str:
    """The least and the largest share among some rows of `movements.stolypin_bases`, as text."""
    return span(round(rows["percent"].min(), 1), round(rows["percent"].max(), 1), 1)


def _how(tables: Tables, chosen: Stolypin) -> str:
    """How many are taken to have left before the count, as a clause."""
    year = tables.number(PRINTED["counted"])["as_of"]
    return SAY.say("how", left_by_1911=chosen.left_by_1911, year=year)


def _verdict(missing: pd.Series, chosen: Stolypin) -> str:
    """The count beside those who had left by then."""
    low, high = round(missing["low"]), round(missing["high"])
    about = _about(chosen)
    told = {"about": about, "missing": about + span(low, high), "surplus": about + span(-high, -low)}
    return SAY.say("verdict", fewest_missing=low, most_missing=high, **told)


def _without_year(tables: Tables, chosen: Stolypin) -> str:
    """What becomes of the difference if nobody is taken to have left in the year of the count, as a sentence."""
    before = account(tables, chosen, count_year=False).set_index("item")
    return SAY.say(
        "without-year",
        left_by_1911=chosen.left_by_1911,
        left_before=before.loc["left", "text"],
        verdict_before=_verdict(before.loc["missing"], chosen),
    )


def findings(tables: Tables, chosen: Stolypin) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    items = account(tables, chosen).set_index("item")
    share = tables.number("s-stolypin")
    gone, years = movements.stolypin_years(tables)
    found = movements.stolypin_bases(tables).query("of == @chosen.base")
    group = {"Kazakhs": "the Kazakhs", "all inhabitants": "all inhabitants"}
    said = [f"{row.percent:.1f}{NBSP}% of {group[row.of]} in {row.year}" for row in found.itertuples()]
    bases = movements.stolypin_bases(tables)
    nearest = bases.loc[(bases["percent"] - share["low"]).abs().idxmin()]
    numbers, how = tables.numbers, _how(tables, chosen)
    return {
        **stage.findings(tables, STAGES),
        **items["text"].to_dict(),
        **{
            item: stated_or_taken(items.loc[item, "text"], numbers, row_id, *items.loc[item, ["low", "high"]])
            for item, row_id in PRINTED.items()
        },
        "share": Cited.of(quantity(share["low"], share["high"], share["qualifier"]), share.name),
        "how": how,
        "left": SAY.say("left", left_by_1911=chosen.left_by_1911, how=how, left=items.loc["left", "text"]),
        "verdict": _verdict(items.loc["missing"], chosen),
        "without-year": _without_year(tables, chosen),
        "years-gone": in_words(gone),
        "years-all": in_words(years),
        "decree": _month(tables.row("outside", "o-stolypin-decree")["as_of"]),
        "decree-source": tables.outside_sources.set_index("source_id").loc["stolypin_decree", "producer"],
        "settlers": Cited.of(number(tables.low("o-settlers-1906-1916")), "o-settlers-1906-1916"),
        "settlers-source": tables.outside_sources.set_index("source_id").loc["pipes_resettlement", "producer"],
        "settlers-years": tables.row("outside", "o-settlers-1906-1916")["as_of"].replace("/", "–"),
        "against": " and ".join(said),
        "nearest": f"{group[nearest['of']]} of {nearest['year']}",
        "nearest-share": f"{nearest['percent']:.1f}",
    }


def _month(date: str) -> str:
    """Month and year of an ISO 8601 date, in words.

    >>> _month("1906-11-09")
    'November 1906'
    """
    return f"{MONTHS[int(date[5:7]) - 1]} {date[:4]}"
