"""One host country: every number for it, the order of sizes, and what the dated numbers would mean in a row.

Belongs here: what the chapters of single host countries share. Each of them hands over all numbers for all
hosts, read as its parameters say, and its own place.

    numbers = chapter.numbers(tables, chosen)
    host.every_number(tables, numbers, "russia", chosen)
"""

from __future__ import annotations

import pandas as pd

from analysis.chapters.estimates import GIVEN_BY, added_sources
from analysis.computing import answers, outside, stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.asking.results import Result
from edition.charts.dot_plot import DotPlot
from edition.charts.time_series import TimeSeries
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    as_stated,
    between,
    cited_if_few,
    in_words,
    listing,
    multiple,
    number,
    ordinal,
    quantity,
    signed,
    source_line,
    span,
    within_brackets,
)

SINCE = 1989  # counts from outside the paper are shown from the last Soviet census on
OUTSIDE = "from outside the paper"
CATEGORIES = "second_category"
JOINT = "kazakhs_each"  # of a number said of several countries in one breath; it stands in no row of its own
APART = 0.25  # two groups of numbers are called so if the upper begins this much above the end of the lower

SAY = Sentences(__name__)


def with_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Numbers with their `text`, as printed; to be taken before anything is widened or cut."""
    return rows.assign(text=[quantity(row.low, row.high, row.qualifier) for row in rows.itertuples()])


def of_place(numbers: pd.DataFrame, place_id: str) -> pd.DataFrame:
    """The numbers for one host in the order of their dates; see `stocks.by_date`."""
    return stocks.by_date(numbers[numbers["place_id"] == place_id])


def counts(tables: Tables, place_id: str) -> pd.DataFrame:
    """Counts of the host from outside the paper, with `text`, `year` and `label`, in the order of their dates."""
    rows = outside.counts(tables).query("place_id == @place_id and year >= @SINCE").sort_values("year", kind="stable")
    return rows.assign(text=[span(row.low, row.high) for row in rows.itertuples()])


def credit(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Whom the paper credits with each number."""
    return tables.credit(rows["source_id"], "credited to nobody")


def speaks_of(rows: pd.DataFrame) -> pd.Series:
    """The date each number claims to speak of, in words."""
    return rows["as_of"].str.replace("/", "–").replace("", "no date")


def category_bounds(tables: Tables, place_id: str) -> tuple[float, float] | None:
    """The bounds of the second size category, if the paper puts the host there."""
    if place_id not in set(tables.lists.query("list == @CATEGORIES")["place_id"]):
        return None
    bounds = tables.number("q-second-group-bounds")
    return float(bounds["low"]), float(bounds["high"])


def _also(known: pd.DataFrame) -> list[str]:
    """What a source line says of counts that are not the paper's."""
    return [f"{OUTSIDE}: {'; '.join(known['label'])}"] if len(known) else []


def parted(rows: pd.DataFrame) -> tuple[float, float] | tuple[()]:
    """The stretch that parts numbers into two groups of two or more, if it is wide: by `APART` of its lower end."""
    rows = rows.dropna(subset=["low", "high"]).sort_values("low", kind="stable")
    ends = list(zip(rows["high"].cummax()[1:-2], rows["low"][2:-1], strict=True))
    low, high = max(ends, key=lambda pair: pair[1] - pair[0], default=(0.0, 0.0))
    return (float(low), float(high)) if low and high > (1 + APART) * low else ()


@exhibit
def every_number(tables: Tables, numbers: pd.DataFrame, place_id: str, chosen: Chapter) -> Picture:
    """Every number that the paper prints for the host, what is added, and the counts that are not the paper's."""
    rows, known = of_place(numbers, place_id), counts(tables, place_id)
    name, own = rows["name"].iloc[0], stocks.printed(rows)
    mine = rows[rows["given_by"] == stocks.ADDED]
    where = rows["exhibit"].where(rows["exhibit"] != "text", "prose")
    rows = rows.assign(label=credit(tables, rows) + ", " + where + " · " + speaks_of(rows), meaning=rows["given_by"])
    known = known.assign(meaning="outside", exhibit=OUTSIDE, locator="")
    kept = ["id", "label", "text", "low", "high", "meaning", "as_of", "source_id", "exhibit", "locator", "caveats"]
    told = [f"{row.label.replace(' · ', ', ')}: {row.text}." for row in rows.itertuples()]
    limits = category_bounds(tables, place_id)
    censuses = known[known["label"].str.contains("census") & known["low"].eq(known["high"])]
    equal = censuses.loc[censuses["low"].eq(own["low"].min()), "year"]
    return Picture(
        **SAY.exhibit(
            "fig-country-numbers",
            country=name,
            numbers=len(rows),
            printed=len(own),
            least=own["low"].min(),
            most=own["high"].max(),
            each=told,
            added=added_sources(tables, mine),
            second_category=list(limits or ()),
            above=int((own["low"] > limits[1]).sum()) if limits else 0,
            counted_least=f"{equal.iloc[0]:.0f}" if len(equal) else "",
            parted=list(parted(own)),
            ranges=bool((rows["low"] < rows["high"]).any()),
            counted_ranges=bool((known["low"] < known["high"]).any()),
            counted=[f"{row.text} ({row.label})" for row in known.itertuples()],
        )
        | {"id": f"fig-{place_id}-numbers"},
        source=source_line(rows, tables, _also(known)),
        data=pd.concat([rows[kept], known[kept]], ignore_index=True),
        chart=DotPlot(
            unit="Kazakhs",
            outside="From a census or a statistical office; not in the paper",
            band=(*limits, "second size category") if limits else None,
        ),
    )


