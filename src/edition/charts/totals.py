"""The answers to one question, a bar each. Not here: what is asked, and who answers (`gallery`)."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from edition.charts.charts import short
from edition.charts.style import Scheme, drawing, new_figure

ROW = 0.78  # inches for an answer: who gives it, and under that the bar
THICK = 0.42  # of a row


def answers(data: pd.DataFrame, scheme: Scheme, *, unit: str, computed: str) -> Figure:
    """Bars from zero, each below the words of who says so and with its number at its end.

    Args:
        data: columns `label`, `text`, `low`, `high`, `meaning` (`computed` for what nobody states, in the last rows:
            hollow up to `low`, hatched from there to `high`).
        unit: label of the axis.
        computed: heading above the rows of `computed`.
    """
    stated = int((data["meaning"] != "computed").sum())
    places = [n if n < stated else n + 0.55 for n in range(len(data))]
    with drawing(scheme):
        figure = new_figure(ROW * (places[-1] + 1) + 0.45)
        axes = figure.subplots()
        axes.grid(visible=False)  # each bar has its number
        for y, row in zip(places, data.itertuples(), strict=True):
            if row.meaning == "computed":
                outline: dict[str, Any] = {"facecolor": "none", "edgecolor": scheme.soft, "height": THICK, "lw": 1.1}
                axes.barh(y, row.low, **outline)
                axes.barh(y, row.high - row.low, left=row.low, hatch="////", **outline)
            else:
                axes.barh(y, row.high, height=THICK, color=scheme.of(row.meaning))
            _name(axes, row.label, y - THICK / 2)
            axes.annotate(row.text, (row.high, y), xytext=(5, 0), textcoords="offset points", va="center", size=13,
                          weight=600)  # fmt: skip
        if stated < len(data):
            axes.axhline(stated - 0.52, color=scheme.soft, lw=0.8)
            axes.annotate(computed, (0, stated - 0.3), xycoords=("axes fraction", "data"), va="center", size=11,
                          style="italic", color=scheme.soft)  # fmt: skip
        axes.set(xlim=(0, data["high"].max() * 1.42), ylim=(places[-1] + 0.35, -0.62), yticks=[], xlabel=unit)
        axes.xaxis.set_major_locator(MaxNLocator(4, prune="upper", integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
    return figure


def _name(axes: Axes, label: str, y: float) -> None:
    axes.annotate(label, (0, y), xycoords=("axes fraction", "data"), xytext=(0, 2), textcoords="offset points",
                  va="bottom", size=11.5)  # fmt: skip
