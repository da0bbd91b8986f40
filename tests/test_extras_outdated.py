"""A PDF, an EPUB or another extra is published with a book that says something else, or is lost though it says the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from edition.build import attachments, publish

PDF = "book.pdf"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A book, and a PDF made from it."""
    for name in ("book/notebooks", "book/_build", "extras", "page"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "book" / "notebooks" / "china.ipynb").write_text("1,500,000", encoding="utf-8")
    (tmp_path / "page" / "intro.html").write_text("a page", encoding="utf-8")
    (tmp_path / "extras" / PDF).write_text("a PDF", encoding="utf-8")
    attachments.seal(tmp_path, PDF, attachments.digest(tmp_path))
    return tmp_path


def published(build: Path) -> bool:
    return (publish.publish(build / "page", build) / PDF).is_file()


def test_a_form_of_this_content_is_left_out(build: Path) -> None:
    assert published(build)


def test_a_form_of_other_content_is_published(build: Path) -> None:
    (build / "book" / "notebooks" / "china.ipynb").write_text("1,500,001", encoding="utf-8")
    assert not published(build)


def test_a_form_without_a_new_page_is_published(build: Path) -> None:
    (build / "book" / "glossary.md").write_text("new", encoding="utf-8")
    assert not published(build)


def test_a_form_of_unknown_content_is_published(build: Path) -> None:
    (build / "extras" / f".{PDF}").unlink()
    assert not published(build)


def test_a_file_written_again_with_the_same_content_loses_the_form(build: Path) -> None:
    os.utime(build / "book" / "notebooks" / "china.ipynb")
    (build / "book" / "_build" / "page.html").write_text(
        "what Sphinx made is not what it was made from", encoding="utf-8"
    )
    assert published(build)
