"""A place in the browser to run the chapters: JupyterLite, with the book's own notebooks and data and this package.

    python -m edition.build.browser_copy                   # `make lite` does this and publishes the book with it
    python -m edition.build.browser_copy licences          # write lite/licences.csv again

`lite/sources.toml` says what it is put together from. Every wheel must have the hash that Pyodide's lock, or this
edition's, gives it, wherever it comes from; every licence must be one that allows passing the package on. The result
is `_build/extras/lite`, made whole or not at all. Only chapters are offered that run with nothing but what is there:
each is run so beforehand (`rehearsal`). Belongs here: putting the site together. Not here: the pages that ask a chapter
(`browser_page`), or the button (`book.launch`).
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import urllib.request
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.metadata import Metadata
from packaging.utils import canonicalize_name
from pyodide_lock import PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec

from edition import paper, paths
from edition.build import attachments, browser_page, dependencies
from edition.data import load
from edition.exhibits import citation

LICENCES = "licences.csv"
COMPILED = (".so", ".pyd", ".dylib")
STORAGES = (
    "contentsStorageName",
    "settingsStorageName",
    "workspacesStorageName",
)  # JupyterLite's, in the reader's browser
# Each allows passing on the unchanged package.
FREE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "CC0-1.0", "EPL-2.0", "ISC", "LicenseRef-BSD",
        "MIT", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib"}  # fmt: skip
ALIASES = {  # as packages write it → SPDX's name
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "LicenseRef-BSD",  # one of three; the package's own file says which
    "BSD 3-Clause License": "BSD-3-Clause",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",  # python-dateutil; its LICENSE says which two
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


class LiteError(RuntimeError):
    """The site cannot be put together; one line with the file, what was found and what is allowed."""


@dataclass(frozen=True)
class Sources:
    """What `lite/sources.toml` says."""

    version: str
    sha256: str
    source: str
    compiled: tuple[str, ...]
    pure: tuple[str, ...]
    stripped: tuple[str, ...]


def sources(file: Path, wheels: str | None = None) -> Sources:
    """The settings.

    Args:
        wheels: where Pyodide's wheels come from, if not from its release; `registry` stands for the package that the
            file names so.
    """
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    version, places = said["pyodide"]["version"], said["wheels"]
    return Sources(
        version,
        said["pyodide"]["sha256"],
        places["registry"] if wheels == "registry" else wheels or places["release"].format(version=version),
        tuple(places["pyodide"]),
        tuple(places["pure"]),
        tuple(places["stripped"]),
    )


def closure(lock: PyodideLockSpec, names: tuple[str, ...]) -> list[str]:
    """The named packages of Pyodide's lock and all that they depend on, in alphabetical order.

    Raises:
        LiteError: one is not in it.
    """
    found: set[str] = set()
    waiting = [canonicalize_name(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name not in lock.packages:
            raise LiteError(
                f"lite/sources.toml, pyodide: {name!r} is not in Pyodide's lock; allowed: a package that is"
            )
        if name not in found:
            found.add(name)
            waiting += [canonicalize_name(needed) for needed in lock.packages[name].depends]
    return sorted(found)


def verified(content: bytes, name: str, sha256: set[str]) -> bytes:
    """The content of a file if it has one of the hashes.

    Raises:
        LiteError: it has another; nothing of it may be used.
    """
    found = hashlib.sha256(content).hexdigest()
    if found not in sha256:
        raise LiteError(f"{name}: sha256 is {found}; allowed: {' or '.join(sorted(sha256))}")
    return content


def locked(lock: str, name: str) -> tuple[str, set[str]]:
    """The version and the hashes that a lock file gives a package."""
    found = re.search(rf"^{re.escape(name)}==(\S+).*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if not found:
        raise LiteError(
            f"{dependencies.LOCK}: {name!r} is not in it; allowed in lite/sources.toml, pure: a package that is"
        )
    return found[1], set(re.findall(r"--hash=sha256:(\w+)", found[0]))


def _run(*command: str, cwd: Path | None = None, **variables: str) -> None:
    try:
        done = subprocess.run(command, cwd=cwd, env=os.environ | variables, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise LiteError(f"{command[0]}: there is no such program here; it is needed for `make lite`") from None
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise LiteError(f"{' '.join(command[:4])} … failed: {lines[-1]}")


# 3.14 is Pyodide's; a wheel for any system is what a browser can use
FIT = ("--python-version", "3.14", "--platform", "any")


def _from_pypi(requirement: str, folder: Path, *options: str) -> Path:
    """The wheel of a package, downloaded as pip is configured here."""
    folder = Path(tempfile.mkdtemp(dir=folder))
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps")
    _run(*pip, "--only-binary", ":all:", *options, "--dest", str(folder), requirement)
    return next(folder.glob("*.whl"))


def read_lock(content: bytes, version: str) -> PyodideLockSpec:
    """Pyodide's lock; newer ones do not say the version of Pyodide, which `pyodide_lock` asks for."""
    said = json.loads(content)
    return PyodideLockSpec(**{**said, "info": {"version": version, **said["info"]}})


