"""Sweeps: many parameter sets over one or more chapters.

    sweep = sweeps.load(Path("sweeps/islanders.yml"))
    sweep.sets["islanders"]        # one row per parameter set, every parameter of the chapter a column

The file holds `name`, `summary` and `chapters`: for each chapter a `grid` (parameter → values, every combination), a `list`
(of parameter sets), or a `sample` (how many sets to draw, see `sampling`). A parameter not named keeps the value of the
chapter's notebook; in a sample it is drawn too. `edition` names the file of an edition whose parameters and sources are
taken, `sources` a folder with a source of one's own, `expected` how many sets are meant where they are many.
Belongs here: that file. Not here: the table of what came out (`sweep_table`), or the run (`edition.build.sweep_run`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from edition import paths
from edition.asking import chapters, editions, request, sampling
from edition.asking.parameters import Chapter
from edition.data.own_sources import FOLDER as ADDED

FOLDER = "sweeps"  # where the paper's own lie
KEYS = ("name", "summary", "chapters", "edition", "sources", "expected")
FORMS = "grid (parameter: list of values), list (of parameter sets) or sample (how many, with seed and within)"
SAMPLE = ("sample", "seed", "within")
MANY = 1000  # a sweep of more sets has to be meant
RUN = re.compile(r"(-?\d+)-(-?\d+)")  # 1-12 stands for the whole numbers from 1 to 12
DTYPES = {int: "Int64", float: "Float64", bool: "boolean"}  # of a parameter's column; a choice among texts is "string"


@dataclass(frozen=True)
class Sweep:
    """What a sweep's file asks for.

    Attributes:
        file: the file.
        sets: chapter → its parameter sets, one row each, every parameter a column of the type of its values.
        sampled: the chapters whose sets were drawn.
        expected: how many sets are meant.
        edition: file of the edition that is taken; "" for the one that is published.
        sources: folder with a source of one's own; None without one.
        said: the file as it stands.
    """

    file: Path
    name: str
    summary: str
    sets: dict[str, pd.DataFrame]
    sampled: frozenset[str] = frozenset()
    expected: int = MANY
    edition: str = ""
    sources: Path | None = None
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """Name of its folder, see `request.slug`."""
        return request.slug(self.file, FOLDER)

    @property
    def home(self) -> Path:
        """The folder in which it is made."""
        return Path("_build", "sweeps", self.slug)

    @property
    def count(self) -> int:
        """How many sets there are."""
        return sum(map(len, self.sets.values()))

    def enter(self) -> None:
        """Let this process and those it starts take the sweep's edition and sources."""
        editions.enter(self.edition or None)
        if self.sources:
            os.environ[ADDED] = str(self.sources.resolve())


@cache
def load(file: Path) -> Sweep:
    """A sweep from its file, each value checked before anything runs.

    Raises:
        AskedError: the file is missing or not of this form, or a chapter, parameter or value does not exist.
    """
    said = request.read(file, "a file of a sweep, e.g. sweeps/*.yml", KEYS)
    per_chapter = request.per_chapter(file, said.get("chapters"), "at least one chapter with parameters")
    expected = said.get("expected", MANY)
    if type(expected) is not int or expected < 1:
        raise request.fault(file, "expected", expected, "how many sets there are, a whole number")
    variant = _edition(file, said)
    usual = {
        chapter: request.defaults(paths.root() / "notebooks" / f"{chapter}.ipynb")
        | (variant.parameters_of(chapter) if variant else {})
        for chapter in per_chapter
    }
    return Sweep(
        file=file,
        name=said["name"],
        summary=said["summary"],
        sets={chapter: _sets(file, chapter, form, usual[chapter]) for chapter, form in per_chapter.items()},
        sampled=frozenset(chapter for chapter, form in per_chapter.items() if "sample" in form),
        expected=expected,
        edition=str(said.get("edition", "")),
        sources=editions.folder(file, said) or (variant.sources if variant else None),
        said=said,
    )


def _edition(file: Path, said: dict[str, Any]) -> editions.Variant | None:
    """The edition that the file names, from the folder of the editions' edition."""
    if "edition" not in said:
        return None
    if "sources" in said:
        raise request.fault(file, "sources", said["sources"], "edition or sources, not both: an edition names its own")
    if not isinstance(said["edition"], str) or not (paths.root() / said["edition"]).is_file():
        raise request.fault(file, "edition", said["edition"], "the file of an edition, e.g. editions/lower-bounds.yml")
    return editions.load(paths.root() / said["edition"])


