"""A table as a spreadsheet program saves it: CSV with commas, semicolons or tabs, in UTF-8 or UTF-16, or a workbook.

    sheet = read(folder, "estimates")   # from estimates.csv, .tsv, .txt or .xlsx
    sheet.rows[0]                       # the header; every cell is text without blanks around it
    sheet.how                           # "UTF-16, columns separated by tabs"; "" for plain CSV

Belongs here: the forms of the file. Not here: what its cells mean (`own_sources`), or the edition's own tables, which have
one form only (`load`).
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ENDINGS = ("csv", "tsv", "txt", "xlsx")
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


class SheetError(ValueError):
    """A file that cannot be read in one way; the message says what was found and what is allowed."""


class Sheet(NamedTuple):
    """The cells of a table; `file` is its name, `how` says in what form it was read, "" for plain CSV."""

    file: str
    rows: list[list[str]]
    how: str


def read(folder: Path, name: str, columns: Sequence[str]) -> Sheet | None:
    """A table of a folder in whatever form it has; None if there is none.

    Args:
        columns: names that its header may have, by which its separator is known.

    Raises:
        SheetError: there are two files of that name, or the one cannot be read.
    """
    found = [folder / f"{name}.{ending}" for ending in ENDINGS if (folder / f"{name}.{ending}").is_file()]
    if not found:
        return None
    if len(found) > 1:
        raise SheetError(f"{' and '.join(path.name for path in found)} stand side by side; allowed: one of them")
    path = found[0]
    rows, how = _workbook(path) if path.suffix == ".xlsx" else _text(path, columns)
    return Sheet(path.name, _trimmed(rows), how)


def _text(path: Path, columns: Sequence[str]) -> tuple[list[list[str]], str]:
    raw = path.read_bytes()
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise SheetError(
            f"{path.name}, row {row}: byte 0x{raw[error.start]:02x} is not UTF-8, and which letter it stands for cannot be known; "
            "allowed: UTF-8 (in Excel: save as CSV UTF-8), UTF-16, or a workbook (.xlsx)"
        ) from None
    if "\0" in text:
        raise SheetError(f"{path.name}: holds bytes that are no text; allowed: UTF-8, UTF-16 with its mark, or .xlsx")
    header = text.partition("\n")[0]
    split = {mark: _cells(next(csv.reader([header], delimiter=mark), [])) for mark in SEPARATORS}
    mark = max(split, key=lambda one: len({cell.lower() for cell in split[one]} & set(columns)))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        rows = list(lines)
    except csv.Error as error:
        raise SheetError(
            f"{path.name}, up to line {lines.line_num}: a quotation mark is not closed, or stands within a cell ({error}); "
            "allowed: cells in two quotation marks, those within them doubled"
        ) from None
    said = [
        "UTF-16" if wide else "UTF-8 with a byte-order mark" if raw.startswith(b"\xef\xbb\xbf") else "",
        f"columns separated by {SEPARATORS[mark]}" if mark != "," else "",
    ]
    return [_cells(row) for row in rows], ", ".join(filter(None, said))


def _workbook(path: Path) -> tuple[list[list[str]], str]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise SheetError(f"{path.name}: no workbook ({error}); allowed: a workbook (.xlsx) or CSV") from None
    sheets = {sheet.title: [_cells(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    book.close()
    filled = {title: rows for title, rows in sheets.items() if any(map(any, rows))}
    if len(filled) > 1 and path.stem not in filled:
        raise SheetError(
            f"{path.name}: has {len(filled)} filled sheets ({', '.join(filled)}); allowed: one, or one named {path.stem}"
        )
    title = path.stem if path.stem in filled else next(iter(filled), "")
    return filled.get(title, []), f"a workbook, sheet {title}" if title else "a workbook"


def _cells(row: Iterable[Any]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: Any) -> str:
    """A cell as text: a whole number without decimals, a date as ISO 8601 has it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    return str(value).strip()


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Rows without the blank ones at the end, and without blank cells beyond the header."""
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    if not rows:
        return []
    width = max((n for n, cell in enumerate(rows[0], start=1) if cell), default=0)
    return [row[:width] + [cell for cell in row[width:] if cell] for row in rows]
