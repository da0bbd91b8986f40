"""What Zotero keeps of a page, by the rules of its translators for COinS and for tags in the head, written down here anew.

    items(html)        # what its button offers: one item for each span of the class Z3988 that names a type and a title
    tagged(html)       # what it keeps of the tags where there is no such span

The rules: COinS goes before tags; a body is one name by `rft.aucorp`, or in a tag by a comma after it, any other name without a comma is
taken apart at its last blank; each type keeps its own fields.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from lxml import html as lxml

TYPES = {"bookitem": "bookSection", "book": "book"}
FIELDS = {
    "rft.publisher": "publisher",
    "rft.edition": "edition",
    "rft.date": "date",
    "rft.language": "language",
    "rft.rights": "rights",
    "rft.description": "abstractNote",
}
TAGS = {
    "citation_title": "title",
    "citation_inbook_title": "publicationTitle",
    "citation_publication_date": "date",
    "citation_publisher": "publisher",
    "citation_abstract": "abstractNote",
    "citation_language": "language",
    "citation_public_url": "url",
}


def _person(name: str) -> dict[str, str]:
    if "," in name:
        last, _, first = name.partition(",")
    else:
        first, _, last = name.rpartition(" ")
    return {"lastName": last.strip(), "firstName": first.strip()}


def context_object(said: str) -> dict[str, Any]:
    """An item of one span."""
    pairs = [part.split("=") for part in said.split("&")]
    assert all(len(pair) == 2 for pair in pairs), said
    values = [(key, unquote(value.replace("+", " ").replace("%2B", " "))) for key, value in pairs]
    known = dict(values)
    assert known["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:book"
    item: dict[str, Any] = {
        "itemType": TYPES[dict(map(tuple, pairs))["rft.genre"]],
        "creators": [],
    }  # compared undecoded
    for key, value in values:
        if key == "rft_id" and value.startswith(("http://", "https://")):
            item["url"] = value
        elif key == "rft.btitle":
            item["title" if item["itemType"] == "book" else "publicationTitle"] = value
        elif key == "rft.atitle" and item["itemType"] == "bookSection":
            item["title"] = value
        elif key == "rft.aucorp":
            item["creators"].append({"lastName": value, "isInstitution": True})
        elif key == "rft.au":
            item["creators"].append(_person(value))
        elif key in FIELDS:
            item[FIELDS[key]] = value
    return item


def items(page: str) -> list[dict[str, Any]]:
    """What the button offers; more than one is a list to choose from."""
    spans = lxml.fromstring(page).xpath("//span[@class='Z3988'][@title]")
    return [item for item in (context_object(span.get("title")) for span in spans) if item.get("title")]


def tagged(page: str) -> dict[str, Any]:
    """What is kept of the tags in the head."""
    found = [(tag.get("name"), tag.get("content")) for tag in lxml.fromstring(page).xpath("//head/meta[@name]")]
    item: dict[str, Any] = {TAGS[name]: value for name, value in found if name in TAGS}
    item["itemType"] = "bookSection" if "publicationTitle" in item else "journalArticle"
    item["creators"] = [_person(value) for name, value in found if name == "citation_author"]
    return item
