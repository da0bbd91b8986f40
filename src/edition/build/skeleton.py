"""The beginning of a chapter: a module, its sentences and a notebook that run, and a line in the contents.

    python -m edition.build.skeleton brack                     # after the last chapter
    python -m edition.build.skeleton brack --after islanders   # after another

It shows the numbers that the data have for a place of that name, or else the first two, and is there to be written over.
Belongs here: what every chapter has. Not here: what a paper asks of its chapters besides (`Paper.closing`).
"""

from __future__ import annotations

import argparse
import keyword
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

import nbformat
import pandas as pd

from edition import paper, paths
from edition.asking.notebook import KEY
from edition.build import contents
from edition.data.load import DataError
from edition.data.tables import Tables
from edition.numbers.sentences import FOLDER

NAME = re.compile(r"[a-z]{2,}(_[a-z]{2,})*(_\d+)?")  # what the name of its class leads back to
ALLOWED = "small letters, words joined by _, a number at the end if any, as in harbours or storm_1911"

MODULE = Template('''\
"""$title: say here what the chapter is about."""

from __future__ import annotations

from typing import Literal

import pandas as pd

$imports

NUMBERS = $numbers
SAY = Sentences(__name__)


class $model(Chapter):
    """$title."""

    bound: Literal["both", "lowest", "highest"] = one_of(
        "which ends of a printed range are taken",
        {"both": "both", "lowest": "the lowest", "highest": "the highest"},
    )


def estimates(tables: $tables_class, chosen: $model) -> pd.DataFrame:
    """The numbers, each range as chosen."""
    return bounds.take(tables.rows("$table", NUMBERS), chosen.bound)


@exhibit
def one_by_one(tables: $tables_class, chosen: $model) -> Table:
    """Each number, with whom the paper credits and the date it speaks of."""
    found = estimates(tables, chosen)
    shown = pd.DataFrame(
        {
            "Credited to": tables.credit(found["source_id"]),
            "date": found["as_of"].replace("", "not stated"),
            "number": [quantity(row.low, row.high, row.qualifier) for row in found.itertuples()],
        }
    )
    return Table(
        **SAY.exhibit("tbl-$slug", numbers=len(found)),
        source=source_line(found, tables),
        data=found,
        shown=shown,
        numeric=("number",),
    )


RESULTS = {
    "lowest": Result("persons", "the lowest bound of the numbers"),
    "highest": Result("persons", "the highest bound of the numbers"),
}


def results(tables: $tables_class, chosen: $model) -> dict[str, float]:
    """What `RESULTS` declares."""
    found = estimates(tables, chosen)
    return {"lowest": float(found["low"].min()), "highest": float(found["high"].max())}


def findings(tables: $tables_class, chosen: $model) -> dict[str, str]:
    """What the chapter's sentences say, as text."""
    found = bounds.close(estimates(tables, chosen))
    least, most = least_and_most(found)
    return {"count": with_noun(len(found), "number"), "least": least, "most": most}
''')

SENTENCES = Template("""\
What the figures and tables of the chapter *$title* say, and its sentences that vary.

## tbl-$slug

title: The paper has {{ numbers | with_noun("number") }} on $title
subtitle: Whom it credits with each, and the date
caption: The paper's numbers on $title.
""")

FINDING = """\
# $title

The chapter has {glue}`count` of the paper, the least {glue}`least` and the largest {glue}`most`. Say here in a sentence or two what was found."""
PARAMETERS = """\
bound: str = "both"  # which ends of a printed range are taken: 'both', 'lowest', 'highest'"""
LOAD = """\
from $package.chapters import $name as chapter
from $loads import load
from edition.numbers.glue import export, tell

chosen = chapter.$model.read(globals())
tables = load()
tell(chapter.findings(tables, chosen))
export(chapter.results(tables, chosen))"""
TEXT = "{numref}`tbl-$slug` has each number with the date that it speaks of."
SHOW = "chapter.one_by_one(tables, chosen)"
IMPORTS = (
    "from edition.asking.parameters import Chapter, one_of",
    "from edition.asking.results import Result",
    "from edition.exhibits.exhibit import Table, exhibit",
    "from edition.numbers import bounds",
    "from edition.numbers.sentences import Sentences",
    "from edition.numbers.wording import least_and_most, quantity, source_line, with_noun",
)
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
    KEY: {"bound": "both"},
}


class SkeletonError(ValueError):
    """A chapter that cannot be begun: why, and what is allowed."""


