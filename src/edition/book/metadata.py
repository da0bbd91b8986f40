"""What machines read: tags in the head of a page, COinS for reference managers, and the crate of the whole release.

Belongs here: what is said to machines about pages and files. Not here: citations (`exhibits.citation`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

from edition.book import sharing
from edition.book.card import FOLDER
from edition.book.templates import template, within_script
from edition.exhibits.citation import Edition, Name, Original
from edition.exhibits.downloads import LICENCE
from edition.exhibits.record import FigureRecord, Record

LICENCE_SAID = {
    "@type": "CreativeWork",
    "name": "Creative Commons Attribution 4.0 International",
    "description": "Free to share and to change, for any purpose, as long as the makers are named.",
}
CRATE = "1.3"  # of the RO-Crate specification
FORMATS = {
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
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
) -> str:
    """Tags for the head of a page, from its title, its first sentences and the exhibits it shows.

    Args:
        cover: the record of the figure that stands for a page without one of its own.
    """
    figures = [record for record in [*records, *([cover] if cover else [])] if isinstance(record, FigureRecord)]
    return template("head.html").render(
        title=title,
        description=description,
        edition=known,
        url=f"{known.base}{page}.html" if known.base else "",
        image=f"{known.base}{sharing.FOLDER}/{page.rpartition('/')[2]}.png" if known.base else "",
        image_alt=f"{title}. {figures[0].alt if figures else ''}".strip(),
        graph=within_script(linked(page, title, description, records, known)),
    )


def linked(page: str, title: str, description: str, records: list[Record], known: Edition) -> dict[str, Any]:
    """The page and its exhibits in schema.org's terms; addresses are relative to the page until a base address is set."""
    base = known.base or "../" * page.count("/")
    people = [_maker(maker) for maker in known.makers]
    common = {"creator": people, "license": LICENCE, "version": known.version, "datePublished": known.released}
    article = {
        "@type": "ScholarlyArticle",
        "@id": f"{base}{page}.html",
        "headline": title,
        "description": description,
        "inLanguage": "en",
        "author": people,
        "isBasedOn": _original(known.paper),
        "isPartOf": {"@type": "Book", "name": known.named},
        **common,
    }
    parts = []
    for record in records:
        figure = isinstance(record, FigureRecord)
        part: dict[str, Any] = {
            "@type": "ImageObject" if figure else "Dataset",
            "@id": f"{base}cite/{record.id}.html",
            "name": record.id,
            "description": record.caption,
            **common,
        }
        if figure:
            part |= {"contentUrl": f"{base}{FOLDER}/{record.id}.svg", "encodingFormat": "image/svg+xml",
                     "caption": record.caption, "creditText": record.source,
                     "acquireLicensePage": LICENCE, "copyrightNotice": ", ".join(known.authors)}  # fmt: skip
        else:
            part["distribution"] = {"@type": "DataDownload", "encodingFormat": "text/csv",
                                    "contentUrl": f"{base}{FOLDER}/{record.id}.csv"}  # fmt: skip
        parts.append(part)
    return {
        "@context": "https://schema.org",
        "@graph": [{**article, "hasPart": [{"@id": p["@id"]} for p in parts]}, *parts],
    }


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


def coins(title: str, page: str, known: Edition) -> str:
    """A span that Zotero and others read a page's reference from."""
    fields = {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:book",
        "rft.genre": "bookitem",
        "rft.atitle": title,
        "rft.btitle": known.named,
        "rft.au": known.authors[0],
        "rft.date": known.released,
        "rft.edition": known.version,
    }
    if known.base:
        fields["rft_id"] = f"{known.base}{page}.html"
    return Markup('<span class="Z3988" title="{}" hidden></span>').format(urlencode(fields))


def crate(site: Path, known: Edition, entries: list[dict[str, Any]]) -> None:
    """Describe the data and every exhibit of a built site in `ro-crate-metadata.json` at its top."""
    described = ROCrate(version=CRATE)
    described.name, described.description = known.named, f"A reproducible edition of {known.paper}."
    described.license = described.add(ContextEntity(described, LICENCE, LICENCE_SAID))
    described.datePublished = known.released
    at = {"url": known.base} if known.base else {}
    makers = [
        _entity(described, f"#makers-{n}", {**_maker(maker), **at}) for n, maker in enumerate(known.makers, start=1)
    ]
    described.creator = described.publisher = makers if len(makers) > 1 else makers[0]
    described.root_dataset["isBasedOn"] = _entity(described, "#paper", _original(known.paper))
    files = {f"data/{path.name}": f"Part of the data of {known.named}." for path in (site / "data").glob("*.*")}
    files |= {path: entry["caption"] for entry in entries for path in entry["files"].values()}
    for path, description in sorted(files.items()):
        properties = {
            "name": Path(path).name,
            "description": description,
            "encodingFormat": FORMATS.get(Path(path).suffix, "application/octet-stream"),
            "contentSize": str((site / path).stat().st_size),
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
