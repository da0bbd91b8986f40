"""Somebody follows `src/edition/ANOTHER_PAPER.md` to the letter and has no book, or not the one that the tests make."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import PAPER, ROOT

PAGE = (ROOT / "src" / "edition" / "ANOTHER_PAPER.md").read_text(encoding="utf-8")
# In the order of the page: a file, named in the line before its text, or commands.
STEPS = re.compile(
    r"(?:^`(?P<file>[\w./-]+)`:\n\n)?^(?P<fence>```+)(?P<kind>\w+)\n(?P<text>.*?)^(?P=fence)$", re.M | re.S
)
FILES = {step["file"]: step["text"] for step in STEPS.finditer(PAGE) if step["file"]}


def sources(notebook: str) -> list[tuple[str, str]]:
    """The cells of a notebook, with neither outputs nor what numbers them."""
    return [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(notebook)["cells"]]


def test_the_page_shows_another_paper_than_the_tests_have() -> None:
    for name, text in FILES.items():
        if name.startswith(("editions/", "sweeps/")):
            continue
        kept = (PAPER / name).read_text(encoding="utf-8")
        assert sources(text) == sources(kept) if name.endswith(".ipynb") else text == kept, name
    kept = {
        path.relative_to(PAPER).as_posix()
        for path in PAPER.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert kept <= set(FILES), "the page leaves out a file"


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
