"""The known name that an unknown one is most like, for a message. Not here: what is known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """Words that end a message: which known name was perhaps meant; "" where none is like it.

    >>> nearest("lowst", ["lowest", "highest"])
    "; did you mean 'lowest'?"
    """
    found = difflib.get_close_matches(str(name), list(map(str, known)), n=1)
    return f"; did you mean {found[0]!r}?" if found else ""
