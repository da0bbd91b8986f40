"""Which assumption moves which result of a chapter, and by how much.

    sensitivity.sensitivity("islanders", tables)          # a row for each result and parameter
    sensitivity.bars(found)                               # of these, the rows that `charts.tornado` draws

One parameter at a time is given each of its stops (`states.stops`) while the others keep their values, as a tornado
diagram asks it. What two parameters do together is not seen here: a sweep of their combinations shows that.
Belongs here: that table. Not here: its picture, or combinations (`sweeps`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from edition import paths
from edition.asking import chapters, notebook
from edition.asking.parameters import value_in_words
from edition.asking.states import stops
from edition.data.tables import Tables

Asked = Callable[[dict[str, Any]], Mapping[str, float | None]]
COLUMNS = ["result", "unit", "meaning", "parameter", "usual", "low", "high", "at_low", "at_high", "not_stated", "moved"]


def sensitivity(
    chapter: str, tables: Tables, usual: Mapping[str, Any] | None = None, ask: Asked | None = None
) -> pd.DataFrame:
    """How far each parameter alone moves each result.

    Args:
        usual: the values beside which one is changed, every parameter named; the notebook's own without it.
        ask: gives the results under parameter values, for who has them already; without it they are computed.

    Returns:
        One row per result and parameter, both in the order in which the chapter declares them: `result`, `unit`, `meaning`
        (see `results.Result`), `parameter`; `usual`, the result under the usual values; `low` and `high`, the least and
        the most over the stops of the parameter, `at_low` and `at_high`, the first stop that gives them (as a reader is told it); in
        `usual`, `low`, `high` blank is not stated; `not_stated`, the stops under which nothing is stated, where under
        others it is (told alike, parted by "; "); `moved`, whether any stop gives another result than another.
    """
    model = chapters.parameters()[chapter]
    given = dict(usual or notebook.defaults(paths.root() / "notebooks" / f"{chapter}.ipynb"))
    ask = ask or (lambda values: chapters.results(chapter, tables, values))
    here = ask(given)
    found = {
        (name, stop): here if stop == given[name] else ask(given | {name: stop})
        for name in model.model_fields
        for stop in stops(model, name, given[name])
    }
    rows = []
    for result, (unit, meaning) in chapters.declared(chapter).items():
        for name in model.model_fields:
            values = {stop: answer[result] for (mine, stop), answer in found.items() if mine == name}
            stated = {stop: value for stop, value in values.items() if value is not None}
            low, high = (end(stated, key=stated.__getitem__, default=None) for end in (min, max))
            rows.append(
                {
                    "result": result,
                    "unit": unit,
                    "meaning": meaning,
                    "parameter": name,
                    "usual": _number(here[result]),
                    "low": _number(stated.get(low)),
                    "high": _number(stated.get(high)),
                    "at_low": "" if low is None else value_in_words(model, name, low),
                    "at_high": "" if high is None else value_in_words(model, name, high),
                    "not_stated": "; ".join(value_in_words(model, name, stop) for stop in values if stop not in stated)
                    if stated
                    else "",
                    "moved": len(set(values.values())) > 1,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def bars(found: pd.DataFrame, most: int = 6) -> pd.DataFrame:
    """Of a table of `sensitivity` the rows of a tornado diagram; columns as given.

    Returns:
        What moves, of so many results at the most: those that most parameters move, in the order in which they are
        declared. Of each result the parameter that moves it furthest comes first.
    """
    moving = found[found["moved"]].assign(swing=lambda rows: rows["high"] - rows["low"])
    moved_by = moving["result"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    drawn = moving[moving["result"].isin(moved_by.index[:most])]
    by_result = [
        rows.sort_values("swing", ascending=False, kind="stable") for _, rows in drawn.groupby("result", sort=False)
    ]
    return pd.concat(by_result or [moving], ignore_index=True).drop(columns="swing")


def _number(value: float | None) -> float:
    return math.nan if value is None else value
