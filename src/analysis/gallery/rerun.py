"""What each chapter may be asked, from the declarations themselves."""

from __future__ import annotations

import pandas as pd

from analysis.exhibits import Table, exhibit
from analysis.parameters import Chapter
from analysis.wording import small


def declared() -> pd.DataFrame:
    """Every parameter of every chapter: `chapter`, `parameter`, `meaning`, `allowed`."""
    return pd.DataFrame(
        {
            "chapter": (model.__doc__ or "").partition(".")[0],
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
        shown=rows.rename(columns={"meaning": "what it sets"}),
    )


def findings() -> dict[str, str]:
    """What the page's sentences say, as text."""
    rows = declared()
    return {"parameters": small(len(rows)), "chapters": small(rows["chapter"].nunique())}
