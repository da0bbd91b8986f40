"""The refugees of 1916: where they were, how many, and what the account leaves over."""

from __future__ import annotations

import math
from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.chapters import mapping, stage
from analysis.chapters.mapping import HOME
from analysis.computing import movements
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import bounded
from edition.charts.waterfall import Waterfall
from edition.claims.verdicts import BY_ITSELF, IN_PART
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.maps.map import Map, Panel
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    cite,
    in_words,
    listing,
    number,
    percent,
    source_line,
    span,
    stated_or_taken,
)


class Refugees1916(Chapter):
    """The refugees of 1916."""

    total: Literal["printed", "parts"] = one_of(
        "whether the balance starts from the printed total or from the sum of its parts",
        {"printed": "the printed total", "parts": "the sum of its parts"},
    )
    kazakh_percent: int = Field(
        ge=1,
        le=100,
        examples=[1, 25, 50, 75, 90, 100],
        description="share of Kazakhs among the Kazakhs and Kyrgyz who crossed, in per cent; 100 counts the number whole",
    )
    open_bound: Literal["as bound", "leave open"] = one_of(
        "whether 'more than' counts as the number itself or stays without an upper bound",
        {"as bound": "as the number itself", "leave open": "without an upper bound"},
    )
    about_percent: int = Field(
        ge=0, le=25, description="width given to a number printed with 'about', in per cent either way"
    )


STAGES = ["refugees_1916", "return_1917"]
FRAME = (66.0, 37.0, 96.0, 52.0)
NEAR = (72.0, 36.0, 94.0, 51.0)  # on a phone
PRINTED = {"altai_territory": "Altai Territory"}  # the name as the paper has it, where it is not the edition's
LABELS = {
    "p-altai-1916": "in Altai Territory",
    "p-tarbagatai-1916": "in the Tarbagatai region",
    "p-ili-1916": "in the Ili region",
    "parts": "the three regions added",
    "printed": "the total as printed",
    "returned": "returned",
    "remained": "left over: total less returned",
    "crossed": "who crossed the border",
    "unexplained": "left over: crossed less total",
}
MEANING = {
    "parts": "outflow",
    "printed": "outflow",
    "returned": "return",
    "remained": "rest",
    "crossed": "outflow",
    "unexplained": "rest",
}

SAY = Sentences(__name__)
SAID = ("kazakhs", "sum-verdict", "beyond", "start", "open", "width")  # on the chapter's page


def account(tables: Tables, chosen: Refugees1916) -> pd.DataFrame:
    """The balance with labels and text; see `movements.balance_1916`."""
    items = movements.balance_1916(tables, **chosen.model_dump())
    when = tables.date("e-return-1917")
    return items.assign(
        label=items["item"].map(LABELS).replace("returned", f"returned, {when}"),
        meaning=items["item"].map(MEANING).fillna("outflow"),
        text=[_persons(row.low, row.high, about=row.about and not row.high < 0) for row in items.itertuples()],
    )


def _persons(low: float, high: float, *, about: bool) -> str:
    """Bounds of an item as text; without an upper bound it is above the lower one, as is printed.

    >>> _persons(260_000, float("nan"), about=True), _persons(60_000, 70_000, about=False)
    ('more than about 260,000', '60,000–70,000')
    """
    nearly = "about " if about else ""
    return f"more than {nearly}{number(low)}" if math.isnan(high) and not math.isnan(low) else nearly + span(low, high)


def _within(items: pd.DataFrame) -> bool:
    """Whether the printed total can be the sum of the regions; an open bound (NaN) excludes nothing."""
    parts, printed = (items.set_index("item").loc[name] for name in ("parts", "printed"))
    return bool(parts["low"] <= printed["high"] and not printed["low"] > parts["high"])


def used(tables: Tables, items: pd.DataFrame) -> pd.DataFrame:
    """The data rows that an account is made of."""
    ids = {row_id for cell in items["rows"] for row_id in cell.split()}
    known = pd.concat([tables.stocks, tables.movements], ignore_index=True)
    return known[known["id"].isin(ids)]


