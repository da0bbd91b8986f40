"""What is written by a command and never by hand: what the notebooks say of their parameters, the names of exhibits and pages,
the README's table of them, the data's hashes, the lists of addresses and of totals, the forms of the notebook for Colab.

python -m edition.build.upkeep explain
python -m edition.build.upkeep names
python -m edition.build.upkeep readme
python -m edition.build.upkeep hashes
python -m edition.build.upkeep published
python -m edition.build.upkeep totals
python -m edition.build.upkeep door
python -m edition.build.upkeep readme published totals      # in one go
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import yaml

from edition import paper, paths
from edition.asking import chapters as asking
from edition.asking import notebook
from edition.asking.notebook import KEY, PARAMETERS
from edition.asking.parameters import Chapter
from edition.build import contents, door, totals
from edition.data import load, names
from edition.data.tables import Tables
from edition.exhibits import addresses, stored

BEGIN, END = "<!-- exhibits: written by `make readme` -->", "<!-- end of exhibits -->"
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
LABELLED = re.compile(r"^\((\S+)\)=\s+#+ (.+)$", re.MULTILINE)
NONE = "—"  # stands for no exhibit of the paper; tests no statement of it


def explained(read: nbformat.NotebookNode, model: type[Chapter] | None) -> nbformat.NotebookNode:
    """A notebook whose cell of parameters says what each means and may be, and whose metadata keeps their values; changed in place.

    Papermill's `--help-notebook` and a reader of the cell find the meaning on the same line.
    """
    values: dict[str, Any] = {}
    for cell in read.cells:
        if PARAMETERS in cell.metadata.get("tags", []) and model:
            lines = [node for node in ast.parse(cell.source).body if isinstance(node, ast.AnnAssign)]
            values = {ast.unparse(node.target): ast.literal_eval(node.value or ast.Constant(None)) for node in lines}
            told = [
                f"{ast.get_source_segment(cell.source, node)}  # {model.said(name)}"
                for node, name in zip(lines, values, strict=True)
            ]
            cell.source = "\n".join(told)
    read.metadata[KEY] = values
    return read


def explain(root: Path) -> None:
    """Write into every notebook what its parameters mean; see `explained`."""
    for file in sorted((root / "notebooks").glob("*.ipynb")):
        nbformat.write(explained(nbformat.read(file, as_version=4), asking.parameters().get(file.stem)), file)


def called(root: Path) -> str:
    """The list of what the book calls its exhibits and pages, as the executed notebooks and the pages have it; see `data.names`."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    formats = {"figure": "Fig. %s", "table": "Table %s"} | config.get("sphinx", {}).get("config", {}).get(
        "numfig_format", {}
    )
    rows, counted = [], Counter[str]()
    for file in contents.chapters(root):
        rows.append((file.stem, notebook.title(file)))
        for record in stored.records(file):
            counted[record.kind] += 1
            rows.append((record.id, formats[record.kind] % counted[record.kind]))
    for file in contents.pages(root).values():
        text = file.read_text(encoding="utf-8")
        rows += [(label, title) for label, title in LABELLED.findall(text)]
        rows += [(file.stem, title) for title in TITLE.findall(text)[:1]]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([names.COLUMNS, *dict(rows).items()])
    return buffer.getvalue()


def exhibits_table(root: Path) -> str:
    """The README's table: exhibit, what it stands for in the paper, chapter, function, verdict on what it tests."""
    lines = ["| exhibit | in the paper | chapter | function | verdict |", "|---|---|---|---|---|"]
    for file in contents.chapters(root):
        chapter = f"[{file.stem}](notebooks/{file.name})"
        for record in stored.records(file):
            function = record.made_by.removeprefix(f"{paper.at(root).package}.chapters.")
            lines.append(
                f"| `{record.id}` | {record.reproduces or NONE} | {chapter} | `{function}` | {record.verdict or NONE} |"
            )
    return "\n".join(lines)


def readme(root: Path) -> str:
    """The README with its table of exhibits as the stored notebooks have it."""
    before, _, rest = (root / "README.md").read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{exhibits_table(root)}\n{END}{after}"


def hashed(root: Path) -> str:
    """The data package's descriptor with the size and hash of every file as it is now."""
    folder = root / "data"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource |= load.described((folder / resource["path"]).read_bytes())
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def published(root: Path) -> str:
    """The list of permanent addresses, with those that are new; see `exhibits.addresses`.

    Each new exhibit is named, so that somebody puts what it shows in words that stay.
    """
    known = addresses.published(root) if (root / addresses.LIST).exists() else {}
    found = standing(root, paper.at(root).load(root))
    for one in found:
        if one.kind == addresses.EXHIBIT and one.id not in known:
            print(f"{addresses.LIST}, {one.id}: new; put in words that stay true whatever the numbers: {one.means}")
    return addresses.registry(known, found)


def counted(root: Path) -> str:
    """The list of totals as they are now; what changed in it is told."""
    before, now = totals.read_totals(root) if (root / totals.LIST).exists() else {}, totals.counted(root)
    for line in totals.changes(before, now):
        print(f"{totals.LIST}, {line}")
    return totals.file_of(now)


def standing(root: Path, tables: Tables) -> list[addresses.Address]:
    """Every permanent address as the stored notebooks and the data have it now."""
    pages = [(f"notebooks/{path.stem}", record) for path in contents.chapters(root) for record in stored.records(path)]
    return [*addresses.of_exhibits(pages), *addresses.of_rows(tables)]


def main() -> None:
    """The command line."""
    root = paths.root()
    writers = {
        "names": (called, root / names.FILE),
        "readme": (readme, root / "README.md"),
        "hashes": (hashed, root / "data" / "datapackage.json"),
        "published": (published, root / addresses.LIST),
        "totals": (counted, root / totals.LIST),
        "door": (door.filled, root / door.FILE),
    }
    asked = sys.argv[1:]
    if not asked or not set(asked) <= {explain.__name__, *writers}:
        sys.exit(f"one or more of these are needed: {', '.join([explain.__name__, *writers])}")
    for name in asked:
        if name == explain.__name__:
            explain(root)
            continue
        write, target = writers[name]
        target.parent.mkdir(exist_ok=True)
        target.write_text(write(root), encoding="utf-8")
        print(f"{target.relative_to(root)}: written")


if __name__ == "__main__":
    main()
