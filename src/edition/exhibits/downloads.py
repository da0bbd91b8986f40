"""An exhibit as files to take away: pictures, the data shown, citations.

    downloads.write(record, folder, edition)      # fig-x.svg, fig-x-dark.svg, fig-x.png, … in folder

Belongs here: which files there are and what they hold. Not here: a figure's pictures (`drawn`).
The same record gives the same bytes.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from edition.charts.export import svg_size
from edition.exhibits import drawn, kept, piece, sheets
from edition.exhibits.citation import FORMS, LICENCE, LICENCE_AT, Edition, abstract, forms, heading
from edition.exhibits.record import FigureRecord, Record, TableRecord

FOLDER = "exhibits"  # of the site, with every exhibit's files
EMBEDDED = "embed.html"  # of what another page takes to show the exhibit
PICTURES = ("svg", "dark.svg", "both.svg", "png", "pdf", "thumb.png", "dark.thumb.png")
OF_TABLE = ("png", "html", "piece.html")
AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}  # what a text begins with
LIBRARIES = ("pandas", "XlsxWriter")
LONG_AGO = datetime.datetime(2000, 1, 1)  # a workbook must state a date; today's would change its bytes


def endings(record: Record, known: Edition) -> list[str]:
    """Endings of the files of an exhibit, in the order in which they are offered; without an address nothing can be embedded."""
    shown = PICTURES if isinstance(record, FigureRecord) else OF_TABLE
    return [*shown, *([EMBEDDED] if known.base else []), "csv", sheets.EXPLAINED, "xlsx", *FORMS]


def content(record: Record, known: Edition) -> dict[str, bytes]:
    """What every file of an exhibit holds, by its ending: those that are offered, and those that its page shows."""
    found: dict[str, bytes] = drawn.pictures(record, whose(known)) if isinstance(record, FigureRecord) else {}
    cited, found["csv"] = forms(record, known), sheets.csv(record)
    found[sheets.EXPLAINED] = sheets.explained(record, about(record, known, cited["txt"])).encode()
    found["xlsx"] = workbook(record, known, cited["txt"], hashlib.sha256(found["csv"]).hexdigest())
    if isinstance(record, TableRecord):
        found |= _as_table(record, known)
    if known.base:
        size = svg_size(found["svg"]) if "svg" in found else None
        found[EMBEDDED] = piece.embedded(record, known, FOLDER, size).encode()
    return found | {ending: text.encode() for ending, text in cited.items()}


def _as_table(record: TableRecord, known: Edition) -> dict[str, bytes]:
    """A table as a picture, as a page, and as a piece of one."""
    return drawn.table(record, whose(known)) | {
        "html": piece.table(record, known).encode(),
        "piece.html": piece.inline(record, known).encode(),
    }


def whose(known: Edition) -> drawn.Whose:
    """What a picture that is taken away says of the edition."""
    makers = ", ".join(maker.name for maker in known.makers)
    return drawn.Whose(known.named, makers, known.released[:4], LICENCE, LICENCE_AT, known.address(drawn.ID))


def write(record: Record, folder: Path, known: Edition) -> list[Path]:
    """Write every file of an exhibit; returns those that are offered, in the order of `endings`."""
    folder.mkdir(parents=True, exist_ok=True)
    holds = content(record, known)
    for ending, content_of in holds.items():
        (folder / f"{record.id}.{ending}").write_bytes(content_of)
    return [folder / f"{record.id}.{ending}" for ending in endings(record, known)]


def about(record: Record, known: Edition, cited: str) -> dict[str, str]:
    """What is said of the data of an exhibit, by the terms of Dublin Core; `cited`: its citation as text."""
    return {
        "identifier": known.address(record.id) or record.id,
        "title": heading(record),
        "description": abstract(record),
        "source": record.source,
        "creator": "; ".join(known.authors),
        "license": LICENCE_AT,
        "language": "en",
        "bibliographicCitation": cited.strip(),
    }


def workbook(record: Record, known: Edition, cited: str, digest: str) -> bytes:
    """A workbook with the data, for a table also its cells as shown, a sheet on what the columns mean and one on where it is from.

    Args:
        cited: its citation as text.
        digest: SHA-256 of its CSV file.
    """
    told = {
        "exhibit": record.id,
        "title": record.heading,
        "subtitle": record.subtitle,
        "caption": record.caption,
        "notes": " ".join(record.folded),
        "source": record.source,
        "cite": cited.strip(),
        "maker": "; ".join(known.authors),
        "made by": record.made_by,
        "parameters": json.dumps(record.parameters),
        "version": record.version,
        "SHA-256 of the CSV file": digest,
    }
    shown: dict[str, Any] = {
        "record": record.id,
        "columns": sheets.columns(record),
        "rows": sheets.shown_rows(record),
        "meanings": sheets.meanings(record),
        "about": told,
    }
    if isinstance(record, TableRecord):
        shown |= {"labels": [column.label for column in record.columns], "cells": record.cells}
    made = kept.made_from((Path(__file__),), LIBRARIES, **shown)
    return kept.files(made, lambda: {"xlsx": _workbook(**shown)})["xlsx"]


def _workbook(
    record: str,
    columns: list[str],
    rows: list[dict[str, Any]],
    meanings: dict[str, str],
    about: dict[str, str],
    labels: Sequence[str] = (),
    cells: Sequence[Sequence[str]] = (),
) -> bytes:
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": AS_TEXT}) as writer:
        writer.book.set_properties({"title": about["title"], "author": about["maker"], "created": LONG_AGO})
        pd.DataFrame(rows, columns=columns, dtype=object).to_excel(writer, sheet_name="data", index=False)
        if labels:
            pd.DataFrame(cells, columns=labels).to_excel(writer, sheet_name="as shown", index=False)
        explained = pd.Series(meanings, name="meaning").rename_axis("column")
        explained.to_excel(writer, sheet_name="columns")
        pd.Series(about).to_excel(writer, sheet_name="about", header=False)
    return buffer.getvalue()
