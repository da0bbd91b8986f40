"""What a step of the pipeline is made from, and one hash of what that holds.

    files = dependencies.notebook(Path("notebooks/islanders.ipynb"))  # {…/chapters/islanders.py, …}
    dependencies.digest(files)                                        # the same until one of them holds something else

A step is done again when its hash is another one: what files hold decides, never their dates. Every table is behind every
notebook; of the code, what a notebook's imports lead to, found in the source. That may be more than a run touches, never
less; a test holds it. Belongs here: reading source, hashing. Not here: running anything, or which step comes after which.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib.metadata
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from edition import paper, paths
from edition.build import contents
from edition.data import load, plain_yaml
from edition.numbers.sentences import FOLDER as SENTENCES

P = ParamSpec("P")
T = TypeVar("T")

RUNS = "edition.build.execute"  # runs every notebook, and makes the files of its exhibits
EVERY_CHAPTER = "edition.asking.chapters"  # imports each chapter by name, to ask for its parameters
CHARTS = "edition.exhibits.registry"  # imports the charts by name; a chapter imports those that it shows
DRAWING = ("edition.charts", "edition.maps")  # where they stand
THE_PAPER = "edition.paper"  # imports what the descriptor names
SWEEP = re.compile(r"sweeps/[\w-]+\.yml")
LOCK = Path("locks", "requirements.lock")
SAID = (
    "CITATION.cff",
    "_config.yml",
    "data/names.csv",
)  # what every citation says of the edition, and what things are called
PROMISED = Path("data", "published.csv")  # what a test holds the addresses against; nothing is made from it


class DependencyError(Exception):
    """A file from which something is made is missing or cannot be read."""


class Source(NamedTuple):
    """What a source names: modules of the code folders that it imports (anywhere; at its top), files of sweeps."""

    imported: frozenset[str]
    at_top: frozenset[str]
    sweeps: frozenset[str]


def notebook(file: Path, by: str = RUNS) -> set[Path]:
    """Every file that what a notebook gives depends on, the environment apart.

    Args:
        by: the module that runs it, and makes something of its outputs.

    Raises:
        DependencyError: one of them is missing or cannot be read.
    """
    return {file, *code(file, by), *sweeps(file), *data(), *said()}


def code(file: Path, by: str = RUNS) -> set[Path]:
    """The files of code that a notebook is run with.

    A chapter that asks what all chapters declare (`EVERY_CHAPTER`) has the file of each behind it; for declaring its
    parameters a chapter needs no other module, which a test holds.
    """
    begin = {file, *(path for path in sweeps(file) if path.suffix == ".ipynb")}
    own = _reached(frozenset(name for path in begin for name in _cells(path).imported))
    declaring = set(_chapters().values()) if EVERY_CHAPTER in own else set()
    return _files(own | _reached(frozenset({by}))) | declaring


def behind(module: str) -> set[Path]:
    """The files of code that a module is run with, its own included; every chart where it looks charts up by name."""
    found = _reached(frozenset({module}))
    if CHARTS in found:
        found |= _reached(
            frozenset(f"{room}.{file.stem}" for room in DRAWING for file in _file(room).parent.glob("[!_]*.py"))
        )
    return _files(found)


def site() -> set[Path]:
    """The files that the site is made from beside its pages, notebooks and extras: the code of the book, and what the data to
    take away are made from.
    """
    return behind("edition.book.assets") | release()


def release() -> set[Path]:
    """The files that the data to take away are made from: all that lies beside the data, too."""
    kept = {path for path in (paths.root() / "data").rglob("*") if path.is_file() and _kept(path)} - {
        paths.root() / PROMISED
    }
    return kept | behind("edition.build.release") | _files(_reached(frozenset({_paper()}))) | data() | said()


def data() -> set[Path]:
    """The descriptor of the data package, and every file that it describes."""
    return set(load.files(paths.root() / "data"))


def said() -> set[Path]:
    """The files that say what the edition is called and where it lies."""
    return {file for name in SAID if (file := paths.root() / name).is_file()}


def sweeps(file: Path) -> set[Path]:
    """The files of sweeps that a notebook names, and the notebooks of the chapters these ask, whose parameters they take."""
    root, cells = paths.root(), _cells(file)
    modules = _reached(cells.imported)
    named = {root / name for name in cells.sweeps.union(*(_source(_file(module)).sweeps for module in modules))}
    try:
        asked = {chapter for sweep in named for chapter in plain_yaml.read(sweep).get("chapters", ())}
    except (OSError, plain_yaml.PlainYamlError) as error:
        raise DependencyError(str(error)) from error
    return named | {root / "notebooks" / f"{chapter}.ipynb" for chapter in asked}


def everything() -> set[Path]:
    """Every file that the book is made from, the environment apart: pages, notebooks, sweeps, data and code."""
    root = paths.root()
    folders = [root / name for name in ("notebooks", "sweeps", "_static", "data")] + paper.code(root)
    found = {path for folder in folders for path in folder.rglob("*") if path.is_file() and _kept(path)}
    return (found - {root / PROMISED}) | {root / contents.FILE, *contents.pages(root).values(), *said()}


def digest(files: Iterable[Path]) -> str:
    """A hash of what files are called and hold; each is read once in a process.

    Raises:
        DependencyError: one is missing or cannot be read.
    """
    root = paths.root()
    return hashlib.sha256("".join(sorted(_line(root, file) for file in files)).encode()).hexdigest()


def ahead() -> None:
    """Read what a book is made from, for copies of this process to be asked: of a file that is then as it is now, by its size,
    its dates and its place on the disk, they know what it holds.
    """
    files = everything() | site()
    for chapter in contents.chapters(paths.root()):
        files |= notebook(chapter)
    _AHEAD.update({file: (_place(file), _hash(file)) for file in map(Path.resolve, files)})
    look_again()


def look_again() -> None:
    """Take no file for what it was when this process looked at it last."""
    for kept in (_hash, _line, _beside):
        kept.cache_clear()


def environment(lock: Path = LOCK) -> str:
    """What the environment holds, as a hash: the lock it was made from, or else its packages and their versions."""
    path = paths.root() / lock
    if path.is_file():
        return _hash(path)
    installed = sorted(f"{one.name}=={one.version}" for one in importlib.metadata.distributions())
    return hashlib.sha256("\n".join(installed).encode()).hexdigest()


@cache
def _root(folder: Path) -> Path:
    """The edition's top folder, asked thousands of times."""
    return paths.root(folder)


