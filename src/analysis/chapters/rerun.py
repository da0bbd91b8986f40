"""What each chapter may be asked, from the declarations themselves."""

from __future__ import annotations

import pandas as pd

from edition.asking import chapters
from edition.exhibits.exhibit import Table, exhibit
from edition.numbers.sentences import Sentences
from edition.numbers.wording import in_words

SAY = Sentences(__name__)


def declared() -> pd.DataFrame:
    """Every parameter of every chapter: `notebook` (its file), `parameter`, `meaning`, `allowed`."""
    return pd.DataFrame(
        {
            "notebook": f"{chapter}.ipynb",
            "parameter": name,
            "meaning": field.description,
            "allowed": model.allowed(name),
        }
        for chapter, model in chapters.parameters().items()
        for name, field in model.model_fields.items()
    )


@exhibit
def parameters() -> Table:
    """The parameters as a table."""
    rows = declared()
    return Table(
        **SAY.exhibit("tbl-parameters", parameters=len(rows), chapters=rows["notebook"].nunique()),
        source=SAY.say("source"),
        data=rows,
        shown=rows.rename(columns={"notebook": "Notebook", "meaning": "what it sets"}),
        stacked=True,
    )


def findings() -> dict[str, str]:
    """What the page's sentences say, as text."""
    rows = declared()
    return {"parameters": in_words(len(rows)), "chapters": in_words(rows["notebook"].nunique())}
