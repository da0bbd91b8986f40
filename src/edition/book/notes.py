"""What the notes on numbers and words say, and what the signs of rows cite.

A page has links alone: what their notes say is one file for the whole site, which the script (`static/notes.js`) asks for when a
note is first wanted; the citation of a row is a file of its own (`exhibits.row_citation`). Without script the links lead on.
Belongs here: writing those files, and with them the pages of the rows' addresses. Not here: what is said of a number (`exhibits.cited_rows`), the definition of a word
(`terms`), the links and signs within a page (`render`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from sphinx.application import Sphinx

from edition import paper
from edition.book import holdings, landing, site, terms
from edition.exhibits import addresses, cited_rows, release, row_citation
from edition.exhibits.record import Record, TableRecord

FILE = "notes.json"  # of the site: id of a row, or anchor of a word → what is said, and where it stands


def of_numbers() -> dict[str, tuple[str, str]]:
    """What is said of each number that can be followed, and where its row stands."""
    targets = {row_id: cited_rows.target_of(row_id) for row_id in cited_rows.numbers().index}
    return {row_id: (cited_rows.row_in_words(row_id), target) for row_id, target in targets.items() if target}


def first_cells(records: Mapping[str, list[Record]]) -> dict[str, str]:
    """What tables show first in each row that has an anchor."""
    tables = [record for found in records.values() for record in found if isinstance(record, TableRecord)]
    return {anchor: cells[0] for one in tables for anchor, cells in zip(one.anchors, one.cells, strict=False)}


def write(app: Sphinx) -> None:
    """Write what the notes say, and the citations of all rows."""
    said = of_numbers() | {anchor: (text, "") for anchor, text in terms.definitions(app.env).items()}
    (Path(app.outdir) / FILE).write_text(json.dumps(said, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    judged = release.computed(holdings.written(app))  # once, beside the notebooks, and not here again
    tables, known, out = paper.current().load(), site.edition(), Path(app.outdir)
    cited = row_citation.titles(tables, judged, first_cells(site.records(app.env)))
    row_citation.write(cited, known, out)
    landing.write(addresses.of_rows(tables), cited, known, out)
