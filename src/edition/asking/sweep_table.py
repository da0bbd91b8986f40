"""What came out of a sweep: one table, its description, and how far each result moves.

    table = sweep_table.evaluate(sweep, tables)       # computed here
    sweep_table.ranges(table)                         # each result's range, and the parameters that move it
    sweep_table.write(sweep, answers)                 # results.parquet, results.csv, datapackage.json, summary.csv, summary.md

Belongs here: these files. Not here: which sets are asked for (`sweeps`), or computing them side by side
(`edition.build.sweep_run`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from edition import paper
from edition.asking import chapters
from edition.asking.sweeps import Sweep, dtype
from edition.data.tables import Tables
from edition.numbers.wording import number, with_noun

Answer = dict[str, float | None] | str  # of one set: its results by name, or why it failed
Part = tuple[
    str, int, Sequence[Answer]
]  # chapter, position of the first set among the chapter's, answers in their order
TABLE, SUMMARY, DESCRIPTOR = "results", "summary", "datapackage.json"
ROWS = 200_000  # of the table that are written at a time
CLASSES = 10  # of a parameter's values, for its part in the spread of a sample
PART = 0.01  # of the spread that a parameter of a sample must account for to be said to move it
OWN = {"chapter": "string", "result": "string", "unit": "string", "value": "float64", "error": "string"}
FIELDS = {"Int64": "integer", "Float64": "number", "boolean": "boolean", "string": "string", "float64": "number"}
MEANINGS = {
    "chapter": "the chapter",
    "result": "name of the number; summary.csv says what it means",
    "unit": "of the number; count: how many",
    "value": "the number; blank where nothing is stated, as for an open upper bound",
    "error": "why the set failed; blank if it did not",
}


def evaluate(sweep: Sweep, tables: Tables) -> pd.DataFrame:
    """The table of a sweep, see `rows`, computed in this process; whatever cannot be computed is raised."""
    parts = [
        (chapter, 0, [chapters.results(chapter, tables, given) for given in sets.to_dict("records")])
        for chapter, sets in sweep.sets.items()
    ]
    return pd.concat([result_rows(sweep, part) for part in parts], ignore_index=True)


def columns(sweep: Sweep) -> dict[str, str]:
    """The table's columns with their types: the parameters of all its chapters stand between chapter and result."""
    models = [chapters.parameters()[chapter] for chapter in sweep.sets]
    asked = {name: dtype(model, name) for model in models for name in model.model_fields}
    return {"chapter": OWN["chapter"], **asked, **{name: kind for name, kind in OWN.items() if name != "chapter"}}


def result_rows(sweep: Sweep, part: Part) -> pd.DataFrame:
    """The table of some sets.

    Returns:
        One row per set and result, of a failed set one: `chapter`; one column per parameter, blank where the chapter has no
        such parameter; `result`, `unit`, `value` (blank: not stated), `error` (why the set failed).
    """
    chapter, first, answers = part
    declared = chapters.declared(chapter)
    failed = [isinstance(answer, str) for answer in answers]
    named = [[None] if isinstance(answer, str) else list(answer) for answer in answers]
    names = [name for some in named for name in some]
    values = [value for answer in answers for value in ([None] if isinstance(answer, str) else answer.values())]
    which = np.repeat(np.arange(len(answers)), list(map(len, named)))
    sets = sweep.sets[chapter].iloc[first : first + len(answers)].iloc[which].reset_index(drop=True)
    told = sets.assign(
        chapter=chapter,
        result=names,
        unit=[None if name is None else declared[name].unit for name in names],
        value=np.array(values, dtype="float64"),
        error=[answers[n] if failed[n] else None for n in which.tolist()],
    )
    kinds = columns(sweep)
    return told.reindex(columns=list(kinds)).astype(kinds)


def ranges(table: pd.DataFrame, sampled: Iterable[str] = ()) -> pd.DataFrame:
    """How far each result moves over the sets of a sweep, and with which parameters.

    Args:
        table: see `rows`.
        sampled: the chapters whose sets were drawn, where no two differ in one parameter alone.

    Returns:
        One row per chapter and result: `chapter`, `result`, `low`, `high`, `sets` (how many), `not_stated` (in how many of
        them), `moved_by` (the parameters, parted by blanks, that move it; "" where none does). A parameter moves a result
        that changes with it while all others stay, the one that moves it furthest first; in a sample, one whose values
        account for at least a hundredth of the spread, the one with the largest part first.
    """
    names = [name for name in table.columns if name not in OWN]
    found = []
    for (chapter, result), some in table.dropna(subset="result").groupby(["chapter", "result"], sort=False):
        mine = [name for name in names if some[name].notna().all()]
        moves = _parts(some, mine) if chapter in set(sampled) else _swings(some, mine)
        moving = sorted(moves, key=moves.__getitem__, reverse=True)  # of those that move it as far in their order
        ends = some["value"].min(), some["value"].max()
        found.append((chapter, result, *ends, len(some), int(some["value"].isna().sum()), " ".join(moving)))
    return pd.DataFrame(found, columns=["chapter", "result", "low", "high", "sets", "not_stated", "moved_by"])


