"""A number that travels from a computation into a sentence.

    tell(total=number(4134000))        # in a code cell; then {glue}`total` in the text

Belongs here: the hand-over to Jupyter Book's glue, so that no number in prose is typed.
"""

from __future__ import annotations

from myst_nb import glue


class Said(str):
    """Text as a notebook output: plain, without the quotation marks of a Python string."""

    def __repr__(self) -> str:
        return str(self)


def tell(**values: str) -> None:
    """Make each value available to the page's sentences under its name."""
    for name, value in values.items():
        glue(name.replace("_", "-"), Said(value), display=False)
