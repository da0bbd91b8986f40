"""How an exhibit is cited: two CSL items, itself and the paper, from which every form is made by a library of its own.

Belongs here: what a citation says. Not here: how each form prints it (`reference`), or where the forms are shown (`card`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from edition import paper as source
from edition.asking.editions import Variant
from edition.data import plain_yaml
from edition.data.load import DataError
from edition.exhibits import reference, sheets
from edition.exhibits.record import FigureRecord, Record
from edition.numbers.wording import listing

FORMS = {"txt": "Text", "bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}  # file ending → name
LICENCE = "CC BY 4.0"
LICENCE_AT = "https://creativecommons.org/licenses/by/4.0/"
CREDIT = 160  # characters of a credit line at most
TITLE = re.compile(r"^title:.*(\n +.*)*", re.MULTILINE)  # of `CITATION.cff`, on as many lines as it takes
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
        abstract: what it is, in a few sentences; "" for none.
        keywords: what it is about.
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
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    def address(self, anchor: str) -> str:
        """Permanent address of an exhibit, a number or another row, in the newest version; "" until a base address is set."""
        return f"{self.base}{place(anchor)}" if self.base else ""

    def pinned(self, path: str) -> str:
        """Address of a page or a file as it stands in this version for good; "" until a base address is set."""
        folder = f"editions/{self.under}/" if self.under else ""
        return f"{self.base.removesuffix(folder)}v{self.version}/{folder}{path}" if self.base else ""

    def where(self, path: str) -> str:
        """Words for what has no address yet; "" where it has one."""
        return "" if self.base else f"No address is set yet{f': {path} of the site' if path else ''}."

    @property
    def year(self) -> str:
        """Of this version."""
        return self.released[:4]

    @property
    def bodies(self) -> str:
        """The makers that are no persons, which publish it."""
        return ", ".join(maker.name for maker in self.makers if not maker.given)

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of the makers."""
        return tuple(map(str, self.makers))

    @property
    def named(self) -> str:
        """The title, with the assumptions where they are not the default ones."""
        return f"{self.title} ({self.variant})" if self.variant else self.title


def place(anchor: str) -> str:
    """Where in a site the page stands that leads on to an exhibit or a row for good."""
    return f"cite/{anchor}.html"


def edition(root: Path, variant: Variant | None = None) -> Edition:
    """The edition, from `CITATION.cff` and `_config.yml` at `root`; the default one without a variant."""
    known, config = _said(root / "CITATION.cff"), _said(root / "_config.yml")
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
        abstract=_line(known.get("abstract", "")),
        keywords=tuple(known.get("keywords", ())),
    )


def _said(file: Path) -> dict[str, Any]:
    """What a file holds, read again when that is something else."""
    return _held(file, file.read_bytes())


@lru_cache(maxsize=4)
def _held(file: Path, _: bytes) -> dict[str, Any]:
    return dict(plain_yaml.read(file))


def as_published(root: Path, known: Edition) -> str:
    """`CITATION.cff` as the site has it: with the addresses of the edition and of its repository, where they are set, and under
    the title that names its assumptions, where they are not the default ones.
    """
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    if known.variant:
        title = f"title: {json.dumps(known.named, ensure_ascii=False)}"
        text = TITLE.sub(lambda _: title, text, count=1)
    there = _said(root / "CITATION.cff")
    addresses = {"url": known.pinned(""), "repository-code": known.repository}
    more = [f"{name}: {json.dumps(at)}\n" for name, at in addresses.items() if at and name not in there]
    return "".join([f"{text.rstrip()}\n", *more])


def _line(text: str) -> str:
    """A text in one line: in RIS the next line is the next field."""
    return " ".join(text.split())


def item(record: Record, known: Edition) -> dict[str, Any]:
    """The exhibit as a CSL item: the edition, the exhibit, every source that it draws on, and the digest of its data."""
    under = f"-{key(known.under)}" if known.under else ""
    unnamed = [who for who in record.credits if who not in record.source]
    rows = f" The rows are from: {'; '.join(unnamed)}." if unnamed else ""
    return part(
        f"{record.id}{under}",
        "chapter" if isinstance(record, FigureRecord) else "dataset",  # what reference managers keep whole
        heading(record),
        f"{credit_note([record], known)}{rows} Data: {record.id}.csv, SHA-256 {sheets.digest(record)[: sheets.SHOWN]}.",
        known,
        place(record.id),
        f"exhibit {record.id}",
    )


def heading(record: Record) -> str:
    """What an exhibit is called, in one line."""
    return _line(record.heading)


def abstract(record: Record) -> str:
    """What an exhibit counts and how it is to be read, and whose numbers it shows."""
    unit = f"{record.subtitle.rstrip('.')}." if record.subtitle else ""
    return _line(f"{unit} {record.caption} Source: {record.source}")