def _swings(some: pd.DataFrame, names: list[str]) -> dict[str, float]:
    """The parameters that change a result while all others stay, and how far at the most."""
    moves = {}
    for name in names:
        others = [other for other in names if other != name]
        values = (some.groupby(others, dropna=False) if others else some.groupby("chapter"))["value"]
        swing = (values.max() - values.min()).max()
        if swing > 0 or ((stated := values.count()) > 0).mul(stated < values.size()).any():
            moves[name] = 0.0 if np.isnan(swing) else float(swing)
    return moves


def _parts(some: pd.DataFrame, names: list[str]) -> dict[str, float]:
    """The parameters that account for a part of a result's spread over a sample, and for which part of it.

    By classes of a parameter's values: the correlation ratio, less what chance alone would give it (Kelley's ε², 1935).
    """
    stated, parts = some.dropna(subset="value"), {}
    total = stated["value"].var()
    for name in names if total > 0 else []:
        values = stated[name]
        if values.nunique() > CLASSES:
            values = pd.qcut(values.astype("float64"), CLASSES, labels=False, duplicates="drop")
        within = stated["value"].groupby(values)
        free = len(stated) - within.ngroups
        if free > 0 and (part := 1 - (within.var(ddof=0) * within.size()).sum() / free / total) >= PART:
            parts[name] = float(part)
    return parts


def summary(sweep: Sweep, table: Path) -> pd.DataFrame:
    """`ranges` of a table in Parquet, a result at a time, with each result's `unit` and `meaning`; in the order of declaration."""
    asked = [(chapter, result, said) for chapter in sweep.sets for result, said in chapters.declared(chapter).items()]
    found = []
    for chapter, result, said in asked:
        kept = [*chapters.parameters()[chapter].model_fields, "chapter", "result", "value"]
        some = pd.read_parquet(table, columns=kept, filters=[("chapter", "==", chapter), ("result", "==", result)])
        found.append(ranges(some, sweep.sampled).assign(unit=said.unit, meaning=said.meaning))
    order = ["chapter", "result", "unit", "meaning", "low", "high", "sets", "not_stated", "moved_by"]
    return pd.concat(found, ignore_index=True)[order]


def write(sweep: Sweep, parts: Iterable[Part]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Write the table and what describes it into the sweep's folder; a part at a time, so that it may be of any length.

    Returns:
        The summary (see `summary`), and the sets that failed, a row each (see `rows`).
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    sweep.home.mkdir(parents=True, exist_ok=True)
    draft = {ending: sweep.home / f".{TABLE}.{ending}" for ending in ("parquet", "csv")}
    settings = {b"sweep": json.dumps(_settings(sweep), ensure_ascii=False).encode()}
    failed, writer = [], None
    with draft["csv"].open("w", encoding="utf-8", newline="") as lines:
        for chunk in _chunks(sweep, parts):
            arrow = pa.Table.from_pandas(chunk, preserve_index=False)
            arrow = arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **settings})
            writer = writer or pq.ParquetWriter(draft["parquet"], arrow.schema)
            writer.write_table(arrow)
            chunk.to_csv(lines, index=False, header=not lines.tell(), lineterminator="\n")
            failed.append(chunk[chunk["error"].notna()])
    if writer:
        writer.close()
    found = summary(sweep, draft["parquet"])
    found.to_csv(sweep.home / f"{SUMMARY}.csv", index=False, lineterminator="\n")
    (sweep.home / f"{SUMMARY}.md").write_text(_page(sweep, found), encoding="utf-8")
    described = json.dumps(_descriptor(sweep), ensure_ascii=False, indent=1)
    (sweep.home / DESCRIPTOR).write_text(described + "\n", encoding="utf-8")
    for ending, file in draft.items():
        file.replace(sweep.home / f"{TABLE}.{ending}")
    return found, pd.concat(failed, ignore_index=True)


def _chunks(sweep: Sweep, parts: Iterable[Part]) -> Iterator[pd.DataFrame]:
    """The tables of the parts, joined to about `ROWS` rows each."""
    kept: list[pd.DataFrame] = []
    for part in parts:
        kept.append(result_rows(sweep, part))
        if sum(map(len, kept)) >= ROWS:
            yield pd.concat(kept, ignore_index=True)
            kept = []
    if kept:
        yield pd.concat(kept, ignore_index=True)


