"""What machines read: tags in the head of a page, and the crate of the whole release.

Belongs here: what is said to machines about pages and files. Not here: citations (`exhibits.citation`), what reference managers read (`coins`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

from edition.book import sharing
from edition.book.templates import template, within_script
from edition.exhibits import sheets
from edition.exhibits.citation import LICENCE_AT, Edition, Name, Original, abstract, heading, of_paper, place
from edition.exhibits.downloads import FOLDER
from edition.exhibits.record import FigureRecord, Record

LICENCE_SAID = {
    "@type": "CreativeWork",
    "name": "Creative Commons Attribution 4.0 International",
    "description": "Free to share and to change, for any purpose, as long as the makers are named.",
}
CHAPTERS = "chapters"  # of the site, with the data and the citation of each chapter
BOOK = "CITATION"  # name of the files with the citation of the book, like that of the file in the repository
FEED = "corrections.atom"
CHANGES = "CHANGELOG"  # the page that says what changed
CRATE_FILE = "ro-crate-metadata.json"
CRATE = "1.3"  # of the RO-Crate specification
FORMATS = {
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def head(
    page: str,
    title: str,
    description: str,
    records: list[Record],
    known: Edition,
    cover: FigureRecord | None = None,
    *,
    front: bool = False,
) -> str:
    """Tags for the head of a page, from its title, its first sentences and the exhibits it shows.

    Args:
        cover: the record of the figure that stands for a page without one of its own.
        front: whether it is the page that stands for the whole book.
    """
    figures = [record for record in [*records, *([cover] if cover else [])] if isinstance(record, FigureRecord)]
    return template("head.html").render(
        title=title,
        description=description,
        edition=known,
        front=front,
        authors=[str(maker) if maker.given else f"{maker.name}," for maker in known.makers],
        url=f"{known.base}{page}.html" if known.base else "",
        pinned=known.pinned(f"{page}.html"),
        licence=LICENCE_AT,
        reference=of_paper(known),
        orcids=[maker.orcid for maker in known.makers if maker.orcid],
        described=_described(page, front=front),
        up="../" * page.count("/"),
        feed=FEED,
        image=sharing.address(known.base, page),
        image_alt=f"{title}. {figures[0].alt if figures else ''}".strip(),
        graph=within_script(
            book(known.abstract or description, known) if front else linked(page, title, records, known)
        ),
    )


def _described(page: str, *, front: bool) -> list[tuple[str, str]]:
    """Files that describe a page, from the top of the site, with their media types."""
    folder, _, name = page.rpartition("/")
    if front:
        return [(f"{BOOK}.csl.json", format_of("csl.json")), (CRATE_FILE, "application/ld+json")]
    return [(f"{CHAPTERS}/{name}.csl.json", format_of("csl.json"))] if folder == "notebooks" else []


def linked(page: str, title: str, records: list[Record], known: Edition) -> dict[str, Any]:
    """The page in schema.org's terms; addresses are relative to it until a base address is set.

    Of its exhibits it says where each is; the page of that permanent address says what it is (`exhibit`).
    """
    base = known.base or "../" * page.count("/")
    article = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": f"{base}{page}.html",
        "headline": title,
        **_written(known),
        "isPartOf": {"@type": "Book", "name": known.named},
    }
    parts = [{"@id": f"{base}{place(record.id)}"} for record in records]
    return article | ({"hasPart": parts} if parts else {})


def book(description: str, known: Edition) -> dict[str, Any]:
    """The book in schema.org's terms, on a page at the top of the site."""
    return {
        "@context": "https://schema.org",
        "@type": "Book",
        "@id": known.base or "./",
        "name": known.named,
        "description": description,
        "keywords": list(known.keywords),
        **_written(known),
    }


def _written(known: Edition) -> dict[str, Any]:
    """What is said of the whole and of a chapter: by whom, after which paper."""
    people = [{"@id": f"#maker-{n}", **_maker(maker)} for n, maker in enumerate(known.makers, start=1)]
    said = common(known) | {"creator": [{"@id": one["@id"]} for one in people]}
    return {"author": people, "isBasedOn": _original(known.paper), **said}


def common(known: Edition) -> dict[str, Any]:
    """What is said of each part of the edition."""
    return {
        "creator": [_maker(maker) for maker in known.makers],
        "publisher": {"@type": "Organization", "name": known.bodies},
        "license": LICENCE_AT,
        "version": known.version,
        "datePublished": known.released,
        "inLanguage": "en",
    }


