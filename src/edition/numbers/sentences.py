"""The sentences of a chapter that vary, each whole, in a file of text: `sentences/islanders.md` beside the package's `chapters`.

    SAY = Sentences(__name__)                                   # in the chapter's module
    SAY.all(scholar="harrow", sum=cite(tables.numbers, "t1-all-harrow"), islands=2)      # every sentence by its name

The file is written for an editor: a heading `## name` for each sentence, below it the sentence, with `{{ sum }}` for a value. Where it
depends on a value, its variants stand below each other:

    % if scholar == "harrow"
    Harrow counted {{ sum }} on {{ islands | in_words }} islands.
    % elif scholar == "quill"
    Quill did not count, and names {{ sum }}.
    % endif

What precedes the first heading is for the reader of the file. It is Jinja, with two rules of our own: choices by `elif` that end without
`else` must meet one of their cases, and a number that knows its row (`wording.Cited`) still does within the sentence (`wording.Told`).
Belongs here: reading and filling such a file. Not here: what the values are (a chapter), the sentences that never vary (its notebook).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes

from edition.numbers import wording
from edition.numbers.wording import Cited, Told

FOLDER = "sentences"
HEADING = re.compile(r"^## +(\S+) *$", re.MULTILINE)
# Around a number that knows its rows, while Jinja has it: characters that no text has
BEGIN, THEN, END = "\ue000", "\ue001", "\ue002"
MARKED = re.compile(f"{BEGIN}([^{THEN}]*){THEN}([^{END}]*){END}")


class SentenceError(ValueError):
    """A sentence cannot be said; one line with the file, the line or the sentence, what was found and what is allowed."""


class Sentences:
    """The sentences of a module.

    Attributes:
        file: where they stand.
    """

    def __init__(self, module: str) -> None:
        """Those of a chapter's module, by its full name."""
        package, name = module.partition(".")[0], module.rpartition(".")[2]
        self.file = Path(str(sys.modules[package].__file__)).parent / FOLDER / f"{name}.md"

    @cached_property
    def templates(self) -> dict[str, Template]:
        """The sentences as they are written, by name.

        Raises:
            SentenceError: the file is missing, has a name twice, or something that is no Jinja.
        """
        try:
            text = self.file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SentenceError(f"{self._place}: cannot be read ({error})") from error
        found: dict[str, Template] = {}
        heads = list(HEADING.finditer(text))
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            line = text.count("\n", 0, head.end()) + 1
            if head[1] in found:
                raise SentenceError(f"{self._place}, line {line}: {head[1]!r} stands there twice; allowed: once")
            found[head[1]] = self._compiled(text[head.end() : following.start() if following else None], line)
        return found

    def say(self, name: str, **values: Any) -> str:
        """One sentence.

        Raises:
            SentenceError: there is none of this name, a value that it needs is missing, or no variant fits.
        """
        if name not in self.templates:
            raise SentenceError(f"{self._place}: there is no sentence {name!r}; allowed: {', '.join(self.templates)}")
        try:
            return _with_rows(self.templates[name].render(values))
        except UndefinedError as error:
            raise SentenceError(f"{self._place}, {name}: {error}; given: {', '.join(values) or 'nothing'}") from error
        except SentenceError as error:
            raise SentenceError(f"{self._place}, {name}: {error}") from error

    def all(self, **values: Any) -> dict[str, str]:
        """Every sentence by its name; see `say`."""
        return {name: self.say(name, **values) for name in self.templates}

    @property
    def _place(self) -> str:
        return f"{FOLDER}/{self.file.name}"

    def _compiled(self, source: str, line: int) -> Template:
        try:
            tree = ENVIRONMENT.parse(source)
            for choice in [one for one in tree.find_all(nodes.If) if one.elif_ and not one.else_]:
                asked = {name.name for case in (choice, *choice.elif_) for name in case.test.find_all(nodes.Name)}
                values = [nodes.Keyword(name, nodes.Name(name, "load")) for name in sorted(asked)]
                call = nodes.Call(nodes.Name("no_variant", "load"), [], values, None, None)
                choice.else_ = [nodes.Output([call])]
                choice.set_lineno(choice.lineno).set_environment(ENVIRONMENT)
            return ENVIRONMENT.from_string(tree)
        except TemplateSyntaxError as error:
            raise SentenceError(f"{self._place}, line {line + error.lineno - 1}: {error.message}") from error


def _no_variant(**values: Any) -> str:
    found = ", ".join(f"{name} = {value!r}" for name, value in values.items())
    raise SentenceError(f"no variant for {found}; allowed: those that the file has")


def _marked(value: Any) -> Any:
    """A value as Jinja puts it into the sentence."""
    if isinstance(value, Told):
        return "".join(map(_marked, value.parts))
    return f"{BEGIN}{' '.join(value.rows)}{THEN}{value}{END}" if isinstance(value, Cited) else value


def _listing(items: Iterable[Any], word: str = "and") -> str:
    return wording.listing((str(_marked(item)) for item in items), word)


def _with_rows(text: str) -> str:
    """A filled sentence on one line, its marks turned back into numbers that know their rows."""
    line = re.sub(r" (?=[,.;:)])", "", re.sub(r"[ \n]+", " ", text).strip(" "))
    line = line.replace(" %", f"{wording.NBSP}%")
    parts: list[str] = []
    for n, piece in enumerate(MARKED.split(line)):
        if n % 3 == 2:
            parts[-1] = Cited.of(piece, *parts[-1].split())
        elif piece or n % 3 == 1:
            parts.append(piece)
    if len(parts) == 1:
        return parts[0]
    return Told.of(parts) if any(isinstance(part, Cited) for part in parts) else "".join(parts)


ENVIRONMENT = Environment(line_statement_prefix="%", undefined=StrictUndefined, finalize=_marked, autoescape=False)
ENVIRONMENT.globals = {"no_variant": _no_variant}
ENVIRONMENT.filters |= {
    "in_words": wording.in_words,
    "listing": _listing,
    "none_or_count": wording.none_or_count,
    "number": wording.number,
    "ordinal": wording.ordinal,
    "sentence_case": wording.sentence_case,
    "signed": wording.signed,
}
