"""The words of a chapter that stand in no notebook, each sentence whole, in a file: `sentences/islanders.md` beside `chapters`.

    SAY = Sentences(__name__)                                   # in the chapter's module
    SAY.all(scholar="harrow", sum=cite(tables.numbers, "t1-all-harrow"), islands=2)      # every sentence by its name
    Table(**SAY.exhibit("tbl-islanders", numbers=12), source=…, data=…, shown=…)         # all that an exhibit says

The file is written for an editor: a heading `## name` for each sentence, below it the sentence, with `{{ sum }}` for a value. Where it
depends on a value, its variants stand below each other:

    % if scholar == "harrow"
    Harrow counted {{ sum }} on {{ islands | in_words }} islands.
    % elif scholar == "quill"
    Quill did not count, and names {{ sum }}.
    % endif

Under the id of an exhibit stands all that it says, each part behind its name (`PARTS`), and a note for each paragraph:

    ## tbl-islanders

    title: {{ numbers | with_noun("number") }} on two islands
    subtitle: Islanders by island and scholar
    caption: Every number of the paper.
    note: Each scholar printed one number for an island.

What precedes the first heading is for the reader of the file. It is Jinja, with two rules of our own: choices by `elif` that end without
`else` must meet one of their cases, and a number that knows its row (`wording.Cited`) still does within the sentence (`wording.Told`).
Belongs here: reading and filling such a file. Not here: what the values are (a chapter), the text between exhibits (its notebook).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cached_property
from itertools import filterfalse
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes

from edition.numbers import wording
from edition.numbers.wording import Cited, Told

FOLDER = "sentences"
HEADING = re.compile(r"^## +(\S+) *$", re.MULTILINE)
# By how the id of a figure, of a table begins: its parts, and what each is called in Python
PARTS = {
    "fig-": {
        "title": "title",
        "subtitle": "subtitle",
        "caption": "caption",
        "alternative text": "alt",
        "note": "notes",
    },
    "tbl-": {"title": "title", "subtitle": "subtitle", "caption": "caption", "note": "remarks"},
}
NOTE = "note"  # the one part of which there may be none, or several
PART = re.compile(r"^([a-z]+(?: [a-z]+)?):", re.MULTILINE)
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
            source = text[head.end() : following.start() if following else None]
            if kind := _kind(head[1]):
                self._check(kind, head[1], source, line)
            found[head[1]] = self._compiled(source, line)
        return found

    def say(self, name: str, **values: Any) -> str:
        """One sentence.

        Raises:
            SentenceError: there is none of this name, a value that it needs is missing, or no variant fits.
        """
        return _with_rows(self._filled("sentence", name, values))

    def all(self, *names: str, **values: Any) -> dict[str, str]:
        """The sentences of these names, by name; if none is named every one, without the words of exhibits. See `say`."""
        return {name: self.say(name, **values) for name in names or filterfalse(_kind, self.templates)}

    def exhibit(self, name: str, **values: Any) -> dict[str, Any]:
        """All that a figure or a table says, by the names that `Picture` and `Table` have for it, with its id; each part begins with a
        capital.

        Args:
            name: the id under which it stands. For exhibits of several places or chapters that share their words it is a name for all
                of them; `| {"id": …}` gives each its own.
            values: those that its words need. A note that comes out empty is none.

        Raises:
            SentenceError: as `say`; or a part other than a note comes out empty, or twice.
        """
        text, parts = self._filled("exhibit", name, values), PARTS[_kind(name)]
        _, *pieces = re.split(f"^({'|'.join(parts)}):", text, flags=re.MULTILINE)
        said: dict[str, list[str]] = {part: [] for part in parts}
        for part, words in zip(pieces[::2], pieces[1::2], strict=True):
            said[part] += filter(None, [wording.sentence_case(_with_rows(words))])
        for part, found in said.items():
            if part != NOTE and len(found) != 1:
                told = f"{part} is said {len(found)} times" if found else f"{part} says nothing"
                raise SentenceError(f"{self._place}, {name}: {told}; allowed: once")
        notes = {parts[NOTE]: tuple(said.pop(NOTE))}
        return {"id": name} | {parts[part]: words for part, (words,) in said.items()} | notes

    @property
    def _place(self) -> str:
        return f"{FOLDER}/{self.file.name}"

    def _filled(self, what: str, name: str, values: dict[str, Any]) -> str:
        """The text under a heading with its values, a number that knows its rows still marked."""
        known = [one for one in self.templates if bool(_kind(one)) == (what == "exhibit")]
        if name not in known:
            raise SentenceError(f"{self._place}: there is no {what} {name!r}; allowed: {', '.join(known) or 'none'}")
        try:
            return self.templates[name].render(values)
        except UndefinedError as error:
            raise SentenceError(f"{self._place}, {name}: {error}; given: {', '.join(values) or 'nothing'}") from error
        except SentenceError as error:
            raise SentenceError(f"{self._place}, {name}: {error}") from error

    def _check(self, kind: str, name: str, source: str, line: int) -> None:
        """That the words of an exhibit are its parts, as they are written."""
        allowed = f"allowed: {', '.join(PARTS[kind])}, each at the beginning of a line and before a colon"
        for found in PART.finditer(source):
            if found[1] not in PARTS[kind]:
                at = line + source.count("\n", 0, found.start())
                raise SentenceError(f"{self._place}, line {at}, {name}: there is no part {found[1]!r}; {allowed}")
        written = PART.findall(source)
        if missing := [part for part in PARTS[kind] if part != NOTE and part not in written]:
            raise SentenceError(f"{self._place}, line {line}, {name}: {missing[0]} is missing; {allowed}")
        if stray := re.sub(r"^%.*$", "", PART.split(source)[0], flags=re.MULTILINE).split():
            raise SentenceError(f"{self._place}, line {line}, {name}: {stray[0]!r} is in no part; {allowed}")

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


def _kind(name: str) -> str:
    """How the id of an exhibit begins; "" for the name of a sentence."""
    return next((kind for kind in PARTS if name.startswith(kind)), "")


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
    line = re.sub(r"(?<=\w)'", "’", line.replace(" %", f"{wording.NBSP}%"))
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
    "out_of": wording.out_of,
    "sentence_case": wording.sentence_case,
    "signed": wording.signed,
    "span": wording.span,
    "with_noun": wording.with_noun,
}
