"""An address of this paper moves, leads nowhere or comes to mean something else, or a list leaves an exhibit out."""

from __future__ import annotations

import json
import re
import subprocess

import lxml.html
import pytest
from playwright.sync_api import Browser

from analysis.data import load
from edition.build import contents, upkeep
from edition.exhibits import addresses, citation, stored
from edition.exhibits.record import FigureRecord, TableRecord
from edition.maps.map import Map
from tests.conftest import ROOT

HTML = ROOT / "_build" / "html"
GONE = addresses.retired(ROOT)
RECORDS = {record.id: record for path in contents.chapters(ROOT) for record in stored.records(path)}


def test_a_published_id_disappeared_or_means_something_else() -> None:
    """Of a row the meaning is computed again; of an exhibit it is written down, and its kind is what can be held against it."""
    now = {one.id: one for one in upkeep.standing(ROOT, load(ROOT))}
    listed = addresses.published(ROOT)
    assert set(now) == set(listed), "new ids: make published"
    for row_id, (kind, means) in listed.items():
        assert now[row_id].kind == kind, f"{row_id} was published as {kind}"
        if kind == addresses.EXHIBIT:
            stands, _ = GONE.get(row_id, (row_id, ""))
            assert means.partition(":")[0] == RECORDS[stands].kind, f"{row_id} was published as {means}"
        else:
            assert now[row_id].means == means, f"{row_id} was published as {means}"


def test_what_an_exhibit_shows_for_good_is_code_or_no_words() -> None:
    shown = {name: means for name, (kind, means) in addresses.published(ROOT).items() if kind == addresses.EXHIBIT}
    assert len(set(shown.values())) == len(shown), "two exhibits that mean the same"
    for name, means in shown.items():
        assert 20 < len(means) < 100 and not re.search(r"_|\(|[^\W\d]\.\w|made by|\d{3}$", means), name


def test_listing_again_changes_what_an_exhibit_was_published_as() -> None:
    """The title changes with its numbers, the function with its name; what was promised does not."""
    record = RECORDS["fig-ledger"].model_copy(update={"title": "Something else", "made_by": "elsewhere.renamed"})
    (now,) = addresses.of_exhibits([("notebooks/ledger", record)])
    assert now.means == "figure: Something else"
    promised = {"fig-ledger": (addresses.EXHIBIT, "figure: verdicts on the claims of the paper")}
    assert addresses.registry(promised, [now]) == (
        "id,kind,means\nfig-ledger,exhibit,figure: verdicts on the claims of the paper\n"
    )
    assert "figure: Something else" in addresses.registry({}, [now])


def test_a_picture_that_is_gone_leads_nowhere_or_stands_beside_what_took_its_place() -> None:
    listed = addresses.published(ROOT)
    assert GONE
    for old, (new, why) in GONE.items():
        assert old in listed and old not in RECORDS and new in RECORDS, old
        assert re.fullmatch(r"[A-Z].{10,120}\.", why), f"why {old} is gone"
    now = {one.id: one.target for one in addresses.of_exhibits(("page", record) for record in RECORDS.values())}
    assert all(now[old] == now[new] for old, (new, _) in GONE.items())


@pytest.mark.parametrize("old", GONE)
def test_the_address_of_a_picture_that_is_gone_does_not_say_what_it_was_or_why_it_went(old: str) -> None:
    instead, why = GONE[old]
    new = RECORDS[instead]
    text = (HTML / "cite" / f"{old}.html").read_text(encoding="utf-8")
    page = lxml.html.fromstring(text)
    was = addresses.published(ROOT)[old][1].partition(": ")[2]
    body = " ".join(page.find("body").text_content().split())
    for part in (was, old, why, "gave way", citation.heading(new), new.source.rstrip(".")):
        assert part in body, part
    assert was in page.findtext(".//title") and was in page.xpath("//meta[@name='description']/@content")[0]
    (said,) = map(json.loads, page.xpath("//script[@type='application/ld+json']/text()"))
    assert (said["identifier"], said["creativeWorkStatus"]) == (old, "Obsolete") and was in said["name"]
    assert said["creator"] and said["license"] and said["version"]
    links = {
        rel: page.xpath(f"//link[@rel='{rel}']/@href") for rel in ("canonical", "successor-version", "describedby")
    }
    assert links["canonical"] == links["successor-version"] == [f"{new.id}.html"], "what is found is what is there"
    assert len(links["describedby"]) == len(citation.FORMS)
    assert all((HTML / "cite" / link).resolve().is_file() for found in links.values() for link in found)
    other = lxml.html.fromstring((HTML / "cite" / f"{new.id}.html").read_text(encoding="utf-8"))
    assert not other.xpath("//link[@rel='successor-version']")


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


def test_an_exhibit_in_the_book_is_in_no_list() -> None:
    entries = json.loads((HTML / "exhibits.json").read_text(encoding="utf-8"))["exhibits"]
    assert [entry["id"] for entry in entries] == list(RECORDS)
    assert all(entry["places"] or entry["periods"] for entry in entries if entry["kind"] == "map")


def test_the_scholars_drawn_are_not_those_credited() -> None:
    assert RECORDS["fig-table-1-scholars"].credits == ("Mendikulova", "Tatimov")
    assert any("Rakisheva" in who for who in RECORDS["tbl-china-xinjiang"].credits)
    for name, record in RECORDS.items():
        said = citation.forms(record, citation.edition(ROOT))["txt"]
        assert all(part in said for part in (name, "Askhat, G.", *record.credits)), name


def test_the_citation_file_is_not_valid() -> None:
    tool = ROOT / ".venv" / "cff" / "bin" / "cffconvert"
    assert tool.exists(), "make test installs it; or: make .venv/cff/ready"
    found = subprocess.run([tool, "--validate"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_a_filter_shows_the_wrong_rows(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/catalogue.html", wait_until="load")
    total = page.locator(".catalogue li").count()
    assert total == len(RECORDS) and page.locator(".catalogue li:visible").count() == total
    page.locator("select[name=only-kind]").select_option("map")
    maps = [
        name for name, record in RECORDS.items() if isinstance(record, FigureRecord) and isinstance(record.chart, Map)
    ]
    assert page.locator(".catalogue li:visible").count() == len(maps)
    page.goto(f"{site}/notebooks/ledger.html", wait_until="load")
    page.locator(".filters select").nth(1).select_option("contradicted by an outside source")
    shown = page.locator(".exhibit table.stacked tbody tr:visible").count()
    ledger = RECORDS["tbl-ledger"]
    assert isinstance(ledger, TableRecord)
    column = [c.label for c in ledger.columns].index("verdict")
    assert shown == sum(row[column] == "contradicted by an outside source" for row in ledger.cells)
    page.locator(".filters input[type=search]").fill("mongolia")
    assert 0 < page.locator(".exhibit table.stacked tbody tr:visible").count() < shown
    page.close()
