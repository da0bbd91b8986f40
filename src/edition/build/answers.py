"""What a chapter says under each of its states, worked out beforehand so that a page answers at once.

    python -m edition.build.answers work-out notebooks/islanders.ipynb _build/answers/islanders    # one chapter
    python -m edition.build.answers gather _build      # all of them, as an extra of the book

One process runs all states of a chapter (`states`). Of each only what differs from the usual one is kept, in
`<chapter>.json`: texts by name, exhibits by id (`Answers`). A picture is drawn once for all states that give it the same
rows and options, and lies beside it under their hash, as do the rows of an exhibit as CSV. `<chapter>.csv` says which
assumption alone moves which result (`asking.sensitivity`), `<chapter>.desk.svg` and its like (`charts.cuts`) draw that.
Belongs here: working out and keeping. Not here: which states there are (`asking.states`), what the page does with the
answers (`book/static/asking`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from docutils.utils import smartquotes

from edition import paper, paths
from edition.asking import chapters, editions, request, sensitivity
from edition.asking.parameters import ParameterError
from edition.asking.states import MOST, combinations, pairs, state_name, states
from edition.build import attachments, in_process, intact
from edition.charts import cuts, export, style
from edition.charts.tornado import Tornado
from edition.exhibits import addresses, citation, cited_rows, drawn, kept, opening, sheets
from edition.exhibits.citation import Edition
from edition.exhibits.record import FigureRecord, Record, TableRecord

NAME = "answers"  # of the extra, and of its folder in the book
TOLD = ("heading", "subtitle", "caption", "source", "folded")  # what a page says of every exhibit
SMART = "qDe"  # Sphinx's own `smartquotes_action`: quotation marks, dashes, ellipses
ASSUMED = "ASSUMED"  # stands in a citation for what is assumed, which differs from state to state

Results = dict[str, float | None]
T = TypeVar("T")


@dataclass
class Answers:
    """The answers of one chapter, each different text, row and exhibit once; a number is a place in one of the lists.

    Attributes:
        complete: whether every combination of stops is among the states.
        said: texts of sentences: the text, and for one that can be followed its target and the ids of its rows; or a list of
            such pieces.
        cells, rows: texts of table cells; rows of tables, of cells.
        cites: citations by form, with `ASSUMED` for what is assumed.
        shown: what differs in an exhibit, see `differences`.
        states: name of a state (`states.state_name`) → "said" and "shown", each name or id → place in the list, and "opened",
            id of a table → how much of it is shown at first (`exhibits.opening.Opening`), where that differs; or "refused",
            why the chapter cannot be asked that.
    """

    complete: bool = True
    said: list[Any] = field(default_factory=list)
    cells: list[Any] = field(default_factory=list)
    rows: list[Any] = field(default_factory=list)
    cites: list[Any] = field(default_factory=list)
    shown: list[Any] = field(default_factory=list)
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    _places: dict[tuple[int, str], int] = field(default_factory=dict)

    def place(self, items: list[T], item: T) -> int:
        """Where an item stands in one of the lists; put there if it is new."""
        key = (id(items), json.dumps(item, sort_keys=True, ensure_ascii=False))
        if key not in self._places:
            self._places[key] = len(items)
            items.append(item)
        return self._places[key]

    def to_json(self) -> str:
        """All of it, as short as it can be."""
        kept = {name: value for name, value in vars(self).items() if name[0] != "_"}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"


@dataclass(frozen=True)
class Page:
    """What a chapter's page shows in one state: its texts by name, its exhibits by id."""

    said: dict[str, list[Any]]
    shown: dict[str, Record]


def work_out(notebook: Path, usual: dict[str, Any], folder: Path, known: Edition) -> Answers:
    """The answers of a chapter; what they show is written to `folder`.

    Args:
        usual: the values of the page beside which others are asked.
    """
    model, ask = chapters.parameters()[notebook.stem], _Asking(notebook.resolve(), usual)
    first = ask.page(usual)
    found = Answers(complete=combinations(model, usual) <= MOST)
    works = _Works(found, folder, known)

    def answer(state: dict[str, Any]) -> None:
        name = state_name(state, usual)
        if not name or name in found.states:
            return
        try:
            found.states[name] = works.changes(first, ask.page(state))
        except ParameterError as error:
            found.states[name] = {"refused": str(error)}

    tried = states(model, usual)
    for state in tried:
        answer(state)
    if not found.complete:
        moved = dict.fromkeys(usual, 0)
        for state in tried[1:]:
            (name,) = (name for name in usual if state[name] != usual[name])
            changes = found.states[state_name(state, usual)]
            moved[name] = max(moved[name], sum(len(changes.get(kind, ())) for kind in ("said", "shown")))
        for state in pairs(model, usual, *sorted(usual, key=lambda name: -moved[name])[:2]):
            answer(state)
    _tell_what_moves(notebook.stem, usual, ask.results, folder)
    return found


