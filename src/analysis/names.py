"""How a sentence has the names of this paper: which take an article, which keep their capital.

Belongs here: names in sentences. Not here: numbers (`edition.numbers.wording`).
"""

from __future__ import annotations

PROPER = ("Soviet", "Stolypin", "World War")
ARTICLE = ("USA", "Netherlands", "Black Irtysh", "CIS", "Russian Federation", "USSR", "Republic of")


def the(name: str) -> str:
    """A place as a sentence has it, with the article that some names take.

    >>> the("Netherlands")
    'the Netherlands'
    """
    return f"the {name}" if name.startswith(ARTICLE) else name


def lower(text: str) -> str:
    """A title in the middle of a sentence; one that begins with a name keeps its capital.

    >>> lower("Return of refugees"), lower("Stolypin years")
    ('return of refugees', 'Stolypin years')
    """
    return text if text.startswith(PROPER) else text[:1].lower() + text[1:]
