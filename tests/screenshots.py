"""Pictures of every page of the built book, to be looked at: two widths, two schemes.

python -m tests.screenshots     # into _build/screenshots
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browser as finder
from tests.conftest import ROOT, serve

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
HIGHEST = 16000  # pixels; a longer page is cut, as the browser draws no longer picture
TO_LOAD = """async () => {
    for (const picture of document.images) picture.loading = 'eager';
    await Promise.all([...document.images].filter(i => i.checkVisibility()).map(i => i.decode())) }"""


def take(html: Path, folder: Path) -> int:
    """Write `page-width-scheme.png` for each page of a site; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = sorted(file for file in [*html.glob("*.html"), *html.glob("notebooks/*.html")] if file.name != "index.html")
    taken = 0
    with serve(html) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=finder.find(), args=finder.FLAGS)
        for width in WIDTHS:
            phone = width < 600
            for file in pages:
                page = browser.new_page(viewport={"width": width, "height": 844}, is_mobile=phone, has_touch=phone)
                page.goto(f"{site}/{file.relative_to(html).as_posix()}", wait_until="load")
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                    page.evaluate(TO_LOAD)
                    high = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST)
                    page.screenshot(
                        path=folder / f"{file.stem}-{width}-{scheme}.png",
                        full_page=True,
                        clip={"x": 0, "y": 0, "width": width, "height": high},
                    )
                    taken += 1
                page.close()
        browser.close()
    return taken


def main() -> None:
    """The command line."""
    folder = ROOT / "_build" / "screenshots"
    print(f"{take(ROOT / '_build' / 'html', folder)} pictures are in {folder.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
