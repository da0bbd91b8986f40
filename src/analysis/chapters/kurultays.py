"""The World Kurultays: dates, places, delegates, and what the paper leaves out."""

from __future__ import annotations

import pandas as pd

from analysis.chapters import beside
from analysis.computing.outside import relied_on
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    date_in_words,
    in_words,
    listing,
    number,
    ordinal,
    sentence_case,
    source_line,
    within_brackets,
)


class Kurultays(Chapter):
    """The World Kurultays."""

    undated_counts: bool = one_of(
        "whether the meeting without a date counts when the average gap is formed",
        {True: "it counts", False: "it does not count"},
    )


ELLIPSIS = "…"

SAY = Sentences(__name__)


def meetings(tables: Tables) -> pd.DataFrame:
    """One row per meeting: `event`, `value_text`, `start`, `place`, `missing` (what the paper does not give)."""
    rows = tables.events[tables.events["id"].str.match(r"e-kurultay-\d")]
    rows = tables.with_names(rows).rename(columns={"name": "place"})
    gaps = [
        [word for word, blank in (("date", not row.value_text), ("place", pd.isna(row.place))) if blank]
        for row in rows.itertuples()
    ]
    return rows.assign(place=rows["place"].fillna(""), missing=[listing(gap) for gap in gaps])


@exhibit
def meetings_table(tables: Tables) -> Table:
    """The meetings."""
    rows = meetings(tables)
    shown = pd.DataFrame(
        {
            "Meeting": rows["event"].str.removesuffix(" World Kurultay of Kazakhs"),
            "date, as printed": rows["value_text"].replace("", "not stated"),
            "place": rows["place"].replace("", "not stated"),
        }
    )
    return Table(
        **SAY.exhibit("tbl-kurultays", meetings=len(rows), incomplete=int((rows["missing"] != "").sum())),
        source=source_line(rows, tables),
        data=rows,
        shown=shown,
    )


def outside(tables: Tables) -> pd.DataFrame:
    """What is known of the meetings from outside the paper, meeting by meeting.

    Returns:
        The rows of `outside` on meetings and delegates, with `meeting` (its number), `place` and `label` (the source).
    """
    rows = tables.with_names(relied_on(tables).query("kind in ['meeting', 'delegates']"))
    meeting = rows["id"].str.extract(r"^o-(?:kurultay|delegates)-(\d)")[0].astype(int)
    rows = rows.assign(meeting=meeting, place=rows["name"], label=rows["source_id"].map(tables.label)).drop(
        columns="name"
    )
    return rows.sort_values(["meeting", "kind"], ascending=[True, False], kind="stable", ignore_index=True)


def days(as_of: str) -> str:
    """A date or period from outside the paper in words.

    >>> days("1992-09-29/1992-10-03"), days("2011-05-25/"), days("2002")
    ('29 September 1992 to 3 October 1992', '25 May 2011 (its first day)', '2002')
    """
    first, slash, last = as_of.partition("/")
    if slash and not last:
        return f"{date_in_words(first)} (its first day)"
    return f"{date_in_words(first)} to {date_in_words(last)}" if last else date_in_words(first)


def _came(text: str, low: float) -> str:
    """How many came, to stand in a list; where a source is quoted with words left out, the number that it adds up to."""
    return number(low) if ELLIPSIS in text else text[:1].lower() + text[1:]


@exhibit
def outside_table(tables: Tables) -> Table:
    """The meetings, in the paper and from outside it."""
    known, rows = outside(tables), meetings(tables)
    said: dict[str, list[str]] = {"meeting": [], "delegates": []}
    for number_of in range(1, len(rows) + 1):
        for kind, cells in said.items():
            mine = known[(known["meeting"] == number_of) & (known["kind"] == kind)]
            texts = [
                f"{days(row.as_of)}, {row.place} ({within_brackets(row.label)})"
                if kind == "meeting"
                else f"{_came(row.value_text, row.low)} ({within_brackets(row.label)})"
                for row in mine.itertuples()
            ]
            cells.append(sentence_case("; ".join(texts)) or "not found")
    dated = known.loc[known["kind"] == "meeting", "meeting"].nunique()
    paper = [
        sentence_case(", ".join(filter(None, [row.value_text, row.place, row.missing and f"{row.missing} not stated"])))
        for row in rows.itertuples()
    ]
    return Table(
        **SAY.exhibit("tbl-kurultays-outside", meetings=len(rows), dated=dated),
        source=source_line(rows, tables) + f" {beside.source_line(tables, known)}",
        data=known,
        shown=pd.DataFrame(
            {
                "Meeting": rows["event"].str.removesuffix(" World Kurultay of Kazakhs"),
                "in the paper": paper,
                "from outside the paper": said["meeting"],
                "delegates, from outside the paper": said["delegates"],
            }
        ),
        stacked=True,
    )


def average_gap(tables: Tables, chosen: Kurultays) -> float:
    """Years between meetings on average, from the first to the last that is dated."""
    rows = meetings(tables)
    dates = pd.to_datetime(rows.loc[rows["start"] != "", "start"])
    count = len(rows) if chosen.undated_counts else len(dates)
    return (dates.max() - dates.min()).days / 365.25 / (count - 1)


RESULTS = {
    "meetings": Result("count", "meetings"),
    "dated": Result("count", "meetings with a date"),
    "gap": Result("years", "time between two meetings, on average"),
}


def results(tables: Tables, chosen: Kurultays) -> dict[str, float]:
    """What `RESULTS` declares."""
    rows = meetings(tables)
    return {"meetings": len(rows), "dated": int((rows["start"] != "").sum()), "gap": average_gap(tables, chosen)}


def findings(tables: Tables, chosen: Kurultays) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = meetings(tables)
    young = tables.number("s-youth-delegates")
    held = int(tables.low("q-kurultays"))
    credit = tables.row("sources", tables.number("q-kurultays")["source_id"])
    period = tables.row("events", "e-kurultays-period")
    undated = rows[rows["value_text"] == ""]
    known = outside(tables)
    found = known[known["meeting"].isin(undated.index + 1) & (known["kind"] == "meeting")]
    lacking = sorted({*range(1, len(rows) + 1)} - {*known.loc[known["kind"] == "delegates", "meeting"]})
    return {
        "count": in_words(len(rows)),
        "held": Cited.of(in_words(held), "q-kurultays"),
        "period": period["value_text"].replace("-", "–"),
        "credit": credit["label"],
        "credit-year": credit["year"],
        "last-year": period["end"],
        "countries": Cited.of(number(tables.low("q-kurultay-1-countries")), "q-kurultay-1-countries"),
        "countries-outside": Cited.of(
            f"{number(tables.numbers.loc['o-delegations-1', 'low'])} ({tables.label[tables.row('outside', 'o-delegations-1')['source_id']]})",
            "o-delegations-1",
        ),
        "young": Cited.of(f"{young['low']:g}", young.name),
        "near": listing(tables.listed("near_delegations")),
        "undated": listing(undated["event"].str.removesuffix(" World Kurultay of Kazakhs").str.lower()),
        "gap": f"{average_gap(tables, chosen):.1f}",
        **SAY.all(
            held=held,
            described=len(rows),
            undated_counts=chosen.undated_counts,
            found=[f"{days(row.as_of)} in {row.place} ({row.label})" for row in found.itertuples()],
        ),
        "no-delegates": listing(map(ordinal, lacking)),
    }
