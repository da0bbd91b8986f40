"""Somebody follows `src/edition/ANOTHER_PAPER.md` to the letter and has no book, or not the one that the tests make."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PAPER, ROOT

PAGE = (ROOT / "src" / "edition" / "ANOTHER_PAPER.md").read_text(encoding="utf-8")
# In the order of the page: a file, named at the end of the line before its text, or commands.
STEPS = re.compile(r"(?:`(?P<file>[\w./-]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
ROWS = "\n".join(line for line in PAGE.splitlines() if line.startswith("| `"))


def test_the_page_points_at_other_files_than_the_paper_has() -> None:
    named = {name for row in ROWS.splitlines() for name in re.findall(r"`([\w./]+)`", row.split("|")[1])}
    kept = {
        path.relative_to(PAPER).as_posix()
        for path in PAPER.rglob("*")
        if path.is_file() and not {"__pycache__", "_build", ".snakemake"} & set(path.parts)
    }
    assert named == kept


def test_the_page_is_longer_than_a_page() -> None:
    assert len(PAGE.splitlines()) <= 120


@pytest.mark.weekly
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
    promised = re.findall(r"It says `(.*?)`", PAGE)
    assert promised and all(words in said for words in promised)
    made = tmp_path / "vell" / "_build"
    page = (made / "html/notebooks/islanders.html").read_text(encoding="utf-8")
    assert "2,400–2,600" in page and 'id="fig-islanders"' in page
    assert 'id="tbl-brack"' in (made / "html/notebooks/brack.html").read_text(encoding="utf-8")
    assert "Harrow alone" in (made / "editions/harrow/html/intro.html").read_text(encoding="utf-8")
    assert (made / "sweeps/scholars/results.csv").read_text(encoding="utf-8").count("\n") == 9
    assert "t1-brack-quill" in next((tmp_path / "vell").rglob("published.csv")).read_text(encoding="utf-8")
    assert "numbers,6," in (tmp_path / "vell/tests/totals.csv").read_text(encoding="utf-8")
