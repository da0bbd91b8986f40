"""Every estimate of the present day, host by host, whoever gives it and wherever it stands in the paper."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from pydantic import Field

from analysis.chapters.cells import ESTIMATE
from analysis.computing import stocks
from analysis.tables import Tables
from edition.asking.parameters import Chapter, ParameterError, one_of, value_in_words
from edition.asking.results import Result
from edition.charts import estimates
from edition.claims.verdicts import BY_ITSELF, IN_PART, OPEN, REPRODUCED
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers import bounds
from edition.numbers.sentences import Sentences
from edition.numbers.wording import listing, number, quantity, source_line, with_noun


class Estimates(Chapter):
    """Every estimate, side by side."""

    at_least: int = Field(ge=1, le=5, description="how many numbers a country must have to be shown")
    sources: Literal["all", "scholars", "mendikulova", "tatimov", "official", "field", "prose"] = one_of(
        "whose numbers are shown: the scholars of Table 1 or one of them, a column of Table 2, the prose, or all",
        {
            "all": "all",
            "scholars": "the two scholars'",
            "mendikulova": "Mendikulova's",
            "tatimov": "Tatimov's",
            "official": "the official data of Table 2",
            "field": "the field study of Table 2",
            "prose": "those of the prose",
        },
    )
    bound: Literal["both", "lowest", "highest"] = one_of(
        "whether a printed range is shown whole or taken at one of its ends",
        {"both": "whole", "lowest": "at its lowest", "highest": "at its highest"},
    )
    uncertain: Literal["keep", "leave out"] = one_of(
        "whether numbers whose column is unclear, or that have a stray mark beside them, are shown",
        {"keep": "shown", "leave out": "left out"},
    )


GIVEN_BY = {
    "mendikulova": "Mendikulova 2001",
    "tatimov": "Tatimov 2003",
    "yermekbay_official": "official data",
    "yermekbay_field": "field study",
    "prose": "in the prose",
    stocks.ADDED: "added",
}
LARGE = 0.25  # of the largest number: hosts with as much stand on an axis of their own
SAY = Sentences(__name__)


def selected(tables: Tables, chosen: Estimates) -> pd.DataFrame:
    """The estimates asked for, of hosts with enough of them, the largest host first.

    Raises:
        ParameterError: no host has as many of them.
    """
    rivals = stocks.select(
        stocks.rivals(tables), sources=chosen.sources, uncertain=chosen.uncertain, bound=chosen.bound
    )
    size = rivals.groupby("place_id")["id"].transform("size")
    kept = rivals[size >= chosen.at_least]
    if kept.empty:
        raise ParameterError(
            f"parameter 'at_least' is {chosen.at_least}; allowed: at most {size.max()} where sources is {chosen.sources!r} "
            f"({value_in_words(Estimates, 'sources', chosen.sources)}) and uncertain is {chosen.uncertain!r} "
            f"({value_in_words(Estimates, 'uncertain', chosen.uncertain)})"
        )
    return _by_size(kept)


def shown(tables: Tables, chosen: Estimates) -> pd.DataFrame:
    """`rows`, and beside them every estimate of the reader's own source."""
    return _by_size(bounds.take(stocks.with_added(tables, selected(tables, chosen)), chosen.bound))


def _by_size(rows: pd.DataFrame) -> pd.DataFrame:
    order = bounds.close(rows).groupby("place_id")["high"].max().sort_values(ascending=False, kind="stable").index
    return rows.set_index("place_id").loc[order].reset_index()


@exhibit
def side_by_side(tables: Tables, chosen: Estimates) -> Picture:
    """All of them on one axis."""
    cells = shown(tables, chosen)
    data = cells.rename(columns={"name": "place"}).assign(series=cells["given_by"])
    size = bounds.close(cells).groupby("name", sort=False)["high"].max()
    large = size.index[size >= LARGE * size.max()].to_list()
    widest = _widest(cells)
    return Picture(
        **SAY.exhibit(
            "fig-estimates",
            numbers=len(cells),
            places=cells["place_id"].nunique(),
            **_spread(tables, widest),
            which=SAY.say("which", **chosen.model_dump()),
            ranges=list(dict.fromkeys(cells.loc[cells["low"] < cells["high"], "given_by"])),
            two_axes=len(large) < len(size),
            dates=len(set(cells["as_of"]) - {""}),
            added=added_sources(tables, cells),
        ),
        verdict=_do_not_match(stocks.printed(cells)),
        source=source_line(cells, tables),
        data=data[ESTIMATE],
        chart=estimates.Estimates(
            series=tuple((name, label) for name, label in GIVEN_BY.items() if name in set(cells["given_by"])),
            unit="Kazakhs",
            linear=tuple(large),
        ),
    )