def begin(root: Path, name: str, after: str = "") -> list[str]:
    """Write the files of a new chapter of the edition under `root`.

    Args:
        after: the chapter that it follows; the last one if none is named.

    Returns:
        A line on each file written or changed.

    Raises:
        SkeletonError: the name is none for a chapter, or is taken; there is no chapter `after`. Nothing is written then.
        DataError: a table cannot be used.
    """
    known = [path.stem for path in contents.chapters(root)]
    code = paper.code(root)[1]
    module, sentences = code / "chapters" / f"{name}.py", code / FOLDER / f"{name}.md"
    notebook = root / "notebooks" / f"{name}.ipynb"
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise SkeletonError(f"NAME is {name!r}; allowed: {ALLOWED}")
    if taken := [path for path in (module, sentences, notebook) if path.exists()]:
        raise SkeletonError(f"NAME is {name!r}, and {taken[0].name} exists; allowed: a name that no chapter has")
    if after and after not in known:
        raise SkeletonError(f"AFTER is {after!r}; allowed: {', '.join(known)}")
    before = root / "notebooks" / f"{after or known[-1]}.ipynb"
    mine = paper.at(root)
    tables = mine.load(root)
    words = {
        "name": name,
        "slug": name.replace("_", "-"),
        "model": model(name),
        "title": tables.name.get(name, name.replace("_", " ").capitalize()),
        "table": tables.ESTIMATES,
        "numbers": _numbers(tables, name),
        "package": mine.package,
        "loads": mine.loads,
        "imports": "\n".join(sorted([*IMPORTS, f"from {type(tables).__module__} import {type(tables).__name__}"])),
        "tables_class": type(tables).__name__,
    }
    written = {
        module: MODULE.substitute(words),
        sentences: SENTENCES.substitute(words),
        notebook: _notebook(words, mine.closing),
        root / contents.FILE: _listed(root, before.stem, name),
    }
    for path, text in written.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [
        f"{os.path.relpath(module, root)}: its parameters, exhibits, results and findings; NUMBERS are the rows it is about",
        f"{os.path.relpath(sentences, root)}: what its exhibits say",
        f"notebooks/{notebook.name}: its text",
        f"{contents.FILE}: it stands after {before.stem}",
    ]


def model(name: str) -> str:
    """Name of the class of a chapter's parameters; it leads back by `Chapter.chapter`."""
    return name.title().replace("_", "")


def _numbers(tables: Tables, name: str) -> str:
    """Python for the ids of the estimates to begin with: those for the place of that name, else the first two."""
    rows: pd.DataFrame = getattr(tables, tables.ESTIMATES)
    stated = rows[rows["low"].notna() & rows["high"].notna()]
    mine = stated.loc[stated["place_id"] == name, "id"]
    lines = [f'    "{row_id}",\n' for row_id in (mine if len(mine) else stated["id"].head(2))]
    return f"(\n{''.join(lines)})"


def _notebook(words: Mapping[str, str], closing: str) -> str:
    hidden = {"tags": ["hide-input"]}
    cells = [
        ("markdown", FINDING, {"tags": []}),
        ("code", PARAMETERS, {**_prompt("parameters"), "tags": ["parameters", "hide-input"]}),
        ("code", LOAD, {**_prompt("load"), **hidden}),
        ("markdown", TEXT, {"tags": []}),
        ("code", SHOW, hidden),
        *([("markdown", closing, {"tags": []})] if closing else []),
    ]
    made = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    return _written(
        nbformat.v4.new_notebook(
            cells=[
                made[kind](Template(source).substitute(words), metadata=metadata, id=f"{words['slug']}-{n:02}")
                for n, (kind, source, metadata) in enumerate(cells, 1)
            ],
            metadata=KERNEL,
        )
    )


def _prompt(what: str) -> dict[str, Any]:
    """What stands on the switch of a hidden cell."""
    return {"mystnb": {"code_prompt_hide": f"Hide {what}", "code_prompt_show": what.capitalize()}}


def _written(notebook: nbformat.NotebookNode) -> str:
    return f"{nbformat.writes(notebook)}\n"


def _listed(root: Path, before: str, name: str) -> str:
    """The contents with a line for the chapter after that of another; its comments stay."""
    text = (root / contents.FILE).read_text(encoding="utf-8")
    return re.sub(rf"^(.*{contents.CHAPTERS}){before}$", rf"\g<0>\n\g<1>{name}", text, flags=re.M)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="begin a chapter")
    parser.add_argument("name", nargs="?", default="", help=ALLOWED)
    parser.add_argument("--after", default="", help="the chapter that it follows; without it the last")
    asked = parser.parse_args()
    try:
        print("\n".join(begin(paths.root(), asked.name, asked.after)))
    except (SkeletonError, DataError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