def _here(function: Callable[P, T]) -> Callable[P, T]:
    """Kept as by `cache`, for each paper in whose folder this runs."""
    kept: dict[Any, T] = {}

    @wraps(function)
    def asked(*given: P.args, **named: P.kwargs) -> T:
        if (key := (_root(Path.cwd()), given)) not in kept:
            kept[key] = function(*given, **named)
        return kept[key]

    return asked


_AHEAD: dict[Path, tuple[tuple[int, ...], str]] = {}  # file → how the disk had it, a hash of what it held


@cache
def _hash(file: Path) -> str:
    known, read = _AHEAD.get(file, ((), ""))
    return read if known and known == _place(file) else hashlib.sha256(_bytes(file)).hexdigest()


def _place(file: Path) -> tuple[int, ...]:
    with contextlib.suppress(OSError):  # who reads it says so
        seen = file.stat()
        return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino
    return ()


@cache
def _line(root: Path, file: Path) -> str:
    """What a file is called, and a hash of what it holds."""
    return f"{os.path.relpath(file, root)} {_hash(file.resolve())}\n"


def _files(modules: Iterable[str]) -> set[Path]:
    """The files of modules, their sentences, and what lies beside them that is no Python: fonts, templates,
    scripts.
    """
    files = {_file(module) for module in modules}
    sentences = {file.parents[1] / SENTENCES / f"{file.stem}.md" for file in files}
    folders = {file.parent for file in files} - set(_packages().values())
    return files.union(*map(_beside, folders), filter(Path.is_file, sentences))


@cache
def _beside(folder: Path) -> frozenset[Path]:
    """What lies in a folder of code and is no Python."""
    return frozenset(path for path in folder.rglob("*") if path.suffix != ".py" and path.is_file() and _kept(path))


def _kept(file: Path) -> bool:
    """Whether a file is no by-product, as Python's compiled modules are."""
    return not any(part == "__pycache__" or part.startswith(".") for part in file.parts[-3:])


