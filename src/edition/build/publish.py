"""Compile the executed notebooks and pages to HTML, and put the finished book in place of the last one.

    python -m edition.build.publish _build
    python -m edition.build.publish _build/editions/x --edition editions/x.yml

`_build/html` is a link to the book last finished. It is turned to a new book in one step, once that book
is whole, so a reader never meets half a book and a failed build changes nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from edition import paths
from edition.asking import editions
from edition.build import attachments, dependencies, intact
from edition.exhibits import kept


def compile_book(source: Path) -> Path:
    """The folder of HTML that Jupyter Book makes of `source`; every warning is an error.

    What Sphinx kept of the last book is built upon if that was finished, of the same pages and in the same environment;
    `edition.book.incremental` says what is written again.

    Raises:
        subprocess.CalledProcessError: Jupyter Book failed.
    """
    kept = source / "_build"
    note, now = kept / "compiled", f"{dependencies.environment()}\n{_pages(source)}"
    if not note.is_file() or note.read_text(encoding="utf-8") != now:
        shutil.rmtree(kept, ignore_errors=True)
    note.unlink(missing_ok=True)
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", "-W", "-n", "--keep-going", str(source)]
    subprocess.run(command, check=True)
    note.write_text(now, encoding="utf-8")
    return kept / "html"


def _pages(source: Path) -> str:
    files = (path.relative_to(source) for path in source.rglob("*") if path.is_file())
    return "\n".join(sorted(str(file) for file in files if file.parts[0] not in {"_build", "exhibits"}))


def publish(html: Path, build: Path) -> Path:
    """Copy a finished book, with its extras, beside the last one and turn `build/html` to it; returns that link."""
    books = build / "books"
    books.mkdir(parents=True, exist_ok=True)
    book = books / Path(tempfile.mkdtemp(dir=books)).name  # which Python 3.12 made absolute
    # .buildinfo is what Sphinx notes for its own next build: a hash of where things lie, and nothing of the book
    shutil.copytree(html, book, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".buildinfo"))
    attachments.copy(build, book)
    book.chmod(0o777 & ~_umask())  # as what lies in it: nobody else's where the person who builds wants that
    link, draft = build / "html", build / f".html.{os.getpid()}"
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)  # a plain `jupyter-book build .` leaves a folder here
    draft.symlink_to(book.relative_to(build))
    draft.replace(link)
    for old in books.iterdir():
        if old != book:
            shutil.rmtree(old)
    return link


def _umask() -> int:
    os.umask(mask := os.umask(0o022))
    return mask


def main() -> None:
    """The command line; exits with 1 when the book cannot be compiled."""
    parser = argparse.ArgumentParser(description="Compile a book and put it in place of the last one.")
    asked = editions.of_command_line(parser)
    try:
        link = publish(compile_book(asked.build / "book"), asked.build)
        intact.note(asked.build, intact.COMPILED, [asked.build / "book" / "_build"])
        intact.note(asked.build, intact.BOOK, [link])
        kept.drop(paths.root() / kept.FOLDER)
    except (OSError, shutil.Error) as error:  # a full disk, a folder that cannot be written to
        sys.exit(f"the book could not be put in place; the last one stays there: {error}")
    except subprocess.CalledProcessError:
        sys.exit("the book was not compiled; the last one stays in place")


if __name__ == "__main__":
    main()
