"""Run a chapter with one parameter set of a sweep, and keep what it exports.

    python -m edition.build.sweep_set islanders '{"largest": 5}' _build/sweeps/x/islanders/largest~5.json
    python -m edition.build.sweep_set islanders '{"largest": 5}' _build/sweeps/x/islanders/largest~5.json 137    # lost: keep that

One process runs one set, so nothing of another set is left in it. A set that fails is a record too, with its error in
place of results, so that the rest goes on; for one whose process was killed each time it was tried, another process keeps
the status it ended with. Belongs here: that record. Not here: running the cells (`in_process`), or the table of all sets
(`edition.asking.sweeps`).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from edition.build import fork_client


def record(chapter: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """`chapter`, `parameters`, `results` (by name), and `error` in words if the run failed; once in a process."""
    from edition import paths
    from edition.build import execute, in_process

    found: dict[str, Any] = {"chapter": chapter, "parameters": parameters, "results": {}}
    try:
        with execute.within(execute.limit()):
            found["results"] = in_process.run(paths.root() / "notebooks" / f"{chapter}.ipynb", parameters).results
    except (Exception, SystemExit) as error:
        found["error"] = " ".join(f"{type(error).__name__}: {error}".split())
    return found


def lost(chapter: str, parameters: dict[str, Any], status: str) -> dict[str, Any]:
    """The record of a set whose process ended before it could keep one, each time it was tried."""
    error = f"ChildProcessError: its process ended before it kept anything, status {status}, each time it was tried; memory may have run out"
    return {"chapter": chapter, "parameters": parameters, "results": {}, "error": error}


def main(arguments: list[str] | None = None) -> None:
    """The command line: chapter, parameters as JSON, file to write, if it is lost the exit status; a failed set is told in one line."""
    chapter, given, target, *status = arguments or sys.argv[1:]
    found = lost(chapter, json.loads(given), *status) if status else record(chapter, json.loads(given))
    path = Path(target)
    draft = path.with_name(f".{path.stem}.draft")
    draft.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)
    if "error" in found:
        asked = ", ".join(f"{name} {value}" for name, value in found["parameters"].items())
        print(f"{chapter}, {asked}: {found['error']}")


if __name__ == "__main__":
    status = fork_client.ask("cell", *sys.argv[1:])
    sys.exit(status) if status is not None else main()
