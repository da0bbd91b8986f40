"""The command line of `forms`; exits with 1 and one line when the file cannot be made."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from edition import paths
from edition.asking import editions
from edition.build import attachments
from edition.exhibits import citation
from edition.forms import epub, pdf

FORMS = ("epub", "pdf")


def main() -> None:
    """Make one form of the book in `build/book` and put it among the extras."""
    parser = argparse.ArgumentParser(description="Make the whole book as one file.")
    parser.add_argument("form", choices=FORMS)
    asked = editions.of_command_line(parser)
    made_of = attachments.digest(asked.build)
    source, workshop = asked.build / "book", asked.build / "forms" / asked.form
    known = citation.edition(paths.root(), editions.current())
    target = asked.build / attachments.FOLDER / f"{known.slug}.{asked.form}"
    try:
        pages = epub.make(source, workshop, known)
        made = pages / target.name
        if asked.form == "pdf":
            made = workshop / target.name
            pdf.make(
                pages, source / "_toc.yml", workshop, Path(os.environ.get("WEASYPRINT", "weasyprint")), made, known
            )
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(made, target)
        attachments.seal(asked.build, target.name, made_of)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{target} was not made: {error.cmd[0]} failed, see above")


if __name__ == "__main__":
    main()
