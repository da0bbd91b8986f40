"""The data to take away, made once and beside the notebooks: the page of the data and the site have them from here.

    python -m edition.build.release _build
    python -m edition.build.release _build/editions/x --edition editions/x.yml

Belongs here: when and where they are written, whole or not at all. Not here: their forms (`exhibits.release`).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from edition import paper, paths
from edition.asking import editions
from edition.build import intact
from edition.exhibits import citation, release

FOLDER = "release"  # of the build
DATA = "data"  # in it, as in the site


def of(build: Path) -> Path:
    """Where the release of a build lies."""
    return build / FOLDER / DATA


def main(arguments: list[str] | None = None) -> None:
    """The command line; exits with 1 and one clear line when the release cannot be written."""
    parser = argparse.ArgumentParser(description="Write the data to take away.")
    asked = editions.of_command_line(parser, arguments)
    folder = asked.build / FOLDER
    draft = folder.with_name(f".{FOLDER}")
    shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed
    try:
        release.write(paper.current().load(), draft / DATA, citation.edition(paths.root(), editions.current()))
        shutil.rmtree(folder, ignore_errors=True)
        draft.replace(folder)
        intact.note(asked.build, FOLDER, [folder])
    except OSError as error:  # a full disk, a folder that cannot be written to
        sys.exit(f"the data to take away could not be written: {error}")


if __name__ == "__main__":
    main()
