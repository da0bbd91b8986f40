"""Compile the executed notebooks and pages to HTML, and put the finished book in place of the last one.

    python -m edition.build.publish _build
    python -m edition.build.publish _build/editions/x --edition editions/x.yml

The pipeline has it done in the process at hand (`step`), which has imported Sphinx while notebooks ran.
`_build/html` is a link to the book last finished. It is turned to a new book in one step, once that book
is whole, so a reader never meets half a book and a failed build changes nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from edition import paths
from edition.asking import editions
from edition.build import attachments, dependencies, intact
from edition.exhibits import kept

CORES = "BOOK_CORES"  # environment variable: how many processes may read and write pages


class NotCompiledError(RuntimeError):
    """Jupyter Book failed, for a reason that it has told."""


def compile_book(source: Path) -> Path:
    """The folder of HTML that Jupyter Book makes of `source`; every warning is an error.

    What Sphinx kept of the last book is built upon if that was finished, of the same pages and in the same environment;
    `edition.book.incremental` says what is written again.

    Raises:
        NotCompiledError: Jupyter Book failed.
    """
    from jupyter_book.cli.main import (
        main as jupyter_book,  # slow to import, and whoever asks for `CORES` needs none of it
    )

    kept = source / "_build"
    note, now = kept / "compiled", f"{dependencies.environment()}\n{_pages(source)}"
    if not note.is_file() or note.read_text(encoding="utf-8") != now:
        shutil.rmtree(kept, ignore_errors=True)
    note.unlink(missing_ok=True)
    try:
        jupyter_book(
            ["build", "-W", "-n", "--keep-going", str(source)], prog_name="jupyter-book", standalone_mode=False
        )
    except (Exception, SystemExit) as error:
        raise NotCompiledError(str(error)) from error
    note.write_text(now, encoding="utf-8")
    return kept / "html"


def _pages(source: Path) -> str:
    found = []
    for folder, inside, files in os.walk(source):
        if Path(folder) == source:
            inside[:] = [name for name in inside if name not in {"_build", "exhibits"}]
        found += [os.path.relpath(Path(folder, name), source) for name in files]
    return "\n".join(sorted(found))


def publish(html: Path, build: Path) -> Path:
    """Copy a finished book, with its extras, beside the last one and turn `build/html` to it; returns that link.

    What holds what it held in the last book, by what `intact` noted of both, is shared with that: few files of many change.
    """
    books = build / "books"
    books.mkdir(parents=True, exist_ok=True)
    book = books / Path(tempfile.mkdtemp(dir=books)).name  # which Python 3.12 made absolute
    # .buildinfo is what Sphinx notes for its own next build: a hash of where things lie, and nothing of the book
    link, hashes = build / "html", _as_published(html, build)

    new: list[tuple[str, str]] = []

    def put(file: str, place: str) -> None:
        if (name := f"html/{os.path.relpath(file, html)}") in hashes:
            with contextlib.suppress(OSError):  # a file system without links
                os.link(build / name, place)
                return
        new.append((file, place))

    shutil.copytree(html, book, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".buildinfo"), copy_function=put)
    with ThreadPoolExecutor() as several:  # there may be thousands, each of which waits for the disk
        list(several.map(lambda files: shutil.copy2(*files), new))
    attachments.copy(build, book)
    book.chmod(0o777 & ~_umask())  # as what lies in it: nobody else's where the person who builds wants that
    draft = build / f".html.{os.getpid()}"
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)  # a plain `jupyter-book build .` leaves a folder here
    draft.symlink_to(book.relative_to(build))
    draft.replace(link)
    for old in books.iterdir():
        if old != book:
            shutil.rmtree(old)
    intact.note(build, intact.BOOK, [link], hashes)
    return link


def _as_published(html: Path, build: Path) -> dict[str, str]:
    """Files that hold what they held in the book last published, by their place in `build` there: a hash of that. It need not be
    copied again: the new book shares it with the last.
    """
    compiled, published = intact.unchanged(build, intact.COMPILED), intact.unchanged(build, intact.BOOK)
    here = os.path.relpath(html, build)
    return {
        name: known for name, known in published.items() if compiled.get(f"{here}{name.removeprefix('html')}") == known
    }


def _umask() -> int:
    os.umask(mask := os.umask(0o022))
    return mask


def main(arguments: list[str] | None = None) -> None:
    """The command line; exits with 1 when the book cannot be compiled."""
    parser = argparse.ArgumentParser(description="Compile a book and put it in place of the last one.")
    asked = editions.of_command_line(parser, arguments)
    try:
        for notebook in sorted((asked.build / "book" / "notebooks").glob("*.ipynb")):
            step, *made = intact.chapter(asked.build, notebook.stem)
            intact.keep_dates(asked.build, step, made)
        with kept.beside_the_book():
            html = compile_book(asked.build / "book")
        # Noted before: of what was made anew it says what holds the same as in the last book
        intact.note(asked.build, intact.COMPILED, [asked.build / "book" / "_build"])
        publish(html, asked.build)
        kept.drop(paths.root() / kept.FOLDER)
    except (OSError, shutil.Error) as error:  # a full disk, a folder that cannot be written to
        sys.exit(f"the book could not be put in place; the last one stays there: {error}")
    except NotCompiledError as error:
        print(error, file=sys.stderr)
        sys.exit("the book was not compiled; the last one stays in place")


if __name__ == "__main__":
    main()