def runtime(wanted: Sources, cache: Path) -> dict[str, bytes]:
    """Pyodide itself: the files of its package that a browser loads, by name."""
    file = cache / f"pyodide-{wanted.version}.tgz"
    if not file.is_file():
        _run("npm", "pack", "--silent", f"pyodide@{wanted.version}", cwd=cache)
    content = verified(file.read_bytes(), file.name, {wanted.sha256})
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        inside = {Path(member.name).name: member for member in archive if member.isfile()}
        names = (
            "pyodide.mjs",
            "pyodide.asm.mjs",
            "pyodide.asm.wasm",
            "python_stdlib.zip",
            "pyodide-lock.json",
            "package.json",
        )
        return {name: archive.extractfile(inside[name]).read() for name in names}  # type: ignore[union-attr]


def reader(source: str, cache: Path) -> Callable[[str], bytes]:
    """What gives the content of a wheel, by the name of its file.

    Args:
        source: an address under which the files stand; a folder; or `package==version` of PyPI, a wheel in which they lie.

    Raises:
        LiteError: the source is none of these; when asked: it does not have the file.
    """
    if source.startswith(("http://", "https://")):
        return lambda file: _fetched(source, file, cache)
    if Path(source).is_dir():
        at_hand = {path.name: path.read_bytes() for path in sorted(Path(source).rglob("*.whl"))}
    elif "==" in source:
        kept = cache / f"{source}.whl"
        if not kept.is_file():
            # it is only searched: which Python it is for does not matter
            shutil.move(_from_pypi(source, cache, *FIT, "--ignore-requires-python"), kept)
        with zipfile.ZipFile(kept) as archive:
            at_hand = {Path(name).name: archive.read(name) for name in archive.namelist() if name.endswith(".whl")}
    else:
        raise LiteError(f"wheels: {source!r} is no folder; allowed: an address, a folder, or package==version")

    def read(file: str) -> bytes:
        if file not in at_hand:
            raise LiteError(f"wheels: {file} is not in {source}; allowed: a source that has it")
        return at_hand[file]

    return read


def _fetched(address: str, file: str, cache: Path) -> bytes:
    """A file of Pyodide's release; kept, so that it is asked for once."""
    kept = cache / file
    if not kept.is_file():
        try:
            with urllib.request.urlopen(f"{address.rstrip('/')}/{file}", timeout=60) as answer:
                content = answer.read()
        except OSError as error:
            raise LiteError(
                f"wheels: {address.rstrip('/')}/{file} could not be fetched ({error}); "
                "allowed where only package registries are reached: make lite WHEELS=registry"
            ) from None
        draft = kept.with_suffix(".part")
        draft.write_bytes(content)
        draft.replace(kept)
    return kept.read_bytes()


