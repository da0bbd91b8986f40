"""Which version a book is of, and the published site with every version of it.

    python -m edition.build.versions earlier book site      # the site so far and a new book make the next site

The newest version stands at the top of the site, and each one for good in a folder of its own, `v0.1.0/`.
`switcher.json` lists them for the theme's switcher, once a base address is set.
Belongs here: versions, the commit, putting sites together. Not here: what a page says of its version (`book.version`).
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from packaging.version import InvalidVersion, Version

from edition import paths
from edition.data import plain_yaml

LIST = "switcher.json"


class VersionError(ValueError):
    """A book or a site that cannot be put together: the file, the value and what is allowed."""


def commit(root: Path) -> str:
    """The commit that the files at `root` are of, shortened, with `+` where they have changed since; "" outside git."""
    if not (root / ".git").exists():
        return ""
    command = ["git", "-C", str(root), "describe", "--always", "--exclude=*", "--dirty=+"]
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def base(root: Path) -> str:
    """The path of the site's address on its own host, e.g. `/edition/`; "" until a base address is set."""
    config = plain_yaml.read(root / "_config.yml")
    address = (config.get("html") or {}).get("baseurl") or ""
    return f"{urlsplit(address).path.rstrip('/')}/" if address else ""


def of_book(book: Path) -> Version:
    """The version of a built book.

    Raises:
        VersionError: the folder holds no book.
    """
    listed = book / "exhibits.json"
    try:
        return Version(json.loads(listed.read_text(encoding="utf-8"))["version"])
    except (FileNotFoundError, KeyError, InvalidVersion) as error:
        raise VersionError(f"{listed}: {error}; allowed: the list that a built book has at its top") from None


def assemble(earlier: Path, book: Path, site: Path, at: str) -> list[Version]:
    """Make `site` of the site so far and a new book; returns its versions, the newest first.

    A version that was published stays as it was published: a book of the same version changes nothing in it.

    Args:
        earlier: the site so far; an empty or missing folder for none.
        at: the path of the site's address, see `base`; "" for a site without a switcher.
    """
    folders = {folder.name: folder for folder in sorted(earlier.glob("v*/")) if (folder / "exhibits.json").is_file()}
    books = {f"v{of_book(book)}": book} | folders
    versions = sorted(map(of_book, books.values()), reverse=True)
    shutil.copytree(books[f"v{versions[0]}"], site)
    for name, folder in books.items():
        shutil.copytree(folder, site / name)
    if at:
        (site / LIST).write_text(json.dumps(switcher(versions, at), indent=1) + "\n", encoding="utf-8")
    return versions


def switcher(versions: list[Version], at: str) -> list[dict[str, str | bool]]:
    """The theme's list of versions, the newest first and at the top of the site; addresses keep to the site's own host."""
    newest = versions[0]
    listed: list[dict[str, str | bool]] = [
        {"name": str(one), "version": str(one), "url": f"{at}v{one}/"} for one in versions
    ]
    listed[0] |= {"name": f"{newest} (newest)", "url": at, "preferred": True}
    return listed


def main() -> None:
    """The command line; exits with 1 and one clear line when a book cannot be used."""
    parser = argparse.ArgumentParser(description="Put a new book beside the versions published before.")
    for name in ("earlier", "book", "site"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args()
    try:
        versions = assemble(asked.earlier, asked.book, asked.site, base(paths.root()))
    except VersionError as error:
        sys.exit(str(error))
    print(f"{asked.site}: {', '.join(map(str, versions))}")


if __name__ == "__main__":
    main()
