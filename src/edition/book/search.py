"""What the search of the site finds: numbers and sections too, and sections before the pages that list others.

Sphinx drops words of digits and knows a page as a whole. Here a number is a word, however it is grouped, each row of a
number has an entry under its digits and each section one under every word of its heading; `static/search.js` says what
comes first. Belongs here: what Sphinx is told of that, by its own means. Not here: its index and its script.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.search.en import SearchEnglish
from sphinx.transforms import SphinxTransform

from edition import paper
from edition.book.assumptions import TITLE
from edition.exhibits import cited_rows

SCORER = Path(__file__).parent / "static" / "search.js"
NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\b\d{4,}\b")
GROUP = ","  # without one Sphinx's script takes a word of digits for none
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
SHORT = 4  # letters of the shortest word of a heading that is worth an entry


def grouped(digits: str) -> str:
    """A number as it stands in the index, however it is written.

    >>> grouped("1557457"), grouped("1,557,457"), grouped("1916")
    ('1,557,457', '1,557,457', '1,916')
    """
    return f"{int(digits.replace(GROUP, '')):,}"


class SearchNumbers(SearchEnglish):
    """English, in which a number is a word."""

    js_splitter_code = """
function splitQuery(query) {
  const numbers = [];
  const rest = query.replace(/\\b\\d{1,3}(?:,\\d{3})+\\b|\\b\\d{4,}\\b/g, (digits) => {
    numbers.push(digits.replaceAll(",", "").replace(/\\B(?=(\\d{3})+$)/g, ","));
    return " ";
  });
  return [...numbers, ...rest.split(/[^\\p{Letter}\\p{Number}_\\p{Emoji_Presentation}]+/gu).filter((word) => word)];
}
"""

    def split(self, input: str) -> list[str]:
        """The words of a text, its numbers among them."""
        return [*map(grouped, NUMBER.findall(input)), *super().split(NUMBER.sub(" ", input))]


class Entries(SphinxTransform):
    """Give the sections and the rows of a page entries in the search's index."""

    default_priority = 840  # before Sphinx's domains collect what the page holds, at 850: `incremental` asks them

    def apply(self, **kwargs: object) -> None:
        """Add a node that only the index sees."""
        if self.env.app.builder.name == "html":
            found = [*of_sections(self.document), *of_rows(self.document)]
            entries = [("single", word, anchor, "main", None) for word, anchor in dict.fromkeys(found)]
            self.document += addnodes.index(entries=entries)


def of_sections(document: nodes.Element) -> Iterator[tuple[str, str]]:
    """The words of each heading, without those that stand in every chapter, and its anchor."""
    everywhere = {*HEADING.findall(paper.current().closing), TITLE}
    for section in document.findall(nodes.section):
        title = next((child for child in section.children if isinstance(child, nodes.title)), None)
        if title and title.astext() not in everywhere and isinstance(section.parent, nodes.section):
            for word in re.findall(r"[^\W\d_]+", title.astext().lower()):
                if len(word) >= SHORT:
                    yield word, section["ids"][0]


def of_rows(document: nodes.Element) -> Iterator[tuple[str, str]]:
    """The bounds of each number, grouped and plain, and the anchor of its row."""
    known = cited_rows.numbers()
    for row in document.findall(nodes.row):
        for anchor in row["ids"]:
            if anchor in known.index:
                for bound in dict.fromkeys(known.loc[anchor, ["low", "high"]]):
                    if not math.isnan(bound) and bound == int(bound):
                        yield from ((text, anchor) for text in (f"{bound:,.0f}", f"{bound:.0f}"))


def scored(app: Sphinx, config: Config) -> None:
    """Tell Sphinx what comes first among what is found."""
    config.html_search_scorer = str(SCORER)


def setup(app: Sphinx) -> None:
    """Tell Sphinx of the language and the entries."""
    app.add_search_language(SearchNumbers)
    app.add_transform(Entries)
    app.connect("config-inited", scored)
