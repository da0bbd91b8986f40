"""What a page carries for whoever cites it, embeds it or finds it is more than 20 kB, or is not all weighed.

It is, unpacked, with and without an address of the site: the tags in the head, JSON-LD, the spans that Zotero lists, the byline, *Cite this
chapter*, and the fold *Cite* of each exhibit (`benchmarks.cards` says what is not counted and why).
"""

from __future__ import annotations

import pandas as pd
import pytest
from benchmarks import cards
from lxml import html

from tests.conftest import ROOT

HTML = ROOT / "_build" / "html"


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return cards.weights(HTML).set_index("page")


@pytest.mark.parametrize("added", ["added", "with_address"])
def test_what_cites_makes_a_page_heavy(found: pd.DataFrame, added: str) -> None:
    assert found.loc[found[added] > cards.LIMIT, added].to_dict() == {}


def test_a_page_with_an_address_is_lighter_than_one_without(found: pd.DataFrame) -> None:
    """What is written again for the address holds all that the page as built has, and in each exhibit's span and part the address."""
    assert (found["with_address"] - found["added"] > len(cards.ADDRESS) * 2 * found["exhibits"]).all()


def test_something_that_cites_is_not_weighed(found: pd.DataFrame) -> None:
    """Every page is measured, each span and each fold of it, and the style and script that only cards need."""
    for file in HTML.glob("notebooks/*.html"):
        page = html.fromstring(file.read_bytes())
        exhibits = found.loc[f"notebooks/{file.stem}", "exhibits"]
        assert page.text_content() and exhibits + 1 == len(page.find_class("Z3988")), file
        assert exhibits == len(page.xpath("//summary[. = 'Cite']")), file
        assert all(cards.kinds(page).values()), file
    assert cards.shared(HTML) > 300 and (found["packed"] < found["added"]).all()
