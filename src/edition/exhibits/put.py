"""Thousands of small files of a site, of which few are others than in the last one.

    put.file(site / "cite" / "tbl-islanders.html", page)

Belongs here: leaving alone what is as it should be. Not here: what the files hold.
"""

from __future__ import annotations

import contextlib
from pathlib import Path


def file(place: Path, content: str | bytes) -> None:
    """Write a file, unless it holds that already: whoever goes by dates then need not read it again, or copy it."""
    held = content.encode() if isinstance(content, str) else content
    with contextlib.suppress(FileNotFoundError):
        if place.read_bytes() == held:
            return
    place.write_bytes(held)
