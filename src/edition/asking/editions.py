"""An edition under other assumptions: a name, and the parameters in which it differs from the default one.

    variant = editions.load(Path("editions/lower-bounds.yml"))
    variant.parameters_of("islanders")  # {"bound": "lowest"}

The file holds `name`, `summary` and, each as needed, `by` (who made it), `everywhere` (parameters for all chapters that have them),
`chapters` (parameters for one), `sources` (a folder with a source of the reader's own, see `data.own_sources`).
Belongs here: what that file holds, and saying how a chapter differs. Not here: what a parameter may be
(`parameters`), or how a book is made (`workflow/Snakefile`).
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from edition.asking import notebook, request
from edition.asking.chapters import parameters as declared_by_chapter
from edition.data import own_sources
from edition.data.own_sources import FOLDER as ADDED

CHOSEN = "EDITION"  # environment variable: the file of the edition that is being made; the default one without it
FOLDER = "editions"  # where the paper's own lie
KEYS = ("name", "summary", "by", "everywhere", "chapters", "sources")


EditionError = request.AskedError


@dataclass(frozen=True)
class Variant:
    """An edition other than the default one.

    Attributes:
        slug: name of its folder, see `request.slug`.
        parameters: chapter → the values it is given.
        sources: folder with a source of the reader's own; None without one.
        by: who made it, for its citations; "" where nobody is named.
    """

    slug: str
    name: str
    summary: str
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    sources: Path | None = None
    by: str = ""

    def parameters_of(self, chapter: str) -> dict[str, Any]:
        """The values that a chapter is given, by parameter."""
        return self.parameters.get(chapter, {})

    def differences(self, chapter: str, root: Path) -> list[tuple[str, Any, Any]]:
        """Parameters of a chapter that differ from its own defaults: name, value here, default."""
        usual = notebook.defaults(root / "notebooks" / f"{chapter}.ipynb")
        return [
            (name, value, usual[name]) for name, value in self.parameters_of(chapter).items() if value != usual[name]
        ]


def current() -> Variant | None:
    """The edition that is being made, by the environment; None for the default one."""
    file = os.environ.get(CHOSEN)
    return load(Path(file)) if file else None


def enter(file: str | None) -> None:
    """Let this process and those it starts make the edition of a file; the default one without a file.

    Raises:
        EditionError: the file cannot be used.
    """
    for name in (CHOSEN, ADDED):
        os.environ.pop(name, None)
    if file:
        os.environ[CHOSEN] = str(Path(file).resolve())
        if folder := load(Path(file)).sources:
            os.environ[ADDED] = str(folder.resolve())


def of_command_line(parser: argparse.ArgumentParser, arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line of a program that makes something of an edition, and enter that edition; one clear error.

    To what the parser asks for it adds `build`, the folder in which the edition is made, and `--edition`, its file.
    """
    parser.add_argument("build", type=Path)
    parser.add_argument("--edition", help="file of an edition")
    given = parser.parse_args(arguments)
    try:
        enter(given.edition)
    except EditionError as error:
        sys.exit(str(error))
    return given


def home(variant: Variant | None) -> str:
    """The folder in which an edition is made."""
    return f"_build/editions/{variant.slug}" if variant else "_build"


@cache
def load(file: Path) -> Variant:
    """An edition from its file, each of its values checked before anything runs.

    Raises:
        EditionError: the file is missing or not of this form, or a chapter, parameter or value does not exist.
    """
    said = request.read(file, "a file of an edition, e.g. editions/*.yml", KEYS)
    by = said.get("by", "")
    if not isinstance(by, str) or ("by" in said and not by.strip()):
        raise request.fault(file, "by", by, "a text: who made the edition")
    known = declared_by_chapter()
    own = request.per_chapter(file, said["chapters"]) if "chapters" in said else {}
    everywhere = request.mapping(file, "everywhere", said["everywhere"]) if "everywhere" in said else {}
    declared = {name for model in known.values() for name in model.model_fields}
    request.known(file, "everywhere", everywhere, sorted(declared))
    parameters = {
        chapter: {name: value for name, value in everywhere.items() if name in model.model_fields}
        | own.get(chapter, {})
        for chapter, model in known.items()
    }
    for chapter, values in parameters.items():
        request.check(file, chapter, [values])
    return Variant(
        request.slug(file, FOLDER),
        said["name"],
        said["summary"],
        {chapter: values for chapter, values in parameters.items() if values},
        folder(file, said),
        by,
    )


def folder(file: Path, said: dict[str, Any]) -> Path | None:
    """The folder with a source of one's own that a file names from where it lies; None where it names none.

    Raises:
        EditionError: there is no such folder, or it holds no table.
    """
    if "sources" not in said:
        return None
    name = said["sources"]
    if not isinstance(name, str) or not name.strip() or not (file.parent / name).is_dir():
        raise request.fault(file, "sources", name, "a folder, named from where this file lies")
    if not own_sources.files(file.parent / name):
        raise request.fault(file, "sources", name, "a folder with tables; this one holds none")
    return file.parent / name


def main() -> None:
    """The command line: the folder of the edition that is being made; one clear error."""
    try:
        print(home(current()))
    except EditionError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