@exhibit
def through_time(tables: Tables, numbers: pd.DataFrame, place_id: str) -> Picture:
    """The counts of a country as a line, and the paper's numbers at the dates that they claim."""
    rows = of_place(numbers, place_id)
    known = outside.counts(tables).query("place_id == @place_id").sort_values("year", kind="stable", ignore_index=True)
    name, value = str(tables.name[place_id]), known["count"]
    told = {0, len(known) - 1, int(value.idxmax()), int(value.idxmin())}
    rows = rows.assign(
        line="",
        year=rows["first"],
        until=rows["last"],
        text=[
            f"{short_credit(tables, row.source_id)}: {quantity(row.low, row.high, row.qualifier)}"
            for row in rows.itertuples()
        ],
        meaning=rows["given_by"],
    )
    line = known.assign(
        line="counted",
        until=known["year"],
        text=[f"{row.year:.0f}: {number(row.count)}" if row.Index in told else "" for row in known.itertuples()],
        meaning="outside",
        exhibit=OUTSIDE,
        locator="",
    )
    kept = [
        "id",
        "line",
        "year",
        "until",
        "low",
        "high",
        "text",
        "meaning",
        "source_id",
        "exhibit",
        "locator",
        "caveats",
    ]
    top = known.loc[value.idxmax()]
    last = known.iloc[-1]
    own, added = stocks.printed(rows), rows[rows["given_by"] == stocks.ADDED]
    undated = int(own["first"].isna().sum())
    return Picture(
        **SAY.exhibit(
            "fig-country-series",
            country=tables.the(name),
            peak=top["count"],
            peak_year=int(top["year"]),
            counts=len(known),
            first=value.iloc[0],
            first_year=int(known["year"].min()),
            last=last["count"],
            last_year=int(last["year"]),
            undated=undated,
            periods=bool((own["first"] < own["last"]).any()),
            printed=list(own["text"]),
            added=list(added["text"]),
        )
        | {"id": f"fig-{place_id}-series"},
        source=source_line(rows, tables, _also(known)),
        data=pd.concat([line[kept], rows[kept]], ignore_index=True),
        chart=TimeSeries(unit="Kazakhs", lines=(("counted", ""),), height=3.2),
    )


def short_credit(tables: Tables, source_id: str) -> str:
    """Whom the paper credits, in a word or two: of several names the first."""
    if source_id == tables.author:
        return "no credit"
    return (
        str(tables.label[source_id]).replace(" et al. (", ", ").replace(")", "").replace("an unnamed study", "a study")
    )


def rate(low: float, high: float) -> str:
    """A growth rate or the range of one, in per cent a year, with signs.

    >>> rate(-9.17, -9.17)
    '−9.2'
    """
    return between(low, high, lambda value: f"{value:+.1f}".replace("-", "−"))


