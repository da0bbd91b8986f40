"""Table 3: what was asked, what is answered for four host countries, and what the text says of it."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.chapters import statements as shown_as
from analysis.chapters.cells import as_printed
from analysis.computing import answers, statements
from analysis.tables import Tables
from edition.asking.parameters import Chapter, one_of
from edition.asking.results import Result
from edition.charts.wall import Wall
from edition.claims.verdicts import BY_ITSELF, NOT_CHECKABLE, OPEN, REPRODUCED
from edition.exhibits.exhibit import Picture, Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import (
    in_words,
    listing,
    number,
    percent,
    source_line,
)


class Table3(Chapter):
    """Table 3: the present state."""

    merged_cell: Literal["one", "each"] = one_of(
        "whether the text that spans four countries counts as one answer or as one for each",
        {"one": "as one answer", "each": "as one for each country"},
    )
    statements: Literal["apart", "all"] = one_of(
        "which statements of the text are set beside the answers: those that do not agree, or all",
        {"apart": "those that do not agree", "all": "all of them"},
    )


PRINTED = "Table 3"

SAY = Sentences(__name__)


@exhibit
def printed(tables: Tables) -> Table:
    """Table 3 as the paper prints it, the questions in this edition's words."""
    cells = tables.with_names(tables.answers)
    cells = cells.sort_values(["question_no"], kind="stable")
    yes, no = answers.tally(tables, "one")[["yes", "no"]].sum()
    countries = {name: name for name in dict.fromkeys(tables.answers["place_id"].map(tables.name))}
    shown, notes = as_printed(
        cells.assign(row=cells["question_paraphrase"], column=cells["name"]),
        tables.meaning,
        first="Question",
        columns=countries,
    )
    return Table(
        **SAY.exhibit("tbl-table-3-printed", yes=int(yes), no=int(no)),
        reproduces=PRINTED,
        source=source_line(cells, tables),
        data=cells,
        shown=shown,
        notes=notes,
        stacked=True,
    )


@exhibit
def wall(tables: Tables) -> Picture:
    """The answers with a yes or a no, a tile each."""
    cells = tables.with_names(tables.answers).query("answer != 'text'").sort_values("question_no", kind="stable")
    data = cells.assign(row=cells["question_paraphrase"], column=cells["name"], answer=cells["value_text"])
    kept = ["id", "row", "column", "answer", "place_id", "source_id", "exhibit", "locator", "caveats"]

    return Picture(
        **SAY.exhibit(
            "fig-table-3-answers",
            yes=int((cells["answer"] == "yes").sum()),
            answers=len(cells),
            countries=data["column"].unique(),
            questions=data["row"].nunique(),
            not_drawn=tables.answers.loc[~tables.answers["id"].isin(cells["id"]), "question_paraphrase"].unique(),
        ),
        source=source_line(cells, tables),
        data=data[kept],
        chart=Wall(filled="Yes", colour="bar"),
    )


@exhibit
def tally(tables: Tables, chosen: Table3) -> Table:
    """How many answers of each kind a question has."""
    counts = answers.tally(tables, chosen.merged_cell)
    shown = (
        counts.drop(columns="question_no")
        .astype("str")
        .rename(columns={"question_paraphrase": "Question", "text": "passage"})
    )
    return Table(
        **SAY.exhibit("tbl-table-3-tally", passages=int((counts["text"] > 0).sum())),
        verdict=OPEN,
        source=source_line(tables.answers, tables),
        data=counts,
        shown=shown,
        numeric=("yes", "no", "passage"),
    )


@exhibit
def questions(tables: Tables) -> Table:
    """Each question that the paper sets out to ask, and what Table 3 has for it."""
    rows = answers.questions(tables)
    shown = pd.DataFrame(
        {
            "No.": rows["number"],
            "what the paper sets out to ask": rows["paraphrase"],
            f"what {PRINTED} has": [SAY.say("asked", **row) for row in rows.to_dict("records")],
        }
    )
    return Table(
        **SAY.exhibit(
            "tbl-table-3-asked",
            unanswered=int((~rows["answered"].isin(["own row", "passage"])).sum()),
            asked=len(rows),
        ),
        verdict=NOT_CHECKABLE,  # a question claims nothing
        source=source_line(pd.concat([rows, tables.answers]), tables),
        data=rows,
        shown=shown,
    )


