"""The pages on which a reader asks a chapter in the browser: controls, what is waited for, and the answer.

    browser_page.write(site, offered, packages, records)     # into `ask/` of the site that `browser_copy` puts together

One page for each chapter that has parameters, and beside them what it works them out with: the edition's notebooks and data
in one archive. Python comes from the same files as the notebooks' kernel. Belongs here: writing them, and what they cost a
reader. Not here: the answer (`answer`), or which chapters run (`browser_copy`).
"""

from __future__ import annotations

import contextlib
import dataclasses
import http.server
import json
import shutil
import threading
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from edition.asking import chapters, notebook
from edition.asking.parameters import in_address, limits, options, value_in_words
from edition.build import browser
from edition.build.answers import ASSUMED
from edition.exhibits import citation, stored
from edition.numbers.wording import sentence_case

FOLDER, ARCHIVE, COSTS = "ask", "edition.zip", "costs.json"
PYTHON = ("static/pyodide", "pypi", FOLDER)  # where what a page loads lies
SCRIPTS = {"browser_page.js": "ask.js", "browser_worker.js": "worker.js"}
UNSEEN = {"micropip", "jupyterlite-pyodide-kernel"}  # packages that only the notebooks' kernel needs
WAIT = 600_000  # ms


@dataclasses.dataclass(frozen=True)
class Costs:
    """What an answer costs a reader, as a browser had it of this machine when the site was made.

    Attributes:
        bytes: what was loaded until the first answer; `notebook`: until a notebook is open and has run.
        first, again, further: seconds to the first answer, to the first of a later visit, and to each one after it; None if
            no browser was at hand.
    """

    bytes: int
    notebook: int
    first: float | None = None
    again: float | None = None
    further: float | None = None

    def __str__(self) -> str:
        """In words, for who is about to load it."""
        size = f"Python and the book's data are loaded for it: {self.bytes / 1e6:.1f} MB, which the browser keeps."
        if self.first is None or self.again is None or self.further is None:
            return size
        return (
            f"{size} Where the book was made, with the files on the same machine, the first answer took {self.first:.0f} s, "
            f"the first of a later visit {self.again:.0f} s, and each one after it {self.further:.1f} s."
        )


def write(
    site: Path, contents: Path, offered: Sequence[str], packages: Sequence[str], known: citation.Edition, storage: str
) -> None:
    """Write the pages.

    Args:
        site: the place in the browser, with Python in it.
        contents: what the notebooks' own files lie in there.
        offered: the chapters that run there.
        packages: what Python has there.
        storage: how the names begin under which a browser keeps what is saved in notebooks.
    """
    folder = site / FOLDER
    folder.mkdir()
    for name, here in SCRIPTS.items():
        shutil.copyfile(Path(__file__).parent / name, folder / here)
    pack(contents, folder / ARCHIVE)
    needed = sorted(set(packages) - UNSEEN)
    asked = [chapter for chapter in offered if chapter in chapters.parameters()]

    def pages(costs: Costs) -> None:
        for chapter in asked:
            made = page(chapter, contents, needed, known, storage, costs)
            (folder / f"{chapter}.html").write_text(made, encoding="utf-8")

    weighed = Costs(_weight(site, *PYTHON), _weight(site))
    pages(weighed)
    if asked:
        pages(weighed := measured(site, asked[0], weighed))
    (folder / COSTS).write_text(json.dumps(dataclasses.asdict(weighed)) + "\n", encoding="utf-8")


def costs(site: Path) -> Costs:
    """What the pages of a site were found to cost."""
    return Costs(**json.loads((site / FOLDER / COSTS).read_text(encoding="utf-8")))


