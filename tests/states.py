"""Every chapter in every state that is tried, and what no text may say in any of them. A new chapter is in it by itself."""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache
from typing import Any

import nbformat

from analysis.tables import Tables
from edition.asking import chapters, editions, notebook
from edition.asking.states import states
from edition.exhibits.exhibit import CAPTION, TITLE, Exhibit, Picture, Table
from tests.conftest import ROOT

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
EDITIONS = sorted((ROOT / "editions").glob("*.yml"))
UNGRAMMATICAL = [
    r"\b(1|one) (hosts|numbers|points|countries|rows|answers|moves|stages|years)\b",
    r"\bnan\b|(?<=[a-z,;:(–] )None\b|  |\.\.|, ,|\( ?\)|\{glue\}",
    r"\bbetween (\S+) and \1\b|\b(\d{4}) to \2\b|between ([\d,]+) and \3(?!\d)",
    r"(?<=[ (])-\d|(?<![\w–])-\d|about −",  # a hyphen for a minus; a loss that is told as about
    r"\b(in|for|of|over|to) (USA|Netherlands|CIS)\b",
    r"\b0 of\b|\bone largest\b|\babout 0(?![\d.])|at least 0\.00",
]


def usual(chapter: str) -> dict[str, Any]:
    """The parameters of a chapter's notebook; none for a chapter without."""
    return notebook.defaults(ROOT / "notebooks" / f"{chapter}.ipynb")


@cache
def of(chapter: str) -> list[dict[str, Any]]:
    """The states of a chapter, the one of its notebook first, those of the editions last; one without parameters has one."""
    model = chapters.parameters().get(chapter)
    if not model:
        return [{}]
    tried = states(model, usual(chapter))
    shipped = [usual(chapter) | editions.load(file).parameters_of(chapter) for file in EDITIONS]
    return [*tried, *(state for n, state in enumerate(shipped) if state not in [*tried, *shipped[:n]])]


def findings(tables: Tables, chapter: str, state: dict[str, Any]) -> dict[str, str]:
    """What the chapter's sentences say in a state."""
    function = chapters.module(chapter).findings
    takes = inspect.signature(function).parameters
    model = chapters.parameters().get(chapter)
    given = {"tables": tables, "chosen": model.check(state) if model else None}
    said: dict[str, str] = function(*(given[name] for name in takes))
    return said


def exhibits(tables: Tables, chapter: str, state: dict[str, Any]) -> list[Exhibit]:
    """The exhibits that the chapter's notebook shows, in a state, undrawn."""
    model = chapters.parameters().get(chapter)
    space: dict[str, Any] = {"tables": tables, "chosen": model.check(state) if model else None}
    of_state, found = {"chosen"}, []  # names whose value depends on the state
    for cell in nbformat.read(ROOT / "notebooks" / f"{chapter}.ipynb", as_version=4).cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            for node in ast.parse(cell.source).body:
                varies = bool(of_state & {name.id for name in ast.walk(node) if isinstance(name, ast.Name)})
                sets = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) not in space
                if sets or isinstance(node, ast.Import | ast.ImportFrom):
                    exec(ast.unparse(node), space)
                    of_state |= {ast.unparse(node.targets[0])} if isinstance(node, ast.Assign) and varies else set()
                elif isinstance(node, ast.Expr) and not ast.unparse(node).startswith(("tell(", "export(")):
                    key = tables, chapter, ast.unparse(node)
                    value = eval(key[-1], space) if varies or key not in _IN_EVERY_STATE else _IN_EVERY_STATE[key]
                    _IN_EVERY_STATE.update({} if varies else {key: value})
                    found.append(value)
    return [one for one in found if isinstance(one, Exhibit)]


_IN_EVERY_STATE: dict[tuple[Tables, str, str], object] = {}  # what a cell shows that asks nothing of the parameters


def told(exhibit: Exhibit) -> list[str]:
    """Title, subtitle, caption and notes of an exhibit."""
    notes = exhibit.remarks if isinstance(exhibit, Table) else exhibit.notes if isinstance(exhibit, Picture) else ()
    return [exhibit.title, exhibit.subtitle, exhibit.caption, *notes]


def told_short(exhibit: Exhibit) -> None:
    """An exhibit says what was found above itself, and how it is read below, in as many words as a reader takes in."""
    title, subtitle, caption, *_ = told(exhibit)
    assert title and subtitle and caption, exhibit.id
    assert len(title.split()) <= TITLE and len(caption.split()) <= CAPTION, (exhibit.id, title, caption)
    assert title[0] == title[0].upper() and not title.endswith(".") and not subtitle.endswith("."), (exhibit.id, title)
    assert caption.rstrip().endswith("."), (exhibit.id, caption)


def cells(exhibit: Exhibit) -> str:
    """The cells of a table, one after the other; "" for a figure."""
    return " | ".join(exhibit.shown.astype("str").to_numpy().ravel()) if isinstance(exhibit, Table) else ""


def page(chapter: str, said: dict[str, str]) -> str:
    """The prose of the chapter's page with its sentences filled in; code is no prose."""
    cells = nbformat.read(ROOT / "notebooks" / f"{chapter}.ipynb", as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    text = re.sub(r"\{glue\}`([^`:]*)`", lambda match: said[match[1]], text)
    text = re.sub(r"\{glue\}`[^`]*::([^`]*)`", r"\1", text)  # told by another chapter
    return re.sub(r"```\n.*?```|^ {4}.*$|`[^`]*`", "code", text, flags=re.DOTALL | re.MULTILINE)


def faults(text: str) -> list[str]:
    """What is wrong with a text: the rules that it breaks, with the words that do."""
    return [f"{rule}: {found[0]}" for rule in UNGRAMMATICAL if (found := re.search(rule, text))]
