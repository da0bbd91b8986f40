"""A fault in a data file is passed over, or its message does not say what to mend."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.data import load
from analysis.tables import Tables
from edition.build import totals
from edition.data.load import DataError
from invented import tables as invented
from tests.conftest import ROOT

Spoil = Callable[[Path], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """This paper's data, to be spoiled."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("geography"))
    return tmp_path


def swap(name: str, old: str, new: str) -> Spoil:
    def spoil(root: Path) -> None:
        path = root / "data" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return spoil


def rewrite(name: str, change: Callable[[bytes], bytes]) -> Spoil:
    def spoil(root: Path) -> None:
        path = root / "data" / name
        path.write_bytes(change(path.read_bytes()))

    return spoil


FORM = re.compile(r"data/[\w/]+\.(csv|json), row \d+, column [\w, ]+: .+; allowed: .+")
WHOLE_FILE = re.compile(r"data/[\w/]+\.(csv|json): (the file is missing|no table \w+); allowed: .+")

ROW = '1911,"1,200",1200,1200,none,islanders,harrow_1911'
ANY = {  # that the engine finds in any paper's data; here the invented one's
    "a wrong type": (
        swap("estimates.csv", ROW, ROW.replace("1200,1200", "1200,many")),
        ["data/estimates.csv", "row 2", "column high", "'many'", "number"],
    ),
    "an unknown place": (
        swap("estimates.csv", "t1-brack-harrow,brack", "t1-brack-harrow,brock"),
        ["data/estimates.csv", "row 2", "column place_id", "'brock'", "data/places.csv"],
    ),
    "an unknown source": (
        swap("estimates.csv", ROW, ROW.replace("harrow_1911", "harrow_1912")),
        ["data/estimates.csv", "row 2", "column source_id", "'harrow_1912'", "data/sources.csv"],
    ),
    "a value outside the list": (
        swap("estimates.csv", ROW, ROW.replace("none", "roughly")),
        ["data/estimates.csv", "row 2", "column qualifier", "'roughly'", "none, about, over"],
    ),
    "low above high": (
        swap("estimates.csv", '"900–1,100",900,1100', '"900–1,100",1900,1100'),
        ["data/estimates.csv", "row 5", "column low", "1900", "above high (1100)"],
    ),
    "a number that disagrees with its print": (
        swap("estimates.csv", ROW, ROW.replace("1200,1200", "1020,1200")),
        ["data/estimates.csv", "row 2", "column low", "1020", "'1,200'", "allowed: 1200"],
    ),
    "a number whose qualifier is dropped": (
        swap("estimates.csv", '"about 1,500",1500,1500,about', '"about 1,500",1500,1500,none'),
        ["data/estimates.csv", "column qualifier", "'none'", "'about 1,500'", "allowed: about"],
    ),
    "a number with a qualifier that is not printed": (
        swap("estimates.csv", ROW, ROW.replace("none", "about")),
        ["data/estimates.csv", "row 2", "column qualifier", "'about'", "'1,200'", "allowed: none"],
    ),
    "a credited number that is not second-hand": (
        swap("estimates.csv", 'harrow_1911,yes,Table 1,"row Brack', 'harrow_1911,no,Table 1,"row Brack'),
        ["data/estimates.csv", "row 2", "column secondhand", "'no'", "'harrow_1911'", "allowed: yes"],
    ),
    "a duplicate id": (
        swap("estimates.csv", "t1-brack-quill,", "t1-brack-harrow,"),
        ["data/estimates.csv", "row 3", "column id", "'t1-brack-harrow'", "earlier row"],
    ),
    "a caveat where there is no table of them": (
        swap("estimates.csv", '"row All, column Quill",', '"row All, column Quill",unclear'),
        ["data/estimates.csv", "row 7", "column caveats", "'unclear'", "data/caveats.csv", "allowed: none"],
    ),
    "a claim with a verdict and a check": (
        swap("claims.csv", "t1-brack-quill t1-sallow-quill,,,", "t1-brack-quill t1-sallow-quill,reproduced,,"),
        ["data/claims.csv", "row 3", "column verdict", "both a verdict and a check"],
    ),
    "a claim about a row that is none": (
        swap("claims.csv", "t1-brack-quill t1-sallow-quill,,,", "t1-brock-quill t1-sallow-quill,,,"),
        ["data/claims.csv", "row 3", "column value_ids", "'t1-brock-quill'", "an id of a row"],
    ),
    "a missing column": (
        swap("places.csv", "place_id,name,kind", "place_id,name,kin"),
        ["data/places.csv", "row 1", "column kind", "missing", "allowed: place_id, name, kind"],
    ),
    "an extra column": (
        swap("places.csv", "place_id,name,kind", "place_id,name,kind,more"),
        ["data/places.csv", "row 1", "column more", "unknown", "allowed: place_id, name, kind"],
    ),
    "columns in another order": (
        swap("places.csv", "place_id,name,kind", "place_id,kind,name"),
        ["data/places.csv", "row 1", "column kind", "another place", "place_id, name, kind"],
    ),
    "a column twice": (
        swap("places.csv", "place_id,name,kind", "place_id,place_id,name,kind"),
        ["data/places.csv", "row 1", "column place_id", "twice", "each once"],
    ),
    "an orphan source": (
        rewrite("sources.csv", lambda raw: raw + b"nobody,Nobody,,,no,\n"),
        ["data/sources.csv", "row 5", "column source_id", "'nobody'", "no row"],
    ),
    "a file that is not UTF-8": (
        rewrite("sources.csv", lambda raw: raw.decode().replace("Quill,", "Quïll,").encode("latin-1")),
        ["data/sources.csv", "row 4", "column label", "0xef", "UTF-8"],
    ),
    "a file saved with semicolons": (
        rewrite("estimates.csv", lambda raw: raw.replace(b",", b";")),
        ["data/estimates.csv", "row 1", "column id", "semicolons", "commas"],
    ),
    "a byte-order mark": (
        rewrite("estimates.csv", lambda raw: b"\xef\xbb\xbf" + raw),
        ["data/estimates.csv", "row 1", "column id", "byte-order mark"],
    ),
    "a missing file": (lambda root: (root / "data" / "claims.csv").unlink(), ["data/claims.csv", "missing"]),
    "a blank where a value is needed": (
        swap("estimates.csv", "t1-brack-harrow,brack", "t1-brack-harrow,"),
        ["data/estimates.csv", "row 2", "column place_id", "blank"],
    ),
    "a date that is none": (
        swap("estimates.csv", ROW, "around 1911" + ROW[4:]),
        ["data/estimates.csv", "row 2", "column as_of", "'around 1911'", "the date"],
    ),
    "a short row": (
        swap(
            "estimates.csv", ',islanders,harrow_1911,yes,Table 1,"row Brack, column Harrow",', ",islanders,harrow_1911"
        ),
        ["data/estimates.csv", "row 2", "column secondhand", "ends after 9 cells", "13 cells"],
    ),
    "a long row": (
        swap("estimates.csv", '"row Brack, column Harrow",', "row Brack, column Harrow,"),
        ["data/estimates.csv", "row 2", "column caveats", "goes on to 14 cells", "13 cells"],
    ),
    "a blank row": (
        swap("estimates.csv", "t1-brack-harrow,", "\nt1-brack-harrow,"),
        ["data/estimates.csv", "row 2", "column id", "blank", "13 cells"],
    ),
    "a missing descriptor": (
        lambda root: (root / "data" / "datapackage.json").unlink(),
        ["data/datapackage.json", "missing"],
    ),
    "a descriptor that is not JSON": (
        rewrite("datapackage.json", lambda raw: raw[:-3]),
        ["data/datapackage.json", "not JSON"],
    ),
    "a table that the paper cannot do without": (
        swap("datapackage.json", '"name": "estimates", "path"', '"name": "estimate", "path"'),
        ["data/datapackage.json", "no table estimates", "allowed: each of"],
    ),
}
OWN = {  # that this paper's own tables must agree on
    "an unknown caveat": (
        swap("shares.csv", "Present State ¶1,as_of_missing", "Present State ¶1,as_of_mising"),
        ["data/shares.csv", "column caveats", "'as_of_mising'", "data/caveats.csv"],
    ),
    "a correction of no row": (
        swap("corrections.csv", "p-kazakhstan-population,low", "p-kazakhstan-people,low"),
        ["data/corrections.csv", "row 2", "column row_id", "'p-kazakhstan-people'", "data/stocks.csv"],
    ),
    "a stage in a place that is none": (
        swap("stages.csv", "ili xinjiang_altay,m-stolypin", "ili altay,m-stolypin"),
        ["data/stages.csv", "row 4", "column destination_ids", "'altay'", "data/places.csv"],
    ),
    "a stage with a number that is none": (
        swap("stages.csv", "ili xinjiang_altay,m-stolypin", "ili xinjiang_altay,m-stolypins"),
        ["data/stages.csv", "row 4", "column magnitude_id", "'m-stolypins'", "data/movements.csv"],
    ),
    "a statement against one that is none": (
        swap("challenges.csv", "ch-russia-tongue ch-russia-ancestry", "ch-russia-language ch-russia-ancestry"),
        ["data/challenges.csv", "row 48", "column against", "'ch-russia-language'", "an id of that file"],
    ),
    "an alphabet that the paper does not name": (
        swap("scripts.csv", "sc-turkey,turkey,latin", "sc-turkey,turkey,greek"),
        ["data/scripts.csv", "row 4", "column script", "'greek'", "arabic, latin, cyrillic"],
    ),
    "a credited number that is not second-hand": (
        swap(
            "stages.csv",
            "kuldzhin kashkaria,m-1916-crossing,mendikulova_1995,yes",
            "kuldzhin kashkaria,m-1916-crossing,mendikulova_1995,no",
        ),
        ["data/stages.csv", "row 6", "column secondhand", "'no'", "'mendikulova_1995'", "allowed: yes"],
    ),
    "a country code that is none": (
        swap("places.csv", "mongolia,Mongolia,MNG,", "mongolia,Mongolia,MON,"),
        ["data/places.csv", "row 6", "column iso3", "'MON'", "ISO 3166-1 alpha-3"],
    ),
    "a country code of another country": (
        swap("places.csv", "mongolia,Mongolia,MNG,", "mongolia,Mongolia,CHN,"),
        ["data/places.csv", "row 6", "column iso3", "'CHN'", "each"],
    ),
    "a country without a code": (
        swap("places.csv", "mongolia,Mongolia,MNG,", "mongolia,Mongolia,,"),
        ["data/places.csv", "row 6", "column iso3", "''", "kind 'country'", "allowed: a code"],
    ),
    "an event that ends before it starts": (
        swap("events.csv", "1902-1913,1902,1913,years", "1902-1913,1913,1902,years"),
        ["data/events.csv", "row 17", "column end", "'1902'", "'1913'", "start or later"],
    ),
    "an event in another year than its print": (
        swap("events.csv", "1902-1913,1902,1913,years", "1902-1913,1802,1913,years"),
        ["data/events.csv", "row 17", "column start", "'1802'", "'1902-1913'", "allowed: 1902"],
    ),
    "an event in another century than its print": (
        swap("events.csv", "second half of the 18th century,1751,1800", "second half of the 18th century,1851,1900"),
        ["data/events.csv", "column start", "'1851'", "allowed: 1751"],
    ),
    "an event on another day than its print": (
        swap("events.csv", "24th of October 2002,2002-10-24,2002-10-24", "24th of October 2002,2002-10-24,2002-10-25"),
        ["data/events.csv", "row 4", "column end", "'2002-10-25'", "allowed: 2002-10-24"],
    ),
    "an event outside its decade": (
        swap("events.csv", "early 1990s,1990,1993", "early 1990s,1989,1993"),
        ["data/events.csv", "column start", "'1989'", "a year from 1990 to 1999"],
    ),
    "a stage that ends before it starts": (
        swap("stages.csv", "e-stolypin,1902,1913", "e-stolypin,1913,1902"),
        ["data/stages.csv", "row 4", "column end", "'1902'", "'1913'"],
    ),
    "a stage in other years than its events": (
        swap("stages.csv", "e-stolypin,1902,1913", "e-stolypin,1902,1923"),
        ["data/stages.csv", "row 4", "column end", "'1923'", "from 1902 to 1913"],
    ),
    "two stages in one position": (
        swap("stages.csv", "stolypin,3,Stolypin years", "stolypin,2,Stolypin years"),
        ["data/stages.csv", "row 4", "column position", "2", "earlier row"],
    ),
    "a place of which nobody says whether its name takes an article": (
        swap("places.csv", "USA,country,United States of America,yes", "USA,country,United States of America,"),
        ["data/places.csv", "row 10", "column article", "blank"],
    ),
    "two places of one name": (
        swap("places.csv", "mongolia,Mongolia,MNG", "mongolia,China,MNG"),
        ["data/places.csv", "row 6", "column name", "'China'", "earlier row"],
    ),
    "a source from outside with the id of one of the paper": (
        rewrite(
            "outside_sources.csv",
            lambda raw: raw + b"askhat,Another,An office,https://office.example/,not stated,Not seen.\n",
        ),
        ["data/outside_sources.csv", "column source_id", "'askhat' is a source of the paper", "another source_id"],
    ),
    "two places in one position of a list": (
        swap("lists.csv", "resistance,2,italy", "resistance,1,italy"),
        ["data/lists.csv", "column position", "1 stands", "same list", "each position once"],
    ),
}


