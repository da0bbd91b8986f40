"""A version of the book is lost or changed, does not say which it is, or cannot be reached from another."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.etree
import pytest
import yaml
from packaging.version import Version
from playwright.sync_api import Browser

from analysis import __version__
from analysis.tables import Tables
from edition import paper
from edition.book import discovery
from edition.book.metadata import CHANGES, FEED
from edition.book.version import SIDEBAR
from edition.build import versions
from edition.exhibits import citation, release
from tests.conftest import PAPER, ROOT, copy_paper, run

HTML = ROOT / "_build" / "html"
VERSION = citation.edition(PAPER).version
BASE = "/edition/"


def book(folder: Path, version: str, **pages: str) -> Path:
    """A book no larger than its version and its pages."""
    folder.mkdir(parents=True)
    (folder / "exhibits.json").write_text(json.dumps({"version": version}), encoding="utf-8")
    for name, text in {"index": version, **pages}.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


def holds(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


# ---- the site with all versions


def test_an_earlier_version_is_lost_changed_or_newest(tmp_path: Path) -> None:
    first, second, third = tmp_path / "first", tmp_path / "second", tmp_path / "third"
    versions.assemble(tmp_path / "none", book(tmp_path / "a", "0.9.0", old="only then"), first, BASE)
    versions.assemble(first, book(tmp_path / "b", "0.10.0"), second, BASE)
    assert (second / "index.html").read_text() == "0.10.0", "0.10.0 is newer than 0.9.0"
    assert not (second / "old.html").exists(), "a page of the last version is left at the top"
    assert holds(second / "v0.9.0") == holds(tmp_path / "a") and holds(second / "v0.10.0") == holds(tmp_path / "b")
    found = versions.assemble(second, book(tmp_path / "c", "0.9.1"), third, BASE)
    assert [*map(str, found)] == ["0.10.0", "0.9.1", "0.9.0"]
    assert (third / "index.html").read_text() == "0.10.0", "a mended old version stands at the top"


def test_a_version_published_before_is_overwritten(tmp_path: Path) -> None:
    versions.assemble(tmp_path, book(tmp_path / "a", "0.1.0", kept="as published"), tmp_path / "first", BASE)
    versions.assemble(tmp_path / "first", book(tmp_path / "b", "0.1.0"), tmp_path / "second", BASE)
    assert holds(tmp_path / "second" / "v0.1.0") == holds(tmp_path / "a")


def test_a_folder_that_is_no_book_is_published(tmp_path: Path) -> None:
    with pytest.raises(versions.VersionError, match=r"exhibits\.json.*allowed"):
        versions.assemble(tmp_path / "none", tmp_path, tmp_path / "site", BASE)


def test_the_switcher_leads_to_another_host_or_nowhere(tmp_path: Path) -> None:
    versions.assemble(tmp_path, book(tmp_path / "a", "0.1.0"), tmp_path / "first", BASE)
    versions.assemble(tmp_path / "first", book(tmp_path / "b", "0.2.0"), tmp_path / "site", BASE)
    listed = json.loads((tmp_path / "site" / versions.LIST).read_text(encoding="utf-8"))
    assert [entry["url"] for entry in listed] == [BASE, f"{BASE}v0.1.0/"]
    for entry in listed:
        assert (tmp_path / "site" / entry["url"].removeprefix(BASE) / "index.html").read_text() == entry["version"]
    assert [entry["version"] for entry in listed if entry.get("preferred")] == ["0.2.0"]


def test_a_switcher_is_there_before_there_is_an_address(tmp_path: Path) -> None:
    versions.assemble(tmp_path, book(tmp_path / "a", "0.1.0"), tmp_path / "site", "")
    assert not (tmp_path / "site" / versions.LIST).exists()


def test_a_page_has_a_switcher_before_there_is_an_address(made: Path) -> None:
    assert versions.base(PAPER) == ""
    assert "version-switcher" not in (made / "_build" / "html" / "intro.html").read_text(encoding="utf-8")


def test_publishing_loses_a_version(tmp_path: Path) -> None:
    """The steps of the workflow, one version after the other, with a repository of this machine for the remote one."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "book.yml").read_text(encoding="utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["publish"]["steps"] if "run" in step]
    who = dict.fromkeys(
        ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), "somebody"
    )
    remote = tmp_path / "remote.git"

    def shell(command: str, cwd: Path, **more: str) -> None:
        bash = ["bash", "-e", "-o", "pipefail", "-c", command]
        done = subprocess.run(bash, cwd=cwd, env={**os.environ, **who, **more}, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stderr}"

    shell(f"git init -q --bare '{remote}'", tmp_path)
    for version in ("0.1.0", "0.2.0"):
        checkout = tmp_path / version
        for name in ("_config.yml", "data/datapackage.json"):
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            (checkout / name).write_bytes((ROOT / name).read_bytes())
        (checkout / ".venv").symlink_to(ROOT / ".venv")
        book(checkout / "book", version)
        (checkout / "_build").mkdir()
        (checkout / "_build" / "sbom.cdx.json").write_text("{}", encoding="utf-8")  # by `make sbom`
        shell(f"git init -q && git add data && git commit -qm x && git remote add origin '{remote}'", checkout)
        for step in steps:
            if not step.startswith("make "):
                shell(step, checkout, GITHUB_REF_NAME=f"v{version}", PYTHONPATH=str(ROOT / "src"))
    shell(f"git clone -q --branch site '{remote}' kept", tmp_path)
    kept = tmp_path / "kept"
    for folder, version in ((kept, "0.2.0"), (kept / "v0.1.0", "0.1.0"), (kept / "v0.2.0", "0.2.0")):
        assert (folder / "index.html").read_text(encoding="utf-8") == version


