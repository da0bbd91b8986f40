"""Ask one chapter: run it with values of one's own, and write its answer as a page that stands alone.

    python -m edition.build.ask                          # the chapters, and what each assumes
    python -m edition.build.ask islanders                  # its assumptions, their values and what else is allowed
    python -m edition.build.ask islanders largest=5        # the answer: what changed is printed, the page is in _build/ask
    make ask CHAPTER=islanders largest=5                   # the same; make hands over what its command line says (`--make`)

Belongs here: the command, and the page it writes. Not here: running cells (`in_process`), what stands for a role (`asking.prose`) or how
an exhibit is shown (`exhibits.markup`).
"""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from markdown_it import MarkdownIt

from edition import paths
from edition.asking import chapters, notebook, prose, states
from edition.asking.parameters import Chapter, ParameterError
from edition.build import in_process
from edition.data.nearest import nearest
from edition.exhibits import citation, markup
from edition.exhibits.record import FigureRecord, Record
from edition.numbers.wording import in_words

FOLDER = Path("_build", "ask")
FROM_MAKE = "--make"


@dataclasses.dataclass(frozen=True)
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


def ask(chapter: str, given: Mapping[str, Any]) -> Answer:
    """Run a chapter with these values and, for comparison, with the edition's.

    Raises:
        ParameterError: a name is unknown, or a value not allowed.
    """
    file = notebook.of(chapter)
    edition = notebook.edition(file)
    chosen = chapters.parameters()[chapter].check({**edition, **given}).model_dump()
    here = in_process.run(file, chosen)
    usual = here if chosen == edition else in_process.run(file, edition)
    before = {record.id: record for record in usual.records}
    texts = prose.Texts(dict(here.texts), dict(usual.texts))
    records = [(record, before.get(record.id)) for record in here.records]
    return Answer(chapter, chosen, edition, texts, records, here.places)


def page(answer: Answer) -> str:
    """The answer as one page of HTML, for which no other file and no network is needed."""
    root, title = paths.root(), notebook.title(notebook.of(answer.chapter))
    model = chapters.parameters()[answer.chapter]
    asked = ", ".join(f"{name} {value}" for name, value in answer.other.items())
    known = dataclasses.replace(citation.edition(root), variant=f"asked with {asked}" if asked else "")
    path = f"notebooks/{answer.chapter}.html" + (f"?{urlencode(answer.other)}" if asked else "")
    records = [record for record, _ in answer.records]
    return _template().render(
        title=title,
        known=known,
        body=list(_body(answer, known)),
        assumptions=[
            (name, model.model_fields[name].description, value, answer.edition[name], model.allowed(name))
            for name, value in answer.given.items()
        ],
        asked=asked,
        changed=_counted(answer),
        command=command(answer.chapter, answer.other or answer.given),
        cite=citation.chapter(title, records, known, path),
        forms=citation.FORMS,
        address=f"{known.base}{path}" if known.base else "",
    )


def _body(answer: Answer, known: citation.Edition) -> Iterator[dict[str, str]]:
    """The prose and the exhibits in the notebook's order, each as HTML, an exhibit with its citation."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    shown = dict(zip(answer.at, answer.records, strict=True))
    code = -1
    for cell in notebook.cells(notebook.of(answer.chapter)):
        if not cell.code:
            yield {"html": markdown.render(prose.filled(cell.source, answer.texts))}
            continue
        code += 1
        if code in shown:
            record, usual = shown[code]
            picture = _picture(record) if isinstance(record, FigureRecord) else ""
            cite = citation.forms(record, known)["txt"]
            yield {"html": markup.html(record, usual, picture), "id": record.id, "cite": cite}


def _picture(record: FigureRecord) -> str:
    """A figure's picture, light or dark as the reader has it."""
    dark = f'<source media="(prefers-color-scheme: dark)" srcset="{markup.svg(record, "dark")}">'
    return f"<picture>{dark}{markup.image(record)}</picture>"


def _template() -> Any:
    return Environment(loader=PackageLoader(__package__, ""), autoescape=True, trim_blocks=True).get_template(
        "ask.html"
    )


def _counted(answer: Answer) -> str:
    """How much of the answer is not as in the edition, in words."""
    texts, exhibits = len(list(_said(answer))), len(answer.changed)
    told = f"{in_words(texts)} of {len(answer.texts.said)} computed texts and {in_words(exhibits)} of {len(answer.records)} figures and tables"
    return f"{told} are not as in the edition" if texts or exhibits else "nothing is other than in the edition"


