"""A claim under every choice that its numbers leave open, all at once.

A claim that depends on choices (whose number, which bound, which base) is a `Universe`: one axis per choice,
one cell per combination, the value and whether the claim holds in each. Belongs here: what can be asked of any such
claim. Not here: the choices of a paper's claims, or pictures of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

Options = dict[str, float]


@dataclass(frozen=True)
class Universe:
    """Every combination of choices for one claim.

    Attributes:
        claim: what is claimed, in a few words.
        unit: of `value`.
        target: bounds within which the claim is met at its strictest, in `unit`; NaN for none.
        choices: choice → its options, in the order of the axes; the last says how near is near, the strictest first.
        value: what the claim is about, one axis per choice (length 1 where a choice does not change it).
        holds: whether the claim holds, one axis per choice.
        rows: ids of the data rows used.
    """

    claim: str
    unit: str
    target: tuple[float, float]
    choices: dict[str, list[str]]
    value: np.ndarray
    holds: np.ndarray
    rows: list[str]

    def strictest(self) -> Universe:
        """The same claim taken at its word: of the last choice, how near is near, only the first option."""
        last = list(self.choices)[-1]
        value = self.value[..., :1] if self.value.shape[-1:] == self.holds.shape[-1:] else self.value
        return replace(
            self, choices={**self.choices, last: self.choices[last][:1]}, value=value, holds=self.holds[..., :1]
        )

    def only(self, choice: str, option: str) -> Universe:
        """The combinations that take one option."""
        axis = list(self.choices).index(choice)
        place = [self.choices[choice].index(option)]
        value = np.take(self.value, place, axis) if self.value.shape[axis] > 1 else self.value
        choices = {**self.choices, choice: [option]}
        return replace(self, choices=choices, value=value, holds=np.take(self.holds, place, axis))

    @property
    def size(self) -> int:
        """Number of combinations."""
        return int(self.holds.size)

    @property
    def count(self) -> int:
        """Number of combinations in which the claim holds."""
        return int(self.holds.sum())

    @property
    def share(self) -> float:
        """Part of the combinations in which the claim holds, 0 to 1."""
        return float(self.holds.mean())

    def by_option(self) -> pd.DataFrame:
        """Part of the combinations with an option in which the claim holds.

        Returns:
            One row per option: `choice`, `option`, `share` (0 to 1), in the order of the axes.
        """
        found = []
        for axis, (choice, options) in enumerate(self.choices.items()):
            others = tuple(n for n in range(self.holds.ndim) if n != axis)
            found += [
                (choice, option, share) for option, share in zip(options, self.holds.mean(axis=others), strict=True)
            ]
        return pd.DataFrame(found, columns=["choice", "option", "share"])

    def influence(self) -> pd.Series:
        """How much each choice alone moves the share that holds: its best option less its worst, largest first."""
        spread = self.by_option().groupby("choice", sort=False)["share"].agg(lambda share: share.max() - share.min())
        return spread.sort_values(ascending=False, kind="stable")

    def curve(self, points: int) -> pd.DataFrame:
        """Combinations evenly spaced through all of them, sorted by value.

        Returns:
            `rank` (0 to 1), `value`, `holds`, and one column per choice with the option taken.
        """
        value = np.broadcast_to(self.value, self.holds.shape).ravel()
        order = np.argsort(value, kind="stable")
        taken = order[np.linspace(0, self.size - 1, min(points, self.size)).round().astype(int)]
        places = np.unravel_index(taken, self.holds.shape)
        options = {
            choice: np.array(names)[place] for (choice, names), place in zip(self.choices.items(), places, strict=True)
        }
        rank = np.linspace(0, 1, len(taken))
        return pd.DataFrame({"rank": rank, "value": value[taken], "holds": self.holds.ravel()[taken], **options})

    def heaps(self, count: int) -> pd.DataFrame:
        """All combinations, heaped by their value into so many stretches of equal width; empty ones are left out.

        Returns:
            `left`, `right` (ends of a stretch, in `unit`), `holds`, `other` (combinations in it in which the claim holds, and not).
        """
        value = np.broadcast_to(self.value, self.holds.shape).ravel()
        holds = self.holds.ravel()
        edges = np.linspace(value.min(), value.max(), count + 1)
        every, _ = np.histogram(value, edges)
        good, _ = np.histogram(value[holds], edges)
        found = pd.DataFrame({"left": edges[:-1], "right": edges[1:], "holds": good, "other": every - good})
        return found[every > 0].reset_index(drop=True)


def axes(*sides: Options) -> list[np.ndarray]:
    """The options' values, each along an axis of its own."""
    return [
        np.array(list(side.values())).reshape([-1 if n == axis else 1 for n in range(len(sides))])
        for axis, side in enumerate(sides)
    ]
