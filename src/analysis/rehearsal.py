"""Run a notebook with no packages but those named: whether a browser that has only these can run it.

    python -m analysis.rehearsal numpy,pandas,… /path/to/notebook.ipynb      # exits with 1 if it cannot

Belongs here: hiding packages, running cells one after the other. Not here: which packages a browser has (`lite`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType


class Hidden(MetaPathFinder):
    """Finds no package but the allowed ones and the standard library."""

    def __init__(self, allowed: set[str]) -> None:
        self.allowed = allowed | set(sys.stdlib_module_names) | {"mpl_toolkits"}

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Refuse a package that is hidden; leave every other to the next finder."""
        top = name.partition(".")[0]
        if top not in self.allowed and not top.startswith("_"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def rehearse(notebook: Path, allowed: set[str]) -> None:
    """Run the code cells of a notebook in this process, and show what each returns as a notebook would.

    Raises:
        Exception: whatever a cell raised.
    """
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    sys.meta_path.insert(0, Hidden(allowed))
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            done = shell.run_cell("".join(cell["source"]))  # type: ignore[no-untyped-call]
            done.raise_error()
            if hasattr(done.result, "_repr_mimebundle_"):
                done.result._repr_mimebundle_()  # where a formatter fails, IPython prints it and goes on


if __name__ == "__main__":
    rehearse(Path(sys.argv[2]), set(sys.argv[1].split(",")))
