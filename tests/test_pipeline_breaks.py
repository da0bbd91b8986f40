"""A build differs from another, does work again that is done, or harms the last good book.

Of the invented paper; `whole` compares two builds of the whole book.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from edition.build import versions
from tests import hostile
from tests.conftest import ALONE, PAPER, SNAKEMAKE, copy_paper, run

CHAPTERS = ("islanders", "verdicts")


def digest(folder: Path, pattern: str) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob(pattern))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented paper's book, built on a machine and by a person that differ in all that must not matter."""
    folder = tmp_path_factory.mktemp("built")
    edition = copy_paper(folder / hostile.FOLDER)
    with hostile.elsewhere(edition, folder / "home") as given:
        result = subprocess.run(SNAKEMAKE, cwd=edition, capture_output=True, text=True, timeout=600, **given)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return edition


def outputs(notebook: Path) -> list[object]:
    return [cell["outputs"] for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if "outputs" in cell]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_two_builds_differ(made: Path, built: Path, chapter: str) -> None:
    """Elsewhere, and from what is stored: what a chapter's notebook gives, and its files."""
    name = f"notebooks/{chapter}.ipynb"
    first, second = (folder / "_build" / "book" for folder in (made, built))
    assert outputs(first / name) == outputs(second / name) == outputs(PAPER / name) and any(outputs(first / name))
    drawn = [digest(folder, f"exhibits/{chapter}/*") for folder in (first, second)]
    assert drawn[0] == drawn[1] and len(drawn[0]) > 3


def test_two_books_differ(made: Path, built: Path) -> None:
    first, second = (digest((folder / "_build" / "html").resolve(), "**/*") for folder in (made, built))
    assert first == second and len(first) > 50


def test_a_second_build_does_work_again(built: Path) -> None:
    before = digest(built, "_build/published")
    result = run(*ALONE, cwd=built)
    assert result.returncode == 0 and "Nothing to be done" in result.stdout + result.stderr
    assert digest(built, "_build/published") == before


def test_a_changed_text_runs_other_notebooks(built: Path) -> None:
    notebook = built / "notebooks" / "verdicts.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("Of the claims", "Of its claims"), encoding="utf-8")
    result = run(*SNAKEMAKE, cwd=built)
    output = result.stdout + result.stderr
    assert result.returncode == 0, output
    assert next(line for line in output.splitlines() if "executed in" in line).startswith("notebooks/verdicts.ipynb")
    assert output.count("executed in") == 1


def read(edition: Path) -> str:
    """What Sphinx said of the last time: how many pages it read."""
    text = (edition / "_build" / "compile.log").read_text(encoding="utf-8")
    (said,) = re.findall(r"\d+ added, \d+ changed", text)
    return said


def pages(edition: Path) -> dict[str, int]:
    """Each page that Sphinx has written, and when."""
    html = edition / "_build" / "book" / "_build" / "html"
    return {page.relative_to(html).as_posix(): page.stat().st_mtime_ns for page in html.rglob("*.html")}


def test_a_changed_text_has_other_pages_compiled(built: Path) -> None:
    page = built / "intro.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("made up", "invented"), encoding="utf-8")
    before = pages(built)
    result = run(*SNAKEMAKE, cwd=built)
    assert result.returncode == 0, result.stdout + result.stderr
    wrote = {page for page, when in pages(built).items() if when != before.get(page)}
    assert read(built) == "0 added, 1 changed" and "intro.html" in wrote and "notebooks/islanders.html" not in wrote


def test_changed_data_have_pages_compiled_that_show_nothing_of_it(built: Path) -> None:
    """Every notebook is run; one of them gives something else."""
    claims = built / "data" / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("Harrow's islanders add up", "Harrow's people add up"), encoding="utf-8")
    before = pages(built)
    result = run(*SNAKEMAKE, cwd=built)
    assert result.returncode == 0, result.stdout + result.stderr
    said = result.stdout + result.stderr
    assert all(f"notebooks/{name}.ipynb: executed" in said for name in ("islanders", "verdicts"))
    wrote = {page for page, when in pages(built).items() if when != before.get(page)}
    assert (
        read(built) == "0 added, 1 changed"
        and "notebooks/verdicts.html" in wrote
        and "notebooks/islanders.html" not in wrote
    )
    claims.write_text(text, encoding="utf-8")


