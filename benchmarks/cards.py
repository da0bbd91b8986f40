"""What each page of the built book carries for whoever cites it, embeds it or finds it, in bytes.

    python -m benchmarks.cards     # the book in _build/html; writes benchmarks/cards.csv

Counted is what stands on a page for others to take: the tags in its head for reference managers, previews and robots (`tags`), JSON-LD
(`linked_data`), the spans that Zotero lists (`spans`), and the byline, *Cite this chapter* and the fold *Cite* of each exhibit (`cards`);
`added` is their sum as the page has them, unpacked, and `with_address` the same if the site had the address `ADDRESS`. `packed` is what
they add to the page as a server packs it, with what only cards need of the book's style and script. Not counted: what is there to be read
or to be got whether anybody cites or not, as the folds *Download* and *How it was made*, the list of the release's files, and the
link by which a row of a table leads to its own address.
"""

from __future__ import annotations

import dataclasses
import gzip
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from lxml import html

from edition import paper
from edition.book import coins, metadata
from edition.build import contents
from edition.exhibits import citation, stored
from edition.exhibits.citation import Edition
from edition.exhibits.record import FigureRecord, Record

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "cards.csv"
LIMIT = 20_000  # bytes that all of it may be on a page, unpacked
ADDRESS = "https://kazakh-diaspora.example.org/numbers/"  # invented, and as long as one may be
NAMED = "starts-with(@name, 'citation_') or starts-with(@name, 'twitter:') or starts-with(@property, 'og:') or @name = 'description'"
RELATED = " or ".join(f"@rel = '{rel}'" for rel in ("license", "cite-as", "author", "describedby", "alternate"))
KINDS = {
    "tags": f"//head/meta[{NAMED}] | //head/link[{RELATED}]",
    "linked_data": "//script[@type = 'application/ld+json']",
    "spans": "//span[@class = 'Z3988']",
    "cards": "//p[@class = 'byline'] | //div[contains(@class, 'cite-page')] | //details[@class = 'cite']",
}


def packed(text: str | bytes) -> int:
    """Bytes of a text, packed as a server packs it."""
    return len(gzip.compress(text.encode() if isinstance(text, str) else text, 6, mtime=0))


def shared(site: Path) -> int:
    """Bytes of the book's style and script that only cards need."""
    style = (site / "_static" / "site.css").read_text(encoding="utf-8")
    script = (site / "_static" / "site.js").read_text(encoding="utf-8")
    rules = re.sub(r"^(?:\.bd-article )?\.card\b.*\n", "", style, flags=re.M)
    blocks = [block for block in re.split(r"^(?=// )", script, flags=re.M) if ".card " not in block]
    return packed(style) - packed(rules) + packed(script) - packed("".join(blocks))


def kinds(page: html.HtmlElement) -> dict[str, int]:
    """Bytes of each kind on a page."""
    return {name: sum(len(_written(one)) for one in page.xpath(path)) for name, path in KINDS.items()}


def _written(element: html.HtmlElement) -> bytes:
    return bytes(html.tostring(element, encoding="utf-8", with_tail=False))


def under(page: html.HtmlElement, name: str, records: Sequence[Record], known: Edition, cover: FigureRecord) -> int:
    """Bytes of a page's kinds for another edition than the one it was built for, say one with an address: written again, not built.

    Args:
        page: as built without an address.
        name: of the page in the book.
        records: its exhibits.
        cover: the figure that stands for a page without one.
    """
    tags = {tag.get("name") or tag.get("property"): tag.get("content") for tag in page.xpath("//head/meta")}
    title, told = tags.get("og:title") or tags["citation_title"], tags.get("description", "")
    front = tags.get("og:type") == "book" or bool(page.xpath("//head/meta[@property = 'og:type'][@content = 'book']"))
    head = metadata.head(name, title, told, list(records), known, cover, front=front)
    spans = coins.of_page(name, title, told, records, known, front=front)
    again = kinds(html.fromstring(f"<html><head>{head}</head><body><p>{spans}</p></body></html>"))
    release = [_written(one) for one in page.xpath(KINDS["linked_data"])[1:]]  # whose files have addresses too
    lines = sum(
        len(citation.credit(one, known)) - len(citation.credit(one, dataclasses.replace(known, base="")))
        for one in records
    )
    return (
        sum(again.values())
        + kinds(page)["cards"]
        + lines
        + sum(len(one) + one.count(b'"data/') * len(known.base) for one in release)
    )


def weights(site: Path) -> pd.DataFrame:
    """A row for each page that has a reference: how many exhibits, bytes of each kind, and what they add in all."""
    once, rows, plain = shared(site), [], citation.edition(ROOT)
    shown = {f"notebooks/{path.stem}": list(stored.records(path)) for path in contents.chapters(ROOT)}
    figures = [one for records in shown.values() for one in records if isinstance(one, FigureRecord)]
    (cover,) = (one for one in figures if one.id == paper.at(ROOT).cover)
    for file in sorted([*site.glob("*.html"), *site.glob("notebooks/*.html")]):
        page, name = html.fromstring(file.read_bytes()), file.relative_to(site).with_suffix("").as_posix()
        if name == "index" or not page.xpath(KINDS["spans"]):  # which leads on to the front page
            continue
        found, records = kinds(page), shown.get(name, [])
        known = dataclasses.replace(plain, base=ADDRESS)
        at_address = under(page, name, records, known, cover)
        whole = packed(html.tostring(page))
        for path in KINDS.values():
            for one in page.xpath(path):
                one.drop_tree()
        added = whole - packed(html.tostring(page)) + once
        rows.append({"page": name, "exhibits": len(records), **found, "added": sum(found.values()), "with_address": at_address, "packed": added})  # fmt: skip
    return pd.DataFrame(rows)


def main() -> None:
    """Measure every page and write the table."""
    table = weights(ROOT / "_build" / "html")
    table.to_csv(RESULT, index=False, lineterminator="\n")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
