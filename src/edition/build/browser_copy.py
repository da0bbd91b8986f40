"""A place in the browser to run the chapters: JupyterLite, with the book's own notebooks and data and this package.

    python -m edition.build.browser_copy                   # `make lite` does this and publishes the book with it
    python -m edition.build.browser_copy licences          # write lite/licences.csv again

`lite/sources.toml` says what it is put together from. Every wheel must have the hash that Pyodide's lock, or this
edition's, gives it, wherever it comes from; every licence must be one that allows passing the package on. The result
is `_build/extras/lite`, made whole or not at all. Only chapters are offered that run with nothing but what is there:
each is run so beforehand (`rehearsal`). No browser has what measures borders: the chapters find those answers written down
(`kept`). Belongs here: putting the site together. Not here: the button (`book.launch`).
"""

from __future__ import annotations

import argparse
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
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from edition import paper, paths
from edition.build import attachments, dependencies, rehearsal
from edition.data import load

NAME = "lite"  # of the extra, and of the folder with its settings
LICENCES = "licences.csv"
# Each allows passing on the unchanged package; SPDX's names, and one that packages use for any of three.
FREE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD License", "CC-BY-4.0", "CC0-1.0", "EPL-2.0", "ISC",
        "MIT", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib"}  # fmt: skip