def _tell_what_moves(chapter: str, usual: dict[str, Any], results: dict[str, Results], folder: Path) -> None:
    """Write which assumption moves which result, as a table and as a picture."""
    moved = sensitivity.sensitivity(
        chapter, paper.current().load(), usual, lambda state: results[state_name(state, usual)]
    )
    moved.to_csv(folder / f"{chapter}.csv", index=False, lineterminator="\n")
    if len(bars := sensitivity.bars(moved)):
        chart = tornado(chapter)
        for cut in style.CUTS:
            for ending, file in cuts.cut_files(lambda scheme: chart.draw(bars, scheme), cut).items():
                (folder / f"{chapter}.{ending}").write_bytes(file)


def tornado(chapter: str) -> Tornado:
    """The chart that draws what moves a chapter's results, `sensitivity.bars`."""
    fields = chapters.parameters()[chapter].model_fields
    words = tuple((name, field.description or name) for name, field in fields.items())
    return Tornado(parameters=words)


@dataclass
class _Asking:
    """A chapter's notebook, to be run with one set of values after the other; its results are kept by state."""

    notebook: Path
    usual: dict[str, Any]
    results: dict[str, Results] = field(default_factory=dict)

    def page(self, values: dict[str, Any]) -> Page:
        outputs = in_process.run(self.notebook, values)
        self.results[state_name(values, self.usual)] = outputs.results
        said = {}
        for name, text in outputs.texts.items():
            said[name] = (
                [_followed(part) for part in parts] if (parts := getattr(text, "parts", ())) else _followed(text)
            )
        return Page(said, {record.id: record for record in outputs.records})


@dataclass
class _Works:
    """Where what was worked out is kept."""

    found: Answers
    folder: Path
    known: Edition

    def changes(self, usual: Page, other: Page) -> dict[str, Any]:
        """What differs between two pages, both lists of names the same.

        Raises:
            ValueError: one says or shows something of which the other has nothing.
        """
        if usual.said.keys() != other.said.keys() or usual.shown.keys() != other.shown.keys():
            raise ValueError("a chapter names other texts or exhibits under other values")
        said = {
            name: self.found.place(self.found.said, text)
            for name, text in other.said.items()
            if text != usual.said[name]
        }
        shown = {
            name: self.found.place(self.found.shown, differs)
            for name, record in other.shown.items()
            if (differs := self.differences(usual.shown[name], record))
        }
        before = opening.openings(usual.shown.values())
        now = opening.openings(other.shown.values())
        opened = {name: [int(opens.long), opens.first] for name, opens in now.items() if opens != before[name]}
        return {kind: found for kind, found in (("said", said), ("shown", shown), ("opened", opened)) if found}

    def differences(self, usual: Record, other: Record) -> dict[str, Any]:
        """What differs in an exhibit, by its part.

        Returns:
            Of `heading`, `subtitle`, `caption`, `source`, `alt`, `folded`, `described` (paragraphs), `picture` (name of its files, width and height of the
            cut for a desk, and of that for a phone),
            `notes`, `columns` (label, whether of numbers), `rows` (places in `Answers.rows`, or −1 − n for row n of the
            usual table; a row's anchor, and the page of its address, follow its cells), `widths` (what room the cells of each row need,
            see `TableRecord.widths`; one row stands for all, but in a strip) and `offer` those that do; with any of them `cite` (a place
            in `Answers.cites`) and `data` (name of the file of rows).
        """
        found: dict[str, Any] = {}
        if isinstance(usual, FigureRecord) and isinstance(other, FigureRecord):
            picture, before = _drawn_from(other), _drawn_from(usual)
            parts = [(name, getattr(usual, name), getattr(other, name)) for name in (*TOLD, "alt")]
            parts.append(("described", usual.describe(), other.describe()))
            found = {name: now for name, then, now in parts if now != then}
            if picture != before:
                found["picture"] = self._draw(other, picture)
        elif isinstance(usual, TableRecord) and isinstance(other, TableRecord):
            parts = [(name, getattr(usual, name), getattr(other, name)) for name in (*TOLD, "notes")]
            columns = [
                [[typeset(column.label), int(column.numeric)] for column in one.columns] for one in (usual, other)
            ]
            found = {name: now for name, then, now in parts if now != then}
            if columns[0] != columns[1]:
                found["columns"] = columns[1]
            if (columns[0], usual.cells, usual.anchors) != (columns[1], other.cells, other.anchors):
                found |= self._table(usual, other, same=columns[0] == columns[1])
            if usual.offer != other.offer:
                found["offer"] = other.offer
        for name in {"heading", "subtitle", "caption", "source"} & found.keys():
            found[name] = typeset(found[name])
        if "folded" in found:
            found["folded"] = list(map(typeset, found["folded"]))
        if "notes" in found:
            found["notes"] = [[mark, typeset(meaning)] for mark, meaning in found["notes"]]
        if found:
            cited = citation.forms(other, replace(self.known, variant=ASSUMED))
            found["cite"] = self.found.place(self.found.cites, cited)
            found["data"] = self._rows(other)
        return found

    def _table(self, usual: TableRecord, other: TableRecord, *, same: bool) -> dict[str, Any]:
        there = {(cells, *_at(usual.anchors, n)): n for n, cells in enumerate(usual.cells)} if same else {}
        rows = []
        for n, cells in enumerate(other.cells):
            kept = there.get((cells, *_at(other.anchors, n)))
            anchor = [*_at(other.anchors, n)]
            address = [citation.place(one) for one in anchor if addresses.has_address(paths.root(), one)]
            new = [*(self.found.place(self.found.cells, typeset(cell)) for cell in cells), *anchor, *address]
            rows.append(self.found.place(self.found.rows, new) if kept is None else -1 - kept)
        widths = [other.widths(cells) for cells in (other.cells if other.strip else other.cells[:1])]
        return {"rows": rows} | ({"widths": widths} if any(map(any, widths)) else {})

    def _draw(self, record: FigureRecord, name: str) -> list[Any]:
        """Draw the cuts of a picture, unless they were before; its name, and the width and height of each."""
        sizes: list[str] = []
        for cut in style.CUTS:
            light = self.folder / f"{name}.{cut}.svg"
            if not light.is_file():
                for ending, file in drawn.shown(record, cut).items():
                    (self.folder / f"{name}.{ending}").write_bytes(file)
            sizes += export.svg_size(light.read_bytes()) or ()
        return [name, *sizes]

    def _rows(self, record: Record) -> str:
        content = sheets.csv(record)
        name = hashlib.sha256(content).hexdigest()[:16]
        (self.folder / f"{name}.csv").write_bytes(content)
        return name


