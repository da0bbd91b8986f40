"""What a book is known by: its one accent colour, for each scheme, and its mark, which its _config.yml names.

    sphinx:
      config:
        accent: {light: "#006f82", dark: "#6fcbd9"}

The mark is the picture that `html_favicon` names. Belongs here: both settings. Not here: where the accent is seen (`static/look.css`), the colours of charts.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

USUAL = {"light": "#0b5cb8", "dark": "#8ec1ff"}
COLOUR = re.compile(r"#[0-9a-f]{6}")


def style(accent: Mapping[str, str]) -> str:
    """The accent as a style: the light one where a page has no scheme yet, which is without script."""
    return f'html {{ --accent: {accent["light"]}; }} html[data-theme="dark"] {{ --accent: {accent["dark"]}; }}\n'


def show(app: Sphinx, page: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give the templates the mark as an address that holds it: so small a file is not worth a request."""
    file = Path(app.confdir) / (app.config.html_favicon or "")
    drawn = file.suffix == ".svg" and file.is_file()
    context["mark"] = f"data:image/svg+xml;base64,{base64.b64encode(file.read_bytes()).decode()}" if drawn else ""
    if drawn:
        context["favicon_url"] = context["mark"]


def check(app: Sphinx, config: Config) -> None:
    """Complain of an accent that is none, which a style would take without a word."""
    accent = config.accent
    if set(accent) != set(USUAL) or not all(COLOUR.fullmatch(str(colour)) for colour in accent.values()):
        raise ConfigError(f"accent: {accent!r}; allowed: light and dark, each a colour as #006f82")


def setup(app: Sphinx) -> None:
    """Make the setting known; a page is written again when it changes."""
    app.add_config_value("accent", USUAL, "html", [dict])
    app.connect("config-inited", check)
    app.connect("html-page-context", show)
