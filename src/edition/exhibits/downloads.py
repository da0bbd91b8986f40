"""An exhibit as files to take away: pictures, the data shown, citations.

    downloads.write(record, folder, edition)      # fig-x.svg, fig-x-dark.svg, fig-x.png, … in folder

Belongs here: which files there are and what they hold. Not here: how a picture is drawn (`edition.charts`).
The same record gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd

from edition.charts import cuts, framed, tabled
from edition.charts.framed import Frame
from edition.charts.style import DARK, LIGHT, Kind, darkened, export, following
from edition.exhibits import piece, sheets
from edition.exhibits.citation import FORMS, LICENCE_AT, Edition, abstract, forms, heading
from edition.exhibits.record import FigureRecord, Record, TableRecord

PICTURES = ("svg", "dark.svg", "both.svg", "png", "pdf", "thumb.png", "dark.thumb.png")
OF_TABLE = ("png", "html", "piece.html")
AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}  # what a text begins with
LONG_AGO = datetime.datetime(2000, 1, 1)  # a workbook must state a date; today's would change its bytes


def endings(record: Record) -> list[str]:
    """Endings of the files of an exhibit, in the order in which they are offered."""
    shown = PICTURES if isinstance(record, FigureRecord) else OF_TABLE
    return [*shown, "csv", sheets.EXPLAINED, "xlsx", *FORMS]


def content(record: Record, known: Edition) -> dict[str, bytes]:
    """What every file of an exhibit holds, by its ending: those that are offered, and those that its page shows."""
    found = _pictures(record, known) if isinstance(record, FigureRecord) else {}
    found["csv"] = sheets.csv(record)
    found[sheets.EXPLAINED] = sheets.explained(record, about(record, known)).encode()
    found["xlsx"] = workbook(record, known)
    if isinstance(record, TableRecord):
        found |= _as_table(record, known)
    return found | {ending: text.encode() for ending, text in forms(record, known).items()}


def _pictures(record: FigureRecord, known: Edition) -> dict[str, bytes]:
    """A figure's pictures: for its page, small, and framed to be taken away."""
    light, dark = (cuts.laid_out(record.draw, scheme) for scheme in (LIGHT, DARK))
    found = cuts.shown(record.draw, "phone") | cuts.files(light, "desk")
    found |= {"thumb.png": export(light, "thumb", LIGHT), "dark.thumb.png": export(dark, "thumb", DARK)}
    kinds: tuple[Kind, ...] = ("svg", "png", "pdf")
    found |= zip(kinds, framed.files(light, LIGHT, frame(record, known), *kinds), strict=True)
    return found | {"dark.svg": darkened(found["svg"]), "both.svg": following(found["svg"])}


def _as_table(record: TableRecord, known: Edition) -> dict[str, bytes]:
    """A table as a picture, as a page, and as a piece of one."""
    notes = "; ".join(f"{mark} {meaning}" for mark, meaning in record.notes)
    framed = frame(record, known)
    return {
        "png": tabled.png(
            replace(framed, caption=f"{framed.caption} {notes}".strip()),
            [column.label for column in record.columns],
            record.cells,
            [column.numeric for column in record.columns],
        ),
        "html": piece.table(record, known).encode(),
        "piece.html": piece.inline(record, known).encode(),
    }


def frame(record: Record, known: Edition) -> Frame:
    """What a picture says of itself when it stands alone."""
    makers = ", ".join(maker.name for maker in known.makers)
    return Frame(
        title=record.heading,
        subtitle=record.subtitle,
        caption=record.caption,
        source=f"Source: {record.source}",
        credit=f"{known.named}, version {record.version}. {makers}, {known.released[:4]}, {record.id}. CC BY 4.0.",
        author=makers,
        licence=LICENCE_AT,
        address=known.address(record.id),
    )


def write(record: Record, folder: Path, known: Edition) -> list[Path]:
    """Write every file of an exhibit; returns those that are offered, in the order of `endings`."""
    folder.mkdir(parents=True, exist_ok=True)
    holds = content(record, known)
    for ending, content_of in holds.items():
        (folder / f"{record.id}.{ending}").write_bytes(content_of)
    return [folder / f"{record.id}.{ending}" for ending in endings(record)]


def about(record: Record, known: Edition) -> dict[str, str]:
    """What is said of the data of an exhibit, by the terms of Dublin Core."""
    return {
        "identifier": known.address(record.id) or record.id,
        "title": heading(record),
        "description": abstract(record),
        "source": record.source,
        "creator": "; ".join(known.authors),
        "license": LICENCE_AT,
        "language": "en",
        "bibliographicCitation": forms(record, known)["txt"].strip(),
    }


def workbook(record: Record, known: Edition) -> bytes:
    """A workbook with the data, for a table also its cells as shown, a sheet on what the columns mean and one on where it is from."""
    buffer = io.BytesIO()
    told = {
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
        "SHA-256 of the CSV file": sheets.digest(record),
    }
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": AS_TEXT}) as writer:
        writer.book.set_properties({"title": record.id, "created": LONG_AGO})
        pd.DataFrame(sheets.rows(record), columns=sheets.columns(record), dtype=object).to_excel(
            writer, sheet_name="data", index=False
        )
        if isinstance(record, TableRecord):
            labels = [column.label for column in record.columns]
            pd.DataFrame(record.cells, columns=labels).to_excel(writer, sheet_name="as shown", index=False)
        explained = pd.Series(sheets.meanings(record), name="meaning").rename_axis("column")
        explained.to_excel(writer, sheet_name="columns")
        pd.Series(told).to_excel(writer, sheet_name="about", header=False)
    return buffer.getvalue()
