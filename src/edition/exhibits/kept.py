"""Files that were made before, kept by a hash of what they are made from, and made again where that is another one.

    made_from = kept.made_from(code, ["matplotlib"], rows=rows)     # what is shown, and what with
    kept.files(made_from, lambda: {"desk.svg": …})                  # made once, then read

What the key says decides, never a date. What is kept is one archive for each key; one that is cut off, edited or called by
another's name is as good as none. It lies in the folder that the environment variable `KEPT_PICTURES` names; without it all
is made anew, as by whoever only reads a notebook. Belongs here: keeping, reading back, dropping what has long not been used;
the code and the libraries in a key. Not here: which code and what else a file is made from (`drawn`, `downloads`, `reference`).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import io
import json
import os
import platform
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from edition import paths

FOLDER = Path("_build", "pictures")  # of an edition; beside what is built, which may be thrown away without it
WHERE = "KEPT_PICTURES"
MOST = 400_000_000  # bytes; a book of fifty figures takes a tenth
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # an archive must state a date
PACKED = ("png", "pdf", "xlsx")  # already
BEGAN = time.time()  # when the code was read, here or in the process of which this is a copy
PYTHON = [str(sys.implementation.cache_tag), platform.machine()]

Files = dict[str, bytes]


@contextlib.contextmanager
def beside_the_book() -> Iterator[None]:
    """Inside this, what this process and those that it starts make is kept beside what is built of the edition."""
    before = os.environ.get(WHERE)
    os.environ[WHERE] = str(paths.root() / FOLDER)
    try:
        yield
    finally:
        os.environ.pop(WHERE)
        if before is not None:
            os.environ[WHERE] = before


def folder() -> Path | None:
    """Where files are kept; None where they are not."""
    return Path(named) if (named := os.environ.get(WHERE)) else None


def files(made_from: Any, make: Callable[[], Files]) -> Files:
    """Files by the endings of their names: those kept, or else those that `make` gives, which are kept from then on.

    Args:
        made_from: everything that a byte of them depends on, as JSON can hold it; None where that is not known, and nothing
            is kept.
    """
    where = folder()
    if where is None or made_from is None:
        return make()
    key = hashlib.sha256(json.dumps(made_from, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    archive = where / f"{key}.zip"
    found = _read(archive)
    if found is None:
        found = make()
        with contextlib.suppress(OSError):  # a full disk: it is made again the next time
            _write(archive, found)
    return found


def made_from(code: tuple[Path, ...], libraries: Iterable[str], **what: Any) -> Any:
    """A key for `files`: what is made, the code and other files it is made with, and the versions of libraries.

    Args:
        code: files that are read once in a process.

    Returns:
        None where nothing is kept, or where one of the files was changed since this process read it.
    """
    if not folder() or any(file.stat().st_ctime > BEGAN for file in code):
        return None
    return what | {"code": digest(code), "libraries": [version(name) for name in libraries], "python": PYTHON}


@cache
def digest(files: tuple[Path, ...]) -> str:
    """A hash of what files are called and hold."""
    content = hashlib.sha256()
    for file in files:
        content.update(f"{file.parent.name}/{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return content.hexdigest()


@cache
def version(library: str) -> str:
    """A library with its version."""
    return f"{library} {importlib.metadata.version(library)}"


def drop(where: Path, most: int = MOST) -> None:
    """Remove from a folder what was not used for longest, until no more than so many bytes are kept."""
    room = most
    with contextlib.suppress(FileNotFoundError):  # nothing is kept, or another build drops too
        for file in sorted(where.iterdir(), key=lambda file: -file.stat().st_mtime_ns):
            room -= file.stat().st_size
            if room < 0:
                file.unlink()


def _read(archive: Path) -> Files | None:
    """What an archive holds, noted as used; None if it is not there or not as it was written."""
    try:
        whole = archive.read_bytes()
        if whole[-64:].decode() != _seal(archive, whole[:-64]):
            return None
        os.utime(archive)
        with zipfile.ZipFile(io.BytesIO(whole)) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile):
        return None


def _write(archive: Path, content: Files) -> None:
    """Write it whole or not at all; its last bytes are its seal."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as opened:
        opened.comment = b"0" * 64
        for name, held in content.items():
            how = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            opened.writestr(zipfile.ZipInfo(name, LONG_AGO), held, how)
    whole = packed.getvalue()[:-64]
    archive.parent.mkdir(parents=True, exist_ok=True)
    draft = archive.with_name(f".{archive.stem}.{os.getpid()}")
    draft.write_bytes(whole + _seal(archive, whole).encode())
    draft.replace(archive)


def _seal(archive: Path, whole: bytes) -> str:
    """A hash of what an archive holds and is called by; it stands as the archive's comment."""
    return hashlib.sha256(archive.stem.encode() + whole).hexdigest()
