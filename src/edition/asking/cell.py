"""Run one cell of a notebook in a namespace, outside Jupyter.

    space = {"__name__": "__main__"}
    cell.value("n = 2\\nn + 1", "islanders.ipynb, cell 1", space)        # 3

Belongs here: that, for whoever runs a cell without a kernel. Not here: running a notebook (`edition.build`).
"""

from __future__ import annotations

import ast
from typing import Any


def value(source: str, name: str, space: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line, None where that has none.

    Args:
        name: what a traceback calls the cell.

    Raises:
        Exception: whatever the cell raises.
    """
    tree = ast.parse(source, name)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, name, "exec"), space)
        return None
    exec(compile(ast.Module(tree.body[:-1], []), name, "exec"), space)
    return eval(compile(ast.Expression(last.value), name, "eval"), space)
