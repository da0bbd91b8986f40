"""What a browser may load and run on a page of the site, said in its head: the site's own files, and no script within a page.

So that what a source, an edition or a paper says can never act, whatever a template forgot to escape. Pictures carry
styles of their own, which cannot act. Belongs here: that policy, and what the theme would have within its pages. Not
here: the files that pages load (`assets`); the place that runs chapters in a browser has pages of its own.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx

LAST = 950  # after the theme and the extensions have added theirs
PAGENAME = "DOCUMENTATION_OPTIONS.pagename"
HERE = (
    "#main-content"  # where a button leads in place of a script within the page; book.js gives it its work by its class
)


def policy(base: str = "") -> str:
    """The policy of a page, as its `Content-Security-Policy` says it.

    Args:
        base: address of the site, whose list of versions a page asks for wherever it is read; "" until one is set.
    """
    # By default the site's own, not nothing: Firefox loads the next chapter beforehand, for which no directive of its own is known
    at = urlsplit(base)
    home = f" {at.scheme}://{at.netloc}" if at.netloc else ""
    return (
        "default-src 'self'; object-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        f"media-src 'self'; connect-src 'self'{home}; frame-src 'self'; form-action 'self'; base-uri 'none'"
    )


def settings(scripts: list[Any]) -> str:
    """What extensions would say in scripts within every page, as the text of one script."""
    bodies = [script.attributes["body"] for script in scripts if not script.filename and "body" in script.attributes]
    own = [body for body in dict.fromkeys(bodies) if not body.startswith(PAGENAME)]
    # which page it is, from where it lies
    own.append(
        f"{PAGENAME} = location.pathname.slice(new URL(document.documentElement.dataset.content_root, location).pathname.length)"
        '.replace(/\\.html$/, "") || "index";'
    )
    return "\n".join(own)


def protect(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Say the policy first in the page's head, and let nothing stand in it that would need a weaker one."""
    if app.builder.name != "html":
        return
    said = f'<meta http-equiv="Content-Security-Policy" content="{policy(app.config.html_baseurl)}">'
    context["metatags"] = f"{said}{context.get('metatags', '')}"
    for button in _buttons(context.get("header_buttons", [])):
        if button.pop("javascript", None):
            button |= {"type": "link", "url": HERE}


def _buttons(buttons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for button in buttons for one in (_buttons(button["buttons"]) if "buttons" in button else [button])]


def setup(app: Sphinx) -> None:
    """Tell Sphinx when to ask."""
    app.connect("html-page-context", protect, priority=LAST)