@exhibit
def as_a_series(tables: Tables, numbers: pd.DataFrame, place_id: str, chosen: Chapter) -> Table:
    """What the dated numbers would mean if they were counts of one series; with an added one, between its neighbours."""
    rows = of_place(numbers, place_id)
    mine = rows.loc[rows["given_by"] == stocks.ADDED, "id"]
    every = stocks.steps(rows)
    more = every[every["from_id"].isin(mine) | every["to_id"].isin(mine)]
    steps = pd.concat([stocks.steps(stocks.printed(rows)), more], ignore_index=True)
    known = counts(tables, place_id).assign(first=lambda frame: frame["year"])
    same = stocks.steps(known)
    by = credit(tables, rows) + rows["id"].isin(mine).map({True: " (added)", False: ""})
    shown = _worded(steps, rows, by + ", " + speaks_of(rows))
    shown += _worded(same, known, known["label"])
    own, name = stocks.steps(stocks.printed(rows)), rows["name"].iloc[0]
    return Table(
        **SAY.exhibit(
            "tbl-country-series",
            country=name,
            steps=len(own),
            rate=rate(own["rate_low"].min(), own["rate_high"].max()),
            steps_outside=len(same),
            added=added_sources(tables, rows[rows["id"].isin(mine)]) if len(more) else "",
        )
        | {"id": f"tbl-{place_id}-series"},
        source=source_line(
            rows[rows["first"].notna() & (~rows["id"].isin(mine) | bool(len(more)))],
            tables,
            _also(known) if len(same) else [],
        ),
        data=pd.concat([steps, same], ignore_index=True),
        stacked=True,
        shown=pd.DataFrame(shown),
        numeric=("years between", "change", "per cent a year"),
    )


def _worded(steps: pd.DataFrame, rows: pd.DataFrame, labels: pd.Series) -> list[dict[str, str]]:
    ends = {
        row_id: f"{text} ({within_brackets(label)})"
        for row_id, text, label in zip(rows["id"], rows["text"], labels, strict=True)
    }
    return [
        {
            "from": ends[step.from_id],
            "to": ends[step.to_id],
            "years between": span(step.years_low, step.years_high),
            "change": between(step.change_low, step.change_high, signed),
            "per cent a year": rate(step.rate_low, step.rate_high),
        }
        for step in steps.itertuples()
    ]


def place(best: int, worst: int) -> str:
    """A place in an order, or the places it can be."""
    return listing((ordinal(n) for n in range(best, worst + 1)), "or")


def _placed(tables: Tables, best: int, worst: int, level: list[str]) -> str:
    """A place in an order, and with whom it is shared."""
    return SAY.say("placed", place=place(best, worst), level=list(map(tables.the, level)))


def _rank_id(place_id: str) -> str:
    """The row of the rank that Table 2 gives a host."""
    return f"t2-{place_id}-rank"


def ranked(tables: Tables, place_id: str) -> int | None:
    """The place among hosts that Table 2 gives a host, Kazakhstan left out; None where the table has no row for it."""
    rank = _rank_id(place_id)
    return int(tables.low(rank)) - 1 if rank in tables.numbers.index else None


@exhibit
def by_size(tables: Tables, numbers: pd.DataFrame, place_id: str, chosen: Chapter) -> Table:
    """Its place by size, column by column."""
    rows, found = of_place(numbers, place_id), stocks.ranks(numbers, place_id)
    text = rows.groupby("given_by")["text"].agg(listing)
    shown = pd.DataFrame(
        {
            "Given by": found["given_by"].map({**GIVEN_BY, stocks.ADDED: f"added ({added_sources(tables, rows)})"}),
            "Kazakhs": found["given_by"].map(text),
            "place among countries": [_placed(tables, row.best, row.worst, row.level) for row in found.itertuples()],
            "countries compared": found["among"].map(number),
        }
    )
    printed = tables.quantities[tables.quantities["id"] == _rank_id(place_id)]
    as_host = ranked(tables, place_id)
    own = stocks.printed(found)
    return Table(
        **SAY.exhibit(
            "tbl-country-places",
            country=rows["name"].iloc[0],
            place=place(own["best"].min(), own["worst"].max()),
            rank_abroad=as_host,
            prose=bool(found["given_by"].eq("prose").any()),
            joint=list(numbers.loc[numbers["unit"] == JOINT, "name"]),
            added=added_sources(tables, rows),
        )
        | {"id": f"tbl-{place_id}-places"},
        verdict=""
        if as_host is None
        else "reproduced"
        if (own["best"].eq(as_host) & own["worst"].eq(as_host)).all()
        else "reproduced in part",
        source=source_line(pd.concat([rows, printed]), tables),
        data=found.assign(level=found["level"].map(listing)),
        shown=shown,
        numeric=("Kazakhs", "countries compared"),
    )


RESULTS = {
    "numbers": Result("count", "numbers for the country"),
    "lowest": Result("persons", "the lowest number for the country"),
    "highest": Result("persons", "the highest number for the country"),
    "ratio": Result("ratio", "highest number for the country as a multiple of the lowest"),
}


