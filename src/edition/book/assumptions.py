"""What a chapter assumes, in words, at its end; and where the answers are at hand, the means to change it on the page.

Belongs here: the section *What it assumes*, the line below a chapter's title that leads to it, the directive `asking` for another
page, and what the script is given. Not here: working the answers out (`edition.build.answers`), showing them
(`static/asking`).
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from edition import paths
from edition.asking import chapters, editions, request, sensitivity
from edition.asking.parameters import Chapter, in_address, limits, options, value_in_words
from edition.asking.results import AT
from edition.asking.states import stops
from edition.book import launch
from edition.book.pictures import pictures
from edition.book.render import plain_table
from edition.book.templates import template, within_script
from edition.build import attachments
from edition.build.answers import NAME, tornado
from edition.build.ask import command
from edition.numbers.wording import in_words, listing, number, sentence_case, with_noun

FOLDER = "notebooks/"
ID, TITLE = "what-it-assumes", "What it assumes"
STATIC = "asking"  # folder of the static files
MOST = 2  # results that are named of what an assumption moves
TOLD = (
    "Each line is an assumption with which this chapter was computed. With another one its sentences, pictures and tables "
    "change."
)
FOLDED = "How far each assumption moves each result"
DRAWN = "Tornado diagram: between which numbers each assumption alone moves each result of this chapter, told below in words."
TEXTS = {"at_low": "str", "at_high": "str", "not_stated": "str"}
ALONE = " The last column says what changes if one of them alone is another one."
UNITS = {"count": "", "rank": "", "year": "", "per cent": " %", "per cent a year": " % a year", "ratio": " times"}


def usual(chapter: str) -> dict[str, Any]:
    """The values with which a chapter is asked in the edition that is being made."""
    variant = editions.current()
    given = variant.parameters_of(chapter) if variant else {}
    return request.defaults(_notebook(chapter)) | given


def _notebook(chapter: str) -> Path:
    return paths.root() / "notebooks" / f"{chapter}.ipynb"


def answers(app: Sphinx) -> Path | None:
    """Where the answers lie, if the book is published with them."""
    return Path(app.srcdir).parent / attachments.FOLDER / NAME if NAME in app.config.extras else None


def others(model: type[Chapter], name: str, here: Any) -> str:
    """What else a parameter may be, in words."""
    known = options(model, name)
    return (
        listing((value_in_words(model, name, one) for one in known if one != here), "or")
        if known
        else model.allowed(name)
    )


def moves(rows: pd.DataFrame) -> str:
    """What one assumption moves, in words, the results that it moves furthest first; rows as `sensitivity` gives them."""
    moved = rows[rows["moved"]]
    if moved.empty:
        return "none of the chapter's results, only what is told or shown"
    swing = (moved["high"] - moved["low"]) / moved["usual"].abs().where(moved["usual"] != 0)
    stem = moved["meaning"].str.removesuffix(f", {AT['low']}").str.removesuffix(f", {AT['high']}")
    furthest = moved.assign(swing=swing, stem=stem).sort_values("swing", ascending=False, kind="stable")
    said: dict[str, None] = {}  # the two bounds of one thing, if they move alike, are said once
    both = furthest.duplicated(["stem", "low", "high", "usual"], keep=False)
    for row, same in zip(furthest.itertuples(), both, strict=True):
        said[_moved(row, row.stem if same else row.meaning)] = None
    named = list(itertools.islice(said, MOST))
    if len(said) > MOST:
        named.append(f"and {with_noun(len(said) - MOST, 'further result')}")
    return "; ".join(named)


def _tried(model: type[Chapter], name: str, here: Any) -> str:
    """Between which values of a range it was tried what it moves, where these are not its ends."""
    with contextlib.suppress(ValueError):  # no range
        first, *_, last = stops(model, name, here)
        if (first, last) != limits(model, name):
            return f"Tried between {value_in_words(model, name, first)} and {value_in_words(model, name, last)}: "
    return ""


def _moved(row: Any, meaning: str) -> str:
    """One result, and between which numbers it moves."""
    unit = UNITS.get(row.unit, f" {row.unit}")
    ends = " to ".join(dict.fromkeys(_value(end, row.unit) for end in (row.low, row.high) if end == end))
    here = f"{_value(row.usual, row.unit)} here" if row.usual == row.usual else "not stated here"
    return f"{meaning}: {ends}{unit} ({here})" if ends else f"{meaning}: not stated with {row.not_stated}"


def _value(value: float, unit: str) -> str:
    if unit == "year":
        return f"{value:.0f}"
    return number(value) if abs(value) >= 1000 or value == round(value) else f"{value:.2f}".replace("-", "−")


def section(env: BuildEnvironment, page: str) -> nodes.section:
    """The section *What it assumes* of a chapter's page."""
    chapter, at_hand = page.removeprefix(FOLDER), answers(env.app)
    model, here = chapters.parameters()[chapter], usual(chapter)
    columns = ["What is assumed", "here", "it may be"]
    cells = [
        [
            sentence_case(model.model_fields[name].description or name),
            value_in_words(model, name, value),
            others(model, name, value),
        ]
        for name, value in here.items()
    ]
    table = nodes.container(classes=["assumptions"])
    picture: list[nodes.Element] = []
    if at_hand:
        moved = pd.read_csv(at_hand / f"{chapter}.csv", dtype=TEXTS).fillna(dict.fromkeys(TEXTS, ""))
        columns.append("what it moves")
        cells = [
            [*row, _tried(model, name, value) + moves(moved[moved["parameter"] == name])]
            for row, (name, value) in zip(cells, here.items(), strict=True)
        ]
        if env.app.builder.name == "html":
            table += nodes.raw("", asked_by_script(env, page, here), format="html")
            picture = _picture(env, chapter, at_hand, moved)
    table += plain_table(columns, cells)
    again = nodes.Text("To compute the chapter with another value: ")
    return nodes.section(
        "",
        nodes.title("", TITLE),
        nodes.paragraph("", TOLD + (ALONE if at_hand else "")),
        table,
        *picture,
        nodes.paragraph("", "", again, _command(model, chapter, here)),
        ids=[ID],
        names=[ID],
    )


