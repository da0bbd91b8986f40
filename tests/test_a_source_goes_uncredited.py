"""A citation leaves out a source that the exhibit draws on, or credits one with what is not its own. Of this paper's exhibits."""

from __future__ import annotations

import json
import re

import pytest
import rispy
from pybtex.database import parse_file, parse_string
from pybtex.richtext import Text

from analysis.data import load
from edition.build import contents
from edition.exhibits import citation, cited_rows, stored
from edition.exhibits.record import FigureRecord, Record
from edition.maps.map import Map
from tests.conftest import ROOT

RECORDS = {record.id: record for path in contents.chapters(ROOT) for record in stored.records(path)}
EDITION = citation.edition(ROOT)
MAPS = [name for name, record in RECORDS.items() if isinstance(record, FigureRecord) and isinstance(record.chart, Map)]
DRAWN = ("Natural Earth", "GeoNames")  # producers of what is drawn beside the rows
LABELS = {*load(ROOT).label, *DRAWN}


def named(text: str) -> set[str]:
    """The sources that a text names."""
    return {label for label in LABELS if label in text}


def notes(record: Record) -> dict[str, str]:
    """What each form says of the sources, read by a library of that form."""
    forms = citation.forms(record, EDITION)
    key = f"kazakhdiaspora:{record.id}"
    entry = parse_string(forms["bib"], "bibtex").entries[key]
    csl = {item["id"]: item for item in json.loads(forms["csl.json"])}
    return {
        "txt": forms["txt"].partition(" Source: ")[2].partition("\n")[0],
        "bib": Text.from_latex(entry.fields["note"]).render_as("text"),
        "ris": rispy.loads(forms["ris"])[0]["notes"][0],
        "csl.json": csl[key]["note"],
    }


@pytest.mark.parametrize("name", RECORDS)
def test_a_form_of_the_citation_leaves_out_a_source(name: str) -> None:
    record = RECORDS[name]
    for ending, note in notes(record).items():
        assert named(note) == named("; ".join([record.source, *record.credits])), (
            ending
        )  # a name may be part of another
        assert set(record.credits) <= named(note), ending
        assert record.source.removesuffix(".") in note, ending


@pytest.mark.parametrize("name", RECORDS)
def test_a_row_is_from_a_source_that_the_citation_does_not_name(name: str) -> None:
    tables = load(ROOT)
    record = RECORDS[name]
    credited = {str(row.get("source_id")) for row in record.rows} & set(tables.label.index) - tables.own
    assert {tables.label[source] for source in credited} <= named(citation.forms(record, EDITION)["txt"])


@pytest.mark.parametrize("name", MAPS)
def test_borders_or_towns_are_drawn_and_their_maker_is_not_named(name: str) -> None:
    for ending, note in notes(RECORDS[name]).items():
        assert "Natural Earth" in note, ending


@pytest.mark.parametrize("name", ["tbl-famine-counts", "tbl-interlude-counts", "tbl-outside", "tbl-gazetteer"])
def test_what_is_not_the_papers_is_said_to_be(name: str) -> None:
    for ending, note in notes(RECORDS[name]).items():
        assert "Askhat" not in note and "After" not in note, ending


@pytest.mark.parametrize("name", RECORDS)
def test_the_papers_author_is_in_no_reference_of_her_own(name: str) -> None:
    forms = citation.forms(RECORDS[name], EDITION)
    assert "\n\nAn edition of: Askhat, G. (n.d.). Diaspora Study as a Tool" in forms["txt"]
    entry = parse_string(forms["bib"], "bibtex").entries["kazakhdiaspora:paper"]
    assert entry.type == "techreport" and entry.fields["year"] == "n.d."
    assert [str(person) for person in entry.persons["author"]] == ["Askhat, Gulnash"]
    ris, csl = rispy.loads(forms["ris"])[1], json.loads(forms["csl.json"])[1]
    assert ris["type_of_reference"] == "RPRT" and ris["authors"] == ["Askhat, Gulnash"] and "year" not in ris
    assert csl["author"] == [{"family": "Askhat", "given": "Gulnash"}] and "issued" not in csl
    publisher = "Global Research Forum on Diaspora and Transnationalism"
    assert entry.fields["institution"] == f"{{{publisher}}}", "its “and” parts two publishers"
    assert ris["publisher"] == csl["publisher"] == publisher
    assert csl["URL"].startswith("https://grfdt.com/") and csl["URL"] == ris["urls"][0] == entry.fields["url"]


