"""Parameter sets drawn from what is allowed: a Latin hypercube.

    sampling.draw({"largest": [1, 2, 3], "growth_percent": (0.0, 3.0)}, sets=1000, seed=1)

Each of n sets lies in another n-th of every parameter's range, so that few sets cover many parameters (McKay, Beckman and
Conover 1979). Belongs here: drawing. Not here: what is allowed (`parameters`), or the sets of a grid (`sweeps`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from edition.asking.parameters import Chapter, limits, options

Range = tuple[float, float]  # of a number that need not be whole


def allowed(model: type[Chapter], name: str) -> Sequence[Any] | Range:
    """All that a parameter may be: its values in order, or the ends of a range of numbers that need not be whole.

    Raises:
        ValueError: it has no lower or no upper end.
    """
    if values := options(model, name):
        return values
    low, high = limits(model, name)
    return (low, high) if model.model_fields[name].annotation is float else range(int(low), int(high) + 1)


def draw(spaces: Mapping[str, Sequence[Any] | Range], sets: int, seed: int) -> pd.DataFrame:
    """So many sets, the same for the same seed; one that is drawn twice, as where few values are allowed, is there once.

    Returns:
        One row per set, one column per parameter.
    """
    from scipy.stats import qmc  # here: a browser, and a sweep without it, need none of it

    drawn = qmc.LatinHypercube(d=len(spaces), rng=np.random.default_rng(seed)).random(sets)
    columns = {name: _placed(space, drawn[:, n]) for n, (name, space) in enumerate(spaces.items())}
    return pd.DataFrame(columns).drop_duplicates(ignore_index=True)


def _placed(space: Sequence[Any] | Range, at: np.ndarray) -> list[Any]:
    """Places between 0 and 1 as values; a number that need not be whole has as many digits as are read."""
    if isinstance(space, tuple):
        low, high = space
        return [round(value, 4) for value in (low + (high - low) * at).tolist()]
    return [space[int(place)] for place in np.floor(at * len(space))]
