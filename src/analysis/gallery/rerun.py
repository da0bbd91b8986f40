"""What each chapter may be asked, from the declarations themselves."""

from __future__ import annotations

import re

import pandas as pd

from analysis.exhibits import Table, exhibit
from analysis.parameters import Chapter
from analysis.wording import small


def notebook(model: type[Chapter]) -> str:
    """The file of the chapter that a model's parameters belong to.

    >>> from analysis.parameters import Table1
    >>> notebook(Table1)
    'table_1.ipynb'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", "_", model.__name__).lower() + ".ipynb"


def declared() -> pd.DataFrame:
    """Every parameter of every chapter: `notebook` (its file), `parameter`, `meaning`, `allowed`."""
    return pd.DataFrame(
        {
            "notebook": notebook(model),
            "parameter": name,
            "meaning": field.description,
            "allowed": model.allowed(name),
        }
        for model in Chapter.__subclasses__()
        for name, field in model.model_fields.items()
    )


@exhibit
def parameters() -> Table:
    """The parameters as a table."""
    rows = declared()
    return Table(
        id="tbl-parameters",
        caption="The parameters of the chapters and the values they may take.",
        source="this edition's own declarations.",
        data=rows,
        shown=rows.rename(columns={"notebook": "Notebook", "meaning": "what it sets"}),
        stacked=True,
    )


def findings() -> dict[str, str]:
    """What the page's sentences say, as text."""
    rows = declared()
    return {"parameters": small(len(rows)), "chapters": small(rows["notebook"].nunique())}
