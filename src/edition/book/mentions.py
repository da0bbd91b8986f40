"""The index of people and places: each name with the chapters in which it stands, found in their text.

Belongs here: `{mentions}` and where names are looked for. Not here: the page (`people_and_places.md`); the names, which
are those of `data/places.csv` and of the works that `_config.yml` names as `bibtex_bibfiles`, and such as the page adds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from docutils import nodes
from pybtex.database import Person, parse_file
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from edition import paper
from edition.book import borrowed, lengths, site, texts

KINDS: dict[str, tuple[str, ...]] = {  # what a list holds → kinds of places
    "people": (),
    "countries": ("country", "nation"),
    "places": ("region", "town"),
}
LISTS = ("claim", "inconsistency")  # pages with a row of everything, shown for a name that no other page has
Found = dict[str, list[tuple[str, str]]]  # name → pages and anchors, in the order of the book


class mentions_here(nodes.General, nodes.Element):
    """Where a page shows the names of a `kind`; `also` are names that no table has."""


class Mentions(SphinxDirective):
    """`{mentions} people`: an index of one kind of name; its lines add names to those of the tables."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """A mark, filled in when all pages have been read."""
        if self.arguments[0] not in KINDS:
            raise self.error(f"mentions: {self.arguments[0]}; allowed: {', '.join(KINDS)}")
        borrowed.gathers(self.env, "sections", borrowed.DATA)
        return [mentions_here(kind=self.arguments[0], also=[line.strip() for line in self.content if line.strip()])]


def names(kind: str, also: Iterable[str], works: Iterable[Path]) -> list[str]:
    """The names of a kind as an index has them, `Family, Given` for people."""
    if kind == "people":
        author = paper.current().load().author  # whom every source line names
        entries = [work for file in works for key, work in parse_file(file).entries.items() if key != author]
        credited = {written(person) for work in entries for person in work.persons["author"] if person.first_names}
        return sorted({*credited, *also})
    places = paper.current().load().places
    return sorted({*places.loc[places["kind"].isin(KINDS[kind]), "name"], *also})


def written(person: Person) -> str:
    r"""A person as an index has them, letters that BibTeX spells by commands as they are written.

    >>> written(Person(r"F{\c{s}}nn, O. T."))
    'Fşnn, O. T.'
    """
    family = [*person.rich_prelast_names, *person.rich_last_names, *person.rich_lineage_names]
    given = [*person.rich_first_names, *person.rich_middle_names]
    return unicodedata.normalize("NFC", f"{' '.join(map(str, family))}, {' '.join(map(str, given))}")


def search_name(name: str) -> str:
    """What a name is looked for by: a person's family name, a place's own.

    >>> search_name("Fenn, Ottoline"), search_name("Brack province")
    ('Fenn', 'Brack')
    """
    return name.partition(",")[0].removesuffix(" province")


def other_words() -> dict[str, str]:
    """Other words by which the chapters mean a place, column `also` of the places: each with the name that it stands for."""
    places = paper.current().load().places
    if "also" not in places:
        return {}
    cells = zip(places["name"], places["also"].fillna(""), strict=True)
    return {word: search_name(name) for name, cell in cells for word in filter(None, cell.split("; "))}


def first_mentions(words: Mapping[str, str], pages: Iterable[tuple[str, texts.Text]]) -> Found:
    """For each name the pages that have it, each with the section where it first stands; a longer name hides those in it.

    Args:
        words: what is looked for → the name that it stands for.
    """
    if not words:
        return {}
    longest = sorted(words, key=len, reverse=True)
    any_name = re.compile(rf"\b({'|'.join(map(re.escape, longest))})\b")
    found: Found = defaultdict(list)
    for page, text in pages:
        seen: set[str] = set()
        for anchor, words_of_section in text.sections:
            for name in dict.fromkeys(words[word] for word in any_name.findall(words_of_section)):
                if name not in seen:
                    seen.add(name)
                    found[name].append((page, anchor))
    return found


def _chapters(env: BuildEnvironment) -> Iterator[tuple[str, texts.Text]]:
    for page in site.pages(env):
        if page.startswith("notebooks/") and page != paper.current().pages.get("number"):
            yield page, texts.texts(env)[page]


def fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Replace each mark by its names; a name that no chapter has is left out."""
    marks = list(doctree.findall(mentions_here))
    if not marks:
        return
    works = [Path(app.srcdir, file) for file in app.config.bibtex_bibfiles]
    every = [name for kind in KINDS for name in names(kind, [], works)]
    added = [name for mark in marks for name in mark["also"]]
    own = {name: name for name in map(search_name, [*every, *added])}
    found = first_mentions(own | other_words(), _chapters(app.env))
    for mark in marks:
        listed = [name for name in names(mark["kind"], mark["also"], works) if search_name(name) in found]
        mark.replace_self(
            _list([_entry(app, page, name, found) for name in listed], mark["kind"], on_site=app.builder.name == "html")
        )


def _list(entries: list[nodes.list_item], kind: str, *, on_site: bool) -> list[nodes.Node]:
    """The names, of which a phone shows the first ones until all are asked for."""
    shown = nodes.bullet_list("", *entries, classes=["mentions"])
    if not on_site or len(entries) <= lengths.LIST:
        return [shown]
    shown["classes"].append(f"first-{lengths.LIST}")
    shown["ids"].append(f"names-of-{kind}")
    asks = lengths.button(shown["ids"][0], len(entries), "names", on_a_phone=True)
    return [shown, nodes.raw("", asks, format="html")]


def _entry(app: Sphinx, page: str, name: str, found: Found) -> nodes.list_item:
    line = nodes.paragraph("", "", nodes.strong("", name), nodes.Text(": "))
    lists = {paper.current().pages.get(kind) for kind in LISTS}
    where = found[search_name(name)]
    for n, (chapter, anchor) in enumerate([one for one in where if one[0] not in lists] or where):
        title = app.env.titles[chapter].astext()
        address = f"{app.builder.get_relative_uri(page, chapter)}#{anchor}"
        line += [nodes.Text("; " if n else ""), nodes.reference("", title, refuri=address, internal=True)]
    return nodes.list_item("", line)


def setup(app: Sphinx) -> None:
    """Make the directive known."""
    app.add_node(mentions_here)
    app.add_directive("mentions", Mentions)
    app.connect("doctree-resolved", fill)