def part(key: str, kind: str, title: str, note: str, known: Edition, path: str, named: str = "") -> dict[str, Any]:
    """A part of the edition, or with the kind `book` the whole of it, as a CSL item.

    Args:
        note: whose it is, as the form for readers says it too.
        path: where it stands in the site; its address keeps to this version.
        named: kind and id of the part, which stand with the title and which no style may set in capitals.
    """
    address = known.pinned(path)
    found = {
        "id": f"{_prefix(known)}:{key}",
        "type": kind,
        "title": _line(title),
        "author": [maker.csl() for maker in known.makers],
        "container-title": _line(known.named) if kind != "book" else "",
        "publisher": _line(known.bodies),
        "version": known.version,
        "issued": {"date-parts": [[int(part) for part in known.released.split("-")]]},
        "language": "en",
        "note": _line(f"{note} {known.where(path)}"),
        "URL": address,
        "abstract": known.abstract if kind == "book" else "",
        "keyword": ", ".join(known.keywords) if kind == "book" else "",
        "custom": {"named": named} if named else None,
    }
    return {name: value for name, value in found.items() if value}


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


def of_paper(known: Edition) -> str:
    """The paper as a reference in text."""
    return reference.whole_work(original(known))


def _prefix(known: Edition) -> str:
    """What tells the edition's keys from those of other works."""
    return known.slug.replace("-", "")


def key(name: str) -> str:
    """A name as a key of every format can hold it, and no other name has it."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return plain if plain == name else f"{plain}{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def chapter(title: str, records: Sequence[Record], known: Edition, path: str, *, stated: bool = True) -> dict[str, str]:
    """The citation of a whole chapter in every form, by file ending.

    Args:
        records: its exhibits, for the sources they draw on and the digest of their data.
        path: where it stands in the site, with the state that is shown.
        stated: whether the data are those of `records`; their digest is left out where they may be others.
    """
    note = credit_note(records, known)
    if stated and records:
        name = path.rpartition("/")[2].partition(".")[0]
        note = f"{note} Data: {name}.{sheets.SUMS}, SHA-256 {sheets.digest_of_all(records)[: sheets.SHOWN]}."
    return in_every_form(part(key(title), "chapter", title, note, known, path), known)


def book(known: Edition, data: str = "") -> dict[str, str]:
    """The citation of the edition itself in every form, by file ending.

    Args:
        data: digest of the description of its data, which holds those of all tables; "" where there is none.
    """
    note = f"Data: datapackage.json, SHA-256 {data[: sheets.SHOWN]}." if data else ""
    name = f"book-{key(known.under)}" if known.under else "book"
    return in_every_form(part(name, "book", known.named, note, known, ""), known)


def credit_note(records: Sequence[Record], known: Edition) -> str:
    """The sources that exhibits draw on, as their source lines name them, each once, and who added those that are added."""
    sources = dict.fromkeys(one for record in records for one in record.source.removesuffix(".").split("; "))
    added = dict.fromkeys(name for record in records for name in record.added)
    who = known.by or (f"whoever made the edition “{known.variant}”" if known.variant else "")
    more = f" With numbers added{f' by {who}' if who else ''} from {listing(added)}." if added else ""
    return f"Source: {'; '.join(sources)}.{more}" if sources else ""


def credit(record: Record, known: Edition) -> str:
    """The exhibit, who made it and whose numbers it shows, in a line of at most `CREDIT` characters, for a slide or a newspaper."""
    authors = " and ".join(author.name for author in known.paper.authors)
    whose = f"after {authors}" if authors in record.source else ""
    if not whose and record.credits:
        whose = f"numbers: {record.credits[0]}{' and others' if len(record.credits) > 1 else ''}"
    address = known.address(record.id).partition("://")[2] or record.id
    said = [f"{known.bodies or known.authors[0]} ({known.year})", whose, LICENCE, address]
    while len(line := ", ".join(filter(None, said))) > CREDIT and len(said) > 1:
        said.pop(1)  # what the address leads to says it too
    return line


def forms(record: Record, known: Edition) -> dict[str, str]:
    """The citation in every form, by file ending: the exhibit, then the paper."""
    return in_every_form(item(record, known), known)


def exhibits(records: Iterable[Record], known: Edition) -> str:
    """All exhibits and the paper as one file of BibTeX: the files of single ones put together would hold the paper as often."""
    return reference.bibtex([*(item(record, known) for record in records), original(known)])


def in_every_form(cited: dict[str, Any], known: Edition) -> dict[str, str]:
    """A part of the edition and then the paper, in every form, by file ending.

    Args:
        cited: see `part`.
    """
    return dict(reference.forms(json.dumps([cited, original(known)])))
