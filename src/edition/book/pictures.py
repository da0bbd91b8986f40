"""A picture on a page: in two schemes of colours and two cuts, with its words laid over it; elsewhere than on the site one.

Belongs here: the images and which of them a browser takes. Not here: what stands around them (`render`), the files (`charts.cuts`).
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from edition.charts.export import svg_size
from edition.charts.style import CUTS

NARROW = "(max-width: 620px)"  # where a page shows the cut for a phone, as `static/book.css` has it
SCHEMES = {"light": "", "dark": ".dark"}  # what the names of their files have before the ending


def pictures(
    env: BuildEnvironment,
    file: Callable[[str], Path],
    alt: str,
    details: str,
    kept: Callable[[Path], str] | None = None,
) -> nodes.container:
    """The images of one picture.

    Args:
        file: the file of the picture whose name ends so, see `charts.cuts`.
        alt: the alternative text.
        details: id of the element that tells the picture in full.
        kept: puts a file that lies elsewhere than the pages where Sphinx finds it, and says where that is; by default it is found where it lies.
    """

    def where(path: Path) -> str:
        # one file for every page that shows it: under two paths it would have two names, numbered as pages happen to be read
        own = path.is_relative_to(env.srcdir)
        return kept(path) if kept and not own else f"/{os.path.relpath(path, env.srcdir)}"

    shown = nodes.container(classes=["pictures"])  # the theme hides a caption that is a hidden picture's sibling
    on_site = env.app.builder.name == "html"
    for scheme, between in SCHEMES.items() if on_site else [("light", "")]:
        cuts = picture()
        for cut, media in (("phone", NARROW), ("desk", ""))[not on_site :]:
            path = file(f"{cut}{between}.svg")
            size = svg_size(path.read_bytes())
            look: dict[str, Any] = {"media": media, "classes": [f"only-{scheme}"], "size": size, "details": details}
            cuts += sized_image(uri=where(path), alt=alt, **look)
        shown += cuts
    for cut in CUTS if on_site else ():
        layer = file(f"{cut}.words.svg").read_text(encoding="utf-8")
        shown += nodes.raw("", layer.replace("<svg ", f'<svg class="words {cut}" ', 1), format="html")
    return shown


class picture(nodes.container):
    """Images in one scheme of colours, of which a browser takes the one that fits."""


def _visit_picture(self: HTML5Translator, node: picture) -> None:
    self.body.append("<picture>")


def _depart_picture(self: HTML5Translator, node: picture) -> None:
    self.body.append("</picture>\n")


class sized_image(nodes.image):
    """An image that says its size, so that the page keeps its place until the picture is there; with `media`, where that holds."""


def _visit_image(self: HTML5Translator, node: sized_image) -> None:
    file = posixpath.join(self.builder.imgpath, self.builder.images[node["uri"]])
    width, height = node["size"] or ("", "")
    size = {"width": width, "height": height}
    if node["media"]:
        self.body.append(self.emptytag(nodes.image(), "source", "", srcset=file, media=node["media"], **size))
        return
    look = {"alt": node["alt"], "class": " ".join(node["classes"]), "loading": "lazy"}
    if self.builder.name == "html":  # where the description stands
        look["aria-details"] = node["details"]
    self.body.append(self.emptytag(nodes.image(), "img", "", src=file, **size, **look))


def setup(app: Sphinx) -> None:
    """Teach Sphinx the nodes."""
    app.add_node(picture, html=(_visit_picture, _depart_picture))
    app.add_node(sized_image, html=(_visit_image, lambda self, node: None))
