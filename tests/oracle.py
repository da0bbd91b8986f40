"""What a page shows, so that a page after a choice can be held against that page of an edition made with the same values."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.browser import until

# The article, without what says that something changed, what is the reader's own part of it (the choice, and of the cards all
# but the description), and what another chapter says. A file that is shown or offered is told by what it holds.
SHOWN = """async (chapter) => {
    const article = document.querySelector('article').cloneNode(true);
    const gone = ['#what-it-assumes', '.assumes', '.asked', '.run-chapter', '.take-away', '.edition-note', '.Z3988', '.was',
        '#note', '.card details:not(.description)', '.card button', '.explorer', '.filters', '.headerlink',
        'script', '.path-note'];
    article.querySelectorAll(gone.join()).forEach(e => e.remove());
    article.querySelectorAll('[data-said]').forEach(e => { if (!e.dataset.said.startsWith(`${chapter}::`)) e.textContent = '' });
    const held = async address => {
        const content = await (await fetch(address)).arrayBuffer();
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
        return [...hash].slice(0, 8).map(byte => byte.toString(16).padStart(2, '0')).join('') };
    for (const picture of article.querySelectorAll('img')) { picture.setAttribute('held', await held(picture.src)); picture.removeAttribute('src') }
    for (const cut of article.querySelectorAll('source')) { cut.setAttribute('held', await held(cut.srcset)); cut.removeAttribute('srcset') }
    for (const link of article.querySelectorAll('.description a')) link.setAttribute('href', await held(link.href));
    const skipped = ['id', 'tabindex', 'aria-haspopup', 'aria-expanded', 'data-was', 'download', 'hidden', 'role', 'aria-label', 'name', 'for'];
    const told = (node, depth) => {
        if (node.nodeType === 3) return node.data.trim() ? [' '.repeat(depth) + node.data.replace(/\\s+/g, ' ').trim()] : [];
        if (node.nodeType !== 1) return [];
        const looks = [...node.attributes].filter(({name}) => !skipped.includes(name) || (name === 'id' && node.matches('tr, figure, table')))
            .map(({name, value}) => [name, name === 'class' ? value.split(/\\s+/).filter(one => one && one !== 'moved').sort().join(' ') : value])
            .filter(([, value]) => value).map(([name, value]) => `${name}=${value}`).sort();
        return [' '.repeat(depth) + [node.tagName, ...looks].join(' '), ...[...node.childNodes].flatMap(child => told(child, depth + 1))] };
    article.normalize();
    return told(article, 0) }"""

ANSWERED = "performance.getEntriesByName('answer').length"  # how often the page has changed


def shown(page: Page, chapter: str) -> list[str]:
    """What the page that is open shows of its own chapter, line by line."""
    until(
        page, "[...document.querySelectorAll('.words')].every(layer => layer.childElementCount)"
    )  # they follow their picture
    return list(page.evaluate(SHOWN, chapter))


def ask(page: Page, values: dict[str, Any]) -> str:
    """Choose values on the page that is open, as a reader does; what the page says of it."""
    for name, value in values.items():
        before = page.evaluate(ANSWERED)
        page.locator(f"select[name={name}]").select_option(value)
        until(page, f"{ANSWERED} > {before}")
    return page.locator(".asked [role=status]").inner_text()


def address(values: dict[str, Any]) -> str:
    """How an address asks for values."""
    return urlencode(values)
