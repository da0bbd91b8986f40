"""An exhibit as files to take away: pictures, the data shown, citations.

    downloads.write(record, folder, edition)      # fig-x.svg, fig-x-dark.svg, fig-x.png, … in folder

Belongs here: which files there are and what they hold. Not here: how a picture is drawn (`plots`).
The same record gives the same bytes.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd

from edition.exhibits.citation import FORMS, Edition, forms
from edition.exhibits.record import files

PICTURES = ("svg", "dark.svg", "png", "pdf", "thumb.png", "dark.thumb.png")
LONG_AGO = datetime.datetime(2000, 1, 1)  # a workbook must state a date; today's would change its bytes


def endings(record: dict[str, Any]) -> list[str]:
    """Endings of the files of an exhibit, in the order in which they are offered."""
    return [*(PICTURES if record["kind"] == "figure" else ()), "csv", "xlsx", *FORMS]


def content(record: dict[str, Any], known: Edition) -> dict[str, bytes]:
    """What every file of an exhibit holds, by its ending; a picture is drawn once in each scheme."""
    found: dict[str, bytes] = {}
    if record["kind"] == "figure":
        light, dark = files(record, "light", "svg", "png", "pdf", "thumb"), files(record, "dark", "svg", "thumb")
        found = dict(
            zip(("svg", "png", "pdf", "thumb.png", "dark.svg", "dark.thumb.png"), (*light, *dark), strict=True)
        )
    shown = data(record)
    found["csv"] = shown.to_csv(index=False, lineterminator="\n").encode()
    found["xlsx"] = workbook(record, shown, known)
    return found | {ending: text.encode() for ending, text in forms(record, known).items()}


def write(record: dict[str, Any], folder: Path, known: Edition) -> list[Path]:
    """Write every file of an exhibit; returns them in the order of `endings`."""
    folder.mkdir(parents=True, exist_ok=True)
    holds = content(record, known)
    written = [folder / f"{record['id']}.{ending}" for ending in endings(record)]
    for path, ending in zip(written, endings(record), strict=True):
        path.write_bytes(holds[ending])
    return written


def data(record: dict[str, Any]) -> pd.DataFrame:
    """Exactly the rows that an exhibit shows, with their provenance columns."""
    return pd.DataFrame(record["data"]["data"], columns=[field["name"] for field in record["data"]["schema"]["fields"]])


def workbook(record: dict[str, Any], shown: pd.DataFrame, known: Edition) -> bytes:
    """A workbook with the data, for a table also its cells as shown, and a sheet on where it is from."""
    buffer = io.BytesIO()
    about = {
        "exhibit": record["id"],
        "caption": record["caption"],
        "source": record["source"],
        "cite": forms(record, known)["txt"].strip(),
        "made by": record["made_by"],
        "parameters": json.dumps(record["parameters"]),
        "version": record["version"],
        "digest": digest(record),
    }
    with pd.ExcelWriter(buffer, engine="xlsxwriter") as writer:
        writer.book.set_properties({"title": record["id"], "created": LONG_AGO})
        shown.to_excel(writer, sheet_name="data", index=False)
        if record["kind"] == "table":
            labels = [column["label"] for column in record["columns"]]
            pd.DataFrame(record["rows"], columns=labels).to_excel(writer, sheet_name="as shown", index=False)
        pd.Series(about).to_excel(writer, sheet_name="about", header=False)
    return buffer.getvalue()


def digest(record: dict[str, Any]) -> str:
    """A short hash of everything the exhibit is made from, to tell whether two are the same."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
