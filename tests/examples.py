"""The worked examples of CONTRIBUTING.md, read from its text and done in a copy of the edition, step by step."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import nbformat

from tests.conftest import ROOT, run

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NUMBER, CHAPTER, STAGE = "Add a number", "Add a chapter", "Add a stage of migration"
# A fenced block in a list, and the last file that the sentence before it names.
BLOCK = re.compile(r"^(?: {3}|\d\. )```(\w+)\n(.*?)^ {3}```$", re.M | re.S)
FILE = re.compile(r"`([\w./]+\.(?:csv|py|md|ipynb|yml))`")
AFTER = re.compile(r"after `([\w/]+)`:\s*$")
CLOSING = ":::{admonition} Still open"


def follow(title: str, copy: Path) -> list[str]:
    """Do what an example says, its commands apart, which are returned; `make chapter` is run where it stands.

    A row goes to the end of its table, code to the end of its module, two lines below, words to the end of their file, one line below,
    or into a cell of its own, a line of the contents after the one named.
    """
    section = TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    commands, told, target, cells = [], 0, "", dict[str, list[nbformat.NotebookNode]]()
    for block in BLOCK.finditer(section):
        kind, body = block[1], re.sub(r"^ {3}", "", block[2], flags=re.M)
        before, told = section[told : block.start()], block.end()
        named = FILE.findall(before)
        if kind == "sh":
            commands.append(body.strip())
            if body.startswith("make chapter"):
                made = run(*body.split(), cwd=with_environment(copy))
                assert made.returncode == 0, made.stdout + made.stderr
            continue
        target = named[-1] if named else target
        if target.endswith(".ipynb"):
            cells.setdefault(target, []).append(cell(kind, body))
        elif kind == "yaml":
            _insert(copy / target, AFTER.findall(before)[0], body)
        else:
            with (copy / target).open("a", encoding="utf-8") as file:
                file.write({"python": "\n\n", "markdown": "\n"}.get(kind, "") + body)
    for name, added in cells.items():
        _put(copy / name, added)
    assert commands[-1] == "make accept"
    return commands


def cell(kind: str, body: str) -> nbformat.NotebookNode:
    """A cell of a notebook."""
    if kind == "markdown":
        return nbformat.v4.new_markdown_cell(body.strip())
    return nbformat.v4.new_code_cell(body.strip(), metadata={"tags": ["hide-input"]})


def _put(notebook: Path, added: list[nbformat.NotebookNode]) -> None:
    """Cells before a notebook's closing sections; a notebook of them where there is none."""
    found = nbformat.read(notebook, as_version=4) if notebook.exists() else nbformat.v4.new_notebook()
    at = next((n for n, one in enumerate(found.cells) if one.source.startswith(CLOSING)), 0)
    found.cells[at:at] = added
    nbformat.write(found, notebook)


def _insert(contents: Path, after: str, line: str) -> None:
    text = contents.read_text(encoding="utf-8")
    assert text.count(f"file: {after}\n") == 1
    contents.write_text(text.replace(f"file: {after}\n", f"file: {after}\n{line}"), encoding="utf-8")


def with_environment(copy: Path) -> Path:
    """A copy in which `make` finds the environment that runs this, with the copy's own code; a repository, as a contributor has it."""
    if not (copy / ".venv").exists():
        link_environment(copy)
        for command in ("init -q", "add -A", "-c user.name=n -c user.email=n commit -q -m n"):
            subprocess.run(["git", *command.split()], cwd=copy, check=True)
    return copy


def link_environment(copy: Path) -> None:
    """Have `make` find the environment that runs this in a copy, with the copy's own code."""
    home = copy / ".venv"
    (home / "bin").mkdir(parents=True)
    for tool in (Path(sys.prefix) / "bin").iterdir():
        (home / "bin" / tool.name).symlink_to(tool)
    (home / "cff").symlink_to(Path(sys.prefix) / "cff")
    python = home / "bin" / "python"
    python.unlink()
    python.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(copy / "src"))} exec {sys.executable} "$@"\n', encoding="utf-8"
    )
    python.chmod(0o755)
    (home / "ready").write_text(f"{copy.resolve()}\n", encoding="utf-8")  # an environment knows where it lies
