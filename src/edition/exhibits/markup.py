"""An exhibit as a piece of HTML or Markdown that stands alone: its title, picture or cells, caption, notes and source.

    markup.html(record)                       # as a notebook shows it
    markup.html(record, usual)                # what differs from the same exhibit in the edition is marked
    markup.markdown(record, usual)            # the same where no HTML is shown: a picture in words

Belongs here: what Jupyter and a page of its own show of an exhibit. Not here: a page of the book (`edition.book`). The HTML is
what JupyterLab keeps of a notebook that it does not trust: no style sheet, no script. A picture brings its own light ground.
VS Code shows no HTML in a folder that it does not trust, and nothing for it; what reads no HTML at all has the Markdown.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Literal

from edition.asking import prose
from edition.data import names
from edition.exhibits import drawn
from edition.exhibits.record import Column, FigureRecord, Record, TableRecord
from edition.numbers.wording import sentence_case

FRAME = "margin: 1em 0"
LONG, ROOM = 60, "; min-width: 14em"  # a text of more letters is not squeezed by many columns to a word a line
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


def markdown(record: Record, usual: Record | None = None) -> str:
    """The exhibit, its picture told by its alternative text; arguments as of `html`."""
    usual = usual or record

    def told(name: str) -> str:
        here, there = getattr(record, name), getattr(usual, name, "")
        return prose.changed(prose.plain(here), prose.plain(there)) if here != there else prose.plain(here)

    parts = [f"**{sentence_case(names.exhibit(record.id))}. {told('heading')}**"]
    parts += [told("subtitle")] if record.subtitle else []
    if isinstance(record, FigureRecord):
        parts += [f"[{told('alt')}]", told("caption")]
    else:
        rows, only = _compared(record, usual if isinstance(usual, TableRecord) else record, prose.plain)
        sides = ["--:" if column.numeric else ":--" for column in record.columns]
        head = [prose.plain(label) for label in _labels(record)]
        table = [f"| {' | '.join(row)} |" for row in (head, sides, *rows)]
        marks = [prose.plain(f"{mark} {meaning}") for mark, meaning in record.notes]
        parts += [
            "\n".join(table),
            f"<mark>Only in the edition:</mark> {only}" if only else "",
            told("caption"),
            *marks,
        ]
    return "\n\n".join(filter(None, [*parts, f"Source: {told('source')}", *map(prose.plain, record.folded)]))


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
    rows, only = _compared(record, usual, escape)
    sides = [_side(column, [cells[n] for cells in record.cells]) for n, column in enumerate(record.columns)]
    head, body = _row("th", map(escape, _labels(record)), sides), "".join(_row("td", row, sides) for row in rows)
    gone = f"<p><mark>Only in the edition:</mark> {only}</p>" if only else ""
    return f'<div style="overflow-x: auto" tabindex="0"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>{gone}'


def _side(column: Column, cells: Iterable[str]) -> str:
    return ("right" if column.numeric else "left") + (ROOM if any(len(cell) > LONG for cell in cells) else "")


def _row(kind: str, cells: Iterable[str], sides: Sequence[str]) -> str:
    told = (f'<{kind} style="text-align: {side}">{cell}</{kind}>' for cell, side in zip(cells, sides, strict=True))
    return f"<tr>{''.join(told)}</tr>"


def _compared(record: TableRecord, usual: TableRecord, plain: Callable[[str], str]) -> tuple[list[list[str]], str]:
    """The cells; one that differs says what it is in the edition, and so does a row that is not in it; and the rows only there."""
    before, here = dict(_rows(usual)), dict(_rows(record))
    rows = [
        [
            f"<mark>{plain(cell)}</mark>"
            if key not in before
            else prose.changed(plain(cell), plain(before[key].get(label, "")))
            if cell != before[key].get(label, "")
            else plain(cell)
            for label, cell in cells.items()
        ]
        for key, cells in here.items()
    ]
    return rows, plain("; ".join(key[0] for key in before if key not in here))


def _rows(record: TableRecord) -> Iterator[tuple[Key, dict[str, str]]]:
    seen: Counter[str] = Counter()
    for cells in record.cells:
        yield (cells[0], seen[cells[0]]), dict(zip(_labels(record), cells, strict=True))
        seen[cells[0]] += 1


def _labels(record: TableRecord) -> Sequence[str]:
    return [column.label for column in record.columns]
