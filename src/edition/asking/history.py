"""Which names a reader has set as parameters, by the cells that were run.

    history.assigned(namespace["In"], {"scholar", "largest"})       # {"largest": 2, "larges": 5}

What stands in a notebook's namespace does not tell: start-up files, imports and the notebook itself put names there too.
IPython keeps the source of each cell that was run, the one that runs now last. Parameters are set in two kinds of cell: the
notebook's own, which only sets names, with their types or some of them parameters, and the one that papermill puts in.
Belongs here: finding those cells. Not here: what is allowed (`parameters`).
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

PAPERMILL = "# Parameters\n"  # how the cell begins that papermill puts in


def assigned(sources: Sequence[str], declared: set[str]) -> dict[str, Any]:
    """Names and values of the last of each kind of cell that sets parameters; papermill's, where it came after the other.

    Args:
        sources: the cells that were run, the one that runs now last.
        declared: the chapter's parameters; of a chapter without, only papermill's cell sets any.
    """
    found: dict[str, Any] = {}
    for source in reversed(sources[:-1]):
        given = source.startswith(PAPERMILL)
        names = _set(source, declared)
        if names is None and not given:
            continue
        if not (given and found):  # an older one of papermill's was put right by the later
            found = (names or {}) | found
        if not given:
            break
    return found


def _set(source: str, declared: set[str]) -> dict[str, Any] | None:
    """What a cell sets, if it sets parameters and does nothing else."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic of IPython
        return None
    found: dict[str, Any] = {}
    for node in body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            return None
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if not isinstance(target, ast.Name):
                return None
            found[target.id] = _value(node.value)
    typed = any(isinstance(node, ast.AnnAssign) for node in body)
    return found if source.startswith(PAPERMILL) or (declared and (typed or declared & found.keys())) else None


def _value(node: ast.expr | None) -> Any:
    try:
        return ast.literal_eval(node) if node else None
    except ValueError:
        return ast.unparse(node)  # type: ignore[arg-type]


def as_papermill(parameters: dict[str, Any]) -> str:
    """The source of the cell in which papermill gives a notebook its parameters."""
    return PAPERMILL + "".join(f"{name} = {value!r}\n" for name, value in parameters.items())
