"""An exhibit as a piece of HTML that stands alone: its title, picture or cells, caption, notes and source.

    markup.html(record)                       # as a notebook shows it
    markup.html(record, usual)                # what differs from the same exhibit in the edition is marked

Belongs here: what Jupyter and a page of its own show of an exhibit. Not here: a page of the book (`edition.book`). It is what
JupyterLab keeps of a notebook that it does not trust: no style sheet, no script. A picture brings its own light ground.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Literal

from edition.asking import prose
from edition.data import names
from edition.exhibits import drawn
from edition.exhibits.record import FigureRecord, Record, TableRecord
from edition.numbers.wording import sentence_case

FRAME = "margin: 1em 0"
GROUND = "background-color: white; max-width: 100%; height: auto"
Key = tuple[str, int]  # a row's first cell, and how many rows above begin with the same


def html(record: Record, usual: Record | None = None, picture: str = "") -> str:
    """The exhibit.

    Args:
        usual: the same exhibit in the edition; None where nothing is to be marked.
        picture: HTML of a figure's picture, in place of the light one alone.
    """
    usual = usual or record
    if isinstance(record, FigureRecord):
        other = " <mark>Not as in the edition.</mark>" if differs(record, usual) else ""
        shown = picture or image(record, GROUND)
    else:
        other, shown = "", _table(record, usual if isinstance(usual, TableRecord) else record)
    return f'<figure style="{FRAME}">{_above(record, usual, other)}{shown}{_below(record, usual)}</figure>'


def _above(record: Record, usual: Record, other: str) -> str:
    named = f"<b>{sentence_case(names.exhibit(record.id))}. {_marked(record.heading, usual.heading)}</b>{other}"
    unit = f"<br><small>{_marked(record.subtitle, usual.subtitle)}</small>" if record.subtitle else ""
    return f"<figcaption>{named}{unit}</figcaption>"


def _below(record: Record, usual: Record) -> str:
    marks = record.notes if isinstance(record, TableRecord) else ()
    told = "<br>".join(escape(f"{mark} {meaning}") for mark, meaning in marks)
    parts = [
        f"<p>{_marked(record.caption, usual.caption)}</p>",
        f"<p><small>{told}</small></p>" if told else "",
        f"<p><small>Source: {_marked(record.source, usual.source)}</small></p>",
    ]
    if record.folded:
        told = "".join(f"<p>{escape(text)}</p>" for text in record.folded)
        parts.append(f"<details><summary>Notes</summary>{told}</details>")
    return "".join(parts)


def differs(record: Record, usual: Record | None) -> bool:
    """Whether a reader sees something else than in the edition; what was asked and for which version is no such thing."""
    unseen = {"parameters": {}, "version": ""}
    return usual is None or record.model_copy(update=unseen) != usual.model_copy(update=unseen)


def image(record: FigureRecord, style: str = "") -> str:
    """The light picture with its alternative text."""
    look = f' style="{style}"' if style else ""
    return f'<img src="{svg(record)}" alt="{escape(record.alt)}"{look}>'


def svg(record: FigureRecord, scheme: Literal["light", "dark"] = "light") -> str:
    """The picture as an address that holds it."""
    picture = drawn.shown(record, "desk")["desk.svg" if scheme == "light" else "desk.dark.svg"]
    return f"data:image/svg+xml;base64,{base64.b64encode(picture).decode()}"


def _marked(text: str, usual: str) -> str:
    return prose.changed(escape(text), escape(usual)) if text != usual else escape(text)


def _table(record: TableRecord, usual: TableRecord) -> str:
    """The cells; one that differs says what it is in the edition, and so does a row that is not in it, or only there."""
    sides = ["right" if column.numeric else "left" for column in record.columns]
    labels = [column.label for column in record.columns]
    before = dict(_rows(usual))
    here = dict(_rows(record))
    rows = [[f'<th style="text-align: {side}">{escape(label)}</th>' for label, side in zip(labels, sides, strict=True)]]
    for key, cells in here.items():
        old = before.get(key)
        told = [
            _marked(cell, old.get(label, "")) if old else f"<mark>{escape(cell)}</mark>"
            for label, cell in cells.items()
        ]
        rows.append([f'<td style="text-align: {side}">{cell}</td>' for cell, side in zip(told, sides, strict=True)])
    gone = [key[0] for key in before if key not in here]
    only = f"<p><mark>Only in the edition:</mark> {escape('; '.join(gone))}</p>" if gone else ""
    head, *body = [f"<tr>{''.join(row)}</tr>" for row in rows]
    return f'<div style="overflow-x: auto" tabindex="0"><table><thead>{head}</thead><tbody>{"".join(body)}</tbody></table></div>{only}'


def _rows(record: TableRecord) -> Iterator[tuple[Key, dict[str, str]]]:
    seen: Counter[str] = Counter()
    for cells in record.cells:
        yield (cells[0], seen[cells[0]]), dict(zip(_labels(record), cells, strict=True))
        seen[cells[0]] += 1


def _labels(record: TableRecord) -> Sequence[str]:
    return [column.label for column in record.columns]