def pyodide_wheels(wanted: Sources, lock: PyodideLockSpec, cache: Path) -> Iterator[tuple[str, bytes]]:
    """Name in the lock and content of every wheel, each as Pyodide's lock wants it."""
    read = reader(wanted.source, cache)
    for name in closure(lock, wanted.compiled):
        package = lock.packages[name]
        yield name, verified(read(package.file_name), f"{package.file_name} of {wanted.source}", {package.sha256})


def pure_wheels(wanted: Sources, lock: str, cache: Path) -> Iterator[tuple[str, bytes]]:
    """File name and content of the wheels that Pyodide does not have, each as this edition's lock wants it."""
    for name in wanted.pure:
        yield _as_locked(name, lock, cache, *FIT)
    for name in wanted.stripped:  # from a wheel for the system that this runs on
        yield without_compiled(*_as_locked(name, lock, cache))


def _as_locked(name: str, lock: str, cache: Path, *options: str) -> tuple[str, bytes]:
    version, hashes = locked(lock, name)
    kept = next(cache.glob(f"{name.replace('-', '_')}-{version}-*.whl"), None)
    if not kept:
        made = _from_pypi(f"{name}=={version}", cache, *options)
        kept = made.replace(cache / made.name)
    return kept.name, verified(kept.read_bytes(), kept.name, hashes)


def without_compiled(file: str, wheel: bytes) -> tuple[str, bytes]:
    """File name and content of a wheel that leaves out what is compiled for one system; the same from that of any system."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        kept = {name: archive.read(name) for name in sorted(archive.namelist()) if not name.endswith((*COMPILED, "/"))}
    about = next(name.partition("/")[0] for name in kept if name.endswith(".dist-info/METADATA"))
    kept[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    kept.pop(f"{about}/RECORD", None)
    rows = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip('=')},{len(content)}\n"
        for name, content in kept.items()
    ]
    kept[f"{about}/RECORD"] = "".join([*rows, f"{about}/RECORD,,\n"]).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in kept.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return f"{'-'.join(file.split('-')[:2])}-py3-none-any.whl", buffer.getvalue()


def own_wheel(root: Path, folder: Path) -> Path:
    """This package as a wheel; the same files give the same bytes."""
    with tempfile.TemporaryDirectory() as copy:  # building leaves files beside the sources
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copyfile(root / name, Path(copy) / name)
        paths.copy_tree(root / "src", Path(copy) / "src", "__pycache__", "*.egg-info")
        pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check")
        options = ("--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), copy)
        _run(*pip, *options, SOURCE_DATE_EPOCH="315532800")  # the earliest date a ZIP file can say
    return next(folder.glob("*.whl"))


def bundle(lock: PyodideLockSpec, names: Iterable[str], wheels: Path) -> PyodideLockSpec:
    """Pyodide's lock for what the site has, so that importing a package loads it and those it needs.

    Args:
        names: the packages of Pyodide's lock.
        wheels: the folder with the others.
    """
    own = lock.model_copy(update={"packages": {name: lock.packages[name] for name in names}})
    added = add_wheels_to_spec(
        own, sorted(wheels.glob("*.whl")), wheels, "../../pypi/", ignore_missing_dependencies=True
    )
    for package in added.packages.values():
        package.depends = sorted({canonicalize_name(name) for name in package.depends} & added.packages.keys())
    return added


def metadata(wheel: bytes) -> Metadata:
    """What a wheel states of itself."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        path = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Metadata.from_email(archive.read(path), validate=False)


def licence(said: Metadata) -> tuple[str, str, str]:
    """Name, version and licence that a package states; the licence as SPDX writes it where that is known."""
    classified = [line.rpartition(" :: ")[2] for line in said.classifiers or [] if line.startswith("License ::")]
    short = (said.license or "").strip()
    stated = said.license_expression or ("" if "\n" in short or len(short) > 40 else short)
    stated = stated or " AND ".join(ALIASES.get(one, one) for one in classified)
    return said.name, str(said.version), ALIASES.get(stated, stated)


