"""The HTML templates beside this module, by Jinja. Not here: what fills them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup


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
