"""Whether what a step made is still as it made it.

    intact.note(Path("_build"), "notebooks/islanders", [Path("_build/book/notebooks/islanders.ipynb"), …])
    intact.lost(Path("_build"), "notebooks/islanders")       # [] until somebody deletes, cuts off or edits one of them

What a step makes is noted with a hash when it is done. Before the next build `mend` takes away what is no longer so, or was
never noted, and it is made again: what a person, a disk or a killed process did inside `_build` is in no book. As Git does,
a file whose size, dates and place on the disk are as noted is not read again. Belongs here: noting, comparing, taking away.
Not here: whether a step is out of date by what it is made from (`dependencies`).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from edition.build import contents

FOLDER = "intact"
BOOK = "published"  # note of the book last published
COMPILED = "compiled"  # note of what Sphinx keeps for its next run
SNAKEMAKE = ".snakemake_timestamp"  # which it puts into a folder that a step made


def note(build: Path, name: str, made: Iterable[Path], hashes: Mapping[str, str] | None = None) -> None:
    """Note what a step made: files, and folders with all that lies in them. What is as it was noted before is not read again.

    Args:
        hashes: of files of which it is known what they hold, by their place in `build`.
    """
    _, before = _noted(build, name)
    held = {}
    for path, file in _files(build, made).items():
        place, known = _place(file), before.get(path, [])
        held[path] = known if known[:-1] == place else [*place, (hashes or {}).get(path) or _hash(file)]
    target = build / FOLDER / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    draft.write_text(json.dumps({"made": [path.relative_to(build).as_posix() for path in made], "held": held}))
    draft.replace(target)


def keep_dates(build: Path, name: str, made: list[Path]) -> bool:
    """Date what a step made as it was dated when it was noted, if all holds what it held then; says whether it does.

    Sphinx reads a page again when it has another date, or a picture of it has. It has to be done again before Sphinx looks:
    Snakemake dates what a job made as of when it ended.
    """
    noted, held = _noted(build, name)
    there = _files(build, made)
    same = noted == made and there.keys() == held.keys() and all(_same(there[path], held[path]) for path in there)
    for path, file in there.items() if same else ():
        if _place(file)[1] != (date := held[path][1]):
            os.utime(file, ns=(date, date))
    return same


def lost(build: Path, name: str) -> list[Path]:
    """The files of a step that are gone, cut off, edited or added since it was done; all of them if nothing was noted."""
    made, held = _noted(build, name)
    if not made:
        return [build / name]
    there = _files(build, made)
    wrong = sorted(set(held) ^ set(there))
    wrong += [path for path, file in there.items() if path in held and not _same(file, held[path])]
    return [build / path for path in wrong]


def unchanged(build: Path, name: str) -> dict[str, str]:
    """Files of a step that are as it made them, by their place in `build`: a hash of what each holds."""
    made, held = _noted(build, name)
    there = _files(build, made)
    return {path: noted[-1] for path, noted in held.items() if path in there and _place(there[path]) == noted[:-1]}


def _noted(build: Path, name: str) -> tuple[list[Path], dict[str, list[Any]]]:
    """What a step made, and what each file held; nothing if that was not noted."""
    try:
        noted = json.loads((build / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        return [build / path for path in noted["made"]], dict(noted["held"])
    except (OSError, ValueError, KeyError):
        return [], {}


def chapter(build: Path, name: str) -> tuple[str, Path, Path]:
    """The name of the step that runs a chapter, and what it makes: the executed notebook, and the folder of its exhibits' files."""
    book = build / "book"
    return f"notebooks/{name}", book / "notebooks" / f"{name}.ipynb", book / "exhibits" / name


def mend(root: Path, build: Path, chapters: Iterable[str], placed: dict[str, str]) -> list[Path]:
    """Take away what is not as its step made it, so that it is made again; says what was not.

    Args:
        root: folder of the edition.
        chapters: names of its notebooks.
        placed: what is copied into the book, by its place there: its file.
    """
    book, found = build / "book", list[Path]()
    for name in chapters:
        step, notebook, exhibits = chapter(build, name)
        if (notebook.exists() or exhibits.exists()) and (wrong := lost(build, step)):
            found += wrong
            notebook.unlink(missing_ok=True)
            shutil.rmtree(exhibits, ignore_errors=True)
    if (data := build / "release").exists() and (wrong := lost(build, data.name)):
        found += wrong
        shutil.rmtree(data)
    for step in ("answers", "extras"):
        for noted in sorted((build / FOLDER / step).glob("*.json")):
            made = build / step / noted.stem
            if made.exists() and (wrong := lost(build, f"{step}/{noted.stem}")):
                found += wrong
                shutil.rmtree(made) if made.is_dir() else made.unlink()
                made.with_name(f".{noted.stem}").unlink(missing_ok=True)
    whole = {name: Path(file).read_bytes() for name, file in placed.items() if Path(file).is_file()}
    whole[contents.FILE] = contents.placed(root).encode()
    for name, text in whole.items():
        file = book / name
        if file.is_file() and file.read_bytes() != text:
            file.unlink()  # edited, or its source was: it is copied again
    if (book / "_build").exists() and (wrong := lost(build, COMPILED)):
        found += wrong
        shutil.rmtree(book / "_build")
    found += lost(build, BOOK) if (build / BOOK).exists() else []
    if found:
        (build / BOOK).unlink(missing_ok=True)  # what is gone is made again only for a book that is to be made
    return found


def told(lost: list[Path]) -> str:
    """What was not as it was made, in a line.

    >>> told([Path("_build/html/intro.html"), Path("_build/html/x.svg")])
    'intro.html and 1 more are not as they were made; made again'
    """
    more = f" and {len(lost) - 1} more are" if lost[1:] else " is"
    return f"{lost[0].name}{more} not as {'they were' if lost[1:] else 'it was'} made; made again"


def _files(build: Path, made: Iterable[Path]) -> dict[str, str]:
    """Every file that was made, by its place in `build`."""
    found = {}
    for path in made:
        name = path.relative_to(build).as_posix()
        if path.is_file():
            found[name] = str(path)
        for folder, _, files in os.walk(path):
            at = f"{name}{folder[len(str(path)) :]}"
            found |= {f"{at}/{file}": f"{folder}/{file}" for file in files if file != SNAKEMAKE}
    return {name: file for name, file in found.items() if os.path.exists(file)}  # noqa: PTH110 (there are thousands)


def _place(file: str) -> list[int]:
    stat = os.stat(file)  # noqa: PTH116
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def _same(file: str, noted: list[Any]) -> bool:
    return _place(file) == noted[:-1] or _hash(file) == noted[-1]


def _hash(file: str) -> str:
    with Path(file).open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