@pytest.mark.weekly
def test_a_commit_has_every_page_written_again_or_is_not_said(built: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-C", str(built)]
    for words in (["init", "-q"], ["add", "notebooks"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], check=True)
    notebook = built / "notebooks" / "verdicts.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("claims", "statements", 1), encoding="utf-8")
    before = pages(built)
    result = run(*SNAKEMAKE, cwd=built)
    assert result.returncode == 0, result.stdout + result.stderr
    wrote = {
        page for page, when in pages(built).items() if when != before.get(page)
    }  # and another that a test put back
    assert "notebooks/verdicts.html" in wrote and "notebooks/islanders.html" not in wrote
    said = f"commit {versions.commit(built).rstrip('+')} with changes not yet committed"
    for page in ("intro", "notebooks/islanders", "notebooks/verdicts", "search"):
        assert said in (built / "_build" / "html" / f"{page}.html").read_text(encoding="utf-8")
    shutil.rmtree(built / ".git")
    notebook.write_text(text, encoding="utf-8")


@pytest.mark.weekly
def test_a_broken_page_replaces_the_last_book(built: Path) -> None:
    before = digest(built, "_build/html/**/*.html")
    page = built / "intro.md"
    sound = page.read_text(encoding="utf-8")
    page.write_text(sound + "\n{doc}`nowhere`\n", encoding="utf-8")
    result = run(*ALONE, cwd=built)
    assert result.returncode != 0 and "nowhere" in result.stdout + result.stderr
    assert digest(built, "_build/html/**/*.html") == before
    page.write_text(sound, encoding="utf-8")
    mended = run(*ALONE, cwd=built)
    assert mended.returncode == 0 and mended.stdout.count("executed in") == 0, mended.stdout + mended.stderr
    assert read(built) == "3 added, 0 changed", "a site that was not finished is built upon"


def test_a_failed_build_harms_the_last_book(built: Path) -> None:
    before = digest(built, "_build/html/**/*.html")
    path = built / "data" / "estimates.csv"
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("1200,1200", "1201,1200"), encoding="utf-8")
    result = run(*ALONE, cwd=built)
    output = result.stdout + result.stderr
    assert result.returncode != 0
    assert "data/estimates.csv, row 2, column low: 1201 is above high (1200)" in output
    assert digest(built, "_build/html/**/*.html") == before
    path.write_text(sound, encoding="utf-8")


def test_what_was_spoiled_in_the_folder_of_builds_stays_so(made: Path, tmp_path: Path) -> None:
    """Deleted, cut off, edited or added: the next build gives the bytes that were there, and says what it found."""
    edition = shutil.copytree(made, tmp_path / "spoiled", symlinks=True)
    build = edition / "_build"
    before = digest((build / "html").resolve(), "**/*")
    spoiled = {
        "html/intro.html": b"edited",
        "html/_static/site.css": b"",
        "html/added.html": b"new",
        "book/notebooks/islanders.ipynb": (build / "book/notebooks/islanders.ipynb").read_bytes()[:100],
        "book/intro.md": b"# Another page",
        "book/_toc.yml": b"root: intro",
        "book/_build/.doctrees/intro.doctree": b"",
        "release/data/SHA256SUMS": b"",
    }
    for name, content in spoiled.items():
        (build / name).write_bytes(content)
    picture = next((build / "book" / "exhibits").rglob("*.svg"))
    picture.unlink()
    result = run(*SNAKEMAKE, cwd=edition)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    assert "not as they were made" in result.stderr and picture.exists()
    assert digest((build / "html").resolve(), "**/*") == before


@pytest.mark.weekly
def test_a_plain_build_writes_into_the_last_good_book(built: Path) -> None:
    """`jupyter-book build .`, beside an environment full of Markdown; the next build puts the book in place again."""
    assert run(*SNAKEMAKE, cwd=built).returncode == 0  # what other tests left to do
    stray = built / ".venv" / "lib" / "package" / "README.md"
    stray.parent.mkdir(parents=True)
    stray.write_text("# No page", encoding="utf-8")
    book, link = (built / "_build" / "html").resolve(), built / "_build" / "html"
    before = digest(book, "**/*")
    plain = run("jupyter-book", "build", ".", cwd=built)
    assert plain.returncode == 0, plain.stdout[-3000:] + plain.stderr[-3000:]
    assert digest(book, "**/*") == before and not link.is_symlink() and (link / "index.html").is_file()
    assert not list(link.rglob("*README*"))
    assert run(*SNAKEMAKE, cwd=built).returncode == 0
    assert digest(link.resolve(), "**/*") == before
    shutil.rmtree(built / ".venv")


def test_a_page_that_left_the_edition_stays_in_the_book(built: Path) -> None:
    contents = built / "_toc.yml"
    sound = contents.read_text(encoding="utf-8")
    page = built / "_build" / "html" / "notebooks" / "verdicts.html"
    assert page.is_file()
    contents.write_text(sound.replace("      - file: notebooks/verdicts\n", ""), encoding="utf-8")
    result = run(*SNAKEMAKE, cwd=built)
    assert result.returncode == 0, result.stdout + result.stderr
    assert not page.exists() and page.with_name("islanders.html").is_file()
