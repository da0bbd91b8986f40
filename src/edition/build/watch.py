"""The book while it is written: made, served, and made again as soon as something that it is made from changes.

    python -m edition.build.watch 8000 python -m edition.build.lock _build python -m edition.build.step progress --cores 2     # `make watch`

The command is the one of `make book`, which does what depends on the change and no more; it finds a process at
hand from one time to the next (`fork_client`), which begins anew where more than text changed, as it has imported code and
read data. An open page is told by an event stream which book is served now, and why the last change is not in it. The script that listens
is put into pages as they are served: the published files are without it. Belongs here: seeing a change, serving, telling.
Not here: what is done upon a change (`workflow/Snakefile`).
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from edition import paper, paths
from edition.asking import editions
from edition.build import fork_client, serve
from edition.data.load import DataError

SCRIPT, NEWS = "/watch.js", "/watch"  # addresses: what pages run, and the stream of events
LOG = "watch.log"  # in the folder of the book: the errors of the last time, whole
LOOKS, BEATS = 0.1, 15  # seconds between two looks at what is there; until a stream shows that somebody still listens
MADE = {"_build", "__pycache__"}  # made from what is watched
TEXT = {".ipynb", ".md"}  # no process keeps what these say
TOLD = re.compile(r"\b(?:WARNING|ERROR): ")  # what Sphinx says before an error, after where it is
CHATTER = "Using "  # how Snakemake begins to say which profile it takes, whatever it is told about silence
NOT_YET = "<!doctype html><title>The book is being made</title><body><p>The book is being made.</p></body>"

Seen = dict[Path, tuple[int, int]]  # file → when it was written, and its size


class News:
    """What an open page is told: which book is served, and why the last change is not in it.

    Attributes:
        home: the folder in which the book is made.
        error: a line; "" where nothing is wrong.
    """

    def __init__(self, home: Path) -> None:
        self.home, self.error = home, ""

    def book(self) -> Path | None:
        """The folder of the last good book; None before the first."""
        book = (self.home / "html").resolve()
        return book if (book / "index.html").is_file() else None

    def now(self) -> dict[str, str]:
        """As an event says it."""
        book = self.book()
        return {"book": book.name if book else "", "error": self.error}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the last good book, each page with the script that listens."""

    def __init__(self, news: News, *args: Any) -> None:
        self.news, self.book = news, news.book()
        super().__init__(*args, directory=str(self.book or news.home))

    def do_GET(self) -> None:
        """A page with the script, another file as it is, or one of the two addresses of its own."""
        path = urlsplit(self.path).path
        file = Path(self.translate_path(self.path), "index.html" if path.endswith("/") else "")
        if path == NEWS:
            self._tell()
        elif path == SCRIPT:
            self._answer(Path(__file__).with_suffix(".js").read_text(encoding="utf-8"), "text/javascript")
        elif not self.book:
            self._answer(listening(NOT_YET, ""), "text/html")
        elif file.suffix == ".html" and file.is_file():
            self._answer(listening(file.read_text(encoding="utf-8"), self.book.name), "text/html")
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """With each answer: it may be another one the next time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """The terminal is for what is made."""

    def _answer(self, text: str, kind: str) -> None:
        content = text.encode()
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _tell(self) -> None:
        """The stream of events: one at once, and one whenever it has become another."""
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        told: dict[str, str] = {}
        with contextlib.suppress(ConnectionError):
            while True:
                until = time.monotonic() + BEATS
                while (now := self.news.now()) == told and time.monotonic() < until:
                    time.sleep(LOOKS)
                self.wfile.write(b":\n\n" if now == told else f"data: {json.dumps(now)}\n\n".encode())
                told = now


def listening(page: str, book: str) -> str:
    """A page with the script at its end.

    >>> listening("<body>x</body>", "tmp1")
    '<body>x<script src="/watch.js" data-book="tmp1"></script></body>'
    """
    end = page.rfind("</body>") if "</body>" in page else len(page)
    return f'{page[:end]}<script src="{SCRIPT}" data-book="{escape(book)}"></script>{page[end:]}'


def seen(folders: Iterable[Path]) -> Seen:
    """Every file in the folders, except what is hidden, made, or an editor's copy."""
    found: Seen = {}
    for folder in folders:
        for where, inside, names in os.walk(folder):
            inside[:] = [name for name in inside if name[0] != "." and name not in MADE]
            for name in names:
                if name[0] != "." and name[-1] != "~":
                    path = Path(where, name)
                    with contextlib.suppress(FileNotFoundError):
                        stat = path.stat()
                        found[path] = (stat.st_mtime_ns, stat.st_size)
    return found


def changed(before: Seen, now: Seen) -> set[Path]:
    """The files that came, went or were written again."""
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def next_change(folders: Sequence[Path], before: Seen) -> Seen:
    """What is there once it is not what was there before, and nobody is still writing."""
    last, now = before, seen(folders)
    while now == before or now != last:
        time.sleep(LOOKS)
        last, now = now, seen(folders)
    return now


def make(command: Sequence[str], environment: dict[str, str], log: Path) -> str:
    """Run the command that makes the book; the error in a line, "" where there was none."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as errors:
        status = subprocess.run(command, env=environment, stderr=errors, check=False).returncode
    return first(log.read_text(encoding="utf-8")) or f"status {status}" if status else ""


def first(errors: str) -> str:
    """The first error of what a command said, in a line: what Sphinx calls one, or else the first line.

    >>> first("[sphinx] running\\nintro.md:3: WARNING: unknown document: 'nowhere'\\n")
    "intro.md:3: WARNING: unknown document: 'nowhere'"
    """
    lines = [line.strip() for line in errors.splitlines() if line.strip() and not line.startswith(CHATTER)]
    return next((line for line in lines if TOLD.search(line)), lines[0] if lines else "")


def keep(root: Path, command: Sequence[str], news: News) -> NoReturn:
    """Make the book, and again after each change."""
    folders = [root, *paper.code(root)]
    now = seen(folders)
    with fork_client.again_and_again() as (environment, begin_anew):
        while True:
            began = time.monotonic()
            news.error = make(command, environment, news.home / LOG)
            print(_said(news, time.monotonic() - began), flush=True)
            before, now = now, next_change(folders, now)
            if any(path.suffix not in TEXT for path in changed(before, now)):
                begin_anew()


def _said(news: News, seconds: float) -> str:
    if not news.error:
        return f"The book is made ({seconds:.1f} s)"
    return f"{news.error}\nThe last change is not in the book; all that was said of it is in {news.home / LOG}"


def main() -> None:
    """The command line; it ends with Ctrl-C."""
    if len(sys.argv) < 3:
        sys.exit("a port and a command are needed: python -m edition.build.watch 8000 snakemake --cores 2")
    port, command, root = sys.argv[1], sys.argv[2:], paths.root()
    try:
        news = News(root / editions.home(editions.current()))
    except editions.EditionError as error:
        sys.exit(str(error))
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # also where the shell that began it in the background had it ignored
    server = serve.server(port, functools.partial(Handler, news), "watch")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Read it at http://127.0.0.1:{server.server_port}/ and stop with Ctrl-C", flush=True)
    try:
        keep(root, command, news)
    except DataError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
