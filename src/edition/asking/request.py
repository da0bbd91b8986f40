"""A YAML file in which a reader asks for something: read, and each way of getting it wrong in one line.

Belongs here: what the files of editions and of sweeps have in common. Not here: what each of them holds.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from edition import paths
from edition.asking.chapters import parameters
from edition.asking.notebook import defaults as defaults  # for whoever asks, beside what is asked
from edition.asking.parameters import Chapter, ParameterError
from edition.data import plain_yaml
from edition.data.nearest import nearest

NAMES = "names with values"  # the form of what an edition says of its chapters


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
        said = plain_yaml.read(file)
    except (FileNotFoundError, IsADirectoryError):
        raise AskedError(f"{file}: there is no such file; allowed: {kind}") from None
    except plain_yaml.PlainYamlError as error:
        raise AskedError(str(error)) from None
    said = mapping(file, "top", said)
    known(file, "top", said, keys)
    for key in ("name", "summary"):
        text = said.get(key)
        if not isinstance(text, str) or not text.strip():
            raise fault(file, key, text, "a text")
        if unseen := {character for character in text.strip() if unicodedata.category(character)[0] in "CZ"} - {" "}:
            raise fault(file, key, text, f"a text in one line, without {' or '.join(sorted(map(ascii, unseen)))}")
        said[key] = text.strip()
    return said


def mapping(file: Path, key: str, value: Any, allowed: str = NAMES) -> dict[str, Any]:
    """A value that has to be names with values; `allowed` says what they are."""
    if not isinstance(value, dict) or not value:
        raise fault(file, key, value, allowed)
    return value


def known(file: Path, key: str, names: Iterable[str], allowed: Iterable[str]) -> None:
    """Refuse a name that is none of those allowed, with the one it is most like."""
    for name in sorted(set(names) - set(allowed)):
        raise fault(file, key, name, f"{', '.join(allowed)}{nearest(name, allowed)}")


def slug(file: Path, folder: str) -> str:
    """What stands for a file in the names of folders and in addresses: its name, if it lies in the edition's own folder.

    One that lies elsewhere, or whose name holds more than letters, digits, points and dashes, is told apart by a hash of
    where it lies, so that two files never share a folder.
    """
    root, here = paths.root(), file.resolve()
    plain = re.sub(r"[^a-z0-9._-]+", "-", file.stem, flags=re.I | re.A).strip("-.")
    if here == root / folder / f"{plain}.yml":
        return plain
    place = hashlib.sha256(os.path.relpath(here, root).encode()).hexdigest()[:8]
    return f"{plain}-{place}" if plain else place


def per_chapter(file: Path, value: Any, allowed: str = NAMES) -> dict[str, Any]:
    """A value that has to name chapters that have parameters, with something for each."""
    said = mapping(file, "chapters", value, allowed)
    known(file, "chapters", said, parameters())
    return {name: mapping(file, f"chapters, {name}", values) for name, values in said.items()}


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
