"""The HTML templates beside this module, by Jinja, and how those of all pages are kept compiled. Not here: what fills them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, Template
from markupsafe import Markup
from sphinx.application import Sphinx

COMPILED = "templates"  # folder beside what Sphinx keeps of the pages


@cache
def template(name: str) -> Template:
    """One template, e.g. `card.html`."""
    return Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True).get_template(
        name
    )


def within_script(value: Any) -> Markup:
    """A value as JSON within a `script` element, in which no tag can begin: none that ends it, no comment that hides its end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def keep_compiled(app: Sphinx) -> None:
    """Keep the templates of pages compiled for the next build, and for each process of this one; Jinja sees whether one changed."""
    bridge = getattr(app.builder, "templates", None)
    if bridge is not None:
        kept = Path(app.doctreedir) / COMPILED
        kept.mkdir(parents=True, exist_ok=True)
        bridge.environment.bytecode_cache = FileSystemBytecodeCache(str(kept))