@exhibit
def where_they_were(tables: Tables, chosen: Refugees1916) -> Picture:
    """The three regions in which the paper counts refugees, and the centres of refuge it names."""
    items = account(tables, chosen).set_index("item").loc[movements.PARTS_1916]
    counted = tables.by_id("stocks").loc[items.index, "place_id"].to_list()
    named = [*tables.members("refuge_centres_1916"), *tables.members("crossing_1916")]
    shown = tables.located(list(dict.fromkeys([*counted, *named])))
    points = shown.drop_duplicates(["longitude", "latitude"], ignore_index=True)
    same = shown[
        ~shown["place_id"].isin(points["place_id"])
    ]  # Taichen is put at the point of Tarbagatai, Kuldzhin at that of Ili
    with_them = points.merge(same, on=["longitude", "latitude"], how="left", suffixes=("", "_there"))["name_there"]
    printed = points["place_id"].map(PRINTED).fillna(points["name"])
    numbers = items.set_axis(counted).reindex(points["place_id"]).reset_index(drop=True)
    data = points.join(numbers[["low", "high", "rows"]]).assign(
        label=printed + with_them.map(lambda name: f", with {name}", na_action="ignore").fillna(""),
        detail=numbers["text"].fillna("no number printed"),
        mark=numbers["text"].map(lambda text: "number", na_action="ignore").fillna("region"),
        silent=numbers["text"].isna(),
    )
    data.loc[data["silent"] & (data["precision"] == "town"), "mark"] = "town"
    told = [f"{name} {text}" for name, text in zip(printed, numbers["text"].dropna(), strict=False)]
    uncounted = points.loc[data["silent"], "name"]

    regions = points.set_index("longitude")["name"]
    identified = [(row.name, row.geonames_name, regions[row.longitude]) for row in same.itertuples()]
    return Picture(
        **SAY.exhibit(
            "fig-1916-refuges",
            counted=told,
            uncounted=uncounted,
            identified=identified,
            areas=mapping.standing_at(points.assign(name=printed)),
        ),
        source=source_line(used(tables, items.reset_index()), tables, mapping.drawn_from(data, towns=True)),
        data=data,
        chart=Map(
            panels=(
                Panel(
                    frame=FRAME,
                    phone=NEAR,
                    named=mapping.by_own_name(HOME, "China", "Russia", "Mongolia", "Kyrgyzstan"),
                ),
            ),
            home=HOME,
            key=mapping.key(data),
            marks=mapping.MARKS,
        ),
    )


def steps(tables: Tables, chosen: Refugees1916) -> pd.DataFrame:
    """The account as steps of a waterfall: `account` with `start`, `end`, `until`, `leaves` (persons) and `sense`."""
    items = account(tables, chosen).set_index("item", drop=False)
    total, crossed = items.loc[chosen.total], items.loc["crossed"]
    placed: dict[str, tuple[float, float, float, float]] = {}
    stands = 0.0
    for item in movements.PARTS_1916:
        row = items.loc[item]
        placed[item] = (stands, stands + row["low"], stands + row["high"], stands + row["low"])
        stands += row["low"]
    for item in ("parts", "printed", "crossed"):
        row = items.loc[item]
        placed[item] = (0.0, row["low"], row["high"], row["low"])
    rest = total["low"] - items.loc["returned", "high"]
    placed["returned"] = (rest, total["low"], total["low"], rest)
    placed["remained"] = (0.0, items.loc["remained", "low"], items.loc["remained", "high"], total["low"])
    ends = sorted([total["low"], crossed["low"]])
    until = math.nan if math.isnan(total["high"]) else max(ends[1], total["high"], crossed["high"])
    placed["unexplained"] = (ends[0], ends[1], until, crossed["low"])
    found = pd.DataFrame.from_dict(placed, orient="index", columns=["start", "end", "until", "leaves"])
    low, high = items.loc["unexplained", ["low", "high"]]
    sense = {
        "remained": SAY.say("sense-of-those-left"),
        "unexplained": SAY.say("sense", equal=low == high == 0, fewer_crossed=high <= 0, more_crossed=low > 0),
    }
    return items.join(found).assign(sense=items["item"].map(sense).fillna("")).reset_index(drop=True)


@exhibit
def balance(tables: Tables, chosen: Refugees1916) -> Picture:
    """The account as a waterfall."""
    items = steps(tables, chosen)
    open_ends = items["until"].isna().any() or (items["until"] > items["end"]).any()
    return Picture(
        **SAY.exhibit("fig-1916-balance", open_ends=open_ends, **items.set_index("item")["text"]),
        source=source_line(used(tables, items), tables),
        data=items,
        chart=Waterfall(unit="persons"),
    )