@pytest.mark.parametrize("name", RECORDS)
def test_a_reference_manager_loses_the_book_or_splits_its_maker(name: str) -> None:
    figure = isinstance(RECORDS[name], FigureRecord)
    forms = citation.forms(RECORDS[name], EDITION)
    key, maker = f"kazakhdiaspora:{name}", "Kazakh Diaspora in Numbers project"
    entry = parse_string(forms["bib"], "bibtex").entries[key]
    assert entry.type == "incollection" and entry.fields["booktitle"] == f"{{{EDITION.title}}}"  # its capitals kept
    assert [person.last_names for person in entry.persons["author"]] == [[f"{{{maker}}}"]]
    ris, csl = rispy.loads(forms["ris"])[0], json.loads(forms["csl.json"])[0]
    assert (ris["type_of_reference"], csl["type"]) == (("CHAP", "chapter") if figure else ("DATA", "dataset"))
    assert csl["id"] == key and csl["author"] == [{"literal": maker}] and ris["authors"] == [maker]
    assert entry.fields["publisher"] == ris["publisher"] == csl["publisher"] == maker


def test_an_editor_cannot_be_added_in_the_citation_file() -> None:
    editor = citation.Name.of(
        {"family-names": "Doe", "given-names": "Jo", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    )
    known = citation.Edition(**{**EDITION.__dict__, "makers": (*EDITION.makers, editor)})
    forms = citation.forms(RECORDS["fig-answers"], known)
    assert {"family": "Doe", "given": "Jo"} in json.loads(forms["csl.json"])[0]["author"]
    assert "Doe, J." in forms["txt"] and "Doe, Jo" in forms["bib"] and "AU  - Doe, Jo" in forms["ris"]


def test_the_papers_title_is_printed_in_two_ways() -> None:
    """Quotation marks are set as the rest of the book has them; a straight one prints as a closing one in TeX."""
    title = "Diaspora Study as a Tool to Define ‘Kazakh Diaspora’: International Perspective"
    forms = citation.forms(RECORDS["fig-answers"], EDITION)
    entry = parse_string(forms["bib"], "bibtex").entries["kazakhdiaspora:paper"]
    assert Text.from_latex(entry.fields["title"]).render_as("text") == title == EDITION.paper.title
    assert rispy.loads(forms["ris"])[1]["title"] == json.loads(forms["csl.json"])[1]["title"] == title
    assert title in forms["txt"] and "'" not in "".join(forms.values())
    listed = parse_file(ROOT / "data" / "references.bib").entries["askhat"].fields["title"]
    assert listed == f"{{{title}}}"
    for file in ("README.md", "data/README.md", "data/datapackage.json", "pages/intro.md"):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert title in text and text.count(title) == text.count("Tool to Define"), file


def test_the_list_of_works_differs_from_the_table_of_credits_in_more_than_it_says() -> None:
    """What pages/references.md says of the two."""
    entries = set(parse_file(ROOT / "data" / "references.bib").entries)
    sources = load(ROOT).sources
    cited = sources[sources["work"] != ""]
    assert entries ^ set(cited["work"]) == {"mendikulova"}
    assert set(sources.loc[sources["work"] == "", "source_id"]) == {"sociological_institute", "the_study"}
    several = cited.groupby("work").size().loc[lambda count: count > 1]
    assert several.to_dict() == {"yermekbay_2015": 3}
    assert load(ROOT).number("p-chinese-regions-1911")["source_id"] == "mendikulova_1995"


def test_an_exhibit_or_a_chapter_cannot_be_set_with_pdflatex() -> None:
    """pages/files.md says that some rows cannot, and that all else can."""
    html = ROOT / "_build" / "html"
    other = re.compile(
        r"[^\x00-\u024f\u2010-\u2033\u2248\u2260\u2264\u2265\u2212]"
    )  # beyond Latin letters and common signs
    whole = [*html.glob("exhibits/*.bib"), *html.glob("chapters/*.bib"), html / "CITATION.bib", html / "exhibits.bib"]
    found = {file.name: other.findall(file.read_text(encoding="utf-8")) for file in whole}
    assert {name: signs for name, signs in found.items() if signs} == {}
    rows = [json.loads(file.read_text(encoding="utf-8"))["forms"]["bib"] for file in html.glob("cite/*.json")]
    assert 0 < sum(bool(other.search(text)) for text in rows) < len(rows) / 10


def test_a_row_says_the_same_twice() -> None:
    """Its date, and a caveat on its date."""
    for row_id in cited_rows.numbers().index:
        said = cited_rows.row_in_words(row_id).split(". ")
        assert len(said) == len(set(said)), row_id
    assert cited_rows.row_in_words("m-war-loss").count("No date is given.") == 1