# ---- what a page says of its version


@pytest.mark.parametrize("page", ["intro", "notebooks/islanders", "search"])
def test_a_page_does_not_say_which_version_it_is(made: Path, page: str) -> None:
    text = (made / "_build" / "html" / f"{page}.html").read_text(encoding="utf-8")
    (said,) = re.findall(r'<p class="version">(.*?)</p>', text, re.S)
    assert f"Version {VERSION}" in said and citation.edition(PAPER).released in said
    assert "commit" not in said and CHANGES not in said, "it is of no commit, and has no page that says what changed"


def test_a_page_does_not_say_its_commit_or_where_changes_are_told() -> None:
    (said,) = re.findall(
        r'<p class="version">(.*?)</p>', (HTML / "notebooks" / "table_1.html").read_text("utf-8"), re.S
    )
    assert ("commit" in said) == (ROOT / ".git").exists() and f"../{CHANGES}.html" in said


def test_the_commit_is_another_repositorys(tmp_path: Path) -> None:
    """An edition unpacked inside a repository that is not its own is of no commit."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-C", str(tmp_path)]
    for words in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run([*git, *words], check=True)
    within = tmp_path / "edition"
    within.mkdir()
    assert versions.commit(within) == ""
    head = versions.commit(tmp_path)
    assert re.fullmatch(r"[0-9a-f]{7,}", head)
    (tmp_path / "file").write_text("x")
    subprocess.run([*git, "add", "file"], check=True)
    assert versions.commit(tmp_path) == f"{head}+", "what is not committed is passed off as the commit"


def test_the_commit_gets_into_what_is_compared() -> None:
    if head := versions.commit(ROOT).rstrip("+"):
        for file in [
            *HTML.glob("exhibits/*.csl.json"),
            *HTML.glob("data/*.json"),
            *ROOT.glob("_build/book/notebooks/*"),
        ]:
            assert head not in file.read_text(encoding="utf-8"), file


# ---- what changed


def test_a_version_is_missing_from_what_changed() -> None:
    known = citation.edition(ROOT)
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest, written = re.findall(r"^## (\d[\d.]*), (.*)$", text, re.M)[0]
    assert newest == known.version == __version__
    year, month, day = known.released.split("-")
    assert written.startswith(f"{int(day)} ") and written.endswith(year) and month


def test_a_correction_is_missing_from_what_changed(tables: Tables) -> None:
    page = (HTML / f"{CHANGES}.html").read_text(encoding="utf-8")
    given = (HTML / "data" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (HTML / "data" / "corrections.csv").is_file()
    for row in tables.corrections.itertuples():
        for text in (page, given):
            after = text.partition(f"ince {row.since}" if text is given else f"ince version {row.since}")[2]
            assert row.row_id in after and row.reason in after and f"{row.takes:,.0f}" in after


@pytest.mark.parametrize("page", ["", f"{CHANGES}.html"])
def test_a_feed_leads_past_what_changed(tables: Tables, tmp_path: Path, page: str) -> None:
    known = replace(citation.edition(ROOT), base="https://book.example/")
    discovery.write(tmp_path, ROOT, ["intro", *([CHANGES] if page else [])], known, tables, None)
    entries = lxml.etree.parse(tmp_path / FEED).findall("{*}entry")
    assert len(entries) == len(release.changes(tables)) + tables.revisions["since"].nunique() > 0
    assert {entry.find("{*}link").get("href") for entry in entries} == {f"https://book.example/{page}"}


def test_corrections_stand_under_another_version(tables: Tables) -> None:
    rows = tables.corrections.assign(since=["0.9.0", "0.10.0"], takes=[1.0, 2.0])
    found = release.changes(replace(tables, corrections=rows))
    assert list(found) == ["0.10.0", "0.9.0"]
    assert ": 2 instead of" in found["0.10.0"][0] and ": 1 instead of" in found["0.9.0"][0]


def test_a_change_is_told_as_published_before_it_is(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change names the version that will first have it, and until then the pages and the changelog say so."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    coming = {since for since in tables.revisions["since"] if Version(since) > Version(__version__)}
    assert ("## Not yet released" in changelog) == bool(coming)
    assert not any(f"## {since}," in changelog for since in coming)
    given = release.changelog(tables)
    for since in set(tables.revisions["since"]):
        wanted = f"{since} (not yet released)" if since in coming else since
        assert paper.dated(since) == wanted and f"## Said otherwise before {wanted}\n" in given
    rows = replace(tables, revisions=tables.revisions.assign(since="9.0.0"))
    assert "## Said otherwise before 9.0.0 (not yet released)\n" in release.changelog(rows)
    monkeypatch.setattr(paper.current(), "version", "9.0.0", raising=False)
    assert "## Said otherwise before 9.0.0\n" in release.changelog(rows)


# ---- in a browser


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two versions of a small book, made once with a base address and put together; the address of the newest."""
    folder = tmp_path_factory.mktemp("published")
    edition = copy_paper(folder / "edition")
    (edition / "_toc.yml").write_text("format: jb-book\nroot: page\n", encoding="utf-8")
    (edition / "page.md").write_text("# A page\n", encoding="utf-8")
    with (edition / "_config.yml").open("a", encoding="utf-8") as config:
        config.write(f"html:\n  baseurl: https://book.example{BASE}\n")
    made = run("jupyter-book", "build", "-W", "-n", "--all", ".", cwd=edition)
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
    site, built, said = folder / "none", edition / "_build" / "html", VERSION
    for version in ("0.1.0", "0.2.0"):
        for file in (
            file for ending in ("html", "json", "js") for file in built.rglob(f"*.{ending}")
        ):  # the versions differ in what they say they are
            file.write_text(file.read_text(encoding="utf-8").replace(said, version), encoding="utf-8")
        said, earlier, site = version, site, folder / version / BASE.strip("/")
        versions.assemble(earlier, built, site, versions.base(edition))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{BASE}"
    server.shutdown()


