"""The cards make a page heavier than they may."""

from __future__ import annotations

from benchmarks import cards

from tests.conftest import ROOT

HTML = ROOT / "_build" / "html"


def test_the_cards_of_a_page_weigh_too_much() -> None:
    found = cards.weights(HTML).set_index("page")["added"]
    assert found[found >= cards.LIMIT].to_dict() == {}


def test_cards_are_not_weighed() -> None:
    """Every page with a card is measured, each card of it, and the style and script that only cards need."""
    found = cards.weights(HTML).set_index("page")
    for file in HTML.glob("notebooks/*.html"):
        count = file.read_text(encoding="utf-8").count('<div class="card" ')
        assert count == (found.loc[f"notebooks/{file.stem}", "cards"] if count else 0), file
    assert (found["with_cards"] - found["without_cards"] > 300).all() and (found["style_and_script"] > 300).all()
