"""How a number from outside the paper follows from what its source prints.

    bounds("350 + 370")                                  # (720.0, 720.0)
    bounds("32100000 * 2.45 / 100 to 32100000 * 2.55 / 100")     # (786450.0, 818550.0)

Where a printed text says a number itself, it is read (`numerals`, `printed`); of a number that has to be worked out of it,
`reckonings.csv` holds the sum. Belongs here: both. Not here: the paper's own numbers, which are taken as printed.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from fractions import Fraction

from edition.data import numerals, printed
from edition.data.printed import Bounds

PARTS = ("percent",)  # units of which a number need not be whole
SIGNS: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}  # fmt: skip


def readings(text: str, unit: str) -> set[Bounds]:
    """Low and high as a printed text says them, in every way that it can be read."""
    if unit in PARTS and (parts := re.findall(r"\d+[.,]\d+", text)):
        return {(float(parts[0].replace(",", ".")), float(parts[-1].replace(",", ".")))}
    found = numerals.readings(text.replace("%", " "), unit)
    return {one[:2] for one in found} or {printed.bounds(text, printed.qualifier(text))}


def bounds(total: str) -> Bounds:
    """The value of a sum of plain numbers, or of two of them joined by `to`, each to a whole number.

    Raises:
        ValueError: it is none.
    """
    ends = total.split(" to ")
    if len(ends) > 2:
        raise ValueError("more than two numbers")
    try:
        low, high = (float(round(_value(ast.parse(end.strip(), mode="eval").body))) for end in (ends[0], ends[-1]))
    except (SyntaxError, ZeroDivisionError) as error:
        raise ValueError(str(error)) from None
    return low, high


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        return SIGNS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Fraction(str(node.value))
    raise ValueError(f"{ast.unparse(node)!r} is no number")
