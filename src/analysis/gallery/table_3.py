"""Table 3: four questions and one passage for four host countries."""

from __future__ import annotations

from analysis import answers
from analysis.data import Tables
from analysis.exhibits import Table, exhibit
from analysis.gallery.cells import as_printed
from analysis.parameters import Table3
from analysis.wording import listing, number, small, source_line

PRINTED = "Table 3"


@exhibit
def printed(tables: Tables) -> Table:
    """Table 3 as the paper prints it, the questions in this edition's words."""
    cells = tables.answers.merge(tables.places[["place_id", "name"]], on="place_id", validate="m:1")
    cells = cells.sort_values(["question_no"], kind="stable")
    countries = {
        name: name
        for name in dict.fromkeys(tables.answers["place_id"].map(tables.places.set_index("place_id")["name"]))
    }
    shown, notes = as_printed(
        cells.assign(row=cells["question_paraphrase"], column=cells["name"]),
        tables.caveats,
        first="Question",
        columns=countries,
    )
    return Table(
        id="tbl-table-3-printed",
        reproduces=PRINTED,
        caption=f"{PRINTED} of the paper, cell by cell, the questions put in this edition's words; (text) is one passage across all four columns.",
        source=source_line(cells, tables.sources),
        data=cells,
        shown=shown,
        notes=notes,
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
        id="tbl-table-3-tally",
        verdict="not determinable from what is printed",
        caption=f"The answers of {PRINTED}, counted by kind.",
        source=source_line(tables.answers, tables.sources),
        data=counts,
        shown=shown,
        numeric=("yes", "no", "passage"),
    )


def findings(tables: Tables, chosen: Table3) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    counts = answers.tally(tables, chosen.merged_cell)
    asked = counts[counts["text"] == 0]
    yes, no = int(asked["yes"].sum()), int(asked["no"].sum())
    names = tables.places.set_index("place_id")["name"]
    return {
        "questions": small(len(asked)),
        "countries": listing(dict.fromkeys(tables.answers["place_id"].map(names))),
        "yes": number(yes),
        "no": small(no),
        "same": "All of them are the same answer" if no == 0 else "They are not all the same answer",
        "passages": small(int(counts["text"].sum())),
        "reading": "counted once" if chosen.merged_cell == "one" else "counted once for each country",
    }
