"""Ask one chapter: run it with values of one's own, and write its answer as a page that stands alone.

    python -m edition.build.ask                          # the chapters, and what each assumes
    python -m edition.build.ask islanders                  # its assumptions, their values and what else is allowed
    python -m edition.build.ask islanders largest=5        # the answer: what changed is printed, the page is in _build/ask
    make ask CHAPTER=islanders largest=5                   # the same; make hands over what its command line says (`--make`)

Belongs here: the command, and the page it writes. Not here: the answer (`answer`).
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

from edition import paths
from edition.asking import chapters, notebook, states
from edition.asking.parameters import Chapter, ParameterError, in_address, options, value_in_words
from edition.build.answer import Answer, ask, body, changed_texts, counted, typed
from edition.data.nearest import nearest
from edition.exhibits import citation, kept

FOLDER = Path("_build", "ask")
FROM_MAKE = "--make"


def page(answer: Answer) -> str:
    """The answer as one page of HTML, for which no other file and no network is needed."""
    root, title = paths.root(), notebook.title(notebook.file_of(answer.chapter))
    model = chapters.parameters()[answer.chapter]
    asked = ", ".join(f"{name} {value}" for name, value in answer.other.items())
    known = dataclasses.replace(citation.edition(root), variant=f"asked with {asked}" if asked else "")
    path = f"notebooks/{answer.chapter}.html" + (f"?{urlencode(answer.other)}" if asked else "")
    records = [record for record, _ in answer.records]
    return _template().render(
        title=title,
        known=known,
        body=[
            {"html": html, "id": record.id, "cite": citation.forms(record, known)["txt"]} if record else {"html": html}
            for html, record in body(answer)
        ],
        assumptions=[
            (
                name,
                model.model_fields[name].description,
                value_in_words(model, name, value),
                value_in_words(model, name, answer.edition[name]),
                allowed(model, name),
            )
            for name, value in answer.given.items()
        ],
        asked=asked,
        changed=counted(answer),
        command=command(answer.chapter, answer.other or answer.given),
        cite=citation.chapter(title, records, known, path),
        forms=citation.FORMS,
        address=f"{known.base}{path}" if known.base else "",
    )


def _template() -> Any:
    return Environment(loader=PackageLoader(__package__, ""), autoescape=True, trim_blocks=True).get_template(
        "ask.html"
    )


def allowed(model: type[Chapter], name: str) -> str:
    """What a parameter may be: its options as they are asked for, each with its words, or the ends of its range."""
    words = {in_address(one): value_in_words(model, name, one) for one in options(model, name)}
    return "; ".join(one if one == meant else f"{one} ({meant})" for one, meant in words.items()) or model.allowed(name)


def report(answer: Answer) -> Iterator[str]:
    """What changed, line by line."""
    model = chapters.parameters()[answer.chapter]
    asked = ", ".join(
        f"{name}: {value_in_words(model, name, value)} (in the edition: {value_in_words(model, name, answer.edition[name])})"
        for name, value in answer.other.items()
    )
    yield f"{answer.chapter}: {asked or 'as in the edition'}; {counted(answer)}"
    for name in changed_texts(answer):
        yield f"  {name}: {answer.texts.said[name] or '–'}"
        yield f"  {' ' * len(name)}  (in the edition: {answer.texts.usual.get(name) or '–'})"
    for record in answer.changed:
        yield f"  {record.id}: {record.heading}"


def command(chapter: str, given: Mapping[str, Any]) -> str:
    """How make is told to ask this."""
    values = (f"{name}={in_address(value)}" for name, value in given.items())
    return " ".join(
        ["make ask", f"CHAPTER={chapter}", *(f"'{one}'" if re.search(r"[^\w=.-]", one) else one for one in values)]
    )


def overview() -> Iterator[str]:
    """Every chapter that assumes something, with its title and what that is."""
    for chapter, model in chapters.parameters().items():
        yield f"{chapter}: {notebook.title(notebook.file_of(chapter))}"
        yield from (f"    {name}: {field.description}" for name, field in model.model_fields.items())
    yield "One of them: make ask CHAPTER=…"


def assumptions(chapter: str) -> Iterator[str]:
    """What a chapter assumes: the value in the edition, its meaning and what is allowed; and an example."""
    model, edition = chapters.parameters()[chapter], notebook.edition(notebook.file_of(chapter))
    yield f"{chapter}: {notebook.title(notebook.file_of(chapter))}"
    for name, value in edition.items():
        yield f"    {name}={in_address(value)}  {model.model_fields[name].description}: {value_in_words(model, name, value)}"
        yield f"        allowed: {allowed(model, name)}"
    name, usual = next(iter(edition.items()))
    other = next(stop for stop in states.stops(model, name, usual) if stop != usual)
    yield f"For example: {command(chapter, {name: other})}"


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
        without = notebook.file_of(chapter).is_file()
        sys.exit(
            f"CHAPTER: {chapter!r} {'has no parameters' if without else 'is no chapter'}; "
            f"allowed: {', '.join(known)}{nearest(chapter, known)}"
        )
    if not words:
        print("\n".join(assumptions(chapter)))
        return
    if odd := [word for word in words if "=" not in word]:
        sys.exit(
            f"{chapter}: {odd[0]!r}; allowed: a parameter with its value, as in {command(chapter, notebook.edition(notebook.file_of(chapter)))}"
        )
    values = dict(word.split("=", 1) for word in words)
    try:
        answer = ask(chapter, {name: typed(known[chapter], name, text) for name, text in values.items()})
    except ParameterError as error:
        sys.exit(f"{chapter}: {error}")
    print("\n".join(report(answer)))
    target = FOLDER / f"{_slug(answer)}.html"
    (paths.root() / FOLDER).mkdir(parents=True, exist_ok=True)
    with kept.beside_the_book():
        (paths.root() / target).write_text(page(answer), encoding="utf-8")
    print(f"The page: {target}")


def _slug(answer: Answer) -> str:
    """A name for the answer's file."""
    told = "-".join([answer.chapter, *(f"{name}-{value}" for name, value in answer.other.items())])
    return re.sub(r"[^\w.-]+", "-", told)


if __name__ == "__main__":
    main()
