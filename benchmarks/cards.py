"""What the cards under the exhibits add to each page of the built book, gzipped, without the files they offer.

    python -m benchmarks.cards     # the book in _build/html; writes benchmarks/cards.csv

A page is packed as it is and once more without its cards; the difference, and what only cards need of the book's style
and script, is what they add.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pandas as pd
from lxml import html

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "cards.csv"
LIMIT = 20_000  # bytes that a page's cards may add
CARD = "//div[contains(concat(' ', @class, ' '), ' card ')][ancestor::div[contains(@class, 'exhibit')]]"


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


def weights(site: Path) -> pd.DataFrame:
    """A row for each page that has cards: how many, its bytes with and without them, and what they add in all."""
    once, rows = shared(site), []
    for file in sorted([*site.glob("*.html"), *site.glob("notebooks/*.html")]):
        page = html.fromstring(file.read_bytes())
        cards = page.xpath(CARD)
        if not cards:
            continue
        whole = packed(html.tostring(page))
        for card in cards:
            card.drop_tree()
        bare = packed(html.tostring(page))
        name = file.relative_to(site).with_suffix("").as_posix()
        rows.append((name, len(cards), whole, bare, once, whole - bare + once))
    return pd.DataFrame(rows, columns=["page", "cards", "with_cards", "without_cards", "style_and_script", "added"])


def main() -> None:
    """Measure every page and write the table."""
    table = weights(ROOT / "_build" / "html")
    table.to_csv(RESULT, index=False, lineterminator="\n")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
