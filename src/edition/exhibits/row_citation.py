"""How one row of the data is cited: a number, a claim with its verdict, what does not fit together, a count from outside.

    said = row_citation.titles(tables, computed)["t1-brack-quill"]
    row_citation.forms("t1-brack-quill", said, known)["bib"]

Two rows with the same digits are told apart: each says what it counts, of when, credited to whom, and where it is printed.
Belongs here: what the citation of a row says. Not here: the forms (`citation`), where they are shown (`book.notes`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from edition.data.tables import Tables
from edition.exhibits import addresses, citation, put, reference
from edition.exhibits.citation import Edition

ID, TITLE, NOTE = "ROW-ID", "ROW-TITLE", "ROW-NOTE"  # stand in the forms of a row until one is filled in


class Titled(NamedTuple):
    """What a citation says of a row.

    Attributes:
        kind: what its address is one of: `number`, `claim`, …
        title: in a line, without a full stop.
        note: whose it is, and what is to be kept in mind.
    """

    kind: str
    title: str
    note: str


def titles(
    tables: Tables, computed: Mapping[str, pd.DataFrame], shown: Mapping[str, str] | None = None
) -> dict[str, Titled]:
    """What the citation of each row with an address says, by the row's id.

    Args:
        computed: claims with their verdicts and inconsistencies, see `Paper.computed`.
        shown: what a table shows first of the rows that are no number, claim or inconsistency, by their anchor.
    """
    said = {**dict(_numbers(tables)), **dict(_judged(computed, _author(tables)))}
    for one in addresses.of_rows(tables):
        if one.id not in said:
            name = (shown or {}).get(one.id)
            said[one.id] = Titled(
                one.kind, f"{name}: {one.means}" if name else one.means, f"Source: {_author(tables)}."
            )
    known = {one.id for one in addresses.of_rows(tables)}
    return {row_id: titled for row_id, titled in said.items() if row_id in known}


def _author(tables: Tables) -> str:
    return str(tables.label[tables.author])


def _numbers(tables: Tables) -> Iterator[tuple[str, Titled]]:
    """Numbers: as printed, of what and when, credited to whom, where."""
    years = tables.sources.set_index("source_id")["year"]
    for name in (*tables.NUMBERED, "outside", "added"):
        frame: pd.DataFrame = getattr(tables, name)
        for row, subject in zip(frame.itertuples(), tables.subjects(name), strict=True):
            what = f"“{row.value_text}” {subject}, {row.as_of.replace('/', '–') or 'no date'}"
            label = str(tables.label[row.source_id])
            caveats = "".join(f" {tables.meaning[caveat]}" for caveat in row.caveats.split())
            if name in ("outside", "added"):
                how = row.kind.replace("_", " ") if name == "outside" else "added to this edition"
                yield row.id, Titled("number", f"{what}, {how}, {label}", f"Source: {label}, not the paper.{caveats}")
                continue
            year = years[row.source_id]
            credit = (
                "nobody"
                if row.source_id == tables.author
                else f"{label} ({year})"
                if year and year not in label
                else label
            )
            at = f"{_author(tables)}, {row.locator if row.exhibit == 'text' else f'{row.exhibit}, {row.locator}'}"
            source = f"Source: {at}{'' if credit == 'nobody' else f', crediting {credit}'}."
            yield row.id, Titled("number", f"{what}, credited to {credit}, in {at}", f"{source}{caveats}")


def _judged(computed: Mapping[str, pd.DataFrame], author: str) -> Iterator[tuple[str, Titled]]:
    """Claims with their verdicts, and what does not fit together."""
    for row in computed["ledger"].itertuples():
        title = f"{row.paraphrase.rstrip('.')}: claim in {author}, {row.locator}, verdict “{row.verdict}”"
        yield row.id, Titled("claim", title, f"Source: {author}, {row.locator}; verdict of this edition. {row.reason}")
    for row in computed["inconsistencies_filled"].itertuples():
        title = f"{row.what.rstrip('.')}: inconsistency in {author}, {row.locators}"
        yield row.id, Titled("inconsistency", title, f"Source: {author}, {row.locators}; worded by this edition.")


def forms(row_id: str, titled: Titled, known: Edition) -> dict[str, str]:
    """The citation of a row in every form, by file ending: the row, then the paper."""
    said = {ID: row_id, TITLE: " ".join(titled.title.split()), NOTE: " ".join(titled.note.split())}
    found = dict(_blank(known))
    for name, text in said.items():
        found = {ending: form.replace(name, _within(ending, text)) for ending, form in found.items()}
    items = [_item(row_id, said[TITLE], said[NOTE], known), citation.original(known)]
    return found | {"bib": reference.bibtex(items)}  # which quotes a text by what is in it


def _within(ending: str, text: str) -> str:
    """A text as it stands in a form."""
    return json.dumps(text, ensure_ascii=False)[1:-1] if ending == "csl.json" else text


def _item(row_id: str, title: str, note: str, known: Edition) -> dict[str, Any]:
    under = f"-{citation.key(known.under)}" if known.under else ""
    return citation.part(f"{row_id}{under}", "chapter", title, note, known, citation.place(row_id))


@cache
def _blank(known: Edition) -> tuple[tuple[str, str], ...]:
    """The forms of a row that is none: a style takes too long to be asked for each of a thousand rows."""
    return tuple(citation.in_every_form(_item(ID, TITLE, NOTE, known), known).items())


def write(said: Mapping[str, Titled], known: Edition, site: Path) -> None:
    """A file for each row with an address, which its page asks for when a reader wants to cite it.

    Args:
        said: see `titles`.
    """
    folder = (site / citation.place(ID)).parent
    folder.mkdir(exist_ok=True)
    for row_id, titled in said.items():
        content: dict[str, Any] = {
            "kind": titled.kind,
            "title": titled.title,
            "address": known.address(row_id),
            "forms": forms(row_id, titled, known),
        }
        put.file(folder / f"{row_id}.json", json.dumps(content, ensure_ascii=False))
