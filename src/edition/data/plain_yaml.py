"""YAML of which no reader can take a word otherwise than its writer: read, or refused in one line.

    plain_yaml.read(Path("editions/lower-bounds.yml"))      # what it holds: texts, numbers, true or false, lists, names with values

YAML 1.1, which PyYAML reads, takes `010` for 8, `1:30` for 90, `no` for false, and of a key that is written twice the
last; YAML 1.2 reads some of these otherwise. What the two do not read alike is refused, and so is what no such file
needs: aliases, tags, nesting without end. Belongs here: what may be written. Not here: what a file has to hold.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import yaml

DEPTH = 20  # lists and names with values within one another; a book's contents have five
NUMBER = re.compile(r"[-+]?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
BOOLEAN = ("true", "false")
TAG = "tag:yaml.org,2002:"


class PlainYamlError(ValueError):
    """A file that cannot be read in one way only: its name, the line, what stands there and what is allowed."""


def read(file: Path) -> Any:
    """What a file holds; a date is a text.

    Raises:
        PlainYamlError: it is not UTF-8, not YAML, or not plain.
        OSError: it cannot be opened.
    """
    try:
        text = file.read_text(encoding="utf-8")
        return yaml.load(text, _Loader)
    except _Fault as error:
        raise PlainYamlError(f"{file}, {error}") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        told = [said for name in ("context", "problem") if (said := getattr(error, name, None))]
        said = ", ".join(told) or " ".join(str(error).split())
        raise PlainYamlError(f"{file}{where}: {said}; allowed: YAML in UTF-8") from None


class _Fault(Exception):
    """What is wrong with a file, from its line on."""

    def __init__(self, mark: Any, found: str, allowed: str) -> None:
        super().__init__(f"line {mark.line + 1}: {found}; allowed: {allowed}")


class _Loader(yaml.SafeLoader):
    """PyYAML's own, which refuses what is not plain."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise _Fault(
                event.start_mark, f"an anchor or alias, {event.anchor!r}", "each value written where it stands"
            )
        if getattr(event, "tag", None) is not None:
            raise _Fault(event.start_mark, f"a tag, {event.tag!r}", "values without one")
        self.depth += 1
        if self.depth > DEPTH:
            raise _Fault(event.start_mark, f"more than {DEPTH} lists and names within one another", f"up to {DEPTH}")
        node = super().compose_node(parent, index)
        self.depth -= 1
        if isinstance(node, yaml.MappingNode):
            _keys(node)
        elif isinstance(node, yaml.SequenceNode):
            _no_decimal_comma(node)
        elif isinstance(node, yaml.ScalarNode) and node.style is None:
            _scalar(node)
        return node


def _keys(node: yaml.MappingNode) -> None:
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if key.tag != f"{TAG}str":
            begin, end = key.start_mark, key.end_mark
            written = begin.buffer[begin.pointer : end.pointer]
            raise _Fault(begin, f"{written!r} stands as a name and is no text", "a text, in quotes if need be")
        if key.value in lines:
            found = f"{key.value!r} is written twice, first in line {lines[key.value]}"
            raise _Fault(key.start_mark, found, "each name once")
        lines[key.value] = key.start_mark.line + 1


def _no_decimal_comma(node: yaml.SequenceNode) -> None:
    """`[0,5]` is a list of two numbers, and looks like one with a decimal comma."""
    for one, other in zip(node.value, node.value[1:], strict=False):
        both = f"{getattr(one, 'value', '')},{getattr(other, 'value', '')}"
        if re.fullmatch(r"[-+]?\d+,\d+", both) and one.end_mark.index + 1 == other.start_mark.index:
            raise _Fault(
                one.start_mark,
                f"{both!r} in a list",
                "a decimal point, or a blank after the comma that parts two numbers",
            )


def _scalar(node: yaml.ScalarNode) -> None:
    """A word without quotes is what it looks like."""
    written, kind = node.value, node.tag.removeprefix(TAG)
    if kind in ("int", "float") and not NUMBER.fullmatch(written):
        raise _Fault(
            node.start_mark,
            f"{written!r} can be read as more than one number",
            "decimal digits, a point where need be, or a text in quotes",
        )
    if kind == "bool" and written not in BOOLEAN:
        raise _Fault(
            node.start_mark,
            f"{written!r} can be read as a text or as true or false",
            "true, false, or a text in quotes",
        )
    if kind == "timestamp":
        try:
            datetime.date.fromisoformat(written)
        except ValueError:
            raise _Fault(
                node.start_mark, f"{written!r} is no date", "year-month-day as in the calendar, or a text in quotes"
            ) from None
        node.tag = f"{TAG}str"
