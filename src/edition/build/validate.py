"""Say whether the data of the edition is sound.

    python -m edition.build.validate      # in the edition's folder; 1 and one line per fault when something is wrong

The pipeline has it done in the process at hand (`step`), which has read and checked the tables already. Belongs here: the command.
Not here: what is checked (`edition.data.load`, a paper's own disagreements and checks).
"""

from __future__ import annotations

import sys

from edition import paper
from edition.data import own_sources
from edition.data.load import DataError


def main(_: list[str] | None = None) -> None:
    """The command line."""
    try:
        tables = paper.current().load()
        paper.current().computed(tables)  # a claim names a check, and rows that it can use
    except DataError as error:
        sys.exit(str(error))
    counts = ", ".join(f"{name} {len(getattr(tables, name))}" for name in tables.CREDITED)
    folder = own_sources.folder()
    own = f" {own_sources.summary(folder)}" if folder else ""
    print(f"data: valid ({counts} rows){own}")


if __name__ == "__main__":
    main()