def page(chapter: str, contents: Path, packages: list[str], known: citation.Edition, storage: str, costs: Costs) -> str:
    """The page of a chapter."""
    file = contents / "notebooks" / f"{chapter}.ipynb"
    title, usual = notebook.title(file), notebook.edition(file)
    records, asked = list(stored.records(file)), dataclasses.replace(known, variant=ASSUMED)
    given = {
        "chapter": chapter,
        "packages": packages,
        "storage": storage,
        "bytes": costs.bytes,
        "usual": {name: in_address(value) for name, value in usual.items()},
    }
    return (
        Environment(loader=PackageLoader(__package__, ""), autoescape=True, trim_blocks=True)
        .get_template("browser_page.html")
        .render(
            chapter=chapter,
            title=title,
            known=known,
            assumptions=[_assumption(chapter, name, value) for name, value in usual.items()],
            cost=str(costs),
            notebook=f"{costs.notebook / 1e6:.0f}",
            cite=citation.chapter(title, records, asked, f"notebooks/{chapter}.html", stated=False),
            forms=citation.FORMS,
            given=Markup(json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")),
        )
    )


def _assumption(chapter: str, name: str, usual: Any) -> dict[str, Any]:
    model = chapters.parameters()[chapter]
    field = model.model_fields[name]
    found: dict[str, Any] = {
        "name": name,
        "words": sentence_case(field.description or name),
        "usual": in_address(usual),
        "options": [(in_address(one), value_in_words(model, name, one)) for one in options(model, name)],
        "allowed": sentence_case(model.allowed(name)),
        "step": 1 if field.annotation is int else "any",
    }
    with contextlib.suppress(ValueError):  # a choice, or a number without an end
        found["ends"] = limits(model, name)
    return found


def pack(contents: Path, target: Path) -> None:
    """The files as an archive, notebooks without what they showed when the book was made; the same files give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(path for path in contents.rglob("*") if path.is_file()):
            content = file.read_bytes()
            if file.suffix == ".ipynb":
                notebook = json.loads(content)
                for cell in notebook["cells"]:
                    cell |= {"outputs": []} if cell["cell_type"] == "code" else {}
                content = json.dumps(notebook, ensure_ascii=False).encode()
            archive.writestr(zipfile.ZipInfo(file.relative_to(contents).as_posix()), content, zipfile.ZIP_DEFLATED)


def _weight(site: Path, *folders: str) -> int:
    files = (path for folder in folders or (".",) for path in (site / folder).rglob("*"))
    return sum(path.stat().st_size for path in files if path.is_file())


def measured(site: Path, chapter: str, weighed: Costs) -> Costs:
    """What a browser loads, and how long it takes; as weighed where there is none."""
    with _served(site) as (address, sent), browser.started() as found:
        if found is None:
            return weighed
        visitor = found.new_context()
        first, _ = _answered(visitor.new_page(), f"{address}/{FOLDER}/{chapter}.html")
        loaded = sum(sent.values())
        again, further = _answered(visitor.new_page(), f"{address}/{FOLDER}/{chapter}.html")
        opened = visitor.new_page()
        opened.goto(
            f"{address}/notebooks/index.html?path=notebooks/{chapter}.ipynb", wait_until="networkidle", timeout=WAIT
        )
        return Costs(loaded, sum(sent.values()), first, again, further)


def _answered(page: Any, address: str) -> tuple[float, float]:
    """Seconds to the first answer on a page, and to the next."""
    page.goto(address)
    took = []
    for n in (1, 2):
        began = time.monotonic()
        page.get_by_role("button", name="Work it out").click()
        page.locator(f"main[data-answered='{n}']").wait_for(state="attached", timeout=WAIT)
        took.append(time.monotonic() - began)
    page.close()
    return took[0], took[1]


@contextlib.contextmanager
def _served(site: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """An address where the site stands, and the size of each file that was sent from there."""
    sent: dict[str, int] = {}

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given, directory=str(site))

        def log_request(self, code: Any = "-", size: Any = "-") -> None:
            path = Path(self.translate_path(self.path))
            if code == http.HTTPStatus.OK and path.is_file():
                sent[str(path)] = path.stat().st_size

        def log_message(self, *given: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()
