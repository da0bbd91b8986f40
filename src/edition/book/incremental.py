"""Which pages are written again, once Sphinx has read what changed.

Sphinx writes the pages that it read again, and knows little of what a page shows of another. So with these are written those of
which something new is shown elsewhere (`borrowed`). Where it is something that every page shows, or where what has a file of its
own is another, the whole site is written into an empty folder, which leaves nothing behind of the last. What stands beside the
pages (`beside`) is written with the whole site, and when the data, an exhibit or what a word of the glossary means is
something else.
Belongs here: that choice, and what the two ways would write differently. Not here: which pages are read again (`site`), or
what a site that was not finished is worth (`edition.build.publish`).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from myst_nb.ext.glue.crossref import read_glue_cache
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.index_entries import split_index_msg

from edition import paper
from edition.asking import editions
from edition.book import beside, borrowed, following, holdings, parts, render, site, terms, texts
from edition.book.borrowed import DATA, EXHIBITS
from edition.build import dependencies
from edition.exhibits import addresses
from edition.exhibits.record import FigureRecord

INDEX = ("Search.setIndex(", ")")  # around the JSON of the search index


def pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages to be written beside those that were read again: every one, or those that show something new of others."""
    if app.builder.name != "html":
        return []
    before: dict[str, dict[str, str]] = getattr(env, "shows", {})
    gathered = {what: _hash(found) for what, found in _gathered(app, env).items()}
    now = {
        "everywhere": {"": _hash(_shown_everywhere(app, env))},
        "beside": {what: gathered[what] for what in (EXHIBITS, DATA)} | {"terms": _hash([terms.definitions(env)])},
        "of others": _of_others(app, env, gathered),
    }
    env.shows = now  # type: ignore[attr-defined]
    everywhere = before.get("everywhere") != now["everywhere"]
    beside.leave(app, old=not everywhere and before.get("beside") == now["beside"])
    if not everywhere:
        return sorted(page for page, shown in now["of others"].items() if before["of others"].get(page) != shown)
    for path in Path(app.outdir).iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return sorted(env.found_docs)


def _gathered(app: Sphinx, env: BuildEnvironment) -> dict[str, list[Any]]:
    """All that pages gather, see `borrowed.Taken`, of all pages in the order of the book."""
    known = [(page, text) for page in site.pages(env) if (text := texts.texts(env).get(page))]
    return {field: [(page, getattr(text, field)) for page, text in known] for field in texts.Text._fields} | {
        EXHIBITS: [(page, record.id, record.digest()) for page, record in site.in_order(env)],
        DATA: [dependencies.digest(dependencies.release()), holdings.digest(app)],
    }


def _of_others(app: Sphinx, env: BuildEnvironment, gathered: Mapping[str, str]) -> dict[str, str]:
    """Of each page a hash of what it shows of others.

    Args:
        gathered: a hash of each thing that pages gather, by its name.
    """
    cover = next((one for _, one in site.in_order(env) if one.id == paper.current().cover), None)
    follows = {page: later for page, (*_, later) in env.collect_relations().items()}
    openings, known = following.openings(env), env.get_domain("std").data
    folder = env.mystnb_config.output_folder  # type: ignore[attr-defined]
    computed = cache(lambda page: render.told_texts(read_glue_cache(folder, page)))

    def shown(page: str) -> Iterator[Any]:
        own = borrowed.taken(env, page)
        yield opening.astext() if (opening := openings.get(follows.get(page) or "")) else ""  # numbers: see everywhere
        yield from ((where, name, computed(where).get(name)) for where, name in sorted(own.texts))
        yield from ((name, *(known[kind].get(name) for kind in ("labels", "anonlabels"))) for name in sorted(own.links))
        # the front page cites the book with a digest of its data, and its path with pictures
        front = {EXHIBITS, DATA} if page == app.config.root_doc else set()
        yield from (gathered[what] for what in sorted(own.gathered | front))
        if cover and not any(isinstance(one, FigureRecord) for one in site.records(env).get(page, ())):
            yield cover.digest()  # it stands for a page without a figure of its own

    return {page: _hash(shown(page)) for page in env.found_docs}


def _hash(shown: Iterable[Any]) -> str:
    return hashlib.sha256("\n".join(map(repr, shown)).encode()).hexdigest()


def _shown_everywhere(app: Sphinx, env: BuildEnvironment) -> Iterator[str]:
    """Everything of the pages and the settings that any page shows or leads to, as text, and what has a file beside them."""
    yield app.builder.build_info.config_hash  # type: ignore[attr-defined]
    yield dependencies.digest(dependencies.behind("edition.book.assets"))
    yield dependencies.digest(Path(app.srcdir, file) for file in app.config.bibtex_bibfiles)  # whose authors are listed
    yield repr((site.edition(), editions.current()))
    yield repr([getattr(env, name, None) for name in ("toctree_includes", "short_path", "glossary_page")])
    yield repr({page: env.titles[page].astext() for page in site.pages(env)})
    yield repr(parts.parts(env))
    yield repr(sorted(env.found_docs))
    yield repr(sorted(env.images))
    yield repr(sorted((str(name), repr(known)) for kind in ("terms", "objects")
                      for name, known in env.get_domain("std").data.get(kind, {}).items()))  # fmt: skip
    cited = env.get_domain("cite").citation_refs  # type: ignore[attr-defined]
    yield repr(sorted((one.docname, target.key) for one in cited for target in one.targets))
    records = list(site.in_order(env))
    yield repr([(page, record.id, record.kind) for page, record in records])
    yield repr([one.id for one in (*addresses.of_exhibits(records), *addresses.of_rows(paper.current().load()))])


def put_index_in_order(app: Sphinx, error: Exception | None) -> None:
    """Write the search index as one made from nothing is: Sphinx adds to the last one, and keeps words that are on no page."""
    file = Path(app.outdir) / "searchindex.js"
    if error or app.builder.name != "html" or not file.is_file():
        return
    begin, end = INDEX
    index = json.loads(file.read_text(encoding="utf-8").removeprefix(begin).removesuffix(end))
    for kind in ("terms", "titleterms"):
        index[kind] = {word: found for word, found in index[kind].items() if found != []}
    index["alltitles"] = {title: sorted(where) for title, where in index["alltitles"].items()}
    index["indexentries"] = _entries(app.env, index["docnames"])
    text = json.dumps(index, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    file.write_text(f"{begin}{text}{end}", encoding="utf-8")


def _entries(env: BuildEnvironment, pages: list[str]) -> dict[str, list[tuple[int, str, bool]]]:
    """Each word → where it stands: page, anchor, whether it is a main entry. Sphinx has those of pages written just now alone."""
    known: dict[str, list[Any]] = env.get_domain("index").entries  # type: ignore[attr-defined]
    found: dict[str, list[tuple[int, str, bool]]] = {}
    for n, page in enumerate(pages):
        told = {
            (word.lower(), anchor or "", main == "main")
            for kind, text, anchor, main, _ in known.get(page, [])
            for word in split_index_msg(kind, text)
        }
        for word, anchor, main in sorted(told):
            found.setdefault(word, []).append((n, anchor, main))
    return found


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("env-updated", pages, priority=900)  # when others have put the environment in order
    app.connect("build-finished", put_index_in_order)