def _said(answer: Answer) -> Iterator[str]:
    """The names of the texts that differ."""
    return (name for name, text in answer.texts.said.items() if text != answer.texts.usual.get(name))


def report(answer: Answer) -> Iterator[str]:
    """What changed, line by line."""
    asked = ", ".join(
        f"{name} {value!r} (in the edition {answer.edition[name]!r})" for name, value in answer.other.items()
    )
    yield f"{answer.chapter}: {asked or 'as in the edition'}; {_counted(answer)}"
    for name in _said(answer):
        yield f"  {name}: {answer.texts.said[name] or '–'}"
        yield f"  {' ' * len(name)}  (in the edition: {answer.texts.usual.get(name) or '–'})"
    for record in answer.changed:
        yield f"  {record.id}: {record.heading}"


def command(chapter: str, given: Mapping[str, Any]) -> str:
    """How make is told to ask this."""
    values = (f"{name}={value}" for name, value in given.items())
    return " ".join(
        ["make ask", f"CHAPTER={chapter}", *(f"'{one}'" if re.search(r"[^\w=.-]", one) else one for one in values)]
    )


def overview() -> Iterator[str]:
    """Every chapter that assumes something, with its title and what that is."""
    for chapter, model in chapters.parameters().items():
        yield f"{chapter}: {notebook.title(notebook.of(chapter))}"
        yield from (f"    {name}: {field.description}" for name, field in model.model_fields.items())
    yield "One of them: make ask CHAPTER=…"


def assumptions(chapter: str) -> Iterator[str]:
    """What a chapter assumes: the value in the edition, its meaning and what is allowed; and an example."""
    model, edition = chapters.parameters()[chapter], notebook.edition(notebook.of(chapter))
    yield f"{chapter}: {notebook.title(notebook.of(chapter))}"
    yield from (f"    {name}={value}  {model.said(name)}" for name, value in edition.items())
    name, usual = next(iter(edition.items()))
    other = next(stop for stop in states.stops(model, name, usual) if stop != usual)
    yield f"For example: {command(chapter, {name: other})}"


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


def from_make(environment: Mapping[str, str]) -> list[str]:
    """The arguments of a command line of make: the chapter, then every variable that is named as a parameter is, in small letters.

    Make puts the variables of its command line into the environment, where no shell reads their values, and their names into MAKEFLAGS.
    """
    words = re.split(r"(?<!\\) ", environment.get("MAKEFLAGS", ""))
    names = [word.partition("=")[0].rstrip(":+?") for word in words if "=" in word]
    chapter = environment.get("CHAPTER", "")
    return [chapter] * bool(chapter) + [
        f"{name}={environment[name]}" for name in names if re.fullmatch(r"[a-z_]\w*", name) and name in environment
    ]


def main(arguments: list[str] | None = None) -> None:
    """The command line; one line where it cannot be used."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == [FROM_MAKE]:
        given = from_make(os.environ)
    if not given:
        print("\n".join(overview()))
        return
    chapter, *words = given
    known = chapters.parameters()
    if chapter not in known:
        without = notebook.of(chapter).is_file()
        sys.exit(
            f"CHAPTER: {chapter!r} {'has no parameters' if without else 'is no chapter'}; "
            f"allowed: {', '.join(known)}{nearest(chapter, known)}"
        )
    if not words:
        print("\n".join(assumptions(chapter)))
        return
    if odd := [word for word in words if "=" not in word]:
        sys.exit(
            f"{chapter}: {odd[0]!r}; allowed: a parameter with its value, as in {command(chapter, notebook.edition(notebook.of(chapter)))}"
        )
    values = dict(word.split("=", 1) for word in words)
    try:
        answer = ask(chapter, {name: typed(known[chapter], name, text) for name, text in values.items()})
    except ParameterError as error:
        sys.exit(f"{chapter}: {error}")
    print("\n".join(report(answer)))
    target = FOLDER / f"{_slug(answer)}.html"
    (paths.root() / FOLDER).mkdir(parents=True, exist_ok=True)
    (paths.root() / target).write_text(page(answer), encoding="utf-8")
    print(f"The page: {target}")


def _slug(answer: Answer) -> str:
    """A name for the answer's file."""
    told = "-".join([answer.chapter, *(f"{name}-{value}" for name, value in answer.other.items())])
    return re.sub(r"[^\w.-]+", "-", told)


if __name__ == "__main__":
    main()
