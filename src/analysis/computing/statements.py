"""What the paper says without numbers: alphabets and conditions, host by host, and what does not sit together.

Belongs here: joining statements to hosts, to one another and to the questions of Table 3. Not here: the
answers of Table 3 (`answers`), or numbers (`stocks`).
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.computing import stocks
from analysis.tables import Tables

SCRIPTS = {"arabic": "Arabic", "latin": "Latin", "cyrillic": "Cyrillic"}
CIS = "cis"
CIS_ROW = "cis_other"
NAMED_IN_CIS = ["uzbekistan", "russia"]  # the label of the row of Table 1 takes them out of the CIS by name
SIDES = {"strength": "agrees", "difficulty": "pulls against it", "neither": "says something else"}


def hosts(tables: Tables, source_id: str) -> pd.DataFrame:
    """The hosts of Tables 1 to 3, the largest in one source first, those without a number last.

    Returns:
        `place_id`, `name`, `low` (persons; NaN where the source has no number).
    """
    rows = pd.concat([stocks.hosts(stocks.exhibit(tables, name)) for name in ("Table 1", "Table 2")])
    places = dict.fromkeys([*rows["place_id"], *tables.answers["place_id"]])
    sizes = stocks.credited(rows, source_id).set_index("place_id")["low"]
    frame = tables.with_names(pd.DataFrame({"place_id": list(places)}))
    frame = frame.assign(low=frame["place_id"].map(sizes))
    return frame.sort_values("low", ascending=False, kind="stable", ignore_index=True)


def alphabets(
    tables: Tables, source_id: str, cis: Literal["row, Uzbekistan and Russia", "row alone", "nobody"]
) -> pd.DataFrame:
    """The alphabet that the paper states for each host of its tables.

    Args:
        source_id: whose numbers give the sizes.
        cis: which hosts the statement on the CIS countries covers: the row of Table 1 for the CIS with the two
            countries that its label takes out by name, that row alone, or none.

    Returns:
        `hosts` with `script` ("" where nothing is said), `how` (named, as CIS, not said) and `row_id`.
    """
    covered = {"row, Uzbekistan and Russia": [CIS_ROW, *NAMED_IN_CIS], "row alone": [CIS_ROW], "nobody": []}[cis]
    stated = tables.scripts.set_index("place_id")[["script", "id"]]
    known = {place: (row.script, "named", row.id) for place, row in stated.iterrows()}
    known |= dict.fromkeys(covered, (stated.loc[CIS, "script"], "as CIS", stated.loc[CIS, "id"]))
    rows = hosts(tables, source_id)
    found = [known.get(place, ("", "not said", "")) for place in rows["place_id"]]
    return rows.assign(**dict(zip(("script", "how", "row_id"), zip(*found, strict=True), strict=True)))


def writers(rows: pd.DataFrame) -> pd.DataFrame:
    """People in hosts by the alphabet stated there: `script` ("" for none), `hosts` (number), `low` (persons).

    Args:
        rows: what `alphabets` returns. A host without a number counts as a host and adds no people.
    """
    sums = rows.groupby("script").agg(hosts=("place_id", "size"), low=("low", "sum"))
    return sums.reindex([*SCRIPTS, ""], fill_value=0).astype("float64").reset_index()


def with_credit(tables: Tables) -> pd.DataFrame:
    """The statements with the `name` of the place and `credit` ("nobody" where the paper credits none)."""
    rows = tables.with_names(tables.challenges)
    return rows.assign(credit=tables.credit(rows["source_id"]))


def at_odds(tables: Tables) -> pd.DataFrame:
    """Pairs of statements that do not sit easily together, in this edition's reading.

    Returns:
        One row per pair: the columns of `with_credit` for the one, and with the prefix `other_` for the other.
    """
    rows = with_credit(tables)
    pairs = rows.assign(other_id=rows["against"].str.split()).explode("other_id").dropna(subset=["other_id"])
    others = rows.add_prefix("other_")
    return pairs.merge(others, on="other_id", validate="m:1").drop(columns=["against", "other_against"])


def beside_answers(tables: Tables) -> pd.DataFrame:
    """Statements that bear on a question which Table 3 answers with yes, in the order of the questions.

    Returns:
        The rows of `with_credit` with `question_no`, `question_paraphrase` and `side`: agrees, pulls against it, or
        says something else.
    """
    asked = tables.answers.drop_duplicates("question")[["question", "question_no", "question_paraphrase"]]
    rows = with_credit(tables).merge(asked, left_on="bears_on", right_on="question", validate="m:1")
    rows = rows.assign(side=rows["tone"].map(SIDES))
    return rows.sort_values("question_no", kind="stable", ignore_index=True)
