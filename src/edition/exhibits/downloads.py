"""An exhibit as files to take away: pictures, the data shown, citations.

    downloads.write(record, folder, edition)      # fig-x.svg, fig-x-dark.svg, fig-x.png, … in folder

Belongs here: which files there are and what they hold. Not here: how a picture is drawn (`edition.charts`).
The same record gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path

import pandas as pd

from edition.exhibits.citation import FORMS, Edition, forms
from edition.exhibits.record import FigureRecord, Record, TableRecord

PICTURES = ("svg", "dark.svg", "png", "pdf", "thumb.png", "dark.thumb.png")
AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}  # what a text begins with
LONG_AGO = datetime.datetime(2000, 1, 1)  # a workbook must state a date; today's would change its bytes


def endings(record: Record) -> list[str]:
    """Endings of the files of an exhibit, in the order in which they are offered."""
    return [*(PICTURES if isinstance(record, FigureRecord) else ()), "csv", "xlsx", *FORMS]


def content(record: Record, known: Edition) -> dict[str, bytes]:
    """What every file of an exhibit holds, by its ending; a picture is drawn once in each scheme."""
    found: dict[str, bytes] = {}
    if isinstance(record, FigureRecord):
        light, dark = record.files("light", "svg", "png", "pdf", "thumb"), record.files("dark", "svg", "thumb")
        found = dict(
            zip(("svg", "png", "pdf", "thumb.png", "dark.svg", "dark.thumb.png"), (*light, *dark), strict=True)
        )
    shown = record.frame()
    found["csv"] = shown.to_csv(index=False, lineterminator="\n").encode()
    found["xlsx"] = workbook(record, shown, known)
    return found | {ending: text.encode() for ending, text in forms(record, known).items()}


def write(record: Record, folder: Path, known: Edition) -> list[Path]:
    """Write every file of an exhibit; returns them in the order of `endings`."""
    folder.mkdir(parents=True, exist_ok=True)
    holds = content(record, known)
    written = [folder / f"{record.id}.{ending}" for ending in endings(record)]
    for path, ending in zip(written, endings(record), strict=True):
        path.write_bytes(holds[ending])
    return written


def workbook(record: Record, shown: pd.DataFrame, known: Edition) -> bytes:
    """A workbook with the data, for a table also its cells as shown, and a sheet on where it is from."""
    buffer = io.BytesIO()
    about = {
        "exhibit": record.id,
        "title": record.heading,
        "subtitle": record.subtitle,
        "caption": record.caption,
        "notes": " ".join(record.folded),
        "source": record.source,
        "cite": forms(record, known)["txt"].strip(),
        "made by": record.made_by,
        "parameters": json.dumps(record.parameters),
        "version": record.version,
        "digest": record.digest(),
    }
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": AS_TEXT}) as writer:
        writer.book.set_properties({"title": record.id, "created": LONG_AGO})
        shown.to_excel(writer, sheet_name="data", index=False)
        if isinstance(record, TableRecord):
            labels = [column.label for column in record.columns]
            pd.DataFrame(record.cells, columns=labels).to_excel(writer, sheet_name="as shown", index=False)
        pd.Series(about).to_excel(writer, sheet_name="about", header=False)
    return buffer.getvalue()
