"""The notebook that opens the edition on Google Colab, where a chapter's own would lack the package and the data.

Its cells fetch the repository, make the edition's own environment there and ask a chapter, as `edition.build.ask` does. Belongs
here: what its forms offer, which `_config.yml` and the chapters say. Not here: the link to it (`edition.book.launch`).
"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat

from edition.asking import chapters
from edition.data import plain_yaml

FILE = Path("lite", "colab.ipynb")


def filled(root: Path) -> str:
    """The notebook with the repository's address and branch and every chapter that can be asked in its forms."""
    config = plain_yaml.read(root / "_config.yml").get("repository") or {}
    fields = {
        "repository": f'{_said(config.get("url") or "")}  # @param {{"type": "string"}}',
        "branch": f'{_said(config.get("branch") or "main")}  # @param {{"type": "string"}}',
        "chapter": f'""  # @param {_said(["", *chapters.parameters()])} {{"allow-input": true}}',
    }
    read = nbformat.read(root / FILE, as_version=4)
    for cell in read.cells:
        lines = ((line.partition(" = ")[0], line) for line in cell.source.split("\n"))
        cell.source = "\n".join(f"{name} = {fields[name]}" if name in fields else line for name, line in lines)
    return nbformat.writes(read) + "\n"


def _said(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