def results(numbers: pd.DataFrame, place_id: str) -> dict[str, float]:
    """What `RESULTS` declares."""
    mine = of_place(stocks.printed(numbers), place_id)
    low, high = float(mine["low"].min()), float(mine["high"].max())
    return {"numbers": len(mine), "lowest": low, "highest": high, "ratio": high / low}


def findings(tables: Tables, numbers: pd.DataFrame, place_id: str) -> dict[str, str]:
    """What the sentences of every host's chapter say, as text: of the paper's own numbers; on its rank and its answers only
    where a table has them.
    """
    numbers = stocks.printed(numbers)
    rows, found = of_place(numbers, place_id), stocks.ranks(numbers, place_id)
    least, most = rows.loc[rows["low"].idxmin()], rows.loc[rows["high"].idxmax()]
    by = credit(tables, rows)
    largest = "p-three-largest-each"
    steps = stocks.steps(rows)
    known = rows.assign(date=speaks_of(rows)).set_index("id")
    again = stocks.same_numbers(numbers, place_id).sort_values("low", kind="stable")
    yes = answers.of_host(tables, place_id)
    asked = int(yes["yes"] + yes["no"])  # the rest is a passage
    counted = counts(tables, place_id)
    bound = tables.low(largest)
    printed = tables.numbers
    return {
        "numbers": in_words(len(rows)),
        "least": as_stated(number(least["low"]), printed, least["id"], least["low"]),
        "least-by": within_brackets(by[least.name]),
        "most": as_stated(number(most["high"]), printed, most["id"], most["high"]),
        "most-by": within_brackets(by[most.name]),
        "apart": number(most["high"] - least["low"]),
        "times": multiple(most["high"] / least["low"]),
        "dated": in_words(int(rows["first"].notna().sum())),
        "undated": in_words(int(rows["first"].isna().sum())),
        "series": listing(
            SAY.say(
                "step",
                rate=rate(step.rate_low, step.rate_high),
                since=known.loc[step.from_id, "date"],
                until=known.loc[step.to_id, "date"],
            )
            for step in steps.itertuples()
        ),
        **_rank_told(tables, found, place_id),
        "again": SAY.say(
            "again",
            country=tables.the(rows["name"].iloc[0]),
            count=len(again[["low", "high"]].drop_duplicates()),
            countries=again["place_id"].nunique(),
            again=cited_if_few(
                listing(_elsewhere(same) for _, same in again.groupby(["low", "high"], dropna=False)),
                again["id"],
            ),
        ),
        "half": Cited.of(number(bound), largest),
        "half-verdict": SAY.say("half-verdict", all_exceed=(rows["low"] > bound).all()),
        **({"yes": SAY.say("yes", yes=int(yes["yes"]), asked=asked)} if asked else {}),
        "counts": in_words(len(counted)),
        "counted": cited_if_few(
            listing(f"{row.text} ({row.year:.0f})" for row in counted.itertuples()) or "none", counted["id"]
        ),
    }


def _elsewhere(same: pd.DataFrame) -> str:
    """One number, and for which other countries it stands and by whom; where it is worded otherwise, with these words."""
    text = min(same["text"], key=len)
    where = [
        f"{row.name}, {GIVEN_BY[row.given_by]}" + ("" if row.text == text else f", as “{row.text}”")
        for row in same[["text", "name", "given_by"]].itertuples(index=False)
    ]
    return f"{text} ({'; '.join(where)})"


def _rank_told(tables: Tables, found: pd.DataFrame, place_id: str) -> dict[str, str]:
    """What the sentences on a host's rank say, given its places by size; nothing where Table 2 has no row for it."""
    as_host = ranked(tables, place_id)
    if as_host is None:
        return {}
    agree = found["best"].le(as_host) & found["worst"].ge(as_host)
    return {
        "rank": Cited.of(ordinal(as_host + 1), _rank_id(place_id)),
        "rank-host": ordinal(as_host),
        "rank-verdict": SAY.say(
            "rank-verdict",
            others=[
                f"{GIVEN_BY[row.given_by]} ({_placed(tables, row.best, row.worst, row.level)})"
                for row in found[~agree].itertuples()
            ],
        ),
    }


def difference_in_words(left: pd.Series, right: pd.Series) -> tuple[str, str]:
    """How far one number lies above another: persons, and per cent of the lower; both as text, ranges kept."""
    low, high = right["low"] - left["high"], right["high"] - left["low"]
    share = [f"{100 * value / base:.0f}" for value, base in ((low, left["high"]), (high, left["low"]))]
    return span(low, high), "–".join(dict.fromkeys(share))
