"""China and Xinjiang: one number for a part and for the whole, and what a percentage implies."""

from __future__ import annotations

import pandas as pd
from pydantic import Field

from analysis.chapters import host, mapping
from analysis.chapters.mapping import HOME
from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter
from edition.asking.results import Result, bounded
from edition.charts.part_and_whole import PartAndWhole
from edition.claims.verdicts import BY_ITSELF, REPRODUCED
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.maps.map import Map, Panel
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    between,
    in_words,
    listing,
    number,
    quantity,
    sentence_case,
    signed,
    source_line,
    with_noun,
    within_brackets,
)


class China(Chapter):
    """China and Xinjiang."""

    rounding_percent: float = Field(
        ge=0, le=1, description="how far a percentage printed without decimals may be off, in percentage points"
    )


PART = "p-xinjiang-rakisheva"
WEBLOG = "o-xinjiang-2005-estimate"
REGION, DISTRICTS = "xinjiang", "autonomous_areas"
FRAME = (77.0, 34.5, 101.5, 50.0)

SAY = Sentences(__name__)


def against_part(tables: Tables, rivals: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every number for China beside the one for Xinjiang: the rows (`stocks.rivals` unless given) with `less_part` (persons, of
    a range its upper end).
    """
    rivals = stocks.rivals(tables) if rivals is None else rivals
    part = float(rivals.set_index("id").loc[PART, "low"])
    rows = rivals[rivals["place_id"] == "china"]
    return rows.assign(less_part=rows["high"] - part).sort_values("less_part", kind="stable")


@exhibit
def whole_and_part(tables: Tables) -> Table:
    """The whole less the part, number by number."""
    rows, part = against_part(tables, stocks.with_added(tables, stocks.rivals(tables))), tables.low(PART)
    shown = pd.DataFrame(
        {
            "Credited to": tables.credit(rows["source_id"])
            + (rows["given_by"] == stocks.ADDED).map({True: " (added)", False: ""}),
            "Kazakhs in China": [quantity(row.low, row.high, row.qualifier) for row in rows.itertuples()],
            "less those in Xinjiang": [
                between(row.low - part, row.high - part, lambda value: signed(value) if value else "0")
                for row in rows.itertuples()
            ],
        }
    )
    return Table(
        **SAY.exhibit("tbl-china-xinjiang", below=int((rows["low"] < part).sum()), numbers=len(rows)),
        source=source_line(pd.concat([rows, stocks.rivals(tables).query("id == @PART")]), tables),
        data=rows,
        shown=shown,
        numeric=("Kazakhs in China", "less those in Xinjiang"),
        verdict=BY_ITSELF if (against_part(tables)["less_part"] < 0).any() else REPRODUCED,
    )


@exhibit
def part_larger(tables: Tables) -> Picture:
    """Every number for China as a bar, against the one number for Xinjiang, which is a part of it."""
    rows = against_part(tables, stocks.with_added(tables, stocks.rivals(tables)))
    known, part = host.counts(tables, "china"), tables.low(PART)
    own = stocks.printed(rows)
    where = rows["exhibit"].where(rows["exhibit"] != "text", "in prose")
    date = host.speaks_of(rows).where(rows["as_of"] != "", "no date")
    rows = rows.assign(label=host.credit(tables, rows).map(sentence_case) + ", " + where + ", " + date, meaning="bar")
    rows.loc[rows["given_by"] == stocks.ADDED, "meaning"] = stocks.ADDED
    known = known.assign(
        label=known["label"], meaning="outside", exhibit=host.OUTSIDE, locator="", less_part=known["high"] - part
    )
    kept = ["id", "label", "low", "high", "less_part", "meaning", "as_of", "source_id", "exhibit", "locator", "caveats"]
    data = pd.concat([rows.sort_values("high", kind="stable")[kept], known[kept]], ignore_index=True)
    smaller = int((own["less_part"] < 0).sum())
    named = f"{tables.name[REGION]}: {number(part)}"
    return Picture(
        **SAY.exhibit(
            "fig-china-part",
            smaller=smaller,
            numbers=len(own),
            least=own["low"].min(),
            most=own["high"].max(),
            part=part,
            counted=[f"{row.text} ({row.label})" for row in known.itertuples()],
        ),
        source=source_line(
            pd.concat([rows, tables.stocks[tables.stocks["id"] == PART]]),
            tables,
            [f"{host.OUTSIDE}: {'; '.join(known['label'])}"],
        ),
        data=data,
        verdict=BY_ITSELF if smaller else REPRODUCED,
        chart=PartAndWhole(unit="Kazakhs", part=part, named=named, lacking="claimed"),
    )


def districts(tables: Tables) -> pd.DataFrame:
    """The autonomous districts of China in which the paper places Kazakhs, in its order, as rows of `Tables.located`.

    Returns:
        With `kind`, `lies` (in which part of China), `within` (bool: in Xinjiang), `stated` (bool: the paper prints
        a number of Kazakhs for it).
    """
    known = tables.by_id("places")
    found = tables.located(tables.members(DISTRICTS))
    lies = found["place_id"].map(known["note"]).str.extract(r"in (\w+)")[0]
    return found.assign(
        kind=found["place_id"].map(known["kind"]),
        lies=lies,
        within=lies == tables.name[REGION],
        stated=found["place_id"].isin(tables.stocks["place_id"]),
    )


@exhibit
def where_they_lie(tables: Tables) -> Picture:
    """The districts on a map, with Xinjiang, of which some are parts and which has a number as a whole."""
    areas = districts(tables)
    region = tables.located([REGION]).assign(kind="region", within=False, stated=True)
    part = tables.number(PART)
    text = quantity(part["low"], part["high"], part["qualifier"])
    sites = pd.concat([region, areas], ignore_index=True)
    data = sites.assign(
        mark="region",
        outline=mapping.outlined(tables, sites["place_id"]),
        role=sites["place_id"].eq(REGION).map({True: "prose", False: ""}),
        label=sites["name"].str.split().str[0],
        detail=("in " + sites["lies"]).mask(sites["within"], "").fillna(""),
        silent=~sites["stated"],
    )
    inside, beyond = (areas[areas["within"] == within] for within in (True, False))
    rows = [tables.lists[tables.lists["list"] == DISTRICTS], tables.stocks[tables.stocks["id"] == PART]]
    return Picture(
        **SAY.exhibit(
            "fig-china-districts",
            districts=len(areas),
            stated=int(areas["stated"].sum()),
            part=text,
            inside=list(inside["name"]),
            outside=[f"{row.name} in {row.lies}" for row in beyond.itertuples()],
            unstated=list(areas.loc[~areas["stated"], "name"]),
            areas=mapping.standing_at(areas),
            region=tables.name[REGION],
        ),
        source=source_line(pd.concat(rows), tables, mapping.drawn_from(data, towns=True)),
        data=data,
        chart=Map(
            panels=(Panel(frame=FRAME, named=mapping.by_own_name(HOME, "China", "Mongolia", "Russia", "Kyrgyzstan")),),
            home=HOME,
            key=mapping.key(data, extra=[("outline:prose", SAY.say("key", part=text))]),
            marks=mapping.MARKS,
        ),
    )


def implied(tables: Tables, chosen: China) -> tuple[float, float]:
    """Population of Xinjiang, in persons, that its Kazakhs and their share imply: lower and upper bound."""
    kazakhs = tables.low(PART)
    share = tables.low("s-xinjiang")
    return 100 * kazakhs / (share + chosen.rounding_percent), 100 * kazakhs / (share - chosen.rounding_percent)


RESULTS = {
    **bounded("implied", "persons", "people of Xinjiang that the percentage implies"),
    "smaller": Result("count", "numbers for China that are smaller than that for Xinjiang"),
    "same": Result("count", "numbers for China that are the same as that for Xinjiang"),
}


def results(tables: Tables, chosen: China) -> dict[str, float]:
    """What `RESULTS` declares."""
    less = against_part(tables)["less_part"]
    return {
        **bounds.by_name({"implied": bounds.Span(*implied(tables, chosen))}),
        "smaller": int((less < 0).sum()),
        "same": int((less == 0).sum()),
    }


def findings(tables: Tables, chosen: China) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows = against_part(tables)
    old, native = tables.number("s-china-four-generations"), tables.number("s-china-indigenous")
    low, high = implied(tables, chosen)
    part = tables.number(PART)
    same = rows[rows["less_part"] == 0]
    dates = sorted(set(rows["as_of"]) - {""})
    section, _, paragraph = (same["locator"].iloc[0] if len(same) else "").lower().partition(" ¶")
    areas = districts(tables)
    known = host.counts(tables, "china")
    found = rows.assign(credit=host.credit(tables, rows), date=host.speaks_of(rows)).merge(
        known.loc[known["low"].eq(known["high"]), ["low", "high", "label"]], on=["low", "high"]
    )
    return {
        "part": Cited.of(part["value_text"], PART),
        "numbers": in_words(len(rows)),
        "smaller": in_words(int((rows["less_part"] < 0).sum())),
        "same": in_words(len(same)),
        "most-short": number(-rows["less_part"].min()),
        "share": Cited.of(f"{tables.low('s-xinjiang'):g}", "s-xinjiang"),
        "yes": with_noun(int((tables.answers.query("place_id == 'china'")["answer"] == "yes").sum()), "question"),
        "weblog": Cited.of(number(tables.low(WEBLOG)), WEBLOG),
        "weblog-gap": number(abs(tables.low(WEBLOG) - tables.low("t2-china-field"))),
        "weblog-year": tables.row("outside", WEBLOG)["as_of"][:4],
        "dated": in_words(int((rows["as_of"] != "").sum())),
        "dates": listing(date.replace("/", "–") for date in dates),
        "old": Cited.of(f"{old['low']:g}", old.name),
        "native": Cited.of(f"{native['low']:g}", native.name),
        "survey-sum": f"{old['low'] + native['low']:g}",
        **SAY.all(
            "implied",
            "part-date",
            "survey-verdict",
            "districts-inside",
            "districts-beyond",
            "districts-stated",
            "same-where",
            "counted-same",
            counted=[
                (Cited.of(number(row.low), row.id), within_brackets(row.credit), row.date, row.label)
                for row in found.itertuples()
            ],
            inside=int(areas["within"].sum()),
            outside=int((~areas["within"]).sum()),
            stated=int(areas["stated"].sum()),
            section=section,
            paragraph=int(paragraph or 0),
            range=low < high,
            least=number(round(low, -5)),
            most=number(round(high, -5)),
            points=f"{chosen.rounding_percent:g}",
            part_date=part["as_of"],
            native=native["low"],
        ),
    }
