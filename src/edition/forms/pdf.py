"""The PDF: the pages of the EPUB as one document, with a title page and a table of contents, for WeasyPrint to set.

Belongs here: putting pages together so that their links hold. Not here: how a page looks (`pdf.css`).
"""

from __future__ import annotations

import posixpath
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import matplotlib
from jinja2 import Environment, FileSystemLoader
from lxml import etree
from lxml.html import fromstring
from markupsafe import Markup

from edition.book import sheet
from edition.data import plain_yaml
from edition.exhibits.citation import Edition

SHORT, LONG = 12, 40  # rows
LINE, PADDING = 112, 2  # letters: a line of a table, the space between two columns
HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "charts" / "fonts"
MONO = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSansMono.ttf"


def make(pages: Path, toc: Path, workshop: Path, weasyprint: Path, target: Path, known: Edition) -> None:
    """Set the pages of the EPUB as a PDF.

    Args:
        toc: the book's `_toc.yml`.
        workshop: folder for the document that is set.
        weasyprint: the program.

    Raises:
        subprocess.CalledProcessError: WeasyPrint failed.
    """
    document = workshop / "book.html"
    document.write_text(together(pages, toc, known), encoding="utf-8")
    command = [
        str(weasyprint),
        "--base-url",
        f"{pages.resolve()}/",
        "--pdf-variant",
        "pdf/ua-1",
        str(document),
        str(target),
    ]
    subprocess.run(command, check=True)


def together(pages: Path, toc: Path, known: Edition) -> str:
    """All pages in their order as one HTML document, whose names and links are those of one document."""
    order: dict[str, Any] = plain_yaml.read(toc)
    parts = [{"caption": "", "names": [order["root"]]}]
    parts += [{"caption": p.get("caption", ""), "names": [c["file"] for c in p["chapters"]]} for p in order["parts"]]
    names = {name for part in parts for name in part["names"]}
    for part in parts:
        part["chapters"] = [_chapter(pages, name, names) for name in part["names"]]
    template = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True)
    return template.get_template("book.html").render(
        parts=parts,
        edition=known,
        here=HERE.as_uri(),
        fonts=FONTS.as_uri(),
        mono=MONO.as_uri(),
        named=Markup(sheet.quoted(known.named)),
        imprint=Markup(sheet.quoted(sheet.imprint(known))),
    )


def _chapter(pages: Path, name: str, names: set[str]) -> dict[str, str]:
    body = fromstring((pages / f"{name}.xhtml").read_bytes()).find_class("body")[0]
    for node in body.xpath(".//*[@id]"):
        node.set("id", f"{name}:{node.get('id')}")
    for link in body.xpath(".//a[@href]"):
        link.set("href", _led(link.get("href"), name, names))
    for picture in body.xpath(".//img"):
        picture.set("src", posixpath.normpath(posixpath.join(posixpath.dirname(name), picture.get("src"))))
    for table in body.xpath(f".//table[count(.//tr) <= {SHORT}]"):
        _keep(table)
    for table in body.xpath(".//table[contains(@class, 'cards')]"):
        _as_paragraphs(table)
    for table in body.xpath(f".//table[count(.//tr) > {LONG}]"):
        _set_widths(table)
    title = body.xpath(".//h1")[0].text_content()
    body.set("class", "chapter")
    body.set("id", name)
    return {"id": name, "title": title, "body": etree.tostring(body, encoding="unicode", method="html")}


def _keep(table: Any) -> None:
    """Keep a table in a box of its own on one sheet: kept by itself, it would leave its caption behind at a sheet's foot."""
    box = etree.Element("div", {"class": "short"})
    table.getparent().replace(table, box)
    box.tail, table.tail = table.tail, None
    box.append(table)


def _as_paragraphs(table: Any) -> None:
    """A table whose rows are set as paragraphs is no table: its columns have no widths to be found."""
    for head in table.xpath("./thead|./colgroup"):
        table.remove(head)
    for node in table.iter("table", "caption", "tbody", "tr", "th", "td"):
        classes = [*node.get("class", "").split(), node.tag]
        node.tag = "span" if node.tag in ("th", "td") else "div"
        node.set("class", " ".join(classes))
    for text in table.iter("p"):
        text.tag = "span"


def _set_widths(table: Any) -> None:
    """Give a long table the widths of its columns: WeasyPrint would weigh all rows again on every page.

    Each column has room for its longest word; what is left is shared by how much text there is.
    """
    columns = zip(*(row.xpath("./th|./td") for row in table.iter("tr")), strict=True)
    texts = [[cell.text_content().strip() for cell in column] for column in columns]
    words = [max(len(word) for text in column for word in text.split() or [""]) + PADDING for column in texts]
    filled = [sum(map(len, column)) for column in texts]
    left = max(LINE - sum(words), 0)
    needed = [word + left * text / sum(filled) for word, text in zip(words, filled, strict=True)]
    for old in table.xpath("./colgroup"):
        table.remove(old)
    group = etree.Element("colgroup")
    for width in needed:
        etree.SubElement(group, "col", style=f"width: {100 * width / sum(needed):.1f}%")
    table.insert(len(table.xpath("./caption")), group)
    table.set("style", "table-layout: fixed")


def _led(href: str, name: str, names: set[str]) -> str:
    """Where a link of page `name` leads in the one document; links out of the book stay as they are."""
    file, fragment = urldefrag(href)
    page = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)).removesuffix(".xhtml") if file else name
    if page not in names:
        return href
    return f"#{page}:{fragment}" if fragment else f"#{page}"
