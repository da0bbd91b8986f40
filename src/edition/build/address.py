"""Say once that the site has no address yet, when a book was made: what its citations then lack.

python -m edition.build.address      # `make book` ends with it; nothing where `html: baseurl` is set in _config.yml
"""

from __future__ import annotations

from pathlib import Path

from edition import paths
from edition.build import versions


def reminder(root: Path) -> str:
    """A line for whoever made the book; "" where an address is set."""
    if versions.base(root):
        return ""
    return "No address is set: citations say so in its place. To set it: html: baseurl in _config.yml"


if __name__ == "__main__" and (line := reminder(paths.root())):
    print(line)
