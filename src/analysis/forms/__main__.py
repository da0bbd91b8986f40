"""The command line of `forms`; exits with 1 and one line when the file cannot be made."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from analysis import editions, extras, paths
from analysis.exhibits import citation
from analysis.forms import epub, pdf

MADE = {"epub": extras.EPUB, "pdf": extras.PDF}


def main() -> None:
    """Make one form of the book in `build/book` and put it among the extras."""
    parser = argparse.ArgumentParser(description="Make the whole book as one file.")
    parser.add_argument("form", choices=MADE)
    asked = editions.of_command_line(parser)
    made_of = extras.digest(asked.build)
    source, workshop = asked.build / "book", asked.build / "forms" / asked.form
    target = asked.build / extras.FOLDER / MADE[asked.form]
    try:
        known = citation.edition(paths.root(), editions.current())
        pages = epub.make(source, workshop, known)
        made = pages / target.name
        if asked.form == "pdf":
            made = workshop / target.name
            pdf.make(
                pages, source / "_toc.yml", workshop, Path(os.environ.get("WEASYPRINT", "weasyprint")), made, known
            )
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(made, target)
        extras.seal(asked.build, target.name, made_of)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{target} was not made: {error.cmd[0]} failed, see above")


if __name__ == "__main__":
    main()
