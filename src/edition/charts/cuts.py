"""What a page shows of a picture: it is drawn for a desk and for a phone, each light and dark, with its words to be laid over it.

    cuts.shown(draw, "phone")     # {"phone.svg": …, "phone.dark.svg": …, "phone.words.svg": …}

Belongs here: those files and their names' endings. Not here: how one is drawn (`style`) and exported (`export`), what is taken away (`framed`).
"""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from edition.charts import dark, words
from edition.charts.export import export
from edition.charts.style import LIGHT, Cut, Scheme, settle


def laid_out(draw: Callable[[Scheme], Figure], scheme: Scheme) -> Figure:
    """A picture drawn and laid out, so that each file of it has the same layout."""
    figure = draw(scheme)
    settle(figure, scheme)
    return figure


def cut_files(draw: Callable[[Scheme], Figure], cut: Cut) -> dict[str, bytes]:
    """The files of a cut by the endings of their names; it is drawn once."""
    return files(laid_out(draw, LIGHT.cut(cut)), cut)


def files(figure: Figure, cut: Cut) -> dict[str, bytes]:
    """The same, of a light picture that is laid out."""
    svg = export(figure, "svg", LIGHT)
    return {f"{cut}.svg": svg, f"{cut}.dark.svg": dark.svg(svg), f"{cut}.words.svg": words.layer(figure)}
