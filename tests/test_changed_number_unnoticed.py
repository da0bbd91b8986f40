"""A number changes and the stored outputs do not notice.

The book's build has executed every notebook: what it got is compared with what is stored, by nbval's own comparison.
That nbval finds a change when it runs a notebook itself is seen on the invented paper, and on one chapter of this one;
`whole` has it run them all.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbval.plugin import IPyNbFile, coalesce_streams, get_sanitize_patterns

from tests.conftest import NBVAL, ROOT, SANITIZE, run

BUILT = ROOT / "_build" / "book" / "notebooks"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def differences(session: pytest.Session, stored: Path, made: nbformat.NotebookNode) -> list[str]:
    """What nbval says of each cell whose outputs are not those that are stored."""
    reference = IPyNbFile.from_parent(session, path=stored)
    reference.sanitize_patterns.update(get_sanitize_patterns(SANITIZE.read_text(encoding="utf-8")))
    fresh = [cell for cell in made.cells if cell.cell_type == "code"]
    found = []
    for cell, again in zip(reference.collect(), fresh, strict=True):
        assert cell.cell.source == again.source, "the book was made from another notebook: run make book"
        if not cell.compare_outputs(coalesce_streams(again.outputs), coalesce_streams(cell.cell.outputs)):
            found.append("\n".join(cell.comparison_traceback))
    return found


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_gives_other_outputs_than_are_stored(request: pytest.FixtureRequest, notebook: Path) -> None:
    assert (BUILT / notebook.name).is_file(), "no book in _build: run make book first"
    made = nbformat.read(BUILT / notebook.name, as_version=4)
    assert differences(request.session, notebook, made) == []


def test_another_number_passes_for_the_one_that_is_stored(request: pytest.FixtureRequest) -> None:
    text = (BUILT / "table_1.ipynb").read_text(encoding="utf-8")
    assert text.count("4,134,000") > 2
    changed = nbformat.reads(text.replace("4,134,000", "4,135,000"), as_version=4)
    assert len(differences(request.session, ROOT / "notebooks" / "table_1.ipynb", changed)) > 2


def test_nbval_fails_on_an_unchanged_notebook() -> None:
    result = run(*NBVAL, "notebooks/table_1.ipynb", cwd=ROOT)
    assert result.returncode == 0, result.stdout[-4000:]


def test_nbval_passes_over_a_changed_cell_of_a_table(paper: Path) -> None:
    same = run(*NBVAL, "notebooks/islanders.ipynb", cwd=paper)
    assert same.returncode == 0, same.stdout[-4000:]
    path = paper / "data" / "estimates.csv"
    text = path.read_text(encoding="utf-8")
    changed = text.replace('"about 1,500",1500,1500', '"about 1,600",1600,1600')
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    result = run(*NBVAL, "notebooks/islanders.ipynb", cwd=paper)
    assert result.returncode == 1, result.stdout[-2000:]
    assert result.stdout.count("Cell outputs differ") == 3, result.stdout[-2000:]