def free(stated: str) -> bool:
    """Whether a licence's expression allows passing the package on, unchanged.

    >>> free("Apache-2.0 OR BSD-3-Clause"), free("GPL-3.0-only AND MIT"), free("")
    (True, False, False)
    """
    try:
        expression = canonicalize_license_expression(stated)
    except InvalidLicenseExpression:
        return False
    words = re.findall(r"[()]|[^\s()]+(?: WITH [^\s()]+)?", expression)
    terms = {"(": "(", ")": ")", "AND": "and", "OR": "or"}
    return bool(eval(" ".join(terms.get(word) or str(word.partition(" ")[0] in FREE) for word in words)))


def licences(wheels: list[bytes], pyodide: bytes, tools: Path) -> str:
    """`licences.csv`: everything that the site passes on to a reader, with its licence."""
    package = json.loads(pyodide)
    rows: list[tuple[str, str, str]] = [
        ("pyodide", package["version"], package["license"]),
        *(licence(metadata(wheel)) for wheel in wheels),
    ]
    for name in ("jupyterlite_core", "jupyterlite_pyodide_kernel"):
        file = next(tools.glob(f"lib/*/site-packages/{name}-*.dist-info/METADATA"))
        rows.append(licence(Metadata.from_email(file.read_bytes(), validate=False)))
    within = rows[-1][2]  # the kernel's own small wheels are under the licence of its package
    for file in tools.glob("share/jupyter/labextensions/@jupyterlite/*/static/pypi/*.whl"):
        name, version, stated = licence(metadata(file.read_bytes()))
        rows.append((name, version, stated or within))
    for listed in _scripts(tools):
        rows += [(one["name"], one["versionInfo"], one["licenseId"]) for one in json.loads(listed)["packages"]]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["name", "version", "licence"])
    ordered = sorted(set(rows), key=lambda row: (canonicalize_name(row[0]), row))
    writer.writerows(ordered)
    return buffer.getvalue()


def _scripts(tools: Path) -> Iterator[bytes]:
    """JupyterLite's own lists of the JavaScript that it carries."""
    name = "third-party-licenses.json"
    for file in tools.glob(f"share/jupyter/labextensions/**/static/{name}"):
        yield file.read_bytes()
    with tarfile.open(next(tools.glob("lib/*/site-packages/jupyterlite_core/jupyterlite-app-*.tgz"))) as archive:
        yield archive.extractfile(f"package/build/{name}").read()  # type: ignore[union-attr]


def check_licences(found: str, file: Path) -> None:
    """Compare with what is recorded, each licence a free one.

    Raises:
        LiteError: a licence that is not known to be free, or a record that differs.
    """
    for row in csv.DictReader(io.StringIO(found)):
        if not free(row["licence"]):
            raise LiteError(
                f"{row['name']} {row['version']}: licence {row['licence']!r}; allowed: {', '.join(sorted(FREE))}"
            )
    if not file.is_file() or file.read_text(encoding="utf-8") != found:
        raise LiteError(f"lite/{file.name}: is not what the packages state; allowed: what `make lite-licences` writes")


def runnable(copy: Path, notebooks: list[Path], imports: set[str]) -> list[Path]:
    """The notebooks that run on the data in `copy` with nothing but these packages."""
    command = [sys.executable, "-m", "edition.build.rehearsal", ",".join(sorted(imports)), *map(str, notebooks)]
    ran = subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    return [notebook for notebook in notebooks if str(notebook) in ran]