def _settings(sweep: Sweep) -> dict[str, Any]:
    """What the table was made with."""
    return {
        "name": sweep.name,
        "summary": sweep.summary,
        "version": paper.current().version,
        "edition": sweep.edition,
        "sources": sweep.sources.name if sweep.sources else "",
        "seed": {chapter: sweep.said["chapters"][chapter].get("seed", 1) for chapter in sorted(sweep.sampled)},
        "chapters": sweep.said["chapters"],
    }


def _descriptor(sweep: Sweep) -> dict[str, Any]:
    """The two tables as a Frictionless data package."""
    models = [chapters.parameters()[chapter] for chapter in sweep.sets]
    described = {name: str(one.description) for model in models for name, one in model.model_fields.items()}
    results = [
        {"name": name, "type": FIELDS[kind], "description": MEANINGS.get(name) or described[name]}
        for name, kind in columns(sweep).items()
    ]
    summarised = [
        {"name": "chapter", "type": "string", "description": MEANINGS["chapter"]},
        {"name": "result", "type": "string", "description": "name of the number"},
        {"name": "unit", "type": "string", "description": MEANINGS["unit"]},
        {"name": "meaning", "type": "string", "description": "what the number is"},
        {"name": "low", "type": "number", "description": "the least over all sets; blank where nothing is stated"},
        {"name": "high", "type": "number", "description": "the most over all sets; blank where nothing is stated"},
        {"name": "sets", "type": "integer", "description": "how many sets gave it"},
        {"name": "not_stated", "type": "integer", "description": "in how many of them nothing is stated"},
        {"name": "moved_by", "type": "string", "description": "the parameters that move it; blank where none does"},
    ]
    return {
        "name": sweep.slug.lower(),
        "title": sweep.name,
        "description": sweep.summary,
        "version": paper.current().version,
        "settings": _settings(sweep),
        "resources": [
            {
                "name": TABLE,
                "path": f"{TABLE}.csv",
                "format": "csv",
                "encoding": "utf-8",
                "schema": {"fields": results},
            },
            {
                "name": SUMMARY,
                "path": f"{SUMMARY}.csv",
                "format": "csv",
                "encoding": "utf-8",
                "schema": {"fields": summarised, "primaryKey": ["chapter", "result"]},
            },
        ],
    }


def _page(sweep: Sweep, found: pd.DataFrame) -> str:
    """The summary to be read."""
    lines = [f"# {sweep.name}", "", sweep.summary, "", f"{with_noun(sweep.count, 'parameter set')}."]
    for chapter, some in found.groupby("chapter", sort=False):
        fields = chapters.parameters()[str(chapter)].model_fields
        lines += ["", f"## {chapter}", "", "| result | unit | from | to | moved by |", "|---|---|--:|--:|---|"]
        for row in some[some["moved_by"] != ""].itertuples():
            open_in = f", not stated in {row.not_stated} of {row.sets} sets" if row.not_stated else ""
            by = "; ".join(str(fields[name].description) for name in row.moved_by.split())
            lines.append(f"| {row.meaning}{open_in} | {row.unit} | {_short(row.low)} | {_short(row.high)} | {by} |")
        still = some[some["moved_by"] == ""]
        if len(still):
            lines += ["", "What no parameter moved: " + "; ".join(_still(row) for row in still.itertuples()) + "."]
    return "\n".join(lines) + "\n"


def summary_lines(found: pd.DataFrame) -> str:
    """The summary in lines for a terminal: of each result its range and what moves it, then those that never moved."""
    lines = []
    for chapter, some in found.groupby("chapter", sort=False):
        lines += [
            f"{chapter}, {row.result}: {_ends(row)} {row.unit}, moved by {row.moved_by.replace(' ', ', ')}"
            for row in some[some["moved_by"] != ""].itertuples()
        ]
        if still := some.loc[some["moved_by"] == "", "result"].to_list():
            lines.append(f"{chapter}, never moved: {', '.join(still)}")
    return "\n".join(lines)


def _still(row: Any) -> str:
    return f"{row.meaning} ({_ends(row)} {row.unit})"


def _ends(row: Any) -> str:
    if row.low != row.low:
        return "nothing stated,"
    return _short(row.low) if row.low == row.high else f"{_short(row.low)} to {_short(row.high)}"


def _short(value: float) -> str:
    if value != value:
        return ""
    return number(value, 0 if abs(value) >= 1000 or value == round(value) else 2)
