"""What a page loads beside its text: few files, each only where something on the page needs it.

The theme ships an icon font with its script (nine tenths of a plain page), and every extension its own files for
every page. Here what every page needs is put together in three files, what only some pages need is left out of the
others, and what no page asks for is not published. The icons are drawn in `static/icons.css`.

The one extension that a book's _config.yml names; it brings the others with it, `edition.book` last. An EPUB names
`edition.book` alone: this one leans on the theme, which only the site has.
Belongs here: which files are loaded and published. Not here: what they say (`static`), the text of the pages.
"""

from __future__ import annotations

import os
import re
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path
from typing import Any

from docutils import nodes
from pydata_sphinx_theme.pygments import overwrite_pygments_css
from sphinx.application import Sphinx
from sphinx.config import Config

from edition.book import accent, landing, policy, templates
from edition.build import publish

THEME = Path(__file__).parent / "theme"  # templates that stand before the theme's own
STATIC = (
    Path(__file__).parent / "static"
)  # beside this module, as Jupyter Book puts every script of a book's own on every page

# Do not say whether pages may be read at once, so that Sphinx reads them in turn. They may: one numbers when all are read, one
# is for LaTeX alone.
SILENT = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")
# Jupyter Book's own list without sphinx_thebe, which names another host on every page, and intersphinx.
EXTENSIONS = (
    "sphinx_togglebutton", "sphinx_copybutton", "myst_nb", "jupyter_book", "sphinx_comments", "sphinx_external_toc",
    "sphinx_design", "sphinx_book_theme", "sphinxcontrib.bibtex", *SILENT, "edition.book",
)  # fmt: skip

SETTINGS = "settings.js"  # what would stand in scripts within each page
# What every page needs, in the order in which it is loaded: file made, the files it is made of.
TOGETHER = {
    "site.css": ("basic.css", "styles/bootstrap.css", "styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css", "pygments.css", "copybutton.css", "togglebutton.css", "mystnb.*.css", "icons.css", "faces.css", "look.css", "book.css", "tables.css", "notes.css", "print.css"),
    "site.js": ("documentation_options.js", SETTINGS, "doctools.js", "sphinx_highlight.js", "clipboard.min.js", "copybutton.js", "scripts/sphinx-book-theme.js", "book.js", "notes.js", "filters.js"),
    "menus.js": ("scripts/bootstrap.js", "scripts/pydata-sphinx-theme.js"),
}  # fmt: skip
# What only some pages need: a pattern of files, and what calls for them in its text.
TOGGLED = r'class="(?:[^"]*\s)?(?:toggle|dropdown)[\s"]'
NEEDED_BY = {
    "sphinx-design*": r'class="(?:[^"]*\s)?sd-',
    "design-tabs.js": r'class="(?:[^"]*\s)?sd-tab',
    "togglebutton*": TOGGLED,
}
NAMED = re.compile(  # in a page, a style or a script: the name of another file
    r"""_static/([\w./-]+)|url\(\s*["']?([\w./-]+)|["']([\w./-]+\.(?:m?js|css|json|svg|png|woff2?|wasm))["']|see ([\w.-]+LICENSE\.txt)"""
)


def at_home(app: Sphinx, config: Config) -> None:
    """Publish the engine's own files, and load no script from another host, as Jupyter Book would do with require.js."""
    config.html_static_path.append(os.path.relpath(STATIC, app.confdir))  # where the book lies must not be hashed
    config.html_js_files = [file for file in config.html_js_files if not str(file).startswith("http")]


def aside(app: Sphinx) -> None:
    """Leave the last good book alone: a plain `jupyter-book build .` would write into it, through the link that leads there."""
    link = Path(app.srcdir, "_build", "html")
    if link.is_symlink() and link.resolve() == Path(app.outdir):
        link.unlink()
        link.mkdir()
        app.outdir = type(app.outdir)(link)


