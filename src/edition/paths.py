"""Where things lie, and how a folder is copied to where one works. Nothing here reads a file."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

MARKER = Path("data", "datapackage.json")
PACKAGE = Path(__file__).resolve().parent


def root(start: Path | None = None) -> Path:
    """The edition's top folder: the nearest one at or above `start` that holds the data package.

    `start` is the working directory unless given, so that a copy of the edition uses its own data.
    Outside any edition it is the checkout this package was installed from.

    Raises:
        FileNotFoundError: neither place holds `data/datapackage.json`.
    """
    here = start.resolve() if start else Path.cwd()
    for folder in (here, *here.parents, *PACKAGE.parents):
        if (folder / MARKER).is_file():
            return folder
    raise FileNotFoundError(f"no {MARKER.as_posix()} at or above {here}: run inside the edition's folder")


def copy_tree(source: Path, target: Path, *left_out: str) -> None:
    """Copy what a folder holds to where it will be changed: the source may be read-only, the copy is not.

    Args:
        target: made if need be; what lies there and has no namesake stays.
        left_out: patterns of names.
    """
    ignored = shutil.ignore_patterns(*left_out)
    shutil.copytree(source, target, ignore=ignored, copy_function=shutil.copyfile, dirs_exist_ok=True)
    for folder in (target, *(path for path in target.rglob("*") if path.is_dir())):
        folder.chmod(folder.stat().st_mode | stat.S_IRWXU)
