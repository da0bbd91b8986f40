"""Language and script: who writes in which alphabet, and what is said of each host country."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.chapters import statements as shown_as
from analysis.computing import statements, stocks
from analysis.computing.statements import SCRIPTS
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.charts.balance import Balance
from edition.charts.matrix import Matrix
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    Cited,
    in_words,
    listing,
    none_or_count,
    number,
    percent,
    source_line,
)


class Language(Chapter):
    """Language and script."""

    scholar: Literal["mendikulova", "tatimov"] = one_of(
        "whose column of Table 1 is used",
        {"mendikulova": "Mendikulova's", "tatimov": "Tatimov's"},
    )
    cis: Literal["row, Uzbekistan and Russia", "row alone", "nobody"] = one_of(
        (
            "which countries the statement on the CIS countries covers: the row of Table 1 and the two countries "
            "its label takes out by name, the row alone, or nobody"
        ),
        {
            "row, Uzbekistan and Russia": "the row, Uzbekistan and Russia",
            "row alone": "the row alone",
            "nobody": "nobody",
        },
    )
    tone: Literal["all", "difficulty", "strength"] = one_of(
        "which statements on the condition of the Kazakhs are listed",
        {"all": "all of them", "difficulty": "those of difficulty", "strength": "those of strength"},
    )


SILENT = "the paper does not say"
COLUMNS = (*SCRIPTS.items(), ("", "not stated"))
ELSEWHERE = ["labour_settlement", "separate_migrations"]

SAY = Sentences(__name__)


def names_in_words(tables: Tables, hosts: pd.DataFrame) -> str:
    """Names of hosts in a sentence, the row of several countries last."""
    rows = hosts.sort_values("place_id", key=lambda ids: ids.isin([statements.CIS_ROW, "other_43"]), kind="stable")
    words = {statements.CIS_ROW: "the row for the other CIS states", "other_43": "the row of other countries"}
    return (
        listing(words.get(row.place_id, tables.the(row.name)) for row in rows.itertuples(index=False)) or "no country"
    )


def column(chosen: Language) -> str:
    """Source of the column of Table 1 that is used."""
    return {"mendikulova": "mendikulova_2001", "tatimov": "tatimov_2003"}[chosen.scholar]


def hosts_by_alphabet(tables: Tables, chosen: Language) -> pd.DataFrame:
    """Hosts with their alphabet and their size, as chosen."""
    return statements.alphabets(tables, column(chosen), chosen.cis)


def _used(tables: Tables, chosen: Language) -> pd.DataFrame:
    sizes = stocks.hosts(stocks.credited(stocks.exhibit(tables, "Table 1"), column(chosen)))
    return pd.concat([tables.scripts, sizes])


def _others(tables: Tables) -> pd.DataFrame:
    """The row of countries that only Table 2 has."""
    return tables.quantities[tables.quantities["id"] == "q-other-countries-table-2"]


@exhibit
def alphabets(tables: Tables, chosen: Language) -> Picture:
    """Hosts by alphabet, with those for which nothing is said in a column of their own."""
    data = hosts_by_alphabet(tables, chosen)
    told = [
        (label, names_in_words(tables, data[data["script"] == script]))
        for script, label in [*SCRIPTS.items(), ("", SILENT.capitalize())]
    ]
    return Picture(
        **SAY.exhibit(
            "fig-language-alphabets",
            silent=int((data["script"] == "").sum()),
            places=len(data),
            scholar=tables.label[column(chosen)],
            alphabets=len(SCRIPTS),
            told=told,
        ),
        source=source_line(pd.concat([_used(tables, chosen), _others(tables)]), tables),
        data=data,
        chart=Matrix(
            by="script",
            columns=COLUMNS,
            disc="the country is named",
            ring="it is meant as a CIS country",
        ),
    )


@exhibit
def people(tables: Tables, chosen: Language) -> Picture:
    """People in hosts by the alphabet stated there, with those for whom nothing is said."""
    hosts = hosts_by_alphabet(tables, chosen)
    sums = statements.writers(hosts)
    whole = sums["low"].sum()
    label = {**SCRIPTS, "": SILENT}
    data = sums.assign(
        label=sums["script"].map(label),
        meaning="bar",
        high=sums["low"],
        hatched=sums["script"] == "",
        text=[f"{number(row.low)} ({percent(row.low, whole)})" for row in sums.itertuples()],
    )
    most = data.loc[data["low"].idxmax()]
    meant = hosts.loc[hosts["how"] == "as CIS", "low"].sum()
    return Picture(
        **SAY.exhibit(
            "fig-language-people",
            most=most["label"] if most["script"] else "silent",
            most_share=percent(most["low"], whole),
            meant=number(meant) if meant else "",
            scholar=tables.label[column(chosen)],
            told=data["label"] + ": " + data["text"],
        ),
        source=source_line(_used(tables, chosen), tables),
        data=data,
        chart=Balance(unit="Kazakhs"),
    )


@exhibit
def by_host(tables: Tables, chosen: Language) -> Table:
    """Each host of the tables: its alphabet, and how many statements the paper makes about it."""
    data = hosts_by_alphabet(tables, chosen)
    data = data.assign(
        statements=data["place_id"].map(tables.challenges["place_id"].value_counts()).fillna(0).astype(int)
    )
    answered, most = set(tables.answers["place_id"]), data.loc[data["statements"].idxmax()]
    shown = pd.DataFrame(
        {
            "Country": data["name"],
            "alphabet": data["script"].map({**SCRIPTS, "": "not said"}),
            "statements": data["statements"].map(number),
            "in Table 3": ["yes" if place in answered else "no" for place in data["place_id"]],
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-language-hosts",
            country=tables.the(most["name"]),
            most=most["statements"],
            all=data["statements"].sum(),
        ),
        source=source_line(pd.concat([tables.scripts, tables.challenges, _others(tables)]), tables),
        data=data,
        shown=shown,
        numeric=("statements",),
    )


@exhibit
def conditions(tables: Tables, chosen: Language) -> Table:
    """What the paper says of each host country, statement by statement."""
    told = statements.with_credit(tables)
    if chosen.tone != "all":
        told = told[told["tone"] == chosen.tone]
    general = told["place_id"].isin([stocks.TOTAL, stocks.HOME])
    size = told.groupby("name")["id"].transform("size")
    order = told.assign(general=general, size=size, other=told["tone"] != "difficulty").sort_values(
        ["general", "size", "name", "other"], ascending=[True, False, True, True], kind="stable"
    )
    return shown_as.statements_table(
        tables,
        order.drop(columns=["general", "size", "other"]),
        SAY.exhibit("tbl-language-conditions", hard=int((told["tone"] == "difficulty").sum()), all=len(told)),
    )


@exhibit
def at_odds(tables: Tables) -> Table:
    """Statements that do not sit easily together."""
    rows = statements.at_odds(tables)
    return shown_as.pairs(tables, rows, SAY.exhibit("tbl-language-apart", pairs=len(rows)))


WRITTEN = {
    "arabic": "that write in Arabic letters",
    "latin": "that write in Latin letters",
    "cyrillic": "that write in Cyrillic letters",
    "silent": "of whose alphabet nothing is said",
}
RESULTS = {
    **{f"{script}-people": Result("persons", f"people in countries {which}") for script, which in WRITTEN.items()},
    **{
        f"{script}-percent": Result("per cent", f"share of people in countries {which}")
        for script, which in WRITTEN.items()
    },
    "statements": Result("count", "statements that are listed"),
}


def results(tables: Tables, chosen: Language) -> dict[str, float]:
    """What `RESULTS` declares."""
    sums = statements.writers(hosts_by_alphabet(tables, chosen)).set_index("script")["low"].rename({"": "silent"})
    tones = statements.with_credit(tables)["tone"]
    return {
        **{f"{script}-people": float(value) for script, value in sums.items()},
        **{f"{script}-percent": float(100 * value / sums.sum()) for script, value in sums.items()},
        "statements": int((tones == chosen.tone).sum()) if chosen.tone != "all" else len(tones),
    }


def findings(tables: Tables, chosen: Language) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    hosts = hosts_by_alphabet(tables, chosen)
    sums = statements.writers(hosts).set_index("script")
    whole = sums["low"].sum()
    told = statements.with_credit(tables)
    single = told[~told["place_id"].isin([stocks.TOTAL, stocks.HOME])]
    silent = hosts[hosts["script"] == ""]
    countries = hosts[~hosts["place_id"].isin([statements.CIS_ROW, "other_43"])]
    without = countries[~countries["place_id"].isin(single["place_id"])]
    answered = tables.answers.drop_duplicates("place_id")["place_id"]
    unsaid = [tables.name[place] for place in answered if place not in set(single["place_id"])]
    beyond = tables.lists[tables.lists["list"].isin(ELSEWHERE) & ~tables.lists["place_id"].isin(hosts["place_id"])]
    counts = single["name"].value_counts(sort=False)
    said = {f"{script}-share": percent(sums.loc[script, "low"], whole) for script in SCRIPTS}
    said |= {f"{script}-hosts": names_in_words(tables, hosts[hosts["script"] == script]) for script in SCRIPTS}
    return said | {
        "alphabets": Cited.of(tables.number("q-alphabets")["value_text"], "q-alphabets"),
        "scholar": tables.label[column(chosen)],
        "whole": number(whole),
        "hosts": number(len(hosts)),
        "silent-count": in_words(len(silent)),
        "silent": names_in_words(tables, silent),
        "silent-share": percent(sums.loc["", "low"], whole),
        "named": listing(
            "the CIS countries" if place == statements.CIS else tables.name[place]
            for place in tables.scripts["place_id"]
        ),
        "beyond": listing(tables.the(name) for name in dict.fromkeys(beyond["place_id"].map(tables.name))) or "none",
        "statements": number(len(told)),
        "single": number(len(single)),
        "by-country": listing(f"{in_words(int(count))} on {name}" for name, count in counts.items()),
        "unspoken": listing(map(tables.the, without["name"])) or "no country",
        "unspoken-count": in_words(len(without)),
        "answered-unspoken": listing(unsaid) or "none of them",
        "pairs": number(len(statements.at_odds(tables))),
        "uncredited": number(int((told["credit"] == "nobody").sum())),
        **SAY.all(cis=chosen.cis, tone=chosen.tone),
        "same-place": none_or_count(
            int((statements.at_odds(tables)["place_id"] == statements.at_odds(tables)["other_place_id"]).sum())
        ),
    }
