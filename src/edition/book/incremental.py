"""Which pages are written again, once Sphinx has read what changed.

Sphinx writes the pages that it read again, and knows little of what a page shows of another: its title beside the text, title
and finding at its foot, a number of it. So either the text of some pages alone is new, and they alone are written, with those
that gather something of all texts (`texts`); or something is that others show, and the whole site is written into an empty
folder, which leaves nothing behind of the last. What stands beside the pages (`site.beside`) is written with the whole site,
and when a word of the glossary means something else.
Belongs here: that choice, and what the two ways would write differently. Not here: which pages are read again (`site`), or
what a site that was not finished is worth (`edition.build.publish`).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.index_entries import split_index_msg

from edition.asking import editions, reading
from edition.book import following, parts, site, terms, texts
from edition.build import dependencies

INDEX = ("Search.setIndex(", ")")  # around the JSON of the search index


def pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages to be written beside those that were read again: every one, or those that gather what is new of their texts."""
    if app.builder.name != "html":
        return []
    before: dict[str, str] = getattr(env, "shows", {})
    gathered = {field: _hash([repr(found)]) for field, found in _gathered(env).items()}
    now = {
        "elsewhere": _hash(_shown_elsewhere(app, env)),
        "beside": _hash([repr(terms.definitions(env))]),
        **gathered,
    }
    new = {what for what, shown in now.items() if before.get(what) != shown}
    env.shows = now  # type: ignore[attr-defined]
    site.leave_beside(app, old=not new & {"elsewhere", "beside"})
    if "elsewhere" not in new:
        return sorted(page for page, field in texts.gathering(env).items() if field in new)
    for path in Path(app.outdir).iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return sorted(env.found_docs)


def _hash(shown: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()


def _gathered(env: BuildEnvironment) -> dict[str, list[Any]]:
    """Of the text of all pages, in the order of the book, each field that another page shows."""
    known = [(page, text) for page in site.pages(env) if (text := texts.texts(env).get(page))]
    return {field: [(page, getattr(text, field)) for page, text in known] for field in texts.Text._fields}


def _shown_elsewhere(app: Sphinx, env: BuildEnvironment) -> Iterator[str]:
    """Everything of the pages and the settings that another page than its own shows, as text."""
    yield app.builder.build_info.config_hash  # type: ignore[attr-defined]
    yield dependencies.digest(dependencies.site())
    yield dependencies.digest(Path(app.srcdir, file) for file in app.config.bibtex_bibfiles)  # whose authors are listed
    yield repr((site.edition(), editions.current()))
    yield repr([getattr(env, name, None) for name in ("toctree_includes", "short_path", "glossary_page")])
    yield repr({page: env.titles[page].astext() for page in site.pages(env)})
    yield repr(sorted(following.findings(env).items()))
    yield repr(parts.parts(env))
    yield repr(sorted(env.found_docs))
    yield repr(sorted(env.images))
    yield repr(sorted((str(name), repr(known)) for kind in ("labels", "anonlabels", "terms", "objects")
                      for name, known in env.get_domain("std").data.get(kind, {}).items()))  # fmt: skip
    cited = env.get_domain("cite").citation_refs  # type: ignore[attr-defined]
    yield repr(sorted((one.docname, target.key) for one in cited for target in one.targets))
    for page, record in site.in_order(env):
        yield f"{page} {record.id} {record.digest()}"
    folder = Path(env.mystnb_config.output_folder)  # type: ignore[attr-defined]
    for page in sorted(env.found_docs):
        computed = folder / f"{page}.glue.json"
        kept = json.loads(computed.read_text(encoding="utf-8")) if computed.is_file() else {}
        yield repr({name: one for name, one in kept.items() if not _own_text(one)})


def _own_text(kept: dict[str, Any]) -> bool:
    """Whether what MyST-NB keeps of a notebook is its own prose, shown filled in where it runs, and nothing that it computed."""
    return bool(kept["metadata"]["scrapbook"]["mime_prefix"] == reading.PREFIX)


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
