"""Many settings at once: what the sweeps that ship with the edition find."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.chapters import interlude, refugees_1916, world_total
from analysis.chapters.interlude import Interlude
from analysis.chapters.refugees_1916 import Refugees1916
from analysis.computing import stocks
from analysis.tables import Tables
from edition import paths
from edition.asking import notebook, sweep_table, sweeps
from edition.asking.chapters import declared, parameters
from edition.charts.lines import Lines
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import NBSP, cited_if_few, in_words, listing, number, source_line, span

ACCOUNT, GROWTH, WORLD = "sweeps/refugees-1916.yml", "sweeps/growth.yml", "sweeps/world-total.yml"
MEANING = {"printed": "outflow", "parts": "rest", "mendikulova_2001": "mendikulova", "tatimov_2003": "tatimov"}
FORMS = {"printed": "the total as printed", "parts": "the three regions added"}
SHOWN = [  # chapter, result
    ("table_1", "mendikulova-largest-percent"),
    ("table_1", "tatimov-largest-percent"),
    ("table_1", "mendikulova-with-home"),
    ("table_1", "tatimov-with-home"),
    ("table_1", "mendikulova-hosts"),
    ("table_1", "tatimov-hosts"),
    ("uzbekistan", "gap-low"),
    ("uzbekistan", "gap-high"),
    ("uzbekistan", "scholars-percent"),
    ("world_total", "share-low"),
    ("world_total", "share-high"),
    ("world_total", "reach-low"),
    ("world_total", "reach-high"),
]

SAY = Sentences(__name__)


@cache
def swept(tables: Tables, name: str) -> pd.DataFrame:
    """The table of a sweep that ships; see `sweep_table.rows`."""
    return sweep_table.evaluate(sweeps.load(paths.root() / name), tables)


def account(tables: Tables) -> pd.DataFrame:
    """What the account of 1916 leaves over: `total` (its form), `kazakh_percent`, `low`, `high` (persons; blank: open)."""
    rows = swept(tables, ACCOUNT).query("result in ['unexplained-low', 'unexplained-high']")
    wide = rows.pivot(index=["total", "kazakh_percent"], columns="result", values="value").reset_index()
    return wide.rename(columns={"unexplained-low": "low", "unexplained-high": "high"}).rename_axis(columns=None)


def starts(tables: Tables) -> pd.DataFrame:
    """From how many growth alone leads to a printed total: `source_id`, `last_wave`, `growth_percent`, `start` (persons)."""
    rows = swept(tables, GROWTH).query("chapter == 'interlude' and result.str.endswith('-start')")
    source = rows["result"].str.removesuffix("-start").str.replace("-", "_")
    return rows.assign(source_id=source, start=rows["value"])[["source_id", "last_wave", "growth_percent", "start"]]


@exhibit
def leftover(tables: Tables) -> Picture:
    """What the account of 1916 leaves over, along the share of Kazakhs."""
    rows = account(tables)
    printed = rows.query("total == 'printed'")
    return Picture(
        **SAY.exhibit(
            "fig-settings-1916",
            closing=closes(rows)["printed"],
            shares=[rows["kazakh_percent"].min(), rows["kazakh_percent"].max()],
            least=printed["low"].min(),
            most=printed["low"].max(),
        ),
        source=source_line(refugees_1916.used(tables, _balance(tables)), tables),
        data=rows.assign(
            panel="", line=rows["total"].map(FORMS), at=rows["kazakh_percent"], meaning=rows["total"].map(MEANING)
        ),
        chart=Lines(
            across="Kazakhs among those who crossed, per cent",
            unit="persons left over",
            level=(0, "the account closes"),
        ),
    )


@exhibit
def beginnings(tables: Tables) -> Picture:
    """From how many growth alone leads to the printed totals."""
    rows = starts(tables)
    totals = interlude.totals(tables, _usual()).set_index("source_id")
    title = {name: f"{row['label']}: {number(row['low'])}" for name, row in totals.iterrows()}
    ends = rows.groupby("source_id", sort=False)["start"].agg(["min", "max"])
    told = [
        f"to {totals.loc[name, 'label']}'s total from {number(row['min'])} to {number(row['max'])}"
        for name, row in ends.round(-3).iterrows()
    ]
    return Picture(
        **SAY.exhibit(
            "fig-settings-growth",
            least=round(ends["min"].min(), -3),
            most=ends["max"].max(),
            growth=[f"{rows['growth_percent'].min():g}", f"{rows['growth_percent'].max():g}"],
            told=told,
        ),
        source=source_line(totals.reset_index(), tables),
        data=rows.assign(
            panel=rows["source_id"].map(title),
            line=rows["last_wave"].astype(str),
            at=rows["growth_percent"],
            low=rows["start"],
            high=rows["start"],
            meaning=rows["source_id"].map(MEANING),
        ),
        chart=Lines(across="growth a year, per cent", unit="persons at the end of the last wave", doubling=True),
    )


@exhibit
def moved(tables: Tables) -> Table:
    """Which results move with which settings."""
    rows = shown(tables)
    worded = pd.DataFrame(
        {
            "Result": rows["meaning"],
            "over these settings": [
                span(row.low, row.high, 1) + f"{NBSP}%" if row.unit == "per cent" else span(row.low, row.high)
                for row in rows.itertuples()
            ],
            "moved by": [_in_words(row.chapter, row.moved_by) for row in rows.itertuples()],
        }
    )
    used = pd.concat(
        [tables.stocks[tables.stocks["id"].isin([*world_total.ABROAD, *world_total.HOMES])], stocks.rivals(tables)]
    )
    return Table(
        **SAY.exhibit("tbl-settings-moved", moving=int((rows["high"] > rows["low"]).sum()), results=len(rows)),
        source=source_line(used.drop_duplicates("id"), tables),
        data=rows,
        shown=worded,
        numeric=("over these settings",),
        stacked=True,
    )


def shown(tables: Tables) -> pd.DataFrame:
    """The results that the table shows: see `sweep_table.ranges`, with `meaning` and `unit` as their chapters declare them."""
    rows = sweep_table.ranges(swept(tables, WORLD)).set_index(["chapter", "result"]).loc[SHOWN]
    said = [declared(chapter)[result] for chapter, result in SHOWN]
    return rows.assign(meaning=[one.meaning for one in said], unit=[one.unit for one in said]).reset_index()


def _in_words(chapter: str, names: str) -> str:
    """The parameters in words, as `parameters` describes them."""
    fields = parameters()[chapter].model_fields
    return "; ".join(str(fields[name].description) for name in names.split()) or "none of them"


def _balance(tables: Tables) -> pd.DataFrame:
    usual = sweeps.load(paths.root() / ACCOUNT).sets["refugees_1916"].iloc[0].to_dict()
    return refugees_1916.account(tables, Refugees1916.check(usual))


def closes(rows: pd.DataFrame) -> dict[str, list[int]]:
    """The shares at which the account closes, or can close, by the form of its total."""
    fits = rows[~(rows["low"] > 0) & ~(rows["high"] < 0)]
    return {form: fits.loc[fits["total"] == form, "kazakh_percent"].to_list() for form in FORMS}


def findings(tables: Tables) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    rows, ranged = account(tables), shown(tables)
    shares, closing = rows["kazakh_percent"].drop_duplicates(), closes(rows)
    start = starts(tables).set_index(["source_id", "last_wave", "growth_percent"])["start"].sort_index()
    source, waves, rates = (start.index.unique(n) for n in range(3))
    usual = _usual()
    reached = interlude.totals(tables, usual)
    mine = start[source[0], usual.last_wave]
    by_rate = mine[rates[1]] / mine[rates[-1]]
    by_wave = start[source[0], waves[-1], usual.growth_percent] / start[source[0], waves[0], usual.growth_percent]
    moving = int((ranged["moved_by"] != "").sum())
    return {
        "year": tables.date("e-uprising-1916"),
        "settings": number(_sets(ACCOUNT) + _sets(GROWTH, "interlude") + _sets(WORLD)),
        "account-settings": number(len(rows)),
        "shares": f"{len(shares)} shares from {shares.min()} to {shares.max()}{NBSP}%",
        "closes-printed": _closing(closing["printed"], shares),
        "closes-parts": _closing(closing["parts"], shares),
        "least": number(start.min().round(-3)),
        "totals": cited_if_few(listing(reached["low"].map(number), "or"), reached["id"]),
        "waves": f"{waves[0]} and {waves[-1]}",
        "scholar": tables.label[source[0]],
        "usual-wave": str(usual.last_wave),
        "usual-rate": f"{usual.growth_percent:g}",
        "rates": f"{rates[1]:g} to {rates[-1]:g}",
        "by-rate": f"{by_rate:.1f}",
        "by-wave": f"{by_wave:.1f}",
        "lead": SAY.say("lead", closes_printed=closing["printed"], closes_at=_closing(closing["printed"], shares)),
        "weightier": SAY.say("weightier", by_rate=by_rate, by_wave=by_wave),
        "shown": in_words(len(ranged)),
        "moving": in_words(moving),
        "still": in_words(len(ranged) - moving),
    }


def _usual() -> Interlude:
    """What the chapter on growth takes where nothing else is asked."""
    return Interlude.check(notebook.defaults(paths.root() / "notebooks" / "interlude.ipynb"))


def _sets(name: str, chapter: str = "") -> int:
    """How many settings a sweep has, or those of one of its chapters."""
    sweep = sweeps.load(paths.root() / name)
    return len(sweep.sets[chapter]) if chapter else sweep.count


def _closing(at: list[int], shares: pd.Series) -> str:
    """Shares in words; those that go on to the last one tried as their beginning."""
    or_more = len(at) > 1 and at == [share for share in shares if share >= at[0]]
    return SAY.say("closing", at=[str(share) for share in at], or_more=or_more)
