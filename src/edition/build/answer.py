"""A chapter asked with values of one's own, and what it answers, beside the same chapter in the edition.

    found = answer.ask("islanders", {"largest": 5})
    for part in answer.body(found): ...                  # its prose and its exhibits, as HTML in which what differs is marked
    answer.in_browser("islanders", '{"largest": "5"}')   # the same for a page that runs this, as JSON

It needs no more than a browser has. Belongs here: that. Not here: running cells (`in_process`), what stands for a role
(`asking.prose`), how an exhibit is shown (`exhibits.markup`), or the pages that show an answer (`ask`, `browser_page`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt

from edition.asking import chapters, notebook, prose
from edition.asking.parameters import Chapter, ParameterError
from edition.build import in_process
from edition.build.in_process import Outputs
from edition.exhibits import markup
from edition.exhibits.record import FigureRecord, Record
from edition.numbers.wording import in_words


@dataclass(frozen=True)
class Answer:
    """A chapter as it was asked, beside the same chapter in the edition.

    Attributes:
        given: the values of all its parameters; `edition` has the edition's.
        texts: what its sentences say, here and in the edition.
        records: its exhibits, each with the same one in the edition, if there is one.
        at: of each exhibit, which code cell shows it.
    """

    chapter: str
    given: dict[str, Any]
    edition: dict[str, Any]
    texts: prose.Texts
    records: list[tuple[Record, Record | None]]
    at: list[int]

    @property
    def other(self) -> dict[str, Any]:
        """The parameters that are not the edition's."""
        return {name: value for name, value in self.given.items() if value != self.edition[name]}

    @property
    def changed(self) -> list[Record]:
        """The exhibits that are not the edition's."""
        return [record for record, usual in self.records if markup.differs(record, usual)]


def ask(chapter: str, given: Mapping[str, Any], usual: Outputs | None = None) -> Answer:
    """Run a chapter with these values and, for comparison, with the edition's.

    Args:
        usual: what the chapter gave with the edition's values, for who has it already.

    Raises:
        ParameterError: a name is unknown, or a value not allowed.
    """
    file = notebook.file_of(chapter)
    edition = notebook.edition(file)
    chosen = chapters.parameters()[chapter].check({**edition, **given}).model_dump()
    here = in_process.run(file, chosen)
    usual = usual or (here if chosen == edition else in_process.run(file, edition))
    before = {record.id: record for record in usual.records}
    texts = prose.Texts(dict(here.texts), dict(usual.texts))
    records = [(record, before.get(record.id)) for record in here.records]
    return Answer(chapter, chosen, edition, texts, records, here.places)


def body(answer: Answer) -> Iterator[tuple[str, Record | None]]:
    """The prose and the exhibits in the notebook's order, each as HTML; with an exhibit its record."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    shown = dict(zip(answer.at, answer.records, strict=True))
    code = -1
    for cell in notebook.cells(notebook.file_of(answer.chapter)):
        if not cell.code:
            yield markdown.render(prose.fill_in(cell.source, answer.texts)), None
            continue
        code += 1
        if code in shown:
            record, usual = shown[code]
            picture = _picture(record) if isinstance(record, FigureRecord) else ""
            yield markup.html(record, usual, picture), record


def _picture(record: FigureRecord) -> str:
    """A figure's picture, light or dark as the reader has it."""
    dark = f'<source media="(prefers-color-scheme: dark)" srcset="{markup.svg(record, "dark")}">'
    return f"<picture>{dark}{markup.image(record)}</picture>"


def counted(answer: Answer) -> str:
    """How much of the answer is not as in the edition, in words."""
    texts, exhibits = len(list(changed_texts(answer))), len(answer.changed)
    told = f"{in_words(texts)} of {len(answer.texts.said)} computed texts and {in_words(exhibits)} of {len(answer.records)} figures and tables"
    return f"{told} are not as in the edition" if texts or exhibits else "nothing is other than in the edition"


def changed_texts(answer: Answer) -> Iterator[str]:
    """The names of the texts that differ."""
    return (name for name, text in answer.texts.said.items() if text != answer.texts.usual.get(name))


def typed(model: type[Chapter], name: str, text: str) -> Any:
    """A value as the command line has it, in the type of its parameter; the text itself where it is none of these.

    >>> typed(Islanders, "largest", "2"), typed(Islanders, "scholar", "quill")
    (2, 'quill')
    """
    kind = model.model_fields[name].annotation if name in model.model_fields else str
    read = {int: int, float: float, bool: {"true": True, "false": False}.__getitem__}.get(kind, str)  # type: ignore[arg-type]
    try:
        return read(text.lower() if kind is bool else text)  # type: ignore[operator]
    except (ValueError, KeyError):
        return text


@cache
def _as_in_the_edition(chapter: str) -> Outputs:
    file = notebook.file_of(chapter)
    return in_process.run(file, notebook.edition(file))


def in_browser(chapter: str, given: str) -> str:
    """The answer for a page that runs this, as JSON.

    Args:
        given: values as an address has them, by name, as JSON.

    Returns:
        `counted`, how much differs, in words, and `body`, pieces of HTML; or `refused`, why it cannot be asked.
    """
    model = chapters.parameters()[chapter]
    try:
        values = {name: typed(model, name, text) for name, text in json.loads(given).items()}
        found = ask(chapter, values, _as_in_the_edition(chapter))
    except ParameterError as error:
        return json.dumps({"refused": str(error)})
    return json.dumps({"counted": counted(found), "body": [html for html, _ in body(found)]})