def typeset(text: str) -> str:
    """A text with the quotation marks, apostrophes and dashes that Sphinx gives it on a page.

    >>> typeset("Harrow's column")
    'Harrow’s column'
    """
    return str(smartquotes.smartyPants(str(text), SMART))


def _followed(text: str) -> list[str]:
    """A text, and its target and the ids of its rows if it can be followed."""
    target, rows = cited_rows.followed(getattr(text, "rows", ()))
    return [typeset(text), *([target, *rows] if target else [])]


def _at(anchors: tuple[str, ...], n: int) -> Iterable[str]:
    """The anchor of a row, if rows have any."""
    return anchors[n : n + 1]


def _drawn_from(record: FigureRecord) -> str:
    """A short hash of all that a picture is drawn from."""
    kept = [record.chart.model_dump(mode="json"), record.data]
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def write_answers(notebook: Path, target: Path) -> None:
    """Work a chapter out into a folder of its own, whole or not at all."""
    variant = editions.current()
    usual = request.defaults(notebook) | (variant.parameters_of(notebook.stem) if variant else {})
    draft = target.with_name(f".{target.name}")
    shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed
    draft.mkdir(parents=True)
    found = work_out(notebook, usual, draft, citation.edition(paths.root(), variant))
    (draft / f"{notebook.stem}.json").write_text(found.to_json(), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    draft.replace(target)


def gather(build: Path) -> None:
    """Make an extra of the book of all chapters that were worked out."""
    made_of = attachments.digest(build)
    extra = build / attachments.FOLDER / NAME
    draft = extra.with_name(f".{NAME}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for chapter in chapters.parameters():
        shutil.copytree(build / NAME / chapter, draft, dirs_exist_ok=True)
    shutil.rmtree(extra, ignore_errors=True)
    draft.replace(extra)
    attachments.seal(build, NAME, made_of)


def main(arguments: list[str] | None = None) -> None:
    """The command line; one clear error."""
    parser = argparse.ArgumentParser(description="Work out what chapters say under each of their states.")
    parser.add_argument("--edition", help="file of an edition")
    doing = parser.add_subparsers(dest="doing", required=True)
    one = doing.add_parser("work-out", help="of one chapter")
    one.add_argument("notebook", type=Path)
    one.add_argument("target", type=Path)
    doing.add_parser("gather", help="of the whole book").add_argument("build", type=Path)
    asked = parser.parse_args(arguments)
    try:
        editions.enter(asked.edition)
        if asked.doing == "gather":
            gather(asked.build)
        else:
            with kept.beside_the_book():
                write_answers(asked.notebook, asked.target)
            home = Path(editions.home(editions.current()))
            if asked.target.is_relative_to(home):
                intact.note(home, f"{NAME}/{asked.target.name}", [asked.target])
    except (editions.EditionError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
