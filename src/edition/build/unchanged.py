"""A book that is as the last command left it, made of files that are as that command found them, is not made again.

    python -m edition.build.unchanged _build python -m edition.build.progress --cores 2       # the command, or nothing

To see by Snakemake that nothing is to be done takes seconds: it, the data and the code that the book is made from have to be
read first. Here files are looked at as Git does it, by their size, their dates and their place on the disk, and all of them,
whether the book is made from them or not: who touches one has Snakemake decide. Belongs here: that look, with nothing but the
standard library. Not here: what is out of date (`dependencies`), or whether what was made is whole (`intact`).
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from edition.build import versions

NOTE = ".unchanged"  # in the folder of the book
BOOK = Path("html", "index.html")
KNOWN = Path(".snakemake", "metadata")  # what things were made from; without it everything is made again
MADE = {"_build", "__pycache__"}  # what is made of what is looked at
ASKED = ("EDITION", "SWEEP")  # environment variables that say what is to be made


def folders(root: Path) -> list[Path]:
    """Where what the book is made from lies: the edition, and the code of the engine and of the paper, wherever that is."""
    found = [root, Path(__file__).parents[1]]
    described = root / "data" / "datapackage.json"
    package = str(json.loads(described.read_text(encoding="utf-8"))["edition"]).partition(".")[0]
    spec = importlib.util.find_spec(package)
    return [*found, *map(Path, (spec and spec.submodule_search_locations) or ())]


def given(root: Path, command: Sequence[str]) -> str:
    """A hash of what a command finds: itself, the files, the environment, the commit."""
    asked = [f"{name}={os.environ.get(name, '')}" for name in ASKED]
    packages = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
    files = (line for folder in folders(root) for line in _seen(folder, MADE))
    return _hash([*command, *asked, sys.prefix, str(packages), versions.commit(root), *files])


def left(home: Path) -> str:
    """A hash of what a command leaves: the book, and all that it was made of."""
    return _hash(_seen(home, set()))


def _seen(folder: Path, apart: set[str]) -> Iterator[str]:
    """Each file as the disk has it, what is hidden and logs left out."""
    for where, inside, names in os.walk(folder):
        inside[:] = sorted(name for name in inside if name[0] != "." and name not in apart)
        for name in sorted(names):
            if name[0] != "." and not name.endswith(".log"):
                seen = os.lstat(f"{where}/{name}")
                yield f"{where}/{name} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def run(home: Path, command: Sequence[str]) -> int:
    """Run a command unless what it finds and what it left are as they were when it last ended well; its exit status."""
    root, note = Path().absolute(), home / NOTE
    try:
        found = given(root, command)
    except (OSError, ValueError, KeyError, ImportError):
        found = ""  # the command tells what is wrong
    noted, _, was_left = note.read_text(encoding="utf-8").partition(" ") if note.is_file() else ("", "", "")
    if found and noted == found and was_left == left(home) and (home / BOOK).is_file() and KNOWN.is_dir():
        print("Nothing changed: nothing was executed.")
        return 0
    note.unlink(missing_ok=True)
    status = subprocess.run(command, check=False).returncode
    if not status and found:
        note.write_text(f"{found} {left(home)}", encoding="utf-8")
    return status


def main() -> None:
    """The command line; its exit status is the command's."""
    home, *command = sys.argv[1:] or [""]
    if not command:
        sys.exit("a folder and a command are needed: python -m edition.build.unchanged _build snakemake --cores 2")
    try:
        status = run(Path(home), command)
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


if __name__ == "__main__":
    main()