@_here
def _reached(begin: frozenset[str]) -> frozenset[str]:
    """Modules that are imported from these on, and the packages they lie in."""
    waiting, found = set(begin), set[str]()
    while waiting:
        module = waiting.pop()
        if module in found:
            continue
        found.add(module)
        waiting |= {module.rpartition(".")[0] or module, *_source(_file(module)).imported}
        if module == THE_PAPER:
            # What is asked of a paper there is an attribute or its tables; what only its book asks for, its module
            # imports where it answers that, and not at its top.
            found.add(_paper())
            waiting |= {_paper().partition(".")[0], *_source(_file(_paper())).at_top}
    return frozenset(found)


@_here
def _paper() -> str:
    """The module that holds the paper."""
    return str(load.descriptor(paths.root() / "data").get(paper.KEY))


@_here
def _packages() -> dict[str, Path]:
    """The code folders, by what their packages are called."""
    return {folder.name: folder for folder in paper.code(paths.root())}


def _chapters() -> dict[str, Path]:
    """The modules of the chapters that have a notebook, by its name."""
    root = paths.root()
    folder = _packages()[_paper().partition(".")[0]] / "chapters"
    return {path.stem: path for path in folder.glob("*.py") if (root / "notebooks" / f"{path.stem}.ipynb").is_file()}


@_here
def _file(module: str) -> Path:
    package, *rest = module.split(".")
    path = _packages()[package].joinpath(*rest)
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DependencyError(f"{os.path.relpath(file)}: cannot be read ({error}); allowed: text in UTF-8") from error


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DependencyError(
            f"{os.path.relpath(file)}: cannot be read ({error.strerror}), though something is made from it"
        ) from error


def _cells(file: Path) -> Source:
    """What the cells of a notebook name."""
    return _cells_that_hold(file, _hash(file))


@cache
def _cells_that_hold(file: Path, _: str) -> Source:
    try:
        cells = json.loads(_text(file))["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    except (ValueError, KeyError, TypeError) as error:
        raise DependencyError(f"{os.path.relpath(file)}: cannot be read ({error}); allowed: a notebook") from error
    return _named(source, file)


@cache
def _source(file: Path) -> Source:
    """What a module names."""
    return _named(_text(file), file)


def _named(text: str, file: Path) -> Source:
    tree = _tree(text, file)
    nodes = ast.walk(tree) if SWEEP.search(text) else ()
    words = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return Source(
        frozenset(_imports(_statements(tree.body), file)),
        frozenset(_imports(tree.body, file)),
        frozenset(filter(SWEEP.fullmatch, words)),
    )


def _tree(text: str, file: Path) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        line = f"{os.path.relpath(file)}, line {error.lineno}"
        raise DependencyError(f"{line}: cannot be read ({error.msg}); allowed: Python") from error


def _statements(block: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The statements of a block and of the blocks within: an import is one, and few of a source's nodes are."""
    for node in block:
        yield node
        for within in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _statements(getattr(node, within, ()))


def _imports(nodes: Iterable[ast.AST], file: Path) -> Iterator[str]:
    """Modules of the code folders that a source imports."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (_there(name.name, file) for name in node.names if _ours(name.name))
        elif isinstance(node, ast.ImportFrom) and node.module and _ours(node.module):
            yield _there(node.module, file)
            for name in node.names:
                if _file(f"{node.module}.{name.name}").is_file():
                    yield f"{node.module}.{name.name}"
                elif _file(node.module).name == "__init__.py" and name.name not in _bound(_file(node.module)):
                    raise DependencyError(_gone(f"{node.module}.{name.name}", file))


def _ours(module: str) -> bool:
    return module.partition(".")[0] in _packages()


def _there(module: str, file: Path) -> str:
    if not _file(module).is_file():
        raise DependencyError(_gone(module, file))
    return module


def _gone(module: str, file: Path) -> str:
    return f"{os.path.relpath(file)}: imports {module}, which is not there"


@cache
def _bound(package: Path) -> frozenset[str]:
    """The names that a package itself binds, its modules apart."""
    nodes = list(ast.walk(_tree(_text(package), package)))
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    taken = {(name.asname or name.name) for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names}
    return frozenset(defined | taken | {node.id for node in nodes if isinstance(node, ast.Name)})
