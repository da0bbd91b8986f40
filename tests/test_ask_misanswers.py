"""The command that asks one chapter answers something else than the chapter, or its page needs something beside it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from edition.build import ask, in_process
from tests.conftest import ROOT


@pytest.fixture
def vell(paper: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented paper, in whose folder this runs."""
    monkeypatch.chdir(paper)
    return paper


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[list[str], lxml.html.HtmlElement]:
    """What the command prints, and its page."""
    ask.main(list(words))
    lines = capsys.readouterr().out.splitlines()
    return lines, lxml.html.fromstring(Path(lines[-1].removeprefix("The page: ")).read_text(encoding="utf-8"))


def refused(*words: str) -> str:
    """The line with which the command ends."""
    with pytest.raises(SystemExit) as ended:
        ask.main(list(words))
    said = str(ended.value.code)
    assert "\n" not in said
    return said


def test_a_changed_text_is_not_told_or_not_marked(vell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usual, other = (
        in_process.run(vell / "notebooks" / "islanders.ipynb", given).texts for given in ({}, {"largest": 1})
    )
    lines, page = asked(capsys, "islanders", "largest=1")
    assert lines[0].startswith("islanders: largest: 1 (in the edition: 2); one of 3 computed texts")
    assert f"  sum: {other['sum']}" in lines
    assert any(line.endswith(f"(in the edition: {usual['sum']})") for line in lines)
    marked = [mark.text_content() for mark in page.xpath("//main//mark")]
    assert other["sum"] in marked and other["total"] not in marked
    assert f"(in the edition: {usual['sum']})" in page.xpath("string(//main)")


def test_an_answer_as_in_the_edition_has_marks(vell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, page = asked(capsys, "islanders", "largest=2")
    assert "nothing is other than in the edition" in lines[0]
    assert not page.xpath("//mark")


def test_the_page_needs_another_file_or_lacks_a_part(vell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, page = asked(capsys, "islanders", "scholar=harrow")
    assert not page.xpath("//script | //link | //iframe")
    assert {address[:5] for address in page.xpath("//@src | //@srcset")} == {"data:"}
    assert len(page.xpath("//figure")) == 2 and len(page.xpath("//picture/source[contains(@media, 'dark')]")) == 1
    assert all(image.get("alt") for image in page.xpath("//img"))
    assert all("Source: " in figure.text_content() for figure in page.xpath("//figure"))
    said = page.xpath("string(//footer)")
    assert "asked with scholar harrow" in said and "make ask CHAPTER=islanders scholar=harrow" in said
    assert "@" in said and "TY  - " in said, "no BibTeX or RIS"


def test_a_refusal_is_long_or_does_not_say_what_is_allowed(vell: Path) -> None:
    assert refused("islander", "largest=1") == (
        "CHAPTER: 'islander' is no chapter; allowed: islanders; did you mean 'islanders'?"
    )
    assert refused("verdicts").startswith("CHAPTER: 'verdicts' has no parameters")
    assert refused("islanders", "largest=9") == (
        "islanders: parameter 'largest' is 9; allowed: a whole number from 1 to 2"
    )
    assert "allowed: scholar, bound, largest; did you mean 'largest'?" in refused("islanders", "larges=1")
    assert "'largest' is 'two'" in refused("islanders", "largest=two")
    assert "allowed: a parameter with its value" in refused("islanders", "largest")


def test_a_chapter_or_an_assumption_is_not_listed(vell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask.main([])
    assert "islanders: How many islanders" in capsys.readouterr().out.splitlines()
    ask.main(["islanders"])
    said = capsys.readouterr().out
    assert (
        "    largest=2  how many of the largest islands are added up: 2\n        allowed: a whole number from 1 to 2\n"
        in said
    )
    assert (
        "    scholar=quill  whose numbers are added up: Quill's\n        allowed: harrow (Harrow's); quill (Quill's)\n"
        in said
    )
    assert "For example: make ask CHAPTER=islanders scholar=harrow" in said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["CHAPTER=table_1", "largest=5", "CORES=4"], ["table_1", "largest=5"]),
        (
            ["CHAPTER=homeland", "rank_among=countries and Antarctica"],
            ["homeland", "rank_among=countries and Antarctica"],
        ),
        (
            ["CHAPTER=a", "x=';touch made;' \"b\" `touch made` | y=1"],
            ["a", "x=';touch made;' \"b\" `touch made` | y=1"],
        ),
        ([], []),
    ],
)
def test_make_hands_a_value_over_otherwise_or_runs_it(tmp_path: Path, words: list[str], expected: list[str]) -> None:
    script = "import os; from edition.build import ask; print(ask.from_make(os.environ))"
    (tmp_path / "Makefile").write_text(f"ask:\n\t@{sys.executable} -c '{script}'\n", encoding="utf-8")
    done = subprocess.run(["make", "-s", "ask", *words], cwd=tmp_path, capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": f"{ROOT / 'src'}", "PATH": "/usr/bin:/bin"})  # fmt: skip
    assert done.stdout.strip() == repr(expected), done.stderr
    assert not (tmp_path / "made").exists()


def test_a_value_of_a_real_chapter_is_answered_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    answer = ask.ask("table_1", {"largest": 5})
    assert "the five largest communities in both columns, with 94.7" in answer.texts.said["largest"]
    assert [record.id for record in answer.changed] == ["tbl-table-1-sums"]
    page = lxml.html.fromstring(ask.page(answer))
    assert [mark.text_content() for mark in page.xpath("//header//mark")] == ["marked", "5"]
    assert re.search(r"Exhibit T\d+\. Both columns add up to the totals printed", page.xpath("string(//main)"))
