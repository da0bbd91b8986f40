"""Somebody follows `src/edition/ANOTHER_PAPER.md` to the letter and has no book, or not the one that the tests make.

python -m tests.test_another_paper_cannot_be_made       # after a change of the invented paper: writes its files into the page
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import PAPER, ROOT

FILE = ROOT / "src" / "edition" / "ANOTHER_PAPER.md"
PAGE = FILE.read_text(encoding="utf-8")
OWN = ("editions/", "sweeps/")  # only the page has them: the paper does without
# In the order of the page: a file, named in the line before its text, or commands.
STEPS = re.compile(
    r"(?:^`(?P<file>[\w./-]+)`:\n\n)?^(?P<fence>```+)(?P<kind>\w+)\n(?P<text>.*?)^(?P=fence)$", re.M | re.S
)
FILES = {step["file"]: step["text"] for step in STEPS.finditer(PAGE) if step["file"]}


def shown(name: str) -> str:
    """A file of the invented paper as the page has it: a notebook with neither outputs nor counts, a line of text a line."""
    text = (PAPER / name).read_text(encoding="utf-8")
    if not name.endswith(".ipynb"):
        return text
    notebook = json.loads(text)
    cells = []
    for cell in notebook["cells"]:
        about = {name: cell[name] for name in ("cell_type", "id", "metadata")}
        about |= {"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else {}
        lines = ",\n".join(f"    {said(line)}" for line in "".join(cell["source"]).splitlines(keepends=True))
        cells.append(f'  {said(about)[:-1]}, "source": [\n{lines}\n  ]}}')
    body = ",\n".join(cells)
    return f'{{"cells": [\n{body}\n],\n"metadata": {said(notebook["metadata"])}, "nbformat": 4, "nbformat_minor": 5}}\n'


def said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def written() -> str:
    """The page with the files of the invented paper as they are."""

    def step(found: re.Match[str]) -> str:
        if not found["file"] or found["file"].startswith(OWN):
            return found[0]
        return found[0].replace(found["text"], shown(found["file"]))

    return STEPS.sub(step, PAGE)


def test_the_page_shows_another_paper_than_the_tests_have() -> None:
    assert written() == PAGE, "run: python -m tests.test_another_paper_cannot_be_made"
    files = (path.relative_to(PAPER) for path in PAPER.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert {path.as_posix() for path in files} == {name for name in FILES if not name.startswith(OWN)}


def test_a_reader_of_the_page_has_no_book(tmp_path: Path) -> None:
    (tmp_path / "edition").symlink_to(ROOT)
    script = ["set -e"]
    for step in STEPS.finditer(PAGE):
        if step["kind"] == "sh":
            script.append(step["text"])
        else:
            assert step["file"], f"a text of no file: {step['text'][:80]}"
            folder = Path(step["file"]).parent
            script.append(f"mkdir -p {folder}\ncat > {step['file']} <<'END OF FILE'\n{step['text']}END OF FILE\n")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(["bash", "-c", "\n".join(script)], cwd=tmp_path, text=True, capture_output=True, check=False,
                          env={**os.environ, "HOME": str(tmp_path), "PATH": path})  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-4000:]
    for words in re.findall(r"It says `(.*)`", PAGE):
        assert words in said
    made = tmp_path / "vell" / "_build"
    page = (made / "html/notebooks/islanders.html").read_text(encoding="utf-8")
    assert "2,400–2,600" in page and 'id="fig-islanders"' in page
    assert "Harrow alone" in (made / "editions/harrow/html/intro.html").read_text(encoding="utf-8")
    assert (made / "sweeps/scholars/results.csv").read_text(encoding="utf-8").count("\n") == 9
    assert "t1-brack-quill" in next((tmp_path / "vell").rglob("published.csv")).read_text(encoding="utf-8")


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
