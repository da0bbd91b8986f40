"""Something that the book is made from changes, and the next build does not make the book that one from nothing makes.

Of the invented paper, with what it need not have added: a page of changes, a glossary, a catalogue, a style sheet and a
script of its own, a README of its data, a sweep. Each kind of input is changed in turn, in a copy of the paper and of the
engine beside it. All kinds take minutes: `make test` tries some, others each day, `make test-whole` tries all.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.conftest import ROOT, SNAKEMAKE, copy_paper, environment

Change = Callable[[Path, Path], None]  # of the folder of the paper, and of the engine
OLD = 1_000_000_000  # seconds: a date in 2001
SWEEP = """from edition import paths
from edition.asking import sweep_table, sweeps

sweep_table.evaluate(sweeps.load(paths.root() / "sweeps/scholars.yml"), tables)"""
ADDED = {
    "_static/own.css": ".own { color: inherit; }\n",
    "_static/own.js": "// nothing\n",
    "CHANGELOG.md": "# Changes\n\n## 1.0.0\n\nThe first.\n\n```{corrections}\n```\n",
    "summary.md": "# Summary\n\nThey add up to {glue}`/notebooks/islanders.ipynb::sum`, see {ref}`fig-islanders`.\n",
    "catalogue.md": "# Catalogue\n\n```{catalogue}\n```\n",
    "glossary.md": "# Words\n\n```{glossary}\nislander\n  Somebody from Vell.\n```\n\n```{mentions} places\n```\n",
    "data/README.md": "# Data\n\nInvented.\n",
    "sweeps/scholars.yml": "name: Both\nsummary: Who says what.\nchapters: {islanders: {grid: {scholar: [harrow, quill]}}}\n",
}


def put(path: Path, old: str, new: str) -> None:
    """Write one text in the place of another."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def in_paper(name: str, old: str, new: str) -> Change:
    return lambda paper, engine: put(paper / name, old, new)


def in_engine(name: str, old: str, new: str) -> Change:
    return lambda paper, engine: put(engine / name, old, new)


def to_engine(name: str, more: str) -> Change:
    def change(paper: Path, engine: Path) -> None:
        with (engine / name).open("a", encoding="utf-8") as file:
            file.write(more)

    return change


def another_font(paper: Path, engine: Path) -> None:
    file = engine / "charts" / "fonts" / "SourceSans3-Regular.ttf"
    with TTFont(file) as font:
        for glyph in ("zero", "one", "e"):
            width, left = font["hmtx"][glyph]
            font["hmtx"][glyph] = (width + 100, left)
        font.save(file)


def another_version(paper: Path, engine: Path) -> None:
    put(paper / "CITATION.cff", "version: 1.0.0", "version: 1.1.0")
    put(paper / "src/invented/paper.py", 'version = "1.0.0"', 'version = "1.1.0"')


def a_page_gone(paper: Path, engine: Path) -> None:
    put(paper / "_toc.yml", "      - file: glossary\n", "")
    (paper / "glossary.md").unlink()


def a_chapter_gone(paper: Path, engine: Path) -> None:
    put(paper / "_toc.yml", "      - file: notebooks/verdicts\n", "")
    (paper / "notebooks/verdicts.ipynb").unlink()
    put(paper / "src/invented/paper.py", '"claim": "notebooks/verdicts",', "")
    put(paper / "src/invented/paper.py", '"inconsistency": "notebooks/verdicts",', "")


