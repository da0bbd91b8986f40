"""What a notebook says, shown where it runs: the prose around each code cell, filled in.

    reading.begin("islanders", {"scholar": "harrow"})       # `Chapter.read` does this in a notebook's first code cell

In Jupyter a sentence stands with the names of its numbers and not with the numbers. So, in whatever runs the cells
(JupyterLab, VS Code, a browser, papermill), each code cell shows before its exhibit the prose that stands before it in the notebook's
file, and the last one shows the rest after it. What differs from the edition's own values is marked. The outputs are glued, as
`numbers.glue` has it, under names that no sentence uses, so that a page of the book shows none of them.
Belongs here: when it is shown. Not here: what stands for a role (`prose`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display
from IPython.utils.capture import capture_output

from edition.asking import cell, notebook, prose
from edition.numbers import glue

# The exhibit of the cell that runs as the edition has it, by its id; none where nothing is asked otherwise
USUAL: dict[str, Any] = {}
NAME, PREFIX = "prose", "text/"
Words = Callable[[str, Any, Any], str]
# JupyterLab, Notebook and what nbconvert makes of them: prose that stands filled in below is shown as it is written only where its
# cell is chosen; of that above the first exhibit the title stays. What knows nothing of these styles, as VS Code, shows both, and
# says so.
TWICE = """<p class="edition-twice"><small>A paragraph with names in place of numbers stands with its numbers beneath the code \
nearest to it. VS Code shows figures and tables only in a folder that it is told to trust.</small></p>"""
STYLE = """<style>
.jp-OutputArea .edition-twice,
.jp-MarkdownCell:is(:has(+ .jp-CodeCell .edition-before), :has(+ .jp-MarkdownCell + .jp-CodeCell .edition-before)):not(.jp-mod-active) .jp-MarkdownOutput,
.jp-CodeCell:has(.edition-after) ~ .jp-MarkdownCell:not(.jp-mod-active) .jp-MarkdownOutput,
.jp-MarkdownCell:has(~ .jp-CodeCell .edition-first):not(.jp-CodeCell ~ *, .jp-mod-active) .jp-MarkdownOutput > :not(h1)
{ display: none; }
</style>"""
TITLE = re.compile(r"\A# .+\n*")


@dataclass
class _Reading:
    """The chapter that a shell reads, and how far it has come.

    Attributes:
        begun: chapter, parameters and their words of a cell that is running and has asked for it.
        chapter, texts: what is read now; "" for nothing.
        told, at: the cell that told the texts; the one that ran last.
        usual: the names of that cell with the edition's parameters; none where they are the same.
    """

    begun: tuple[str, dict[str, Any], Words] | None = None
    chapter: str = ""
    texts: prose.Texts = field(default_factory=lambda: prose.Texts({}, {}))
    told: int = -1
    at: int = -1
    usual: dict[str, Any] = field(default_factory=dict)

    def before(self, info: Any) -> None:
        """Show the prose before a cell that is about to run; that before the first exhibit came with the texts."""
        cells = self._cells()
        self.at = _place(cells, info, self.at)
        if 0 <= self.told < self.at:
            self._see_usual(cells[self.at])
            above = max(n for n, one in enumerate(cells[: self.at]) if one.code)
            _show(self.at, "before", [one.source for one in cells[above + 1 : self.at]], self.texts)

    def after(self, result: Any) -> None:
        """Begin with the chapter that a cell which has run asked for; after the last cell, show the rest."""
        begun, self.begun = self.begun, None
        if begun and result.success:
            self._begin(result.info, *begun)
        below = self._cells()[self.at + 1 :]
        if 0 <= self.told <= self.at and result.success and not any(one.code for one in below):
            _show(self.at, "after", [one.source for one in below], self.texts)

    def _begin(self, info: Any, chapter: str, chosen: dict[str, Any], words: Words) -> None:
        self.chapter = chapter
        cells, said = self._cells(), dict(glue.TOLD)
        self.told = self.at = _place(cells, info, -1)
        if self.told < 0:  # a cell that is none of the chapter's
            return
        edition = notebook.edition(notebook.file_of(chapter))
        self.usual = {} if chosen == edition else {"__name__": "__main__", **edition}
        self._see_usual(cells[self.told])
        self.texts = prose.Texts(said, dict(glue.TOLD))
        above = [TITLE.sub("", one.source) for one in cells[: self.told] if not one.code]
        _show(self.told, "first", [STYLE, TWICE, prose.changed_parameters(chosen, edition, words), *above], self.texts)

    def _see_usual(self, told: notebook.Cell) -> None:
        """Run a cell with the edition's parameters too, where they are others; what it shows is kept, and not shown."""
        USUAL.clear()
        if self.usual:
            with capture_output():
                shown = cell.value(told.source, "with the edition's parameters", self.usual)
            if hasattr(shown, "id"):
                USUAL[shown.id] = shown
            self.begun = None

    def _cells(self) -> list[notebook.Cell]:
        file = notebook.file_of(self.chapter)
        return notebook.cells(file) if self.chapter and file.is_file() else []


_READING = _Reading()


def begin(chapter: str, chosen: dict[str, Any], words: Words = lambda name, value, usual: "") -> None:
    """Read a chapter in the shell that runs the cell which asks for it; elsewhere nothing comes of it.

    Args:
        chosen: its parameters, by name.
        words: what is said of one that is not the edition's, from its name, its value and the edition's.
    """
    _READING.begun = chapter, chosen, words
    if shell := get_ipython():
        shell.events.register("pre_run_cell", _READING.before)
        shell.events.register("post_run_cell", _READING.after)


def _place(cells: list[notebook.Cell], info: Any, last: int) -> int:
    """Which cell runs, by its id, where a shell tells that, or its source; the next one after the last; -1 for none."""
    name, source = getattr(info, "cell_id", None), info.raw_cell.strip()
    found = [n for n, one in enumerate(cells) if one.code and (one.id == name or one.source.strip() == source)]
    return min(found, key=lambda n: (n <= last, n), default=-1)


def _show(place: int, where: str, sources: list[str], texts: prose.Texts) -> None:
    shown = "\n\n".join(filter(None, (prose.fill_in(source, texts) for source in sources)))
    if shown:
        marked = f'<div class="edition-{where}">\n\n{shown}\n\n</div>'
        metadata = {"scrapbook": {"name": f"{NAME}-{place}-{where}", "mime_prefix": PREFIX}}
        display({"text/markdown": marked}, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]
