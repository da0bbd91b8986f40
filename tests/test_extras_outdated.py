"""A PDF, an EPUB or another extra is published with a book that says something else, or is lost though it says the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from edition.build import attachments, publish

PDF = "islanders-of-vell.pdf"


@pytest.fixture
def build(paper: Path) -> Path:
    """A book, and a PDF made from it."""
    build = paper / "_build"
    for name in ("book/notebooks", "book/_build", "extras", "page"):
        (build / name).mkdir(parents=True)
    (build / "book" / "notebooks" / "islanders.ipynb").write_text("1,500", encoding="utf-8")
    (build / "page" / "intro.html").write_text("a page", encoding="utf-8")
    (build / "extras" / PDF).write_text("a PDF", encoding="utf-8")
    attachments.seal(build, PDF, attachments.digest(build))
    return build


def published(build: Path) -> bool:
    return (publish.publish(build / "page", build) / PDF).is_file()


def test_a_form_of_this_content_is_left_out(build: Path) -> None:
    assert published(build)


def test_a_form_of_other_content_is_published(build: Path) -> None:
    (build / "book" / "notebooks" / "islanders.ipynb").write_text("1,501", encoding="utf-8")
    assert not published(build)


def test_a_form_without_a_new_page_is_published(build: Path) -> None:
    (build / "book" / "glossary.md").write_text("new", encoding="utf-8")
    assert not published(build)


def test_a_form_of_other_data_is_published(build: Path) -> None:
    path = build.parent / "data" / "places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Sallow", "Sallows"), encoding="utf-8")
    assert not published(build)


def test_a_form_of_unknown_content_is_published(build: Path) -> None:
    (build / "extras" / f".{PDF}").unlink()
    assert not published(build)


def test_a_file_written_again_with_the_same_content_loses_the_form(build: Path) -> None:
    os.utime(build / "book" / "notebooks" / "islanders.ipynb")
    (build / "book" / "_build" / "page.html").write_text(
        "what Sphinx made is not what it was made from", encoding="utf-8"
    )
    assert published(build)