def bearing(tables: Tables) -> pd.DataFrame:
    """Statements that bear on an answer of the table, of its countries or general."""
    rows = statements.beside_answers(tables)
    return rows[rows["place_id"].isin([*tables.answers["place_id"], "abroad"])]


def beside(tables: Tables, chosen: Table3) -> pd.DataFrame:
    """Of the statements that bear on an answer of the table, those wanted."""
    rows = bearing(tables)
    return rows if chosen.statements == "all" else rows[rows["side"] != "agrees"]


@exhibit
def otherwise(tables: Tables, chosen: Table3) -> Table:
    """What the text says of a question that the table answers with yes."""
    rows = beside(tables, chosen)
    shown = pd.DataFrame(
        {
            "Question answered yes": rows["question_paraphrase"],
            "of whom": rows["name"],
            "what the text says": shown_as.credited(rows),
            "how it bears on the yes": rows["side"],
            "where": shown_as.places_in_words(rows),
        }
    )
    told = bearing(tables)["side"]
    against = int((told == "pulls against it").sum())
    return Table(
        **SAY.exhibit(
            "tbl-table-3-otherwise",
            bearing=len(told),
            against=against,
            neither=int((told == "says something else").sum()),
            statements=chosen.statements,
        ),
        source=source_line(rows, tables),
        data=rows.drop(columns=["against"]),
        shown=shown,
        stacked=True,
        verdict=BY_ITSELF if against else REPRODUCED,
    )


RESULTS = {
    "yes": Result("count", "answers that are yes"),
    "no": Result("count", "answers that are no"),
    "passages": Result("count", "questions answered by a passage of text"),
    "statements": Result("count", "statements set beside the answers"),
}


def results(tables: Tables, chosen: Table3) -> dict[str, float]:
    """What `RESULTS` declares."""
    counts = answers.tally(tables, chosen.merged_cell)
    rows = counts[counts["text"] == 0]
    return {
        "yes": int(rows["yes"].sum()),
        "no": int(rows["no"].sum()),
        "passages": int(counts["text"].sum()),
        "statements": len(beside(tables, chosen)),
    }


def findings(tables: Tables, chosen: Table3) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    counts = answers.tally(tables, chosen.merged_cell)
    rows = counts[counts["text"] == 0]
    yes, no = int(rows["yes"].sum()), int(rows["no"].sum())
    told = answers.spread(tables)
    posed = answers.questions(tables)
    ways = {way: posed[posed["answered"] == way] for way in ("own row", "passage", "not in the table")}
    sides = bearing(tables)
    against = sides[sides["side"] == "pulls against it"]
    shares = [percent(*answers.people_covered(tables, source), 0) for source in ("mendikulova_2001", "tatimov_2003")]
    own = against[against["place_id"] != "abroad"].groupby("name", sort=False).size()
    untold = [name for name in dict.fromkeys(tables.answers["place_id"].map(tables.name)) if name not in set(own.index)]
    return {
        "posed": in_words(len(posed)),
        "posed-rows": in_words(len(ways["own row"])),
        "posed-passage": in_words(len(ways["passage"])),
        "posed-nothing": in_words(len(ways["not in the table"])),
        "posed-numbers": listing(dict.fromkeys(ways["not in the table"]["number"])),
        "bits": f"{told['bits']:g}",
        "most-bits": number(told["answers"]),
        "ways": number(told["ways"]),
        "yes-no": number(told["answers"]),
        "variance": f"{told['variance']:g}",
        "shares": listing(dict.fromkeys(shares)),
        "bearing": in_words(len(sides)),
        "agree": in_words(int((sides["side"] == "agrees").sum())),
        "against": in_words(len(against)),
        "neither": in_words(int((sides["side"] == "says something else").sum())),
        "against-countries": listing(f"{name} ({in_words(int(count))})" for name, count in own.items())
        or "none of them",
        "against-none": listing(untold) or "none of them",
        "questions": in_words(len(rows)),
        "countries": listing(dict.fromkeys(tables.answers["place_id"].map(tables.name))),
        "passages": in_words(int(counts["text"].sum())),
        "one-answer": SAY.say("one-answer", kinds=int(told["kinds"])),
        "answered": SAY.say("answered", yes=yes, no=no),
        "listed": SAY.say("listed", statements=chosen.statements),
        "reading": SAY.say("reading", merged_cell=chosen.merged_cell),
    }
