"""Where things lie. Nothing here reads a file."""

from __future__ import annotations

from pathlib import Path

MARKER = Path("data", "datapackage.json")


def root(start: Path | None = None) -> Path:
    """The edition's top folder: the nearest one at or above `start` that holds the data package.

    `start` is the working directory unless given, so that a copy of the edition uses its own data.
    Outside any edition it is the checkout this package was installed from.

    Raises:
        FileNotFoundError: neither place holds `data/datapackage.json`.
    """
    here = (start or Path.cwd()).resolve()
    package = Path(__file__).resolve().parent
    for folder in (here, *here.parents, *package.parents):
        if (folder / MARKER).is_file():
            return folder
    raise FileNotFoundError(f"no {MARKER.as_posix()} at or above {here}: run inside the edition's folder")
