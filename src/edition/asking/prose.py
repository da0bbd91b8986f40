"""The prose of a notebook as a reader outside the book meets it: each role of MyST in words, as plain Markdown.

    prose.fill_in("The total is {glue}`total`.", Texts({"total": "4"}, {"total": "3"}))
    # The total is <mark>4</mark> <small>(in the edition: 3)</small>.

The book fills the same roles in its own way (`edition.book`); the prose is written once, in the notebook. Belongs here: what
stands for a role or a directive. Not here: where it is shown (`reading`, `edition.build.ask`), or what the texts are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from edition.data import names

ROLE = re.compile(r"\{([\w:-]+)\}`([^`]+)`")
DIRECTIVE = re.compile(
    r"^(`{3,}|:{3,})\{([\w-]+)\} ?([^\n]*)\n((?::[\w-]+:[^\n]*\n)*)(.*?)\n?^\1[ ]*$", re.DOTALL | re.MULTILINE
)
TARGETED = re.compile(r"(.*?)\s*<(.+)>", re.DOTALL)
SPECIAL = re.compile(r"([\\`*_\[\]<>~$&|])")


@dataclass(frozen=True)
class Texts:
    """The computed texts of a chapter by name: as they are, and as the edition has them."""

    said: dict[str, str]
    usual: dict[str, str]

    def shown(self, name: str) -> str:
        """A text as Markdown; one that differs is marked, and says what it is in the edition."""
        now, usual = self.said.get(name, name), self.usual.get(name, "")
        if now == usual or name not in self.said:
            return plain(now)
        return changed(plain(now), plain(usual))


def fill_in(source: str, texts: Texts) -> str:
    """The prose as Markdown that every notebook shows."""
    return ROLE.sub(lambda found: _role(found[1], found[2], texts), DIRECTIVE.sub(_directive, source)).strip()


def changed(now: str, usual: str) -> str:
    """A text that differs from the edition's, marked."""
    return f"<mark>{now or '–'}</mark> <small>(in the edition: {usual or '–'})</small>"


def changed_parameters(
    chosen: Mapping[str, Any], edition: Mapping[str, Any], words: Callable[[str, Any, Any], str]
) -> str:
    """Which parameters are not the edition's; "" where all are.

    Args:
        words: what is said of one, from its name, its value and the edition's.
    """
    other = [words(name, value, edition[name]) for name, value in chosen.items() if value != edition.get(name, value)]
    return f"**Asked otherwise:** {'; '.join(other)}. What follows from that is <mark>marked</mark>." if other else ""


def glued(source: str) -> list[str]:
    """The names of the computed texts that the prose says, in order."""
    return [name for role, name in ROLE.findall(source) if role == "glue"]


def _directive(found: re.Match[str]) -> str:
    kind, heading, body = found[2], found[3], found[5]
    if kind == "only":  # for one form of the book
        return ""
    lines = [f"**{heading}**", "", *body.splitlines()] if heading else body.splitlines()
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _role(kind: str, content: str, texts: Texts) -> str:
    if kind == "glue":
        return texts.shown(content.rpartition("::")[2])
    words, target = found.groups() if (found := TARGETED.fullmatch(content)) else ("", content)
    told: dict[str, Callable[[str], str]] = {
        "numref": names.exhibit,
        "doc": lambda name: f"*{names.page(name)}*",
        "ref": lambda name: f"*{names.page(name)}*",
    }
    return words or told.get(kind, str)(target)


def plain(text: str) -> str:
    """A text that Markdown takes as it is."""
    return SPECIAL.sub(r"\\\1", text)