@exhibit
def account_table(tables: Tables, chosen: Refugees1916) -> Table:
    """The account as a table, with what the paper prints for each item."""
    items = account(tables, chosen)
    by = items.set_index("item")["text"]
    printed = used(tables, items).set_index("id")["value_text"]
    shown = pd.DataFrame(
        {
            "Item": items["label"],
            "as printed": [
                printed[row] if " " not in row and item in (row, "printed", "returned", "crossed") else "computed"
                for item, row in zip(items["item"], items["rows"], strict=True)
            ],
            "persons": items["text"],
        }
    )
    return Table(
        **SAY.exhibit("tbl-1916-account", parts=by["parts"], printed=by["printed"]),
        verdict=IN_PART if _within(items) else BY_ITSELF,
        source=source_line(used(tables, items), tables),
        data=items,
        shown=shown,
        numeric=("persons",),
    )


NAMED = ["altai_territory", "tarbagatai", "ili", "taichen", "kuldzhin", "kashkaria", "aksu"]


@exhibit
def places_named(tables: Tables) -> Table:
    """The places of refuge as the paper names them, and what they are taken for."""
    rows = pd.concat([tables.lists.query("list in ['refuge_centres_1916', 'crossing_1916']"),
                      tables.stocks[tables.stocks["id"].isin(movements.PARTS_1916)]])  # fmt: skip
    places = stage.identified(tables, NAMED)
    return stage.places_table(
        places,
        SAY.exhibit("tbl-1916-places", places=len(places), towns=places["geonames_name"].nunique()),
        source=source_line(rows, tables, [mapping.GEONAMES]),
    )


RESULTS = {
    **bounded("p-altai-1916", "persons", "refugees in Altai Territory"),
    **bounded("p-tarbagatai-1916", "persons", "refugees in the Tarbagatai region"),
    **bounded("p-ili-1916", "persons", "refugees in the Ili region"),
    **bounded("parts", "persons", "refugees of the three regions, added"),
    **bounded("printed", "persons", "refugees, the total as printed"),
    **bounded("returned", "persons", "people who returned"),
    **bounded("remained", "persons", "the total less those who returned"),
    **bounded("crossed", "persons", "people who crossed the border"),
    **bounded("unexplained", "persons", "those who crossed less the total"),
}


def results(tables: Tables, chosen: Refugees1916) -> dict[str, float]:
    """What `RESULTS` declares."""
    items = account(tables, chosen)
    return bounds.by_name({row.item: bounds.Span(row.low, row.high) for row in items.itertuples()})


def findings(tables: Tables, chosen: Refugees1916) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    items = account(tables, chosen).set_index("item")
    within = _within(items.reset_index())
    start, known = items.loc[chosen.total], tables.numbers
    centres = tables.listed("refuge_centres_1916")
    source = tables.label["mendikulova_1995"]
    low, high, beyond = items.loc["unexplained", ["low", "high", "text"]]
    values = chosen.model_dump() | {
        "within": within,
        "equal": low == high == 0,
        "fewer_crossed": high <= 0,
        "no_least": math.isnan(low),
        "either_way": low < 0,
        "least": span(-low, -low),
        "most": span(high, high),
        "fewer": span(0 - high, 0 - low) if high else f"up to {span(0 - low, 0 - low)}",
        "text": beyond,
    }
    return {
        **stage.findings(tables, STAGES),
        **items["text"].to_dict(),
        **{
            item: stated_or_taken(row["text"], known, row["rows"], row["low"], row["high"])
            for item, row in items.iterrows()
            if row["rows"] in known.index
        },
        "year": tables.date("e-uprising-1916"),
        "returned-when": tables.date("e-return-1917"),
        "source": source,
        "with-number": listing(tables.name[["altai_territory", "tarbagatai", "ili"]]),
        "south": listing(tables.name[["kashkaria", "aksu"]]),
        "count-year": tables.date("e-count-1911"),
        "years-before": in_words(
            int(tables.row("events", "e-refugees-1916")["start"]) - int(tables.row("events", "e-count-1911")["start"])
        ),
        "counted": cite(tables.numbers, "p-chinese-regions-1911"),
        "more-than-counted": number(tables.low("p-refuges-1916") - tables.low("p-chinese-regions-1911")),
        "returned-share": percent(items.loc["returned", "low"], start["low"], 0),
        "centres": listing(centres),
        **SAY.all(*SAID, **values),
    }
