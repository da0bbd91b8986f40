"""The EPUB: Sphinx's own builder, on the executed notebooks, with few of the extensions that a web page needs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from edition.data import plain_yaml
from edition.exhibits.citation import Edition
from edition.forms import cover

EXTENSIONS = [
    "myst_nb",
    "jupyter_book",
    "sphinx_external_toc",
    "sphinx_design",
    "sphinxcontrib.bibtex",
    "sphinx_comments",
    "edition.book",
]
STATIC = Path(__file__).with_name("static")


def make(source: Path, workshop: Path, known: Edition) -> Path:
    """Make the EPUB of the book; returns the folder that holds it beside its pages.

    Args:
        source: executed notebooks and pages, with `_config.yml` and `_toc.yml`.
        workshop: folder to work in; what it held is lost.

    Raises:
        subprocess.CalledProcessError: Sphinx failed or warned.
    """
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    (workshop / "static").mkdir()
    cover.draw(source, known, workshop / "static" / "cover.png")
    config = workshop / "_config.yml"
    config.write_text(yaml.safe_dump(settings(source, workshop, known), allow_unicode=True), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", "-W", "-n", "--keep-going"]
    command += ["--builder", "custom", "--custom-builder", "epub", "--config", str(config)]
    subprocess.run([*command, "--path-output", str(workshop), str(source)], check=True)
    return workshop / "_build" / "epub"


def settings(source: Path, workshop: Path, known: Edition) -> dict[str, Any]:
    """The book's own configuration, with what an EPUB says of itself."""
    config: dict[str, Any] = plain_yaml.read(source / "_config.yml")
    makers = ", ".join(known.authors)
    identifier = "-".join(re.findall(r"[\w.]+", f"{known.slug} {known.variant} {known.version}"))
    (config.get("html") or {}).pop("favicon", None)
    config["sphinx"]["config"].pop("accent", None)  # the site's own, which no extension of an EPUB knows
    config["sphinx"]["config"] |= {
        "extensions": EXTENSIONS,
        "version": known.version,
        "release": known.version,
        "html_static_path": [str(STATIC.resolve()), str((workshop / "static").resolve())],
        "html_css_files": [],
        "epub_basename": known.slug,
        "epub_title": known.named,
        "epub_author": makers,
        "epub_contributor": makers,
        "epub_publisher": makers,
        "epub_description": f"A reproducible edition of {known.paper}.",
        "epub_copyright": f"{known.released[:4]}, {makers}, CC BY 4.0",
        "epub_identifier": identifier,  # EPUBCheck wants both to be the same, Sphinx wants an XML name
        "epub_uid": identifier,
        "epub_tocscope": "includehidden",
        "epub_css_files": ["epub.css"],
        "epub_show_urls": "no",
        "epub_use_index": False,
        "epub_cover": ["_static/cover.png", "epub-cover.html"],
        "epub_tocdepth": 2,
    }
    return config
