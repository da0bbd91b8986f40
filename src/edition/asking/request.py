"""A YAML file in which a reader asks for something: read, and each way of getting it wrong in one line.

Belongs here: what the files of editions and of sweeps have in common. Not here: what each of them holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from edition import paths
from edition.asking.chapters import parameters
from edition.asking.notebook import defaults as defaults  # for whoever asks, beside what is asked
from edition.asking.parameters import Chapter, ParameterError


class AskedError(ValueError):
    """A file that cannot be used: the file, the key, the value and what is allowed."""


def read(file: Path, kind: str, keys: Sequence[str]) -> dict[str, Any]:
    """The file as a mapping with no other keys than those, `name` and `summary` among them as texts.

    Args:
        kind: what the file holds and where such files are, for the message that there is none.

    Raises:
        AskedError: it is missing or not of this form.
    """
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError):
        raise AskedError(f"{file}: there is no such file; allowed: {kind}") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise AskedError(f"{file}: {' '.join(str(error).split())}; allowed: YAML in UTF-8") from None
    said = mapping(file, "top", said)
    if unknown := set(said) - set(keys):
        raise fault(file, "top", sorted(map(str, unknown))[0], ", ".join(keys))
    for key in ("name", "summary"):
        if not isinstance(said.get(key), str) or not said[key].strip():
            raise fault(file, key, said.get(key), "a text")
    return said


def mapping(file: Path, key: str, value: Any) -> dict[str, Any]:
    """A value that has to be names with values."""
    if not isinstance(value, dict):
        raise fault(file, key, value, "names with values")
    return value


def per_chapter(file: Path, value: Any) -> dict[str, Any]:
    """A value that has to name chapters that have parameters, with something for each."""
    said = mapping(file, "chapters", value)
    known = parameters()
    if unknown := set(said) - set(known):
        raise fault(file, "chapters", sorted(map(str, unknown))[0], ", ".join(known))
    return {str(name): mapping(file, f"chapters, {name}", values) for name, values in said.items()}


def check(file: Path, chapter: str, given: Iterable[dict[str, Any]]) -> list[Chapter]:
    """A chapter's parameter sets: in each what is given, and its notebook's own for the rest."""
    model, usual = parameters()[chapter], defaults(paths.root() / "notebooks" / f"{chapter}.ipynb")
    try:
        return [model.check(usual | values) for values in given]
    except ParameterError as error:
        raise AskedError(f"{file}, chapter {chapter}: {error}") from None


def fault(file: Path, key: str, value: Any, allowed: str) -> AskedError:
    """The error for a value that cannot be used."""
    return AskedError(f"{file}, {key}: {value!r}; allowed: {allowed}")
