"""One page of each kind in Firefox: it complains, acts against its policy, is wider than a phone, shuts somebody out, or a note, the
search, a choice or an assumption does not answer as in the browser that the other tests use.

Minutes, so `make test-firefox` runs this. Firefox is told what to do by WebDriver BiDi, which it speaks itself.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.conftest import ROOT, serve

HTML = ROOT / "_build" / "html"
PAGES = [
    "intro",
    "catalogue",
    "search",
    "notebooks/table_1",
    "notebooks/overview",
    "notebooks/explorer",
    "notebooks/ledger",
]  # of each kind
WIDE, PHONE = 1280, 390
SHIFT, TAB = "\ue008", "\ue004"  # as WebDriver has them
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WATCHED = "() => { window.forbidden = []; addEventListener('securitypolicyviolation', e => forbidden.push(`${e.effectiveDirective} ${e.blockedURI}`)) }"
QUIET = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "focusmanager.testmode": True,  # a window that nobody sees has the focus
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,  # BiDi
    "ui.prefersReducedMotion": 1,
}


class Firefox:
    """A Firefox with one page."""

    def __init__(self, profile: Path, *, dark: bool = False) -> None:
        path = shutil.which("firefox-esr") or shutil.which("firefox")
        assert path, "Firefox is needed: apt-get install firefox-esr"
        wanted = QUIET | {"layout.css.prefers-color-scheme.content-override": 0 if dark else 1}
        (profile / "user.js").write_text(
            "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items())
        )
        self._process = subprocess.Popen(
            (path, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile),
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._process.stderr
        said = next(
            (found for line in self._process.stderr if (found := re.search(r"BiDi listening on ws://(\S+)", line))),
            None,
        )
        assert said, "Firefox ended before it listened"
        self._loop, self._ids = asyncio.new_event_loop(), itertools.count()
        self.complaints: list[str] = []
        self._line = self._loop.run_until_complete(_connected(f"ws://{said[1]}/session"))
        self.command("session.new", capabilities={})
        self.page = self.command("browsingContext.create", type="window")["context"]
        self.command("session.subscribe", events=["log.entryAdded"])
        self.command("script.addPreloadScript", functionDeclaration=WATCHED)

    def command(self, method: str, **params: Any) -> Any:
        """A command of BiDi and its answer; what the page complains of in the meantime is kept."""
        number = next(self._ids)
        self._loop.run_until_complete(_said(self._line, json.dumps({"id": number, "method": method, "params": params})))
        while True:
            message = self._loop.run_until_complete(asyncio.wait_for(_heard(self._line), 60))
            told = json.loads(message)
            if told.get("id") == number:
                assert told["type"] == "success", told
                return told["result"]
            if told.get("method") == "log.entryAdded" and told["params"]["level"] in {"error", "warn"}:
                self.complaints.append(str(told["params"]["text"]))

    def open(self, address: str, width: int = WIDE) -> None:
        """Open an address; it is loaded when this returns."""
        self.command("browsingContext.setViewport", context=self.page, viewport={"width": width, "height": 844})
        self.command("browsingContext.activate", context=self.page)  # it has the focus, as what is read has
        self.command("browsingContext.navigate", context=self.page, url="about:blank", wait="complete")
        self.complaints.clear()  # the last page's too, of what it was still loading
        self.command("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def does(self, expression: str) -> Any:
        """The value of an expression in the page, by JSON."""
        script = f"Promise.resolve({expression}).then(value => JSON.stringify(value ?? null))"
        told = self.command("script.evaluate", expression=script, target={"context": self.page}, awaitPromise=True)
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return json.loads(told["result"]["value"])

    def until(self, expression: str, seconds: float = 20) -> None:
        """Wait until an expression is true in the page."""
        end = time.monotonic() + seconds
        while not self.does(expression):
            assert time.monotonic() < end, f"not true within {seconds:g} s: {expression}"
            time.sleep(0.05)

    def points(self, selector: str, pointer: str, *, press: bool) -> None:
        """Move a mouse or a finger to the first thing of a kind, which is brought to view, and press it if asked."""
        x, y = self.does(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)}); one.scrollIntoView({{block: 'center', behavior: 'instant'}});"
            "const box = one.getClientRects()[0]; return [box.x + box.width / 2, box.y + box.height / 2].map(Math.round) })()"
        )
        acts = [{"type": "pointerMove", "x": x, "y": y}]
        acts += [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}] if press else []
        source = {"type": "pointer", "id": pointer, "parameters": {"pointerType": pointer}, "actions": acts}
        self.command("input.performActions", context=self.page, actions=[source])

    def press(self, *keys: str) -> None:
        """Press keys together."""
        acts = [
            *({"type": "keyDown", "value": key} for key in keys),
            *({"type": "keyUp", "value": key} for key in reversed(keys)),
        ]
        self.command(
            "input.performActions", context=self.page, actions=[{"type": "key", "id": "keys", "actions": acts}]
        )

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(20)
        self._loop.close()


async def _connected(address: str) -> WebSocketClientConnection:
    return await websocket_connect(address, max_message_size=1 << 28)


async def _said(line: WebSocketClientConnection, message: str) -> None:
    await line.write_message(message)


async def _heard(line: WebSocketClientConnection) -> Any:
    return await line.read_message()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    running = Firefox(tmp_path_factory.mktemp("light"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def dark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    running = Firefox(tmp_path_factory.mktemp("dark"), dark=True)
    yield running
    running.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve(HTML) as address:
        yield address


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_complains_or_is_too_wide_or_shuts_somebody_out(
    firefox: Firefox, site: str, name: str, width: int
) -> None:
    firefox.open(f"{site}/{name}.html", width)
    assert firefox.does("document.documentElement.scrollWidth") <= width
    assert (
        firefox.does(
            "[...document.images].filter(one => one.complete && !one.naturalWidth && one.checkVisibility()).map(one => one.src)"
        )
        == []
    )
    firefox.does(f"(() => {{ {AXE}; window.axe = axe; }})()")
    found = firefox.does(
        f"axe.run(document, {json.dumps(RULES)}).then(told => told.violations.map(one => [one.id, one.nodes[0].html.slice(0, 200)]))"
    )
    assert found == []
    assert firefox.complaints == [] and firefox.does("forbidden") == []


@pytest.mark.parametrize("name", ["intro", "notebooks/table_1", "notebooks/overview"])
def test_the_dark_scheme_is_not_shown(dark: Firefox, site: str, name: str) -> None:
    dark.open(f"{site}/{name}.html")
    assert dark.does("matchMedia('(prefers-color-scheme: dark)').matches")
    light = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((sum, part) => sum + +part, 0)"
    assert dark.does(light) < 150
    shown = dark.does(
        "[...document.querySelectorAll('article .exhibit img')].filter(one => one.checkVisibility()).map(one => one.currentSrc || one.src)"
    )
    assert all(".dark." in picture or "words" in picture for picture in shown), shown
    assert dark.complaints == [] and dark.does("forbidden") == []


@pytest.mark.parametrize("way", ["mouse", "touch", "keyboard"])
def test_a_note_does_not_open(firefox: Firefox, site: str, way: str) -> None:
    firefox.open(f"{site}/notebooks/table_1.html", PHONE if way == "touch" else WIDE)
    number = "article p .cited a"
    if way == "keyboard":
        firefox.points("article h1", "mouse", press=True)  # the page has the focus
        firefox.does(f"document.querySelector({json.dumps(number)}).focus()")
        firefox.press(SHIFT, TAB)
        firefox.press(TAB)
    else:
        firefox.points(number, way, press=way == "touch")
    firefox.until("document.querySelector(':popover-open')?.textContent.includes('Go to the row')")
    box = firefox.does(
        "(() => { const {left, right} = document.querySelector(':popover-open').getBoundingClientRect(); return [left, right] })()"
    )
    assert 0 <= box[0] < box[1] <= firefox.does("innerWidth")
    assert firefox.complaints == [] and firefox.does("forbidden") == []


def test_the_search_finds_no_number(firefox: Firefox, site: str) -> None:
    firefox.open(f"{site}/search.html?q=1,562,518")
    firefox.until("document.querySelector('#search-results li')?.textContent.includes('1,562,518')")
    assert firefox.complaints == [] and firefox.does("forbidden") == []


def test_a_choice_changes_no_sum(firefox: Firefox, site: str) -> None:
    firefox.open(f"{site}/notebooks/explorer.html")
    firefox.until("!!document.querySelector('.explorer .sum')")
    before = firefox.does("document.querySelector('.explorer .sum').textContent")
    firefox.does(
        "(() => { const one = document.querySelector('.explorer .hosts select'); one.selectedIndex = (one.selectedIndex + 1) % one.options.length;"
        "one.dispatchEvent(new Event('change', {bubbles: true})) })()"
    )
    firefox.until(f"document.querySelector('.explorer .sum').textContent !== {json.dumps(before)}")
    assert firefox.does("location.search") != ""
    assert firefox.complaints == [] and firefox.does("forbidden") == []


def test_another_assumption_changes_no_sentence(firefox: Firefox, site: str) -> None:
    """With the answers, as `make answers` leaves them in the book."""
    firefox.open(f"{site}/notebooks/table_1.html")
    before = firefox.does("document.querySelector('article').innerText")
    asked = "document.querySelector('article select[name=largest]')"
    firefox.does(
        f"(() => {{ const one = {asked}; one.focus(); one.selectedIndex = (one.selectedIndex + 1) % one.options.length; one.dispatchEvent(new Event('change', {{bubbles: true}})) }})()"
    )
    firefox.until("document.querySelector('.asked [role=status]')?.textContent.trim()")
    firefox.until("!!document.querySelector('[data-was]')")
    assert firefox.does("document.querySelector('article').innerText") != before
    assert firefox.complaints == [] and firefox.does("forbidden") == []