def _command(model: type[Chapter], chapter: str, here: dict[str, Any]) -> nodes.literal:
    """How to ask for another value of the first assumption beside what is assumed here, which an edition may have changed."""
    name, value = next(iter(here.items()))
    other = next(stop for stop in stops(model, name, value) if stop != value)
    notebooks = request.defaults(_notebook(chapter))
    kept = {one: assumed for one, assumed in here.items() if assumed != notebooks[one]}
    return nodes.literal("", command(chapter, kept | {name: other}))


def _picture(env: BuildEnvironment, chapter: str, at_hand: Path, moved: pd.DataFrame) -> list[nodes.Element]:
    """What moves which result, drawn and told in full, folded; nothing where no result moves."""
    drawn, words = sensitivity.bars(moved), f"{ID}-in-words"
    if drawn.empty:
        return []
    shown = pictures(env, lambda ending: at_hand / f"{chapter}.{ending}", DRAWN, words)
    told = [nodes.paragraph("", text) for text in tornado(chapter).describe(drawn)]
    return [
        nodes.raw("", f"<details><summary>{FOLDED}</summary>", format="html"),
        nodes.container("", shown, nodes.container("", *told, ids=[words]), classes=["exhibit", "shown"]),
        nodes.raw("", "</details>", format="html"),
    ]


def asked_by_script(env: BuildEnvironment, page: str, names: Iterable[str]) -> str:
    """What the script needs to let a reader change some assumptions, as HTML that a reader without it does not see."""
    chapter, up = page.removeprefix(FOLDER), "../" * env.docname.count("/")
    model, here = chapters.parameters()[chapter], usual(chapter)
    given = {
        "chapter": chapter,
        "root": up,
        "page": f"{up}{page}.html",
        "launch": launch.address(env.app, page, up),
        "assumptions": [_assumption(model, name, here[name]) for name in names],
        "usual": {name: in_address(value) for name, value in here.items()},
    }
    return template("asking.html").render(given=within_script(given))


def _assumption(model: type[Chapter], name: str, here: Any) -> dict[str, Any]:
    tried, listed = stops(model, name, here), options(model, name)
    found: dict[str, Any] = {
        "name": name,
        "words": sentence_case(model.model_fields[name].description or name),
        "stops": [[in_address(stop), value_in_words(model, name, stop)] for stop in tried],
        "allowed": listing(map(in_address, tried), "or") if listed else model.allowed(name),
    }
    with contextlib.suppress(ValueError):  # a choice, or a number without an end
        found |= {"ends": limits(model, name), "whole": model.model_fields[name].annotation is int}
    return found


class Assumed(SphinxTransform):
    """Put the section at the end of a chapter."""

    default_priority = 200  # before headings are gathered for the table of contents

    def apply(self, **kwargs: Any) -> None:
        """Add the section to a chapter that has parameters."""
        page = self.env.docname
        if not page.startswith(FOLDER) or page.removeprefix(FOLDER) not in chapters.parameters():
            return
        added = section(self.env, page)
        self.document.note_implicit_target(added)
        next(iter(self.document.findall(nodes.section))).append(added)


class Asking(SphinxDirective):
    """`{asking} notebooks/islanders::largest`: sentences of another chapter, and the choice of what they assume."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The sentences, and below them where the script puts the choice."""
        page, _, name = self.arguments[0].partition("::")
        if name not in usual(page.removeprefix(FOLDER)):
            raise self.error(f"{self.arguments[0]}: there is no such parameter; write page::name")
        shown = nodes.container(classes=["live"])
        self.state.nested_parse(self.content, self.content_offset, shown)
        if answers(self.env.app) and self.env.app.builder.name == "html":
            shown += nodes.raw("", asked_by_script(self.env, page, [name]), format="html")
        return [shown]


def lead(app: Sphinx, page: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Tell a reader below a chapter's title what it rests on; ask for the script where a page needs it."""
    if app.builder.name != "html":
        return
    if 'class="asking"' in context.get("body", ""):
        app.add_js_file(f"{STATIC}/asking.js", type="module")
    if page.startswith(FOLDER) and (chapter := page.removeprefix(FOLDER)) in chapters.parameters():
        count = len(usual(chapter))
        said = sentence_case(f"{in_words(count)} {'assumption' if count == 1 else 'assumptions'}")
        line = template("assumes.html").render(id=ID, said=said, one=count == 1, answered=answers(app) is not None)
        context["body"] = context["body"].replace("</h1>", f"</h1>{line}", 1)


def find(app: Sphinx, config: Config) -> None:
    """Tell Sphinx what the sections say beside their chapters: with other answers every page is read again."""
    if NAME in config.extras:
        build = Path(app.srcdir).parent
        config.answered = f"{attachments.seal_of(build, NAME)}{attachments.LITE in config.extras}"


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.add_config_value("answered", "", "env")
    app.connect("config-inited", find)
    app.add_transform(Assumed)
    app.add_directive("asking", Asking)
    app.connect("html-page-context", lead)