ALIASES = {  # as packages write it → SPDX's name
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
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


def sources(file: Path, source: str | None = None) -> Sources:
    """The settings; `source` stands in for the one of the file."""
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    pyodide, wheels = said["pyodide"], said["wheels"]
    return Sources(
        pyodide["version"],
        pyodide["sha256"],
        source or wheels["source"],
        tuple(wheels["pyodide"]),
        tuple(wheels["pure"]),
    )


def canonical(name: str) -> str:
    """A package's name as indexes compare it.

    >>> canonical("prompt_toolkit")
    'prompt-toolkit'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(packages: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    """The named packages of Pyodide's lock and all that they depend on, in alphabetical order."""
    found: set[str] = set()
    waiting = [canonical(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name not in packages:
            raise LiteError(
                f"lite/sources.toml, pyodide: {name!r} is not in Pyodide's lock; allowed: a package that is"
            )
        if name not in found:
            found.add(name)
            waiting += [canonical(needed) for needed in packages[name]["depends"]]
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


def _run(*command: str, cwd: Path | None = None) -> None:
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise LiteError(f"{command[0]}: there is no such program here; it is needed for `make lite`") from None
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise LiteError(f"{' '.join(command[:4])} … failed: {lines[-1]}")


def _from_pypi(requirement: str, folder: Path, *options: str) -> Path:
    """The wheel of a package, downloaded as pip is configured here."""
    folder = Path(tempfile.mkdtemp(dir=folder))
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps")
    # 3.14 is Pyodide's; a wheel for any system is what a browser can use
    fit = ("--python-version", "3.14", "--platform", "any", "--only-binary", ":all:")
    _run(*pip, *fit, *options, "--dest", str(folder), requirement)
    return next(folder.glob("*.whl"))


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


def source_files(wanted: Sources, cache: Path) -> dict[str, bytes]:
    """The wheels that the setting's source holds, by name; a package of PyPI is searched for files that lie in it."""
    folder = Path(wanted.source)
    if folder.is_dir():
        return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.whl"))}
    if "==" not in wanted.source:
        raise LiteError(
            f"lite/sources.toml, source: {wanted.source!r} is no folder; allowed: a folder, or package==version"
        )
    kept = cache / f"{wanted.source}.whl"
    if not kept.is_file():
        # it is only searched: which Python it is for does not matter
        shutil.move(_from_pypi(wanted.source, cache, "--ignore-requires-python"), kept)
    with zipfile.ZipFile(kept) as archive:
        return {Path(name).name: archive.read(name) for name in archive.namelist() if name.endswith(".whl")}


def pyodide_wheels(wanted: Sources, packages: dict[str, Any], cache: Path) -> Iterator[tuple[str, bytes]]:
    """Name in the lock and content of every wheel, each as Pyodide's lock wants it."""
    at_hand = source_files(wanted, cache)
    for name in closure(packages, wanted.compiled):
        file = packages[name]["file_name"]
        if file not in at_hand:
            raise LiteError(
                f"{wanted.source}: {file} is not in it; allowed as source in lite/sources.toml: what has it"
            )
        yield name, verified(at_hand[file], f"{file} of {wanted.source}", {packages[name]["sha256"]})


def pure_wheels(wanted: Sources, lock: str, cache: Path) -> Iterator[tuple[str, bytes]]:
    """File name and content of the wheels that Pyodide does not have, each as this edition's lock wants it."""
    for name in wanted.pure:
        version, hashes = locked(lock, name)
        kept = next(cache.glob(f"{name.replace('-', '_')}-{version}-*.whl"), None)
        if not kept:
            made = _from_pypi(f"{name}=={version}", cache)
            kept = made.replace(cache / made.name)
        yield kept.name, verified(kept.read_bytes(), kept.name, hashes)


def own_wheel(root: Path, folder: Path) -> Path:
    """This package as a wheel; the same files give the same bytes."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "315532800"}  # the earliest date a ZIP file can say
    command = [sys.executable, "-m", "flit_core.wheel", "--outdir", str(folder), str(root)]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.whl"))


def entry(file: str, content: bytes, known: set[str]) -> dict[str, Any]:
    """A wheel in `pypi/` as Pyodide's lock describes one, so that importing it loads it and those it needs.

    Args:
        known: the packages that the site has.
    """
    said = metadata(content)
    needed = {
        canonical(re.split(r"[^\w.-]", line)[0]) for line in said.get_all("Requires-Dist", []) if "extra" not in line
    }
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tops = {name.partition("/")[0].removesuffix(".py") for name in archive.namelist()}
    return {
        "name": canonical(said["Name"]),
        "version": said["Version"],
        "file_name": f"../../pypi/{file}",
        "install_dir": "site",
        "sha256": hashlib.sha256(content).hexdigest(),
        "package_type": "package",
        "imports": sorted(top for top in tops if top.isidentifier()),
        "depends": sorted(needed & known),
        "unvendored_tests": False,
    }


def metadata(wheel: bytes) -> Message:
    """What a wheel states of itself."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        path = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return HeaderParser().parsestr(archive.read(path).decode("utf-8"))


def licence(said: Message) -> tuple[str, str, str]:
    """Name, version and licence that a package states; the licence as SPDX writes it where that is known."""
    classified = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License ::")
    ]
    short = said.get("License", "").strip()
    stated = said.get("License-Expression") or ("" if "\n" in short or len(short) > 40 else short)
    stated = stated or " AND ".join(classified)
    return said["Name"], said["Version"], ALIASES.get(stated, stated)


def free(stated: str) -> bool:
    """Whether a licence's expression allows passing the package on, unchanged.

    >>> free("Apache-2.0 OR BSD-3-Clause"), free("GPL-3.0-only AND MIT"), free("")
    (True, False, False)
    """
    if not stated:
        return False
    return any(
        all(part.strip(" ()") in FREE for part in re.split(r"\s+AND\s+", way)) for way in re.split(r"\s+OR\s+", stated)
    )


def licences(wheels: list[bytes], pyodide: bytes, tools: Path) -> str:
    """`licences.csv`: everything that the site passes on to a reader, with its licence."""
    package = json.loads(pyodide)
    rows: list[tuple[str, str, str]] = [
        ("pyodide", package["version"], package["license"]),
        *(licence(metadata(wheel)) for wheel in wheels),
    ]
    for name in ("jupyterlite_core", "jupyterlite_pyodide_kernel"):
        file = next(tools.glob(f"lib/*/site-packages/{name}-*.dist-info/METADATA"))
        rows.append(licence(HeaderParser().parsestr(file.read_text(encoding="utf-8"))))
    within = rows[-1][2]  # the kernel's own small wheels are under the licence of its package
    for file in tools.glob("share/jupyter/labextensions/@jupyterlite/*/static/pypi/*.whl"):
        name, version, stated = licence(metadata(file.read_bytes()))
        rows.append((name, version, stated or within))
    for listed in _scripts(tools):
        rows += [(one["name"], one["versionInfo"], one["licenseId"]) for one in json.loads(listed)["packages"]]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["name", "version", "licence"])
    ordered = sorted(set(rows), key=lambda row: (canonical(row[0]), row))
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


def without_borders(copy: Path, notebooks: list[Path]) -> None:
    """Put what the notebooks ask about the borders in `copy` in the place of the borders."""
    borders = copy / "data" / "geography"
    _rehearse(copy, rehearsal.LEARN, notebooks)
    shutil.rmtree(borders)


def runnable(copy: Path, notebooks: list[Path], imports: set[str]) -> list[Path]:
    """The notebooks that run on the data in `copy` with nothing but these packages."""
    ran = _rehearse(copy, ",".join(sorted(imports)), notebooks)
    return [notebook for notebook in notebooks if str(notebook) in ran]


def _rehearse(copy: Path, what: str, notebooks: list[Path]) -> list[str]:
    command = [sys.executable, "-m", "edition.build.rehearsal", what, *map(str, notebooks)]
    return subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def put_together(root: Path, build: Path, tools: Path, wanted: Sources, record: bool = False) -> Path | None:
    """Make `build/extras/lite`; with `record`, only write the licences.

    Raises:
        LiteError: something cannot be had, or is not what it should be.
    """
    settings, cache, made_of = root / NAME, build / NAME, attachments.digest(build)
    cache.mkdir(parents=True, exist_ok=True)
    files = runtime(wanted, cache)
    lock = json.loads(files["pyodide-lock.json"])
    packages = lock["packages"]
    wheels = dict(pyodide_wheels(wanted, packages, cache))
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
            (static / packages[name]["file_name"]).write_bytes(content)
        for file, content in pure:
            (pypi / file).write_bytes(content)
        known = {*wheels, *wanted.pure}
        added = [entry(file.name, file.read_bytes(), known) for file in sorted(pypi.glob("*.whl"))]
        bundled = {name: packages[name] for name in wheels} | {package["name"]: package for package in added}
        files["pyodide-lock.json"] = json.dumps({**lock, "packages": bundled}).encode()
        for name, content in files.items():
            (static / name).write_bytes(content)
        shutil.copyfile(settings / "jupyter-lite.json", site / "jupyter-lite.json")

        shutil.copytree(root / "data", contents / "data", ignore=shutil.ignore_patterns("*.py"))
        shutil.copytree(root / "sweeps", contents / "sweeps", ignore=shutil.ignore_patterns("*.md"))
        for notebook in (build / "book" / "notebooks").glob("*.ipynb"):
            shutil.copyfile(notebook, contents / "notebooks" / notebook.name)
        chapters = sorted((contents / "notebooks").resolve().glob("*.ipynb"))
        without_borders(contents, chapters)
        load.seal(paper.of(contents).load(contents).folder)
        imports = {top.partition(".")[0] for package in bundled.values() for top in package["imports"]}
        for notebook in set(chapters) - set(runnable(contents, chapters, imports)):
            notebook.unlink()

        out = site / "out"
        _run(str(tools / "bin" / "jupyter"), "lite", "build", "--lite-dir", str(site), "--contents", str(contents),
             "--output-dir", str(out), "--apps", "notebooks", "--no-sourcemaps", cwd=site)  # fmt: skip
        target = build / attachments.FOLDER / NAME
        target.parent.mkdir(exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        out.replace(target)
    attachments.seal(build, NAME, made_of)
    return target


def main() -> None:
    """The command line: one line on success, one clear error otherwise."""
    parser = argparse.ArgumentParser(description="Put a place together to run the chapters in the browser.")
    parser.add_argument("what", nargs="?", choices=["site", "licences"], default="site")
    parser.add_argument("--wheels", help="where Pyodide's wheels come from, in place of lite/sources.toml's source")
    parser.add_argument("--tools", type=Path, default=Path(sys.prefix) / NAME, help="environment that has JupyterLite")
    asked = parser.parse_args()
    root = paths.root()
    try:
        wanted = sources(root / NAME / "sources.toml", asked.wheels)
        made = put_together(root, root / "_build", asked.tools, wanted, record=asked.what == "licences")
    except (LiteError, load.DataError) as error:
        sys.exit(str(error))
    if made:
        chapters = len(list((made / "files" / "notebooks").glob("*.ipynb")))
        size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) / 1e6
        print(f"{chapters} chapters run in the browser; {size:.0f} MB in {made.relative_to(root)}")


if __name__ == "__main__":
    main()