def is_told(load: Callable[[Path], object], root: Path, fault: tuple[Spoil, list[str]]) -> None:
    """One clear line says what is wrong, where, and what is allowed."""
    spoil, expected = fault
    spoil(root)
    with pytest.raises(DataError) as caught:
        load(root)
    message = str(caught.value)
    assert [word for word in expected if word not in message] == [], message
    assert len(message.splitlines()) == 1, f"more than one fault reported:\n{message}"
    assert FORM.fullmatch(message) or WHOLE_FILE.fullmatch(message), message


@pytest.mark.parametrize("fault", ANY)
def test_a_fault_of_any_paper_gets_no_clear_message(paper: Path, fault: str) -> None:
    is_told(invented.load, paper, ANY[fault])


@pytest.mark.parametrize("fault", OWN)
def test_a_fault_of_this_paper_gets_no_clear_message(copy: Path, fault: str) -> None:
    is_told(load, copy, OWN[fault])


def test_sound_data_is_refused(copy: Path, paper: Path) -> None:
    assert (
        len(load(copy).stocks) == totals.read_totals(ROOT)["stocks"].value and len(invented.load(paper).estimates) == 6
    )


def test_the_hashes_are_stale(tables: Tables) -> None:
    from edition.build import upkeep

    assert upkeep.hashed(ROOT) == (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"), "run make hashes"
