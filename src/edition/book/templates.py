"""The HTML templates beside this module, by Jinja. Not here: what fills them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template


@cache
def template(name: str) -> Template:
    """One template, e.g. `card.html`."""
    return Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True).get_template(
        name
    )