def chosen(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Leave a page the styles and scripts that it needs, those of every page put together."""
    static = Path(app.outdir) / "_static"
    if not hasattr(app.builder, "put_together"):
        overwrite_pygments_css(app)  # which the theme does only when all is done
        put_together(
            static,
            policy.settings([script for script in context["script_files"] if hasattr(script, "filename")]),
            accent.style(app.config.accent),
        )
        app.builder.put_together = True  # type: ignore[attr-defined]
    within = {part for parts in TOGETHER.values() for part in parts}

    def wanted(asset: Any) -> bool:
        name = str(getattr(asset, "filename", asset) or "").removeprefix("_static/")
        calls = [call for pattern, call in NEEDED_BY.items() if fnmatch(name, pattern)]
        return (
            bool(name)
            and not any(fnmatch(name, part) for part in within)
            and all(re.search(call, context.get("body", "")) for call in calls)
        )

    context["css_files"] = list(filter(wanted, context["css_files"]))
    scripts = list(filter(wanted, context["script_files"]))
    late = [script for script in scripts if str(getattr(script, "filename", "")).endswith("menus.js")]
    context["script_files"] = [script for script in scripts if script not in late]
    context["late_scripts"] = late


def put_together(static: Path, settings: str, style: str) -> None:
    """Write the files that every page loads; settings are the text of a script that comes after Sphinx's own, style of
    a style that comes last.
    """
    (static / SETTINGS).write_text(settings, encoding="utf-8")
    elsewhere = {"mystnb.*.css": Path(str(resources.files("myst_nb.static"))) / "mystnb.css"}  # copied when all is done
    for name, parts in TOGETHER.items():
        files = [elsewhere.get(part, static / part) for part in parts]
        separator = "\n" if name.endswith(".css") else "\n;\n"
        text = separator.join(file.read_text(encoding="utf-8") for file in files)
        text += style if name.endswith(".css") else ""
        (static / name).write_text(re.sub(r"/[*/][#@] sourceMappingURL=\S+?(?:\*/|$)", "", text, flags=re.M), "utf-8")


def unused(site: Path) -> set[Path]:
    """Files of a site's `_static` that no page names, and no file that a page names."""
    static = site / "_static"
    files = {file for file in static.rglob("*") if file.is_file()}
    found: set[Path] = set()
    # The page of a permanent address loads nothing, as its policy says; there are a thousand of them
    apart = {str(static), str(site / landing.CITE)}
    texts = []
    for folder, inside, here in os.walk(site):
        inside[:] = [name for name in inside if f"{folder}/{name}" not in apart]
        texts += [Path(folder, name).read_text(encoding="utf-8") for name in here if name.endswith(".html")]
    while texts:
        names = {Path(next(filter(None, hit.groups()))).name for text in texts for hit in NAMED.finditer(text)}
        new = {file for file in files - found if file.name in names}
        found |= new
        texts = [file.read_text(encoding="utf-8") for file in new if file.suffix in {".css", ".js", ".mjs", ".svg"}]
    return files - found


def clear(app: Sphinx, error: Exception | None) -> None:
    """Publish nothing that no page asks for."""
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    for file in unused(site):
        file.unlink()
    for folder in sorted((site / "_static").rglob("*/"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def setup(app: Sphinx) -> dict[str, bool | str]:
    """Bring the other extensions, put the templates before the theme's, name the files put together, and come last."""
    aside(app)
    app.parallel = max(app.parallel, int(os.environ.get(publish.CORES, "1")))
    for extension in EXTENSIONS:
        app.setup_extension(extension)
    for extension in SILENT:
        app.extensions[extension].parallel_read_safe = True
    app.connect("config-inited", lambda app, config: config.templates_path.insert(0, str(THEME)))
    for name in TOGETHER:
        add = app.add_css_file if name.endswith(".css") else app.add_js_file
        add(name, priority=150)
    app.connect("config-inited", at_home)
    app.connect("builder-inited", templates.keep_compiled)
    app.connect("html-page-context", chosen, priority=900)
    policy.setup(app)
    accent.setup(app)
    app.connect("build-finished", clear, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