def _sets(file: Path, chapter: str, form: dict[str, Any], usual: dict[str, Any]) -> pd.DataFrame:
    """The parameter sets of one chapter, in the order of the file."""
    key, model = f"chapters, {chapter}", chapters.parameters()[chapter]
    if not chapters.declared(chapter):
        raise request.fault(file, "chapters", chapter, "a chapter that hands over results")
    if set(form) == {"list"}:
        if not isinstance(form["list"], list) or not form["list"]:
            raise request.fault(file, f"{key}, list", form["list"], "a list of parameter sets")
        given = [usual | request.mapping(file, f"{key}, list", values) for values in form["list"]]
        rows = pd.DataFrame([chosen.model_dump() for chosen in request.check(file, chapter, given)])
    elif set(form) == {"grid"}:
        values = _values(file, chapter, f"{key}, grid", form["grid"], usual)
        names = [*(name for name in usual if name not in values), *values]  # the last one named changes fastest
        columns = {name: values.get(name, [usual[name]]) for name in names}
        rows = pd.MultiIndex.from_product(columns.values(), names=names).to_frame(index=False)
    elif "sample" in form and set(form) <= set(SAMPLE):
        sets, seed = form["sample"], form.get("seed", 1)
        for name, number, least in (("sample", sets, 1), ("seed", seed, 0)):
            if type(number) is not int or number < least:
                raise request.fault(file, f"{key}, {name}", number, f"a whole number from {least}")
        within = _spaces(file, chapter, f"{key}, within", form["within"], usual) if "within" in form else {}
        try:
            spaces = {name: within[name] if name in within else sampling.allowed(model, name) for name in usual}
        except ValueError as error:  # a range without an end
            raise request.fault(file, f"{key}, within", form.get("within"), f"values to draw from: {error}") from None
        rows = sampling.draw(spaces, sets, seed)
    else:
        raise request.fault(file, key, ", ".join(map(str, form)), FORMS)
    rows = rows[list(model.model_fields)].astype({name: dtype(model, name) for name in model.model_fields})
    if rows.duplicated().any():
        twice = ", ".join(f"{name} {value}" for name, value in rows[rows.duplicated()].iloc[0].items())
        raise request.fault(file, key, twice, "each parameter set once")
    return rows


def dtype(model: type[Chapter], name: str) -> str:
    """The type of a parameter's column, which stays what it is where another chapter has no such parameter."""
    return DTYPES.get(model.model_fields[name].annotation, "string")  # type: ignore[arg-type]


def _values(file: Path, chapter: str, key: str, given: Any, usual: dict[str, Any]) -> dict[str, list[Any]]:
    """Lists of values, by parameter, each checked with the usual ones beside it: what all combinations are made of."""
    found = {}
    for name, values in request.mapping(file, key, given).items():
        run = RUN.fullmatch(values) if isinstance(values, str) else None
        if run:
            values = list(range(int(run[1]), int(run[2]) + 1))
        if not isinstance(values, list) or not values:
            raise request.fault(file, f"{key}, {name}", given[name], "a list of values, or whole numbers as in 1-12")
        checked = request.check(file, chapter, [usual | {name: value} for value in values])
        found[name] = [getattr(one, name) for one in checked]
    return found


def _spaces(
    file: Path, chapter: str, key: str, given: Any, usual: dict[str, Any]
) -> dict[str, Sequence[Any] | sampling.Range]:
    """From what a sample is drawn, by parameter: a list of values, or of a number that need not be whole its two ends."""
    model, ends = chapters.parameters()[chapter], {}
    for name, values in request.mapping(file, key, given).items():
        real = name in model.model_fields and model.model_fields[name].annotation is float
        if real and isinstance(values, list) and len(values) == 2:
            low, high = _values(file, chapter, key, {name: values}, usual)[name]
            if not low < high:
                raise request.fault(file, f"{key}, {name}", values, "the lower end and the upper one")
            ends[name] = (low, high)
    others = {name: values for name, values in given.items() if name not in ends}
    return {**(_values(file, chapter, key, others, usual) if others else {}), **ends}
