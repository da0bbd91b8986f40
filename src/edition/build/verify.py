"""Hold a figure, a table or a chapter against a citation of it: are its data those of this folder's data and code?

    python -m edition.build.verify fig-islanders 084a60ca4693a32f      # `make verify EXHIBIT=… DIGEST=…`
    python -m edition.build.verify islanders 0f3d5c3be0f1a2b4          # a chapter, with all that it shows

The chapter is run again, and the digest of its rows compared with the one that the citation gives (`exhibits.sheets`). Whoever has only
the CSV file needs no more than `sha256sum`.
"""

from __future__ import annotations

import argparse
import sys

from edition import paths
from edition.asking import notebook
from edition.build import contents, in_process
from edition.exhibits import sheets


class VerifyError(ValueError):
    """An exhibit that cannot be held against a digest, or does not agree with it; one line."""


def digest(exhibit_id: str) -> str:
    """The digest of the rows of an exhibit, or of all of a chapter, computed anew with the edition's parameters.

    Raises:
        VerifyError: no chapter shows it, or is called so.
    """
    for file in contents.chapters(paths.root()):
        if file.stem == exhibit_id:
            return sheets.digest_of_all(in_process.run(file, notebook.edition(file)).records)
        if f'"id": "{exhibit_id}"' in file.read_text(encoding="utf-8"):  # as its stored outputs have it, however old
            shown = in_process.run(file, notebook.edition(file)).records
            return next(sheets.digest(record) for record in shown if record.id == exhibit_id)
    raise VerifyError(
        f"{exhibit_id}: no chapter shows it; allowed: the id of a figure or a table, as `fig-…` or `tbl-…`, or the name of a chapter"
    )


def verify(exhibit_id: str, cited: str) -> str:
    """A line that says that the data are those of the citation.

    Args:
        cited: the digest that the citation gives, eight of its digits at least.

    Raises:
        VerifyError: it is no digest, no chapter shows the exhibit, or its data are others.
    """
    wanted = cited.strip().lower()
    if len(wanted) < 8 or wanted.strip("0123456789abcdef"):
        raise VerifyError(
            f"{cited!r}: no digest; allowed: eight hexadecimal digits or more, as the citation gives them"
        )
    found = digest(exhibit_id)
    if not found.startswith(wanted):
        raise VerifyError(
            f"{exhibit_id}: other data. The citation gives {wanted}, the rows here have {found[: max(16, len(wanted))]}"
        )
    return f"{exhibit_id}: the rows are those of the citation (SHA-256 {found})"


def main() -> None:
    """The command line; exits with 1 and one line when the data are others."""
    parser = argparse.ArgumentParser(description="Hold a figure or a table against the digest in a citation of it.")
    parser.add_argument("exhibit", help="its id, as fig-… or tbl-…, or a chapter's name")
    parser.add_argument("digest", help="what the citation gives after SHA-256")
    asked = parser.parse_args()
    try:
        print(verify(asked.exhibit, asked.digest))
    except VerifyError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