def exhibit(record: Record, base: str, known: Edition) -> dict[str, Any]:
    """A figure or a table in schema.org's terms.

    Args:
        base: what addresses begin with.
    """
    found: dict[str, Any] = {
        "@type": "ImageObject" if isinstance(record, FigureRecord) else "Dataset",
        "@id": f"{base}{place(record.id)}",
        "identifier": record.id,
        "name": heading(record),
        "description": abstract(record),
        "creditText": record.source,
        "isPartOf": {"@type": "Book", "name": known.named},
        **common(known),
    }
    data = {
        "@type": "DataDownload",
        "name": f"{record.id}.csv",
        "encodingFormat": "text/csv",
        "contentUrl": f"{base}{FOLDER}/{record.id}.csv",
        "sha256": sheets.digest(record),
    }
    if isinstance(record, FigureRecord):
        return found | {
            "contentUrl": f"{base}{FOLDER}/{record.id}.svg",
            "encodingFormat": "image/svg+xml",
            "caption": record.caption,
            "acquireLicensePage": LICENCE_AT,
            "copyrightNotice": ", ".join(known.authors),
            "isBasedOn": data,
        }
    return found | {"distribution": data, "variableMeasured": sheets.columns(record)}


def format_of(name: str) -> str:
    """The media type of a file, by how its name ends."""
    if name.endswith("csl.json"):
        return "application/vnd.citationstyles.csl+json"
    return FORMATS.get(f".{name.rpartition('.')[2]}", "application/octet-stream")


def _maker(known: Name) -> dict[str, Any]:
    """A person or a body in schema.org's terms; a person with an ORCID is known by it."""
    if not known.given:
        return {"@type": "Organization", "name": known.name}
    found = {
        "@type": "Person",
        "name": f"{known.given} {known.name}",
        "givenName": known.given,
        "familyName": known.name,
    }
    more = {"@id": known.orcid} if known.orcid else {}
    return found | more | ({"affiliation": _maker(Name(known.affiliation))} if known.affiliation else {})


def _original(paper: Original) -> dict[str, Any]:
    """The paper in schema.org's terms, with its authors and its publisher."""
    found: dict[str, Any] = {
        "@type": "Report" if paper.kind == "report" else "ScholarlyArticle",
        "name": paper.title,
        "author": [_maker(author) for author in paper.authors],
        "publisher": {"@type": "Organization", "name": paper.publisher},
    }
    said = {"genre": paper.genre, "datePublished": paper.year, "@id": paper.address, "url": paper.address}
    return found | {name: text for name, text in said.items() if text}


def crate(site: Path, known: Edition, entries: list[dict[str, Any]]) -> None:
    """Describe the data and every exhibit of a built site in `ro-crate-metadata.json` at its top."""
    described = ROCrate(version=CRATE)
    described.name, described.description = known.named, f"A reproducible edition of {known.paper}."
    described.license = described.add(ContextEntity(described, LICENCE_AT, LICENCE_SAID))
    described.datePublished = known.released
    described.root_dataset["version"] = known.version
    described.root_dataset["keywords"] = list(known.keywords)
    described.root_dataset["inLanguage"] = "en"
    at = {"url": known.base} if known.base else {}
    for name, address in at.items():
        described.root_dataset[name] = address
    makers = [
        _entity(described, f"#makers-{n}", {**_maker(maker), **at}) for n, maker in enumerate(known.makers, start=1)
    ]
    described.creator = described.publisher = makers if len(makers) > 1 else makers[0]
    described.root_dataset["isBasedOn"] = _entity(described, "#paper", _original(known.paper))
    files = {f"data/{path.name}": f"Part of the data of {known.named}." for path in (site / "data").glob("*.*")}
    files |= {path: f"{entry['title']}. {entry['caption']}" for entry in entries for path in entry["files"].values()}
    for path, description in sorted(files.items()):
        content = (site / path).read_bytes()
        properties = {
            "name": Path(path).name,
            "description": description,
            "encodingFormat": format_of(path),
            "contentSize": str(len(content)),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        described.add_file(source=None, dest_path=path, properties=properties)
    described.metadata.write(site)


def _entity(described: ROCrate, name: str, said: dict[str, Any]) -> ContextEntity:
    """An entity of the crate, of that name unless it has an address; what stands within it is one of its own."""
    within = {}
    for key, value in said.items():
        if isinstance(value, (dict, list)):
            parts = value if isinstance(value, list) else [value]
            made = [_entity(described, f"{name}-{key}-{n}", one) for n, one in enumerate(parts, start=1)]
            within[key] = made if len(made) > 1 else made[0]
    return described.add(ContextEntity(described, said.get("@id", name), {**said, **within}))
