"""What is written by a command and never by hand: the README's table of exhibits, the data's hashes, the lists of addresses
and of totals.

python -m edition.build.upkeep readme
python -m edition.build.upkeep hashes
python -m edition.build.upkeep published
python -m edition.build.upkeep totals
python -m edition.build.upkeep readme published totals      # in one go
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from edition import paper, paths
from edition.build import contents, totals
from edition.data.tables import Tables
from edition.exhibits import addresses, stored

BEGIN, END = "<!-- exhibits: written by `make readme` -->", "<!-- end of exhibits -->"
NONE = "—"  # stands for no exhibit of the paper; tests no statement of it


def exhibits_table(root: Path) -> str:
    """The README's table: exhibit, what it stands for in the paper, chapter, function, verdict on what it tests."""
    lines = ["| exhibit | in the paper | chapter | function | verdict |", "|---|---|---|---|---|"]
    for notebook in contents.chapters(root):
        chapter = f"[{notebook.stem}](notebooks/{notebook.name})"
        for record in stored.records(notebook):
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
        content = (folder / resource["path"]).read_bytes()
        resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
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
    before, now = totals.kept(root) if (root / totals.LIST).exists() else {}, totals.counted(root)
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
        "readme": (readme, root / "README.md"),
        "hashes": (hashed, root / "data" / "datapackage.json"),
        "published": (published, root / addresses.LIST),
        "totals": (counted, root / totals.LIST),
    }
    asked = sys.argv[1:]
    if not asked or not set(asked) <= set(writers):
        sys.exit(f"one or more of these are needed: {', '.join(writers)}")
    for write, target in map(writers.__getitem__, asked):
        target.parent.mkdir(exist_ok=True)
        target.write_text(write(root), encoding="utf-8")
        print(f"{target.relative_to(root)}: written")


if __name__ == "__main__":
    main()