@exhibit
def one_by_one(tables: Tables, chosen: Estimates) -> Table:
    """The same numbers as a table, with date and credit."""
    cells = shown(tables, chosen)
    where = cells["exhibit"].where(cells["exhibit"] != "text", cells["locator"])
    text = pd.DataFrame(
        {
            "Place": cells["name"],
            "Kazakhs": [quantity(row.low, row.high, row.qualifier) for row in cells.itertuples()],
            "date": cells["as_of"].str.replace("/", "–").replace("", "not stated"),
            "credited to": tables.credit(cells["source_id"]),
            "where": where,
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-estimates",
            numbers=len(cells),
            places=cells["place_id"].nunique(),
            which=SAY.say("which", **chosen.model_dump()),
            added=added_sources(tables, cells),
        ),
        source=source_line(cells, tables),
        data=cells,
        shown=text,
        numeric=("Kazakhs",),
    )


def added_sources(tables: Tables, cells: pd.DataFrame) -> str:
    """The reader's own sources of some numbers, by their labels; "" where there are none."""
    return listing(dict.fromkeys(cells.loc[cells["exhibit"] == stocks.ADDED, "source_id"].map(tables.label)))


def _do_not_match(cells: pd.DataFrame) -> str:
    """What comes of the statement that the numbers of different sources do not match, host by host."""
    ends = stocks.extremes(cells)
    several = ends[ends["count"] > 1]
    if several.empty:
        return OPEN
    differ = several["high"] > several["low"]
    return REPRODUCED if differ.all() else IN_PART if differ.any() else BY_ITSELF


def _left_out(tables: Tables) -> str:
    """The sentences that give one number for several hosts, each or together, and so stand in no row."""
    rows = tables.stocks[tables.stocks["unit"] == "kazakhs_each"]
    each = [SAY.say("each", number=row.value_text, places=tables.name[row.place_id]) for row in rows.itertuples()]
    return listing(each)


def _widest(cells: pd.DataFrame) -> pd.Series | None:
    """The host with the widest spread in proportion, among those with different numbers; None if there is none."""
    ends = stocks.extremes(cells).query("count > 1 and high > low")
    return None if ends.empty else ends.loc[(ends["high"] / ends["low"]).idxmax()]


def _spread(tables: Tables, widest: pd.Series | None) -> dict[str, str]:
    """What the sentence on the widest spread says of it; see `_widest`."""
    if widest is None:
        return {"widest": "", "widest_low": "", "widest_high": ""}
    return {
        "widest": tables.the(widest["name"]),
        "widest_low": number(widest["low"]),
        "widest_high": number(widest["high"]),
    }


RESULTS = {
    "numbers": Result("count", "numbers shown"),
    "hosts": Result("count", "places shown"),
    "most": Result("count", "numbers for the place that has the most"),
    "undated": Result("count", "numbers without a date"),
    "widest-ratio": Result("ratio", "largest number for one place as a multiple of the smallest, where it is widest"),
}


def results(tables: Tables, chosen: Estimates) -> dict[str, float]:
    """What `RESULTS` declares."""
    cells = selected(tables, chosen)
    ends, widest = stocks.extremes(cells), _widest(cells)
    return {
        "numbers": len(cells),
        "hosts": len(ends),
        "most": int(ends["count"].max()),
        "undated": int((cells["as_of"] == "").sum()),
        "widest-ratio": float("nan") if widest is None else float(widest["high"] / widest["low"]),
    }


def findings(tables: Tables, chosen: Estimates) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    cells = selected(tables, chosen)
    ends = stocks.extremes(cells)
    widest = _widest(cells)
    several = ends[ends["count"] > 1]
    apart = several.loc[(several["high"] - several["low"]).idxmax()] if widest is not None else None
    undated, uncited = (int(mask.sum()) for mask in (cells["as_of"] == "", cells["source_id"].isin(tables.own)))
    most = int(ends["count"].max())
    top = ends.loc[ends["count"] == most, "name"]
    printed = len(stocks.rivals(tables))
    single = ends.loc[ends["count"] == 1, "name"]
    values = {
        "printed": printed,
        "shown": len(cells),
        "places": len(ends),
        "xinjiang": "xinjiang" in set(ends["place_id"]),
        "most": most,
        "top": list(top.map(tables.the)),
        **_spread(tables, widest),
        "apart": "" if apart is None else tables.the(apart["name"]),
        "apart_gap": "" if apart is None else number(apart["high"] - apart["low"]),
        "undated": undated,
        "uncited": uncited,
        "single": list(single.map(tables.the)),
    }
    told = ("shown", "part", "most", "widest", "apart", "uncited", "single")
    return {
        "printed": number(printed),
        "hosts": with_noun(len(ends), "place"),
        "left-out": _left_out(tables),
        **SAY.all(*told, **values),
    }
