"""The known name that an unknown one is most like, for a message. Not here: what is known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LIKE = 0.6  # how like it must be, from 0 to 1, that somebody perhaps meant it


def nearest(name: object, known: Iterable[str], *, like: float = LIKE) -> str:
    """Words that end a message: which known name was perhaps meant; "" where none is like it.

    >>> nearest("Lowst", ["lowest", "highest"])
    "; did you mean 'lowest'?"
    """
    plain = {str(one).lower(): str(one) for one in known}
    found = difflib.get_close_matches(str(name).lower(), plain, n=1, cutoff=like)
    return f"; did you mean {plain[found[0]]!r}?" if found else ""