def put_together(root: Path, build: Path, tools: Path, wanted: Sources, record: bool = False) -> Path | None:
    """Make `build/extras/lite`; with `record`, only write the licences.

    Raises:
        LiteError: something cannot be had, or is not what it should be.
    """
    settings, cache, made_of = root / attachments.LITE, build / attachments.LITE, attachments.digest(build)
    cache.mkdir(parents=True, exist_ok=True)
    files = runtime(wanted, cache)
    lock = read_lock(files.pop("pyodide-lock.json"), wanted.version)
    wheels = dict(pyodide_wheels(wanted, lock, cache))
    pure = list(pure_wheels(wanted, (root / dependencies.LOCK).read_text(encoding="utf-8"), cache))
    stated = licences([*wheels.values(), *(content for _, content in pure)], files["package.json"], tools)
    if record:
        (settings / LICENCES).write_text(stated, encoding="utf-8")
        return None
    check_licences(stated, settings / LICENCES)

    with tempfile.TemporaryDirectory(dir=cache) as folder:
        site = Path(folder)
        static, pypi, contents = site / "static" / "pyodide", site / "pypi", site / "contents"
        for made in (static, pypi, contents / "notebooks"):
            made.mkdir(parents=True)
        own_wheel(root, pypi)
        for name, content in wheels.items():
            (static / lock.packages[name].file_name).write_bytes(content)
        for file, content in pure:
            (pypi / file).write_bytes(content)
        bundled = bundle(lock, wheels, pypi)
        bundled.to_json(static / "pyodide-lock.json")
        for name, content in files.items():
            (static / name).write_bytes(content)
        known = citation.edition(root)
        storage = (
            f"{known.slug} {known.version} "  # then which book of that version: a saved notebook shadows no later one
        )
        told = json.loads((settings / "jupyter-lite.json").read_text(encoding="utf-8"))
        named = dict.fromkeys(STORAGES, f"{storage}{made_of[:12]}")
        told["jupyter-config-data"] |= {"appName": known.title, **named}
        (site / "jupyter-lite.json").write_text(json.dumps(told, indent=2), encoding="utf-8")

        paths.copy_tree(root / "data", contents / "data", "*.py")
        paths.copy_tree(root / "sweeps", contents / "sweeps", "*.md")
        for notebook in (build / "book" / "notebooks").glob("*.ipynb"):
            shutil.copyfile(notebook, contents / "notebooks" / notebook.name)
        chapters = sorted((contents / "notebooks").resolve().glob("*.ipynb"))
        load.seal(paper.at(contents).load(contents).folder)
        imports = {top.partition(".")[0] for package in bundled.packages.values() for top in package.imports}
        offered = runnable(contents, chapters, imports)
        for notebook in set(chapters) - set(offered):
            notebook.unlink()

        out = site / "out"
        _run(str(tools / "bin" / "jupyter"), "lite", "build", "--lite-dir", str(site), "--contents", str(contents),
             "--output-dir", str(out), "--apps", "notebooks", "--no-sourcemaps", cwd=site)  # fmt: skip
        stems = [notebook.stem for notebook in offered]
        browser_page.write(out, contents, stems, list(bundled.packages), known, f"{known.slug} ")
        target = build / attachments.FOLDER / attachments.LITE
        target.parent.mkdir(exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        out.replace(target)
    attachments.seal(build, attachments.LITE, made_of)
    return target


def main() -> None:
    """The command line: one line on success, one clear error otherwise."""
    parser = argparse.ArgumentParser(description="Put a place together to run the chapters in the browser.")
    parser.add_argument("what", nargs="?", choices=["site", "licences"], default="site")
    parser.add_argument(
        "--wheels",
        help="where Pyodide's wheels come from, if not from its release: `registry`, a folder, or package==version",
    )
    parser.add_argument(
        "--tools", type=Path, default=Path(sys.prefix) / attachments.LITE, help="environment that has JupyterLite"
    )
    asked = parser.parse_args()
    root = paths.root()
    try:
        wanted = sources(root / attachments.LITE / "sources.toml", asked.wheels)
        made = put_together(root, root / "_build", asked.tools, wanted, record=asked.what == "licences")
    except (LiteError, load.DataError) as error:
        sys.exit(str(error))
    if made:
        chapters = len(list((made / "files" / "notebooks").glob("*.ipynb")))
        size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) / 1e6
        print(f"{chapters} chapters run in the browser; {size:.0f} MB in {made.relative_to(root)}")
        print(f"Asked on a page: {browser_page.costs(made)}")


if __name__ == "__main__":
    main()