def a_commit(paper: Path, engine: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-C", str(paper)]
    for words in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run([*git, *words], check=True)


def with_an_older_date(change: Change, name: str) -> Change:
    def older(paper: Path, engine: Path) -> None:
        change(paper, engine)
        for path in (paper / name, engine / name):
            if path.exists():
                os.utime(path, (OLD, OLD))

    return older


KINDS: dict[str, Change] = {
    "a table of numbers": in_paper("data/estimates.csv", '"about 1,500",1500,1500', '"about 1,400",1400,1400'),
    "a number that another page says too": in_paper("data/estimates.csv", "1911,800,800,800", "1911,700,700,700"),
    "a table of places": in_paper("data/places.csv", "sallow,Sallow", "sallow,Sallows"),
    "a table of sources": in_paper("data/sources.csv", "harrow_1911,Harrow,", "harrow_1911,Harrows,"),
    "the claims": in_paper("data/claims.csv", "Harrow's islanders add up", "Harrow's people add up"),
    "the inconsistencies": in_paper("data/inconsistencies.csv", "A third island", "Another island"),
    "the descriptor": in_paper("data/datapackage.json", "Numbers of a paper that", "The numbers of a paper that"),
    "a README that is published": in_paper("data/README.md", "Invented.", "All invented."),
    "the configuration": in_paper("_config.yml", "title: The Islanders", "title: Islanders"),
    "the contents": in_paper("_toc.yml", "file: CHANGELOG\n      - file: catalogue", "file: catalogue\n      - file: CHANGELOG"),
    "the references": in_paper("references.bib", "Vell and Its Islanders", "Vell and Its People"),
    "what the edition is called": in_paper("CITATION.cff", "an invented edition", "an edition"),
    "a page": in_paper("intro.md", "Nothing here is true", "Nothing of this is true"),
    "the changelog": in_paper("CHANGELOG.md", "The first.", "The very first."),
    "a definition of the glossary": in_paper("glossary.md", "Somebody from Vell.", "Anybody from Vell."),
    "a chapter's text": in_paper("notebooks/verdicts.ipynb", "Of the claims, {glue}", "Of its claims, {glue}"),
    "a chapter's default": in_paper("notebooks/islanders.ipynb", 'bound: str = \\"both\\"', 'bound: str = \\"lowest\\"'),
    "a chart's option": in_paper("src/invented/chapters/islanders.py", 'unit="islanders"', 'unit="people"'),
    "a sentence": in_paper("src/invented/sentences/islanders.md", "Quill stayed at home", "Quill sat at home"),
    "a check": in_paper("src/invented/claims.py", "The parts add up to", "Its parts add up to"),
    "a sweep": in_paper("sweeps/scholars.yml", "[harrow, quill]", "[quill]"),
    "a style sheet of the paper's": in_paper("_static/own.css", "inherit", "red"),
    "a script of the paper's": in_paper("_static/own.js", "nothing", "nothing at all"),
    "a template": in_engine("book/card.html", "How it was made</summary>", "How this was made</summary>"),
    "a template of every page": in_engine("book/version.html", "Version {{", "The version {{"),
    "a style sheet": to_engine("book/static/book.css", ".more { color: inherit; }\n"),
    "a style sheet that is put together with others": to_engine("book/static/print.css", ".more { color: inherit; }\n"),
    "a script": to_engine("book/static/book.js", "// more\n"),
    "a font": another_font,
    "wording": in_engine("numbers/wording.py", 'word: str = "and"', 'word: str = "as well as"'),
    "how a chart is drawn": in_engine("charts/estimates.py", "0.31 * sum(heights)", "0.33 * sum(heights)"),
    "how a citation is made": in_engine("exhibits/citation.py", 'return f"Source: {', 'return f"From: {'),
    "how a table is set": in_engine("book/render.py", 'f"Source: {', 'f"From: {'),
    "a version number": another_version,
    "a commit": a_commit,
    "a page gone": a_page_gone,
    "a chapter gone": a_chapter_gone,
    "a file of the paper's gone": lambda paper, engine: (paper / "_static/own.js").unlink(),
    "a table with an older date": with_an_older_date(in_paper("data/places.csv", "brack,Brack", "brack,Bracks"), "data/places.csv"),
    "a page with an older date": with_an_older_date(in_paper("intro.md", "are made up", "are invented"), "intro.md"),
    "a template with an older date": with_an_older_date(in_engine("book/card.html", "<dt>Chapter</dt>", "<dt>In</dt>"), "book/card.html"),
}  # fmt: skip
TODAY = random.Random(datetime.date.today().toordinal()).sample(sorted(KINDS), 1)


def book(folder: Path) -> dict[str, str]:
    """Every file of the book that was made in a folder, with its hash."""
    html = (folder / "paper/_build/html").resolve()
    files = sorted(path for path in html.rglob("*") if path.is_file())
    return {path.relative_to(html).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Workshop:
    """A folder in which the paper's book is made again and again, always in the same place, as Sphinx knows its sources
    by where they lie; and one in which it is made from nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.kept, self.place, self.clean = folder / "kept", folder / "place", folder / "clean"
        paper = copy_paper(self.place / "paper")
        shutil.copytree(
            ROOT / "src" / "edition", self.place / "src" / "edition", ignore=shutil.ignore_patterns("__pycache__")
        )
        for name, text in ADDED.items():
            (paper / name).parent.mkdir(exist_ok=True)
            (paper / name).write_text(text, encoding="utf-8")
        put(
            paper / "_toc.yml",
            "verdicts\n",
            "verdicts\n      - file: CHANGELOG\n      - file: catalogue\n      - file: glossary\n      - file: summary\n",
        )
        notebook = json.loads((paper / "notebooks/verdicts.ipynb").read_text(encoding="utf-8"))
        notebook["cells"].append(
            {
                "cell_type": "code",
                "id": "swept",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": SWEEP,
            }
        )
        (paper / "notebooks/verdicts.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        self.build(self.place)
        shutil.copytree(self.place, self.kept, symlinks=True)

    def build(self, folder: Path) -> dict[str, str]:
        """Make the book; every file of it, with its hash."""
        code = f"{folder / 'paper' / 'src'}:{folder / 'src'}"
        done = subprocess.run(SNAKEMAKE, cwd=folder / "paper", env={**environment(folder), "PYTHONPATH": code}, capture_output=True,
                              text=True, check=False)  # fmt: skip
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return book(folder)

    def both(self, change: Change) -> list[dict[str, str]]:
        """The book that is there made again after a change, and one made from nothing."""
        for folder in (self.place, self.clean):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.kept, self.place, symlinks=True)
        change(self.place / "paper", self.place / "src" / "edition")
        shutil.copytree(self.place, self.clean, symlinks=True, ignore=shutil.ignore_patterns("_build", ".snakemake"))
        with ThreadPoolExecutor() as both:
            return list(both.map(self.build, (self.place, self.clean)))


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("inputs"))


@pytest.fixture(scope="session")
def usual(workshop: Workshop) -> dict[str, str]:
    """The book before any change."""
    return book(workshop.kept)


def is_noticed(workshop: Workshop, usual: dict[str, str], kind: str) -> None:
    again, clean = workshop.both(KINDS[kind])
    assert clean != usual, "the book says nothing of it: change something else"
    assert sorted(name for name in again.keys() | clean.keys() if again.get(name) != clean.get(name)) == []


@pytest.mark.parametrize("kind", TODAY)
def test_the_next_build_makes_another_book_than_one_from_nothing(
    workshop: Workshop, usual: dict[str, str], kind: str
) -> None:
    is_noticed(workshop, usual, kind)