def test_another_version_cannot_be_reached(browser: Browser, published: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{published}page.html", wait_until="networkidle")
    assert "Version 0.2.0" in page.locator("p.version").inner_text()
    button = page.locator(".version-switcher__button:visible")
    assert button.inner_text().strip() == "0.2.0 (newest)"
    button.press("Enter")
    page.locator(".version-switcher__menu:visible a", has_text="0.1.0").press("Enter")
    page.wait_for_url("**/v0.1.0/page.html")
    assert "Version 0.1.0" in page.locator("p.version").inner_text()
    page.wait_for_load_state("networkidle")
    assert page.locator(".version-switcher__button:visible").inner_text().strip() == "0.1.0"
    assert [url for url in asked if not url.startswith((published.removesuffix(BASE), "data:"))] == []
    page.close()


def test_an_empty_list_of_versions_is_shown(browser: Browser, published: str) -> None:
    """Where a copy of the book is read elsewhere, the list is not found."""
    page = browser.new_page()
    page.route(f"**/{versions.LIST}", lambda route: route.fulfill(status=404))
    page.goto(f"{published}page.html", wait_until="networkidle")
    assert page.locator(".version-switcher__container").count() and not page.locator(".version-switcher__button:visible").count()  # fmt: skip
    page.close()


def test_the_switcher_pushes_something_out_of_the_menu() -> None:
    """The menu is the theme's own with the switcher in it."""
    from sphinx_book_theme import get_html_theme_path

    theme = (Path(get_html_theme_path()) / "theme.conf").read_text(encoding="utf-8")
    usual = re.findall(r"^sidebars = (.*)$", theme, re.M)[0].replace(".html", "").split(", ")
    assert [part for part in SIDEBAR if part != "version-switcher"] == usual
