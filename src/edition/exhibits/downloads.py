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

from edition.charts import cuts, framed
from edition.charts.framed import Frame
from edition.charts.style import DARK, LIGHT, Kind, darkened, export
from edition.exhibits.citation import FORMS, Edition, forms
from edition.exhibits.record import FigureRecord, Record, TableRecord

PICTURES = ("svg", "dark.svg", "png", "pdf", "thumb.png", "dark.thumb.png")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
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
    """What every file of an exhibit holds, by its ending: those that are offered, and those that its page shows."""
    found = _pictures(record, known) if isinstance(record, FigureRecord) else {}
    shown = record.frame()
    found["csv"] = shown.to_csv(index=False, lineterminator="\n").encode()
    found["xlsx"] = workbook(record, shown, known)
    return found | {ending: text.encode() for ending, text in forms(record, known).items()}


def _pictures(record: FigureRecord, known: Edition) -> dict[str, bytes]:
    """A figure's pictures: for its page, small, and framed to be taken away."""
    light, dark = (cuts.laid_out(record.draw, scheme) for scheme in (LIGHT, DARK))
    found = cuts.shown(record.draw, "phone") | cuts.files(light, "desk")
    found |= {"thumb.png": export(light, "thumb", LIGHT), "dark.thumb.png": export(dark, "thumb", DARK)}
    kinds: tuple[Kind, ...] = ("svg", "png", "pdf")
    found |= zip(kinds, framed.files(light, LIGHT, frame(record, known), *kinds), strict=True)
    return found | {"dark.svg": darkened(found["svg"])}


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
        licence=LICENCE,
        address=known.address(record.id),
    )


def write(record: Record, folder: Path, known: Edition) -> list[Path]:
    """Write every file of an exhibit; returns those that are offered, in the order of `endings`."""
    folder.mkdir(parents=True, exist_ok=True)
    holds = content(record, known)
    for ending, content_of in holds.items():
        (folder / f"{record.id}.{ending}").write_bytes(content_of)
    return [folder / f"{record.id}.{ending}" for ending in endings(record)]


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
