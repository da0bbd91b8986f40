"""The buttons that ask for all of a table or a list of which a page shows its first rows or names.

Belongs here: the buttons. Not here: which tables have one (`shortened`), what a button does (`static/book.js`).
"""

from __future__ import annotations

LIST = 12  # names or pictures of a list that a phone shows at first


def button(of: str, count: int, what: str = "rows", *, on_a_phone: bool = False) -> str:
    """The button that asks for all of a table or a list, whose id is given; without script all are there, and it is not.

    Args:
        on_a_phone: whether it is needed there alone.
    """
    look = "all-rows narrow" if on_a_phone else "all-rows"
    return f'<button type="button" class="{look}" aria-controls="{of}">All {count} {what}</button>'
