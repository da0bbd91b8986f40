"""An edition under other assumptions: a name, and the parameters in which it differs from the default one.

    variant = editions.load(Path("editions/lower-bounds.yml"))
    variant.given("uzbekistan")        # {"bound": "lowest"}

The file holds `name`, `summary` and, each as needed, `everywhere` (parameters for all chapters that have them),
`chapters` (parameters for one), `sources` (a folder with a source of the reader's own, see `added`).
Belongs here: reading and checking that file, and saying how a chapter differs. Not here: what a parameter may be
(`parameters`), or how a book is made (`Snakefile`).
"""

from __future__ import annotations

import ast
import json
import os
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis import paths
from analysis.added import FOLDER as ADDED
from analysis.parameters import Chapter, ParameterError, chapters

CHOSEN = "EDITION"  # environment variable: the file of the edition that is being made; the default one without it
KEYS = ("name", "summary", "everywhere", "chapters", "sources")


class EditionError(ValueError):
    """An edition's file that cannot be used: the file, the key, the value and what is allowed."""


@dataclass(frozen=True)
class Variant:
    """An edition other than the default one.

    Attributes:
        slug: name of its file without the ending, and of its folder.
        parameters: chapter → the values it is given.
        sources: folder with a source of the reader's own; None without one.
    """

    slug: str
    name: str
    summary: str
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    sources: Path | None = None

    def given(self, chapter: str) -> dict[str, Any]:
        """The values that a chapter is given, by parameter."""
        return self.parameters.get(chapter, {})

    def differences(self, chapter: str, root: Path) -> list[tuple[str, Any, Any]]:
        """Parameters of a chapter that differ from its own defaults: name, value here, default."""
        usual = defaults(root / "notebooks" / f"{chapter}.ipynb")
        return [(name, value, usual[name]) for name, value in self.given(chapter).items() if value != usual[name]]


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


def home(variant: Variant | None) -> str:
    """The folder in which an edition is made."""
    return f"_build/editions/{variant.slug}" if variant else "_build"


def defaults(notebook: Path) -> dict[str, Any]:
    """A chapter's own parameters, from the cell of its notebook that is tagged so; empty where there is none."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = ["".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    lines = [node for source in tagged for node in ast.parse(source).body if isinstance(node, ast.AnnAssign)]
    return {node.target.id: ast.literal_eval(node.value) for node in lines}  # type: ignore[union-attr,arg-type]


@cache
def load(file: Path) -> Variant:
    """An edition from its file, each of its values checked before anything runs.

    Raises:
        EditionError: the file is missing or not of this form, or a chapter, parameter or value does not exist.
    """
    known = chapters()
    said = _read(file)
    own = {name: _mapping(file, f"chapters, {name}", values) for name, values in said["chapters"].items()}
    if unknown := set(own) - set(known):
        raise _error(file, "chapters", sorted(unknown)[0], ", ".join(known))
    declared = {name for model in known.values() for name in model.model_fields}
    if unknown := set(said["everywhere"]) - declared:
        raise _error(file, "everywhere", sorted(unknown)[0], ", ".join(sorted(declared)))
    parameters = {
        chapter: {name: value for name, value in said["everywhere"].items() if name in model.model_fields}
        | own.get(chapter, {})
        for chapter, model in known.items()
    }
    for chapter, values in parameters.items():
        _check(file, chapter, known[chapter], values)
    return Variant(
        file.stem,
        said["name"],
        said["summary"],
        {chapter: values for chapter, values in parameters.items() if values},
        _folder(file, said["sources"]),
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError):
        raise EditionError(
            f"{file}: there is no such file; allowed: a file of an edition, e.g. editions/*.yml"
        ) from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise EditionError(f"{file}: {' '.join(str(error).split())}; allowed: YAML in UTF-8") from None
    said = _mapping(file, "top", said)
    if unknown := set(said) - set(KEYS):
        raise _error(file, "top", sorted(map(str, unknown))[0], ", ".join(KEYS))
    for key in ("name", "summary"):
        if not isinstance(said.get(key), str) or not said[key].strip():
            raise _error(file, key, said.get(key), "a text")
    return (
        said
        | {key: _mapping(file, key, said.get(key) or {}) for key in ("everywhere", "chapters")}
        | {"sources": said.get("sources")}
    )


def _mapping(file: Path, key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _error(file, key, value, "names with values")
    return value


def _check(file: Path, chapter: str, model: type[Chapter], values: dict[str, Any]) -> None:
    try:
        model.check(defaults(paths.root() / "notebooks" / f"{chapter}.ipynb") | values)
    except ParameterError as error:
        raise EditionError(f"{file}, chapter {chapter}: {error}") from None


def _folder(file: Path, name: Any) -> Path | None:
    if name is None:
        return None
    folder = file.parent / str(name)
    if not folder.is_dir():
        raise _error(file, "sources", name, "a folder, named from where this file lies")
    return folder


def _error(file: Path, key: str, value: Any, allowed: str) -> EditionError:
    return EditionError(f"{file}, {key}: {value!r}; allowed: {allowed}")


def main() -> None:
    """The command line: the folder of the edition whose file is given, of the default one without; one clear error."""
    try:
        print(home(load(Path(sys.argv[1])) if len(sys.argv) > 1 else None))
    except EditionError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
