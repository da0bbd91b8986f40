"""A fault in a data file is passed over, or its message does not say what to mend."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.data import load
from analysis.tables import Tables
from edition.data.load import DataError
from tests.conftest import ROOT

Spoil = Callable[[Path], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
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
WHOLE_FILE = re.compile(r"data/[\w/]+\.(csv|json): the file is missing; allowed: .+")

CHINA = '2003,"1,296,000",1296000,1296000,none,kazakhs,tatimov_2003'
FAULTS = {
    "a wrong type": (
        swap("stocks.csv", CHINA, CHINA.replace("1296000,1296000", "1296000,many")),
        ["data/stocks.csv", "row 5", "column high", "'many'", "number"],
    ),
    "an unknown place": (
        swap("stocks.csv", "t1-china-tatimov,china", "t1-china-tatimov,cathay"),
        ["data/stocks.csv", "row 5", "column place_id", "'cathay'", "data/places.csv"],
    ),
    "an unknown source": (
        swap("stocks.csv", CHINA, CHINA.replace("tatimov_2003", "tatimov_2030")),
        ["data/stocks.csv", "row 5", "column source_id", "'tatimov_2030'", "data/sources.csv"],
    ),
    "a value outside the list": (
        swap("stocks.csv", CHINA, CHINA.replace("none", "roughly")),
        ["data/stocks.csv", "row 5", "column qualifier", "'roughly'", "none, about, over"],
    ),
    "low above high": (
        swap("stocks.csv", "1.3-1.5 million,1300000,1500000", "1.3-1.5 million,1600000,1500000"),
        ["data/stocks.csv", "row 37", "column low", "1600000", "above high (1500000)"],
    ),
    "a number that disagrees with its print": (
        swap("stocks.csv", CHINA, CHINA.replace("1296000,1296000", "1269000,1296000")),
        ["data/stocks.csv", "row 5", "column low", "1269000", "'1,296,000'", "allowed: 1296000"],
    ),
    "a duplicate id": (
        swap("stocks.csv", "t1-china-tatimov,", "t1-china-mendikulova,"),
        ["data/stocks.csv", "row 5", "column id", "'t1-china-mendikulova'", "earlier row"],
    ),
    "a missing column": (
        swap("places.csv", "place_id,name,iso3,kind,", "place_id,name,iso,kind,"),
        ["data/places.csv", "row 1", "column iso3", "missing", "allowed: place_id, name, iso3"],
    ),
    "an extra column": (
        swap("caveats.csv", "caveat,meaning", "caveat,meaning,more"),
        ["data/caveats.csv", "row 1", "column more", "unknown", "allowed: caveat, meaning"],
    ),
    "an orphan source": (
        rewrite("sources.csv", lambda raw: raw + b"nobody,Nobody,,,no,\n"),
        ["data/sources.csv", "column source_id", "'nobody'", "no row"],
    ),
    "an unknown caveat": (
        swap("shares.csv", "Present State ¶1,as_of_missing", "Present State ¶1,as_of_mising"),
        ["data/shares.csv", "column caveats", "'as_of_mising'", "data/caveats.csv"],
    ),
    "a file that is not UTF-8": (
        rewrite("sources.csv", lambda raw: raw.decode().replace("Kuşçu", "Kusçu").encode("latin-1", "replace")),
        ["data/sources.csv", "row 23", "column label", "0xe7", "UTF-8"],
    ),
    "a file saved with semicolons": (
        rewrite("stocks.csv", lambda raw: raw.replace(b",", b";")),
        ["data/stocks.csv", "row 1", "column id", "semicolons", "commas"],
    ),
    "a byte-order mark": (
        rewrite("stocks.csv", lambda raw: b"\xef\xbb\xbf" + raw),
        ["data/stocks.csv", "row 1", "column id", "byte-order mark"],
    ),
    "a missing file": (lambda root: (root / "data" / "shares.csv").unlink(), ["data/shares.csv", "missing"]),
    "a blank where a value is needed": (
        swap("stocks.csv", "t1-china-tatimov,china", "t1-china-tatimov,"),
        ["data/stocks.csv", "row 5", "column place_id", "blank"],
    ),
    "a date that is none": (
        swap("stocks.csv", CHINA, "around 2003" + CHINA[4:]),
        ["data/stocks.csv", "row 5", "column as_of", "'around 2003'", "ISO 8601"],
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
    "columns in another order": (
        swap("places.csv", "place_id,name,iso3,kind,", "place_id,iso3,name,kind,"),
        ["data/places.csv", "row 1", "column iso3", "another place", "place_id, name, iso3, kind"],
    ),
    "a column twice": (
        swap("caveats.csv", "caveat,meaning", "caveat,caveat,meaning"),
        ["data/caveats.csv", "row 1", "column caveat", "twice", "each once"],
    ),
    "a short row": (
        swap("stocks.csv", ',kazakhs,tatimov_2003,yes,Table 1,"row China, column Tatimov",', ",kazakhs,tatimov_2003"),
        ["data/stocks.csv", "row 5", "column secondhand", "ends after 9 cells", "13 cells"],
    ),
    "a long row": (
        swap("stocks.csv", '"row China, column Tatimov",', "row China, column Tatimov,"),
        ["data/stocks.csv", "row 5", "column caveats", "goes on to 14 cells", "13 cells"],
    ),
    "a blank row": (
        swap("stocks.csv", "t1-china-tatimov,", "\nt1-china-tatimov,"),
        ["data/stocks.csv", "row 5", "column id", "blank", "13 cells"],
    ),
    "a number whose qualifier is dropped": (
        swap("stocks.csv", '"about 225,000",225000,225000,about', '"about 225,000",225000,225000,none'),
        ["data/stocks.csv", "column qualifier", "'none'", "'about 225,000'", "allowed: about"],
    ),
    "a number with a qualifier that is not printed": (
        swap("stocks.csv", CHINA, CHINA.replace("none", "about")),
        ["data/stocks.csv", "row 5", "column qualifier", "'about'", "'1,296,000'", "allowed: none"],
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
    "a missing descriptor": (
        lambda root: (root / "data" / "datapackage.json").unlink(),
        ["data/datapackage.json", "missing"],
    ),
    "a descriptor that is not JSON": (
        rewrite("datapackage.json", lambda raw: raw[:-3]),
        ["data/datapackage.json", "not JSON"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_gets_no_clear_message(copy: Path, fault: str) -> None:
    spoil, expected = FAULTS[fault]
    spoil(copy)
    with pytest.raises(DataError) as caught:
        load(copy)
    message = str(caught.value)
    assert [word for word in expected if word not in message] == [], message
    assert len(message.splitlines()) == 1, f"more than one fault reported:\n{message}"
    assert FORM.fullmatch(message) or WHOLE_FILE.fullmatch(message), message


def test_sound_data_is_refused(copy: Path) -> None:
    assert len(load(copy).stocks) == 64


def test_the_hashes_are_stale(tables: Tables) -> None:
    from edition.build import upkeep

    assert upkeep.hashed(ROOT) == (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"), "run make hashes"
